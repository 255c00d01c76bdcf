"""Fit the odds by which OCR-tolerant search weighs its candidates.

    python tests/benchmarks/learn_tolerance.py [--corpus ../shared/corpus] [--pages 60]
        [--make-scans ../shared/tools/make_scans.py] [--cache FOLDER] [--words 3500]

The scans are those of ``learn_confusions.py``, which comes first, indexed among other passages.
Words of their true text are asked. Each candidate on each page that plain search does not find is
one case: does the page truly hold the word? A logistic regression gives the ``ODDS`` of
``recordsearch/query/tolerance.py``, which are printed.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import numpy as np
from known_scans import choose_pages, read_scans
from numpy.typing import NDArray
from tolerant_corpus import Corpus, indexed

from recordsearch.engines.index_fields import EXACT
from recordsearch.query import tolerance
from recordsearch.query.tree import Phrase, Word

_LEAST = 0.05
_STEPS = 50
_RIDGE = 0.1


def cases(corpus: Corpus, count: int, seed: int) -> tuple[list[list[float]], list[bool]]:
    """Return what each case is weighed by, the constant first, and whether it was right."""
    features: list[list[float]] = []
    right: list[bool] = []
    for word, holds in corpus.sample(count, seed).items():
        plain, _ = corpus.found(Word(word))
        for words, one in tolerance.candidates(
            word, lambda terms: corpus.reader.frequencies(EXACT, terms)
        ):
            for scan in corpus.found(Phrase(words))[0] - plain:
                features.append([1.0, *one])
                right.append(scan in holds)
    return features, right


def fit(features: NDArray[np.float64], right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fit a logistic regression by Newton's method, with a little ridge."""
    odds = np.zeros(features.shape[1])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(features @ odds, -30, 30)))
        curvature = (features * (chance * (1 - chance))[:, None]).T @ features
        curvature += _RIDGE * np.eye(len(odds))
        odds += np.linalg.solve(curvature, features.T @ (right - chance) - _RIDGE * odds)
    return odds


def main() -> int:
    """Fit, and print the odds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--make-scans", type=Path, default=Path("../shared/tools/make_scans.py"))
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--words", type=int, default=3_500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pages = choose_pages(options.corpus, learning=True, most=options.pages)
    tolerance.LEAST = _LEAST  # so that there is something to tell apart
    with tempfile.TemporaryDirectory() as folder:
        scans = list(read_scans(pages, options.make_scans, options.cache or Path(folder)))
    with indexed(scans, options.corpus) as corpus:
        features, right = cases(corpus, options.words, options.seed)
    odds = fit(np.array(features), np.array(right, dtype=float))
    print(f"{len(right):,} cases, {sum(right):,} right")
    print("ODDS = (" + ", ".join(f"{one:.2f}" for one in odds) + ")")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
