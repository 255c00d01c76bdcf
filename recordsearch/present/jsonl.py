"""Answers as JSON, one object a line: documented in the README and kept stable.

Everything outside ASCII is written as an escape, which every JSON reader turns back, so that
nothing out of a document can steer a terminal.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING

from recordsearch.catalogue.facets import Facet
from recordsearch.catalogue.reading import Counts
from recordsearch.catalogue.runs import RunState
from recordsearch.records import Hit, Problem

if TYPE_CHECKING:
    from recordsearch.workflows.explaining import Explanation


def hit_line(hit: Hit, explanation: "Explanation | None" = None) -> str:
    """Write a hit: the fields in the order that the README gives."""
    told = {} if explanation is None else {"explanation": asdict(explanation)}
    return json.dumps(
        {
            "rank": hit.rank,
            "score": round(hit.score, 6),
            "passage": hit.passage,
            "document": hit.document,
            "release": hit.release,
            "file": hit.file,
            "first_page": hit.first_page,
            "last_page": hit.last_page,
            "bates": hit.bates,
            "confidence": None if hit.confidence is None else round(hit.confidence, 1),
            "snippet": hit.snippet,
            "matches": hit.matches,
            "text": hit.text,
            "near_identical": hit.near_identical,
            "in_group": hit.in_group,
            **told,
        }
    )


def facets_line(facets: Iterable[Facet]) -> str:
    """Write the facets of an answer: for each field its values with their numbers of hits."""
    return json.dumps(
        {
            "facets": {
                facet.name: [{"value": value, "hits": hits} for value, hits in facet.values]
                for facet in facets
            }
        }
    )


def problem_line(release: str, problem: Problem) -> str:
    """Write a problem; ``page`` is null where it is of the whole file."""
    return json.dumps(
        {
            "file": problem.file,
            "page": problem.page,
            "stage": problem.stage,
            "cause": problem.cause,
            "mend": problem.mend,
            "release": release,
        }
    )


def status_line(
    counts: Counts, engine: str, archive: str, run: RunState | None, *, running: bool
) -> str:
    """Write what an archive holds, and how far a run is that has not come to its end."""
    return json.dumps(
        {
            "documents": counts.documents,
            "files": counts.locations,
            "releases": counts.releases,
            "pages": counts.pages,
            "pages_text": counts.pages_text,
            "pages_ocr": counts.pages_ocr,
            "pages_blank": counts.pages_blank,
            "pages_none": counts.pages_none,
            "pages_poor": counts.pages_poor,
            "passages": counts.passages,
            "passages_pending": counts.passages_pending,
            "documents_unfinished": counts.documents_unfinished,
            "messages": counts.messages,
            "threads": counts.threads,
            "people": counts.people,
            "letters": counts.letters,
            "near_documents": counts.near_documents,
            "near_passages": counts.near_passages,
            "gone": counts.gone,
            "problems": counts.problems,
            "engine": engine,
            "archive": archive,
            "run": None if run is None else {"running": running, **asdict(run)},
        }
    )
