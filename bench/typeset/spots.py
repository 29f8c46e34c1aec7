"""Where a document may slip: the figures that some identity holds, and how a slip is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from bench.typeset.spec import Case, Doc, Table, figure


@dataclass(frozen=True)
class Place:
    """A table by label, a row by label (None: any), a year (None: any)."""

    table: str
    row: str | None = None
    year: int | None = None


@dataclass(frozen=True)
class Slipped:
    """A document with one slip.

    `exact` are the places that are wrong; `near` those whose identity it breaks, which is as close as arithmetic comes
    where only one identity holds the figure.  `causes` are the names a checker may give it, none if it needs no name.
    """

    doc: Doc
    kind: str
    case: str
    exact: tuple[Place, ...]
    near: tuple[Place, ...]
    checks: tuple[str, ...]
    causes: tuple[str, ...]
    what: str


@dataclass(frozen=True)
class Spot:
    """A figure that some identity holds."""

    case: Case
    table: Table
    row: int
    column: int

    @property
    def cell(self) -> str:
        return self.table.rows[self.row].cells[self.column]

    @property
    def place(self) -> Place:
        return Place(table_name(self.table), row_name(self.table, self.row), self.table.columns[self.column].year)

    def near(self) -> tuple[Place, ...]:
        """The totals and the parts of every sum the figure stands in, in its own column."""
        out = []
        for rule in self.table.sums:
            if self.row == rule.total or self.row in rule.parts:
                rows = (rule.total, *rule.parts)
                out += [replace(self.place, row=row_name(self.table, row)) for row in rows]
        return tuple(out)

    def with_cell(self, cell: str) -> Case:
        return self.case.with_table(self.table, self.table.with_cell(self.row, self.column, cell))


def table_name(table: Table) -> str:
    return table.label or table.title or ""


def row_name(table: Table, row: int) -> str:
    """A row's label; a catalogue's rows are numbered, their names stand beside."""
    chosen = table.rows[row]
    return chosen.cells[0] if chosen.label.isdigit() and chosen.cells[0] else chosen.label


def spots(doc: Doc) -> Iterator[Spot]:
    for case in doc.cases:
        for table in case.tables():
            held = {r for s in table.sums for r in (s.total, *s.parts)}
            for row in sorted(held):
                for column in table.money_columns():
                    if figure(table.rows[row].cells[column]):
                        yield Spot(case, table, row, column)


def slack(table: Table) -> Decimal:
    """What rounding may hide in this table: half a last digit for every figure of its longest sum, twice over."""
    if not table.decimals:
        return Decimal(0) if table.unit == 1 or table.measure == "FTE" else Decimal(len(table.rows) + 2)
    return Decimal(1).scaleb(-table.decimals) * (len(table.rows) + 2)


def exchanged(doc: Doc, old: Case, new: Case) -> Doc:
    return replace(doc, cases=tuple(new if c is old else c for c in doc.cases))
