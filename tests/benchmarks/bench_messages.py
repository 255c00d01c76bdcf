"""Measure how well printed messages are found, and what it costs.

python tests/benchmarks/bench_messages.py --corpus ../shared/corpus [--custodian "Last, First"]
    [--scans [120]] [--make-scans ../shared/tools/make_scans.py]

Prints: recall, precision, recipients and subjects on the e-mail set with ground truth, as printed
and with the custodian; for the set without one, the pages on which sender or date was not found, by
kind of failure; messages "found" in records that hold hardly any; milliseconds a page.

The truth holds messages that have a header. A line such as "On Monday, Jo Doe wrote:" announces one
too, so precision is printed once more without these, which the truth cannot confirm. Where several
messages of one sender and minute tie, the scorer takes the last; a further line gives it the
messages last first, so that those that tie pair in the order in which they stand.

``--scans N`` prints about N pages of the text, every k-th stretch of six consecutive ones, degrades
them as an office scanner does, reads them by OCR, and finds messages in each stretch. The text of
the same pages is read the same way, with the custodian. The truth is the messages that the text
of these pages matched out of the whole truth, so that its recall is 1: what is missing from the
other reading was lost by OCR. Wanted: no figure more than .04 below the text's.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from printed_scans import load_module, printed_pages, scan, stretches

from recordsearch.contents import Mailbox, Message
from recordsearch.errors import RecordsearchError
from recordsearch.extract import count_pages, read_pages
from recordsearch.records import MediaType, OcrMode, ReadOptions
from recordsearch.understand.messages import attribute, find_messages

NEVER = ReadOptions(ocr=OcrMode.NEVER)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--scorer", type=Path, default=Path("../shared/tools/score_mail.py"))
    parser.add_argument("--custodian", default="", help="whose mailbox the set is, by name")
    parser.add_argument("--verbose", action="store_true", help="list misses and failures")
    parser.add_argument("--scans", type=int, nargs="?", const=120, default=0, metavar="N")
    parser.add_argument("--make-scans", type=Path, default=Path("../shared/tools/make_scans.py"))
    options = parser.parse_args()
    mail = options.corpus / "2_email"
    if options.scans:
        score_scans(mail / "fauci_dev", options)
        return
    score_set(mail / "fauci_dev", options)
    count_failures(mail / "clinton_state_dev", options.verbose)
    count_false(options.corpus / "1_records_pdf", options.verbose)


def pages_of(path: Path, media_type: MediaType) -> list[str]:
    last = count_pages(str(path), media_type)
    return [page.text for page in read_pages(str(path), media_type, 1, last, NEVER)]


def prediction(message: Message) -> dict[str, Any]:
    def who(box: Mailbox | None) -> str:
        return (box.name or box.address) if box else ""

    return {
        "from": who(message.sender),
        "to": [who(box) for box in message.to],
        "cc": [who(box) for box in message.cc],
        "sent": message.sent,
        "subject": message.subject,
    }


def read_set(folder: Path) -> tuple[list[str], list[Any]]:
    """Return the pages of a set, and the messages that its ground truth holds."""
    text, truth = next(folder.glob("*_ocr.txt")), next(folder.glob("*_metadata.json"))
    threads = json.loads(truth.read_text())
    return pages_of(text, MediaType.TEXT), [message for thread in threads for message in thread]


def score_set(folder: Path, options: argparse.Namespace) -> None:
    scorer = load_module(options.scorer)
    pages, truth = read_set(folder)
    started = time.perf_counter()
    messages = find_messages(pages)
    seconds = time.perf_counter() - started
    cost = seconds * 3e6 / sum(map(len, pages))
    print(f"{folder.name}: {len(messages)} messages, {cost:.2f} ms for 3,000 characters")
    if scorer is None:
        print("  no scorer, so no figures")
        return
    readings = [("as printed", messages)]
    if options.custodian:
        messages = attribute(messages, Mailbox(options.custodian, ""))
        readings.append(("with custodian", messages))
    with_header = [one for one in messages if one.has_header]
    readings.append(("those with a header", with_header))
    readings.append(("with a header, ties in order", with_header[::-1]))
    for name, reading in readings:
        result = scorer.score([prediction(one) for one in reading], truth)
        print_figures(name, result[0])
        if options.verbose and reading is messages:
            list_differences(scorer, *result[1:])


def print_figures(name: str, figures: Mapping[str, float]) -> None:
    print(f"  {name}: " + ", ".join(f"{key} {number:.3f}" for key, number in figures.items()))


def score_scans(folder: Path, options: argparse.Namespace) -> None:
    scorer, tool = load_module(options.scorer), load_module(options.make_scans)
    if scorer is None or tool is None:
        print("no scorer or no tool that makes scans, so no figures")
        return
    pages, truth = read_set(folder)
    sample = stretches(printed_pages("\n".join(pages)), options.scans)
    scans = [scan(stretch, tool, seed) for seed, stretch in enumerate(sample)]
    custodian = Mailbox(options.custodian, "")
    readings = {
        name: [
            prediction(message)
            for stretch in stretches_read
            for message in attribute(find_messages(stretch), custodian)
        ][::-1]
        for name, stretches_read in (("text", sample), ("scans", scans))
    }
    matched = [true for true, _ in scorer.score(readings["text"], truth)[3]]
    print(f"{folder.name}: {sum(map(len, sample))} pages, {len(matched)} messages in their text")
    for name, reading in readings.items():
        figures, missed, extra, pairs = scorer.score(reading, matched)
        print_figures(name, figures)
        if options.verbose and name == "scans":
            list_differences(scorer, missed, extra, pairs)


def list_differences(
    scorer: ModuleType, missed: Sequence[Any], extra: Sequence[Any], pairs: Sequence[Any]
) -> None:
    for true, near in missed:
        print("MISSED", true["from"], true["time"], true["subject"], [one["from"] for one in near])
    for one in extra:
        print("EXTRA ", one)
    for true, one in pairs:
        wanted, found = true["to"] + true["cc"], one["to"] + one["cc"]
        if scorer.names(found, wanted) < max(len(wanted), len(found)):
            print("NAMES ", wanted, "|", found)
        wanted, found = scorer.sq(true["subject"]), scorer.sq(one["subject"])
        if wanted != found and scorer.ratio(wanted, found) < 90:
            print("SUBJ  ", true["subject"], "|", one["subject"])


def count_failures(folder: Path, verbose: bool) -> None:
    """Check sender and date of every message that each file's labels promise."""
    kinds: Counter[str] = Counter()
    files = sorted(folder.glob("*.txt"))
    cost = characters = found = 0.0
    for path in files:
        pages = pages_of(path, MediaType.TEXT)
        started = time.perf_counter()
        messages = find_messages(pages)
        cost += time.perf_counter() - started
        characters += sum(map(len, pages))
        found += len(messages)
        for kind, what in failures("\n".join(pages), messages):
            kinds[kind] += 1
            if verbose and what:
                print(f"{path.name}: {kind}: {what!r}")
    print(f"{folder.name}: {found:.0f} messages in {len(files)} files, "
          f"{cost * 3e6 / characters:.2f} ms for 3,000 characters")  # fmt: skip
    print("  " + ", ".join(f"{kind}: {count}" for kind, count in kinds.most_common()))


