"""How long does an answer take, beside the raw engine, on a million passages?

    python tests/benchmarks/bench_search.py [--passages 1000000] [--queries 300] [--keep FOLDER]

An archive of made-up passages is built, a tenth of its size first. Queries of one to four words,
phrases, prefixes and conditions are asked through ``recordsearch.open().search()``, with snippets;
and the same compiled queries of the engine's own library, ten hits and no texts. Each pair of
measures is taken one right after the other, in turns. Wanted: at most 3 times the engine's time in
the median and 4 times in the 95th percentile of all queries, and a list of 1,000 terms at 200
queries a second at least.
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from made_archive import index_all, made_documents, vocabulary

import recordsearch
from recordsearch.archive import Archive as OpenArchive
from recordsearch.engines.expansion import expand
from recordsearch.engines.lowering import lower
from recordsearch.engines.tantivy_engine import TantivyReader, _Vocabulary
from recordsearch.engines.tantivy_query import Compiler
from recordsearch.settings import Archive
from recordsearch.workflows.asking import tree_of
from recordsearch.workflows.feedback import prepared
from recordsearch.workflows.terms import Term

MEDIAN, SLOWEST, TERMS_A_SECOND = 3.0, 4.0, 200.0
LIMIT = 10


def made_queries(count: int) -> list[str]:
    """Make queries; words come as often as in the passages or are seldom, half and half."""
    rng = random.Random(13)
    words = vocabulary()
    weights = [1 / rank for rank in range(1, len(words) + 1)]

    def word() -> str:
        if rng.random() < 0.5:
            return rng.choices(words, weights)[0]
        return rng.choice(words[: len(words) // 4])

    forms = (
        lambda: word(),
        lambda: f"{word()} {word()}",
        lambda: f"{word()} {word()} {word()}",
        lambda: f"{word()} OR {word()}",
        lambda: f"{word()} -{word()}",
        lambda: f'"{word()} {word()}"',
        lambda: f"{word()[:4]}*",
        lambda: f"{word()} page:2..3",
    )
    return [rng.choice(forms)() for _ in range(count)]


def made_terms(count: int) -> list[Term]:
    """Make a list as of names and products: words that are not among the commonest, and phrases."""
    rng = random.Random(17)
    words = vocabulary()[1_000:]
    return [
        Term(
            line,
            rng.choice(words)
            if rng.random() < 0.7
            else f'"{rng.choice(words)} {rng.choice(words)}"',
        )
        for line in range(1, count + 1)
    ]


def raw_query(opened: OpenArchive, query: str) -> tuple[TantivyReader, Any]:
    """Compile a query as the program does, for the engine's own library."""
    reader = opened._reader()
    assert isinstance(reader, TantivyReader)
    tree = tree_of(opened._connection, query)
    asked = prepared(opened._connection, reader, tree, query)
    compiler = Compiler(reader._schema)
    plan = expand(lower(asked.ranked, reader._languages), _Vocabulary(reader, compiler)).plan
    return reader, compiler.compile(plan)


def timed(action: Any) -> float:
    """Return the seconds that an action takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def measure(folder: Path, queries: list[str]) -> tuple[float, float, float, float]:
    """Return the ratios of median and 95th percentile, the median and the terms a second."""
    with recordsearch.open(folder) as opened:
        opened.search("warm up")
        own, raw = [], []
        for number, query in enumerate(queries):
            reader, compiled = raw_query(opened, query)
            actions = [
                (own, lambda query=query: opened.search(query, limit=LIMIT)),
                (raw, lambda reader=reader, q=compiled: reader._searcher.search(q, limit=LIMIT)),
            ]
            for times, action in actions if number % 2 else reversed(actions):
                times.append(min(timed(action) for _ in range(2)))
        terms = made_terms(1_000)
        seconds = timed(lambda: list(opened.terms(terms)))
    median = statistics.median(own) / statistics.median(raw)
    slowest = statistics.quantiles(own, n=20)[-1] / statistics.quantiles(raw, n=20)[-1]
    return median, slowest, statistics.median(own), len(terms) / seconds


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--keep", type=Path, help="folder that the archives stay in")
    arguments = parser.parse_args()
    met = True
    medians = []
    with ExitStack() as stack:
        work = arguments.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for passages in (arguments.passages // 10, arguments.passages):
            folder = work / str(passages)
            if not folder.exists():
                folder.mkdir(parents=True)
                index_all(Archive(str(folder)), made_documents(passages))
            median, slowest, seconds, rate = measure(folder, made_queries(arguments.queries))
            medians.append(seconds)
            print(
                f"{passages:,} passages: median {seconds * 1000:.1f} ms, {median:.2f} times the"
                f" engine's (wanted {MEDIAN}); 95th percentile {slowest:.2f} times (wanted"
                f" {SLOWEST}); a list of terms {rate:.0f} queries/s (wanted {TERMS_A_SECOND:.0f})",
                flush=True,
            )
            met = median <= MEDIAN and slowest <= SLOWEST and rate >= TERMS_A_SECOND
    print(f"ten times the passages take {medians[1] / medians[0]:.1f} times as long")
    return int(not met)


if __name__ == "__main__":
    sys.exit(main())
