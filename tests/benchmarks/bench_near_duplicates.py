"""How well, and how fast, are near-duplicates found?

    python tests/benchmarks/bench_near_duplicates.py quality [--corpus FOLDER]
    python tests/benchmarks/bench_near_duplicates.py speed [--passages 100000 1000000]
    python tests/benchmarks/bench_near_duplicates.py libraries
    python tests/benchmarks/bench_near_duplicates.py documents [--corpus FOLDER]

``quality``: of each text a variant of each kind is made. Given are the share that agrees with its
text in so many lanes or more, and the share that the clustering puts with it, each kind together
with all texts in one run; then what is wrongly joined: pairs of different texts in one cluster of
the last run. A corpus's passages are texts too; there, what a run over them alone joins is given by
its exact likeness, as some of them are duplicates in truth.

``speed``: sketches of made passages a second and core; seconds to cluster, and the process's most
memory, for passages that are all different, that have copies, and that are one form scanned again
and again. ``libraries``: the same sketch by rensa and datasketch, where they are installed.
"""

import argparse
import importlib
import itertools
import os
import random
import re
import resource
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from made_archive import vocabulary

from recordsearch.passages import split_passages
from recordsearch.understand.near_clusters import LEAST_SAME, find_groups
from recordsearch.understand.near_documents import Relation, relation
from recordsearch.understand.near_sketches import (
    LANES,
    near_sketch,
    near_sketches,
    same_lanes,
    share_held,
    word_pairs,
)

THRESHOLDS = (22, 26, 29, 32, 36, 40)
LOOKS_LIKE = {"l": "1", "m": "rn", "e": "c", "o": "0", "i": "l", "h": "b", "n": "ri", "a": "s"}
NAMES = "Roe Limb Poe Karst Vane Tilbury Osk Marl Quill Hask".split()  # noqa: SIM905
MONTHS = "January February March April May June July August September October".split()  # noqa: SIM905
Vary = Callable[[random.Random, str], str]


def made_texts(rng: random.Random, count: int) -> list[str]:
    """Make passages of 12 to 210 words; words follow Zipf's law, so that common ones meet."""
    words = vocabulary(20_000)
    weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(len(words))))
    texts = []
    for _ in range(count):
        drawn = rng.choices(words, cum_weights=weights, k=rng.choice([12, 25, 60, 110, 150, 200]))
        name, month = rng.choice(NAMES), rng.choice(MONTHS)
        drawn[2:2] = ["on", month, f"{rng.randrange(1, 29)},", "2017", name]
        texts.append(textwrap.fill(" ".join(drawn).capitalize() + ".", 72))
    return texts


def ocr(rate: float) -> Vary:
    """Return what misreads so many words: mostly a letter, else a blank or one that is lost."""

    def vary(rng: random.Random, text: str) -> str:
        out = []
        for part in re.findall(r"\S+|\s+", text):
            word = part
            if not word.isspace() and rng.random() < rate:
                at = rng.randrange(len(word))
                letter = LOOKS_LIKE.get(word[at].lower(), "~t")
                chosen = rng.random()
                if chosen < 0.75:
                    word = word[:at] + letter + word[at + 1 :]
                else:
                    word = word[:at] + (" " if chosen < 0.87 else "") + word[at + (chosen > 0.87) :]
            out.append(word)
        return "".join(out)

    return vary


def renamed(rng: random.Random, text: str) -> str:
    for name in NAMES:
        text = text.replace(name, rng.choice(NAMES))
    return re.sub("|".join(MONTHS), rng.choice(MONTHS), text)


def quoted(rng: random.Random, text: str) -> str:
    return "\n".join("> " + line for line in textwrap.wrap(text, 60))


def reflowed(rng: random.Random, text: str) -> str:
    lines = textwrap.wrap(text, rng.randrange(34, 60))
    broken = []
    for line in lines:
        word = re.search(r"[a-z]{7,}$", line)
        broken.append(line[:-3] + "-\n" + line[-3:] + " " if word else line + "\n")
    return "".join(broken)


def stamped(rng: random.Random, text: str) -> str:
    half = len(text) // 2
    cut = text.find("\n", half) + 1 or half
    number = rng.randrange(1, 99)
    middle = f"\nPage {number} of 99\nFB-00{rng.randrange(1000, 9999)}\n\f"
    return text[:cut] + middle + text[cut:] + f"\n{number + 1}\nFB-00{rng.randrange(1000, 9999)}"


