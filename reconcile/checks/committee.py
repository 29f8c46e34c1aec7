"""The committee tables (A to E) against each other and against the summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from normalize.models import Kind, Role
from reconcile.figures.draft import Draft, Identity, Param
from reconcile.figures.summary import Summary, summaries
from reconcile.figures.view import Batch, CaseView, TableView
from reconcile.links.lines import agreement, printed
from reconcile.models import Check, Severity
from reconcile.registry import register
from reconcile.wording import squash, stems_in, vocabulary

_FEWEST = 2  # lines of committees that a table of committees has


@register(Check.COMMITTEE)
def committee(batch: Batch) -> Iterator[Identity | Draft]:
    """The committee tables add up and repeat the summary.

    Rule: for every committee and the total, the net effect (table A) is the operations (B) plus the gross effect (C).
    The total of A is the summary's "Samlet varig ændring"; the totals of D and E are its implementation costs,
    capital and service. Where the summary's lines name their administrations, a committee's figures are those of its
    administration's lines, as far as most years show it.

    Example: table C is headed gross but repeats the net figures of table A although table B has operations of 1.800.

    Source: annex tables A-E of the City of Copenhagen's proposals (2023-2025).
    """
    for case in batch.cases:
        by_kind = {t.kind: t for t in reversed(case.tables)}
        net, operations, gross = _three(case, by_kind)
        if net is not None and operations is not None and gross is not None:
            if _repeats(net, gross) and any(
                v != 0 for i in operations.money_lines for v in operations.vector(i).values()
            ):
                yield _gross_is_net(case, net, operations, gross)
            else:
                yield from _net(net, operations, gross)
        found = summaries(case)
        if not found:
            continue
        summary = found[0]
        if net is not None:
            yield from _total(summary, net, "recurring", None)
            yield from _lines(summary, net, summary.lines("recurring"))
        for kind, its_area in ((Kind.COMMITTEE_CAPITAL, "capital"), (Kind.COMMITTEE_SERVICE, "service")):
            table = by_kind.get(kind)
            if table is not None:
                yield from _total(summary, table, "implementation", its_area)
                lines = summary.lines("implementation", its_area) or summary.lines("implementation")
                yield from _lines(summary, table, lines)


def _three(
    case: CaseView, by_kind: Mapping[Kind, TableView]
) -> tuple[TableView | None, TableView | None, TableView | None]:
    """Net, operations and gross: by kind; where a kind is missing, by the titles of tables with the same committees."""
    kinds = (Kind.COMMITTEE_TARGET, Kind.COMMITTEE_OPERATIONS, Kind.COMMITTEE_GROSS)
    net, operations, gross = (by_kind.get(k) for k in kinds)
    if net is not None and operations is not None and gross is not None:
        return net, operations, gross
    of_committees = [t for t in case.tables if sum(x.committee is not None for x in t.lines) >= _FEWEST]
    named: dict[str, TableView] = {}
    for what in ("gross", "net", "operations"):
        stems = vocabulary().committee[what]
        fits = [t for t in of_committees if t not in named.values() and stems_in(t.table.title or "", stems)]
        if len(fits) == 1:
            named[what] = fits[0]
    keys = {frozenset(_by_key(t)) for t in named.values()}
    if len(named) == len(kinds) and len(keys) == 1:
        return named["net"], named["operations"], named["gross"]
    return net, operations, gross


def _key(table: TableView, line: int) -> str:
    """What tells a committee's line from the others; totals are one and the same."""
    if line == table.grand_total or table.lines[line].role is Role.TOTAL:
        return "total"
    return squash(table.lines[line].label)


def _by_key(table: TableView) -> dict[str, int]:
    out: dict[str, int] = {}
    for i in table.money_lines:
        out.setdefault(_key(table, i), i)
    return out


def _repeats(net: TableView, gross: TableView) -> bool:
    """Whether every figure of one table is that of the other."""
    left, right = _by_key(net), _by_key(gross)
    if left.keys() != right.keys() or not left:
        return False
    years = net.year_columns.keys() | gross.year_columns.keys()
    pairs = [agreement(printed(net, [left[k]], years), printed(gross, [right[k]], years)) for k in left]
    return all(same == of for same, of in pairs) and any(of for _, of in pairs)


