"""Marks on pages, collected first and drawn afterwards in any order: the absolute control that producers do not give.

Coordinates are points from the top left of the page as it is shown.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from bench.typeset.fonts import (
    PRIVATE_LIGATURES,
    UNICODE_LIGATURES,
    WINGDINGS_EMPTY,
    WINGDINGS_TICKED,
    symbols,
    wingdings,
)
from bench.typeset.hyphens import hyphenator


def width(text: str, font: str, size: float) -> float:
    """The width of a text in points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def wrap(text: str, font: str, size: float, room: float, hyphenate: bool) -> list[str]:
    """The lines of a text in a room of so many points; long words are cut with a hyphen where that is wanted."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width(joined, font, size) <= room:
            line = joined
            continue
        head, tail = "", word
        if hyphenate or width(word, font, size) > room:
            for first, second in reversed(list(hyphenator().iterate(word))) if len(word) > 6 else []:
                candidate = f"{line} {first}-" if line else f"{first}-"
                if width(candidate, font, size) <= room and len(first) > 2 and len(second) > 2:
                    head, tail = candidate, second
                    break
        if head:
            lines.append(head)
        elif line:
            lines.append(line)
        line = tail
        while width(line, font, size) > room and len(line) > 4:
            cut = next((n for n in range(len(line) - 2, 1, -1) if width(line[:n] + "-", font, size) <= room), 2)
            lines.append(line[:cut] + "-")
            line = line[cut:]
    return [*lines, line] if line or not lines else lines


@dataclass
class Mark:
    """One thing on a page: `kind` is text, line, fill, tick or watermark."""

    kind: str
    x: float
    y: float
    text: str = ""
    font: str = ""
    size: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    grey: float = 0.0
    column: int = 0


@dataclass
class Ink:
    """The marks of a document, page by page."""

    width: float
    height: float
    pages: list[list[Mark]] = field(default_factory=lambda: [[]])

    def put(self, mark: Mark) -> None:
        self.pages[-1].append(mark)

    def text(self, x: float, y: float, text: str, font: str, size: float, column: int = 0) -> None:
        """A text whose baseline starts at x, y."""
        if text:
            self.put(Mark("text", x, y, text, font, size, column=column))

    def right(self, x: float, y: float, text: str, font: str, size: float, column: int = 0) -> None:
        """A text whose baseline ends at x, y."""
        self.text(x - width(text, font, size), y, text, font, size, column)

    def line(self, x0: float, y0: float, x1: float, y1: float, thick: float = 0.6) -> None:
        self.put(Mark("line", x0, y0, x1=x1, y1=y1, size=thick))

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float) -> None:
        self.put(Mark("fill", x0, y0, x1=x1, y1=y1, grey=grey))

    def new_page(self) -> None:
        self.pages.append([])


def ligated(text: str, ligatures: str) -> str:
    """The text with its pairs of letters as single code points, as the ligature layout wants it."""
    pairs = {"none": {}, "unicode": UNICODE_LIGATURES, "private": PRIVATE_LIGATURES}[ligatures]
    for pair, code in pairs.items():
        text = text.replace(pair, code)
    return text


def ordered(marks: list[Mark], order: str, rng: random.Random) -> list[Mark]:
    """The marks in drawing order: fills and lines first, then the text as `order` says."""
    under = [m for m in marks if m.kind in ("fill", "line", "watermark")]
    over = [m for m in marks if m not in under]
    if order == "scrambled":
        rng.shuffle(over)
    elif order == "columns":
        over.sort(key=lambda m: m.column)
    elif order == "letters":
        split: list[Mark] = []
        for m in over:
            if m.kind != "text":
                split.append(m)
                continue
            x = m.x
            for letter in m.text:
                if letter.strip():
                    split.append(Mark("text", x, m.y, letter, m.font, m.size))
                x += width(letter, m.font, m.size)
        over = split
    return under + over


def _tick(canvas: Canvas, mark: Mark, height: float, ticks: str, number: int, rotate: int) -> None:
    on, x, y, size = mark.text == "x", mark.x, height - mark.y, mark.size
    if ticks == "form":
        canvas.acroForm.checkbox(
            name=f"box{number}",
            x=x + (size if rotate == 270 else 0),  # the box grows along the paper's axes, not the page's
            y=y - 1 + (size if rotate == 90 else 0),
            size=size,
            checked=on,
            buttonStyle="cross",
            borderWidth=0.5,
            forceBorder=True,
            relative=True,
        )
    elif ticks == "image":
        canvas.drawImage(_picture(on), x, y - 1, size, size)
    elif ticks == "wingdings":
        canvas.setFont(wingdings(), size)
        canvas.drawString(x, y, WINGDINGS_TICKED if on else WINGDINGS_EMPTY)
    else:
        canvas.setFont(symbols(), size)
        canvas.drawString(x, y, "☒" if on else "☐")


def box_png(on: bool) -> bytes:
    """An image of a tick box, empty or crossed."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (40, 40), 255)
    pen = ImageDraw.Draw(image)
    pen.rectangle((3, 3, 36, 36), outline=0, width=3)
    if on:
        pen.line((8, 8, 31, 31), fill=0, width=4)
        pen.line((31, 8, 8, 31), fill=0, width=4)
    data = BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


@cache
def _picture(on: bool) -> ImageReader:
    return ImageReader(BytesIO(box_png(on)))


def draw(
    ink: Ink, path: Path, *, order: str, rotate: int, ticks: str, ligatures: str, seed: int, title: str = ""
) -> None:
    """Write the marks as a PDF; the same marks and seed give the same bytes."""
    size = (ink.width, ink.height)  # ReportLab turns the paper itself where the page is rotated
    canvas = Canvas(str(path), pagesize=size, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    rng = random.Random(seed)
    number = 0
    for marks in ink.pages:
        canvas.setPageSize(size)
        if rotate:
            canvas.setPageRotation(rotate)
        if rotate == 90:
            canvas.transform(0, 1, -1, 0, ink.height, 0)
        elif rotate == 270:
            canvas.transform(0, -1, 1, 0, 0, ink.width)
        for m in ordered(marks, order, rng):
            if m.kind == "text":
                canvas.setFont(m.font, m.size)
                canvas.drawString(m.x, ink.height - m.y, ligated(m.text, ligatures))
            elif m.kind == "line":
                canvas.setLineWidth(m.size)
                canvas.line(m.x, ink.height - m.y, m.x1, ink.height - m.y1)
            elif m.kind == "fill":
                canvas.setFillGray(m.grey)
                canvas.rect(m.x, ink.height - m.y1, m.x1 - m.x, m.y1 - m.y, stroke=0, fill=1)
                canvas.setFillGray(0)
            elif m.kind == "watermark":
                canvas.saveState()
                canvas.setFillGray(0.85)
                canvas.translate(m.x, ink.height - m.y)
                canvas.rotate(35)
                canvas.setFont(m.font, m.size)
                canvas.drawCentredString(0, 0, m.text)
                canvas.restoreState()
            else:
                number += 1
                _tick(canvas, m, ink.height, ticks, number, rotate)
        canvas.showPage()
    canvas.save()
