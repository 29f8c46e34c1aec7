"""Scanned pages: set straight, read by Tesseract, figures read twice.

In: a PyMuPDF page without text.  Out: the same `Page` as a page with text, with each word's confidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from extract.light import pymupdf
from extract.ocr.baselines import baselines, tightened
from extract.ocr.figures import reread_figures
from extract.ocr.image import ScanImage, scan_image, turned
from extract.ocr.markers import with_markers
from extract.ocr.overlooked import overlooked
from extract.ocr.slips import without_slips
from extract.ocr.squares import Square
from extract.ocr.strokes import bold_words
from extract.ocr.tesseract import ReadWord, available, quarter_turns, read_words
from extract.page.model import Matrix, Page, Word

_SPARSE = 11  # Tesseract's page segmentation: text wherever it stands; lines are made from baselines, not by Tesseract
_NOISE = 0.12
_SURE = 0.7
_LEGIBLE = 0.5  # share of letters read with confidence on a page the right way up
_BESIDE = 16.0  # points from a tick box to its text, at most


def _read_image(image: ScanImage, number: int) -> Page:
    """Reads a page's image.  Raises RuntimeError when Tesseract fails."""
    if min(image.width, image.height) < 40:
        return Page(number, image.width * image.scale, image.height * image.scale, [], scanned=True)
    image, read = _upright(image)
    read = [w for w in read if _plausible(w) and not _remnant(w, image)]
    read = tightened(image, read)
    lines = baselines(read)
    read = reread_figures(image, read, [capital for _, capital in lines], overlooked(image, read, lines))
    read = without_slips(with_markers(read, baselines(read)))
    lines = baselines(read)
    bold = bold_words(image, read, [capital for _, capital in lines])
    points = image.scale
    words = [
        Word(
            word.text,
            word.x0 * points,
            (base - capital) * points,
            word.x1 * points,
            (base + 0.28 * capital) * points,
            capital / 0.7 * points,
            is_bold,
            False,
            word.confidence,
            word.text,
            word.alternatives,
        )
        for word, is_bold, (base, capital) in zip(read, bold, lines, strict=True)
    ]
    words += [t for s in image.squares if (t := _tick(s, words, points)) is not None]
    return Page(
        number,
        image.width * points,
        image.height * points,
        words,
        [(y * points, a * points, b * points) for y, a, b in image.horizontals],
        [(x * points, a * points, b * points) for x, a, b in image.verticals],
        [(x0 * points, y0 * points, x1 * points, y1 * points) for x0, y0, x1, y1 in image.fills],
        _back(image),
        True,
    )


def _upright(image: ScanImage) -> tuple[ScanImage, list[ReadWord]]:
    """The page the right way up and what Tesseract reads there: hardly a word of a page on its side or head."""
    read = read_words(image.grey, image.dpi, _SPARSE)
    if _legible(read) > _LEGIBLE:
        return image, read
    turns = quarter_turns(image.grey, image.dpi)
    if turns:
        other = turned(image, turns)
        again = read_words(other.grey, other.dpi, _SPARSE)
        if _legible(again) > _legible(read):
            return other, again
    return image, read


def _legible(words: list[ReadWord]) -> float:
    """The share of the letters that were read with confidence."""
    letters = [(w.confidence >= _SURE, sum(map(str.isalnum, w.text))) for w in words]
    return sum(count for sure, count in letters if sure) / max(1, sum(count for _, count in letters))


def _tick(square: Square, words: list[Word], points: float) -> Word | None:
    """A tick box as a word, on the line of the text right of it; None where no text stands there."""
    x0, x1, middle = square.x0 * points, square.x1 * points, (square.y0 + square.y1) / 2 * points
    beside = [w for w in words if -2 <= w.x0 - x1 <= _BESIDE and w.y0 - 2 <= middle <= w.y1 + 2]
    if not beside:
        return None
    text = "☒" if square.ticked else "☐"
    next_ = min(beside, key=lambda w: w.x0)
    return Word(text, x0, next_.y0, x1, next_.y1, next_.size, False, False, 0.97, text)


def ocr_pages(pdf: Any, numbers: list[int]) -> Iterator[tuple[int, Page]]:
    """The scanned pages of an open PDF, two at a time (Tesseract runs beside us); in the order given.

    Raises RuntimeError when Tesseract fails on a page.
    """
    with ThreadPoolExecutor(max_workers=2) as pool:
        images = ((n, scan_image(pdf[n - 1])) for n in numbers)
        waiting: list[tuple[int, Future[Page]]] = []
        for number, image in images:
            waiting.append((number, pool.submit(_read_image, image, number)))
            if len(waiting) > 2:
                done, future = waiting.pop(0)
                yield done, future.result()
        for number, future in waiting:
            yield number, future.result()


def _plausible(word: ReadWord) -> bool:
    """Specks read as words go: no letter or digit and next to no confidence."""
    return word.lettered or word.text in "-–—_" or word.confidence > _NOISE


def _remnant(word: ReadWord, image: ScanImage) -> bool:
    """A piece of a drawn line read as a dash or a bar."""
    if word.lettered or len(word.text) > 2:
        return False
    if word.y1 - word.y0 > 2.2 * (word.x1 - word.x0):
        return True
    middle = (word.x0 + word.x1) / 2
    return any(abs(middle - x) < 6 and y0 - 20 < word.y0 < y1 + 20 for x, y0, y1 in image.verticals)


def _back(image: ScanImage) -> Matrix | None:
    """From the page set straight to the page as shown: turned back round its middle, by the angle and the turns."""
    if not image.angle and not image.turns:
        return None
    wide, high = image.width * image.scale, image.height * image.scale
    shown = (high, wide) if image.turns % 2 else (wide, high)
    to_middle = pymupdf.Matrix(1, 0, 0, 1, -wide / 2, -high / 2) * pymupdf.Matrix(image.angle)
    quarter = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))[image.turns]
    back = to_middle * pymupdf.Matrix(*quarter, shown[0] / 2, shown[1] / 2)
    return back.a, back.b, back.c, back.d, back.e, back.f


__all__ = ["available", "ocr_pages"]
