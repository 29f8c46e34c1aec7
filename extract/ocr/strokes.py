"""Bold print in a scan: strokes thicker than the page's usual ones."""

from __future__ import annotations

import numpy as np

from extract.ocr.image import ScanImage
from extract.ocr.tesseract import ReadWord

_THICKER = 1.27


def bold_words(image: ScanImage, words: list[ReadWord]) -> list[bool]:
    """For each word whether its strokes are bold against the page's median word."""
    widths = [_stroke(image, w) for w in words]
    known = sorted(w for w, word in zip(widths, words, strict=True) if w and len(word.text) > 2)
    if not known:
        return [False] * len(words)
    usual = known[len(known) // 3]
    return [w is not None and w > _THICKER * usual for w in widths]


def _stroke(image: ScanImage, word: ReadWord) -> float | None:
    """The mean length of the horizontal runs of ink that a word is made of, in pixels."""
    crop = image.grey[int(word.y0) : int(word.y1) + 1, int(word.x0) : int(word.x1) + 1] < 128
    if crop.size == 0:
        return None
    starts = int((np.diff(np.pad(crop, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1).sum())
    return float(crop.sum()) / starts if starts else None
