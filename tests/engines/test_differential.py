"""Both engines and a naive evaluation of the tree must find the same passages for any query."""

import random

import pytest

from recordsearch.engines import ENGINES, engine
from recordsearch.query.analysis import readings, streams
from recordsearch.query.fields import CHOICES, INDEXED
from recordsearch.query.language import parse, write
from recordsearch.query.tree import (
    BatesRange,
    Boost,
    Condition,
    Confidence,
    Fuzzy,
    InField,
    Leaf,
    Node,
    Not,
    Numbered,
    PageRange,
    Phrase,
    Prefix,
    Regex,
    Sent,
    Wildcard,
    Word,
    both,
    either,
)
from recordsearch.records import IndexEntry
from tests.engines.brute_force import BruteForce, parts

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
NUMBERS = ("QHPD-000105", "QHPD-000106", "QHPD-000200", "ACME 7", "000105", "QHPD-B 12")
LAWS = ("(b)(6)", "(b)(7)(C)", "Gov. Code 6254(f)", "6254")
LANGUAGES = ("en", "de", "fr")
SCALE = (None, None, 0.0, 41.5, 59.99, 60.0, 93.25, 100.0)
PATTERNS = (
    "re.*",
    ".*tion",
    "[a-f]+",
    "(face|letter)s?",
    "c?o.{2,6}",
    r"\\d+",
    "[^aeiou]*",
    "pol(ic|ici)y?e?s?",
    "(a|b)+c?",
    ".",
    "x|y",
    ".*(ed|ing)",
    "[а-я]+",
    "u.?s",
    "ca(f|ff)e$",
    "^rep.*t",
)
DAYS = (20161231, 20170101, 20170228, 20170305, 20171231, 20180101, 20240229)
# The values that a field's content is drawn from; the fields not named here have any of VALUES.
NAMES = {
    "file": FILES,
    "release": RELEASES,
    "type": ("message", "other"),
    "has": ("redaction", "table"),
    "lang": ("en", "de"),
    "bates": NUMBERS,
    "exemption": LAWS,
} | dict.fromkeys(("from", "to", "cc", "bcc", "email", "url", "case"), MAILBOXES)
# Most queries ask for the few fields that most passages have.
COMMON = ("file", "release", "from", "to", "subject", "type", "bates")


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
                language=source.choice(("", "en", "en", "de", "fr")),
                confidence=source.choice(SCALE),
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
        self._numbers = [entry.passage for entry in entries]
        self._tokens = sorted(
            {
                token
                for word in VOCABULARY
                for token in streams(word).exact.split()
                if readings(token) == ((token,),)
            }
        )

    def make(self, depth: int) -> Node:
        source = self._source
        kind = source.random()
        if depth == 0 or kind < 0.25:
            return self._leaf()
        if kind < 0.4:
            return Not(self.make(depth - 1))
        if kind < 0.5:
            return Boost(self.make(depth - 1), source.choice((0.5, 2, 7.25)))
        join = both if kind < 0.75 else either
        return join([self.make(depth - 1) for _ in range(source.randint(2, 4))])

    def _leaf(self) -> Node:
        source = self._source
        kind = source.randrange(16)
        if kind < 3:
            return Word(self._token())
        if kind < 9:
            return self._form(kind)
        if kind < 12:
            return self._condition(kind)
        return self._field()

    def _form(self, kind: int) -> Leaf:
        source = self._source
        if kind == 3:
            return Phrase(self._stretch())
        if kind < 6:
            return self._near(self._stretch(6))
        if kind == 6:
            return source.choice((self._prefix(), Regex(source.choice(PATTERNS))))
        if kind == 7:
            return Fuzzy(self._misspelt(), source.choice((1, 2)))
        return self._wildcard()

    def _condition(self, kind: int) -> Condition:
        source = self._source
        if kind == 9:
            low = source.randint(1, 14)
            return PageRange(low, source.choice((None, low, low + 2)))
        if kind == 10:
            return self._days()
        chosen = source.randrange(3)
        if chosen == 0:
            low, high = sorted(source.choices(SCALE[2:], k=2))
            return source.choice(
                (Confidence(low, high), Confidence(None, high), Confidence(low, None))
            )
        if chosen == 1:
            low, high = sorted(source.choices((6, 7, 105, 106, 150, 200), k=2))
            prefix = source.choice(("qhpd", "qhpdb", "acme", ""))
            return BatesRange(f"{prefix}{low:012}", f"{prefix}{high:012}")
        return Numbered(tuple(sorted(source.sample(self._numbers, source.choice((0, 3, 60))))))

    def _near(self, words: tuple[str, ...]) -> Phrase:
        source = self._source
        chosen = [word for word in words if source.random() < 0.6] or list(words[:1])
        source.shuffle(chosen)
        slop = source.choice((1, 2, 3, 5, 20)) if len(chosen) > 1 else 0
        return Phrase(tuple(chosen), slop)

    def _wildcard(self) -> Wildcard | Prefix:
        source = self._source
        letters = list(source.choice([token for token in self._tokens if len(token) > 3]))
        at = source.randrange(len(letters) - 1)
        letters[at : at + source.randint(1, 2)] = source.choice(("*", "?", "?*", "*"))
        text = "".join(letters)
        text = f"*{text}" if source.random() < 0.2 and text[0] not in "*?" else text
        if text.endswith("?") and "*" not in text:  # which ends a question
            return Wildcard("*")
        plain = "*" not in text[:-1] and "?" not in text
        return Prefix(text[:-1]) if plain else Wildcard(text)

    def _days(self) -> Sent:
        source = self._source
        low, high = sorted((source.choice(DAYS), source.choice(DAYS)))
        return source.choice((Sent(low, high), Sent(low, low), Sent(low, None), Sent(None, high)))

    def _field(self) -> InField:
        source = self._source
        name = source.choice((*COMMON, *COMMON, "participant", "participant", *INDEXED))
        if name in CHOICES:
            return InField(name, Word(source.choice(NAMES[name])))
        if name in ("bates", "exemption"):
            typed = source.choice(NAMES[name])
            tree = parse(f'{name}:"{typed}"' if source.random() < 0.5 else f"{name}:6254")
            assert isinstance(tree, InField)
            return tree
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

    def _stretch(self, longest: int = 4) -> tuple[str, ...]:
        """Take words that follow one another somewhere, such as a phrase may have."""
        source = self._source
        passage = source.choice(self._streams)
        words = source.choice((passage.exact, passage.parted.partition("|||")[0])).split()
        words = [word for word in words if readings(word) == ((word,),)]
        if source.random() < 0.3 or not words:
            return tuple(self._token() for _ in range(source.randint(1, 2)))
        start = source.randrange(len(words))
        return tuple(words[start : start + source.randint(1, longest)])

    def _name_condition(self, names: tuple[str, ...]) -> Leaf:
        source = self._source
        words = streams(source.choice(names)).exact.split()
        start = source.randrange(len(words))
        kind = source.randrange(7)
        if kind == 3:
            return Fuzzy(words[start], source.choice((1, 2)))
        if kind == 4:
            return self._near(tuple(words))
        if kind == 5:
            return Regex(source.choice(PATTERNS))
        if kind == 6:
            return Wildcard(f"*{words[start][-3:]}") if len(words[start]) > 2 else Wildcard("*")
        if kind == 0:
            return Word(words[start])
        if kind == 1 and len(words[start]) > 1:
            return Prefix(words[start][:2])
        return Phrase(tuple(words[start : start + 2]))


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
        opened.append(chosen.reader(folder, LANGUAGES))
    kept = entries[:90] + entries[120:]
    yield opened, kept
    for reader in opened:
        reader.close()


def test_engines_and_a_naive_evaluation_find_the_same(readers):
    opened, entries = readers
    trees = Trees(random.Random(11), entries)
    passages = {entry.passage: BruteForce(entry, LANGUAGES) for entry in entries}
    found_something = 0
    for number in range(QUERIES):
        tree = trees.make(depth=number % 4)
        query = write(tree)
        if "passage:" not in query:  # which nobody types
            assert parse(query) == tree, query
        expected = {passage for passage, naive in passages.items() if naive.holds(tree)}
        found_something += 0 < len(expected) < len(passages)
        for name, reader in zip(ENGINES, opened, strict=True):
            ranking = reader.search(tree, limit=PASSAGES)
            found = {ranked.passage for ranked in ranking.ranked}
            assert found == expected, (name, query)
            assert ranking.total == len(expected), (name, query)
            assert not ranking.notes
    assert found_something > QUERIES / 3, "the queries must tell right from wrong"
