"""Glyphs told by their shape alone: an isolated 0 is a closed ring, a dash a solid bar (Tesseract misses both)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from extract.ocr.ink import DARK, Bits
from extract.ocr.tesseract import ReadWord

_CLEAR, _TOUCHING = 0.2, 0.28  # a dash's least width against a capital's height: on its own, or joined to a digit


def glyph_of(piece: npt.NDArray[np.uint8], capital: float) -> str | None:
    """What a piece of an image (grey on white) surely shows, "0" or "-"; `capital` is the height of a capital."""
    ink = _trimmed(piece < DARK)
    if ink is None:
        return None
    high, wide = ink.shape
    if high <= 0.24 * capital and 1.4 * high <= wide <= 1.6 * capital and wide >= 0.16 * capital:
        return "-" if ink.mean() > 0.6 else None
    if not (0.75 * capital <= high <= 1.3 * capital and 0.42 <= wide / high <= 0.95):
        return None
    return "0" if _is_ring(ink) else None


def opens_with_dash(piece: npt.NDArray[np.uint8], capital: float) -> bool:
    """Whether a piece of an image opens with a dash: a low bar at half height, which the next glyph may touch."""
    ink = _trimmed(piece < DARK)
    if ink is None:
        return False
    tops, bottoms = ink.argmax(axis=0), ink.shape[0] - ink[::-1].argmax(axis=0)
    low = ink.any(axis=0) & (bottoms - tops <= 0.26 * capital)
    wide = int(low.argmin())
    if wide == 0 or low.all():
        return False
    top, bottom = int(tops[:wide].min()), int(bottoms[:wide].max())
    high, middle = bottom - top, (top + bottom - 1) / 2
    least = _TOUCHING if ink[:, wide].any() else _CLEAR
    return high <= 0.26 * capital and wide >= max(1.2 * high, least * capital) and 0.3 <= middle / ink.shape[0] <= 0.8


def with_dash(grey: npt.NDArray[np.uint8], word: ReadWord, capital: float, others: Sequence[ReadWord]) -> ReadWord:
    """The word with a box that takes in the dash right before or behind it, which Tesseract left out."""
    y0, y1, reach = max(0, int(word.y0)), int(word.y1) + 1, int(1.3 * capital)
    left, right = max(0, int(word.x0)), min(grey.shape[1], int(word.x1) + 1)
    before = _adjoining_dash(grey[y0:y1, max(0, left - reach) : left][:, ::-1] < DARK, capital)
    behind = _adjoining_dash(grey[y0:y1, right : right + reach] < DARK, capital)
    for x0, x1 in ((left - before, left), (right, right + behind)):
        if any(
            o.x1 > x0 and o.x0 < x1 and o.y0 < y1 and o.y1 > y0
            for o in others
            if o.line != word.line or o.x0 != word.x0
        ):
            return word  # the dash is a word of its own
    return replace(
        word, x0=float(left - before) if before else word.x0, x1=float(right + behind) if behind else word.x1
    )


def _adjoining_dash(ink: Bits, capital: float) -> int:
    """How many columns from the first one on a dash reaches to, with paper behind it; 0 where there is none."""
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if not columns.size or columns[0] > 0.35 * capital:
        return 0
    high, wide = int(rows[-1] - rows[0]) + 1, int(columns[-1] - columns[0]) + 1
    low = high <= 0.26 * capital and 0.3 <= (rows[0] + rows[-1]) / 2 / len(ink) <= 0.8
    clear = columns[-1] < ink.shape[1] - 0.2 * capital
    fit = max(1.2 * high, _CLEAR * capital) <= wide <= 0.9 * capital
    return int(columns[-1]) + 1 if low and clear and fit else 0


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
