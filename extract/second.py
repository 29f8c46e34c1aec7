"""The second opinion: what pdfplumber reads at given places of a PDF, independently of the first reader.

Asked only for pages that need it (a table that does not close, tokens left over): it is far slower than the first
reader.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

import pdfplumber
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.psparser import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from extract.models import Box, Place
from extract.second_page import Area, characters

_FAILURES = (PdfminerException, PDFPasswordIncorrect, PDFSyntaxError, PSException, ValueError, KeyError, TypeError)
_LARGEST = 60.0  # points: no letter of a table is larger
_MARGIN = 0.8  # points by which the two readers may differ in where a character lies


def second_opinion(path: Path, places: Sequence[Place], password: str | None = None) -> list[str | None]:
    """What stands at each place (page and box, as shown): the text, "" for nothing, None where pdfplumber cannot tell.

    A file or page that pdfplumber cannot read has no opinion; this never raises on what the file holds.
    """
    answers: list[str | None] = [None] * len(places)
    wanted: dict[int, list[int]] = {}
    for i, place in enumerate(places):
        if place.box is not None:
            wanted.setdefault(place.page, []).append(i)
    if not wanted:
        return answers
    try:
        with pdfplumber.open(path, pages=sorted(wanted), password=password or "") as pdf:
            for page in pdf.pages:
                asked = {i: box for i in wanted[page.page_number] if (box := places[i].box) is not None}
                found = characters(page, _around(page, list(asked.values())))
                chars = sorted((_char(page, char) for char in found), key=_MIDDLE)
                for i, box in asked.items():
                    answers[i] = _text_in(chars, box)
    except _FAILURES:
        return answers
    return answers


def _around(page: Page, boxes: Sequence[Box]) -> Area:
    """What holds all boxes with room for the largest letter, in pdfminer's points (see `_char`)."""
    left, top = page.mediabox[:2]
    return (
        min(b.x0 for b in boxes) - left - _LARGEST,
        page.height + top - max(b.y1 for b in boxes) - _LARGEST,
        max(b.x1 for b in boxes) - left + _LARGEST,
        page.height + top - min(b.y0 for b in boxes) + _LARGEST,
    )


class _Char(NamedTuple):
    """A character: its box on the page as shown, the middle of it, and where its text runs to, y upwards."""

    text: str
    box: Box
    across: float
    down: float
    size: float
    direction: tuple[float, float]


_MIDDLE = attrgetter("down")


def _char(page: Page, char: LTChar) -> _Char:
    left, top = page.mediabox[:2]
    box = Box(char.x0 + left, page.height - char.y1 + top, char.x1 + left, page.height - char.y0 + top)
    across, down = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    return _Char(char.get_text(), box, across, down, char.size, char.matrix[:2])


def _text_in(chars: Sequence[_Char], box: Box) -> str:
    """The characters whose middle lies in a box, line by line, with blanks where they stand apart."""
    first = bisect_left(chars, box.y0 - _MARGIN, key=_MIDDLE)
    last = bisect_right(chars, box.y1 + _MARGIN, key=_MIDDLE)
    inside = [c for c in chars[first:last] if box.x0 - _MARGIN <= c.across <= box.x1 + _MARGIN]
    along = [_in_reading_frame(c) for c in inside]
    along.sort(key=lambda c: (round(c.middle / 2), c.start))
    text = ""
    before: _Letter | None = None
    for c in along:
        if before is not None and (c.start - before.end > 0.18 * c.size or c.start < before.start - c.size):
            text += " "
        text += c.text
        before = c
    return " ".join(text.split())


class _Letter(NamedTuple):
    """A character in the direction its text runs: where it begins and ends, how far down its line stands."""

    text: str
    start: float
    end: float
    middle: float
    size: float


def _in_reading_frame(c: _Char) -> _Letter:
    across, down = (c.box.x0, c.box.x1), (c.box.y0, c.box.y1)
    ahead, up = c.direction
    if abs(ahead) >= abs(up):
        (start, end), (a, b) = (across, down) if ahead >= 0 else (_mirrored(across), _mirrored(down))
    else:
        (start, end), (a, b) = (_mirrored(down), across) if up > 0 else (down, _mirrored(across))
    return _Letter(c.text, start, end, (a + b) / 2, c.size)


def _mirrored(extent: tuple[float, float]) -> tuple[float, float]:
    return -extent[1], -extent[0]
