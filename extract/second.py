"""The second opinion: what pdfplumber reads at given places of a PDF, independently of the first reader.

Asked only for pages that need it (a table that does not close, tokens left over): it is far slower than the first reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

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
    inside.sort(key=lambda c: (round((c["top"] + c["bottom"]) / 4), c["x0"]))
    text = ""
    last: dict[str, Any] | None = None
    for c in inside:
        if last is not None and (c["x0"] - last["x1"] > 0.18 * c["size"] or c["x0"] < last["x0"] - c["size"]):
            text += " "
        text += c["text"]
        last = c
    return " ".join(text.split())
