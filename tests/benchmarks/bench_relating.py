"""What does it cost, and how well does it go, to relate all messages and people of an archive?

    python tests/benchmarks/bench_relating.py [--copies 10000 100000] [--corpus ../shared/corpus]

Made copies: each message stands by itself and is quoted below its answers, in threads of one to
eight messages of some hundreds of people, with slips as OCR makes them. Given are seconds, the
growth from one size to the next (1.0 is linear), memory for each copy, and how many pairs were
joined rightly (precision) and found (recall).

With ``--corpus``: the exported threads of a mailbox whose copies are joined across documents, and
a list of names with the people that they are of. There two ways of writing one name of the list's
right side (order of words, case, points) count as the same.
"""

import argparse
import csv
import json
import random
import sys
import time
import tracemalloc
from calendar import timegm
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from pathlib import Path

from recordsearch.contents import Mailbox
from recordsearch.understand.copies import Copy, body_sketch, merge_copies
from recordsearch.understand.names import fold
from recordsearch.understand.people import Appearance, find_people
from recordsearch.understand.threads import find_threads

FAUCI = "2_email/fauci_dev/fauci_dev_metadata.json"
NAMES = "2_email/clinton_state_names/HRCEMAIL_names.csv"
GIVEN = "Jane Alan Ann Sam Maria Peter Ruth Omar Lena Karl Ines Hugo Vera Noel Iris Otto".split()  # noqa: SIM905
SYLLABLES = "ba ren to mil lo kor wen dal fis ger hol jan mar nes pol ros sten tur vik zel".split()  # noqa: SIM905
WORDS = [first + second for first in SYLLABLES for second in SYLLABLES]


def timed(work: Callable[[], dict[int, int]]) -> tuple[dict[int, int], float]:
    """Run the work; return its result and the seconds of the processor that it took."""
    started = time.process_time()
    result = work()
    return result, time.process_time() - started


