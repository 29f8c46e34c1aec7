"""The second opinion: what pdfplumber reads at given places of a PDF, independently of the first reader.

Asked only for pages that need it (a table that does not close, tokens left over): it is far slower than the first
reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError
from pdfminer.psparser import PSException
from pdfplumber.utils.exceptions import PdfminerException

from extract.models import Box, Place

_FAILURES = (PdfminerException, PDFPasswordIncorrect, PDFSyntaxError, PSException, ValueError, KeyError, TypeError)


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
                chars = page.chars
                for i in wanted[page.page_number]:
                    box = places[i].box
                    assert box is not None
                    answers[i] = _text_in(chars, box)
    except _FAILURES:
        return answers
    return answers


def _text_in(chars: list[dict[str, Any]], box: Box) -> str:
    """The characters whose middle lies in a box, line by line, with blanks where they stand apart."""
    inside = [
        c
        for c in chars
        if box.x0 - 0.8 <= (c["x0"] + c["x1"]) / 2 <= box.x1 + 0.8
        and box.y0 - 0.8 <= (c["top"] + c["bottom"]) / 2 <= box.y1 + 0.8
    ]
    along = [_in_reading_frame(c) for c in inside]
    along.sort(key=lambda c: (round(c.middle / 2), c.start))
    text = ""
    last: _Char | None = None
    for c in along:
        if last is not None and (c.start - last.end > 0.18 * c.size or c.start < last.start - c.size):
            text += " "
        text += c.text
        last = c
    return " ".join(text.split())


class _Char(NamedTuple):
    """A character in the direction its text runs: where it begins and ends, how far down its line stands."""

    text: str
    start: float
    end: float
    middle: float
    size: float


def _in_reading_frame(c: dict[str, Any]) -> _Char:
    across, down = (c["x0"], c["x1"]), (c["top"], c["bottom"])
    ahead, up = c["matrix"][:2]  # where the text runs to, on the page as shown, y upwards
    if abs(ahead) >= abs(up):
        (start, end), (a, b) = (across, down) if ahead >= 0 else (_mirrored(across), _mirrored(down))
    else:
        (start, end), (a, b) = (_mirrored(down), across) if up > 0 else (down, _mirrored(across))
    return _Char(c["text"], start, end, (a + b) / 2, c["size"])


def _mirrored(extent: tuple[float, float]) -> tuple[float, float]:
    return -extent[1], -extent[0]
