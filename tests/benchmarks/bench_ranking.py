"""How well are hits ranked? Mean average precision on three collections with judged questions.

    python tests/benchmarks/bench_ranking.py [COLLECTIONS] [--split]

``COLLECTIONS`` holds the folders ``cacm``, ``cranfield`` and ``cisi``; by default those of
``../shared/corpus/4_ir``. Each document is a text of one passage: its title, an empty line, then
author, source and abstract; ``--split`` cuts it into passages as reading a file does. Each question
is asked as it stands, but for its signs, through :func:`recordsearch.open` with ``any_word``, with
the same defaults for all. Of the first 1,000 hits the average precision is taken as trec_eval does,
and its mean over the questions that have relevant documents; a near-identical passage stands beside
the one that it is folded into. The status is 1 where one is below its target.

For CACM two more readings are given, as collections differ: without authors and the journal's
lines, and with the lists of citations at the end of each document.
"""

import argparse
import html
import re
import statistics
import sys
import tarfile
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from made_archive import MadeDocument, index_all

import recordsearch
from recordsearch.passages import split_passages
from recordsearch.records import Adapter, Method, Page, Passage
from recordsearch.settings import Archive

DEPTH = 1_000
TARGETS = {"CACM": 0.33, "Cranfield": 0.45, "CISI": 0.24}
_ADAPTER = Adapter("collection", "1")
_COLLECTIONS = Path(__file__).parents[2].parent / "shared/corpus/4_ir"
_ISSUE = re.compile(
    r"\n?CACM (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)"
)


class Collection(NamedTuple):
    """Documents (number, title, rest), questions, and the relevant documents of each question."""

    name: str
    documents: list[tuple[int, str, str]]
    questions: dict[int, str]
    relevant: dict[int, set[int]]


def records(path: Path) -> list[dict[str, str]]:
    """Read a file of records in SMART's format; the field ``I`` is the number."""
    found: list[dict[str, str]] = []
    field = ""
    for line in path.read_text("latin-1").splitlines(keepends=True):
        if line.startswith(".I "):
            found.append({"I": line[3:].strip()})
            field = ""
        elif re.fullmatch(r"\.[A-Z]\s*", line):
            field = line[1]
            found[-1].setdefault(field, "")
        elif field:
            found[-1][field] += line
    return found


def smart_documents(path: Path, *fields: str) -> list[tuple[int, str, str]]:
    documents = []
    for record in records(path):
        title = record.get("T", "")
        parts = [record.get(field, "") for field in fields]
        # Cranfield's abstracts begin with the title.
        parts = [part.removeprefix(title) if title.strip() else part for part in parts]
        documents.append((int(record["I"]), title, "\n".join(part for part in parts if part)))
    return documents


def judged(path: Path, document: int, grade: int | None = None) -> dict[int, set[int]]:
    """Read judgements; ``document`` and ``grade`` are the columns that they stand in."""
    relevant: defaultdict[int, set[int]] = defaultdict(set)
    for line in path.read_text().splitlines():
        columns = line.split()
        if grade is None or int(columns[grade]) > 0:
            relevant[int(columns[0])].add(int(columns[document].split("-")[-1]))
    return dict(relevant)


def cacm(folder: Path, *, authors: bool = True, citations: bool = False) -> Collection:
    documents = []
    with tarfile.open(folder / "cacm.tar.gz") as packed:
        for member in sorted(packed.getmembers(), key=lambda member: member.name):
            number = re.search(r"CACM-(\d+)\.html$", member.name)
            file = packed.extractfile(member) if number else None
            if not number or not file:
                continue
            text = html.unescape(re.sub(r"<[^>]+>", "", file.read().decode("latin-1")))
            parts = re.split(r"\n\s*\n", text.strip())
            while not citations and re.fullmatch(r"[\s\d]+", parts[-1]):
                parts.pop()
            rest = "\n\n".join(parts[1:])
            if not authors:
                rest = _ISSUE.split(rest, maxsplit=1)[0]
            documents.append((int(number[1]), parts[0], rest))
    topics = (folder / "topics.cacm.txt").read_text()
    questions = {
        int(topic[1]): html.unescape(topic[2])
        for topic in re.finditer(r"<DOCNO> (\d+) </DOCNO>(.*?)</DOC>", topics, re.DOTALL)
    }
    relevant = judged(folder / "qrels.cacm.txt", 2, 3)
    name = "CACM" + (" with citations" if citations else "" if authors else " without authors")
    return Collection(name, documents, questions, relevant)


