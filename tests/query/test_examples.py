"""The help teaches by examples that do what it says."""

from pathlib import Path

import pytest

from recordsearch.archive import Archive
from recordsearch.present.query_help import query_help, query_markdown
from recordsearch.query.examples import TOPICS
from recordsearch.query.fields import FIELDS
from recordsearch.query.language import parse, write

README = Path(__file__).resolve().parents[2] / "README.md"
EXAMPLES = [example for topic in TOPICS for example in topic.examples]


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def archive(request, sample_archives):
    with Archive(sample_archives[request.param]) as opened:
        yield opened


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.query)
def test_every_example_finds_what_the_sample_release_has(archive, example):
    tree = parse(example.query)
    assert parse(write(tree)) == tree
    answer = archive.search(example.query, limit=0)
    assert bool(answer.total) != example.elsewhere


def test_every_field_has_its_example():
    shown = [example.query for example in EXAMPLES]
    for field in FIELDS.values():
        assert shown.count(field.example) == 1
        assert field.example.startswith(f"{field.name}:")


def test_every_query_in_the_rules_can_be_asked():
    asked = 0
    for topic in TOPICS:
        for word in topic.rules.replace(";", " ").replace(", ", " ").split():
            name = word.partition(":")[0]
            if ":" in word and name in FIELDS and not word.endswith(":"):
                parse(word.rstrip(".,") if "(" not in word else f"{word} b)")
                asked += 1
    assert asked > 6


def test_the_readme_has_the_same_help():
    assert query_markdown() in README.read_text(encoding="utf-8")


def test_help_on_the_query_language(run):
    ran = run("help", "query")
    assert ran.status == 0
    assert ran.out == query_help()
    for example in EXAMPLES:
        assert f"  {example.query} " in ran.out
        assert example.finds in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_help_on_commands(run):
    listed = run("help")
    assert listed.status == 0
    assert "reindex" in listed.out
    assert "recordsearch help query" in listed.out
    one = run("help", "search")
    assert one.out == run("search", "--help").out
    wrong = run("help", "serach")
    assert wrong.status == 2
    assert "did you mean search?" in wrong.err
    assert len(wrong.err.splitlines()) == 1
    assert run("help", "zzzzzzzz").status == 2
