"""A catalogue of documents given as their pages' texts, and a reader that knows what is indexed."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from recordsearch.catalogue import documents, pages, relations
from recordsearch.catalogue.connection import open_for_reading, open_for_writing
from recordsearch.passages import document_text, page_starts, split_passages
from recordsearch.query.tree import And, Node, Numbered, Word
from recordsearch.records import (
    Adapter,
    Identity,
    MediaType,
    Method,
    Page,
    Ranked,
    Ranking,
    ReadOptions,
)

READ_BY = Adapter("plain", "1")


def sha(name: str) -> str:
    """Make a hash for a document that goes by a name."""
    return name.encode().hex().ljust(64, "0")


class MadeCatalogue:
    """A catalogue that is written as an ingest writes it, step by step."""

    def __init__(self, folder: Path) -> None:
        self.file = str(folder / "catalogue.sqlite3")
        self.connection = open_for_writing(self.file)
        self.connection.execute("INSERT OR IGNORE INTO release (id, name) VALUES (1, 'harbor')")

    def find(self, name: str, pages_known: int) -> int:
        """Enter a document as found; return its number."""
        identity = Identity(sha(name), 1, MediaType.TEXT, pages_known)
        document = documents.add_document(self.connection, identity, ReadOptions())
        self.connection.execute(
            "INSERT INTO location (path, file, release, document, size, modified_ns)"
            " VALUES (?, ?, 1, ?, 1, 1)",
            (name.encode(), f"{name}.txt", document),
        )
        return document

    def read(self, document: int, texts: Sequence[str | None]) -> None:
        """Store pages as they were read; None could not be."""
        pages.add_pages(
            self.connection,
            document,
            [
                Page(number, text or "", Method.TEXT if text else Method.NONE, READ_BY, "",
                     poor="" if text else "unreadable")
                for number, text in enumerate(texts, 1)
            ],
        )  # fmt: skip

    def store(self, document: int) -> None:
        """Split a document that was read into passages."""
        texts = pages.page_texts(self.connection, document)
        placed = [(passage, None, None) for passage in split_passages(texts)]
        bates = [""] * len(texts)
        pages.store_passages(self.connection, document, page_starts(texts), bates, placed)
        relations.mark_unrelated(self.connection)

    def index(self, document: int) -> None:
        """Say that the index holds a document."""
        self.connection.execute("UPDATE document SET state = 'indexed' WHERE id = ?", (document,))

    def relate(self) -> None:
        """Say that all documents are related."""
        relations.mark_related(self.connection)

    def add(self, name: str, *texts: str | None) -> int:
        """Take a document in from beginning to end."""
        document = self.find(name, len(texts))
        self.read(document, texts)
        self.store(document)
        self.index(document)
        self.relate()
        return document

    def read_anew(self, document: int, *texts: str | None) -> None:
        """Read a document again from beginning to end."""
        documents.read_again(self.connection, document, ReadOptions())
        self.connection.execute(
            "UPDATE document SET pages = ? WHERE id = ?", (len(texts), document)
        )
        self.read(document, texts)
        self.store(document)
        self.index(document)
        self.relate()

    def understand_anew(self, document: int) -> None:
        """Split a document anew, so that its passages get new numbers."""
        documents.understand_again(self.connection, document)
        self.store(document)
        self.index(document)
        self.relate()

    def forget(self, document: int) -> None:
        """Take a document out."""
        self.connection.execute("DELETE FROM location WHERE document = ?", (document,))
        documents.drop_if_nowhere(self.connection, document)

    def passages(self, document: int) -> list[int]:
        """Return the numbers of a document's passages."""
        rows = self.connection.execute(
            "SELECT id FROM passage WHERE document = ? ORDER BY ordinal", (document,)
        )
        return [row[0] for row in rows]

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the catalogue as a command does that only reads."""
        connection = open_for_reading(self.file)
        try:
            yield connection
        finally:
            connection.close()


class StubReader:
    """Knows the passages that the index holds when it is made; finds words and passages."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._texts: dict[int, str] = {}
        rows = connection.execute("SELECT id FROM document WHERE state = 'indexed'").fetchall()
        for (document,) in rows:
            text = document_text(pages.page_texts(connection, document))
            for number, start, end in connection.execute(
                'SELECT id, start, "end" FROM passage WHERE document = ?', (document,)
            ):
                self._texts[number] = text[start:end].lower()

    def search(self, tree: Node, limit: int, offset: int = 0) -> Ranking:
        """Find passages, in the order of their numbers."""
        found = [number for number in sorted(self._texts) if self._matches(tree, number)]
        ranked = tuple(Ranked(number, 1.0) for number in found[offset : offset + limit])
        return Ranking(len(found), ranked)

    def _matches(self, tree: Node, number: int) -> bool:
        match tree:
            case And(children):
                return all(self._matches(child, number) for child in children)
            case Word(text):
                return text in self._texts[number].split()
            case Numbered(passages):
                return number in passages
        raise AssertionError(tree)