def collections(folder: Path) -> list[Collection]:
    cranfield, cisi = folder / "cranfield", folder / "cisi"
    return [
        cacm(folder / "cacm"),
        cacm(folder / "cacm", authors=False),
        cacm(folder / "cacm", citations=True),
        Collection(
            "Cranfield",
            smart_documents(cranfield / "cran.all.1400", "A", "B", "W"),
            # Judgements count the questions, whatever their own numbers are.
            {at: record["W"] for at, record in enumerate(records(cranfield / "cran.qry"), 1)},
            judged(cranfield / "QRelsCorrectedforTRECeval", 2, 3),
        ),
        Collection(
            "CISI",
            smart_documents(cisi / "CISI.ALL", "A", "W"),
            {
                int(record["I"]): record.get("T", "") + record["W"]
                for record in records(cisi / "CISI.QRY")
            },
            judged(cisi / "CISI.REL", 1),
        ),
    ]


def as_made(number: int, title: str, rest: str, *, split: bool) -> MadeDocument:
    text = "\n\n".join(part for part in (" ".join(title.split()), rest.strip()) if part) or "empty"
    page = Page(1, text, Method.TEXT, _ADAPTER, "made")
    passages = split_passages([text]) if split else [Passage(1, 1, 1, 0, len(text), text)]
    return MadeDocument(f"{number}.txt", (page,), tuple(passages))


def average_precision(ranked: list[int], relevant: set[int]) -> float:
    found, total = 0, 0.0
    for rank, document in enumerate(ranked, 1):
        if document in relevant:
            found += 1
            total += found / rank
    return total / len(relevant)


def measure(collection: Collection, split: bool) -> tuple[float, float]:
    """Return the mean average precision, and the median seconds that an answer took."""
    with tempfile.TemporaryDirectory() as folder:
        made = [as_made(*document, split=split) for document in collection.documents]
        archive = Archive(f"{folder}/.recordsearch")
        Path(archive.folder).mkdir()
        index_all(archive, made)
        # Passages are numbered in the order in which they are stored.
        numbers = [int(document.name[:-4]) for document in made for _ in document.passages]
        precisions, seconds = [], []
        with recordsearch.open(archive.folder) as opened:
            for question, relevant in collection.relevant.items():
                words = re.sub(r"[^\w\s]+", " ", collection.questions[question])
                started = time.perf_counter()
                answer = opened.search(words, any_word=True, limit=DEPTH)
                seconds.append(time.perf_counter() - started)
                ranked = dict.fromkeys(
                    numbers[passage - 1]
                    for hit in answer.hits
                    for passage in (hit.passage, *hit.near_identical)
                )
                precisions.append(average_precision(list(ranked)[:DEPTH], relevant))
    return statistics.mean(precisions), statistics.median(seconds)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("collections", nargs="?", type=Path, default=_COLLECTIONS)
    parser.add_argument("--split", action="store_true")
    given = parser.parse_args()
    if not given.collections.is_dir():
        print(f"there is no folder {given.collections}", file=sys.stderr)
        return 2
    missed = False
    print(f"{'':22}{'questions':>10}{'MAP':>8}{'target':>8}{'ms':>7}  ({DEPTH:,} hits)")
    for collection in collections(given.collections):
        precision, seconds = measure(collection, given.split)
        target = TARGETS[collection.name.split(" ")[0]]
        missed |= precision < target
        print(
            f"{collection.name:22}{len(collection.relevant):>10}{precision:>8.4f}{target:>8.2f}"
            f"{seconds * 1_000:>7.0f}",
            flush=True,
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
