"""What a PDF page draws beside text: lines, boxes and pictures, with their bounds, at little cost.

A page has a hundred objects on average, nearly all text, and each call into pdfium through the
usual interface costs half of what reading a line of text does. So the calls that are made for each
object are prepared without the conversion of their arguments, and of long pages the first and last
objects are looked at: what covers text is mostly drawn last.
"""

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

from recordsearch.extract.pdf_objects import FORM_DEPTH

OBJECTS = 400
"""Objects of a page looked at; of more, half from the beginning and half from the end."""
THIN = 2.5
"""Points: what is thinner is a line."""
_SHORT = 8.0
_LEAST_SIDE = 5.0
_SEGMENTS = 400
_OF_RECTANGLE = 5

_PATH, _IMAGE, _FORM = 2, 3, 5  # FPDF_PAGEOBJ_*
_MOVE_TO, _BEZIER_TO = 2, 1  # FPDF_SEGMENT_*

_Matrix = tuple[float, float, float, float, float, float]
Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top in points, origin bottom left, as pdfium has them."""


class Shape(NamedTuple):
    """A path that is no mere line: its bounds on the page, and pdfium's handle."""

    bounds: Bounds
    item: int
    matrix: _Matrix


@dataclass(slots=True)
class Drawn:
    """What a page draws beside text; ``lines`` are bounds of lines, thin one way or the other."""

    lines: list[Bounds] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[Bounds] = field(default_factory=list)


class _Calls(NamedTuple):
    count: Callable[[int], int]
    get: Callable[[int, int], int]
    kind: Callable[[int], int]
    count_inner: Callable[[int], int]
    get_inner: Callable[[int, int], int]
    bounds: Callable[[int, int, int, int, int], int]
    matrix: Callable[[int, int], int]
    draw_mode: Callable[[int, int, int], int]
    fill: Callable[[int, int, int, int, int], int]
    segments: Callable[[int], int]
    segment: Callable[[int, int], int]
    segment_kind: Callable[[int], int]
    point: Callable[[int, int, int], int]


@lru_cache(maxsize=1)
def _calls() -> _Calls:
    """Prepare the calls; they keep the interpreter's lock, for each takes a moment only."""
    import pypdfium2.raw as raw

    place, number = ctypes.c_void_p, ctypes.c_int

    def prepared(function: Any, *kinds: Any) -> Any:
        """``kinds`` are the result's and the arguments'; numbers stand for addresses."""
        return ctypes.PYFUNCTYPE(*kinds)(ctypes.cast(function, ctypes.c_void_p).value or 0)

    return _Calls(
        count=prepared(raw.FPDFPage_CountObjects, number, place),
        get=prepared(raw.FPDFPage_GetObject, place, place, number),
        kind=prepared(raw.FPDFPageObj_GetType, number, place),
        count_inner=prepared(raw.FPDFFormObj_CountObjects, number, place),
        get_inner=prepared(raw.FPDFFormObj_GetObject, place, place, ctypes.c_ulong),
        bounds=prepared(raw.FPDFPageObj_GetBounds, number, place, place, place, place, place),
        matrix=prepared(raw.FPDFPageObj_GetMatrix, number, place, place),
        draw_mode=prepared(raw.FPDFPath_GetDrawMode, number, place, place, place),
        fill=prepared(raw.FPDFPageObj_GetFillColor, number, place, place, place, place, place),
        segments=prepared(raw.FPDFPath_CountSegments, number, place),
        segment=prepared(raw.FPDFPath_GetPathSegment, place, place, number),
        segment_kind=prepared(raw.FPDFPathSegment_GetType, number, place),
        point=prepared(raw.FPDFPathSegment_GetPoint, number, place, place, place),
    )


def drawn_objects(handle: Any) -> Drawn:
    """List what the loaded page ``handle`` draws beside text."""
    page = ctypes.cast(handle, ctypes.c_void_p).value
    found = Drawn()
    if page:
        calls = _calls()
        _list(found, page, calls.count(page), calls.get, None, 0, [OBJECTS])
    return found


