"""Learn what OCR takes for what, from scans with known text; write the table of weights.

    python tests/benchmarks/learn_confusions.py [--corpus ../shared/corpus] [--pages 60]
        [--make-scans ../shared/tools/make_scans.py] [--cache FOLDER] [--write FILE]

Pages of the documents set apart for learning (see ``known_scans.py``) are degraded to the levels
bad and fax at 150 dpi and read. A true word that the page's reading lacks is paired with what the
reading has and the truth lacks: a word, two neighbours (a word broken in two), or one for two
neighbours of the truth (joined words), the nearest first. The pairs are aligned letter by letter;
each longest stretch of differing letters, of up to three on a side, is one confusion. Its
probability is its count over that of the true letters in all words that were read or paired. One
that occurs once, or less than five times and in one document alone, is left to the general costs.
"""

import argparse
import math
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from known_scans import LEVELS, Scan, choose_pages, read_scans

from recordsearch.query.analysis import streams
from recordsearch.query.misreading import is_fair

LONGEST = 3
_FEWEST_LETTERS = 4
_FARTHEST = 0.45
"""Edits a letter up to which two words are paired; farther ones are chance."""
_FEWEST_SEEN = 2
_MANY_SEEN = 5
"""So often in one document suffices: there is one German document, where ß is read as B."""
_ALPHABET = 36


class Pair(NamedTuple):
    """True words and what they were read as; two words are parted by a space."""

    truth: str
    seen: str


class Edit(NamedTuple):
    """Letters of the truth and those read for them; either may be empty."""

    truth: str
    seen: str


class Pairs(NamedTuple):
    """A page's words: those read rightly, those paired, and how many found no partner."""

    right: Counter[str]
    wrong: list[Pair]
    lost: int


def pair_words(truth: list[str], seen: list[str]) -> Pairs:
    """Pair the words of a page that were read wrongly with what was read, nearest first."""
    right = Counter(truth) & Counter(seen)
    missing, spare = Counter(truth) - right, Counter(seen) - right
    offers = set(spare)
    offers |= {f"{one} {two}" for one, two in pairwise(seen) if spare[one] or spare[two]}
    wanted = [word for word in missing if len(word) >= _FEWEST_LETTERS]
    wanted += [
        f"{one} {two}"
        for one, two in pairwise(truth)
        if missing[one] and missing[two] and len(one + two) >= 2 * _FEWEST_LETTERS - 2
    ]
    near = sorted(
        (distance, true, read)
        for true in wanted
        for read in offers
        if " " not in true or " " not in read
        if abs(len(true) - len(read)) <= _FARTHEST * len(true)
        if len(set(true) ^ set(read)) <= 2 * _FARTHEST * len(true)
        if (distance := len(edits(true, read, limit=1)) / len(true)) <= _FARTHEST
    )
    wrong: list[Pair] = []
    for _, true, read in near:
        needed = Counter(true.split())
        given = Counter(word for word in read.split() if spare[word])
        while needed <= missing and given <= spare and given:
            wrong.append(Pair(true, read))
            missing -= needed
            spare -= given
    return Pairs(right, wrong, missing.total())


def edits(truth: str, seen: str, limit: int = LONGEST) -> list[Edit]:
    """Align two words with the fewest edits; return the stretches that differ.

    Those of more than ``limit`` letters on a side are given letter by letter.
    """
    rows = [list(range(len(seen) + 1))]
    for i, left in enumerate(truth, 1):
        row = [i]
        for j, right in enumerate(seen, 1):
            above = rows[-1]
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (left != right)))
        rows.append(row)
    singles: list[Edit | None] = []
    i, j = len(truth), len(seen)
    while i or j:
        here = rows[i][j]
        if i and j and here == rows[i - 1][j - 1] + (truth[i - 1] != seen[j - 1]):
            i, j = i - 1, j - 1
            singles.append(Edit(truth[i], seen[j]) if truth[i] != seen[j] else None)
        elif i and here == rows[i - 1][j] + 1:
            i -= 1
            singles.append(Edit(truth[i], ""))
        else:
            j -= 1
            singles.append(Edit("", seen[j]))
    return list(_stretches(reversed(singles), limit))


def _stretches(singles: Iterable[Edit | None], limit: int) -> Iterator[Edit]:
    run: list[Edit] = []
    for single in [*singles, None]:
        if single is not None:
            run.append(single)
            continue
        whole = Edit("".join(one.truth for one in run), "".join(one.seen for one in run))
        if max(map(len, whole)) <= limit:
            yield from [whole] * bool(run)
        else:
            yield from run
        run = []


class Learnt(NamedTuple):
    """Costs are negative natural logarithms of probabilities, each of one place in a word.

    ``other`` has those of an edit that is not listed, and those of a word broken and of two joined.
    """

    costs: dict[Edit, float]
    other: dict[str, float]
    words: int
    wrong: int
    lost: int