def set_anew(rng: random.Random, text: str) -> str:
    table = str.maketrans({"'": "’", '"': "”", "-": "‐", "e": "é"})
    return text.upper() if rng.random() < 0.5 else text.translate(table)


def cut_to(share: float) -> Vary:
    return lambda rng, text: " ".join(text.split()[: int(len(text.split()) * share)])


def filled_in(share: float) -> Vary:
    """Return what fills the form of a text anew: runs of words, some of each line, are others."""
    words = vocabulary(20_000)

    def vary(rng: random.Random, text: str) -> str:
        found = text.split()
        for at in range(0, len(found), 6):
            if rng.random() < share:
                found[at : at + 6] = rng.choices(words, k=len(found[at : at + 6]))
        return textwrap.fill(" ".join(found), 72)

    return vary


KINDS: dict[str, tuple[Vary, Vary]] = {
    **{f"OCR {rate} % in both": (ocr(rate / 100), ocr(rate / 100)) for rate in (1, 3, 5, 10)},
    "another name, month": (lambda rng, text: text, renamed),
    "quoted with >": (lambda rng, text: text, quoted),
    "reflowed, hyphens": (lambda rng, text: text, reflowed),
    "stamps, page numbers": (lambda rng, text: text, stamped),
    "capitals, accents": (lambda rng, text: text, set_anew),
    **{f"first {s} % of it": (lambda rng, text: text, cut_to(s / 100)) for s in (80, 60, 40)},
    **{
        f"form, {s} % other words": (lambda rng, text: text, filled_in(s / 100))
        for s in (10, 20, 30, 40, 50)
    },
}


def corpus_texts(folder: Path) -> tuple[list[list[str]], list[str]]:
    """Return the documents of a folder's PDFs as lists of pages, and the passages of all."""
    import pypdfium2

    documents = []
    for file in sorted(folder.rglob("*.pdf")):
        try:
            pdf = pypdfium2.PdfDocument(file)
            pages = [pdf[at].get_textpage().get_text_range() for at in range(min(len(pdf), 30))]
        except pypdfium2.PdfiumError:
            continue
        documents.append([page.replace("\r\n", "\n") for page in pages])
    return documents, [passage.text for pages in documents for passage in split_passages(pages)]


def quality(corpus: Path | None) -> None:
    rng = random.Random(3)
    report("made", rng, made_texts(rng, 3000))
    if corpus is not None and corpus.exists():
        texts = [text for text in corpus_texts(corpus)[1] if near_sketch(text)]
        real_joins(texts)
        report("corpus", rng, texts)


