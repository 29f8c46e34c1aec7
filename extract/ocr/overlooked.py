"""Ink that Tesseract passed over: pieces in a line's height that no word covers, such as a lone 0 or dash in a cell."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from extract.ocr.image import ScanImage
from extract.ocr.ink import DARK, Bits, runs
from extract.ocr.tesseract import ReadWord

_LEADING = 2.6  # capitals' heights from one line of a text to the next, at most
_LONGEST = 7.0  # capitals' heights: a figure, no drawing

_Band = tuple[float, float, tuple[int, int, int]]  # baseline, height of capitals, Tesseract's line


def overlooked(image: ScanImage, words: list[ReadWord], lines: list[tuple[float, float]]) -> list[ReadWord]:
    """The pieces as words without text; `lines` are each word's baseline and height of capitals, in pixels."""
    ink: Bits = image.grey < DARK
    for word in words:
        ink[max(0, int(word.y0) - 4) : int(word.y1) + 5, max(0, int(word.x0) - 4) : int(word.x1) + 5] = False
    found: list[ReadWord] = []
    bands: list[_Band] = []
    for word, (base, capital) in zip(words, lines, strict=True):
        if all(abs(base - b) > 0.5 * capital for b, _, _ in bands):
            bands.append((base, capital, word.line))
    for number, (base, capital, line) in enumerate([*bands, *_between(bands)]):
        top, bottom = max(0, int(base - 1.2 * capital)), min(ink.shape[0], int(base + 0.25 * capital))
        if bottom - top < 4:
            continue
        for x0, x1 in _pieces(np.asarray(ink[top:bottom].any(axis=0)), 0.4 * capital):
            rows = np.flatnonzero(ink[top:bottom, x0:x1].any(axis=1))
            y0, y1 = top + int(rows[0]), top + int(rows[-1]) + 1
            digits = 0.75 * capital <= y1 - y0 <= 1.35 * capital and y1 < bottom
            on_line = number < len(bands)  # between two lines of prose hang commas, which look like dashes
            dash = on_line and 3 <= y1 - y0 <= 0.26 * capital and 1.4 * (y1 - y0) <= x1 - x0 <= 1.6 * capital
            if (digits or dash) and x1 - x0 <= _LONGEST * capital and _stands_clear(ink, x0, y0, x1, y1):
                found.append(ReadWord("", x0, y0, x1 - 1, y1 - 1, 0.0, line))
    return found


def _between(bands: list[_Band]) -> list[_Band]:
    """The bands midway between two lines of one text: beside a label of two lines a figure may stand in the middle."""
    ordered = sorted(bands)
    return [
        ((above + below) / 2, capital, line)
        for (above, capital, line), (below, _, _) in pairwise(ordered)
        if below - above <= _LEADING * capital
    ]


def _pieces(inked: Bits, gap: float) -> list[tuple[int, int]]:
    pieces: list[list[int]] = []
    for start, end in runs(inked):
        if pieces and start - pieces[-1][1] < gap:
            pieces[-1][1] = end
        else:
            pieces.append([start, end])
    return [(a, b) for a, b in pieces if b - a >= 3]


def _stands_clear(ink: Bits, x0: int, y0: int, x1: int, y1: int) -> bool:
    """Paper all round it: no part of something larger."""
    above, below = ink[max(0, y0 - 5) : y0, x0:x1], ink[y1 : y1 + 5, x0:x1]
    return not above.any() and not below.any()
