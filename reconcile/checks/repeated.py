"""Tables that are printed twice in a case, and totals that another table repeats."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extract.records import record
from normalize.models import Kind, Measure
from reconcile.checks.comparing import linked, sides
from reconcile.figures.draft import Identity, Param
from reconcile.figures.slips import digits
from reconcile.figures.view import CaseView, TableView
from reconcile.links.lines import Link, agreement, printed
from reconcile.models import Severity
from reconcile.wording import likeness, squash, stems_in, vocabulary, words


@record
class Limits:
    """What makes two tables one printed twice, and two lines one total."""

    labels: float = 0.8  # share of the labels that both tables have
    figures: float = 0.6  # share of the figures that both have alike
    fewest_lines: int = 3  # lines that a table must have for its labels to tell
    common: int = 12  # tables that share a label or figure: of more, it tells nothing
    fewest_years: int = 2  # years in which a total must be the other line, with different figures
    named: float = 0.8  # likeness of labels that name one total
    near: Decimal = Decimal("0.5")  # of a total: further apart, two tables part different wholes
    no_chance: int = 5  # digits of a figure that two tables share in most years, and not by chance
    telling: Decimal = Decimal(10)  # in the table's unit: a smaller figure stands in many places by chance


LIMITS = Limits()
_OWN_CHECK = frozenset(k for k in Kind if k.value.startswith("committee_")) | {Kind.ADMINISTRATION}
"""Kinds of tables whose totals other checks hold to each other."""
_DETAILS = frozenset({Kind.RECURRING, Kind.INVESTMENT_CAPITAL, Kind.INVESTMENT_SERVICE})
"""Kinds of tables that are held to the summary by what they are."""


def repeated_tables(case: CaseView) -> Iterator[Identity]:
    """A table that is printed twice has the same figures both times."""
    for left, right in _twice(case):
        for pair in _same_rows(left, right):
            yield from linked(left, right, pair)


def _twice(case: CaseView) -> Iterator[tuple[TableView, TableView]]:
    """Tables of one kind with nearly all labels and most figures in common; of three, the neighbours."""
    labels = {t.index: {squash(t.lines[i].label) for i in t.figure_lines} - {""} for t in case.tables}
    holding: dict[str, list[int]] = defaultdict(list)
    for index, own in labels.items():
        if len(own) >= LIMITS.fewest_lines:
            for label in own:
                holding[label].append(index)
    met = Counter(pair for tables in holding.values() if len(tables) <= LIMITS.common for pair in pairwise(tables))
    for (one, other), common in met.items():
        left, right = case.tables[one], case.tables[other]
        most = max(len(labels[one]), len(labels[other]))
        if _of_one_kind(left, right) and common >= LIMITS.labels * most and _alike(left, right):
            yield left, right


def _of_one_kind(left: TableView, right: TableView) -> bool:
    """Whether they may be one table: a heading that says nothing does not say that it is another."""
    return left.kind is right.kind or Kind.OTHER_MONEY in (left.kind, right.kind)


def _same_rows(left: TableView, right: TableView) -> list[Link]:
    """The rows that both tables have under one label, the first with the first where there are more."""
    free: dict[str, list[int]] = defaultdict(list)
    for line in right.figure_lines:
        free[squash(right.lines[line].label)].append(line)
    out = []
    for line in left.figure_lines:
        label = squash(left.lines[line].label)
        if free[label]:
            out.append(Link((line,), (free[label].pop(0),), 1.0, sure_blank=True))
    return out


def _alike(left: TableView, right: TableView) -> bool:
    years = left.year_columns.keys() & right.year_columns.keys()
    if len(years) < LIMITS.fewest_years or left.table.measure is not right.table.measure:
        return False
    same = of = 0
    for pair in _same_rows(left, right):
        agree, compared = agreement(printed(left, pair.left, years), printed(right, pair.right, years))
        same, of = same + agree, of + compared
    return of > 0 and same >= LIMITS.figures * of


def shared_totals(case: CaseView) -> Iterator[Identity]:
    """A total that is a line of another table in most years is that line in all of them."""
    tables = [t for t in case.tables if t.kind not in _OWN_CHECK and t.table.measure is Measure.DKK and t.year_columns]
    where: dict[tuple[int, Decimal], list[tuple[TableView, int]]] = defaultdict(list)
    for table in tables:
        for line in table.figure_lines:
            for year, value in table.vector(line).items():
                if _tells(table, year, value):
                    where[(year, value)].append((table, line))
    for table in tables:
        total = table.grand_total
        if total is None or total not in table.parts_of:
            continue
        met: Counter[tuple[int, int]] = Counter()
        for year, value in table.vector(total).items():
            places = where.get((year, value), [])
            if len(places) <= LIMITS.common:
                met.update((t.index, i) for t, i in places if t is not table)
        for (index, line), _ in met.most_common(1):
            other = case.tables[index]
            detailed = Kind.SUMMARY in (table.kind, other.kind) and {table.kind, other.kind} & _DETAILS
            if detailed or not _one_total(table, total, other, line):
                continue
            if index < table.index or line != other.grand_total:
                params: dict[str, Param] = {"other_table": other.name, "other_line": other.lines[line].label}
                yield from sides(
                    table, total, [(other, line)], "cross_total", params, severity=Severity.WARNING, totals=True
                )


def restated_totals(case: CaseView) -> Iterator[Identity]:
    """A total that the table of a resumé names by its very own words is that total, whether any year agrees or not."""
    named: dict[str, list[tuple[TableView, int]]] = defaultdict(list)
    for table in case.tables:
        for line in table.figure_lines if table.table.measure is Measure.DKK else ():
            named[squash(table.lines[line].label)].append((table, line))
    for places in named.values():
        told = [p for p in places if stems_in(p[0].table.title or "", vocabulary().resume)]
        whole = [p for p in places if p not in told and p[1] == p[0].grand_total and p[1] in p[0].parts_of]
        if len(places) == 2 and len(told) == len(whole) == 1 and not _is_plain(*whole[0]):
            (table, line), (other, total) = told[0], whole[0]
            ours, theirs = table.vector(line), other.vector(total)
            if ours.keys() == theirs.keys() and all(_of_one_size(ours[y], theirs[y]) for y in ours):
                params: dict[str, Param] = {"other_table": other.name, "other_line": other.lines[total].label}
                yield from sides(
                    table, line, [(other, total)], "cross_total", params, severity=Severity.WARNING, totals=True
                )


def _is_plain(table: TableView, line: int) -> bool:
    """Whether a label says no more than that it is a total."""
    return set(words(table.lines[line].label)) <= vocabulary().plain_total


def _of_one_size(one: Decimal, other: Decimal) -> bool:
    return one * other >= 0 and abs(one - other) <= LIMITS.near * max(abs(one), abs(other))


def breakdowns(case: CaseView) -> Iterator[Identity]:
    """Two tables that part one whole by different things ("fordelt på udvalg", "efter forslag") have one total."""
    tables = [
        t
        for t in case.tables
        if t.grand_total is not None
        and t.table.measure is Measure.DKK
        and stems_in(t.table.title or "", vocabulary().breakdown)
        and _is_plain(t, t.grand_total)
    ]
    for left, right in pairwise(tables):
        parted = {words(t.table.title or "")[-1:] for t in (left, right)}  # "… efter udvalg": what by
        if len(parted) > 1 and left.year_columns.keys() == right.year_columns.keys() and _near(left, right):
            assert left.grand_total is not None
            assert right.grand_total is not None
            params: dict[str, Param] = {
                "other_table": left.name,
                "other_line": left.lines[left.grand_total].label,
            }
            others = [(left, left.grand_total)]
            yield from sides(
                right, right.grand_total, others, "cross_total", params, severity=Severity.WARNING, totals=True
            )


def _near(left: TableView, right: TableView) -> bool:
    """Whether the totals of two tables are of one size in most years, the same in half of them, or move alike."""
    ours, theirs = (t.vector(t.grand_total) for t in (left, right) if t.grand_total is not None)
    if 2 * sum(theirs.get(y) == v for y, v in ours.items() if v) >= len(ours) > 0:
        return True
    apart = {v - theirs.get(y, 0) for y, v in ours.items()}
    if len(apart) == 1 and len(set(ours.values())) >= LIMITS.fewest_years:
        return True
    near = sum(abs(ours[y] - theirs.get(y, 0)) <= LIMITS.near * abs(ours[y]) for y in ours)
    return 2 * near > len(ours)


def _tells(table: TableView, year: int, value: Decimal) -> bool:
    return abs(value) >= LIMITS.telling * table.unit(table.year_columns[year])


def _one_total(table: TableView, total: int, other: TableView, line: int) -> bool:
    """Whether the years that agree, and what the lines are called, show that they are one."""
    years = table.year_columns.keys() & other.year_columns.keys()
    ours, theirs = printed(table, [total], years), printed(other, [line], years)
    same, of = agreement(ours, theirs)
    alike = {ours[y].value for y in years if y in ours and y in theirs and ours[y].meets(theirs[y])} - {0}
    by_chance = len(alike) < LIMITS.fewest_years and not any(digits(v) >= LIMITS.no_chance for v in alike)
    if by_chance or same * 2 <= of:
        return False
    named = f"{table.lines[total].label} {table.table.title or ''}"
    label = other.lines[line].label
    return likeness(table.lines[total].label, label) >= LIMITS.named or bool(set(words(named)) & set(words(label)))