def pairs(found: Mapping[Hashable, Hashable], right: Mapping[Hashable, Hashable]) -> str:
    """Compare two groupings of the same things by the pairs that they put together."""
    both = Counter((found[one], right[one]) for one in found)

    def count(groups: Counter[Hashable]) -> int:
        return sum(number * (number - 1) // 2 for number in groups.values())

    shared = count(Counter(dict(both)))
    joined, wanted = count(Counter(found.values())), count(Counter(right.values()))
    precision, recall = shared / max(joined, 1), shared / max(wanted, 1)
    return f"{joined:,} pairs joined, precision {precision:.4f}, recall {recall:.4f}"


def people_of(rng: random.Random, count: int) -> list[list[Mailbox]]:
    """Make people, each with the ways in which headers write them."""
    made = []
    for _ in range(count):
        given, family = rng.choice(GIVEN), "".join(rng.choices(SYLLABLES, k=3)).capitalize()
        middle = rng.choice("ABCDEFGH")
        address = f"{given}.{family}@doh.example".lower()
        made.append(
            [
                Mailbox(f"{family}, {given} (DOH/EPI) [E]", ""),
                Mailbox(f"{given} {middle}. {family}", address),
                Mailbox(f"{family.lower()}, {given.lower()}", ""),
                Mailbox("", address),
            ]
        )
    return made


def slip(rng: random.Random, text: str) -> str:
    """Put a blank into a text, or a letter that looks like another, as OCR does."""
    place = rng.randrange(len(text))
    return text[:place] + rng.choice([" ", "l", "0"]) + text[place + rng.randrange(2) :]


def made_copies(count: int) -> tuple[list[Copy], dict[int, int], dict[int, int]]:
    """Make copies; return them with the message, and the thread, that each is of."""
    rng = random.Random(11)
    people = people_of(rng, 50 + count // 100)
    copies: list[Copy] = []
    message_of: dict[int, int] = {}
    thread_of: dict[int, int] = {}
    messages = threads = documents = 0
    while len(copies) < count:
        threads += 1
        subject = " ".join(rng.choices(WORDS, k=rng.randrange(1, 7)))
        taking_part = rng.sample(people, rng.randrange(2, 5))
        minute = rng.randrange(3 * 365 * 1440)
        thread: list[tuple[int, Copy]] = []
        for place in range(rng.randrange(1, 9)):
            messages += 1
            minute += rng.randrange(5, 1440)
            sender, *others = rng.sample(taking_part, len(taking_part))
            body = " ".join(rng.choices(WORDS, k=rng.choice([2, 8, 60, 200])))
            sent = time.strftime("%Y-%m-%dT%H:%M", time.gmtime(1.5e9 + 60 * minute))
            top = Copy(
                number=0,
                document=0,
                ordinal=1,
                quoted_in=None,
                sender=rng.choice(sender),
                recipients=tuple(rng.choice(other) for other in others),
                sent=f"{sent}:{rng.randrange(60):02}+00:00",
                subject=("RE: " if place else "") + subject,
                confidence=rng.uniform(50, 99),
                sketch=body_sketch(body),
            )
            thread.append((messages, top))
            documents += 1
            for ordinal, (message, copy) in enumerate(reversed(thread), 1):
                written = replace(
                    copy,
                    # As read from a catalogue, where nothing is shared between copies.
                    sketch=tuple(json.loads(json.dumps(copy.sketch))),
                    sent=f"{copy.sent} ".strip(),
                    number=len(copies) + 1,
                    document=documents,
                    ordinal=ordinal,
                    quoted_in=len(copies) if ordinal > 1 else None,
                )
                if ordinal > 1:
                    earlier = time.strptime(copy.sent[:16], "%Y-%m-%dT%H:%M")
                    local = time.gmtime(timegm(earlier) - 5 * 3600 * rng.randrange(2))
                    written = replace(
                        written,
                        sent=time.strftime("%Y-%m-%dT%H:%M", local),
                        subject=slip(rng, copy.subject) if rng.random() < 0.2 else copy.subject,
                    )
                copies.append(written)
                message_of[written.number], thread_of[written.number] = message, threads
    return copies, message_of, thread_of


def bench_made(sizes: list[int]) -> None:
    before: dict[str, tuple[int, float]] = {}
    for size in sizes:
        tracemalloc.start()
        copies, message_of, thread_of = made_copies(size)
        held = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        merge_copies(copies)
        peak = tracemalloc.get_traced_memory()[1] - held
        tracemalloc.stop()
        best_of, merging = timed(lambda held=copies: merge_copies(held))  # type: ignore[misc]
        threads, threading = timed(lambda: find_threads(copies, best_of))  # noqa: B023
        started = time.process_time()
        seen: Counter[tuple[Mailbox, bool]] = Counter()
        for copy in copies:
            seen.update([(box, False) for box in copy.recipients])
            seen.update([(copy.sender, True)] if copy.sender else [])
        appearances = [
            Appearance(box.name, box.address, is_sender, count)
            for (box, is_sender), count in seen.items()
        ]
        found = find_people(appearances)
        naming = time.process_time() - started
        print(
            f"{len(copies):,} copies; bytes a copy: {held // len(copies)},"
            f" and {peak // len(copies)} to merge"
        )
        print("  messages:", pairs(best_of, message_of))
        print("  threads: ", pairs({n: threads[best_of[n]] for n in best_of}, thread_of))
        print(f"  people:   {len(found)} of {50 + size // 100}")
        for name, seconds in (("merge", merging), ("threads", threading), ("people", naming)):
            growth = ""
            if name in before:
                count, earlier = before[name]
                growth = f", growth {seconds / earlier / (len(copies) / count):.2f}"
            before[name] = len(copies), seconds
            print(f"  {name:<8} {seconds:6.2f} s{growth}")


def bench_threads(path: Path) -> None:
    exported = json.loads(path.read_text("utf-8"))
    copies: list[Copy] = []
    for document, thread in enumerate(exported, 1):
        for ordinal, message in enumerate(thread, 1):
            people = [*message["to"], *message["cc"]]
            copies.append(
                Copy(
                    number=len(copies) + 1,
                    document=document,
                    ordinal=ordinal,
                    quoted_in=len(copies) if ordinal > 1 else None,
                    sender=Mailbox(message["from"], ""),
                    recipients=tuple(Mailbox(name, "") for name in people),
                    sent=message["time"],
                    subject=message["subject"],
                )
            )
    best_of = merge_copies(copies)
    threads = find_threads(copies, best_of)
    print(f"{path.name}: {len(copies)} copies in {len(exported)} documents")
    print(f"  {len(set(best_of.values()))} messages, {len(set(threads.values()))} threads")
    joined: defaultdict[int, dict[int, str]] = defaultdict(dict)
    for copy in copies:
        joined[threads[best_of[copy.number]]].setdefault(copy.document, copy.subject)
    for documents in joined.values():
        if len(documents) > 1:
            print("   ", "; ".join(f"{number} {text[:30]}" for number, text in documents.items()))


def bench_names(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(row["originalName"].strip(), row["commonName"]) for row in csv.DictReader(lines)]
    right = {
        name: tuple(sorted(filter(None, map(fold, person.split()))))
        for name, person in rows
        if name
    }
    forms = {("", name) if "@" in name and " " not in name else (name, "") for name in right}
    people = find_people([Appearance(*form, True, 1) for form in sorted(forms)])
    found: dict[Hashable, Hashable] = {
        form.name or form.address: number
        for number, person in enumerate(people)
        for form in person.forms
    }
    print(f"{path.name}: {len(found)} names, {len(people)} people of {len(set(right.values()))}")
    print("  ", pairs(found, {name: right[str(name)] for name in found}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--corpus", type=Path)
    options = parser.parse_args()
    bench_made(options.copies)
    if options.corpus:
        for part, bench in ((FAUCI, bench_threads), (NAMES, bench_names)):
            path = options.corpus / part
            if path.exists():
                bench(path)
            else:
                print(f"{path} is not there", file=sys.stderr)


if __name__ == "__main__":
    main()
