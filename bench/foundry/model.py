"""A paper as it is meant: cases of lines, fields and tables, and the truth that follows from them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

#: A cell: a figure, words, or nothing printed.
Cell = Decimal | str | None


@dataclass(frozen=True)
class Numbers:
    """How a paper prints its figures."""

    minus: str = "-"  # before the digits; "(" for brackets, "end" for one after them
    thousands: str = "."
    zero: str = "0"
    plus: str = ""  # before a figure above 0

    def text(self, value: Decimal, decimals: int, *, zero: str | None = None) -> str:
        """The figure as it stands on the page."""
        if value == 0:
            zero = self.zero if zero is None else zero
            return f"0,{'0' * decimals}" if zero == "0" and decimals else zero
        digits = f"{abs(value):,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", self.thousands)
        if value > 0:
            return self.plus + digits
        return {"(": f"({digits})", "end": f"{digits}-"}.get(self.minus, self.minus + digits)


@dataclass
class Column:
    """A column of a table after its first one.

    `kind`: figure, text, or percent; `top` is the word above it in a header of two levels. `make` says how its figures
    come about (free, years, sum, total, percent, product), `terms` which figure columns (from 1) they follow from, with
    signs.
    """

    name: str
    kind: str = "figure"
    top: str = ""
    year: int | None = None
    make: str = "free"
    terms: tuple[tuple[int, int], ...] = ()

    @property
    def header(self) -> str:
        """Its name in the truth, both levels."""
        return f"{self.top} {self.name}".strip()


@dataclass
class Row:
    """A line: `parts` are the rows it is the sum of, by their index in the table.

    A `remark` is a sentence across all columns; the truth has no row of it, since it is not one of figures.
    """

    label: str
    role: str
    cells: list[Cell]
    parts: list[int] = field(default_factory=list)
    mark: str = ""  # a footnote's mark after the label


@dataclass
class Table:
    """A printed table. Figures are in its unit, with `decimals` digits after the comma."""

    name: str
    label: str
    separator: str
    title: str
    kind: str
    kinds: list[str]
    measure: str
    unit: int | None
    columns: list[Column]
    rows: list[Row]
    price_level: int | None = None
    corner: str = ""
    above: str = ""  # a line between caption and table, such as the unit
    span: str = ""  # a word over all figure columns
    below: str = ""  # a line after the table, such as the unit
    decimals: int = 0
    plus: bool = False  # a figure above 0 has its sign
    dress: str = "{}"  # how a figure stands, "kr. {}" or "{},-"
    formula: list[str] | None = None  # a second header row, "(1)" "(2)" "(3)=(1)+(2)"

    @property
    def caption(self) -> str:
        """The line above the table; empty where it has none."""
        return f"{self.label}{self.separator}{self.title}"

    def header(self) -> list[list[str]]:
        """The header's rows, each as wide as the table; "" below or beside a spanning cell."""
        lines = [[self.corner, *(c.name for c in self.columns)]]
        if any(c.top for c in self.columns):
            tops = [c.top if i == 0 or self.columns[i - 1].top != c.top else "" for i, c in enumerate(self.columns)]
            lines = [[self.corner, *tops], ["", *(c.name for c in self.columns)]]
        if self.span:
            first = next(i for i, c in enumerate(self.columns) if c.kind != "text")
            lines = [["", *(self.span if i == first else "" for i in range(len(self.columns)))], *lines]
        if self.formula:
            lines.append(["", *self.formula])
        return lines

    def printed(self, row: Row, numbers: Numbers) -> list[str]:
        """A row's cells as printed, label first."""
        return [
            row.label + row.mark,
            *(self.cell_text(c, k, numbers) for c, k in zip(row.cells, self.columns, strict=True)),
        ]

    def cell_text(self, cell: Cell, column: Column, numbers: Numbers) -> str:
        """One cell as printed."""
        if cell is None:
            return ""
        if isinstance(cell, str):
            return cell
        if column.kind == "percent":
            return numbers.text(cell, 1, zero="0")
        return numbers.text(cell, self.decimals)

    def dressed(self, row: Row, numbers: Numbers) -> list[str]:
        """A row's cells as printed where figures have words about them, which the truth has not."""
        label, *cells = self.printed(row, replace(numbers, plus="+" if self.plus else ""))
        figure = [isinstance(c, Decimal) and k.kind == "figure" for c, k in zip(row.cells, self.columns, strict=True)]
        return [
            label,
            *(
                self.dress.format(c) if f and any(map(str.isdigit, c)) else c
                for c, f in zip(cells, figure, strict=True)
            ),
        ]

    def truth(self, numbers: Numbers) -> dict[str, Any]:
        """The table in the form of hand-checked truth: cells in plain Danish notation."""
        plain = Numbers(zero="-" if numbers.zero in ("-", "–") else numbers.zero)
        rows = [
            {"label": r.label, "role": r.role, "cells": self.printed(r, plain)[1:]}
            | ({"sums": [self.rows[i].label for i in r.parts]} if r.parts else {})
            for r in self.rows
            if r.role != "remark"
        ]
        return {
            "label": self.label or None,
            "title": self.title or None,
            "kind": self.kind,
            "kinds": sorted({self.kind, *self.kinds}),
            "unit": self.unit,
            "measure": self.measure,
            "price_level": self.price_level,
            "columns": [self.corner, *(c.header for c in self.columns)],
            "printed_header": self.header(),
            "percent": [c.header for c in self.columns if c.kind == "percent"],
            "rows": rows,
        }


@dataclass
class Line:
    """A paragraph and how it is set: document, kicker, title, below, heading, fact, text, item, note,
    and annex, a heading that begins a page."""

    style: str
    text: str


@dataclass
class Fields:
    """A box of names and values."""

    pairs: list[tuple[str, str]]


Block = Line | Fields | Table


@dataclass
class Case:
    """A case as it is meant."""

    code: str | None
    title: str
    blocks: list[Block]
    headings: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    codes: list[str | None] = field(default_factory=list)  # every reading of the code that is right
    also: list[str] = field(default_factory=list)  # other titles that are right

    def tables(self) -> list[Table]:
        """Its tables that hold figures, in order."""
        return [b for b in self.blocks if isinstance(b, Table) and any(c.kind != "text" for c in b.columns)]


@dataclass
class Paper:
    """A file: what stands before its cases, and the cases."""

    name: str
    family: str
    form: str
    held_out: bool
    municipality: str
    year: int  # the first budget year
    running: str
    numbers: Numbers
    front: list[Block]
    cases: list[Case]

    def blocks(self) -> list[Block]:
        """All blocks in order."""
        return [*self.front, *(b for c in self.cases for b in c.blocks)]

    def truth(self) -> dict[str, Any]:
        """The paper's truth, in the format of the hand-checked cases."""
        return {
            "source": None,
            "family": self.family,
            "form": self.form,
            "held_out": self.held_out,
            "municipality": self.municipality,
            "cases": [
                {
                    "code": c.code,
                    "codes": c.codes or [c.code],
                    "title": c.title,
                    "titles": [c.title, *c.also],
                    "summary": None,
                    "administrations": None,
                    "affected": None,
                    "round": None,
                    "municipality": self.municipality,
                    "fields": c.fields,
                    "headings": [{"number": None, "title": h, "level": 2} for h in c.headings],
                    "tables": [t.truth(self.numbers) for t in c.tables()],
                    "findings": [],
                }
                for c in self.cases
            ],
        }
