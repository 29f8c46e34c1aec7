"""Tick boxes that are no text (form fields, small drawn squares, small images) become words ☒ and ☐ at their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from extract.light import pymupdf
from extract.page.model import Page, Word
from extract.pdf.page import LARGEST_BOX

_SMALLEST = 4.0  # points
_DARK = 0.6  # of full light: darker fills make a solid square a ticked one
_MARK = 0.06  # share of dark pixels inside the frame that makes an image of a box a ticked one

Rect = tuple[float, float, float, float]


def add_ticks(content: Page, page: Any, turn: pymupdf.Matrix | None, drawings: Sequence[dict[str, Any]]) -> None:
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


def _drop_mark(content: Page, r: pymupdf.Rect) -> None:
    """A form field's mark may be drawn as a character ("4" of a font of signs): the field itself tells its state."""
    content.words = [
        w
        for w in content.words
        if len(w.text) > 1 or not (r.x0 <= (w.x0 + w.x1) / 2 <= r.x1 and r.y0 <= w.middle <= r.y1)
    ]


def is_box(rect: Sequence[float]) -> bool:
    """A square of a tick box's size."""
    wide, high = rect[2] - rect[0], rect[3] - rect[1]
    return _SMALLEST <= wide <= LARGEST_BOX and _SMALLEST <= high <= LARGEST_BOX and 0.75 <= wide / high <= 1.33


def _fields(page: Any) -> Iterable[tuple[Rect, bool]]:
    for field in page.widgets() or ():
        if field.field_type in (pymupdf.PDF_WIDGET_TYPE_CHECKBOX, pymupdf.PDF_WIDGET_TYPE_RADIOBUTTON):
            yield tuple(field.rect), str(field.field_value or "Off") not in ("Off", "False", "No", "")


def _drawn(drawings: Sequence[dict[str, Any]]) -> Iterable[tuple[Rect, bool]]:
    """Squares that are drawn as frames, and solid ones among them: a mark inside, or all black, ticks them."""
    small = [d for d in drawings if max(d["rect"][2] - d["rect"][0], d["rect"][3] - d["rect"][1]) <= LARGEST_BOX]
    squares = [d for d in small if _is_square(d)]
    hollow = [d for d in squares if _is_hollow(d)]
    taken: list[Rect] = []
    for square in (*hollow, *(d for d in squares if any(_same_size(d["rect"], h["rect"]) for h in hollow))):
        rect = square["rect"]
        if not any(_one_box(other, rect) for other in taken):
            taken.append(rect)
            yield rect, any(_covers(rect, d["rect"]) and _ticks(d, rect) for d in small)


def _ticks(drawing: dict[str, Any], box: Rect) -> bool:
    """Whether what is drawn inside a box ticks it: anything smaller, its own cross, or its own black."""
    items = drawing["items"]
    return not _same_size(drawing["rect"], box) or _has_cross(items) or (_is_dark(drawing) and not _is_ring(items))


def _is_square(drawing: dict[str, Any]) -> bool:
    return is_box(drawing["rect"]) and _is_frame(drawing["items"])


def _is_hollow(drawing: dict[str, Any]) -> bool:
    """Whether a square is drawn as a frame."""
    return "s" in drawing["type"] or _is_ring(drawing["items"])


def _covers(outer: Rect, inner: Rect) -> bool:
    """Whether one holds the other, but for a point at each side."""
    wide = outer[0] - 1 <= inner[0] and inner[2] <= outer[2] + 1
    return bool(wide and outer[1] - 1 <= inner[1] and inner[3] <= outer[3] + 1)


def _one_box(a: Rect, b: Rect) -> bool:
    """Whether two squares are one box's, drawn twice or one within the other."""
    return _covers(a, b) or _covers(b, a)


def _same_size(a: Rect, b: Rect) -> bool:
    return abs((a[2] - a[0]) - (b[2] - b[0])) < 1.5 and abs((a[3] - a[1]) - (b[3] - b[1])) < 1.5


def _is_ring(items: Sequence[Sequence[Any]]) -> bool:
    """A frame filled rather than stroked: one rectangle within another."""
    return len(items) == 2 and all(i[0] == "re" for i in items)


def _is_dark(drawing: dict[str, Any]) -> bool:
    fill = drawing.get("fill")
    return fill is not None and bool(sum(fill) < _DARK * len(fill)) and drawing.get("fill_opacity", 1) > 0.5


def _has_cross(items: Sequence[Sequence[Any]]) -> bool:
    """Whether slanting lines are part of a frame's own path."""
    return any(i[0] == "l" and min(abs(i[1][0] - i[2][0]), abs(i[1][1] - i[2][1])) > 2 for i in items)


def _is_frame(items: Sequence[Sequence[Any]]) -> bool:
    """A rectangle, also one drawn line by line (as turned pages have it) or with rounded corners."""
    if items[0][0] in ("re", "qu"):
        return True
    lines = [i for i in items if i[0] == "l"]
    level = [i for i in lines if min(abs(i[1][0] - i[2][0]), abs(i[1][1] - i[2][1])) < 0.2]
    if len(lines) == len(items):
        return len(level) in (3, 4)
    across = [abs(i[1][0] - i[2][0]) for i in level]
    down = [abs(i[1][1] - i[2][1]) for i in level]
    return bool(sum(x > 2 for x in across) >= 2 and sum(y > 2 for y in down) >= 2)


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
