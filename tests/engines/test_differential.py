"""Both engines and a naive evaluation of the tree must find the same passages for any query."""

import random
from functools import cache
from itertools import pairwise

import pytest

from recordsearch.engines import ENGINES, engine
from recordsearch.query.analysis import stem, streams
from recordsearch.query.fields import INDEXED
from recordsearch.query.language import parse, write
from recordsearch.query.tree import (
    And,
    Fuzzy,
    InField,
    Node,
    Not,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Sent,
    Word,
    both,
    either,
)
from recordsearch.records import IndexEntry

QUERIES = 2_000
PASSAGES = 200

# fmt: off
VOCABULARY = (
    "report", "reports", "reported", "reporting", "reporter", "record", "records", "recorded",
    "review", "reviewed", "reviewing", "face", "faces", "recognition", "recognise", "recognised",
    "recognize", "system", "systems", "the", "of", "and", "to", "a", "in", "committee",
    "commitee", "letter", "letters", "later", "latter", "redaction", "redacted", "exemption",
    "exempt", "officer", "office", "offices", "police", "policy", "policies", "U.S.", "U.S.C.",
    "U.S.C", "F.O.I.A.", "foia", "don't", "chief's", "O'Neil", "café", "cafe", "naïve", "Ünïcode",
    "straße", "STRASSE", "résumé", "İstanbul", "ﬃce", "2017", "2018", "20", "552", "(b)(6)", "§",
    "e-mail", "re-examine", "co-operate", "x", "y", "абв", "где", "漢字", "1,200.50", "a_b_c", "½",
    "ab", "ba", "abc",
)
# fmt: on
BREAKS = ("-\n", "‐\n", "\u00ad\n", "¬\n", "- \n", "-\f", "-\n\f", "-\r\n")
FILES = ("letters/report_2017.pdf", "letters/annual report.pdf", "scans/a-b/face.tif", "mail.mbox")
RELEASES = ("first release", "second release", "dump 2018")
MAILBOXES = (
    "Jane Roe <jroe@city.example>", "Roe, Jane (Police)", "Ann Poe", "apoe@city.example",
    "D’Arcy Poe <poe@vendor.example>", "City Council", "city-council@city.example", "U.S. Attorney",
)  # fmt: skip
VALUES = (
    "Re: camera budget",
    "FW: camera",
    "$1,200.50",
    "555-0142",
    "17-cv-00246",
    "12",
    "§ 6254(f)",
)
DAYS = (20161231, 20170101, 20170228, 20170305, 20171231, 20180101, 20240229)
# The values that a field's content is drawn from; the fields not named here have any of VALUES.
NAMES = {
    "file": FILES,
    "release": RELEASES,
    "type": ("message", "other"),
} | dict.fromkeys(("from", "to", "cc", "bcc", "email", "url", "case"), MAILBOXES)
# Most queries ask for the few fields that most passages have.
COMMON = ("file", "release", "from", "to", "subject", "type")


def make_text(source: random.Random) -> str:
    """Write a passage of vocabulary, some words broken at a line's end."""
    pieces = []
    for _ in range(source.randint(0, 40)):
        word = source.choice(VOCABULARY)
        if len(word) > 4 and source.random() < 0.1:
            cut = source.randint(2, len(word) - 2)
            word = word[:cut] + source.choice(BREAKS) + word[cut:]
        if source.random() < 0.1:
            word = word.upper() if source.random() < 0.5 else word.title()
        pieces.append(word + source.choice((" ", " ", " ", "\n", ", ", ". ", "\f", " – ")))
    return "".join(pieces)


def make_entries(source: random.Random) -> list[IndexEntry]:
    entries = []
    for number in source.sample(range(1, 10_000), PASSAGES):
        first = source.randint(1, 12)
        text = make_text(source)
        entries.append(
            IndexEntry(
                passage=number,
                text=text,
                first_page=first,
                last_page=first + source.choice((0, 0, 0, 1, 3)),
                fields=make_fields(source),
                boilerplate=make_boilerplate(source, text),
                sent=source.choice((None, *DAYS)),
            )
        )
    return entries


def make_fields(source: random.Random) -> dict[str, tuple[str, ...]]:
    fields = {}
    for name in INDEXED:
        values = NAMES.get(name, VALUES)
        if name in ("file", "release"):
            fields[name] = tuple(source.sample(values, source.randint(1, 2)))
        elif name == "type":
            fields[name] = (source.choice(values),)
        elif source.random() < (0.7 if name in COMMON else 0.2):
            fields[name] = tuple(source.choices(values, k=source.randint(0, 3)))
    return fields


