"""All that an archive says, without the numbers that its catalogue gives: to compare two archives.

A document goes by its hash, a passage by its place in it, a message by its copies, and so on.
"""

import os
import sqlite3
from collections import Counter
from collections.abc import Hashable, Iterable
from contextlib import closing
from dataclasses import replace
from itertools import groupby

from recordsearch.archive import Archive
from recordsearch.catalogue import entries
from recordsearch.catalogue.connection import open_for_reading
from recordsearch.settings import find_archive

# The section that has the first hits of each query in their order.
ORDER = "order of hits"

Content = dict[str, Counter[Hashable]]

# The texts are those of ``made_dump``.
QUERIES = (
    "face recognition", '"face recognition pilot"', "booking photo", "photo OR camera",
    "camera -contract", "(retention OR audit) policy", "recor*", "recogniton~", "amended",
    "hearing page:1", "schedule page:>2", "type:message", "type:letter council",
    "type:other plates", "from:fenwright", "to:dunquist training", "participant:thornquill",
    "subject:budget",
    "attachment:plan", "date:2016-03", "before:2016-04", "after:2016-05 policy",
    "signatory:lantern", "person:overleigh", 'org:"Lantern Coalition"', "money:18400",
    "email:ofenwright", "file:memo vendor", "file:inner", '"intended only for"', "memorandum",
    "Brindlemark",
)  # fmt: skip
_HITS = 100_000
# How many places of an answer are compared for their order.
_ORDERED = 10

_SECTIONS = {
    "documents": "SELECT sha256, size, media_type, pages, pages_poor, ocr, language, state,"
    " understood FROM document",
    "pages": "SELECT sha256, number, start, page.text, method, name, version, reason, confidence,"
    " width, height, rotation, bates, poor, other_reading.text, words FROM page"
    " JOIN document ON document.id = document JOIN adapter ON adapter.id = adapter"
    " LEFT JOIN other_reading ON other_reading.page = page.id"
    " LEFT JOIN page_words ON page_words.page = page.id",
    "passages": 'SELECT sha256, ordinal, first_page, last_page, start, "end", copy, letter'
    " FROM passage JOIN document ON document.id = document",
    "copies": "SELECT sha256, ordinal, first_page, last_page, ranges, body_start, sent,"
    " sent_as_written, subject, attachments, quoted_in, confidence, has_header, message_id,"
    " in_reply_to, references_, sketch, organisations FROM copy"
    " JOIN document ON document.id = document",
    "mailboxes": "SELECT sha256, ordinal, role, position, name, address FROM mailbox"
    " JOIN copy ON copy.id = copy JOIN document ON document.id = document",
    "best copies": "SELECT sha256, ordinal, likeness FROM message JOIN copy ON copy.id = copy"
    " JOIN document ON document.id = document",
    "letters": "SELECT sha256, ordinal, first_page, last_page, parts, date, date_as_written,"
    " addressee, salutation, subject, closing, confidence FROM letter"
    " JOIN document ON document.id = document",
    "signatories": "SELECT sha256, ordinal, position, name, title, organisation, is_group, page"
    " FROM signatory JOIN letter ON letter.id = letter JOIN document ON document.id = document",
    "values": 'SELECT sha256, position, kind, value, value.text, page, start, "end" FROM value'
    " JOIN document ON document.id = document",
    "boilerplate": 'SELECT sha256, start, "end" FROM boilerplate'
    " JOIN document ON document.id = document",
    "mentions": "SELECT sha256, ordinal, kind, coalesce(person.name, organisation.name)"
    " FROM mention JOIN passage ON passage.id = passage JOIN document ON document.id = document"
    " LEFT JOIN person ON kind = 'person' AND person.id = number"
    " LEFT JOIN organisation ON kind = 'org' AND organisation.id = number",
    "problems": "SELECT coalesce(sha256, file), page, stage, cause, mend FROM problem"
    " LEFT JOIN document ON document.id = problem.document"
    " LEFT JOIN location ON location.id = problem.location",
    "what is left to do": "SELECT key FROM about WHERE key <> 'archive'"
    " UNION ALL SELECT 'removed passage' FROM removed_passage",
    "releases": "SELECT name, custodian FROM release",
}  # fmt: skip
_PLACES = (
    "SELECT path, file, release.name, location.size, document.sha256, holding.sha256, gone IS NULL,"
    " modified_ns FROM location JOIN release ON release.id = release"
    " LEFT JOIN document ON document.id = document LEFT JOIN document AS holding"
    " ON holding.id = parent"
)
# Sets of what belongs together: the number of the set, and a member of it.
_CLUSTERS = {
    "messages": "SELECT message, sha256 || ' ' || ordinal FROM copy"
    " JOIN document ON document.id = document",
    "threads": "SELECT thread, sha256 || ' ' || ordinal FROM message"
    " JOIN copy ON copy.message = message.id JOIN document ON document.id = document",
    "people": "SELECT person, person.name || char(10) || is_group || ' ' || sent || ' '"
    " || received || first || last || char(10) || person_form.name || char(10) || address || ' '"
    " || count || ' ' || reason FROM person JOIN person_form ON person = id",
    "near passages": "SELECT cluster, sha256 || ' ' || ordinal FROM near_passage"
    " JOIN passage ON passage.id = passage JOIN document ON document.id = document"
    " WHERE cluster IS NOT NULL",
    "near documents": "SELECT cluster, sha256 FROM near_document"
    " JOIN document ON document.id = document WHERE cluster IS NOT NULL",
}


