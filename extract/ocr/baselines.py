"""Where lines of print stand in a scan: ink boxes differ from letter to letter, lines do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.ocr.image import ScanImage
from extract.ocr.tesseract import ReadWord

_DARK = 140
_USUAL = 28.0  # pixels: capitals of 9-10 point print at 300 dpi, where a page holds no word that tells
_BELOW = set("gjpqy,;Qç()[]{}|_”\"'*-–—")
_ABOVE = set("bdfhklABCDEFGHIJKLMNOPRSTUVWXYZÆØ0123456789")


def tightened(image: ScanImage, words: list[ReadWord]) -> list[ReadWord]:
    """The words with boxes that hold their ink and no margin; Tesseract's are often wider or higher."""
    ink = image.grey < _DARK
    result = []
    for word in words:
        x0, y0 = max(0, int(word.x0)), max(0, int(word.y0))
        crop = ink[y0 : int(word.y1) + 1, x0 : int(word.x1) + 1]
        rows, columns = np.flatnonzero(crop.any(axis=1)), np.flatnonzero(crop.any(axis=0))
        if rows.size and columns.size:
            word = replace(
                word,
                x0=x0 + float(columns[0]),
                y0=y0 + float(rows[0]),
                x1=x0 + float(columns[-1]) + 1,
                y1=y0 + float(rows[-1]) + 1,
            )
        result.append(word)
    return result


def baselines(words: list[ReadWord]) -> list[tuple[float, float]]:
    """For each word its baseline and the height of its capitals, in pixels."""
    lines: dict[tuple[int, int, int], list[ReadWord]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    usual = _median([w.y1 - w.y0 for w in words if _full(w)]) or _USUAL
    found = {key: _line(members, usual) for key, members in lines.items()}
    result = []
    for word in words:
        base, capital = found[word.line]
        below = 0.28 * capital if set(word.text) & set("gjpqyç") else 0.0
        if any(c.isalnum() for c in word.text):
            if abs(word.y1 - below - base) > 0.8 * capital:
                base = word.y1 - below  # Tesseract took words of two lines for one
        elif not base - 1.5 * capital < (word.y0 + word.y1) / 2 < base + 0.4 * capital:
            base = (word.y0 + word.y1) / 2 + capital / 2
        result.append((base, capital))
    return result


def _line(words: list[ReadWord], usual: float) -> tuple[float, float]:
    """Baseline and height of capitals of the words that Tesseract took for one line."""
    full = [w for w in words if _full(w)]
    heights = [w.y1 - w.y0 for w in full for _ in w.text]
    capital = _median(heights) or usual
    if len(heights) < 4 and not 0.75 * usual < capital < 1.33 * usual:
        capital = usual
    standing = [w.y1 for w in words if not set(w.text) & _BELOW for _ in w.text]
    if standing:
        return _median(standing), capital
    letters = [w.y1 - 0.28 * capital for w in words if any(c.isalnum() for c in w.text)]
    middles = [(w.y0 + w.y1) / 2 + capital / 2 for w in words]
    return _median(letters or middles), capital


def _full(word: ReadWord) -> bool:
    """Ink from the baseline to the height of a capital: a letter that rises, none that hangs below."""
    return bool(set(word.text) & _ABOVE) and not set(word.text) & (_BELOW | set("ÅÄÖ"))


def _median(values: list[float]) -> float:
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0
