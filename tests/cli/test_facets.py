"""Facets count what narrowing the query by them finds."""

import pytest

from tests.conftest import Run

QUERY = "recognition"


def narrowed(run: Run, archive: str, field: str, value: str) -> int:
    quoted = value.replace('"', " ")
    condition = f"date:{value}" if field == "date" else f'{field}:"{quoted}"'
    ran = run(
        "--archive", archive, "search", "--json", "--unfold", "--limit", "1000", QUERY, condition
    )
    assert ran.status == 0, ran.err
    return len(ran.lines)


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
def test_a_facet_counts_what_narrowing_by_it_finds(run: Run, sample_archives, engine: str) -> None:
    archive = str(sample_archives[engine])
    ran = run("--archive", archive, "search", "--json", "--limit", "3", "--facets", QUERY)
    *hits, last = ran.lines
    assert len(hits) == 3
    facets = last["facets"]
    assert {"release", "type", "from", "to", "person", "org", "date", "email"} <= set(facets)
    for field, values in facets.items():
        counts = [one["hits"] for one in values]
        assert counts == sorted(counts, reverse=True)
        # Where a value is part of a longer one, as "Gov. Code 6254" is, the query finds both.
        if field not in ("statute", "exemption"):
            for one in values[:5]:
                found = narrowed(run, archive, field, one["value"])
                assert found == one["hits"], (field, one)


def test_facets_stand_between_hits_and_coverage(run: Run, sample_archives) -> None:
    archive = str(sample_archives["tantivy"])
    ran = run("--archive", archive, "search", "--limit", "1", "--facets", QUERY, "type:message")
    lines = ran.out.splitlines()
    (kind,) = [line for line in lines if line.startswith("type ")]
    assert kind.split()[1] == "message"
    assert lines[-1].startswith("Searched")
    nothing = run("--archive", archive, "search", "--facets", "zyzzyva")
    assert nothing.status == 0
    assert "from" not in nothing.out.split()
