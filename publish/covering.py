"""CPR numbers on a page of a PDF are taken out of what is shown of it: its pictures and its annotated copy."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from extract.light import pymupdf
from lexicon.cpr import found_in

_BLACK = (0, 0, 0)


def cover(page: Any) -> int:
    """Blackens every CPR number of a page, of its text and of the pixels below it; gives how many there were.

    What stands in pixels alone is not found.
    """
    boxes = list(_boxes(page))
    for box in boxes:
        page.add_redact_annot(box, fill=_BLACK)
    if boxes:
        page.apply_redactions(images=pymupdf.PDF_REDACT_IMAGE_PIXELS, graphics=pymupdf.PDF_REDACT_LINE_ART_NONE)
    return len(boxes)


def _boxes(page: Any) -> list[Any]:
    """Where they stand, before the page is turned; a number may be written in two words of a line."""
    found = []
    for _, line in groupby(page.get_text("words"), key=lambda word: word[5:7]):
        words = list(line)
        text, starts = "", []
        for word in words:
            starts.append(len(text))
            text += f"{word[4]} "
        for first, last in found_in(text):
            here = [w for w, start in zip(words, starts, strict=True) if start < last and start + len(w[4]) > first]
            box = pymupdf.Rect(here[0][:4])
            for word in here[1:]:
                box |= pymupdf.Rect(word[:4])
            found.append(box)
    return found
