"""How fast does each engine index and search, beside tantivy alone?

    python tests/benchmarks/bench_engine.py [--passages 100000] [--rounds 3] [--whoosh 2000]
        [--messages]

Passages of about 120 words are made up; three in ten have typographic quotation marks, and one in
twenty has a word broken at a line's end. The raw engine is tantivy given the same texts with its
own tokenisers and all its threads: with one text field, and with a second, stemmed one as the
project's index has. All are measured in turn in each round; the best of each counts. The target is
0.6 of the raw engine with two fields; the ratio of processor time is given beside that of the
clock, which other work on the machine disturbs. Whoosh gets fewer passages, because it is slow.

With ``--messages`` each passage is one of a message: it has a sender, recipients, a subject, a day
and other fields, and a footer that is boilerplate, which the raw engine takes as plain text.
"""

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from made_archive import made_documents, vocabulary

from recordsearch.engines import engine
from recordsearch.query.analysis import streams
from recordsearch.query.language import parse
from recordsearch.records import IndexEntry

TARGET = 0.6
# What an ingest adds between two commits.
PASSAGES_A_COMMIT = 20_000


class Seconds(NamedTuple):
    clock: float
    processor: float


def now() -> Seconds:
    return Seconds(time.perf_counter(), time.process_time())


def since(started: Seconds) -> Seconds:
    return Seconds(*(after - before for after, before in zip(now(), started, strict=True)))


def make_entries(passages: int, messages: bool = False) -> list[IndexEntry]:
    rng = random.Random(3)
    entries = []
    for document in made_documents(passages):
        for passage in document.passages:
            text = passage.text
            if rng.random() < 0.3:
                text = text.replace("er ", "er’s ").replace("ing ", "ing “so” ")
            if rng.random() < 0.05:
                text = text.replace("ation", "a-\ntion", 2)
            entry = IndexEntry(
                len(entries) + 1,
                text,
                passage.first_page,
                passage.last_page,
                {"file": (document.name,), "release": ("made release",)},
            )
            entries.append(as_message(entry, rng) if messages else entry)
    return entries


