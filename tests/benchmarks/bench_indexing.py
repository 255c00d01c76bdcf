"""How fast are passages indexed, catalogue writes included, beside the engine alone?

    python tests/benchmarks/bench_indexing.py [--passages 100000] [--rounds 3]

The engine alone is tantivy given the same texts: once as one text field with its own tokeniser, and
once with a second, stemmed field, as the project's index has. Both are measured in turn in one run;
the target is half of the one with the same fields.
"""

import argparse
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from made_archive import index_all, made_documents

from recordsearch.settings import Archive

TARGET = 0.5


def raw_engine(texts: list[str], fields: int) -> float:
    """Index texts with tantivy alone; return the seconds that it took."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text")
    if fields == 2:
        builder.add_text_field("stemmed", tokenizer_name="en_stem")
    builder.add_unsigned_field("passage", stored=True, indexed=True)
    with tempfile.TemporaryDirectory() as folder:
        index = tantivy.Index(builder.build(), folder)
        started = time.perf_counter()
        writer = index.writer(128_000_000)
        for number, text in enumerate(texts):
            document = tantivy.Document()
            document.add_unsigned("passage", number)
            document.add_text("text", text)
            if fields == 2:
                document.add_text("stemmed", text)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        return time.perf_counter() - started


def main() -> int:
    """Run the measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--passages", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    made = list(made_documents(arguments.passages))
    texts = [passage.text for document in made for passage in document.passages]
    rates: dict[str, list[float]] = {"project": [], "raw, one field": [], "raw, two fields": []}
    for _ in range(arguments.rounds):
        rates["raw, one field"].append(len(texts) / raw_engine(texts, 1))
        rates["raw, two fields"].append(len(texts) / raw_engine(texts, 2))
        with tempfile.TemporaryDirectory() as folder:
            rates["project"].append(len(texts) / index_all(Archive(folder), made))
    medians = {name: statistics.median(values) for name, values in rates.items()}
    for name, median in medians.items():
        print(f"{name:<16} {median:>9,.0f} passages/s")
    for name in ("raw, one field", "raw, two fields"):
        print(f"project / {name:<16} {medians['project'] / medians[name]:.2f}")
    return 0 if medians["project"] >= TARGET * medians["raw, two fields"] else 1


if __name__ == "__main__":
    sys.exit(main())
