"""The index that OCR-tolerant search is learnt from and judged by: scans among other passages."""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from known_scans import Scan

from recordsearch.engines.protocol import Reader
from recordsearch.engines.tantivy_engine import TantivyEngine
from recordsearch.passages import split_passages
from recordsearch.query.analysis import streams
from recordsearch.query.tree import Node
from recordsearch.records import IndexEntry

_STOP_TEXT = """
    about above after again also been before being below between both came could does doing down
    during each from further have having here hers himself into itself just made make many more
    most much must only other ours over same shall should some such than that their them then
    there these they this those through under until upon very were what when where which while
    whom will with would your yours
"""
STOP_WORDS = frozenset(_STOP_TEXT.split())
_NOISE = ("4_ir/**/*", "2_email/**/*.txt", "5_ocr_gt/**/*.txt")
_LARGEST = 6_000_000


@dataclass(frozen=True, slots=True)
class Corpus:
    """Passages in an index: which scan each is of, none for those among which they stand.

    ``words`` are the true words of each scan, broken words in both readings.
    """

    reader: Reader
    scans: Sequence[Scan]
    scan_of: dict[int, int]
    others: dict[int, frozenset[str]]
    words: Sequence[frozenset[str]]

    def found(self, tree: Node) -> tuple[set[int], set[int]]:
        """Return the scans that a query finds, and the other passages."""
        numbers = {one.passage for one in self.reader.search(tree, self.reader.count()).ranked}
        scans = {self.scan_of[number] for number in numbers if number in self.scan_of}
        return scans, {number for number in numbers if number not in self.scan_of}

    def truth(self) -> dict[str, set[int]]:
        """Return the scans that hold each word of four letters or more that is no stop word."""
        holds: defaultdict[str, set[int]] = defaultdict(set)
        for number, words in enumerate(self.words):
            for word in words:
                if len(word) >= 4 and word not in STOP_WORDS and not word.isdigit():
                    holds[word].add(number)
        return holds

    def sample(self, count: int, seed: int) -> dict[str, set[int]]:
        """Return some of :meth:`truth`, drawn with a seed."""
        truth = self.truth()
        drawn = random.Random(seed).sample(sorted(truth), min(count, len(truth)))
        return {word: truth[word] for word in drawn}


@contextmanager
def indexed(scans: Sequence[Scan], corpus: Path) -> Iterator[Corpus]:
    """Index the scans' passages, with their confidence, among those of the corpus's texts."""
    entries: list[IndexEntry] = []
    scan_of: dict[int, int] = {}
    others: dict[int, frozenset[str]] = {}
    for number, scan in enumerate(scans):
        for passage in split_passages([scan.seen]):
            scan_of[len(entries) + 1] = number
            entries.append(_entry(len(entries) + 1, passage.text, scan.confidence))
    for text in _texts(corpus):
        for passage in split_passages([text]):
            others[len(entries) + 1] = words_of(passage.text)
            entries.append(_entry(len(entries) + 1, passage.text, None))
    with TemporaryDirectory() as folder:
        engine = TantivyEngine()
        engine.create(folder)
        with engine.writer(folder) as writer:
            writer.add(entries)
            writer.commit()
        reader = engine.reader(folder)
        try:
            words = [words_of(scan.truth) for scan in scans]
            yield Corpus(reader, scans, scan_of, others, words)
        finally:
            reader.close()


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, folded, those broken at a line's end in both readings."""
    read = streams(text)
    return frozenset(read.exact.split() + read.parted.split())


def _texts(corpus: Path) -> Iterator[str]:
    for pattern in _NOISE:
        for path in sorted(corpus.glob(pattern)):
            if path.is_file() and path.stat().st_size < _LARGEST:
                yield path.read_text(errors="replace")


def _entry(number: int, text: str, confidence: float | None) -> IndexEntry:
    return IndexEntry(
        passage=number, text=text, first_page=1, last_page=1, fields={}, confidence=confidence
    )
