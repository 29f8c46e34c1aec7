"""Glyphs told by their shape alone: an isolated 0 is a closed ring, a dash a solid bar (Tesseract misses both)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.bool_]

_DARK = 140


def glyph_of(piece: npt.NDArray[np.uint8], capital: float) -> str | None:
    """What a piece of an image (grey on white) surely shows, "0" or "-"; `capital` is the height of a capital."""
    ink = _trimmed(piece < _DARK)
    if ink is None:
        return None
    high, wide = ink.shape
    if high <= 0.24 * capital and 1.4 * high <= wide <= 1.6 * capital and wide >= 0.16 * capital:
        return "-" if ink.mean() > 0.6 else None
    if not (0.75 * capital <= high <= 1.3 * capital and 0.42 <= wide / high <= 0.95):
        return None
    return "0" if _is_ring(ink) else None


def opens_with_dash(piece: npt.NDArray[np.uint8], capital: float) -> bool:
    """Whether the first glyph of a piece of an image is a dash: a low bar at half height, clear of what follows."""
    ink = _trimmed(piece < _DARK)
    if ink is None:
        return False
    gaps = np.flatnonzero(~ink.any(axis=0))
    if not gaps.size:
        return False
    rows = np.flatnonzero(ink[:, : gaps[0]].any(axis=1))
    high, middle = int(rows[-1] - rows[0]) + 1, float(rows[0] + rows[-1]) / 2
    return high <= 0.26 * capital and gaps[0] >= 1.2 * high and 0.3 <= middle / ink.shape[0] <= 0.8


def _trimmed(ink: Bits) -> Bits | None:
    """The box of the ink; None where there is none, or specks make it up."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not rows.size or not columns.size:
        return None
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _is_ring(ink: Bits) -> bool:
    """One hole that fills the middle, its two halves alike from left to right and from top to bottom."""
    outside = _reached(~np.pad(ink, 1))[1:-1, 1:-1]
    hole = ~ink & ~outside
    if not hole.any():
        return False
    rows, columns = np.flatnonzero(hole.any(axis=1)), np.flatnonzero(hole.any(axis=0))
    tall = (rows[-1] - rows[0] + 1) / ink.shape[0]
    broad = (columns[-1] - columns[0] + 1) / ink.shape[1]
    if tall < 0.54 or broad < 0.2 or hole[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1].mean() < 0.62:
        return False
    if ink[:, ink.shape[1] // 2][rows[0] : rows[-1] + 1].any():
        return False  # a bar through the middle: 8, e, B
    unlike = (ink != ink[:, ::-1]).mean(), (ink != ink[::-1]).mean()
    corners = (ink[0, 0], ink[0, -1], ink[-1, 0], ink[-1, -1])
    return max(unlike) < 0.2 and not any(corners)


def _reached(free: Bits) -> Bits:
    """What of the free area hangs together with the top left corner."""
    seen = np.zeros_like(free)
    seen[0, 0] = True
    while True:
        grown = seen.copy()
        grown[1:] |= seen[:-1]
        grown[:-1] |= seen[1:]
        grown[:, 1:] |= seen[:, :-1]
        grown[:, :-1] |= seen[:, 1:]
        grown &= free
        if (grown == seen).all():
            return seen
        seen = grown