def as_message(entry: IndexEntry, rng: random.Random) -> IndexEntry:
    """Give a passage the fields of a message, three passages to one, and a footer."""
    number = entry.passage // 3
    boxes = [
        (f"Person {at % 300}", f"p{at % 300}@city.example") for at in range(number, number + 3)
    ]
    fields = {
        **entry.fields,
        "type": ("message",),
        "from": boxes[0],
        "to": boxes[1],
        "cc": boxes[2],
        "subject": (f"Re: {entry.text[:40]}",),
        "thread": (str(number // 4),),
        "person": sum(boxes, ()),
        "money": (str(rng.randrange(10_000)),),
    }
    footer = "\nThis message is confidential and meant for the addressee alone."
    return replace(
        entry,
        text=entry.text + footer,
        fields=fields,
        boilerplate=((len(entry.text), len(entry.text) + len(footer)),),
        sent=20170101 + number % 28,
    )


def index_raw(entries: list[IndexEntry], fields: int) -> Seconds:
    """Index texts with tantivy alone; return the seconds that it took."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    if fields == 2:
        builder.add_text_field("stemmed", tokenizer_name="en_stem")
    builder.add_integer_field("number", fast=True, indexed=True)
    with tempfile.TemporaryDirectory() as folder:
        index = tantivy.Index(builder.build(), path=folder)
        started = now()
        writer = index.writer()
        for entry in entries:
            document = tantivy.Document()
            document.add_text("text", entry.text)
            if fields == 2:
                document.add_text("stemmed", entry.text)
            document.add_integer("number", entry.passage)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        return since(started)


def index_ours(name: str, entries: list[IndexEntry], folder: str) -> Seconds:
    """Index entries as an ingest does; return the seconds that it took."""
    chosen = engine(name)
    chosen.create(folder)
    started = now()
    with chosen.writer(folder) as writer:
        for start in range(0, len(entries), PASSAGES_A_COMMIT):
            writer.add(entries[start : start + PASSAGES_A_COMMIT])
            writer.commit()
    return since(started)


def in_a_new_folder(work: Callable[[str], Seconds]) -> Seconds:
    with tempfile.TemporaryDirectory() as folder:
        return work(folder)


def make_queries(entries: list[IndexEntry]) -> dict[str, list[str]]:
    """Make queries of each kind; words are drawn as often as they occur, but for the commonest."""
    rng = random.Random(5)
    rare = vocabulary()[100:20_000]

    def words(count: int) -> list[str]:
        tokens = streams(rng.choice(entries).text).exact.split()
        start = rng.randrange(len(tokens) - count)
        return tokens[start : start + count]

    return {
        "one word": [words(1)[0] for _ in range(100)],
        "one rarer word": [rng.choice(rare) for _ in range(100)],
        "three words": [" ".join(words(3)) for _ in range(100)],
        "words OR words": [f"{words(1)[0]} OR {rng.choice(rare)}" for _ in range(100)],
        "phrase": [f'"{" ".join(words(3))}"' for _ in range(100)],
        "prefix": [rng.choice(rare)[:4] + "*" for _ in range(50)],
        "fuzzy": [rng.choice(rare) + "~" for _ in range(50)],
        "fields": [f'"{words(1)[0]}" file:{rng.randrange(50)} page:>2' for _ in range(50)],
        "not": [f"{words(1)[0]} -{words(1)[0]}" for _ in range(50)],
    }


def report_search(name: str, folder: str, queries: dict[str, list[str]]) -> None:
    reader = engine(name).reader(folder)
    everything = []
    for kind, texts in queries.items():
        times = []
        for text in texts:
            started = time.perf_counter()
            reader.search(parse(text), 10)
            times.append((time.perf_counter() - started) * 1000)
        everything += times
        print(f"  {kind:16} {_percentiles(times)}")
    print(f"  {'all':16} {_percentiles(everything)}")
    reader.close()


def _percentiles(times: list[float]) -> str:
    return (
        f"median {statistics.median(times):7.2f} ms, "
        f"95th percentile {statistics.quantiles(times, n=20)[-1]:7.2f} ms"
    )


def report_cold(name: str, folder: str, query: str) -> None:
    """Measure a search in a new process, imports included, from inside it."""
    script = (
        "import sys, time; started = time.perf_counter()\n"
        "from recordsearch.query.language import parse\n"
        "from recordsearch.engines import engine\n"
        "tree = parse(sys.argv[3]); parsed = time.perf_counter()\n"
        "reader = engine(sys.argv[1]).reader(sys.argv[2]); opened = time.perf_counter()\n"
        "reader.search(tree, 10); done = time.perf_counter()\n"
        "print(parsed - started, opened - parsed, done - opened)"
    )
    runs = []
    for _ in range(9):
        command = [sys.executable, "-c", script, name, folder, query]
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        runs.append([float(part) * 1000 for part in output.split()])
    parsed, opened, searched = (statistics.median(column) for column in zip(*runs, strict=True))
    print(
        f"{name}, new process: import and parse {parsed:.1f} ms, "
        f"import engine and open {opened:.1f} ms, first search {searched:.1f} ms"
    )


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--passages", type=int, default=100_000)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--whoosh", type=int, default=2_000)
    options.add_argument("--messages", action="store_true")
    chosen = options.parse_args()

    entries = make_entries(chosen.passages, chosen.messages)
    characters = sum(len(entry.text) for entry in entries)
    print(f"{len(entries):,} passages, {characters / len(entries):.0f} characters each")
    started = time.perf_counter()
    for entry in entries:
        streams(entry.text)
    print(f"analysis: {(time.perf_counter() - started) / len(entries) * 1e6:.1f} µs a passage")

    times: dict[str, list[Seconds]] = {"raw, one field": [], "raw, two fields": [], "ours": []}
    for _ in range(chosen.rounds):
        times["raw, one field"].append(index_raw(entries, 1))
        times["raw, two fields"].append(index_raw(entries, 2))
        times["ours"].append(in_a_new_folder(lambda to: index_ours("tantivy", entries, to)))
    best = {
        name: Seconds(*(min(column) for column in zip(*seconds, strict=True)))
        for name, seconds in times.items()
    }
    for name, seconds in best.items():
        print(
            f"{name:16} {len(entries) / seconds.clock:9,.0f} passages/s, "
            f"{seconds.processor / len(entries) * 1e6:6.1f} µs of processor time a passage"
        )
    for raw in ("raw, two fields", "raw, one field"):
        print(
            f"ratio to {raw}: {best[raw].clock / best['ours'].clock:.2f} by the clock, "
            f"{best[raw].processor / best['ours'].processor:.2f} by processor time"
        )
    print(f"target: {TARGET} of raw, two fields")

    for name, few in (("tantivy", entries), ("whoosh", entries[: chosen.whoosh])):
        if not few:
            continue
        with tempfile.TemporaryDirectory() as folder:
            seconds = index_ours(name, few, folder).clock
            size = sum(path.stat().st_size for path in Path(folder).iterdir())
            text = sum(len(entry.text.encode()) for entry in few)
            print(
                f"{name}: {len(few):,} passages, {len(few) / seconds:,.0f} passages/s, "
                f"index {size / text:.2f} times the text"
            )
            report_search(name, folder, make_queries(few))
            report_cold(name, folder, f"{vocabulary()[500]} {vocabulary()[3]}")


if __name__ == "__main__":
    main()