def failures(text: str, messages: Sequence[Message]) -> Iterator[tuple[str, str]]:
    shown = len(re.findall(r"(?m)^[ \t>]*From\b[ \t]*[:;]?(?:[ \t]{2}|[ \t]*[:;])", text))
    yield ("headers shown", "") if not messages else ("files with messages", "")
    for _ in range(shown - sum(1 for one in messages if one.confidence >= 1)):
        yield "header not found", text[:300]
    if not messages:
        return
    for one in messages:
        header = text[one.ranges[0][0] : one.body_start][:300]
        yield ("sender found", "") if one.sender else ("sender missing", header)
        yield ("date found", "") if "T" in one.sent else ("date or time missing", header)


def count_false(folder: Path, verbose: bool) -> None:
    total = pages_read = 0
    cost = characters = 0.0
    for path in sorted(folder.rglob("*.pdf")):
        try:
            pages = pages_of(path, MediaType.PDF)
        except RecordsearchError:
            continue
        started = time.perf_counter()
        messages = find_messages(pages)
        cost += time.perf_counter() - started
        characters += sum(map(len, pages))
        pages_read += len(pages)
        total += len(messages)
        for one in messages if verbose else ():
            print(f"{path.name} p. {one.first_page}: {one.sender} {one.sent} {one.subject}")
    print(f"{folder.name}: {total} messages on {pages_read} pages, "
          f"{cost * 3e6 / characters:.3f} ms for 3,000 characters")  # fmt: skip


if __name__ == "__main__":
    main()
