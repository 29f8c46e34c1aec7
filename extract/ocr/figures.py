"""Figures are read a second time, and where the two readings differ a third time: alone, larger, as digits only.

Tesseract's Danish model takes an isolated 0 for "(9)" and a dash for nothing.  All words that look like figures are
set under each other on one strip and read again with digits and signs only; a lone 0 or dash is told by its shape.
Two readings that agree are trusted; where all differ the best one is kept, with little confidence and another as its
alternative.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import numpy.typing as npt

from extract.ocr.baselines import median
from extract.ocr.image import ScanImage
from extract.ocr.markers import without_marker
from extract.ocr.shapes import glyph_of, opens_with_dash, with_dash
from extract.ocr.strips import read_strip
from extract.ocr.tesseract import ReadWord
from lexicon.figures import GROUPED

_FIGURE = re.compile(rf"^[-–−(]?(?:{GROUPED}|\d+)(?:,\d+)?[)%*-]?$|^[-–—_]$")
_MAYBE = re.compile(r'^[\d.,()\[\]{}\-–—−=~_|OoIlSsBZzDQg°%*\'’"”“!?¹²³:;/+]{1,14}$')
_THOUSANDS = re.compile(r"^[-–−]?[1-9]\d{0,2}(?:[.,]\d{3})*,\d{3}$")
_STOP, _COMMA = re.compile(r"\d\.\d{3}\D?$"), re.compile(r"\d,\d{3}\D?$")
_SYMBOL = re.compile(r"^\(?(?:[-–−—=~_]{1,2}|[OoQDØøeECcU]|O[,.]\d)\)?$")
_SINGLE = re.compile(r"^[(\[{]\d[)\]}]$")  # how an isolated 0 is often misread
_MINUS = re.compile(r"^[-–−—~_]+(?=\d)")  # before a digit every bar is a minus, and two are one
_CODE = re.compile(r"^[(]?[A-HJ-NP-ZÆØÅ]")  # "B04" names something, whatever its letters look like
_MARGIN = 7
_SECOND, _THIRD = 1.35, 1.9  # how much larger a figure is set to be read again
_LEAST_SEEN = 0.34  # of a piece that the first reading passed over
_BY_SHAPE = 0.97
_DOUBTFUL = 0.5  # below it a figure is read a third time
_OUTVOTED = 0.9  # two of three readings
_SURE_READING = 0.8  # of a reading that its shape contradicts
_SURE_LETTERS = 0.6  # of a reading that is no figure
_SIGN_SEEN = 0.85  # a minus that only the pixels show

_SIGNS = "-–−—"

Reading = tuple[str, float, bool]  # text, confidence, told by shape


def reread_figures(
    image: ScanImage, words: list[ReadWord], capitals: list[float], passed_over: list[ReadWord]
) -> list[ReadWord]:
    """The words, those that look like figures read again, and what was passed over and is a figure.

    `capitals` is the height of a capital beside each word, in pixels.
    """
    chosen = [i for i, w in enumerate(words) if is_candidate(w)]
    cut = [without_marker(image.grey, words[i], capitals[i]) for i in chosen]
    pieces = [
        with_dash(image.grey, replace(w, text=_MINUS.sub("-", w.text)), capitals[i], words)
        for i, (w, _) in zip(chosen, cut, strict=True)
    ]
    passed_over = [p for p in passed_over if not _is_held(p, pieces)]
    pieces += passed_over
    heights = [capitals[i] for i in chosen] + [median(capitals)] * len(passed_over)
    stops = prints_stops([w.text for w in pieces])
    again = _second_reading(image, pieces, heights)
    settled = [
        _with_sign(
            _grouped(settle(piece, other, partial(_signed, image, piece, capital)), stops), image, piece, capital
        )
        for piece, other, capital in zip(pieces, again, heights, strict=True)
    ]
    _third_reading(image, pieces, again, settled, heights, stops)
    result = list(words)
    for i, word, (_, marker) in zip(chosen, settled, cut, strict=False):
        result[i] = replace(word, text=word.text + marker) if _FIGURE.match(word.text) else words[i]
    return result + [w for w in settled[len(chosen) :] if w.text and w.confidence >= _LEAST_SEEN]


def _third_reading(
    image: ScanImage,
    pieces: list[ReadWord],
    again: list[Reading | None],
    settled: list[ReadWord],
    capitals: list[float],
    stops: bool,
) -> None:
    """Reads what two readings left in doubt a third time, larger, and settles it where two of the three agree."""
    doubtful = [k for k, w in enumerate(settled) if w.confidence < _DOUBTFUL and _unsure(pieces[k], again[k])]
    third = read_strip([_crop(image, pieces[k], _MARGIN) for k in doubtful], image.dpi, _THIRD)
    for k, last in zip(doubtful, third, strict=True):
        piece, second, capital = pieces[k], again[k], capitals[k]
        readings = [piece.text, second[0] if second else "", _MINUS.sub("-", last[0]) if last else ""]
        readings = [_stopped(t) for t in readings] if stops else readings
        voted = outvoted(settled[k], readings, partial(_signed, image, piece, capital))
        settled[k] = _with_sign(voted, image, piece, capital)


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
        return _settled_shape(word, text, confidence, first_is)
    if not first_is:
        if word.text.isalpha() and word.confidence > _SURE_LETTERS:
            return word  # a short word in letters, such as an "e"
        return replace(word, text=text, confidence=0.5 * min(confidence, 0.96), alternatives=())
    if text in (word.text, word.text.strip("()")):
        return replace(word, confidence=1 - (1 - word.confidence) * (1 - confidence))
    if text.lstrip(_SIGNS) == word.text.lstrip(_SIGNS):
        return _settled_sign(word, text, confidence, signed)
    if confidence > word.confidence:
        return replace(word, text=text, confidence=0.48 * confidence, alternatives=(word.text,))
    return replace(word, confidence=0.48 * word.confidence, alternatives=(text,))


def _settled_shape(word: ReadWord, text: str, confidence: float, first_is: bool) -> ReadWord:
    """The word as its shape tells it, a lone 0 or a dash; a sure other reading is kept as its alternative."""
    if text == "-" and word.text in ("_", "–", "—", "-"):
        return replace(word, confidence=max(word.confidence, confidence))
    doubt = word.text if first_is and word.text != text and word.confidence > _SURE_READING else ""
    return replace(
        word, text=text, confidence=_SURE_READING if doubt else confidence, alternatives=(doubt,) if doubt else ()
    )


def _settled_sign(word: ReadWord, text: str, confidence: float, signed: Callable[[], bool]) -> ReadWord:
    """The word where its two readings differ in the sign alone: the pixels tell."""
    right = text if text[0] in _SIGNS else word.text
    wrong = text.lstrip(_SIGNS)
    if not signed():
        right, wrong = wrong, right
    sure = min(_OUTVOTED, max(word.confidence, confidence))
    return replace(word, text=right, confidence=sure, alternatives=(wrong,))


def outvoted(word: ReadWord, readings: Sequence[str], signed: Callable[[], bool]) -> ReadWord:
    """The word as two of its three readings have it, where two agree; `signed` as above."""
    digits = [t.lstrip(_SIGNS) for t in readings if _FIGURE.match(t)]
    agreed = [d for d in digits if d and digits.count(d) > 1]
    if not agreed:
        return word
    text = f"-{agreed[0]}" if any(t[:1] in _SIGNS for t in readings if t) and signed() else agreed[0]
    others = tuple(dict.fromkeys(t for t in (*readings, *word.alternatives) if _FIGURE.match(t) and t != text))
    return replace(word, text=text, confidence=_OUTVOTED, alternatives=others)


def _is_held(piece: ReadWord, words: Sequence[ReadWord]) -> bool:
    """Whether a piece of ink that was passed over is the dash that a word's box has taken in since."""
    x0, y0, x1, y1 = piece.x0 + 1, piece.y0 + 1, piece.x1, piece.y1 - 1
    return any(w.x0 <= x0 and x1 <= w.x1 and w.y0 <= y0 and y1 <= w.y1 for w in words)


