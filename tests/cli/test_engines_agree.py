"""Both engines find the same passages of the sample release, whatever is asked."""

import random
from contextlib import ExitStack
from pathlib import Path

import pytest

from recordsearch.archive import Archive
from recordsearch.catalogue import reading
from recordsearch.engines.protocol import Reader
from recordsearch.query.language import parse

EVERYTHING = 10_000

BY_HAND = [
    "face recognition",
    '"face recognition"',
    '"face recognition" OR "facial recognition"',
    "recogni*",
    "rekognition~",
    "recgonition~1",
    "pilto~2",
    "-camera",
    "camera -body -(watch list)",
    "(camera OR video) (police OR council) -pilot",
    "file:letter",
    "file:coalition_letter_scan council",
    "file:vendor* page:2..3",
    'file:"vendor correspondence"',
    "release:sample_docs page:>4",
    "-file:emails -file:letters",
    "page:1 -page:2",
    "from:chief OR to:chief",
    "participant:chief -type:other",
    "type:message",
    "-type:message",
    "date:2017..2018",
    "before:2018 camera",
    "-after:2017",
    "subject:face* OR thread:1",
    "case:union OR url:coalition OR email:ann",
    "email:city.example OR url:example OR phone:555-0142 OR money:12*",
    '"confidential"',
    "U.S.",
    "e-mail",
    "officers'",
    "qhpd-000105",
    "555-0142",
    "nothing_at_all",
    "(b)(6)",
]


def generated(words: list[str], count: int) -> list[str]:
    """Make queries out of words that the release really has, nested three deep."""
    rng = random.Random(5)

    def leaf() -> str:
        start = rng.randrange(len(words) - 4)
        word = words[start]
        return rng.choice(
            [
                word,
                word,
                f'"{" ".join(words[start : start + rng.randint(2, 4)])}"',
                f"{word[: max(2, len(word) - 2)]}*" if len(word) > 2 else word,
                f"{word}~" if len(word) > 3 else word,
                f"page:{rng.randint(1, 4)}",
                rng.choice(["file:letters", "file:scan", "file:native", f"subject:{word}"]),
                rng.choice(["type:message", "type:other", "after:2017", "date:<=2018-01"]),
            ]
        )

    def query(depth: int) -> str:
        if not depth:
            return leaf()
        one, other = query(depth - 1), query(rng.randrange(depth))
        return rng.choice(
            [f"({one} {other})", f"({one} OR {other})", f"({one} -{other})", f"-({other}) {one}"]
        )

    return [query(rng.randrange(4)) for _ in range(count)]


@pytest.fixture(scope="module")
def readers(sample_archives: dict[str, Path]):  # type: ignore[no-untyped-def]
    with ExitStack() as stack:
        opened = {
            name: stack.enter_context(Archive(folder)) for name, folder in sample_archives.items()
        }
        yield {name: (one._connection, one._reader()) for name, one in opened.items()}


def found(reader: Reader, query: str) -> set[int]:
    ranking = reader.search(parse(query), EVERYTHING)
    passages = {ranked.passage for ranked in ranking.ranked}
    assert ranking.total == len(passages) == len(ranking.ranked)
    return passages


@pytest.mark.parametrize("query", BY_HAND)
def test_engines_agree_on_a_query(readers, query: str) -> None:  # type: ignore[no-untyped-def]
    assert found(readers["tantivy"][1], query) == found(readers["whoosh"][1], query)


def test_engines_agree_on_generated_queries(readers) -> None:  # type: ignore[no-untyped-def]
    connection = readers["tantivy"][0]
    stored = reading.passages(connection, range(1, 1000))
    words = [
        word.strip(".,;:()<>[]\"'?!").lower()
        for passage in stored.values()
        for word in passage.text.split()
        if word.strip(".,;:()<>[]\"'?!").isalpha()
    ]
    answers = 0
    for query in generated(words, 2000):
        passages = found(readers["tantivy"][1], query)
        assert passages == found(readers["whoosh"][1], query), query
        answers += bool(passages)
    assert answers > 1000, "the queries must find something, or they compare nothing"