class _Counts:
    def __init__(self) -> None:
        self.edits: Counter[Edit] = Counter()
        self.documents: defaultdict[Edit, set[str]] = defaultdict(set)
        self.places: Counter[str] = Counter()
        self.words = self.wrong = self.lost = self.broken = self.joined = 0

    def add(self, scan: Scan) -> None:
        """Count the words and confusions of a page."""
        pairs = pair_words(streams(scan.truth).exact.split(), streams(scan.seen).exact.split())
        self.wrong += len(pairs.wrong)
        self.lost += pairs.lost
        self.broken += sum(" " in pair.seen for pair in pairs.wrong)
        self.joined += sum(" " in pair.truth for pair in pairs.wrong)
        wrong = Counter(word for pair in pairs.wrong for word in pair.truth.split())
        for word, count in [*pairs.right.items(), *wrong.items()]:
            self.words += count
            for length in range(LONGEST + 1):
                for start in range(len(word) - length + 1):
                    self.places[word[start : start + length]] += count
        for pair in pairs.wrong:
            for edit in edits(*pair):
                if " " not in edit.truth + edit.seen and is_fair(*edit):
                    self.edits[edit] += 1
                    self.documents[edit].add(scan.page.path.name)


def learn(scans: Iterable[Scan]) -> Learnt:
    """Count the confusions of all scans and turn them into costs."""
    counts = _Counts()
    for scan in scans:
        counts.add(scan)
    kept = {
        edit: count
        for edit, count in counts.edits.items()
        if count >= _MANY_SEEN
        or (count >= _FEWEST_SEEN and len(counts.documents[edit]) >= _FEWEST_SEEN)
    }
    costs = {edit: -math.log(count / counts.places[edit.truth]) for edit, count in kept.items()}
    return Learnt(costs, _other_costs(counts, kept), counts.words, counts.wrong, counts.lost)


def _other_costs(counts: _Counts, kept: dict[Edit, int]) -> dict[str, float]:
    rest: Counter[str] = Counter()
    for edit, count in counts.edits.items():
        if edit not in kept:
            replaced = min(len(edit.truth), len(edit.seen))
            rest["replaced"] += count * replaced
            rest["lost"] += count * (len(edit.truth) - replaced)
            rest["added"] += count * (len(edit.seen) - replaced)
    letters = sum(count for piece, count in counts.places.items() if len(piece) == 1)
    chances = {
        "replaced": rest["replaced"] / letters / _ALPHABET,
        "lost": rest["lost"] / letters,
        "added": rest["added"] / letters / _ALPHABET,
        "broken": counts.broken / letters,
        "joined": counts.joined / max(1, counts.words),
    }
    return {kind: -math.log(max(chance, 1e-6)) for kind, chance in chances.items()}


def table(learnt: Learnt, pages: int) -> str:
    """Return the module of the weights."""
    lines = "\n".join(
        f'    ("{edit.truth}", "{edit.seen}", {cost:.1f}),'
        for edit, cost in sorted(learnt.costs.items(), key=lambda item: (item[1], item[0]))
    )
    others = "\n".join(f"{kind.upper()} = {cost:.1f}" for kind, cost in learnt.other.items())
    return f'''"""What OCR takes for what, and how seldom: learnt, not written by hand.

Made by ``tests/benchmarks/learn_confusions.py`` from {pages} pages with known text, degraded to the
levels bad and fax at 150 dpi: of {learnt.words:,} words {learnt.wrong:,} were read as another. A
cost is the negative natural logarithm of the chance, at one place where the letters stand.
"""

{others}
"""An edit that is not listed: a letter replaced by one certain other, lost, or one certain added;
a word broken at one place; a word joined with the next."""

CONFUSIONS: tuple[tuple[str, str, float], ...] = (
{lines}
)
"""The letters that stand there, those that are read, and the cost."""
'''


def main() -> int:
    """Learn, and write or print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--make-scans", type=Path, default=Path("../shared/tools/make_scans.py"))
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", type=Path, help="recordsearch/query/confusions.py")
    options = parser.parse_args()
    pages = choose_pages(options.corpus, learning=True, most=options.pages)
    with tempfile.TemporaryDirectory() as folder:
        scans = read_scans(pages, options.make_scans, options.cache or Path(folder))
        learnt = learn(scans)
    print(
        f"{len(pages)} pages, each at {len(LEVELS)} levels: {learnt.words:,} words, "
        f"{learnt.wrong:,} read as another, {learnt.lost:,} lost; {len(learnt.costs)} confusions"
    )
    if options.write:
        options.write.write_text(table(learnt, len(pages)))
    else:
        print(table(learnt, len(pages)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
