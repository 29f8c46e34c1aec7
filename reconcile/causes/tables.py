"""Slips of a whole table: its header names another unit, its years are one off, all its signs are turned.

Such a table differs from its counterpart in nearly every figure, and always in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from normalize.models import Kind
from reconcile.causes.correction import BITS, Correction
from reconcile.causes.ledger import Ledger
from reconcile.causes.vectors import Run, Runs, shifted, years_along
from reconcile.figures.view import Slot, TableView
from reconcile.models import Check

_FEWEST = 2  # relations with another table that must fail, for a table to be thought wrong as a whole
_THOUSAND = Decimal(1000)


def tables(ledger: Ledger, runs: Runs, open_: set[int]) -> Iterator[Correction]:
    """Every slip of a whole table that would mend broken identities with another one."""
    failing: dict[tuple[int, int], list[Run]] = defaultdict(list)
    for run in runs.all:
        shown = {run.stated[:2], *(row[:2] for row in run.terms)}
        if not run.down and len(shown) > 1 and any(k in open_ for k in run.members):
            for place in shown:
                failing[place].append(run)
    for here, broken in failing.items():
        if len(broken) >= _FEWEST:
            yield from _of_table(ledger, here, broken)


def _of_table(ledger: Ledger, here: tuple[int, int], broken: list[Run]) -> Iterator[Correction]:
    table = ledger.batch.cases[here[0]].tables[here[1]]
    row = next(r for run in broken for r in (run.stated, *run.terms) if r[:2] != here)
    other = ledger.batch.cases[row[0]].tables[row[1]]
    opposite = Slot(*row, min(other.year_columns.values(), default=0))
    figures = {slot: ledger.value(slot) for slot in _figures(table) if ledger.value(slot)}
    if not figures:
        return
    key = next(iter(figures))
    score = BITS.table + BITS.summary * (table.kind is Kind.SUMMARY)
    for factor in (_THOUSAND, 1 / _THOUSAND):
        yield Correction(
            key,
            {slot: value * factor for slot, value in figures.items()},
            "factor_1000",
            {"printed": figures[key], "intended": figures[key] * factor},
            score=score,
            check=Check.LABEL,
            message="table_unit",
            params={"other_table": other.name},
            other=opposite,
        )
    yield Correction(
        key,
        {slot: -value for slot, value in figures.items()},
        "sign",
        {"printed": figures[key], "intended": -figures[key]},
        score=score,
        check=Check.LABEL,
        message="table_signs",
        params={"other_table": other.name},
        other=opposite,
    )
    yield from _years(table, other, key, opposite, score)


def _years(table: TableView, other: TableView, key: Slot, opposite: Slot, score: float) -> Iterator[Correction]:
    """The header's years are one late or one early."""
    at = years_along(table)
    for late in (1, -1):
        changes = {
            table.slot(line, column): value
            for line in table.figure_lines
            for column, value in shifted(table, line, late).items()
        }
        first = min(at, default=0)
        if len(at) > 1:
            yield Correction(
                key,
                changes,
                "column_shift",
                {"from_column": str(first), "to_column": str(first - late)},
                score=score,
                check=Check.YEAR_HEADER,
                message="years_shifted",
                params={"stated": first, "expected": first - late, "other_table": other.name},
                other=opposite,
            )


def _figures(table: TableView) -> Iterator[Slot]:
    for line in table.figure_lines:
        for column in table.year_of:
            yield table.slot(line, column)