def report(name: str, rng: random.Random, texts: Sequence[str]) -> None:
    print(f"{name}: {len(texts):,} texts")
    print(f"{'kind':<24}" + "".join(f"{f'>={least}':>7}" for least in THRESHOLDS) + "  clustered")
    distinct = [near_sketch(text) for text in texts]
    for kind, (left, right) in KINDS.items():
        first = [near_sketch(left(rng, text)) for text in texts]
        second = [near_sketch(right(rng, text)) for text in texts]
        there = [at for at in range(len(texts)) if first[at] and second[at]]
        same = [same_lanes(first[at], second[at]) for at in there]
        shares = [sum(one >= least for one in same) / len(same) for least in THRESHOLDS]
        both = [pair for at in there for pair in ((2 * at, first[at]), (2 * at + 1, second[at]))]
        cluster = {
            member: number
            for number, group in enumerate(find_groups(both))
            for member in group.members
        }
        met = sum(cluster.get(2 * at, -1) == cluster.get(2 * at + 1, -2) for at in there)
        wrong = 0
        for group in find_groups(both):
            origins = {member // 2 for member in group.members}
            wrong += sum(
                same_lanes(distinct[one], distinct[other]) < LEAST_SAME - 6
                for one, other in itertools.combinations(sorted(origins)[:50], 2)
            )
        row = "".join(f"{share:7.3f}" for share in shares)
        print(f"{kind:<24}{row}  {met / len(there):.3f}, {wrong} pairs of different texts joined")


def jaccard(first: str, second: str) -> float:
    """Return the exact likeness of two texts, by their distinct pairs of words."""
    one, other = word_pairs(first), word_pairs(second)
    return len(one & other) / max(1, len(one | other))


def real_joins(texts: Sequence[str]) -> None:
    by_likeness: Counter[float] = Counter()
    for group in find_groups((at, near_sketch(text)) for at, text in enumerate(texts)):
        founder = next(at for at in group.members if near_sketch(texts[at]) == group.sketch)
        for member in group.members:
            if member != founder:
                by_likeness[int(10 * jaccard(texts[founder], texts[member])) / 10] += 1
    print("corpus alone: joined to their founders, by exact likeness")
    print("   ", ", ".join(f"{like:.1f}: {count}" for like, count in sorted(by_likeness.items())))
    exact = Counter(
        int(10 * like) / 10
        for one, other in itertools.combinations(texts[:400], 2)
        if (like := jaccard(one, other)) >= 0.2
    )
    print("    all pairs of the first 400:", dict(sorted(exact.items())))


def made_sketches(kind: str, count: int) -> Iterator[tuple[int, bytes]]:
    """Make sketches: ``different``, ``copies`` (three in ten) or ``one form`` (noisy scans)."""
    rng = random.Random(5)
    earlier = [rng.randbytes(LANES)]
    for number in range(count):
        copies = kind == "copies" and rng.random() < 0.3
        if kind == "one form" or copies:
            changed = bytearray(rng.choice(earlier))
            for _ in range(14 if kind == "one form" else rng.randrange(30)):
                changed[rng.randrange(LANES)] = rng.randrange(256)
            yield number, bytes(changed)
            continue
        sketch = earlier[0] if kind == "identical" else rng.randbytes(LANES)
        if kind == "copies" and len(earlier) < 50_000:
            earlier.append(sketch)
        yield number, sketch


def speed(sizes: Sequence[int]) -> None:
    rng = random.Random(1)
    texts = [text for text in made_texts(rng, 12_000) if len(text.split()) > 140][:3000]
    best = min(_seconds(lambda: [near_sketch(text) for text in texts]) for _ in range(3))
    words = sum(len(text.split()) for text in texts) / len(texts)
    print(f"{len(texts) / best:,.0f} sketches/s and core, of {words:.0f} words each")
    for size, kind in itertools.product(sizes, ("different", "copies", "identical", "one form")):
        # A process of its own, as a process's most memory never falls.
        child = os.fork()
        if child == 0:
            _cluster(kind, size)
            os._exit(0)
        os.waitpid(child, 0)
    _a_few_more(max(sizes))


def _cluster(kind: str, size: int) -> None:
    held: list[int] = []
    making = _seconds(lambda: sum(1 for _ in made_sketches(kind, size)))
    took = _seconds(
        lambda: held.extend(len(group.members) for group in find_groups(made_sketches(kind, size)))
    )
    took -= making
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{size:>9,} {kind:<10} {took:6.1f} s, {size / took:>9,.0f}/s, {peak} MB;"
        f" {len(held):,} clusters of {sum(held):,}",
        flush=True,
    )


