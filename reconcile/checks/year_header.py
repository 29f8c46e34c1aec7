"""The years of a table's header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from extract.models import Placement
from lexicon.years import YEAR
from normalize.models import Column, ColumnKind
from reconcile.figures.doubt import is_headed_in_doubt, is_wild
from reconcile.figures.draft import Draft, Param
from reconcile.figures.relations import related_columns, relations
from reconcile.figures.view import Batch, TableView
from reconcile.models import Check, Severity
from reconcile.registry import register

_IN_A_ROW = 3  # years that follow each other, before one that is left out is missed
_YEAR = re.compile(YEAR)


@register(Check.YEAR_HEADER)
def year_header(batch: Batch) -> Iterator[Draft]:
    """The years of a header run without repeats or gaps.

    Rule: each year column is one year after the one before it. Headers that group their years (two runs side by side,
    budget beside accounts) or step evenly over several years are as they should be, and so are those that leave years
    out where what they print changes ("Regnskab 2024, Budget 2026"). A column whose figures are what two others make
    is no year, whatever its heading was read as.

    Example: 2024 2025 2026 2027 2028 2028: the last must be 2029.

    Source: the templates' own form; budget and three estimate years follow each other in Danish municipal budgets.
    """
    for case, table in batch.tables():
        own = related_columns(relations(batch).get((table.case_index, table.index), ()))
        years = [(c, c.year) for c in table.table.years() if c.year is not None and c.index not in own]
        run = [y for _, y in years]
        if len(years) < 2 or _regular(run) or _prefixed([c for c, _ in years]) or is_wild(run):
            continue
        for k in range(1, len(years)):
            column, year = years[k]
            before = years[k - 1][1]
            if year == before + 1 or (year > before and _told_apart(years[k - 1][0], column) and _ascending(run)):
                continue
            yield _broken(batch, case.index, table, [y for _, y in years], k, column)
            break


def _regular(years: list[int]) -> bool:
    """Whether the years step evenly (by one or more), fall into equal runs that do, or run on in uneven steps."""
    steps = [b - a for a, b in pairwise(years)]
    if len(set(steps)) == 1 and 0 not in steps:
        return True
    if min(steps, default=0) > 0 and sum(step > 1 for step in steps) > 1:
        return True  # chosen years, as a forecast has: 2023 2025 2030 2040
    for size in range(1, len(years) // 2 + 1):
        if len(years) % size == 0 and (size > 1 or len(years) > 2):
            runs = [years[i : i + size] for i in range(0, len(years), size)]
            if all(run == runs[0] for run in runs) and (size > 1 and _regular(runs[0])):
                return True
    return len(years) % 2 == 0 and len(years) > 2 and years[::2] == years[1::2] and _regular(years[::2])


def _ascending(years: list[int]) -> bool:
    return all(b > a for a, b in pairwise(years))


def _beside(column: Column) -> str:
    """The words that stand beside a column's year."""
    return _YEAR.sub("", column.label).strip().casefold()


def _told_apart(one: Column, other: Column) -> bool:
    """Whether words say that two years are of different things, accounts and budget."""
    return "" != _beside(one) != _beside(other) != ""


def _prefixed(columns: list[Column]) -> bool:
    """Whether words beside the year tell columns of one year apart ("R2023", "B2023") and no year is left out."""
    unique = sorted({c.year for c in columns if c.year is not None})
    if (len(unique) > 1 and not _regular(unique)) or unique != list(range(unique[0], unique[0] + len(unique))):
        return False
    rest = [_beside(c) for c in columns]
    repeated = {c.year for c in columns if sum(d.year == c.year for d in columns) > 1}
    if not repeated:
        return False
    return all(len({r for r, c in zip(rest, columns, strict=True) if c.year == y}) > 1 for y in repeated)


def _misprinted(batch: Batch, case: int, table: TableView, years: list[int]) -> bool:
    """Whether another table of the document has as many years, from the same one on, without a gap."""
    run = list(range(years[0], years[0] + len(years)))
    home = batch.cases[case].document_id
    others = (t for c in batch.cases if c.document_id == home for t in c.tables if t is not table)
    return any(sorted(t.year_columns) == run for t in others)


def _may_be_before(table: TableView, at: int) -> bool:
    """Whether a first year that stands twice may have lost its "Før": where nothing is paid before it, or after.

    So it may where other columns are of what years do not name: amounts, or years that stand together ("2027-2028").
    """
    first = list(table.year_of)[at - 1]
    spans = (c.kind is ColumnKind.TOTAL and not c.total_of for c in table.columns)
    beside = any(spans) or any(c.kind is ColumnKind.AMOUNT for c in table.columns)
    return beside or not any(table.value(line, first) for line in table.figure_lines)


def _is_unproven(table: TableView) -> bool:
    """Whether nothing proves that a column of another year holds its figures, or a total stands under a year."""
    printed = Counter(column.year for column in table.columns)
    once = {c.index for c in table.columns if printed[c.year] == 1}
    figures = (a for line in table.unsure_lines for a in table.lines[line].amounts)
    if any(a.placement is Placement.UNDECIDED and a.column in once for a in figures):
        return True
    return is_headed_in_doubt(table)


def _one_left_out(years: list[int]) -> bool:
    """Whether all years follow each other but for one that is left out, with three or more in a row before it."""
    steps = [b - a for a, b in pairwise(years)]
    return steps.count(2) == 1 and steps.count(1) == len(steps) - 1 and steps.index(2) >= _IN_A_ROW - 1


def _wrong_year(years: list[int], at: int) -> tuple[int, int]:
    """(which year of a run is wrong, what it must be) where the run breaks: the first, where others run on from it."""
    first_alone = at == 1 and years[2:3] == [years[1] + 1]
    return (0, years[1] - 1) if first_alone else (at, years[at - 1] + 1)


def _told(years: list[int], position: int, expected: int) -> tuple[str, dict[str, Param]]:
    """How it is said, and the years that the message names."""
    stated = years[position]
    if years.count(stated) > 1:
        return "year_repeated", {"stated": stated, "expected": expected}
    if position == 0:
        return "year_gap", {"before": stated, "stated": years[1], "expected": stated + 1}
    said: dict[str, Param] = {"before": years[position - 1], "stated": stated, "expected": expected}
    return ("year_gap" if stated > expected else "year_order"), said


def _broken(batch: Batch, case: int, table: TableView, years: list[int], at: int, column: Column) -> Draft:
    """The finding about the first place where the run of years breaks: the year that is wrong and what it must be."""
    position, expected = _wrong_year(years, at)
    stated = years[position]
    message, params = _told(years, position, expected)
    cause = "repeated_year" if message == "year_repeated" else "mistyped_digit"
    doubtful = _is_unproven(table) or (position == 0 and _may_be_before(table, at))
    severity = Severity.INFO if doubtful else Severity.ERROR
    if message == "year_gap" and position and _ascending(years):  # chosen years, unless another table says
        told = _misprinted(batch, case, table, years) or _one_left_out(years)
        severity = Severity.WARNING if told else Severity.INFO
    return Draft(
        Check.YEAR_HEADER,
        severity,
        message,
        case,
        table.index,
        year=stated,
        column_label=column.label,
        params=params,
        stated=Decimal(stated),
        expected=Decimal(expected),
        cause=cause,
        cause_params={"stated": stated, "expected": expected}
        if cause == "repeated_year"
        else {"printed": stated, "intended": expected},
    )
