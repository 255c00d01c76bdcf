"""Which pictures a page shows, other than the scan of the page itself. Pure functions."""

from collections.abc import Sequence

from recordsearch.extract.runs import Box

LEAST_SHARE = 0.01
"""Share of the page; smaller ones are logos in a letterhead, bullets, and pieces of rules."""
_SCAN = 0.5
_SCAN_IN_PIECES = 0.8
_TOUCH = 1.5
_MOST = 200


def pictures_shown(pictures: Sequence[Box], width: float, height: float) -> list[Box]:
    """Return the boxes of a page's pictures, pieces that touch joined to one.

    A page over half of which is one picture, or nearly all of which is covered by several, is a
    scan; the pictures upon it are layers of it, and none is returned.
    """
    area = width * height
    if area <= 0:
        return []
    boxes = []
    for x0, top, x1, bottom in pictures[:_MOST]:
        box = (max(0.0, x0), max(0.0, top), min(width, x1), min(height, bottom))
        if box[2] > box[0] and box[3] > box[1]:
            boxes.append(box)
    joined = _joined(boxes)
    if is_scan(boxes, width, height):
        return []
    return [box for box in joined if _area(box) >= LEAST_SHARE * area]


def is_scan(pictures: Sequence[Box], width: float, height: float) -> bool:
    """Tell whether a page's pictures are a scan of the page."""
    areas = [_area(box) for box in pictures]
    area = width * height
    return bool(areas) and (max(areas) >= _SCAN * area or sum(areas) >= _SCAN_IN_PIECES * area)


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Join boxes that touch or overlap."""
    joined: list[Box] = []
    for box in sorted(boxes, key=lambda one: (one[1], one[0])):
        here = box
        apart = []
        for other in joined:
            if _touch(here, other):
                here = (
                    min(here[0], other[0]),
                    min(here[1], other[1]),
                    max(here[2], other[2]),
                    max(here[3], other[3]),
                )
            else:
                apart.append(other)
        joined = [*apart, here]
    return joined


def _touch(a: Box, b: Box) -> bool:
    return (
        a[0] <= b[2] + _TOUCH
        and b[0] <= a[2] + _TOUCH
        and a[1] <= b[3] + _TOUCH
        and b[1] <= a[3] + _TOUCH
    )


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
