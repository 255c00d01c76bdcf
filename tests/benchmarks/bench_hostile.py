"""Does ``index`` come through hostile files, with each of them accounted for?

    python tests/benchmarks/bench_hostile.py [--corpus FOLDER] [-- OPTION...]

All files below the folder, by default hostile PDFs beside this repository, are indexed by the
command line into a new archive. Wanted: each is a document, a recorded problem or counted as
skipped; the run ends with status 0 or 3 and no traceback; no process and no file is left but the
archive, and no source file is changed. Options behind ``--`` are those of ``index``.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from hostile_run import index_hostile

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "3_hostile_pdf"


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("options", nargs="*", help="options of index, behind --")
    arguments = parser.parse_args()
    if not arguments.corpus.is_dir():
        print(f"there are no hostile files at {arguments.corpus}; name some with --corpus")
        return 0
    ran = index_hostile(arguments.corpus, *arguments.options)
    accounted = ran.documents + ran.unread + ran.skipped
    print(f"files in      {ran.files:,}")
    print(f"documents     {ran.documents:,}, and {ran.members:,} in containers")
    print(f"not readable  {ran.unread:,}")
    print(f"skipped       {ran.skipped:,}")
    print(f"accounted for {accounted:,} of {ran.files:,} ({accounted / max(ran.files, 1):.1%})")
    print(f"problems      {ran.problems:,}, pages among them")
    print(f"status        {ran.status}, after {ran.seconds:.1f} s")
    for one in ran.wrong:
        print(f"WRONG: {one}")
    print("nothing is wrong" if not ran.wrong else f"{len(ran.wrong)} things are wrong")
    return int(bool(ran.wrong) or not ran.files)


if __name__ == "__main__":
    sys.exit(main())