def make_boilerplate(source: random.Random, text: str) -> tuple[tuple[int, int], ...]:
    """Choose up to three stretches of a text, cut anywhere, also inside a word."""
    cuts = sorted(
        source.randint(0, len(text)) for _ in range(2 * source.choice((0, 0, 1, 1, 2, 3)))
    )
    return tuple(zip(cuts[::2], cuts[1::2], strict=True))


def parts(entry: IndexEntry) -> tuple[list[str], list[str]]:
    """Cut a text into the parts outside its boilerplate and those that are boilerplate."""
    cuts = [0, *(cut for pair in entry.boilerplate for cut in pair), len(entry.text)]
    pieces = [entry.text[start:end] for start, end in pairwise(cuts)]
    return pieces[::2], pieces[1::2]


class Trees:
    """Makes random trees whose leaves are words, parts of words and stretches of passages."""

    def __init__(self, source: random.Random, entries: list[IndexEntry]) -> None:
        self._source = source
        self._streams = [
            streams(part)
            for entry in entries
            for half in ([entry.text], *parts(entry))
            for part in half
        ]
        self._tokens = sorted(
            {token for word in VOCABULARY for token in streams(word).exact.split()}
        )

    def make(self, depth: int) -> Node:
        source = self._source
        kind = source.random()
        if depth == 0 or kind < 0.25:
            return self._leaf()
        if kind < 0.4:
            return Not(self.make(depth - 1))
        join = both if kind < 0.75 else either
        return join([self.make(depth - 1) for _ in range(source.randint(2, 4))])

    def _leaf(self) -> Node:
        source = self._source
        kind = source.randrange(12)
        if kind < 3:
            return Word(self._token())
        if kind < 5:
            return Phrase(self._stretch())
        if kind == 5:
            return self._prefix()
        if kind == 6:
            return Fuzzy(self._misspelt(), source.choice((1, 2)))
        if kind == 7:
            low = source.randint(1, 14)
            return PageRange(low, source.choice((None, low, low + 2)))
        if kind == 8:
            return self._days()
        return self._field()

    def _days(self) -> Sent:
        source = self._source
        low, high = sorted((source.choice(DAYS), source.choice(DAYS)))
        return source.choice((Sent(low, high), Sent(low, low), Sent(low, None), Sent(None, high)))

    def _field(self) -> InField:
        source = self._source
        name = source.choice((*COMMON, *COMMON, "participant", "participant", *INDEXED))
        if name == "type":
            return InField(name, Word(source.choice(NAMES[name])))
        values = MAILBOXES if name == "participant" else NAMES.get(name, VALUES)
        return InField(name, self._name_condition(values))

    def _token(self) -> str:
        return self._source.choice(self._tokens)

    def _prefix(self) -> Prefix:
        long_enough = [token for token in self._tokens if len(token) > 2]
        token = self._source.choice(long_enough)
        return Prefix(token[: self._source.randint(2, len(token))])

    def _misspelt(self) -> str:
        source = self._source
        letters = list(self._token())
        for _ in range(source.randint(0, 2)):
            at = source.randrange(len(letters))
            edit = source.randrange(4)
            if edit == 0:
                letters.insert(at, source.choice("abecrt"))
            elif edit == 1 and len(letters) > 1:
                del letters[at]
            elif edit == 2:
                letters[at] = source.choice("abecrt")
            elif at:
                letters[at - 1], letters[at] = letters[at], letters[at - 1]
        return "".join(letters)

    def _stretch(self) -> tuple[str, ...]:
        source = self._source
        passage = source.choice(self._streams)
        words = source.choice((passage.exact, passage.parted)).split()
        if source.random() < 0.3 or not words:
            return tuple(self._token() for _ in range(source.randint(1, 2)))
        start = source.randrange(len(words))
        return tuple(words[start : start + source.randint(1, 4)])

    def _name_condition(self, names: tuple[str, ...]) -> Word | Phrase | Prefix:
        source = self._source
        words = streams(source.choice(names)).exact.split()
        start = source.randrange(len(words))
        kind = source.randrange(3)
        if kind == 0:
            return Word(words[start])
        if kind == 1 and len(words[start]) > 1:
            return Prefix(words[start][:2])
        return Phrase(tuple(words[start : start + 2]))


