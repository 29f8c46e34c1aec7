"""Draws the pages of the PDF tests: words where a test puts them, tables, rules, fills and tick boxes.

A `Sheet` only notes what is to be drawn; `pdf` draws the sheets, upright or turned, in the order a test asks for.
Places are PDF points from the top left of the sheet as a reader sees it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pymupdf

from extract import read
from extract.models import Document, Grid, Heading, Paragraph, ReadOptions, Row

PLAIN, BOLD = pymupdf.Font("helv"), pymupdf.Font("hebo")


class Column(NamedTuple):
    """A column of a drawn table: the edge (or middle) its text keeps to, and how."""

    x: float
    align: str = "right"  # left, right, centre
    head: str | None = None  # the header's own alignment, where it differs


class Piece(NamedTuple):
    """A run of text: where it begins, on which baseline, how."""

    x: float
    y: float
    text: str
    size: float
    bold: bool
    slope: float = 0.0  # degrees, anticlockwise
    grey: float = 0.0


@dataclass
class Sheet:
    """One page in the making."""

    width: float = 595.0
    height: float = 842.0
    pieces: list[Piece] = field(default_factory=list)
    lines: list[tuple[float, float, float, float]] = field(default_factory=list)
    fills: list[tuple[float, float, float, float, float]] = field(default_factory=list)  # the last: how grey
    squares: list[tuple[float, float, float, bool]] = field(default_factory=list)
    fields: list[tuple[float, float, float, bool]] = field(default_factory=list)
    images: list[tuple[float, float, float, bool]] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = 9.0,
        bold: bool = False,
        align: str = "left",
        slope: float = 0.0,
        grey: float = 0.0,
    ) -> float:
        """Text on the baseline y; returns where it ends."""
        width = (BOLD if bold else PLAIN).text_length(text, size)
        start = x if align == "left" else x - width if align == "right" else x - width / 2
        self.pieces.append(Piece(start, y, text, size, bold, slope, grey))
        return float(start + width)

    def rule(self, x0: float, y: float, x1: float) -> None:
        """A line across."""
        self.lines.append((x0, y, x1, y))

    def table(
        self,
        top: float,
        columns: Sequence[Column],
        rows: Sequence[Sequence[str]],
        *,
        style: str = "plain",
        valign: str = "top",
        bold: Sequence[int] = (0,),
        size: float = 9.0,
        left: float = 50.0,
        right: float = 545.0,
        bounds: Sequence[float] = (),
    ) -> float:
        """A table; "\\n" in a cell begins a new line, "" is an empty cell.  Returns where it ends.

        `style`: plain, horizontal (a rule under each row), grid (needs `bounds`, the x of its lines), zebra (every
        other row filled, drawn cell by cell where `bounds` are given).
        """
        leading, pad = 1.22 * size, 0.6 * size
        y = top
        edges = [top]
        for number, row in enumerate(rows):
            deepest = max(cell.count("\n") + 1 for cell in row)
            bottom = y + pad + deepest * leading
            for column, cell in zip(columns, row, strict=True):
                lines = cell.split("\n")
                spare = deepest - len(lines)
                shift = {"top": 0.0, "middle": spare / 2, "bottom": float(spare)}[valign]
                align = (column.head or column.align) if number == 0 else column.align
                for i, line in enumerate(lines):
                    if line:
                        self.text(
                            column.x,
                            y + pad / 2 + (i + shift + 0.8) * leading,
                            line,
                            size=size,
                            bold=number in bold,
                            align=align,
                        )
            if style == "zebra" and number % 2 == 1:
                cuts = [*bounds] or [left, right]
                self.fills += [(a, y, b, bottom, 0.88) for a, b in pairwise(cuts)]
            y = bottom
            edges.append(y)
        if style == "horizontal":
            for edge in edges:
                self.rule(left, edge, right)
        if style == "grid":
            for edge in edges:
                self.rule(bounds[0], edge, bounds[-1])
            self.lines += [(x, edges[0], x, edges[-1]) for x in bounds]
        return y


def pdf(
    *sheets: Sheet,
    order: str = "as drawn",
    turn: int = 0,
    rotate: int = 0,
    letters: bool = False,
    unicode: Mapping[str, str] | None = None,
) -> pymupdf.Document:
    """The sheets as a PDF.

    `order`: "as drawn", "scrambled" or "columns" (left to right).  `letters` draws every letter by itself.  `turn` sets
    the content sideways on the page (degrees), `rotate` is the page's own /Rotate that may turn it back.
    `unicode` makes the fonts tell another character for one than the one they draw.
    """
    made = pymupdf.open()
    for sheet in sheets:
        _draw(made.new_page(width=sheet.width, height=sheet.height), sheet, order, letters)
    if unicode:
        _tell_otherwise(made, unicode)
    if not turn and not rotate:
        return made
    turned = pymupdf.open()
    for number, sheet in enumerate(sheets):
        sideways = turn % 180 == 90
        wide, high = (sheet.height, sheet.width) if sideways else (sheet.width, sheet.height)
        page = turned.new_page(width=wide, height=high)
        page.show_pdf_page(page.rect, made, number, rotate=turn)
        page.set_rotation(rotate)
    return turned


def _draw(page: Any, sheet: Sheet, order: str, letters: bool) -> None:
    shape = page.new_shape()
    for x0, y0, x1, y1, grey in sheet.fills:
        shape.draw_rect(pymupdf.Rect(x0, y0, x1, y1))
        shape.finish(color=None, fill=(grey, grey, grey))
    for ax, ay, bx, by in sheet.lines:
        shape.draw_line((ax, ay), (bx, by))
        shape.finish(width=0.6)
    for x, y, side, ticked in sheet.squares:
        shape.draw_rect(pymupdf.Rect(x, y, x + side, y + side))
        shape.finish(width=0.7)
        if ticked:
            shape.draw_line((x + 1.5, y + 1.5), (x + side - 1.5, y + side - 1.5))
            shape.draw_line((x + 1.5, y + side - 1.5), (x + side - 1.5, y + 1.5))
            shape.finish(width=1)
    shape.commit()
    for x, y, side, ticked in sheet.images:
        page.insert_image(pymupdf.Rect(x, y, x + side, y + side), pixmap=box_picture(ticked))
    for number, (x, y, side, ticked) in enumerate(sheet.fields):
        widget = pymupdf.Widget()
        widget.field_type = pymupdf.PDF_WIDGET_TYPE_CHECKBOX
        widget.field_name = f"box{number}"
        widget.rect = pymupdf.Rect(x, y, x + side, y + side)
        widget.field_value = ticked
        page.add_widget(widget)
    pieces = [letter for p in sheet.pieces for letter in _letters(p)] if letters else list(sheet.pieces)
    if order == "scrambled":
        random.Random(7).shuffle(pieces)
    elif order == "columns":
        pieces.sort(key=lambda p: (p.x, p.y))
    for (grey, slope), run in groupby(pieces, key=lambda p: (p.grey, p.slope and (p.x, p.y, p.slope))):
        writer = pymupdf.TextWriter(page.rect, color=(grey, grey, grey))
        for piece in run:
            writer.append((piece.x, piece.y), piece.text, font=BOLD if piece.bold else PLAIN, fontsize=piece.size)
        writer.write_text(page, morph=(pymupdf.Point(slope[:2]), pymupdf.Matrix(slope[2])) if slope else None)


def _letters(piece: Piece) -> list[Piece]:
    font = BOLD if piece.bold else PLAIN
    return [
        piece._replace(x=piece.x + font.text_length(piece.text[:i], piece.size), text=c)
        for i, c in enumerate(piece.text)
        if not c.isspace()
    ]


def _tell_otherwise(made: pymupdf.Document, unicode: Mapping[str, str]) -> None:
    """Rewrites the fonts' tables from glyphs to characters, as the exporters do that get them wrong."""
    for xref in range(1, made.xref_length()):
        kind, target = made.xref_get_key(xref, "ToUnicode")
        if kind != "xref":
            continue
        to_unicode = int(target.split()[0])
        told = {f"{f.has_glyph(ord(shown)):04x}": other for f in (PLAIN, BOLD) for shown, other in unicode.items()}
        more = [f"<{glyph}> <{other.encode('utf-16-be').hex()}>" for glyph, other in told.items()]
        entries = "\n".join([f"{len(more)} beginbfchar", *more, "endbfchar", "endcmap"])
        table = made.xref_stream(to_unicode).decode("ascii").replace("endcmap", entries)
        made.update_stream(to_unicode, table.encode("ascii"))


