"""Totals within one table: down the columns and along the rows."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from normalize.models import Column, ColumnKind, Kind, Role, Sum
from reconcile.figures.draft import Identity
from reconcile.figures.view import Batch, TableView
from reconcile.models import Check, Severity
from reconcile.registry import register

ONE = Decimal(1)


@register(Check.COLUMN_TOTAL)
def column_total(batch: Batch) -> Iterator[Identity]:
    """A total is the sum of its lines.

    Rule: in every column, a subtotal or total is the sum of the lines it covers, less those that are subtracted.
    Printed figures are rounded: with n parts a difference is an error where rounding cannot explain it, a warning
    where rounding explains it with a probability under 1 %. Shares of årsværk are not rounded. Memo lines ("heraf …")
    belong to no sum.

    Example: 150 + 10 + 100 = 260, but "Investeringer totalt, service" says 265.

    Source: the tables' own structure; intervals as in XBRL Calculations 1.1.
    """
    for _, table in batch.tables():
        for total in table.sums:
            severity = _trust(table, total)
            if severity is None:
                continue
            for column in table.adding_columns:
                if not _carries(table, total, column):
                    continue
                terms = tuple((table.slot(part, column.index), Decimal(sign)) for part, sign in total.parts)
                yield Identity(
                    Check.COLUMN_TOTAL,
                    "column_total",
                    table.slot(total.total, column.index),
                    terms,
                    severity=severity,
                    blank_message="column_total_blank",
                    part_message="column_part",
                )


def _carries(table: TableView, total: Sum, column: Column) -> bool:
    """Whether the total can be held to that column: a total row printed without any figure states nothing."""
    if table.amount(total.total, column.index) is not None:
        return any(table.amount(part, column.index) is not None for part, _ in total.parts) or (
            table.value(total.total, column.index) != 0 and len(total.parts) > 1
        )
    return column.kind is ColumnKind.YEAR and bool(table.lines[total.total].amounts)


def _trust(table: TableView, total: Sum) -> Severity | None:
    """How much a violation of that sum may be called; None where the structure is too doubtful to say anything."""
    holds = fails = 0
    for column in table.adding_columns:
        stated = table.value(total.total, column.index)
        parts = [table.value(part, column.index) * sign for part, sign in total.parts]
        if stated == 0 and not any(parts):
            continue
        slack = table.half(total.total, column.index) + sum(table.half(p, column.index) for p, _ in total.parts)
        if abs(stated - sum(parts)) <= slack:
            holds += 1
        else:
            fails += 1
    repeated = table.repeated_total(total.total) is not None
    if total.certain:
        return Severity.ERROR
    alone = len(total.parts) == 1 and table.kind is not Kind.OTHER_MONEY  # one line and its total
    named = "label" in total.by and (alone or (repeated and len(total.parts) > 1))
    if fails and (holds > fails or named):
        return Severity.WARNING
    return Severity.ERROR if not fails else None


@register(Check.ROW_TOTAL)
def row_total(batch: Batch) -> Iterator[Identity]:
    """A total column is the sum of the years it covers.

    Rule: the figure under "I alt" is the sum of the row's years; where the heading names years ("I alt 2025-28"), of
    those. Rounding as for column_total. Where the heading does not say which years, the rows must show it: most of them
    have to add up before one that does not is reported.

    Example: 200 + 100 + 100 + 100 = 500, but "I alt" says 400.

    Source: the tables' own structure.
    """
    for _, table in batch.tables():
        for column in table.columns:
            if column.kind is not ColumnKind.TOTAL:
                continue
            parts = column.total_of or tuple(table.year_of)
            if len(parts) < 2:
                continue
            rows = [i for i in _rows(table) if table.amount(i, column.index) is not None]
            rows = [i for i in rows if any(table.amount(i, part) is not None for part in parts)]
            good = sum(table.value(i, column.index) == sum(table.value(i, part) for part in parts) for i in rows)
            if not column.total_of and good * 2 < len(rows):
                continue
            severity = Severity.ERROR if good * 2 >= len(rows) or column.total_of else Severity.WARNING
            for i in rows:
                yield Identity(
                    Check.ROW_TOTAL,
                    "row_total",
                    table.slot(i, column.index),
                    tuple((table.slot(i, part), ONE) for part in parts),
                    severity=severity,
                    blank_message="row_total_blank",
                    part_message="row_part",
                )


def _rows(table: TableView) -> list[int]:
    return [i for i, line in enumerate(table.lines) if line.role not in (Role.SECTION, Role.PAYBACK)]
