"""Identities between lines of two tables, in every year that both have a column for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from reconcile.figures.draft import Identity, Param
from reconcile.figures.view import ZERO, TableView
from reconcile.links.lines import Link, link
from reconcile.models import Check, Severity

Lines = Sequence[tuple[TableView, int]]


def _factor(source: TableView, source_column: int, target: TableView, target_column: int) -> Decimal:
    """What a figure of `source` is multiplied with to be in the unit and sign of `target`."""
    sign = Decimal(source.table.cost_sign * target.table.cost_sign)
    return sign * source.unit(source_column) / target.unit(target_column)


def sides(
    stated: TableView,
    stated_line: int,
    others: Lines,
    message: str,
    params: dict[str, Param],
    *,
    blanks: bool = True,
    severity: Severity = Severity.ERROR,
    totals: bool = False,
) -> Iterator[Identity]:
    """`stated`'s line equals the others together, in every year that all of them have a column for."""
    years = set(stated.year_columns)
    for table, _ in others:
        years &= set(table.year_columns)
    for year in sorted(years):
        column = stated.year_columns[year]
        terms = tuple(
            (t.slot(i, t.year_columns[year]), _factor(t, t.year_columns[year], stated, column)) for t, i in others
        )
        printed = [t.amount(i, t.year_columns[year]) for t, i in others]
        blank = stated.amount(stated_line, column) is None
        if not blanks and (blank or all(a is None for a in printed)):
            continue
        if blank and all(a is None or a.value == 0 for a in printed):
            continue
        yield Identity(
            Check.CROSS_TABLE,
            message,
            stated.slot(stated_line, column),
            terms,
            same=len(terms) == 1,
            severity=severity,
            params=tuple(params.items()),
            blank_message="cross_blank",
            slack=_slack(stated, stated_line, column, others, year) if totals else ZERO,
        )


def _slack(stated: TableView, line: int, column: int, others: Lines, year: int) -> Decimal:
    """One rounding unit where one of the totals is visibly a rounded sum; nothing where all add up exactly."""

    def exact(table: TableView, total: int, at: int) -> bool:
        parts = table.parts_of.get(total, ())
        off = table.value(total, at) - sum(table.value(p, at) * sign for p, sign in parts)
        return not parts or off == 0 or abs(off) > table.half(total, at) + sum(table.half(p, at) for p, _ in parts)

    places = [(stated, line, column), *((t, i, t.year_columns[year]) for t, i in others)]
    if all(exact(*place) for place in places):
        return ZERO
    return sum((t.half(i, c) for t, i, c in places), ZERO)


def equal_lines(
    left: TableView, left_lines: Sequence[int], right: TableView, right_lines: Sequence[int]
) -> Iterator[Identity]:
    """Line for line, where the same line is sure."""
    for found in link(left, left_lines, right, right_lines):
        yield from linked(left, right, found)


def linked(left: TableView, right: TableView, found: Link) -> Iterator[Identity]:
    """The identities of one link: a line and its counterpart, or lines that are a line of the other table together."""
    if len(found.left) == len(found.right) == 1:
        params: dict[str, Param] = {"other_table": right.name, "other_line": right.lines[found.right[0]].label}
        others = [(right, found.right[0])]
        yield from sides(left, found.left[0], others, "cross_line", params, blanks=found.sure_blank)
    elif len(found.left) == 1:
        params = {"other_table": right.name, "parts": len(found.right)}
        yield from sides(left, found.left[0], [(right, i) for i in found.right], "cross_group", params, blanks=False)
    elif len(found.right) == 1:
        params = {"other_table": left.name, "parts": len(found.left)}
        yield from sides(right, found.right[0], [(left, i) for i in found.left], "cross_group", params, blanks=False)
    else:
        yield from _many(left, right, found)


def _many(left: TableView, right: TableView, found: Link) -> Iterator[Identity]:
    """Several lines that several others are together: what the first must be, given all the others."""
    first, *more = found.left
    for year in sorted(left.year_columns.keys() & right.year_columns.keys()):
        column, there = left.year_columns[year], right.year_columns[year]
        factor = _factor(right, there, left, column)
        terms = [(right.slot(i, there), factor) for i in found.right]
        terms += [(left.slot(i, column), Decimal(-1)) for i in more]
        if any(left.amount(i, column) is not None for i in found.left):
            yield Identity(
                Check.CROSS_TABLE,
                "cross_group",
                left.slot(first, column),
                tuple(terms),
                params=(("other_table", right.name), ("parts", len(terms))),
                blank_message="cross_blank",
            )