class Naive:
    """Evaluates a tree on one passage, by the words of the documentation and nothing cleverer."""

    def __init__(self, entry: IndexEntry) -> None:
        kept, repeated = (readings(part) for part in parts(entry))
        self._readings = kept + repeated
        self._words = {word for reading in kept for word in reading}
        self._stems = {stem(word) for word in self._words}
        self._sent = entry.sent
        self._fields = {
            name: [streams(value).exact.split() for value in values]
            for name, values in entry.fields.items()
        }
        self._fields["participant"] = [
            value for name in ("from", "to", "cc", "bcc") for value in self._fields.get(name, [])
        ]
        self._pages = set(range(entry.first_page, entry.last_page + 1))

    def holds(self, tree: Node) -> bool:
        match tree:
            case And(children):
                return all(map(self.holds, children))
            case Or(children):
                return any(map(self.holds, children))
            case Not(child):
                return not self.holds(child)
            case Word(text):
                return stem(text) in self._stems
            case Phrase(words):
                return any(follows(words, reading) for reading in self._readings)
            case Prefix(text):
                return any(word.startswith(text) for word in self._words)
            case Fuzzy(text, distance):
                return any(edits(text, word) <= distance for word in self._words)
            case PageRange(low, high):
                return any(low <= page and (high is None or page <= high) for page in self._pages)
            case Sent(first, last):
                day = self._sent
                return day is not None and (first or day) <= day <= (last or day)
            case InField(field, condition):
                return any(name_fits(condition, name) for name in self._fields.get(field, []))


def readings(texts: list[str]) -> list[list[str]]:
    """Return the joined and the parted reading of each text, as tokens."""
    return [reading.split() for text in texts for reading in streams(text)[:2]]


def follows(words: tuple[str, ...], text: list[str]) -> bool:
    length = len(words)
    return any(tuple(text[at : at + length]) == words for at in range(len(text) - length + 1))


def name_fits(condition: Node, name: list[str]) -> bool:
    match condition:
        case Word(text):
            return text in name
        case Phrase(words):
            return follows(words, name)
        case Prefix(text):
            return any(word.startswith(text) for word in name)
    raise AssertionError(condition)


@cache
def edits(first: str, second: str) -> int:
    """Optimal string alignment, straight from its definition."""
    if not first or not second:
        return len(first) + len(second)
    best = min(
        edits(first[:-1], second) + 1,
        edits(first, second[:-1]) + 1,
        edits(first[:-1], second[:-1]) + (first[-1] != second[-1]),
    )
    if len(first) > 1 and len(second) > 1 and first[-2:] == second[-2:][::-1]:
        best = min(best, edits(first[:-2], second[:-2]) + 1)
    return best


@pytest.fixture(scope="module")
def readers(tmp_path_factory):
    """Both engines over the same passages, in several commits, some removed and put back."""
    entries = make_entries(random.Random(7))
    opened = []
    for name in ENGINES:
        folder = str(tmp_path_factory.mktemp(name))
        chosen = engine(name)
        chosen.create(folder)
        with chosen.writer(folder) as writer:
            for start in range(0, PASSAGES, 100):
                writer.add(entries[start : start + 100])
                writer.commit()
            writer.remove([entry.passage for entry in entries[50:120]])
            writer.add(entries[50:90])
            writer.commit()
        opened.append(chosen.reader(folder))
    kept = entries[:90] + entries[120:]
    yield opened, kept
    for reader in opened:
        reader.close()


def test_engines_and_a_naive_evaluation_find_the_same(readers):
    opened, entries = readers
    trees = Trees(random.Random(11), entries)
    passages = {entry.passage: Naive(entry) for entry in entries}
    found_something = 0
    for number in range(QUERIES):
        tree = trees.make(depth=number % 4)
        query = write(tree)
        assert parse(query) == tree, query
        expected = {passage for passage, naive in passages.items() if naive.holds(tree)}
        found_something += 0 < len(expected) < len(passages)
        for name, reader in zip(ENGINES, opened, strict=True):
            ranking = reader.search(tree, limit=PASSAGES)
            found = {ranked.passage for ranked in ranking.ranked}
            assert found == expected, (name, query)
            assert ranking.total == len(expected), (name, query)
    assert found_something > QUERIES / 3, "the queries must tell right from wrong"
