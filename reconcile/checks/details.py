"""The summary table against the tables that detail it: totals by kind, lines by what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from extract.records import record
from normalize.models import Kind
from reconcile.checks.comparing import equal_lines, sides
from reconcile.figures.draft import Identity, Param
from reconcile.figures.summary import Summary
from reconcile.figures.view import CaseView, TableView
from reconcile.links.lines import Printed, added, agreement, link, printed
from reconcile.models import Severity
from reconcile.wording import area

_AREAS = {Kind.INVESTMENT_SERVICE: "service", Kind.INVESTMENT_CAPITAL: "capital"}


def against_summary(case: CaseView, summary: Summary, *, first: bool) -> Iterator[Identity]:
    """What must be equal between a summary table and the tables of the case that detail it.

    A case's first summary is held to them by what they are; another one only where its figures show that it is theirs.
    """
    recurring = [t for t in case.of_kind(Kind.RECURRING) if t.grand_total is not None]
    yield from _Detail(summary, "recurring", [(t, area(t.table.title)) for t in recurring], first).identities()
    tables = [t for t in case.of_kind(*_AREAS) if t.grand_total is not None]
    yield from _Detail(summary, "implementation", [(t, _AREAS[t.kind]) for t in tables], first).identities()
    yield from _administration(case, summary)


@record
class _Match:
    """A detailed table's total, the summary lines it must equal, and the years that speak for it."""

    lines: tuple[int, ...]
    same: int
    of: int

    @property
    def mostly(self) -> bool:
        return self.of > 0 and self.same * 2 >= self.of


