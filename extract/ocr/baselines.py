"""Where lines of print stand in a scan: ink boxes differ from letter to letter, lines do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extract.ocr.image import ScanImage
from extract.ocr.ink import DARK, Bits, runs
from extract.ocr.tesseract import ReadWord

_AWAY = 0.42  # of a capital's height: further off, a word is not on its neighbour's baseline
_LEVEL = 0.3  # of a capital's height: baselines as close as this are one
_APART = 1.3  # of a capital's height: a gap as wide as this parts what stands on one line
_TWO_LINES = 1.55  # capitals' heights: a word's box as high as this may hold two lines of print
_USUAL = 28.0  # pixels: capitals of 9-10 point print at 300 dpi, where a page holds no word that tells
_BELOW = set("gjpqy,;Qç()[]{}|_”\"'*-–—")
_TAILS, _TAILED = set("gjpqy"), 1.28  # letters with a tail, and the height of ink with one in capitals
_HIGHER = set("ÅÄÖ")
_ABOVE = set("bdfhklABCDEFGHIJKLMNOPRSTUVWXYZÆØ0123456789")


def tightened(image: ScanImage, words: list[ReadWord]) -> list[ReadWord]:
    """The words with boxes that hold their ink and no margin; Tesseract's are often wider or higher."""
    ink = image.grey < DARK
    usual = median([w.y1 - w.y0 for w in words if _full(w)]) or _USUAL
    result = []
    for word in words:
        x0, y0 = max(0, int(word.x0)), max(0, int(word.y0))
        crop = ink[y0 : int(word.y1) + 1, x0 : int(word.x1) + 1]
        top, bottom = _band(crop, usual)
        columns = np.flatnonzero(crop[top:bottom].any(axis=0))
        if columns.size:
            word = replace(
                word,
                x0=x0 + float(columns[0]),
                y0=y0 + float(top),
                x1=x0 + float(columns[-1]) + 1,
                y1=y0 + float(bottom),
            )
        result.append(word)
    return result


def _band(crop: Bits, usual: float) -> tuple[int, int]:
    """The rows (first, last + 1) that hold a word's ink: the fullest line of print where the box holds two."""
    inked: Bits = np.asarray(crop.any(axis=1))
    rows = np.flatnonzero(inked)
    if not rows.size:
        return 0, 0
    if len(crop) > _TWO_LINES * usual:
        lines = [band for band in runs(inked) if band[1] - band[0] >= 0.6 * usual]
        if len(lines) > 1:
            top, bottom = max(lines, key=lambda band: int(crop[band[0] : band[1]].sum()))
            return top, bottom
    return int(rows[0]), int(rows[-1]) + 1


def baselines(words: list[ReadWord]) -> list[tuple[float, float]]:
    """For each word its baseline and the height of its capitals, in pixels."""
    usual = median([w.y1 - w.y0 for w in words if _full(w)]) or _USUAL
    phrases = _phrases(words, usual)
    own = [_line([words[i] for i in run], usual) for run in phrases]
    result = [(0.0, usual)] * len(words)
    row: list[int] = []
    for k in [*sorted(range(len(phrases)), key=lambda k: own[k][0]), None]:
        if k is not None and (not row or own[k][0] - own[row[0]][0] <= _LEVEL * usual):
            row.append(k)
            continue
        shared = median([own[j][0] for j in row for _ in phrases[j]])
        for j in row:
            for i in phrases[j]:
                result[i] = (shared, own[j][1])
        row = [] if k is None else [k]
    return result


def _phrases(words: list[ReadWord], capital: float) -> list[list[int]]:
    """The words that follow each other closely on one baseline, whatever lines Tesseract put them in."""
    open_: list[list[int]] = []
    done: list[list[int]] = []
    for i in sorted(range(len(words)), key=lambda i: words[i].x0):
        word = words[i]
        stands = _stands(word, capital)
        still = [r for r in open_ if word.x0 - words[r[-1]].x1 < _APART * capital]
        done += [r for r in open_ if r not in still]
        open_ = still
        fit = [r for r in open_ if abs(_stands(words[r[-1]], capital) - stands) <= _AWAY * capital]
        if fit:
            min(fit, key=lambda r: abs(_stands(words[r[-1]], capital) - stands)).append(i)
        else:
            open_.append([i])
    return done + open_


def _stands(word: ReadWord, capital: float) -> float:
    """Where the baseline would be for a word with this ink."""
    letters = set(word.text)
    if not word.lettered:
        return (word.y0 + word.y1) / 2 + (0.05 if word.text == "_" else 0.38) * capital
    below = (
        0.28 if letters & set("gjpqyç") else 0.2 if letters & set("()[]{}|") else 0.14 if letters & set(",;Q") else 0
    )
    return word.y1 - below * capital


def _line(words: list[ReadWord], usual: float) -> tuple[float, float]:
    """Baseline and height of capitals of words that stand on one line."""
    heights = [height for w in words if (height := _capital(w)) is not None for _ in w.text]
    capital = median(heights) or usual
    if len(heights) < 4 and not 0.75 * usual < capital < 1.33 * usual:
        capital = usual
    standing = [w.y1 for w in words if not set(w.text) & _BELOW for _ in w.text]
    if standing:
        return median(standing), capital
    lettered = [w for w in words if w.lettered]
    return median([_stands(w, capital) for w in lettered or words]), capital


def _capital(word: ReadWord) -> float | None:
    """The height of a capital, where a word's ink tells it: a letter rises, and none hangs below but a long tail."""
    letters = set(word.text)
    if not letters & _ABOVE or letters & _HIGHER or letters & _BELOW - _TAILS:
        return None
    return (word.y1 - word.y0) / (_TAILED if letters & _TAILS else 1)


def _full(word: ReadWord) -> bool:
    """Ink from the baseline to the height of a capital: a letter that rises, none that hangs below."""
    return bool(set(word.text) & _ABOVE) and not set(word.text) & (_BELOW | _HIGHER)


def median(values: list[float]) -> float:
    """The middle one; 0 of none."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2] if ordered else 0.0
