"""Tick boxes that are no text (form fields, small drawn squares, small images) become words ☒ and ☐ at their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pymupdf

from extract.pdf.words import PageContent, Word

_SMALLEST, _LARGEST = 4.0, 17.0  # points
_MARK = 0.06  # share of dark pixels inside the frame that makes an image of a box a ticked one

Rect = tuple[float, float, float, float]


def add_ticks(content: PageContent, page: Any, turn: pymupdf.Matrix | None, drawings: Sequence[dict[str, Any]]) -> None:
    """Adds the page's tick boxes to its words (reading frame)."""
    fields = list(_fields(page))
    for rect, _ in fields:
        _drop_mark(content, _turned(rect, turn))
    for rect, ticked in (*fields, *_drawn(drawings), *_images(page)):
        r = _turned(rect, turn)
        if not _has_text_beside(content.words, r) or any(_same(r, w) for w in content.words):
            continue
        content.words.append(Word("☒" if ticked else "☐", r.x0, r.y0, r.x1, r.y1, r.height, raw="☒" if ticked else "☐"))


def _turned(rect: Rect, turn: pymupdf.Matrix | None) -> pymupdf.Rect:
    return pymupdf.Rect(rect) if turn is None else pymupdf.Rect(rect) * turn


def _drop_mark(content: PageContent, r: pymupdf.Rect) -> None:
    """A form field's mark may be drawn as a character ("4" of a font of signs): the field itself tells its state."""
    content.words = [
        w
        for w in content.words
        if len(w.text) > 1 or not (r.x0 <= (w.x0 + w.x1) / 2 <= r.x1 and r.y0 <= w.middle <= r.y1)
    ]


def is_box(rect: Sequence[float]) -> bool:
    """A square of a tick box's size."""
    wide, high = rect[2] - rect[0], rect[3] - rect[1]
    return _SMALLEST <= wide <= _LARGEST and _SMALLEST <= high <= _LARGEST and 0.75 <= wide / high <= 1.33


def _fields(page: Any) -> Iterable[tuple[Rect, bool]]:
    for field in page.widgets() or ():
        if field.field_type in (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON):
            yield tuple(field.rect), str(field.field_value or "Off") not in ("Off", "False", "No", "")


def _drawn(drawings: Sequence[dict[str, Any]]) -> Iterable[tuple[Rect, bool]]:
    squares = [d["rect"] for d in drawings if is_box(d["rect"]) and _is_frame(d["items"]) and "s" in d["type"]]
    if not squares:
        return
    marks = [
        d["rect"]
        for d in drawings
        if d["rect"] not in squares and max(d["rect"][2] - d["rect"][0], d["rect"][3] - d["rect"][1]) <= _LARGEST
    ]
    for square in squares:
        x0, y0, x1, y1 = square
        inside = [m for m in marks if x0 - 1 <= m[0] and m[2] <= x1 + 1 and y0 - 1 <= m[1] and m[3] <= y1 + 1]
        yield square, bool(inside)


def _is_frame(items: Sequence[Sequence[Any]]) -> bool:
    """A rectangle, also one drawn line by line (as turned pages have it): its lines are upright or level."""
    if items[0][0] in ("re", "qu"):
        return True
    level = all(i[0] == "l" and min(abs(i[1][0] - i[2][0]), abs(i[1][1] - i[2][1])) < 0.2 for i in items)
    return level and 3 <= len(items) <= 4


def _images(page: Any) -> Iterable[tuple[Rect, bool]]:
    if not page.get_images():
        return
    found = [i for i in page.get_image_info(xrefs=True) if i["xref"] and is_box(i["bbox"])]
    ticked: dict[int, bool] = {}
    for info in found:
        if info["xref"] not in ticked:
            ticked[info["xref"]] = _is_marked(page.parent, info["xref"])
        yield info["bbox"], ticked[info["xref"]]


def _is_marked(document: Any, xref: int) -> bool:
    """Whether an image of a box holds a mark: dark pixels within its frame."""
    pixmap = pymupdf.Pixmap(document, xref)
    if pixmap.alpha or pixmap.colorspace is None or pixmap.colorspace.n != 1:
        pixmap = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap(pixmap, 0) if pixmap.alpha else pixmap)
    grey = np.frombuffer(pixmap.samples, dtype=np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]
    top, left = grey.shape[0] // 4, grey.shape[1] // 4
    return bool((grey[top : -top or None, left : -left or None] < 128).mean() > _MARK)


def _has_text_beside(words: list[Word], r: pymupdf.Rect) -> bool:
    return any(-2 <= w.x0 - r.x1 <= 16 and w.y0 - 3 <= (r.y0 + r.y1) / 2 <= w.y1 + 3 for w in words)


def _same(r: pymupdf.Rect, word: Word) -> bool:
    return word.text in "☐☒" and abs(word.x0 - r.x0) < 6 and abs(word.y0 - r.y0) < 6
