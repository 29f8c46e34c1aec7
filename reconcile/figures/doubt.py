"""Where a table's reading is not proven, so that what does not add up there may be the reader's slip and no one else's.

In: a table as the checks see it.  Out: figures whose minus may be the dash of the blank beside them, sums in a table
with figures that found no place, headers that may be a row of figures.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from extract.records import record
from normalize.models import ColumnKind, Joined, Sum

if TYPE_CHECKING:
    from reconcile.figures.view import TableView

_MINUS_APART = re.compile(r"[-−–‐‑]\s+\d")
_MINUS_CLOSE = re.compile(r"[-−–‐‑]\d")
_NIL_DASHES = frozenset("-−–‐‑_")
_FEWEST_PARTS, _FEWEST_TOTALS = 2, 2  # that a column of averages has
_FEWEST_YEARS = 3  # of a table that may have been shifted
_PIECES = 3  # digits that stand one by one in a label
_WIDEST_STEP = 20  # years between the columns of a header


def doubtful_sign(table: TableView, line: int, column: int) -> bool:
    """Whether a figure's minus may be the dash of the cell before it ("- 3.880" where that cell has nothing).

    It may only in a table whose other cells print a dash for nil, or its other minuses close to their figures.
    """
    amount = table.amount(line, column)
    if amount is None or _MINUS_APART.match(amount.printed) is None:
        return False
    return table.amount(line, column - 1) is None and table.has_dashes_or_close_minuses


def has_dashes_or_close_minuses(table: TableView) -> bool:
    """Whether a cell of the table prints a dash for nil, or a minus close to its figure."""
    return any(
        a.printed.strip() in _NIL_DASHES or _MINUS_CLOSE.match(a.printed) is not None
        for line in table.lines
        for a in line.amounts
    )


@record
class Fit:
    """In how many columns a sum holds, and in how many it does not; columns of nothing but nil do not count."""

    holds: int
    fails: int


def fit(table: TableView, total: int, parts: Sequence[tuple[int, int]]) -> Fit:
    """How a sum fits its columns, as far as rounding lets tell."""
    holds = fails = 0
    for column in (c.index for c in table.adding_columns):
        stated = table.value(total, column)
        figures = [table.value(part, column) * sign for part, sign in parts]
        if stated or any(figures):
            slack = table.half(total, column) + sum(table.half(p, column) for p, _ in parts)
            off = abs(stated - sum(figures)) > slack
            fails, holds = fails + off, holds + (not off)
    return Fit(holds, fails)


def is_unproven(table: TableView, total: Sum) -> bool:
    """Whether a sum that fails may have lost a row, or its header may be one: then nothing is to be said of it.

    A row may be lost where one column alone says that a total is one row, where as many figures of the document found
    no place as columns fail, or where a page break parted the table; a sum that still holds in most columns has all.
    """
    found = fit(table, total.total, total.parts)
    if not found.fails:
        return False
    if len(total.parts) == 1 and found == Fit(0, 1):
        return True
    if found.fails > 1 and _lines_astray(table, total):
        return True
    rows_lost = table.lost_figures >= found.fails or table.table.joined is Joined.SURE
    return (rows_lost and found.holds <= found.fails) or _header_is_row(table, total)


def _lines_astray(table: TableView, total: Sum) -> bool:
    """Whether what the sum lacks in every column is what the lines of a table make that goes on from it.

    That is one beside it without any heading, or one overleaf.
    """
    columns = [c.index for c in table.adding_columns]
    lacking = [table.value(total.total, c) - _summed(table, total, c) for c in columns]
    return any(
        lacking == [sum((figures[k] for figures in rows), Decimal(0)) for k in range(len(columns))]
        for rows in table.going_on
        if all(len(figures) == len(columns) for figures in rows)
    )


def is_of_averages(table: TableView, column: int) -> bool:
    """Whether a column does not add up down the rows: no total there is as much as its largest part, all of one sign.

    Such a column holds percents, or prices, whatever its heading was read as.  Two totals at least must be so.
    """
    told = []
    for total in table.sums:
        parts = [table.value(part, column) * sign for part, sign in total.parts]
        if (min(parts) > 0 or max(parts) < 0) and len(parts) >= _FEWEST_PARTS:
            told.append(0 < abs(table.value(total.total, column)) <= max(map(abs, parts)))
    return len(told) >= _FEWEST_TOTALS and all(told)


def is_shifted(table: TableView) -> bool:
    """Whether a number of the lines' own names may stand in the first year, so that all figures are a column off.

    A column without a year follows the years, and the total has nothing in the first of them only.
    """
    years = list(table.year_of)
    total = table.grand_total
    if len(years) < _FEWEST_YEARS or total is None:
        return False
    first, *others = years
    named = any(c.kind is ColumnKind.AMOUNT and c.index > years[-1] for c in table.columns)
    return named and table.amount(total, first) is None and all(table.amount(total, c) for c in others)


def is_headed_astray(table: TableView, columns: Collection[int], rows: Sequence[int]) -> bool:
    """Whether headings stand over the wrong figures of a column that adds up years and of these.

    One of them that is not headed so is in most rows the total of all the rest, or a year that is out of order stands
    apart from the others ("2025 2026 Senere 2024").
    """
    years = list(table.year_of)
    apart = {c.index for c in table.adding_columns if c.kind is ColumnKind.AMOUNT}
    if any(table.year_of[b] < table.year_of[a] and not apart.isdisjoint(range(a, b)) for a, b in pairwise(years)):
        return True

    def totals(column: int) -> int:
        figures = ((table.value(i, column), sum(table.value(i, c) for c in columns if c != column)) for i in rows)
        return sum(stated == summed != 0 for stated, summed in figures)

    headed = {c.index for c in table.columns if c.kind is ColumnKind.TOTAL}
    return any(2 * totals(c.index) > len(rows) for c in table.adding_columns if c.index not in headed)


def is_headed_in_doubt(table: TableView) -> bool:
    """Whether the headings of a table with a column that adds up its years stand over the wrong figures."""
    totals = {c.index for c in table.columns if c.kind is ColumnKind.TOTAL}
    return bool(totals) and is_headed_astray(table, {*table.year_of, *totals}, table.money_lines)


def is_spaced_out(label: str) -> bool:
    """Whether digits stand one by one in a label ("Terræn 5 . 0 2 6"): they are the row's figures, read in pieces."""
    return sum(len(word) == 1 and word.isdigit() for word in label.split()) >= _PIECES


def _header_is_row(table: TableView, total: Sum) -> bool:
    """Whether what the sum lacks is its header's "years" wherever it lacks any: then the header is a row of figures."""
    years = table.year_of
    off = [(year, table.value(total.total, c) - _summed(table, total, c)) for c, year in years.items()]
    lacking = [(year, difference) for year, difference in off if difference]
    return len(lacking) > 1 and all(difference == year for year, difference in lacking)


def is_wild(years: Sequence[int]) -> bool:
    """Whether a header's "years" leap, so that they are figures rather than years."""
    return any(abs(b - a) > _WIDEST_STEP for a, b in pairwise(years))


def _summed(table: TableView, total: Sum, column: int) -> Decimal:
    return sum((table.value(part, column) * sign for part, sign in total.parts), Decimal(0))