def _gross_is_net(case: CaseView, net: TableView, operations: TableView, gross: TableView) -> Draft:
    """One finding for the whole table; its consequences are the figures that the rule A = B + C asks for instead."""
    ours, theirs, costs = _by_key(gross), _by_key(net), _by_key(operations)
    wrong: list[Draft] = []
    for key, line in ours.items():
        for year, column in gross.year_columns.items():
            if key not in costs or year not in operations.year_columns or year not in net.year_columns:
                continue
            cost = operations.value(costs[key], operations.year_columns[year])
            cost *= operations.unit(operations.year_columns[year]) / gross.unit(column)
            if cost == 0:
                continue
            stated = gross.value(line, column)
            arithmetic = (stated, "+" if cost < 0 else "−", abs(cost), "=", stated - cost)
            wrong.append(
                Draft(
                    Check.COMMITTEE,
                    Severity.ERROR,
                    "committee_net",
                    case.index,
                    gross.index,
                    line,
                    year,
                    gross.column_label(column),
                    other_table=net.index,
                    other_line=theirs[key],
                    params={"operations": operations.name, "gross": gross.name},
                    stated=stated,
                    expected=stated - cost,
                    arithmetic=arithmetic,
                    evidence=(
                        gross.slot(line, column),
                        net.slot(theirs[key], net.year_columns[year]),
                        operations.slot(costs[key], operations.year_columns[year]),
                    ),
                )
            )
    return Draft(
        Check.COMMITTEE,
        Severity.ERROR,
        "committee_gross_is_net",
        case.index,
        gross.index,
        other_table=net.index,
        params={"other_table": net.name, "figures": len(wrong)},
        cause="same_as_other_table",
        cause_params={"other_table": net.name},
        evidence=tuple(slot for draft in wrong for slot in draft.evidence[:1]),
        consequences=wrong,
    )


def _net(net: TableView, operations: TableView, gross: TableView) -> Iterator[Identity]:
    """A = B + C, line by line; a committee that B or C leaves out has nothing there."""
    others = [(t, _by_key(t)) for t in (operations, gross)]
    for key, line in _by_key(net).items():
        if not any(key in keys for _, keys in others):
            continue
        for year, column in net.year_columns.items():
            terms = []
            for table, keys in others:
                there = table.year_columns.get(year)
                if there is None:
                    break
                if key in keys:
                    terms.append((table.slot(keys[key], there), table.unit(there) / net.unit(column)))
            else:
                yield Identity(
                    Check.COMMITTEE,
                    "committee_net",
                    net.slot(line, column),
                    tuple(terms),
                    params=(("operations", operations.name), ("gross", gross.name)),
                )


def _total(summary: Summary, table: TableView, what: str, its_area: str | None) -> Iterator[Identity]:
    total, own = summary.total(what), table.grand_total
    if own is None or table.lines[own].role not in (Role.TOTAL, Role.SUBTOTAL):
        return
    lines = [total] if total is not None else []
    if its_area is not None:
        by_area = summary.total(what, its_area)
        of_area = summary.lines(what, its_area)
        if by_area is not None:
            lines = [by_area]
        elif of_area and len(of_area) < len(summary.lines(what)):
            lines = of_area
        elif not of_area and any(summary.area_of(i) is not None for i in summary.lines(what)):
            return
    if lines:
        label = summary.table.lines[lines[0]].label
        params: dict[str, Param] = {"other_table": summary.table.name, "other_line": label}
        yield from _equal(table, own, summary.table, lines, "committee_total", params)


def _lines(summary: Summary, table: TableView, lines: list[int]) -> Iterator[Identity]:
    """Each committee against its administration's lines, where all lines name theirs and most years agree."""
    named = {i: summary.table.lines[i].committee for i in lines}
    if not lines or not all(named.values()) or len(set(named.values())) < 2:
        return
    pairs: list[tuple[int, list[int]]] = []
    same = of = 0
    for i in table.money_lines:
        own = table.lines[i].committee
        parts = [line for line, name in named.items() if name == own]
        if own is None or not parts:
            continue
        pairs.append((i, parts))
        years = table.year_columns.keys() & summary.table.year_columns.keys()
        agree, compared = agreement(printed(summary.table, parts, years), printed(table, [i], years))
        same, of = same + agree, of + compared
    if of < 2 or same * 2 < of:
        return
    for i, parts in pairs:
        params: dict[str, Param] = {"other_table": summary.table.name, "parts": len(parts)}
        yield from _equal(table, i, summary.table, parts, "committee_lines", params)


def _equal(
    table: TableView, line: int, other: TableView, parts: list[int], message: str, params: dict[str, Param]
) -> Iterator[Identity]:
    for year, column in table.year_columns.items():
        there = other.year_columns.get(year)
        if there is None:
            continue
        factor = other.unit(there) / table.unit(column)
        yield Identity(
            Check.COMMITTEE,
            message,
            table.slot(line, column),
            tuple((other.slot(part, there), factor) for part in parts),
            same=len(parts) == 1,
            params=tuple(params.items()),
        )
