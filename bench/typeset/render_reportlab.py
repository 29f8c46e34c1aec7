"""A document drawn mark by mark with ReportLab: every order, rotation and alignment a layout may ask for."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from bench.typeset.fonts import family
from bench.typeset.ink import Ink, Mark, draw, width, wrap
from bench.typeset.layout import Layout, caption, header_rows, print_figure
from bench.typeset.spec import Block, Doc, Field, Heading, Paragraph, Row, Table, TickBoxes

MARGIN = 50.0
PAD = 2.5


@dataclass
class Frame:
    """Where a table is drawn: its left edge and the room it has."""

    left: float
    room: float


class Setter:
    """Sets a document into ink, top to bottom."""

    def __init__(self, doc: Doc, layout: Layout) -> None:
        wide = layout.landscape or layout.side_by_side
        self.ink = Ink(842.0, 595.0) if wide else Ink(595.0, 842.0)
        self.doc, self.layout = doc, layout
        self.regular, self.bold = family(layout.font, layout.ligatures)
        self.size = layout.size
        self.lead = layout.size * 1.28
        self.y = MARGIN
        self._furnish()

    # Pages

    def _furnish(self) -> None:
        if self.layout.furniture == "none":
            return
        if self.layout.furniture == "middle":
            self.ink.put(Mark("watermark", self.ink.width / 2, self.ink.height / 2, "UDKAST", self.bold, 72))
        if self.doc.furniture:
            self.ink.text(MARGIN, 28, self.doc.furniture, self.regular, 7)
        page = f"Side {len(self.ink.pages)}"
        self.ink.right(self.ink.width - MARGIN, self.ink.height - 24, page, self.regular, 7)

    def break_page(self) -> None:
        self.ink.new_page()
        self.y = MARGIN
        self._furnish()

    @property
    def floor(self) -> float:
        return self.ink.height - MARGIN

    @property
    def room(self) -> float:
        return self.ink.width - 2 * MARGIN

    def need(self, height: float) -> None:
        """Go to a new page unless so much height is left."""
        if self.y + height > self.floor:
            self.break_page()

    # Running text

    def lines(self, text: str, font: str, size: float, left: float = MARGIN, room: float | None = None) -> None:
        for line in wrap(text, font, size, room or self.room - (left - MARGIN), self.layout.hyphenate):
            self.need(size * 1.28)
            self.y += size * 1.28
            self.ink.text(left, self.y, line, font, size)

    def front(self, block: Field | TickBoxes) -> None:
        title = isinstance(block, Field) and block.title
        size = self.size * 1.4 if title else self.size
        if isinstance(block, Field) and (title or self.layout.front == "lines"):
            self.lines(f"{block.name} {block.text}", self.bold if title else self.regular, size)
            self.y += 4
            return
        self.need(60)
        top = self.y
        for line in wrap(block.name, self.bold, size, 95, self.layout.hyphenate):
            self.y += self.lead
            self.ink.text(MARGIN, self.y, line, self.bold, size)
        below, self.y = self.y, top
        left = MARGIN + 105
        if isinstance(block, TickBoxes):
            for index, (option, on) in enumerate(block.options):
                self.y += self.lead if index % 2 == 0 else 0
                x = left + (index % 2) * 190
                self.ink.put(Mark("tick", x, self.y, "x" if on else "", size=self.size))
                self.ink.text(x + self.size * 1.4, self.y, option, self.regular, self.size)
        else:
            self.lines(block.text, self.regular, size, left)
        self.y = max(self.y, below) + 4

    # Tables

    def columns(self, table: Table, frame: Frame) -> list[float]:
        """The left edges of all columns and the right edge of the last."""
        figures = sum(c.kind != "text" for c in table.columns)
        words = len(table.columns) - figures
        if table.measure == "text":
            widths = [frame.room / (words + 1)] * (words + 1)
        else:
            listed = table.kinds[0] == "catalogue"
            heads = [w for c in table.columns if c.kind != "text" for w in c.label.split()]
            least = max(width(w, self.bold, self.size) for w in ("-9.999.999", *heads)) + 2 * PAD + 1
            text = [frame.room * (0.26 if listed and i == 0 else 0.13) for i in range(words)]
            if self.layout.label_width > 25:  # in narrower tables the header's words are cut
                names = [c.label.split() or [""] for c in table.columns if c.kind == "text"]
                longest = [max(width(w, self.bold, self.size) for w in ws) + 2 * PAD + 1 for ws in names]
                text = [max(t, n) for t, n in zip(text, longest, strict=True)]
            wanted = frame.room * (0.06 if listed else self.layout.label_width / 100)
            wanted = max(wanted, 18.0 if listed else width("Implementeringsom-", self.bold, self.size) + 2 * PAD)
            each = max(least, (frame.room - wanted - sum(text)) / max(1, figures))
            first = frame.room - each * figures - sum(text)
            widths = [first, *(text.pop(0) if c.kind == "text" else each for c in table.columns)]
        edges = [frame.left]
        for w in widths:
            edges.append(edges[-1] + w)
        return edges

    def table(self, table: Table, frame: Frame) -> None:
        """A table with caption and notes from the current height on."""
        name = caption(table, self.layout)
        edges = self.columns(table, frame)
        marked = next((i for i, r in enumerate(table.rows) if r.role == "detail"), -1) if self.layout.footnotes else -1
        if table.measure == "text":
            marked = -1
        prepared = [self._wrapped(r, table, edges, i == marked) for i, r in enumerate(table.rows)]
        height = sum(h for _, h in prepared) + 4 * self.lead
        if self.layout.break_tables and table.measure == "DKK" and len(table.rows) > 4:
            self.need(7 * self.lead)
            self.y = max(self.y, self.floor - height * 0.6) if height < self.floor - MARGIN else self.y
        elif height < self.floor - MARGIN:
            self.need(height)
        if name:
            self.y += 4
            self.lines(name, self.bold, self.size, frame.left, frame.room)
            if self.layout.caption == "far" and table.label:
                self.lines("Alle tal er foreløbige og genberegnes, når budgettet er vedtaget.", self.regular, self.size)
            self.y += 2
        if self.layout.header == "above" and table.unit_phrase and table.measure != "text" and not table.group:
            self.y += self.lead
            self.ink.right(frame.left + frame.room, self.y, table.unit_phrase, self.regular, self.size)
        self._header(table, edges)
        merged = self._merged(table)
        for index, (row, (wrapped, tall)) in enumerate(zip(table.rows, prepared, strict=True)):
            if self.y + tall > self.floor:
                self.break_page()
                if self.layout.repeat_header:
                    self._header(table, edges)
            heights = [h for _, h in prepared]
            self._row(row, table, wrapped, heights, edges, index, merged, index == marked)
        notes = list(table.notes)
        if marked >= 0:
            notes.insert(0, "1) Se den nærmere beskrivelse i teksten.")
        for note in notes:
            self.lines(note, self.regular, self.size * 0.9, frame.left, frame.room)
        self.y += 8

    def _merged(self, table: Table) -> dict[tuple[int, int], int]:
        """(row, column) of text cells printed for several rows: how many; 0 for those that stay empty."""
        out: dict[tuple[int, int], int] = {}
        if not self.layout.merged or self.layout.break_tables or table.measure == "text":
            return out
        for column in (i for i, c in enumerate(table.columns) if c.kind == "text"):
            row = 0
            while row < len(table.rows):
                end = row
                text = table.rows[row].cells[column]
                while text and end + 1 < len(table.rows) and table.rows[end + 1].cells[column] == text:
                    end += 1
                if end > row:
                    out[row, column] = end - row + 1
                    out |= {(r, column): 0 for r in range(row + 1, end + 1)}
                row = end + 1
        return out

    def _wrapped(self, row: Row, table: Table, edges: list[float], mark: bool) -> tuple[list[list[str]], float]:
        font = self._font(row)
        end = 2 if self._spans(row, table) else 1
        label = row.label + (" 1)" if mark else "")
        cells = [wrap(label, font, self.size, edges[end] - edges[0] - 2 * PAD, self.layout.hyphenate)]
        for at, (column, text) in enumerate(zip(table.columns, row.cells, strict=True), 1):
            if column.kind == "text":
                cells.append(wrap(text, font, self.size, edges[at + 1] - edges[at] - 2 * PAD, self.layout.hyphenate))
            else:
                cells.append([print_figure(text, self.layout)])
        return cells, max(len(c) for c in cells) * self.lead + 2 * PAD

    @staticmethod
    def _spans(row: Row, table: Table) -> bool:
        """Whether the row's label runs on into the empty text column beside it, as a catalogue's committees do."""
        return table.kinds[0] == "catalogue" and not row.cells[0]

    def _font(self, row: Row) -> str:
        loud = row.role in ("total", "subtotal", "section") and self.layout.bold_totals
        return self.bold if loud else self.regular

    def _header(self, table: Table, edges: list[float]) -> None:
        for cells in header_rows(table, self.layout):
            at, prepared = 0, []
            for cell in cells:
                room = edges[at + cell.columns] - edges[at] - 2 * PAD
                prepared.append((at, cell, wrap(cell.text, self.bold, self.size, room, self.layout.hyphenate)))
                at += cell.columns
            tall = max(len(lines) for _, _, lines in prepared) * self.lead + 2 * PAD
            top = self.y
            for at, cell, lines in prepared:
                words = at == 0 or table.columns[at - 1].kind == "text"
                y = top + tall - PAD - len(lines) * self.lead
                for line in lines:
                    y += self.lead
                    if cell.columns > 1:
                        middle = (edges[at] + edges[at + cell.columns] - width(line, self.bold, self.size)) / 2
                        self.ink.text(middle, y - 2, line, self.bold, self.size, at)
                    elif words or self.layout.heads == "left":
                        self.ink.text(edges[at] + PAD, y - 2, line, self.bold, self.size, at)
                    elif self.layout.heads == "center":
                        middle = (edges[at] + edges[at + 1] - width(line, self.bold, self.size)) / 2
                        self.ink.text(middle, y - 2, line, self.bold, self.size, at)
                    else:
                        self.ink.right(edges[at + 1] - PAD, y - 2, line, self.bold, self.size, at)
            self.y += tall
            if self.layout.rules == "grid":
                starts = [edges[at] for at, _, _ in prepared] + [edges[-1]]
                self._frame(starts, top, self.y)
        if self.layout.rules == "horizontal":
            self.ink.line(edges[0], self.y, edges[-1], self.y, 1.0)

    def _frame(self, xs: list[float], top: float, bottom: float) -> None:
        for x in xs:
            self.ink.line(x, top, x, bottom)
        self.ink.line(xs[0], top, xs[-1], top)
        self.ink.line(xs[0], bottom, xs[-1], bottom)

    def _row(
        self,
        row: Row,
        table: Table,
        wrapped: list[list[str]],
        heights: list[float],
        edges: list[float],
        index: int,
        merged: dict[tuple[int, int], int],
        mark: bool,
    ) -> None:
        top, font, tall = self.y, self._font(row), heights[index]
        if self.layout.rules == "zebra" and index % 2:
            self.ink.fill(edges[0], top, edges[-1], top + tall, 0.92)
        for at, lines in enumerate(wrapped):
            figures = at > 0 and table.columns[at - 1].kind != "text"
            slack = tall - 2 * PAD - len(lines) * self.lead
            shift = {"top": 0.0, "middle": slack / 2, "bottom": slack}[self.layout.valign] if at else 0.0
            if at == 0 and self.layout.valign == "middle":
                shift = slack / 2
            span = merged.get((index, at - 1), 1) if at else 1
            if span == 0:
                continue
            shift += (sum(heights[index : index + span]) - tall) / 2
            y = top + PAD + shift
            for line in lines:
                y += self.lead
                if figures:
                    self.ink.right(edges[at + 1] - PAD, y - 2, line, font, self.size, at)
                    if mark and at == len(wrapped) - 1 and line:
                        self.ink.text(
                            edges[at + 1] - PAD + 0.3, y - 2 - self.size * 0.35, "1", font, self.size * 0.55, at
                        )
                else:
                    self.ink.text(edges[at] + PAD, y - 2, line, font, self.size, at)
        self.y += tall
        rules = self.layout.rules
        if rules == "grid":
            for at, x in enumerate(edges):
                if not (at == 1 and self._spans(row, table)):
                    self.ink.line(x, top, x, self.y)
            if index == 0:
                self.ink.line(edges[0], top, edges[-1], top)
        if rules in ("grid", "horizontal"):
            for at in range(len(edges) - 1):
                if merged.get((index + 1, at - 1)) != 0:
                    self.ink.line(edges[at], self.y, edges[at + 1], self.y, 0.5)

    # Blocks

    def pair(self, left: Table, right: Table) -> None:
        """Two tables side by side."""
        gap = 18.0
        half = (self.room - gap) / 2
        self.need(0.45 * self.ink.height)
        top = self.y
        self.table(left, Frame(MARGIN, half))
        below, self.y = self.y, top
        self.table(right, Frame(MARGIN + half + gap, half))
        self.y = max(below, self.y)

    def block(self, block: Block) -> None:
        if isinstance(block, Table):
            self.table(block, Frame(MARGIN, self.room))
        elif isinstance(block, Heading):
            self.need(4 * self.lead)
            self.y += self.lead * 0.7
            number = f"{block.number}. " if block.number else ""
            self.lines(f"{number}{block.title}", self.bold, self.size * (1.25 if block.level == 1 else 1.08))
            self.y += 2
        elif isinstance(block, Paragraph):
            scale = {"banner": 1.7, "title": 1.5}.get(block.kind, 1.0)
            self.lines(block.text, self.bold if scale > 1 else self.regular, self.size * scale)
            self.y += 5
        else:
            self.front(block)

    def document(self) -> Ink:
        for index, case in enumerate(self.doc.cases):
            if index:
                self.break_page()
            blocks = list(case.blocks)
            while blocks:
                block = blocks.pop(0)
                after = blocks[0] if blocks else None
                if self.layout.side_by_side and _fits_half(block) and _fits_half(after):
                    blocks.pop(0)
                    self.pair(block, after)  # type: ignore[arg-type]
                else:
                    self.block(block)
        return self.ink


def _fits_half(block: Block | None) -> bool:
    return isinstance(block, Table) and block.measure != "text" and len(block.columns) <= 6 and len(block.rows) <= 8


def reportlab_pdf(doc: Doc, layout: Layout, path: Path) -> None:
    """Print with ReportLab; the same document and layout give the same bytes."""
    ink = Setter(doc, layout).document()
    draw(
        ink,
        path,
        order=layout.order,
        rotate=layout.rotate,
        ticks=layout.ticks,
        ligatures=layout.ligatures,
        seed=zlib.crc32(doc.name.encode()),
        title=doc.name,
    )