class _Detail:
    """A summary's total of one concept, and the tables that detail it, each with its steering area."""

    def __init__(self, summary: Summary, what: str, tables: list[tuple[TableView, str | None]], by_kind: bool) -> None:
        self.summary = summary
        self.what = what
        self.tables = tables
        self.by_kind = by_kind
        self.lines = summary.lines(what)
        self.areas = {summary.area_of(i) for i in self.lines}

    def identities(self) -> Iterator[Identity]:
        """The identities between the summary's total and lines and the tables."""
        found = [(table, its_area, self._match(table, its_area)) for table, its_area in self.tables]
        for table, its_area, match in found:
            if match is not None:
                yield from self._equal_totals(table, match)
                whole = match.lines == (self.summary.total(self.what),)
                yield from self._equal_lines(table, None if whole else its_area)
        total = self.summary.total(self.what)
        if len(self.tables) > 1 and total is not None and self._parted_by_area([m for _, _, m in found]):
            yield from self._joint_total(total, sure=True)
        left_open = [table for table, _, match in found if match is None]
        if len(self.tables) > 1 and total is not None and left_open:
            joint = list(self._joint_total(total))
            yield from joint
            for table in left_open if joint else ():
                yield from self._equal_lines(table, None)

    def _equal_lines(self, table: TableView, its_area: str | None) -> Iterator[Identity]:
        lines = self.summary.lines(self.what, its_area) if its_area is not None else self.lines
        yield from equal_lines(self.summary.table, lines or self.lines, table, _own_lines(table))

    def _match(self, table: TableView, its_area: str | None) -> _Match | None:
        """Which lines of the summary that table's total must equal; None where nothing shows it."""
        matches = [self._tried(table, lines) for lines in self._options(its_area)]
        good = [m for m in matches if m.mostly]
        if good:
            return max(reversed(good), key=lambda m: m.same / m.of)  # of equals the more particular
        if not matches or not self.by_kind or not _same_prices(self.summary.table, table):
            return None
        if len(self.tables) == 1 and len(self.areas) == 1:
            return matches[0]
        return matches[-1] if self._of_area(table, its_area) else None

    def _options(self, its_area: str | None) -> list[tuple[int, ...]]:
        """What the total may be in the summary, the most particular last."""
        total = self.summary.total(self.what)
        options: list[tuple[int, ...]] = [(total,)] if total is not None else []
        if its_area is None:
            return options
        of_area = tuple(self.summary.lines(self.what, its_area))
        if of_area and len(of_area) < len(self.lines):
            options.append(of_area)
        by_area = self.summary.total(self.what, its_area)
        return options if by_area is None else [*options, (by_area,)]

    def _of_area(self, table: TableView, its_area: str | None) -> bool:
        """Whether it is the only table of a steering area that the summary's lines name, and its lines are theirs."""
        if its_area is None or None in self.areas or its_area not in self.areas:
            return False
        if sum(a == its_area for _, a in self.tables) > 1:
            return False
        own = _own_lines(table)
        links = link(self.summary.table, self.summary.lines(self.what, its_area), table, own)
        return 2 * sum(len(found.right) for found in links if found.wording) >= len(own) > 0

    def _tried(self, table: TableView, lines: tuple[int, ...]) -> _Match:
        assert table.grand_total is not None
        years = self.summary.table.year_columns.keys() & table.year_columns.keys()
        stated = printed(self.summary.table, lines, years)
        return _Match(lines, *agreement(stated, printed(table, [table.grand_total], years)))

    def _equal_totals(self, table: TableView, match: _Match) -> Iterator[Identity]:
        assert table.grand_total is not None
        others = [(self.summary.table, i) for i in match.lines]
        params: dict[str, Param] = {"other_table": self.summary.table.name}
        if len(others) > 1:
            params["parts"] = len(others)
            yield from sides(table, table.grand_total, others, "cross_group", params, totals=True)
        else:
            params["other_line"] = self.summary.table.lines[match.lines[0]].label
            yield from sides(table, table.grand_total, others, "cross_total", params, totals=True)

    def _parted_by_area(self, matches: list[_Match | None]) -> bool:
        """Whether each table is all of a steering area, and together they are all lines of the summary."""
        lines = [i for match in matches if match is not None for i in match.lines]
        known = all(match is not None for match in matches)
        return known and len(lines) == len(set(lines)) and set(lines) == set(self.lines)

    def _joint_total(self, total: int, *, sure: bool = False) -> Iterator[Identity]:
        """Several tables together make up the summary's total, where it is sure or most years show that they do."""
        own = self.summary.table
        tables = [t for t, _ in self.tables]
        others = [(t, t.grand_total) for t in tables if t.grand_total is not None]
        years = set(own.year_columns).intersection(*(set(t.year_columns) for t in tables))
        joint: dict[int, Printed] = {}
        for table, line in others:
            joint = added(joint, printed(table, [line], years))
        same, of = agreement(printed(own, [total], years), joint)
        if sure or (of >= 2 and same * 2 >= of):
            params: dict[str, Param] = {"other_table": _together(tables), "parts": len(tables)}
            yield from sides(own, total, others, "cross_group", params, totals=True)


def _together(tables: Sequence[TableView]) -> str:
    """What tables that make up a total are called; the first alone where one of them has no name of its own."""
    names = [t.table.label or t.table.title or "" for t in tables]
    return " + ".join(names) if all(names) else tables[0].name


def _own_lines(table: TableView) -> list[int]:
    """The lines of a detailed table that its total adds up."""
    assert table.grand_total is not None
    return [i for i, _ in table.leaves(table.grand_total) if table.lines[i].amounts]


def _same_prices(left: TableView, right: TableView) -> bool:
    return len({left.table.price_level, right.table.price_level} - {None}) < 2


def _administration(case: CaseView, summary: Summary) -> Iterable[Identity]:
    total = summary.total("recurring")
    if total is None:
        return
    for table in case.of_kind(Kind.ADMINISTRATION):
        line = table.grand_total
        if line is None:
            continue
        years = summary.table.year_columns.keys() & table.year_columns.keys()
        same, of = agreement(printed(summary.table, [total], years), printed(table, [line], years))
        if of > 1 and same * 2 > of:
            severity = Severity.ERROR if of - same == 1 and of > 2 else Severity.WARNING
            params: dict[str, Param] = {
                "other_table": summary.table.name,
                "other_line": summary.table.lines[total].label,
            }
            others = [(summary.table, total)]
            yield from sides(table, line, others, "cross_administration", params, severity=severity, totals=True)