def _list(
    found: Drawn,
    holder: int,
    count: int,
    get: Callable[[int, int], int],
    matrix: _Matrix | None,
    depth: int,
    left: list[int],
) -> None:
    """List the ``count`` objects of a page or form; ``left`` is how many may still be seen."""
    calls = _calls()
    most = left[0]
    places: Iterator[int] | range
    if count <= most:
        places = range(count)
    else:
        half = most // 2
        places = iter((*range(half), *range(count - half, count)))
    left[0] -= min(count, most)
    items = list(map(get, repeat(holder), places))
    kinds = list(map(calls.kind, items))
    if _PATH not in kinds and _IMAGE not in kinds and _FORM not in kinds:
        return
    corners = (ctypes.c_float * 4)()
    start = ctypes.addressof(corners)
    for kind, item in zip(kinds, items, strict=True):
        if kind == _FORM:
            inner = calls.count_inner(item) if depth < FORM_DEPTH and left[0] > 0 else 0
            if inner > 0:
                own = _times(_matrix(item), matrix)
                _list(found, item, inner, calls.get_inner, own, depth + 1, left)
        elif kind in (_PATH, _IMAGE) and calls.bounds(
            item, start, start + 4, start + 8, start + 12
        ):
            x0, y0, x1, y1 = corners
            if matrix is not None:
                x0, y0, x1, y1 = _moved((x0, y0, x1, y1), matrix)
            wide, high = x1 - x0, y1 - y0
            if kind == _IMAGE:
                found.pictures.append((x0, y0, x1, y1))
            elif (high <= THIN and wide >= _SHORT) or (wide <= THIN and high >= _SHORT):
                found.lines.append((x0, y0, x1, y1))
            elif wide >= _LEAST_SIDE and high >= _LEAST_SIDE:
                shape_matrix = matrix if matrix is not None else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
                found.shapes.append(Shape((x0, y0, x1, y1), item, shape_matrix))


def is_filled(shape: Shape) -> tuple[bool, int]:
    """Tell whether a shape is filled, and how bright its lightest colour is, 0 to 255."""
    calls = _calls()
    modes = (ctypes.c_int * 2)()
    start = ctypes.addressof(modes)
    if not calls.draw_mode(shape.item, start, start + 4) or not modes[0]:
        return False, 255
    levels = (ctypes.c_uint * 4)()
    start = ctypes.addressof(levels)
    if not calls.fill(shape.item, start, start + 4, start + 8, start + 12):
        return True, 0  # a pattern: what is drawn will tell
    return levels[3] > 0, max(levels[:3])


def is_stroked(shape: Shape) -> bool:
    """Tell whether a shape's outline is drawn."""
    modes = (ctypes.c_int * 2)()
    start = ctypes.addressof(modes)
    return bool(_calls().draw_mode(shape.item, start, start + 4) and modes[1])


def subpaths(shape: Shape) -> list[list[tuple[float, float]]]:
    """Return the points of each part of a path on the page; nothing where it has curves or many.

    A path of a few segments counts as the rectangle that it nearly always is.
    """
    calls = _calls()
    count = calls.segments(shape.item)
    if count <= _OF_RECTANGLE:
        x0, y0, x1, y1 = shape.bounds
        return [[(x0, y0), (x1, y0), (x1, y1), (x0, y1)]]
    if count > _SEGMENTS:
        return []
    matrix = _times(_matrix(shape.item), shape.matrix)
    point = (ctypes.c_float * 2)()
    start = ctypes.addressof(point)
    parts: list[list[tuple[float, float]]] = []
    for index in range(count):
        segment = calls.segment(shape.item, index)
        kind = calls.segment_kind(segment) if segment else _BEZIER_TO
        if kind == _BEZIER_TO or not calls.point(segment, start, start + 4):
            return []
        a, b, c, d, e, f = matrix
        x, y = point
        if kind == _MOVE_TO or not parts:
            parts.append([])
        parts[-1].append((a * x + c * y + e, b * x + d * y + f))
    return parts


def _matrix(item: int) -> _Matrix:
    values = (ctypes.c_float * 6)()
    if not _calls().matrix(item, ctypes.addressof(values)):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    a, b, c, d, e, f = values
    return (a, b, c, d, e, f)


def _times(m: _Matrix, n: _Matrix | None) -> _Matrix:
    """Return the matrix that applies ``m`` and then ``n``."""
    if n is None:
        return m
    a, b, c, d, e, f = m
    return (
        a * n[0] + b * n[2],
        a * n[1] + b * n[3],
        c * n[0] + d * n[2],
        c * n[1] + d * n[3],
        e * n[0] + f * n[2] + n[4],
        e * n[1] + f * n[3] + n[5],
    )


def _moved(bounds: Bounds, matrix: _Matrix) -> Bounds:
    x0, y0, x1, y1 = bounds
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return (min(xs), min(ys), max(xs), max(ys))
