"""The printed payback time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from itertools import accumulate

from normalize.models import Amount, ColumnKind, Role, StatementKind
from reconcile.figures.draft import Draft
from reconcile.figures.summary import Summary, summaries
from reconcile.figures.view import ZERO, Batch, CaseView, TableView
from reconcile.models import Check, Severity
from reconcile.prose.statements import is_vague
from reconcile.registry import register
from reconcile.wording import stems_met, vocabulary

_ROUNDINGS = (ROUND_HALF_UP, ROUND_UP, ROUND_DOWN)
_SHOWN_YEARS = 8  # of a running sum
_HORIZON = 200  # years after which a case is said never to pay back


@register(Check.PAYBACK)
def payback(batch: Batch) -> Iterator[Draft]:
    """The payback time follows from "Samlet økonomisk påvirkning".

    Rule: the payback time is the first year, counted from the table's first year as 1, in which the running sum of
    "Samlet økonomisk påvirkning", having been above 0, is 0 or less; the last column is repeated for later years.
    Where another way of counting gives the printed time (from the first cost, after correcting a wrong total, from
    the service lines alone, in parts of a year; in other templates also cost divided by the yearly saving) that is
    said as information; it is an error only where none does. A payback time in running text is one that the case's
    tables print, or that follows from them.

    Example: 3.800, 1.705, −3.091, −3.791 … is paid back in the 4th year, but 6 is printed.

    Source: reproduces all 24 printed figures of twelve cases of Copenhagen's 2021 budget.
    """
    for case in batch.cases:
        for summary in summaries(case):
            table = summary.table
            total = summary.total("impact")
            printed = [(i, _printed(table, i)) for i, line in enumerate(table.lines) if line.role is Role.PAYBACK]
            stated = [(i, amount) for i, amount in printed if amount is not None]
            if total is None or not stated:
                continue
            yield from _judge(case, summary, total, stated)
        yield from _in_prose(case)


def _printed(table: TableView, line: int) -> Amount | None:
    """The payback time of that row; a dash or a nil states none."""
    return next((a for a in table.lines[line].amounts if a.value > 0), None)


def series(table: TableView, line: int) -> list[Decimal]:
    """The line's figures over the year columns, in print order, blanks as 0."""
    return [table.value(line, c.index) * table.table.cost_sign for c in table.columns if c.kind is ColumnKind.YEAR]


def years_to_pay_back(figures: Sequence[Decimal]) -> int | None:
    """The 1-based year in which the running sum, having been above 0, is 0 or less; None where that never happens."""
    running, spent = ZERO, False
    for k in range(_HORIZON):
        running += figures[min(k, len(figures) - 1)]
        if spent and running <= 0:
            return k + 1
        spent = spent or running > 0
    return None


def _within_rounding(table: TableView, total: int, time: Decimal) -> bool:
    """Whether the line, were its printed figures a little more or less than they were rounded to, gives that time."""
    halves = [table.half(total, c.index) for c in table.columns if c.kind is ColumnKind.YEAR]
    figures = series(table, total)
    sooner = years_to_pay_back([f - half for f, half in zip(figures, halves, strict=True)])
    later = years_to_pay_back([f + half for f, half in zip(figures, halves, strict=True)])
    return sooner is not None and sooner <= time <= (later or _HORIZON)


def _exact_time(figures: Sequence[Decimal]) -> Decimal | None:
    """The payback time with the part of the last year that it takes."""
    running, spent = ZERO, False
    for k in range(_HORIZON):
        step = figures[min(k, len(figures) - 1)]
        if spent and step < 0 and running + step <= 0:
            return k + running / -step
        running += step
        spent = spent or running > 0
    return None


def _judge(case: CaseView, summary: Summary, total: int, stated: list[tuple[int, Amount]]) -> Iterator[Draft]:
    table = summary.table
    figures = series(table, total)
    if not figures or not any(f > 0 for f in figures):
        return
    expected = years_to_pay_back(figures)
    lasting = summary.total("recurring")
    if expected is None and lasting is not None and series(table, lasting)[-1] < 0:
        return  # what lasts is a saving, so the impact must turn: it is not this line
    drafts = []
    for line, amount in stated:
        if expected is not None and (amount.value == expected or _within_rounding(table, total, amount.value)):
            continue
        variant = _variant(summary, line, amount, figures)
        drafts.append(_draft(case, table, total, line, amount, expected, variant))
    wrong = [d for d in drafts if d.severity is not Severity.INFO]
    for draft in drafts:
        if draft.severity is Severity.INFO:
            yield draft
    if wrong:  # two rows that print the same wrong time have one cause
        root, *more = wrong
        root.consequences = [d for d in more if d.stated == root.stated]
        yield root
        yield from (d for d in more if d.stated != root.stated)


def _variant(summary: Summary, line: int, amount: Amount, figures: list[Decimal]) -> str | None:
    """The other way of counting that gives the printed time, None where none does."""
    table, printed = summary.table, amount.value
    first_cost = next((k for k, f in enumerate(figures) if f > 0), 0)
    whole = years_to_pay_back(figures)
    if whole is not None and first_cost and printed == whole - first_cost:
        return "first_cost"
    corrected = _joint(table, [*summary.lines("recurring"), *summary.lines("implementation")])
    if corrected and corrected != figures and years_to_pay_back(corrected) == printed:
        return "corrected"
    label = table.lines[line].label
    if stems_met(label, vocabulary().payback_service) and printed in _times_of_service(summary):
        return "service_lines"
    if printed != printed.to_integral_value() or not stems_met(label, vocabulary().payback_template):
        return _in_parts_of_years(summary, printed, figures, first_cost)
    return None


