"""An archive of made-up passages, put together the way an ingest does it, without reading files."""

import itertools
import random
import sqlite3
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from recordsearch.catalogue import documents, pages, places
from recordsearch.catalogue.connection import open_for_writing
from recordsearch.engines import engine
from recordsearch.passages import document_text, page_starts
from recordsearch.records import (
    Adapter,
    Identity,
    MediaType,
    Method,
    Page,
    Passage,
    ReadOptions,
    SourceFile,
)
from recordsearch.settings import Archive, Settings, save_settings
from recordsearch.workflows.indexing import IndexKeeper, rebuild

WORDS_A_PASSAGE = 120
PASSAGES_A_PAGE = 4
PAGES_A_DOCUMENT = 5
_ADAPTER = Adapter("made", "1")


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A document's pages and passages, as extraction would hand them over."""

    name: str
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]


def vocabulary(size: int = 60_000) -> list[str]:
    """Make words of the length and shape of English ones, the same at every call."""
    rng = random.Random(11)
    onsets = ["b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl"]
    nuclei = ["a", "e", "i", "o", "u", "ea", "ou", "ai"]
    codas = ["", "n", "r", "s", "t", "l", "ng", "ct", "st"]
    endings = ["", "", "ing", "ed", "ation", "s", "er", "ly", "ment"]
    words: dict[str, None] = {}
    while len(words) < size:
        syllables = rng.choice([1, 2, 2, 3])
        word = "".join(
            rng.choice(onsets) + rng.choice(nuclei) + rng.choice(codas) for _ in range(syllables)
        )
        words[word + rng.choice(endings)] = None
    return list(words)


def made_documents(passages: int) -> Iterator[MadeDocument]:
    """Make documents with ``passages`` passages in all; word frequencies follow Zipf's law."""
    rng = random.Random(7)
    words = vocabulary()
    weights = list(itertools.accumulate(1 / rank for rank in range(1, len(words) + 1)))
    a_document = PASSAGES_A_PAGE * PAGES_A_DOCUMENT
    for number in range(passages // a_document):
        drawn_pages, found, ordinal = [], [], 0
        for page in range(1, PAGES_A_DOCUMENT + 1):
            texts = []
            for _ in range(PASSAGES_A_PAGE):
                drawn = rng.choices(words, cum_weights=weights, k=WORDS_A_PASSAGE)
                lines = [" ".join(drawn[at : at + 12]) for at in range(0, WORDS_A_PASSAGE, 12)]
                texts.append("\n".join(lines).capitalize() + ".")
            drawn_pages.append(Page(page, "\n\n".join(texts), Method.TEXT, _ADAPTER, "made"))
        text = document_text([page.text for page in drawn_pages])
        starts = page_starts([page.text for page in drawn_pages])
        for page in range(PAGES_A_DOCUMENT):
            position = starts[page]
            for part in drawn_pages[page].text.split("\n\n"):
                ordinal += 1
                end = position + len(part)
                found.append(
                    Passage(ordinal, page + 1, page + 1, position, end, text[position:end])
                )
                position = end + 2
        yield MadeDocument(f"box {number % 50}/file {number}.pdf", tuple(drawn_pages), tuple(found))


def index_all(archive: Archive, made: Iterable[MadeDocument]) -> float:
    """Put documents into a new archive: catalogue and index. Return the seconds that it took."""
    connection = open_for_writing(archive.catalogue)
    chosen = engine("tantivy")
    started = time.perf_counter()
    for _ in rebuild(connection, chosen, archive.index):
        pass
    with IndexKeeper(connection, chosen, archive.index) as keeper:
        for number, document in enumerate(made):
            _store(connection, number, document, keeper)
        keeper.commit()
    seconds = time.perf_counter() - started
    save_settings(archive, Settings("tantivy"))
    connection.close()
    return seconds


def _store(
    connection: sqlite3.Connection, number: int, made: MadeDocument, keeper: IndexKeeper
) -> None:
    if not connection.in_transaction:
        connection.execute("BEGIN IMMEDIATE")
    identity = Identity(f"{number:064x}", 1000, MediaType.PDF, len(made.pages))
    document = documents.add_document(connection, identity, ReadOptions())
    source = SourceFile(f"/made/{made.name}", made.name, "made", 1000, number)
    places.set_location(connection, source, document)
    pages.add_pages(connection, document, made.pages)
    starts = page_starts([page.text for page in made.pages])
    placed = [(passage, None, None) for passage in made.passages]
    pages.store_passages(connection, document, starts, [""] * len(made.pages), placed)
    keeper.add(document, len(placed), new=True)