def content_of(archive: str, records: str) -> Content:
    """Tell what an archive of the records in a folder says; what is in order is left out."""
    with closing(open_for_reading(find_archive(archive).catalogue)) as connection:
        found = {
            name: Counter(tuple(row) for row in connection.execute(statement))
            for name, statement in _SECTIONS.items()
        }
        below = len(os.fsencode(os.path.abspath(records)))
        found["places"] = Counter(
            (bytes(path)[below:], *told) for path, *told in connection.execute(_PLACES)
        )
        for name, statement in _CLUSTERS.items():
            found[name] = _clusters(connection.execute(statement))
        found["fields"] = _fields(connection)
        found["not as indexed"] = _not_as_indexed(connection)
        names = dict(
            connection.execute(
                "SELECT passage.id, sha256 || ' ' || ordinal FROM passage"
                " JOIN document ON document.id = document"
            )
        )
    hits = Counter(_hits(archive, names))
    found["hits"] = Counter({hit: count for hit, count in hits.items() if hit[1] != "order"})
    found[ORDER] = hits - found["hits"]
    found["files left behind"] = Counter(_left_behind(find_archive(archive).temporary))
    return found


def _clusters(rows: Iterable[tuple[int, str]]) -> Counter[Hashable]:
    members: dict[int, list[str]] = {}
    for number, member in rows:
        members.setdefault(number, []).append(member)
    return Counter(frozenset(cluster) for cluster in members.values())


def _documents(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    return connection.execute("SELECT id, sha256, related FROM document").fetchall()


def _fields(connection: sqlite3.Connection) -> Counter[Hashable]:
    """Tell what the index is given of each passage, without the numbers of threads."""
    found: Counter[Hashable] = Counter()
    for document, sha256, _ in _documents(connection):
        for ordinal, entry in enumerate(entries.index_entries(connection, document)):
            # In which order a document's places were met is no part of what is said.
            fields = sorted(
                (name, tuple(sorted(values)))
                for name, values in entry.fields.items()
                if name != "document"
                if name != "thread"
            )
            found[(sha256, ordinal, repr(replace(entry, passage=0, fields={})), repr(fields))] += 1
    return found


def _not_as_indexed(connection: sqlite3.Connection) -> Counter[Hashable]:
    """Tell which documents were given to the index with other fields than they have now."""
    return Counter(
        sha256
        for document, sha256, related in _documents(connection)
        if related != entries.digest(entries.index_entries(connection, document))
    )


def _hits(archive: str, names: dict[int, str]) -> Iterable[tuple[Hashable, ...]]:
    """Yield the hits of all queries: what each finds, cited, in its order but for equal scores."""
    with Archive(archive) as opened:
        for query in QUERIES:
            answer = opened.search(query, limit=_HITS, fold=False)
            told = [
                (round(hit.score, 3), names[hit.passage], hit.file, hit.first_page, hit.last_page,
                 hit.bates, hit.confidence, hit.snippet)
                for hit in answer.hits
            ]  # fmt: skip
            yield query, "coverage", str(answer.coverage), answer.total
            # Scores themselves depend on how the index was written: what was removed from a segment
            # still counts for how common a word is, until segments are merged.
            groups = groupby(told, key=lambda hit: hit[0])
            order = tuple(frozenset(hit[1] for hit in group) for _, group in groups)
            yield query, "order", order[:_ORDERED]
            yield from ((query, "hit", hit[1:]) for hit in told)


def _left_behind(folder: str) -> Iterable[str]:
    for _, _, files in os.walk(folder):
        yield from files


def differences(expected: Content, found: Content) -> list[str]:
    """Say in which sections two archives differ, with an example of what is missing or too much."""
    said = []
    for name in expected.keys() | found.keys():
        missing = expected.get(name, Counter()) - found.get(name, Counter())
        beyond = found.get(name, Counter()) - expected.get(name, Counter())
        if missing or beyond:
            said.append(
                f"{name}: {missing.total()} missing, {beyond.total()} too many;"
                f" {_example(missing)} / {_example(beyond)}"
            )
    return sorted(said)


def _example(counted: Counter[Hashable]) -> str:
    return next((repr(one)[:300] for one in counted), "none")
