"""Which passages, and which documents, are near-duplicates of one another.

Every function that changes something does so inside the transaction that the caller has begun.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

# What has more near-duplicates, such as an empty form, tells nothing of two documents.
_MOST_COPIES = 500


class Kind(StrEnum):
    """What is a near-duplicate of its like."""

    PASSAGE = "passage"
    DOCUMENT = "document"


# In an order that does not depend on when each was read, as the first text founds a cluster.
_IN_ORDER = {
    Kind.PASSAGE: "SELECT passage, sketch FROM near_passage JOIN passage ON passage.id = passage"
    " JOIN document ON document.id = document WHERE {} ORDER BY sha256, ordinal",
    Kind.DOCUMENT: "SELECT document, sketch FROM near_document"
    " JOIN document ON document.id = document WHERE {} ORDER BY sha256",
}


class NearCopies(NamedTuple):
    """The cluster that a text belongs to, and how many texts do, itself among them."""

    cluster: int
    members: int


class SharedText(NamedTuple):
    """How much of a document has a near-duplicate in another, and of the other in it, 0 to 1.

    By characters; passages too short for a sketch are left out.
    """

    document: int
    held: float
    holding: float


def add_sketches(
    connection: sqlite3.Connection, document: int, sketches: Sequence[bytes], whole: bytes
) -> None:
    """Store the sketches of a document's passages, in their order, and of the whole document.

    The passages are there already. Empty ones are left out; the document's earlier one is replaced.
    """
    connection.executemany(
        "INSERT OR REPLACE INTO near_passage (passage, sketch)"
        " SELECT id, ? FROM passage WHERE document = ? AND ordinal = ?",
        ((sketch, document, at) for at, sketch in enumerate(sketches, 1) if sketch),
    )
    connection.execute("DELETE FROM near_document WHERE document = ?", (document,))
    if whole:
        connection.execute(
            "INSERT INTO near_document (document, sketch) VALUES (?, ?)", (document, whole)
        )


def share_new(connection: sqlite3.Connection, kind: Kind) -> float:
    """Return the share of all texts that have not been compared yet, 0 to 1."""
    new, total = connection.execute(
        _of(kind, "SELECT count(*) FILTER (WHERE compared = 0), count(*) FROM near_$")
    ).fetchone()
    return new / total if total else 0.0


def compare_anew(connection: sqlite3.Connection, kind: Kind) -> None:
    """Forget all clusters: every text is to be compared again."""
    connection.execute(_of(kind, "UPDATE near_$ SET compared = 0, cluster = NULL"))
    connection.execute("DELETE FROM near_cluster WHERE kind = ?", (kind,))


def new_sketches(connection: sqlite3.Connection, kind: Kind) -> Iterator[tuple[int, bytes]]:
    """Yield number and sketch of what has not been compared yet; see :data:`_IN_ORDER`."""
    yield from connection.execute(_IN_ORDER[kind].format("compared = 0"))


def alone_sketches(connection: sqlite3.Connection, kind: Kind) -> Iterator[tuple[int, bytes]]:
    """Yield number and sketch of what was compared and has no near-duplicate."""
    yield from connection.execute(_IN_ORDER[kind].format("compared = 1 AND cluster IS NULL"))


def cluster_sketches(connection: sqlite3.Connection, kind: Kind) -> Iterator[tuple[int, bytes]]:
    """Yield the clusters' numbers and the sketches that they are known by."""
    yield from connection.execute(
        "SELECT id, sketch FROM near_cluster WHERE kind = ? ORDER BY id", (kind,)
    )