def _times_of_service(summary: Summary) -> list[int | None]:
    """The times that the service lines alone make, with their own costs or with all costs."""
    table = summary.table
    recurring, implementation = summary.lines("recurring"), summary.lines("implementation")
    service = [i for i in (*recurring, *implementation) if summary.area_of(i) in ("service", None)]
    if len(service) == len(recurring) + len(implementation):
        return []
    lasting = _joint(table, [i for i in recurring if summary.area_of(i) == "service"])
    costs = _joint(table, implementation)
    together = [a + b for a, b in zip(lasting, costs, strict=True)] if lasting and costs else lasting
    return [years_to_pay_back(of) for of in (_joint(table, service), together) if of]


def _in_parts_of_years(summary: Summary, printed: Decimal, figures: list[Decimal], first_cost: int) -> str | None:
    """Whether it is counted to a part of a year, or is cost divided by the yearly saving."""
    places = Decimal(1).scaleb(min(0, int(printed.normalize().as_tuple().exponent)))
    exact = _exact_time(figures)
    for variant, value in (("interpolated", exact), ("simple", _simple(summary))):
        if value is not None and printed in (value.quantize(places, ROUND_HALF_UP), value.quantize(places, ROUND_UP)):
            return variant
    later = exact is not None and first_cost > 0 and (exact - first_cost).quantize(places, ROUND_HALF_UP) == printed
    return "interpolated" if later else None


def _joint(table: TableView, lines: Sequence[int]) -> list[Decimal]:
    rows = [series(table, i) for i in lines]
    return [sum(column, ZERO) for column in zip(*rows, strict=True)] if rows else []


def _simple(summary: Summary) -> Decimal | None:
    """Cost divided by the lasting yearly saving."""
    costs, lasting = summary.total("implementation"), summary.total("recurring")
    if costs is None or lasting is None:
        return None
    saving = -series(summary.table, lasting)[-1]
    return sum(series(summary.table, costs), ZERO) / saving if saving > 0 else None


def _in_prose(case: CaseView) -> Iterator[Draft]:
    """A payback time that the text gives and that no table of the case prints or makes."""
    times = [s for s in case.case.statements if s.kind is StatementKind.PAYBACK and not is_vague(s)]
    if not times:
        return
    made, known = _times_made(case)
    for statement in times:
        if not made or any(abs(statement.value - value) <= statement.half_step for value in known):
            continue
        table, line, expected = made[0]
        yield Draft(
            Check.PAYBACK,
            Severity.WARNING,
            "payback_prose",
            case.index,
            table.index,
            line,
            params={"printed": statement.printed},
            stated=statement.value,
            expected=expected,
        ).quoting(statement)


def _times_made(case: CaseView) -> tuple[list[tuple[TableView, int, Decimal]], set[Decimal]]:
    """(table, line, time) of each payback time that the case's tables print or make, and every time that may be said.

    To the times that they print come those that follow, a year less, and both whole years around an exact time.
    """
    made = [
        (table, i, amount.value)
        for table in case.tables
        for i, line in enumerate(table.lines)
        if line.role is Role.PAYBACK and (amount := _printed(table, i)) is not None
    ]
    known = {value for _, _, value in made}
    for summary in summaries(case):
        total = summary.total("impact")
        figures = series(summary.table, total) if total is not None else []
        years = years_to_pay_back(figures) if figures else None
        if total is not None and years is not None:
            made.append((summary.table, total, Decimal(years)))
            known |= {Decimal(years), Decimal(years - 1)}
            exact = [t for t in (_exact_time(figures), _simple(summary)) if t is not None]
            known |= {t.quantize(Decimal(1), r) for t in exact for r in _ROUNDINGS}
    return made, known


def _draft(
    case: CaseView, table: TableView, total: int, line: int, amount: Amount, expected: int | None, variant: str | None
) -> Draft:
    params: dict[str, str | int | Decimal] = {}
    years = sorted(table.year_columns)
    severity = Severity.ERROR
    arithmetic: tuple[str | Decimal, ...] = ()
    if variant is not None and expected is not None:
        message, severity = "payback_variant", Severity.INFO
        params["variant"] = variant
    elif expected is None:
        message = "payback_never"
    else:
        message = "payback"
        params["first_year"] = years[0] if years else 0
        params["paid_back_in"] = years[0] + expected - 1 if years else expected
        arithmetic = _running_sum(series(table, total), expected)
    columns = [c.index for c in table.columns if c.kind is ColumnKind.YEAR]
    return Draft(
        Check.PAYBACK,
        severity,
        message,
        case.index,
        table.index,
        line,
        params=params,
        stated=amount.value,
        expected=Decimal(expected) if expected is not None else None,
        evidence=(table.slot(line, amount.column), *(table.slot(total, c) for c in columns)),
        arithmetic=arithmetic,
    )


def _running_sum(figures: Sequence[Decimal], years: int) -> tuple[str | Decimal, ...]:
    """The running sum year by year, until it is paid back; its middle left out where it takes many years."""
    sums = accumulate(figures[min(k, len(figures) - 1)] for k in range(years))
    out: list[str | Decimal] = [x for value in sums for x in (value, "→")][:-1]
    return tuple(out) if years <= _SHOWN_YEARS else (*out[: 2 * _SHOWN_YEARS - 5], "…", *out[-3:])
