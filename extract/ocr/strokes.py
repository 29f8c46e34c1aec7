"""Bold print in a scan: strokes thicker, for their height, than the page's usual ones."""

from __future__ import annotations

import numpy as np

from extract.ocr.image import ScanImage
from extract.ocr.tesseract import ReadWord

_THICKER = 1.24
_TOGETHER = 1.6  # capitals' heights: words no further apart are weighed together


def bold_words(image: ScanImage, words: list[ReadWord], capitals: list[float]) -> list[bool]:
    """For each word whether its strokes are bold against the page's usual word."""
    widths = stroke_widths(image, words, capitals)
    known = sorted(w for w, word in zip(widths, words, strict=True) if w and len(word.text) > 2)
    if not known:
        return [False] * len(words)
    usual = known[len(known) // 3]
    own = [w is not None and w > _THICKER * usual for w in widths]
    order = sorted(range(len(words)), key=lambda i: (words[i].line, words[i].x0))
    result = list(own)
    for at, i in enumerate(order):
        word = words[i]
        beside = [
            j
            for j in (*order[max(0, at - 2) : at], *order[at + 1 : at + 3])
            if words[j].line == word.line
            and max(words[j].x0 - word.x1, word.x0 - words[j].x1) < _TOGETHER * capitals[i] * (1 + len(word.text) / 4)
        ]
        alike = [j for j in beside if own[j] == own[i]]
        weak = len(word.text) < 4 or abs((widths[i] or usual) / usual - _THICKER) < 0.06
        if beside and not alike and (weak or len(beside) > 2):
            result[i] = not own[i]
    return result


def stroke_widths(image: ScanImage, words: list[ReadWord], capitals: list[float]) -> list[float | None]:
    """The mean length of the level runs of ink that each word is made of, as a share of a capital's height."""
    widths: list[float | None] = []
    for word, capital in zip(words, capitals, strict=True):
        crop = image.grey[int(word.y0) : int(word.y1) + 1, int(word.x0) : int(word.x1) + 1] < 128
        starts = int((np.diff(np.pad(crop, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1).sum())
        widths.append(float(crop.sum()) / starts / capital if starts and capital else None)
    return widths
