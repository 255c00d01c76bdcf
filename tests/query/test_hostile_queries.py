"""Queries that are made to break something: an answer or one clear line, and the process lives."""

import json
import subprocess
import sys

import pytest

from recordsearch.engines import ENGINES

QUERIES = {
    "long": "a" * 100_000,
    "many words": "word " * 20_000,
    "deep": "(" * 10_000 + "word" + ")" * 10_000,
    "deep, never closed": "(" * 10_000,
    "deep in NOT": "NOT " * 3_000 + "word",
    "deep in minus": "-" * 10_000 + "word",
    "deep in fields": "from:(" * 1_600 + "a" + ")" * 300,
    "deepest that is allowed": "(" * 50 + "word" + ")" * 50,
    "deepest of weights": "(" * 50 + "word" + ")^2" * 50,
    "everything": "*",
    "everything often": "* " * 16,
    "negations": "-word -text -* -/.*/",
    "negation of everything": "NOT *",
    "group that explodes": "/(a*)*b/",
    "alternatives that explode": "/(a|a|aa)*$/",
    "repetitions that explode": "/((a{1,4}){1,4}){1,4}/",
    "sets that explode": "/.*a.{39}/ /.*b.{39}/ /.*c.{39}/ /[^a]{0,37}[^b]{0,37}[^c]{0,37}/",
    "wildcards that explode": "*a*a*a*a*a*a*a*a*a*a*a*a*b",
    "many patterns": " OR ".join(f"/.*{letter}.{{30}}/" for letter in "abcdefghijklmnop"),
    "expression too deep": "/" + "(" * 4_000 + "a" + ")" * 4_000 + "/",
    "expression never closed": "/" + "[" * 9_000 + "/",
    "words near": '"' + "a " * 16 + '"~100',
    "different words near": '"' + " ".join("abcdefghijklmnop") + '"~100',
    "many near": " ".join(f'"a b {n}"~100' for n in range(300)),
    "lone surrogates": '\ud800word \udfff* /\ud800+/ "\ud800 \udc00"~3 from:\ud800x',
    "control characters": "\x00word \x1b[31m \x07text\x08 \u2028 \x85 *\x00*",
    "right to left": "\u202eword\u202c שלום מרחבא \u200f-\u200fמילה \u2066text\u2069",
    "astral": "\U0010ffff \U0001f600* /\U0001d518+/ 𝔘𝔫𝔦~~",
    "marks": "e\u0301" * 4_000,
    "quotes": '"' * 9_999,
    "signs": "~^*?/" * 2_000,
    "numbers": "page:" + "9" * 9_000,
    "dates": "date:" + "2017-" * 1_900,
    "weights": "word^" + "9" * 9_000,
    "fields": " ".join(["from:word"] * 1_000),
    "tolerant": " ".join(f"misread{letter}ng~~" for letter in "abcdefgh"),
    "Bates numbers": "bates:" + "A" * 4_000 + "1.." + "9" * 4_000,
}

SCRIPT = """
import json, os, sys
from recordsearch.engines import engine
from recordsearch.errors import QueryError
from recordsearch.query.highlight import matches
from recordsearch.query.language import parse, write
from recordsearch.records import IndexEntry

name, folder = sys.argv[1:]
chosen = engine(name)
os.mkdir(folder)
chosen.create(folder)
texts = ["word text a b c", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "", "\\u05e9\\u05dc\\u05d5\\u05dd"]
texts += [f"{n:016b} {n:09} ".replace("1", "b").replace("0", "a") for n in range(500)]
with chosen.writer(folder) as writer:
    writer.add(
        IndexEntry(n, text, 1, 1, {"file": ("a.pdf",), "release": ("r",)})
        for n, text in enumerate(texts, 1)
    )
    writer.commit()
reader = chosen.reader(folder)
for query in json.load(sys.stdin):
    try:
        tree = parse(query)
        assert parse(write(tree)) == tree
        ranking = reader.search(tree, 10)
        for ranked in ranking.ranked:
            matches(tree, texts[ranked.passage - 1])
        lines = list(ranking.notes)
    except QueryError as error:
        assert error.mend
        assert 0 <= error.start <= error.end <= len(error.query)
        lines = [error.message + error.mend]
    assert all(len(line) < 2000 and len(line.splitlines()) == 1 for line in lines), lines
    print(len(lines))
"""


@pytest.mark.parametrize("name", ENGINES)
def test_hostile_queries_are_answered_or_refused_in_a_line(name, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT, name, str(tmp_path / "index")],
        input=json.dumps(list(QUERIES.values())),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    done = len(ran.stdout.splitlines())
    assert ran.returncode == 0, (list(QUERIES)[min(done, len(QUERIES) - 1)], ran.stderr[-2000:])
    assert done == len(QUERIES)


@pytest.mark.parametrize("query", ["a" * 100_000, "word " * 1_900 + "(", "(" * 10_000])
def test_an_error_is_shown_in_short_lines(run, sample_archives, query):
    ran = run("--archive", str(sample_archives["tantivy"]), "search", query)
    assert ran.status == 2
    assert len(ran.err.splitlines()) == 3
    assert max(map(len, ran.err.splitlines())) < 300
    assert "^" in ran.err
