"""Figures are read a second time: alone, larger, and as digits only.

Tesseract's Danish model takes an isolated 0 for "(9)" and a dash for nothing.  All words that look like figures are
set under each other on one strip and read again with digits and signs only.  Two readings that agree are trusted;
where they differ the better one is kept, with little confidence and the other as its alternative.
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image

from extract.ocr.image import DPI, ScanImage
from extract.ocr.tesseract import ReadWord, read_words

_FIGURE = re.compile(r"^[-–−(]?\d{1,3}(?:\.\d{3})*(?:,\d+)?[)%*-]?$|^[-–−(]?\d+(?:,\d+)?[)%*-]?$|^[-–—]$")
_MAYBE = re.compile(r"^[\d.,()\[\]{}\-–—−=~_|OoIlSsBZzDQg°%*'’:;/]{1,14}$")
_SYMBOL = re.compile(r"^\(?(?:[-–—−=~_]{1,2}|[OoQD]|O[,.]\d)\)?$")
_SINGLE = re.compile(r"^[(\[{]\d[)\]}]$")  # how an isolated 0 is often misread
_CHARACTERS = "0123456789.,-%"
_STRIP_GAP = 34
_MARGIN = 7
_SCALE = 1.35


def reread_figures(image: ScanImage, words: list[ReadWord]) -> list[ReadWord]:
    """The words, those that look like figures read twice."""
    chosen = [i for i, w in enumerate(words) if _is_candidate(w)]
    if not chosen:
        return words
    again = _second_reading(image, [words[i] for i in chosen])
    result = list(words)
    for i, other in zip(chosen, again, strict=True):
        result[i] = _settle(words[i], other)
    return result


def _is_candidate(word: ReadWord) -> bool:
    if not _MAYBE.match(word.text):
        return False
    return any(c.isdigit() for c in word.text) or bool(_SYMBOL.match(word.text))


def _settle(word: ReadWord, other: tuple[str, float] | None) -> ReadWord:
    first_is = bool(_FIGURE.match(word.text)) and not _SINGLE.match(word.text)
    if other is None or not _FIGURE.match(other[0]):
        return word if first_is else replace(word, confidence=min(word.confidence, 0.4))
    text, confidence = other
    if text in (word.text, word.text.strip("()")) and first_is:
        return replace(word, confidence=1 - (1 - word.confidence) * (1 - confidence))
    if not first_is:
        return replace(word, text=text, confidence=min(confidence, 0.92), alternatives=())
    if confidence > word.confidence:
        return replace(word, text=text, confidence=0.5 * confidence, alternatives=(word.text,))
    return replace(word, confidence=0.5 * word.confidence, alternatives=(text,))


def _second_reading(image: ScanImage, words: list[ReadWord]) -> list[tuple[str, float] | None]:
    pieces = [_crop(image, w) for w in words]
    width = max(p.shape[1] for p in pieces) + 2 * _STRIP_GAP
    height = sum(p.shape[0] + _STRIP_GAP for p in pieces) + _STRIP_GAP
    strip = np.full((height, width), 255, dtype=np.uint8)
    spans = []
    y = _STRIP_GAP
    for piece in pieces:
        strip[y : y + piece.shape[0], _STRIP_GAP : _STRIP_GAP + piece.shape[1]] = piece
        spans.append((y, y + piece.shape[0]))
        y += piece.shape[0] + _STRIP_GAP
    read = read_words(strip, DPI, 6, _CHARACTERS)
    found: list[tuple[str, float] | None] = []
    for top, bottom in spans:
        inside = sorted((w for w in read if top - 8 <= (w.y0 + w.y1) / 2 <= bottom + 8), key=lambda w: w.x0)
        found.append(("".join(w.text for w in inside), min(w.confidence for w in inside)) if inside else None)
    return found


def _crop(image: ScanImage, word: ReadWord) -> npt.NDArray[np.uint8]:
    y0, y1 = max(0, int(word.y0) - _MARGIN), min(image.height, int(word.y1) + _MARGIN)
    x0, x1 = max(0, int(word.x0) - _MARGIN), min(image.width, int(word.x1) + _MARGIN)
    piece = image.grey[y0:y1, x0:x1]
    size = (max(1, int(piece.shape[1] * _SCALE)), max(1, int(piece.shape[0] * _SCALE)))
    return np.asarray(Image.fromarray(piece).resize(size, Image.Resampling.BICUBIC))
