"""Figures are read a second time: alone, larger, and as digits only.

Tesseract's Danish model takes an isolated 0 for "(9)" and a dash for nothing.  All words that look like figures are
set under each other on one strip and read again with digits and signs only; a lone 0 or dash is told by its shape.
Two readings that agree are trusted; where they differ the better one is kept, with little confidence and the other as
its alternative.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt
from PIL import Image

from extract.ocr.image import ScanImage
from extract.ocr.shapes import glyph_of, opens_with_dash
from extract.ocr.tesseract import ReadWord, read_words

_FIGURE = re.compile(r"^[-–−(]?\d{1,3}(?:\.\d{3})*(?:,\d+)?[)%*-]?$|^[-–−(]?\d+(?:,\d+)?[)%*-]?$|^[-–—_]$")
_MAYBE = re.compile(r"^[\d.,()\[\]{}\-–—−=~_|OoIlSsBZzDQg°%*'’:;/+]{1,14}$")
_THOUSANDS = re.compile(r"^[-–−]?[1-9]\d{0,2}(?:[.,]\d{3})*,\d{3}$")
_SYMBOL = re.compile(r"^\(?(?:[-–—−=~_]{1,2}|[OoQDØøeECcU]|O[,.]\d)\)?$")
_SINGLE = re.compile(r"^[(\[{]\d[)\]}]$")  # how an isolated 0 is often misread
_CHARACTERS = "0123456789.,-%()"
_LINES = 6
_STRIP_GAP = 34
_MARGIN = 7
_SCALE = 1.35
_CODE = re.compile(r"^[(]?[A-HJ-NP-ZÆØÅ]")  # "B04" names something, whatever its letters look like
_SURE_ENOUGH = 0.7  # of a piece that only the second reading saw
_BY_SHAPE = 0.97

_SIGNS = "-–−—"

Reading = tuple[str, float, bool]  # text, confidence, told by shape


def reread_figures(
    image: ScanImage, words: list[ReadWord], capitals: list[float], passed_over: list[ReadWord]
) -> list[ReadWord]:
    """The words, those that look like figures read twice, and what was passed over and is a figure.

    `capitals` is the height of a capital beside each word, in pixels.
    """
    chosen = [i for i, w in enumerate(words) if is_candidate(w)]
    pieces = [words[i] for i in chosen] + passed_over
    if not pieces:
        return words
    usual = float(np.median(capitals)) if capitals else 28.0
    heights = [capitals[i] for i in chosen] + [usual] * len(passed_over)
    again = _second_reading(image, pieces, heights)
    result = list(words)
    for i, other in zip(chosen, again[: len(chosen)], strict=True):
        signed = partial(_signed, image, words[i], capitals[i])
        result[i] = _with_sign(_grouped(settle(words[i], other, signed)), signed)
    for piece, other in zip(passed_over, again[len(chosen) :], strict=True):
        if other is not None and _FIGURE.match(other[0]) and (other[2] or other[1] >= _SURE_ENOUGH):
            sure = other[1] if other[2] else 0.45
            result.append(replace(piece, text=other[0], confidence=sure))
    return result


def _signed(image: ScanImage, word: ReadWord, capital: float) -> bool:
    return opens_with_dash(_crop(image, word, 2), capital)


def _with_sign(word: ReadWord, signed: Callable[[], bool]) -> ReadWord:
    """The figure with the minus that both readings missed and the pixels show."""
    if not word.text[:1].isdigit() or not _FIGURE.match(word.text) or not signed():
        return word
    return replace(word, text=f"-{word.text}", confidence=min(word.confidence, 0.48), alternatives=(word.text,))


def _grouped(word: ReadWord) -> ReadWord:
    """A comma before three digits is a full stop misread, more likely than three decimals."""
    if not _THOUSANDS.match(word.text):
        return word
    return replace(
        word, text=word.text.replace(",", "."), confidence=min(word.confidence, 0.48), alternatives=(word.text,)
    )


def is_candidate(word: ReadWord) -> bool:
    """Whether a word may be a figure, so that it is read a second time."""
    if _SYMBOL.match(word.text):
        return True
    return bool(_MAYBE.match(word.text)) and any(c.isdigit() for c in word.text) and not _CODE.match(word.text)


def settle(word: ReadWord, other: Reading | None, signed: Callable[[], bool]) -> ReadWord:
    """The word as its two readings make it out; `signed` tells whether it opens with a dash, from the pixels."""
    first_is = bool(_FIGURE.match(word.text)) and not _SINGLE.match(word.text)
    if other is None or not _FIGURE.match(other[0]):
        letters = any(c.isalpha() for c in word.text)
        return word if first_is or letters else replace(word, confidence=min(word.confidence, 0.4))
    text, confidence, by_shape = other
    if by_shape:
        if text == "-" and word.text in ("_", "–", "—", "-"):
            return replace(word, confidence=max(word.confidence, confidence))
        doubt = word.text if first_is and word.text != text and word.confidence > 0.8 else ""
        return replace(word, text=text, confidence=0.8 if doubt else confidence, alternatives=(doubt,) if doubt else ())
    if not first_is and word.text.isalpha() and word.confidence > 0.6:
        return word  # a short word in letters, such as an "e"
    if text in (word.text, word.text.strip("()")) and first_is:
        return replace(word, confidence=1 - (1 - word.confidence) * (1 - confidence))
    if first_is and text.lstrip(_SIGNS) == word.text.lstrip(_SIGNS):  # only the sign is in doubt: its shape tells
        right = text if text[0] in _SIGNS else word.text
        wrong = text.lstrip(_SIGNS)
        if not signed():
            right, wrong = wrong, right
        return replace(word, text=right, confidence=min(0.9, max(word.confidence, confidence)), alternatives=(wrong,))
    if not first_is:
        return replace(word, text=text, confidence=0.5 * min(confidence, 0.96), alternatives=())
    if confidence > word.confidence:
        return replace(word, text=text, confidence=0.48 * confidence, alternatives=(word.text,))
    return replace(word, confidence=0.48 * word.confidence, alternatives=(text,))


def _second_reading(image: ScanImage, words: list[ReadWord], capitals: list[float]) -> list[Reading | None]:
    found: list[Reading | None] = [None] * len(words)
    pieces: list[tuple[int, npt.NDArray[np.uint8]]] = []
    for i, (word, capital) in enumerate(zip(words, capitals, strict=True)):
        glyph = glyph_of(_crop(image, word, 2), capital)
        if glyph is not None:
            found[i] = (glyph, _BY_SHAPE, True)
        else:
            piece = _crop(image, word, _MARGIN)
            size = (max(1, int(piece.shape[1] * _SCALE)), max(1, int(piece.shape[0] * _SCALE)))
            pieces.append((i, np.asarray(Image.fromarray(piece).resize(size, Image.Resampling.BICUBIC))))
    if not pieces:
        return found
    width = max(p.shape[1] for _, p in pieces) + 2 * _STRIP_GAP
    height = sum(p.shape[0] + _STRIP_GAP for _, p in pieces) + _STRIP_GAP
    strip = np.full((height, width), 255, dtype=np.uint8)
    spans = []
    y = _STRIP_GAP
    for i, piece in pieces:
        strip[y : y + piece.shape[0], _STRIP_GAP : _STRIP_GAP + piece.shape[1]] = piece
        spans.append((i, y, y + piece.shape[0]))
        y += piece.shape[0] + _STRIP_GAP
    read = read_words(strip, image.dpi, _LINES, _CHARACTERS)
    for i, top, bottom in spans:
        inside = sorted((w for w in read if top - 8 <= (w.y0 + w.y1) / 2 <= bottom + 8), key=lambda w: w.x0)
        if inside:
            found[i] = ("".join(w.text for w in inside), min(w.confidence for w in inside), False)
    return found


def _crop(image: ScanImage, word: ReadWord, margin: int) -> npt.NDArray[np.uint8]:
    y0, y1 = max(0, int(word.y0) - margin), min(image.height, int(word.y1) + margin + 1)
    x0, x1 = max(0, int(word.x0) - margin), min(image.width, int(word.x1) + margin + 1)
    return image.grey[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
