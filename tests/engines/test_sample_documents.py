"""Every class of query over the sample documents, beside a brute-force matcher over their text."""

import os
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recordsearch.catalogue.entries import index_entries
from recordsearch.engines import ENGINES, engine
from recordsearch.query.analysis import readings
from recordsearch.query.language import parse, write
from recordsearch.query.tree import (
    BatesRange,
    Boost,
    Confidence,
    Fuzzy,
    InField,
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
from tests.engines.brute_force import BREAK, BruteForce, together

LANGUAGES = ("en", "de")
EVERYTHING = 10_000


class Sample:
    """The passages of the sample documents, in both engines and by brute force."""

    def __init__(self, entries, folder):
        self.passages = {entry.passage: BruteForce(entry, LANGUAGES) for entry in entries}
        self.readers = []
        self.told_apart = 0
        for name in ENGINES:
            path = os.path.join(folder, name)
            os.mkdir(path)
            chosen = engine(name)
            chosen.create(path)
            with chosen.writer(path) as writer:
                writer.add(entries)
                writer.commit()
            self.readers.append(chosen.reader(path, LANGUAGES))
        texts = [one.readings[0] for one in self.passages.values()]
        self.texts = [[word for word in text if plain(word)] for text in texts]
        self.words = sorted({word for text in self.texts for word in text})
        self.fields = sorted(
            {
                (name, word)
                for entry in entries
                for name, values in entry.fields.items()
                if name not in ("bates", "exemption", "lang", "has", "type", "release")
                for word in together(list(values))
                if plain(word)
            }
        )

    def check(self, tree):
        expected = {number for number, one in self.passages.items() if one.holds(tree)}
        self.told_apart += 0 < len(expected) < len(self.passages)
        for reader in self.readers:
            ranking = reader.search(tree, EVERYTHING)
            assert {one.passage for one in ranking.ranked} == expected, write(tree)
            assert ranking.total == len(expected)


def plain(word):
    return word != BREAK and readings(word) == ((word,),)


@pytest.fixture(scope="module")
def sample(sample_archives, tmp_path_factory):
    path = sample_archives["tantivy"] / ".recordsearch" / "catalogue.sqlite3"
    connection = sqlite3.connect(path)
    documents = connection.execute("SELECT id FROM document ORDER BY id").fetchall()
    entries = [one for (number,) in documents for one in index_entries(connection, number)]
    connection.close()
    assert len(entries) > 40
    made = Sample(entries, str(tmp_path_factory.mktemp("sample")))
    yield made
    for reader in made.readers:
        reader.close()


def stretches(draw, sample, longest):
    text = draw(st.sampled_from([text for text in sample.texts if text]))
    start = draw(st.integers(0, len(text) - 1))
    return tuple(text[start : start + draw(st.integers(1, longest))])


@st.composite
def leaves(draw, sample):
    word = draw(st.sampled_from(sample.words))
    at = draw(st.integers(0, len(word)))
    numbers = sorted(draw(st.tuples(st.integers(95, 120), st.integers(95, 120))))
    days = sorted(draw(st.tuples(st.dates(), st.dates())))
    first, last = (day.year * 10_000 + day.month * 100 + day.day for day in days)
    near = draw(st.permutations(stretches(draw, sample, 5)))
    slop = draw(st.integers(1, 12)) if len(near) > 1 else 0
    name, value = draw(st.sampled_from(sample.fields))
    choices = [
        Word(word),
        Phrase(stretches(draw, sample, 4)),
        Phrase(tuple(near), slop),
        Prefix(word[: max(at, 1)]),
        Fuzzy(word[:at] + draw(st.sampled_from("aeo")) + word[at:], draw(st.integers(1, 2))),
        Wildcard(f"{word[:at]}*{word[at + 1 :]}"),
        Wildcard(f"*{word[at:]}?"),
        Regex(f"{word[:at]}.*"),
        Regex(f"(x|{word})+|.*{word[at:]}$"),
        InField(name, Word(value)),
        InField(name, Prefix(value[:2])),
        InField("participant", Wildcard(f"*{value[-3:]}")),
        PageRange(numbers[0] % 4 + 1, numbers[1] % 4 + 4),
        Sent(20160101 + first % 20_000, 20180601),
        Sent(None, last),
        Confidence(numbers[0] / 1.2, None),
        Confidence(None, numbers[1] / 1.2 if numbers[1] < 118 else 98.0),
        BatesRange(f"qhpd{numbers[0]:012}", f"qhpd{numbers[1]:012}"),
        Numbered(tuple(numbers)),
        parse(f"bates:QHPD-{numbers[0]}"),
        parse(
            draw(st.sampled_from(["exemption:b6", "exemption:6254", "has:attachment", "has:table"]))
        ),
        parse(
            draw(st.sampled_from(["lang:en", "type:message", "type:other", "release:sample", "*"]))
        ),
    ]
    return draw(st.sampled_from(choices))


@st.composite
def trees(draw, sample, depth=2):
    if not depth or draw(st.booleans()):
        return draw(leaves(sample))
    inner = [draw(trees(sample, depth - 1)) for _ in range(draw(st.integers(1, 3)))]
    join = draw(st.sampled_from([both, either, lambda parts: Not(both(parts))]))
    made = join(inner)
    return Boost(made, 2.5) if draw(st.integers(0, 5)) == 0 else made


def test_engines_find_what_brute_force_finds(sample):
    @given(data=st.data())
    @settings(
        max_examples=300,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    def check(data):
        sample.check(data.draw(trees(sample)))

    check()
    assert sample.told_apart > 100, "the queries must tell right from wrong"
