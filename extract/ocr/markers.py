"""Footnote markers at figures: raised and smaller, so that "1.747" with marker 1 never reads as 17.471."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from extract.ocr.ink import DARK, Bits, runs
from extract.ocr.tesseract import ReadWord
from extract.page.model import raised

_LIFTED = 0.3  # share of the word's height that stays free below a marker, at least
_NO_DIGITS = "!?¹²³\"'*”’“°)"  # what Tesseract takes a raised digit for
_BESIDE = 0.7  # capitals' heights from a figure to its marker, at most
_FIGURES = frozenset("0123456789-–—")
_HIGH = (0.35, 0.75)  # a marker's height, as a share of a capital's


def without_marker(grey: npt.NDArray[np.uint8], word: ReadWord, capital: float) -> tuple[ReadWord, str]:
    """The word without a raised marker at its end, and the marker ("" where there is none or it is not known)."""
    x0, y0, y1 = int(word.x0), int(word.y0), int(word.y1) + 1
    ink = grey[y0:y1, x0 : int(word.x1) + 1] < DARK
    glyphs = _glyphs(ink)
    first = len(glyphs)
    while first > 1 and _is_raised(glyphs[first - 1], ink.shape[0], capital):
        first -= 1
    if first == len(glyphs) or len(word.text) < 2:
        return word, ""
    kept = word.text.rstrip(_NO_DIGITS)
    if kept == word.text:
        kept = word.text[: max(1, len(word.text) - (len(glyphs) - first))]
    marker = word.text[len(kept) :]
    known = marker == "*" or marker.isdigit()
    return replace(word, text=kept, x1=x0 + glyphs[first - 1][1] - 1.0), raised(marker) if known else ""


def with_markers(words: list[ReadWord], lines: list[tuple[float, float]]) -> list[ReadWord]:
    """The words, a raised digit that was read as a word of its own joined to the figure or nil right before it.

    `lines` are each word's baseline and height of capitals, in pixels.
    """
    joined = list(words)
    gone: set[int] = set()
    for i, marker in enumerate(words):
        if not marker.text.isdigit() or len(marker.text) > 2:
            continue
        for k, (before, (base, capital)) in enumerate(zip(words, lines, strict=True)):
            beside = -1 <= marker.x0 - before.x1 <= _BESIDE * capital
            small = _HIGH[0] * capital <= marker.y1 - marker.y0 <= _HIGH[1] * capital
            if beside and small and _LIFTED * capital <= base - marker.y1 <= capital and before.text[-1:] in _FIGURES:
                joined[k] = replace(before, text=before.text + raised(marker.text))
                gone.add(i)
    return [w for i, w in enumerate(joined) if i not in gone]


def _glyphs(ink: Bits) -> list[tuple[int, int, int, int]]:
    """The pieces of ink from left to right that paper parts: first and last column, first and last row (exclusive)."""
    found = []
    for a, b in runs(np.asarray(ink.any(axis=0))):
        rows = np.flatnonzero(ink[:, a:b].any(axis=1))
        found.append((a, b, int(rows[0]), int(rows[-1]) + 1))
    return found


def _is_raised(glyph: tuple[int, int, int, int], height: int, capital: float) -> bool:
    _, _, top, bottom = glyph
    return (
        top <= 0.2 * capital
        and bottom <= (1 - _LIFTED) * height
        and (_HIGH[0] * capital <= bottom - top <= _HIGH[1] * capital)
    )