def box_picture(ticked: bool) -> pymupdf.Pixmap:
    """A picture of a tick box, as office programs export them."""
    side = 40
    pixels = bytearray(b"\xff" * side * side)
    for i in range(side):
        for j in range(side):
            frame = min(i, j) < 3 or max(i, j) >= side - 3
            cross = ticked and (abs(i - j) < 3 or abs(i + j - side + 1) < 3)
            if frame or cross:
                pixels[i * side + j] = 0
    return pymupdf.Pixmap(pymupdf.csGRAY, side, side, bytes(pixels), False)


def reading(
    folder: Path, made: pymupdf.Document, options: ReadOptions | None = None, name: str = "case.pdf"
) -> Document:
    """Saves a PDF and reads it."""
    path = folder / name
    path.write_bytes(made.tobytes())
    return read(path, options)


def grids(document: Document) -> list[Grid]:
    """The tables of a document."""
    return [b for b in document.blocks if isinstance(b, Grid)]


def paragraphs(document: Document) -> list[str]:
    """The running text of a document."""
    return [b.text for b in document.blocks if isinstance(b, Paragraph)]


def headings(document: Document) -> list[tuple[str | None, str]]:
    """The headings of a document: number and title."""
    return [(b.number, b.title) for b in document.blocks if isinstance(b, Heading)]


def texts(rows: Sequence[Row]) -> list[list[str | None]]:
    """The rows' cell texts; None is no cell."""
    return [[c.text if c else None for c in row.cells] for row in rows]


def head(grid: Grid) -> list[list[str | None]]:
    """The header rows' cell texts."""
    return texts([r for r in grid.rows if r.header])


def body(grid: Grid) -> list[list[str | None]]:
    """The other rows' cell texts."""
    return texts([r for r in grid.rows if not r.header])


def the_grid(document: Document) -> Grid:
    """The only table of a document."""
    (grid,) = grids(document)
    return grid
