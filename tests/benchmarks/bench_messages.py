"""Measure how well printed messages are found, and what it costs.

python tests/benchmarks/bench_messages.py --corpus ../shared/corpus [--custodian "Last, First"]

Prints: recall, precision, recipients and subjects on the e-mail set with ground truth, with and
without the custodian; for the set without one, the pages on which sender or date was not found, by
kind of failure; messages "found" in records that hold hardly any; milliseconds a page.
"""

import argparse
import importlib.util
import json
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

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
    options = parser.parse_args()
    mail = options.corpus / "2_email"
    score_set(mail / "fauci_dev", options)
    count_failures(mail / "clinton_state_dev", options.verbose)
    count_false(options.corpus / "1_records_pdf", options.verbose)


def pages_of(path: Path, media_type: MediaType) -> list[str]:
    last = count_pages(str(path), media_type)
    return [page.text for page in read_pages(str(path), media_type, 1, last, NEVER)]


def load_scorer(path: Path) -> ModuleType | None:
    spec = importlib.util.spec_from_file_location("score_mail", path)
    if not path.exists() or spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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


def score_set(folder: Path, options: argparse.Namespace) -> None:
    scorer = load_scorer(options.scorer)
    text, truth_file = next(folder.glob("*_ocr.txt")), next(folder.glob("*_metadata.json"))
    truth = [message for thread in json.loads(truth_file.read_text()) for message in thread]
    pages = pages_of(text, MediaType.TEXT)
    started = time.perf_counter()
    messages = find_messages(pages)
    seconds = time.perf_counter() - started
    size = sum(map(len, pages))
    print(
        f"{text.name}: {len(messages)} messages, {seconds * 3e6 / size:.2f} ms for 3,000 characters"
    )
    if scorer is None:
        print("  no scorer, so no figures")
        return
    readings = [("as printed", messages)]
    if options.custodian:
        readings.append(("with custodian", attribute(messages, Mailbox(options.custodian, ""))))
    for name, reading in readings:
        figures, missed, extra, pairs = scorer.score([prediction(one) for one in reading], truth)
        print(f"  {name}: " + ", ".join(f"{key} {number:.3f}" for key, number in figures.items()))
    if options.verbose:
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
