"""CPR numbers are taken out of what is shown: of a page of a PDF in pictures and annotated copies, of files' names."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from extract.light import pymupdf
from lexicon.cpr import found_in, masked_name

_BLACK = (0, 0, 0)
#: By relation the columns that name files, in the documents' own words or in ours about them.
_NAMING = {
    "documents": ("file_name", "path", "source_folder", "reason", "reason_en"),
    "findings": ("message_da", "message_en", "cause_da", "cause_en"),
}


def nameless(relations: Mapping[str, Any]) -> dict[str, Any]:
    """The relations (Arrow tables) as reports show them: no CPR number in the name of a file.

    The relations themselves keep the names: by them a warehouse finds the file again.
    """
    import pyarrow as pa

    shown = dict(relations)
    for name, columns in _NAMING.items():
        table = shown[name]
        for column in columns:
            texts = table.column(column).to_pylist()
            hidden = [text and masked_name(text) for text in texts]
            if hidden != texts:
                at = table.schema.get_field_index(column)
                table = table.set_column(at, table.schema.field(at), pa.array(hidden, table.schema.field(at).type))
        if table is shown[name]:
            return shown  # no file is named so, nor can anything that is said of one
        shown[name] = table
    return shown


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
