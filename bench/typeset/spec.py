"""What a typeset document holds: cases of headings, paragraphs, tick boxes and tables, and what is wrong on purpose.

Figures are kept as canonical Danish print: full stops between thousands, a decimal comma, a hyphen as minus
("-1.200", "0,6"), "-" for a printed nil, "" for a blank cell.  How a renderer prints them is the layout's business.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

_FIGURE = re.compile(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+(,\d+)?")


def figure(cell: str) -> Decimal | None:
    """The value of a canonical cell in the table's unit: 0 for a dash, None for a blank cell, words or a percentage."""
    text = cell.strip().removesuffix(" år")
    if text == "-":
        return Decimal(0)
    if not _FIGURE.fullmatch(text):
        return None
    return Decimal(text.replace(".", "").replace(",", "."))


def printed(value: Decimal, decimals: int = 0) -> str:
    """The canonical print of a value: 1200 becomes "1.200", -0.6 with one decimal "-0,6"."""
    text = f"{abs(value):,.{decimals}f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"-{text}" if value < 0 and any(c in "123456789" for c in text) else text


@dataclass(frozen=True)
class Column:
    """A column right of the label.  `kind` is text, year, total, investment, amount, percent or count."""

    label: str
    kind: str
    year: int | None = None


@dataclass(frozen=True)
class Row:
    """A row; `cells` holds one canonical cell per column right of the label."""

    label: str
    role: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Sum:
    """Row `total` is the sum of rows `parts`, in every year, total and amount column."""

    total: int
    parts: tuple[int, ...]


@dataclass(frozen=True)
class Table:
    """A table as an author wrote it.  `kinds` are the kinds of the contract a reader may give it, the best first."""

    kinds: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    label: str | None = None
    title: str | None = None
    measure: str = "DKK"  # DKK, FTE, count or text
    unit: int | None = 1000
    unit_phrase: str = ""  # "1.000 kr. 2024 p/l"
    price_level: int | None = None
    stub: str = ""  # what stands above the labels beside the unit: "Udvalg"
    group: str = ""  # a header line over the year columns: "Effektiviseringsbidrag"
    sums: tuple[Sum, ...] = ()
    notes: tuple[str, ...] = ()
    decimals: int = 0
    cost_sign: int = 1

    def money_columns(self) -> tuple[int, ...]:
        """The indices (into `Row.cells`) of the columns whose figures add up."""
        return tuple(i for i, c in enumerate(self.columns) if c.kind not in ("text", "percent"))

    def with_cell(self, row: int, column: int, cell: str) -> Table:
        """The same table with one cell changed."""
        cells = list(self.rows[row].cells)
        cells[column] = cell
        return self.with_row(row, replace(self.rows[row], cells=tuple(cells)))

    def with_row(self, row: int, new: Row) -> Table:
        """The same table with one row changed."""
        return replace(self, rows=(*self.rows[:row], new, *self.rows[row + 1 :]))

    def row_named(self, label: str) -> int:
        """The index of the first row with that label; raises KeyError."""
        for i, row in enumerate(self.rows):
            if row.label == label:
                return i
        raise KeyError(label)


@dataclass(frozen=True)
class Heading:
    title: str
    number: str | None = None
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    text: str
    kind: str = "body"  # body, banner (the name of the form), bullet


@dataclass(frozen=True)
class Field:
    """A named entry of a case's front matter: "Resumé:" and its text."""

    name: str
    text: str
    title: bool = False  # the entry that holds code and title


@dataclass(frozen=True)
class TickBoxes:
    name: str
    options: tuple[tuple[str, bool], ...]


Block = Heading | Paragraph | Field | TickBoxes | Table


@dataclass(frozen=True)
class Planted:
    """A discrepancy put there on purpose, in the words of the truth files.

    `year` is None where the finding has none.  `stated` and `expected` are in the table's own unit.  `root` joins the
    several figures in which one cause may be seen; `shape` is "table" where figures show it, "text" where prose does.
    """

    check: str
    why: str
    table: str | None = None
    row: str | None = None
    year: int | None = None
    other_table: str | None = None
    stated: Decimal | None = None
    expected: Decimal | None = None
    shape: str = "table"
    root: str | None = None
    severity: str = "error"


@dataclass(frozen=True)
class Case:
    blocks: tuple[Block, ...]
    code: str | None = None
    title: str | None = None
    summary: str | None = None
    administrations: tuple[str, ...] = ()
    affected: tuple[str, ...] | None = None
    budget_round: str | None = None
    stated_price_level: int | None = None
    planted: tuple[Planted, ...] = ()
    kind_of: str = "case"

    def tables(self) -> tuple[Table, ...]:
        """The tables in print order."""
        return tuple(b for b in self.blocks if isinstance(b, Table))

    def table(self, label: str) -> Table:
        """The table of that label or, failing that, title; raises KeyError."""
        for t in self.tables():
            if label in (t.label, t.title):
                return t
        raise KeyError(label)

    def with_table(self, old: Table, new: Table) -> Case:
        """The same case with one table exchanged."""
        return replace(self, blocks=tuple(new if b is old else b for b in self.blocks))


@dataclass(frozen=True)
class Doc:
    """One file's worth of cases.  `template` says which habits it follows, `furniture` is what each page repeats."""

    name: str
    cases: tuple[Case, ...]
    template: str = "made_up"
    municipality: str = ""
    furniture: str = ""
    languages: tuple[str, ...] = field(default=("da",))

    def tables(self) -> Iterator[tuple[Case, Table]]:
        """Every table with its case, in print order."""
        for case in self.cases:
            for table in case.tables():
                yield case, table


def wrong_sums(table: Table, slack: Decimal = Decimal(0)) -> list[tuple[int, int]]:
    """(row, column) of every total that differs from its parts by more than `slack`; empty for a sound table."""
    wrong = []
    for rule in table.sums:
        for column in table.money_columns():
            stated = figure(table.rows[rule.total].cells[column])
            parts = [figure(table.rows[p].cells[column]) for p in rule.parts]
            if abs((stated or Decimal(0)) - sum((p or Decimal(0) for p in parts), Decimal(0))) > slack:
                wrong.append((rule.total, column))
    return wrong
