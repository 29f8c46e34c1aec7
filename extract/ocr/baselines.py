"""Where lines of print stand in a scan: ink boxes differ from letter to letter, lines do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.ocr.image import ScanImage
from extract.ocr.tesseract import ReadWord

_DARK = 140
_AWAY = 0.55  # of a capital's height: further off, a word is not on its line's baseline
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
    found: dict[tuple[int, int, int], list[tuple[float, float]]] = {}
    for key, members in lines.items():
        base, capital = _line(members, usual)
        found[key] = [(base, capital)]
        for side in (-1, 1):  # Tesseract takes a figure set midway between two lines of a label for a part of either
            away = [own for w in members if (own := _own_base(w, capital)) and side * (own - base) > _AWAY * capital]
            found[key] += [(own, capital) for own in _separate(away, 0.3 * capital)]
    return [min(found[w.line], key=lambda line: abs(_stands(w, line[1]) - line[0])) for w in words]


def _own_base(word: ReadWord, capital: float) -> float | None:
    """The baseline that a word's own ink shows; None for what has no letter or figure."""
    return _stands(word, capital) if any(c.isalnum() for c in word.text) else None


def _stands(word: ReadWord, capital: float) -> float:
    """Where the baseline would be for a word with this ink."""
    letters = set(word.text)
    if not any(c.isalnum() for c in letters):
        return (word.y0 + word.y1) / 2 + (0.05 if word.text == "_" else 0.38) * capital
    below = (
        0.28 if letters & set("gjpqyç") else 0.2 if letters & set("()[]{}|") else 0.14 if letters & set(",;Q") else 0
    )
    return word.y1 - below * capital


def _separate(values: list[float], apart: float) -> list[float]:
    """The middle of each group of values that lie close together."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= apart:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [_median(g) for g in groups]


def _line(words: list[ReadWord], usual: float) -> tuple[float, float]:
    """Baseline and height of capitals of the words that Tesseract took for one line."""
    full = [w for w in words if _full(w)]
    hanging = [w for w in words if set(w.text) & _ABOVE and set(w.text) & _BELOW <= set("gjpqy") and w not in full]
    heights = [w.y1 - w.y0 for w in full for _ in w.text]
    heights += [(w.y1 - w.y0) / 1.28 for w in hanging if not set(w.text) & set("ÅÄÖ") for _ in w.text]
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
