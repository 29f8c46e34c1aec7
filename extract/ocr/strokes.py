"""Bold print in a scan: strokes thicker, for their height, than the page's usual ones."""

from __future__ import annotations

import numpy as np

from extract.ocr.image import ScanImage
from extract.ocr.tesseract import ReadWord

_REGULAR, _BOLD = 1.02, 1.36  # strokes of regular and bold print against the page's usual ones
_SPREAD = 0.12  # of single letters round these
_CHANGE = 8.0  # the price of a change of weight within a line
_HEAVIEST = 5  # letters of a word that count


def bold_words(image: ScanImage, words: list[ReadWord], capitals: list[float]) -> list[bool]:
    """For each word whether it is bold: the likeliest division of each line into bold and regular words."""
    widths = stroke_widths(image, words, capitals)
    known = sorted(w for w, word in zip(widths, words, strict=True) if w and len(word.text) > 2)
    if not known:
        return [False] * len(words)
    usual = known[len(known) // 3]
    lines: dict[tuple[int, int, int], list[int]] = {}
    for i in sorted(range(len(words)), key=lambda i: words[i].x0):
        lines.setdefault(words[i].line, []).append(i)
    bold = [False] * len(words)
    for members in lines.values():
        prices = [_prices(words[i].text, (widths[i] or usual) / usual) for i in members]
        for i, is_bold in zip(members, division(prices), strict=True):
            bold[i] = is_bold
    return bold


def _prices(text: str, thickness: float) -> tuple[float, float]:
    """How ill a word fits regular and bold print."""
    letters = min(_HEAVIEST, sum(c.isalnum() for c in text))
    return letters * ((thickness - _REGULAR) / _SPREAD) ** 2, letters * ((thickness - _BOLD) / _SPREAD) ** 2


def division(prices: list[tuple[float, float]]) -> list[bool]:
    """The cheapest sequence of regular (False) and bold (True) words."""
    cost = (0.0, 0.0)
    back: list[tuple[bool, bool]] = []
    for regular, bold in prices:
        back.append((cost[1] + _CHANGE < cost[0], cost[1] <= cost[0] + _CHANGE))
        cost = (min(cost[0], cost[1] + _CHANGE) + regular, min(cost[1], cost[0] + _CHANGE) + bold)
    state = cost[1] < cost[0]
    states = []
    for came_from in reversed(back):
        states.append(state)
        state = came_from[state]
    return states[::-1]


def stroke_widths(image: ScanImage, words: list[ReadWord], capitals: list[float]) -> list[float | None]:
    """The mean length of the level runs of ink that each word is made of, as a share of a capital's height."""
    widths: list[float | None] = []
    for word, capital in zip(words, capitals, strict=True):
        crop = image.grey[int(word.y0) : int(word.y1) + 1, int(word.x0) : int(word.x1) + 1] < 128
        starts = int((np.diff(np.pad(crop, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1).sum())
        widths.append(float(crop.sum()) / starts / capital if starts and capital else None)
    return widths