def _unsure(word: ReadWord, other: Reading | None) -> bool:
    """Whether a reading says it is a figure, and its shape does not settle which."""
    if other is None:
        return bool(_FIGURE.match(word.text))
    return not other[2] and any(_FIGURE.match(t) for t in (word.text, other[0]))


def _signed(image: ScanImage, word: ReadWord, capital: float) -> bool:
    return opens_with_dash(_crop(image, word, 2), capital)


def _with_sign(word: ReadWord, image: ScanImage, piece: ReadWord, capital: float) -> ReadWord:
    """The figure with the minus, before or behind it, that the readings of its piece missed and the pixels show."""
    if not word.text[:1].isdigit() or not word.text[-1:].isdigit() or not _FIGURE.match(word.text):
        return word
    if _signed(image, piece, capital):
        text = f"-{word.text}"
    elif opens_with_dash(_crop(image, piece, 2)[:, ::-1], capital):
        text = f"{word.text}-"
    else:
        return word
    sure = _SIGN_SEEN if text in word.alternatives else min(word.confidence, _SIGN_SEEN)
    return replace(word, text=text, confidence=sure, alternatives=(word.text,))


def _stopped(text: str) -> str:
    """A comma before three digits is a full stop misread, more likely than three decimals."""
    return text.replace(",", ".") if _THOUSANDS.match(text) else text


def prints_stops(texts: Sequence[str]) -> bool:
    """Whether a page groups thousands by full stops rather than printing three decimals after a comma."""
    commas = sum(bool(_COMMA.search(t)) for t in texts)
    return commas < 0.5 * sum(bool(_STOP.search(t)) for t in texts)


def _grouped(word: ReadWord, stops: bool) -> ReadWord:
    text = _stopped(word.text) if stops else word.text
    if text == word.text:
        return word
    return replace(word, text=text, confidence=min(word.confidence, 0.48), alternatives=(word.text,))


def _second_reading(image: ScanImage, words: list[ReadWord], capitals: list[float]) -> list[Reading | None]:
    """What each word reads alone: by its shape, else by Tesseract."""
    shapes = [glyph_of(_crop(image, w, 2), capital) for w, capital in zip(words, capitals, strict=True)]
    read = iter(
        read_strip(
            [_crop(image, w, _MARGIN) for w, shape in zip(words, shapes, strict=True) if shape is None],
            image.dpi,
            _SECOND,
        )
    )
    found: list[Reading | None] = []
    for shape in shapes:
        if shape is not None:
            found.append((shape, _BY_SHAPE, True))
        else:
            reading = next(read)
            found.append((_MINUS.sub("-", reading[0]), reading[1], False) if reading else None)
    return found


def _crop(image: ScanImage, word: ReadWord, margin: int) -> npt.NDArray[np.uint8]:
    y0, y1 = max(0, int(word.y0) - margin), min(image.height, int(word.y1) + margin + 1)
    x0, x1 = max(0, int(word.x0) - margin), min(image.width, int(word.x1) + margin + 1)
    return image.grey[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
