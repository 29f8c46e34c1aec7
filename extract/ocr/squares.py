"""Tick boxes in a scan: small square frames, with or without a mark inside."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from extract.ocr.ink import Bits
from extract.records import record

_SMALLEST, _LARGEST = 6.5, 16.0  # points
_MARKED = 0.05  # share of dark pixels inside the frame that makes the box a ticked one


@record
class Square:
    """A tick box in pixels."""

    x0: int
    y0: int
    x1: int
    y1: int
    ticked: bool


def find_squares(clean: npt.NDArray[np.uint8], dots: float) -> list[Square]:
    """The tick boxes of a page set straight on even white; `dots` pixels are a point."""
    ink = clean < 150
    low, high = int(_SMALLEST * dots), int(_LARGEST * dots)
    tops = _level_runs(ink, low, high)
    found: list[Square] = []
    for i, (y, x0, x1) in enumerate(tops):
        if any(s.x0 - 3 <= x0 <= s.x1 and s.y0 - 3 <= y <= s.y1 + 3 for s in found):
            continue
        for y1, a, b in tops[i + 1 :]:
            if y1 - y > 1.12 * (x1 - x0) + 1:
                break
            if y1 - y < 0.88 * (x1 - x0) - 1 or abs(a - x0) > 4 or abs(b - x1) > 4:
                continue
            if _is_frame(ink, x0, y, x1, y1):
                inside = ink[y + 6 : y1 - 5, x0 + 6 : x1 - 5]
                found.append(Square(x0, y, x1, y1, bool(inside.size and inside.mean() > _MARKED)))
                break
    return found


def _level_runs(ink: Bits, low: int, high: int) -> list[tuple[int, int, int]]:
    """Unbroken runs of ink of a box's width: (row, first, last pixel), top to bottom."""
    edges = np.diff(np.pad(ink, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    ys, starts = np.nonzero(edges == 1)
    _, ends = np.nonzero(edges == -1)
    length = ends - starts
    fit = (length >= low) & (length <= high)
    return [(int(y), int(a), int(b) - 1) for y, a, b in zip(ys[fit], starts[fit], ends[fit], strict=True)]


def _is_frame(ink: Bits, x0: int, y0: int, x1: int, y1: int) -> bool:
    """Both sides drawn, nothing but paper right outside."""
    left = ink[y0 : y1 + 1, x0 : x0 + 4].any(axis=1).mean()
    right = ink[y0 : y1 + 1, max(0, x1 - 3) : x1 + 1].any(axis=1).mean()
    if left < 0.93 or right < 0.93:
        return False
    corners = [ink[y : y + 3, x : x + 3] for y in (y0, y1 - 2) for x in (x0, x1 - 2)]
    if not all(c.any() for c in corners):
        return False  # a round letter
    outside = [
        ink[y0 + 4 : y1 - 3, max(0, x0 - 9) : max(0, x0 - 3)],
        ink[y0 + 4 : y1 - 3, x1 + 4 : x1 + 12],
        ink[max(0, y0 - 6) : max(0, y0 - 3), x0:x1],
    ]
    if any(o.size and o.mean() > 0.08 for o in outside):
        return False
    lining = [  # letters have thicker strokes than a frame
        ink[y0 + 7 : y1 - 6, x0 + 6 : x0 + 8],
        ink[y0 + 7 : y1 - 6, x1 - 8 : x1 - 6],
        ink[y0 + 7 : y0 + 9, x0 + 7 : x1 - 6],
    ]
    if any(o.size and o.mean() > 0.75 for o in lining):
        return False
    width = x1 - x0 + 1
    core = ink[y0 + 5 : y1 - 4, x0 + 5 : x1 - 4]
    return bool(core.size) and width > 12 and float(core.mean()) < 0.6
