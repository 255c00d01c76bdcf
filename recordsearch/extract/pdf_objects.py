"""What a PDF page draws: how much of it is picture, which way its text runs, how much is hidden.

Two walks over pdfium's page objects, into form XObjects too, whose coordinates need the form's
own matrix: a sample on every page, for the text's direction and visibility, and all objects for
the pictures, where the text layer alone does not settle how the page is read.
"""

import ctypes
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

OBJECTS = 50_000
"""Objects looked at on a page; maps and drawings have more, and their first tell enough."""
SAMPLE = 16
FORM_DEPTH = 5
_FEW = 3

_TEXT, _IMAGE, _FORM = 1, 3, 5  # FPDF_PAGEOBJ_*
_INVISIBLE = frozenset({3, 7})  # FPDF_TEXTRENDERMODE_INVISIBLE, _CLIP

_Matrix = tuple[float, float, float, float, float, float]
_Bounds = tuple[float, float, float, float]
_IDENTITY: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class TextSample:
    """What a sample of a page's text objects tells.

    ``objects`` counts all that the page itself draws. ``directions`` counts the ``sampled`` text
    objects by the quarter turns, counter-clockwise, of their base line.
    """

    objects: int = 0
    sampled: int = 0
    invisible: int = 0
    directions: list[int] = field(default_factory=lambda: [0, 0, 0, 0])

    def direction(self, stated: int) -> int:
        """Return the quarter turns, clockwise, that make the text upright.

        That is where over two thirds of the text runs; ``stated``, the page's own, is kept where
        the text runs in several directions, or is no more than a stamp.
        """
        most = max(self.directions)
        if self.sampled < _FEW or 3 * most <= 2 * self.sampled:
            return stated
        return self.directions.index(most)

    @property
    def invisible_share(self) -> float:
        """Share of the text objects that are drawn without a mark, 0 to 1."""
        return self.invisible / self.sampled if self.sampled else 0.0


def sample_text(page: Any) -> TextSample:
    """Look at some sixteen objects of a loaded ``page``, spread over it."""
    found = TextSample()
    walk = _Walk()

    def look(kind: int, item: Any, matrix: _Matrix) -> None:
        if kind == _TEXT:
            found.sampled += 1
            found.invisible += walk.raw.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE
            a, b = _multiply(walk.matrix_of(item), matrix)[:2]
            if abs(a) >= abs(b):
                found.directions[0 if a >= 0 else 2] += 1
            else:
                found.directions[1 if b > 0 else 3] += 1

    found.objects = walk.raw.FPDFPage_CountObjects(page)
    walk.over(page, found.objects, walk.raw.FPDFPage_GetObject, look, SAMPLE)
    return found


def picture_area(page: Any, bounds: _Bounds) -> float:
    """Return how many square points of a loaded ``page`` are under pictures.

    ``bounds`` is the page's left, bottom, right, top. Pictures upon each other count again.
    """
    walk = _Walk()
    area = 0.0
    corners = [ctypes.c_float() for _ in range(4)]
    refs = [ctypes.byref(corner) for corner in corners]

    def look(kind: int, item: Any, matrix: _Matrix) -> None:
        nonlocal area
        if kind == _IMAGE and walk.raw.FPDFPageObj_GetBounds(item, *refs):
            x0, y0, x1, y1 = (corner.value for corner in corners)
            a, b, c, d, e, f = matrix
            xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
            ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
            left, bottom, right, top = bounds
            wide = min(right, max(xs)) - max(left, min(xs))
            high = min(top, max(ys)) - max(bottom, min(ys))
            area += max(0.0, wide) * max(0.0, high)

    count = walk.raw.FPDFPage_CountObjects(page)
    walk.over(page, count, walk.raw.FPDFPage_GetObject, look, None)
    return area


class _Walk:
    """One walk over objects, within a limit on their number and on how deep forms nest."""

    def __init__(self) -> None:
        import pypdfium2.raw as raw

        self.raw = raw
        self.seen = 0
        self._matrix = raw.FS_MATRIX()

    def over(
        self,
        holder: Any,
        count: int,
        get: Callable[[Any, int], Any],
        look: Callable[[int, Any, _Matrix], None],
        sample: int | None,
        matrix: _Matrix = _IDENTITY,
        depth: int = 0,
    ) -> None:
        """Look at the ``count`` objects of a page or form, and inside forms.

        ``sample`` is about how many of each to look at, None for all.
        """
        step = max(1, count // sample) if sample else 1
        kind_of = self.raw.FPDFPageObj_GetType
        for index in range(0, count, step):
            if self.seen >= OBJECTS:
                return
            self.seen += 1
            item = get(holder, index)
            kind = kind_of(item)
            if kind == _FORM and depth < FORM_DEPTH:
                inner = self.raw.FPDFFormObj_CountObjects(item)
                if inner > 0:
                    combined = _multiply(self.matrix_of(item), matrix)
                    get_inner = self.raw.FPDFFormObj_GetObject
                    self.over(item, inner, get_inner, look, sample, combined, depth + 1)
            else:
                look(kind, item, matrix)

    def matrix_of(self, item: Any) -> _Matrix:
        """Return an object's matrix, or that which changes nothing where it has none."""
        m = self._matrix
        if not self.raw.FPDFPageObj_GetMatrix(item, ctypes.byref(m)):
            return _IDENTITY
        return (m.a, m.b, m.c, m.d, m.e, m.f)


def _multiply(m: _Matrix, n: _Matrix) -> _Matrix:
    """Return the matrix that applies ``m`` and then ``n``."""
    a, b, c, d, e, f = m
    g, h, i, j, k, l = n  # noqa: E741 - as PDF 32000-1, 8.3.4 has them
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + l,
    )