def set_groups(
    connection: sqlite3.Connection,
    kind: Kind,
    groups: Iterable[tuple[int | None, bytes, Sequence[int]]],
) -> None:
    """Store which texts join or found a cluster; all of this kind are now compared.

    A group is a known cluster's number, or None for a new one, the sketch of the text that founded
    it, and the numbers of those that join. A cluster that fewer than two are left of is gone.
    """
    join = _of(kind, "UPDATE near_$ SET cluster = ?, compared = 1 WHERE $ = ?")
    for cluster, sketch, members in groups:
        if cluster is None:
            cluster = connection.execute(
                "INSERT INTO near_cluster (kind, sketch) VALUES (?, ?)", (kind, sketch)
            ).lastrowid
        connection.executemany(join, ((cluster, member) for member in members))
    connection.execute(_of(kind, "UPDATE near_$ SET compared = 1 WHERE compared = 0"))
    small = [
        row[0]
        for row in connection.execute(
            _of(
                kind,
                "SELECT id FROM near_cluster WHERE kind = '$' AND"
                " (SELECT count(*) FROM (SELECT 1 FROM near_$ WHERE cluster = near_cluster.id"
                " LIMIT 2)) < 2",
            )
        )
    ]
    connection.executemany(
        _of(kind, "UPDATE near_$ SET cluster = NULL WHERE cluster = ?"), ((c,) for c in small)
    )
    connection.executemany("DELETE FROM near_cluster WHERE id = ?", ((c,) for c in small))


def near_copies(
    connection: sqlite3.Connection, kind: Kind, numbers: Iterable[int]
) -> dict[int, NearCopies]:
    """Return the cluster of each of some texts that has near-duplicates."""
    own = _of(kind, "SELECT cluster FROM near_$ WHERE $ = ? AND cluster IS NOT NULL")
    count = _of(kind, "SELECT count(*) FROM near_$ WHERE cluster = ?")
    found = {}
    members: dict[int, int] = {}
    for number in numbers:
        for (cluster,) in connection.execute(own, (number,)).fetchall():
            if cluster not in members:
                members[cluster] = connection.execute(count, (cluster,)).fetchone()[0]
            found[number] = NearCopies(cluster, members[cluster])
    return found


def clusters_of(
    connection: sqlite3.Connection, kind: Kind, numbers: Sequence[int]
) -> dict[int, int]:
    """Return the cluster of each of some texts that has near-duplicates."""
    rows = connection.execute(
        _of(
            kind,
            "SELECT $, cluster FROM json_each(?) AS asked JOIN near_$ ON $ = asked.value"
            " WHERE cluster IS NOT NULL",
        ),
        (json.dumps(numbers),),
    )
    return dict(rows.fetchall())


def cluster_members(connection: sqlite3.Connection, kind: Kind, cluster: int) -> list[int]:
    """Return the numbers of a cluster's passages, or documents, in order."""
    rows = connection.execute(
        _of(kind, "SELECT $ FROM near_$ WHERE cluster = ? ORDER BY $"), (cluster,)
    )
    return [row[0] for row in rows]


def shared_text(connection: sqlite3.Connection, document: int) -> list[SharedText]:
    """Return the documents that share passages with one, those that hold most of it first.

    Passages with more than 500 near-duplicates, such as empty forms, are not looked at.
    """
    own = connection.execute(
        'SELECT cluster, sum("end" - start) FROM passage JOIN near_passage ON passage = id'
        " WHERE document = ? GROUP BY cluster",
        (document,),
    ).fetchall()
    whole = sum(size for _, size in own)
    held: dict[int, int] = {}
    holding: dict[int, int] = {}
    for cluster, size in own:
        if cluster is None or _is_everywhere(connection, cluster):
            continue
        others = connection.execute(
            'SELECT document, sum("end" - start) FROM near_passage JOIN passage ON id = passage'
            " WHERE cluster = ? GROUP BY document",
            (cluster,),
        ).fetchall()
        for other, theirs in others:
            held[other] = held.get(other, 0) + size
            holding[other] = holding.get(other, 0) + theirs
    held.pop(document, None)
    shared = []
    for other, size in held.items():
        (total,) = connection.execute(
            'SELECT sum("end" - start) FROM passage JOIN near_passage ON passage = id'
            " WHERE document = ?",
            (other,),
        ).fetchone()
        shared.append(SharedText(other, size / whole, holding[other] / total))
    return sorted(shared, key=lambda one: (-one.held, -one.holding, one.document))


def _is_everywhere(connection: sqlite3.Connection, cluster: int) -> bool:
    rows = connection.execute(
        "SELECT 1 FROM near_passage WHERE cluster = ? LIMIT ?", (cluster, _MOST_COPIES + 1)
    )
    return len(rows.fetchall()) > _MOST_COPIES


def _of(kind: Kind, statement: str) -> str:
    """Return a statement for the tables of passages or of documents, named by ``$``."""
    return statement.replace("$", kind.value)