def _a_few_more(size: int) -> None:
    alone = list(made_sketches("different", size))
    new = [(size + at, sketch) for at, (_, sketch) in enumerate(alone[:: size // 1000])]
    took = _seconds(lambda: print(f"{len(list(find_groups(new, alone=alone))):,} found, ", end=""))
    print(f"{len(new):,} new ones beside {size:,}: {took:.1f} s")


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def libraries() -> None:
    """Compare the time of a sketch, and how well likeness is estimated."""
    rng = random.Random(1)
    texts = [text for text in made_texts(rng, 3000) if len(text.split()) > 100][:600]
    noisy = [ocr(0.05)(rng, text) for text in texts]
    exact = [jaccard(one, other) for one, other in zip(texts, noisy, strict=True)]

    def pairs(text: str) -> list[str]:
        words = re.findall(r"[a-z0-9]+", text.lower())
        return [one + other for one, other in itertools.pairwise(words)]

    def show(name: str, sketch: Callable[[str], object], like: Callable[..., float]) -> None:
        took = min(_seconds(lambda: [sketch(text) for text in texts]) for _ in range(3))
        errors = [
            like(sketch(one), sketch(other)) - right
            for one, other, right in zip(texts, noisy, exact, strict=True)
        ]
        bias = sum(errors) / len(errors)
        spread = (sum((error - bias) ** 2 for error in errors) / len(errors)) ** 0.5
        print(f"{name:<22}{1e6 * took / len(texts):7.1f} us, bias {bias:+.3f}, spread {spread:.3f}")

    show("own", near_sketch, lambda one, other: same_lanes(one, other) / LANES)
    try:
        rensa = importlib.import_module("rensa")
        datasketch = importlib.import_module("datasketch")
    except ImportError as error:
        sys.exit(f"{error.name} is not installed")

    def by_rensa(kind: str) -> Callable[[str], object]:
        def sketch(text: str) -> object:
            made = getattr(rensa, kind)(num_perm=LANES, seed=1)
            made.update(pairs(text))
            return made

        return sketch

    def by_datasketch(text: str) -> object:
        made = datasketch.MinHash(num_perm=LANES)
        made.update_batch([pair.encode() for pair in pairs(text)])
        return made

    for kind in ("RMinHash", "CMinHash"):
        show(f"rensa {kind}", by_rensa(kind), lambda one, other: one.jaccard(other))
    show("datasketch MinHash", by_datasketch, lambda one, other: one.jaccard(other))


def documents(corpus: Path | None) -> None:
    """Scan each document again, put it in a chain, and see what the two are said to be.

    Told right: of those that share a passage's cluster, from their texts.
    """
    rng = random.Random(2)
    made = made_texts(rng, 3000)
    archive = [made[at : at + 6] for at in range(0, 1800, 6)]
    if corpus is not None and corpus.exists():
        archive += [pages for pages in corpus_texts(corpus)[0] if near_sketch(" ".join(pages))]
    for rate in (0.0, 0.03, 0.05, 0.1):
        scan = ocr(rate)
        for name, wanted, chain in (
            ("a second scan", Relation.LIKE, (0, 0)),
            ("its first 85 %", Relation.LIKE, None),
            ("a part of one of thrice its length", Relation.PART, (4, 9)),
        ):
            found: Counter[Relation] = Counter()
            by_passages: Counter[Relation] = Counter()
            met = 0
            for pages in archive:
                text = "\f".join(pages)
                other = scan(rng, text)
                if chain is None:
                    other = cut_to(0.85)(rng, other)
                else:
                    size = len(text.split())
                    around = [line for page in rng.choices(made, k=400) for line in page.split()]
                    if chain != (0, 0):
                        before, after = around[: size + 7], around[-size:]
                        other = " ".join([*before, "\n\n", other, "\n\n", *after])
                one = scan(rng, text)
                share, is_candidate = _shared(one, other)
                by_passages[relation(*share)] += 1
                pairs = word_pairs(one), word_pairs(other)
                told = relation(share_held(*pairs), share_held(*reversed(pairs)))
                found[told if is_candidate else Relation.APART] += 1
                met += same_lanes(near_sketches([one])[1], near_sketches([other])[1]) >= LEAST_SAME
            print(
                f"OCR {rate:.0%} in both, {name}: {found[wanted] / len(archive):.3f} told right"
                f" {_counts(found)}; by passages alone {by_passages[wanted] / len(archive):.3f}"
                f" {_counts(by_passages)}; sketches of the whole alike {met / len(archive):.3f}"
            )


def _counts(found: Counter[Relation]) -> str:
    return ", ".join(f"{count} {told}" for told, count in found.most_common())


def _shared(one: str, other: str) -> tuple[list[float], bool]:
    """Return how much of each text has near-duplicates in the other, and whether anything has."""
    passages = [split_passages([text]) for text in (one, other)]
    numbered = [
        (2 * at + which, near_sketch(passage.text))
        for which, found in enumerate(passages)
        for at, passage in enumerate(found)
    ]
    groups = [group.members for group in find_groups(numbered)]
    both = {m for members in groups if len({m % 2 for m in members}) == 2 for m in members}
    shares = []
    for which, found in enumerate(passages):
        sizes = [len(passage.text) for passage in found]
        shared = sum(size for at, size in enumerate(sizes) if 2 * at + which in both)
        shares.append(shared / max(1, sum(sizes)))
    return shares, bool(both)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["quality", "speed", "libraries", "documents"])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--passages", type=int, nargs="*", default=[100_000, 1_000_000])
    options = parser.parse_args()
    if options.what == "quality":
        quality(options.corpus)
    elif options.what == "documents":
        documents(options.corpus)
    elif options.what == "speed":
        speed(options.passages)
    else:
        libraries()


if __name__ == "__main__":
    main()
