"""The summary against the tables that detail it, and a case against its other versions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extract.records import record
from normalize.models import Kind
from reconcile.figures.draft import Draft, Identity
from reconcile.figures.summary import Summary, summaries
from reconcile.figures.view import ZERO, Batch, CaseView, TableView
from reconcile.links.linking import agreement, link
from reconcile.links.versions import compare_versions
from reconcile.models import Check, Severity
from reconcile.registry import register
from reconcile.wording import area

Lines = Sequence[tuple[TableView, int]]


@register(Check.CROSS_TABLE)
def cross_table(batch: Batch) -> Iterator[Identity | Draft]:
    """The summary table and the detailed tables say the same.

    Rule: year by year, "Samlet varig ændring" is the total of the table of recurring changes, and the implementation
    costs are the total of the investment tables (by steering area where there are several). A line that both tables
    print is the same in both, though worded differently, and a line that one table splits is the sum of its parts in
    the other. The administration table's total is held to the summary only where it equals it in most years. Tables
    under different price levels are compared only where their figures show that they are the same. A case that comes
    in two versions is compared figure by figure.

    Example: "Flytteteam" is 1.900 in Tabel 3 in 2023, but 900 in Tabel 1.

    Source: the templates of the City of Copenhagen: Tabel 1 sums up the tables that follow it.
    """
    for case in batch.cases:
        for summary in summaries(case)[:1]:
            yield from _recurring(case, summary)
            yield from _implementation(case, summary)
            yield from _administration(case, summary)
    yield from compare_versions(batch)


@record
class _Match:
    """A detailed table's total, the summary lines it must equal, and the years that speak for it."""

    lines: tuple[int, ...]
    same: int
    of: int

    @property
    def mostly(self) -> bool:
        return self.of > 0 and self.same * 2 >= self.of


def _recurring(case: CaseView, summary: Summary) -> Iterator[Identity]:
    tables = [t for t in case.of_kind(Kind.RECURRING) if t.grand_total is not None]
    yield from _detail(summary, "recurring", [(t, area(t.table.title)) for t in tables])


def _implementation(case: CaseView, summary: Summary) -> Iterator[Identity]:
    areas = {Kind.INVESTMENT_SERVICE: "service", Kind.INVESTMENT_CAPITAL: "capital"}
    tables = [t for t in case.of_kind(*areas) if t.grand_total is not None]
    yield from _detail(summary, "implementation", [(t, areas[t.kind]) for t in tables])


def _detail(summary: Summary, what: str, tables: list[tuple[TableView, str | None]]) -> Iterator[Identity]:
    """The identities between a summary's total and lines and the tables that detail them."""
    alone = len(tables) == 1
    found = [(table, its_area, _match(summary, what, table, its_area, alone)) for table, its_area in tables]
    open_tables = [t for t, _, match in found if match is None]
    for table, its_area, match in found:
        if match is None:
            continue
        yield from _equal_totals(summary, table, match)
        lines = summary.lines(what, its_area) if not alone else summary.lines(what)
        yield from _equal_lines(summary, lines or summary.lines(what), table)
    total = summary.total(what)
    if len(tables) > 1 and total is not None and open_tables:
        yield from _joint_total(summary, total, [t for t, _ in tables])
        for table in open_tables:
            yield from _equal_lines(summary, summary.lines(what), table)


def _match(summary: Summary, what: str, table: TableView, its_area: str | None, alone: bool) -> _Match | None:
    """Which lines of the summary that table's total must equal; None where nothing shows it."""
    total = summary.total(what)
    by_area = summary.total(what, its_area) if its_area is not None else None
    lines_of_area = tuple(summary.lines(what, its_area)) if its_area is not None else ()
    options: list[tuple[int, ...]] = [(line,) for line in (total, by_area) if line is not None]
    if lines_of_area and len(lines_of_area) < len(summary.lines(what)):
        options.append(lines_of_area)
    matches = [_tried(summary, table, lines) for lines in options]
    good = [m for m in matches if m.mostly]
    if good:
        return max(good, key=lambda m: m.same / m.of)
    if (
        alone
        and matches
        and _same_prices(summary.table, table)
        and len({summary.area_of(i) for i in summary.lines(what)}) == 1
    ):
        return matches[0]
    return None


def _tried(summary: Summary, table: TableView, lines: tuple[int, ...]) -> _Match:
    years = summary.table.year_columns.keys() & table.year_columns.keys()
    stated: dict[int, Decimal] = {}
    for line in lines:
        for year, value in summary.table.vector(line).items():
            stated[year] = stated.get(year, ZERO) + value
    assert table.grand_total is not None
    own = table.vector(table.grand_total)
    same, of = agreement({y: stated.get(y, ZERO) for y in years}, {y: own.get(y, ZERO) for y in years})
    return _Match(lines, same, of)


def _same_prices(left: TableView, right: TableView) -> bool:
    levels = {left.table.price_level, right.table.price_level} - {None}
    return len(levels) < 2


def _factor(source: TableView, source_column: int, target: TableView, target_column: int) -> Decimal:
    """What a figure of `source` is multiplied with to be in the unit and sign of `target`."""
    sign = Decimal(source.table.cost_sign * target.table.cost_sign)
    return sign * source.unit(source_column) / target.unit(target_column)


def _sides(
    stated: TableView,
    stated_line: int,
    others: Lines,
    message: str,
    params: dict[str, str | int | Decimal],
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


def _equal_totals(summary: Summary, table: TableView, match: _Match) -> Iterator[Identity]:
    total = table.grand_total
    assert total is not None
    others = [(summary.table, i) for i in match.lines]
    label = summary.table.lines[match.lines[0]].label
    if len(others) > 1:
        params: dict[str, str | int | Decimal] = {"other_table": summary.table.name, "parts": len(others)}
        yield from _sides(table, total, others, "cross_group", params, totals=True)
    else:
        yield from _sides(
            table, total, others, "cross_total", {"other_table": summary.table.name, "other_line": label}, totals=True
        )


def _joint_total(summary: Summary, total: int, tables: Sequence[TableView]) -> Iterator[Identity]:
    """Several tables together make up the summary's total, where most years show that they do."""
    years = set(summary.table.year_columns).intersection(*(set(t.year_columns) for t in tables))
    joint: dict[int, Decimal] = dict.fromkeys(years, ZERO)
    for table in tables:
        assert table.grand_total is not None
        for year, value in table.vector(table.grand_total).items():
            if year in joint:
                joint[year] += value
    own = summary.table.vector(total)
    same, of = agreement({y: own.get(y, ZERO) for y in years}, joint)
    if of < 2 or same * 2 < of:
        return
    others = [(t, t.grand_total) for t in tables if t.grand_total is not None]
    params: dict[str, str | int | Decimal] = {"other_table": tables[0].name, "parts": len(tables)}
    yield from _sides(summary.table, total, others, "cross_group", params, totals=True)


def _equal_lines(summary: Summary, lines: Sequence[int], table: TableView) -> Iterator[Identity]:
    """Line for line, where the same line is sure."""
    total = table.grand_total
    assert total is not None
    own = [i for i, _ in table.leaves(total) if table.lines[i].amounts]
    for found in link(summary.table, lines, table, own):
        others = [(table, i) for i in found.right]
        left = summary.table.lines[found.left]
        if len(found.right) == 1:
            params: dict[str, str | int | Decimal] = {
                "other_table": table.name,
                "other_line": table.lines[found.right[0]].label,
            }
            yield from _sides(summary.table, found.left, others, "cross_line", params, blanks=found.sure_blank)
        elif left.amounts:
            params = {"other_table": table.name, "parts": len(found.right)}
            yield from _sides(summary.table, found.left, others, "cross_group", params, blanks=False)


def _administration(case: CaseView, summary: Summary) -> Iterable[Identity]:
    total = summary.total("recurring")
    if total is None:
        return
    for table in case.of_kind(Kind.ADMINISTRATION):
        line = table.grand_total
        if line is None:
            continue
        match = _tried(summary, table, (total,))
        if match.of > 1 and match.same * 2 > match.of:
            severity = Severity.ERROR if match.of - match.same == 1 and match.of > 2 else Severity.WARNING
            label = summary.table.lines[total].label
            yield from _sides(
                table,
                line,
                [(summary.table, total)],
                "cross_administration",
                {"other_table": summary.table.name, "other_line": label},
                severity=severity,
                totals=True,
            )
