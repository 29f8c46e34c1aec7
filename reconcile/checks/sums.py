"""Totals within one table: down the columns and along the rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from lexicon.years import YEAR
from normalize.models import Column, ColumnKind, Kind, Role, Sum
from reconcile.checks.columns import related
from reconcile.checks.ledger_of_lines import lines_out_of_place
from reconcile.figures.doubt import fit, is_headed_astray, is_of_averages, is_shifted, is_unproven
from reconcile.figures.draft import Draft, Identity
from reconcile.figures.relations import ratio_columns, relations
from reconcile.figures.slips import digits
from reconcile.figures.structure import is_by_name
from reconcile.figures.summary import Summary
from reconcile.figures.view import ZERO, Batch, TableView
from reconcile.models import Check, Severity
from reconcile.registry import register
from reconcile.wording import concept, squash, stems_in, stems_met, vocabulary, words

ONE = Decimal(1)
_NEAR = Decimal("0.5")  # of a sum: a total further from it is no slip
_SLIPS_OF_A_ROW = (-2, -1, 1)  # a row's sign turned, a row left out, a row counted twice: how often it is missing
_MANY_ROWS = 3  # in which a column that adds up nothing is no slip
_NAMES_YEARS = re.compile(YEAR)
_NO_CHANCE = 3  # digits of a figure that repeats in no sum by chance
_FEWEST_LEFT = 2  # lines that a sum without its first, and columns in which it holds


@register(Check.COLUMN_TOTAL)
def column_total(batch: Batch) -> Iterator[Identity | Draft]:
    """A total is the sum of its lines.

    Rule: in every column, a subtotal or total is the sum of the lines it covers, less those that are subtracted. Every
    line is part of a sum: one that no sum takes in, or that is printed twice and counted once, is reported; so is a
    row that is turned, left out or counted twice in every column, and lines of a section that its total leaves out,
    where another table adds them up. A "heraf"
    row is at most the row it is part of. A row that runs on ("Akkumuleret") is the one before it and this year's.
    Printed figures are rounded: with n parts a difference is an error where rounding cannot explain it, a warning
    where rounding explains it with a probability under 1 %. Shares of årsværk are not rounded. Memo lines ("heraf …")
    belong to no sum. Nothing is said where the reader may have lost a row or taken a dash for a minus.

    Example: 150 + 10 + 100 = 260, but "Investeringer totalt, service" says 265.

    Source: the tables' own structure; intervals as in XBRL Calculations 1.1.
    """
    for _, table in batch.tables():
        quotients = ratio_columns(relations(batch).get((table.case_index, table.index), ()))
        quotients |= {c.index for c in table.adding_columns if is_of_averages(table, c.index)}
        for total, severity in _held(table):
            for column in table.adding_columns:
                if column.index in quotients or not _carries(table, total, column):
                    continue
                terms = tuple((table.slot(part, column.index), Decimal(sign)) for part, sign in total.parts)
                yield Identity(
                    Check.COLUMN_TOTAL,
                    "column_total",
                    table.slot(total.total, column.index),
                    terms,
                    severity=severity or Severity.WARNING,
                    blank_message="column_total_blank",
                    part_message="column_part",
                    hunch=severity is None,
                )
    yield from related(batch, of_rows=True)
    yield from lines_out_of_place(batch)


def _carries(table: TableView, total: Sum, column: Column) -> bool:
    """Whether the total can be held to that column; a blank states something where it prints most of its others."""
    if table.amount(total.total, column.index) is not None:
        return any(table.amount(part, column.index) is not None for part, _ in total.parts) or (
            table.value(total.total, column.index) != 0 and len(total.parts) > 1
        )
    told = [c.index for c in table.adding_columns if any(table.amount(part, c.index) for part, _ in total.parts)]
    printed = sum(table.amount(total.total, c) is not None for c in told)
    return column.kind is ColumnKind.YEAR and 0 < printed >= len(told) - printed


def _held(table: TableView) -> Iterator[tuple[Sum, Severity | None]]:
    """The sums that the table is held to, each with how much a violation of it may be called; None for a hunch."""
    if is_shifted(table):
        return
    for total in table.sums:
        if is_unproven(table, total) or _closes_with_memos(table, total) or _is_half(table, total):
            continue
        added = _added(table, total) or _twice_negative(table, total)
        if added is not None:
            yield added, Severity.ERROR
            continue
        whole = next((w for w in (_with_first(table, total), _with_last(table, total)) if _leaves_out(table, w)), None)
        if whole is not None:
            yield whole, Severity.WARNING if table.kind is Kind.OTHER_MONEY else Severity.ERROR
            continue
        severity = _trust(table, total)
        if severity is not None or not _closes_without_first(table, total):
            yield total, severity


def _is_half(table: TableView, total: Sum) -> bool:
    """Whether it is the impact of costs that come once alone: what lasts stands on the page before, or nowhere."""
    parts = [concept(table.lines[part].label) for part, _ in total.parts]
    return parts == ["implementation"] and concept(table.lines[total.total].label) == "impact"


def _closes_with_memos(table: TableView, total: Sum) -> bool:
    """Whether lines among its parts, or below, that seem to be memos by their names ("Antal borgere") are its, too.

    The figures say so: it holds with them in every column, and in none without.
    """
    parts = [part for part, _ in total.parts]
    among = range(min(parts), max(*parts, total.total))
    memos = [(i, 1) for i in among if table.lines[i].role is Role.MEMO and table.lines[i].amounts]
    if any(stems_in(table.lines[i].label, vocabulary().part) for i, _ in memos):
        return False  # they say of themselves that they are counted already
    if not memos or fit(table, total.total, total.parts).holds:
        return False
    found = fit(table, total.total, [*total.parts, *memos])
    return found.holds >= _FEWEST_LEFT and not found.fails


def _closes_without_first(table: TableView, total: Sum) -> bool:
    """Whether its first lines may stand outside the sum: without them it holds in every column."""
    without = (fit(table, total.total, total.parts[start:]) for start in range(1, len(total.parts)))
    return any(found.holds and not found.fails for found in without)


def _added(table: TableView, total: Sum) -> Sum | None:
    """The impact of a summary as the sum of savings below nil and costs above it, where it was read as a difference."""
    if table.kind is not Kind.SUMMARY or all(sign > 0 for _, sign in total.parts):
        return None
    summary = Summary(table)
    lasting, once = summary.total("recurring"), summary.total("implementation")
    if lasting is None or once is None or {p for p, _ in total.parts} != {lasting, once}:
        return None
    turned = [sum(v < 0 for v in table.vector(i).values()) * 2 > len(table.vector(i)) for i in (lasting, once)]
    return replace(total, parts=tuple((p, 1) for p, _ in total.parts)) if turned == [True, False] else None


def _twice_negative(table: TableView, total: Sum) -> Sum | None:
    """A total of all ("i alt") that was read as subtracting a line that is printed below nil in every column: as a sum.

    Who prints income with a minus adds it up; subtracted once more it would count as a cost.
    """
    below = {part for part, sign in total.parts if sign < 0 and _is_below_nil(table, part)}
    if not below or not stems_met(table.lines[total.total].label, vocabulary().whole):
        return None
    return replace(total, parts=tuple((p, 1 if p in below else sign) for p, sign in total.parts))


def _is_below_nil(table: TableView, line: int) -> bool:
    figures = [table.value(line, c.index) for c in table.adding_columns]
    return any(figures) and all(value <= 0 for value in figures)


def _with_first(table: TableView, total: Sum) -> Sum:
    """The sum with the line right above its first part, where no sum takes that one in."""
    left_out = _total_left_out(table, total)
    if left_out is not None:
        return replace(total, parts=((left_out, 1), *total.parts))
    first = min(part for part, _ in total.parts)
    before = max((i for i in table.figure_lines if i < first), default=None)
    if before in (None, total.total) or before in table.wholes_of or before in table.parts_of:
        return total
    line, other = table.lines[before], table.lines[first]
    if line.role is not Role.DETAIL or line.section != other.section or squash(line.label) == squash(other.label):
        return total
    return replace(total, parts=((before, 1), *total.parts))


def _with_last(table: TableView, total: Sum) -> Sum:
    """The sum of a total that stands first with the table's last line, where no sum takes that one in.

    It comes before the others, as the one that may be left out; not one that says itself that it is a part.
    """
    last = table.figure_lines[-1]
    claimed = last in table.wholes_of or last in table.parts_of or _repeats(table, last, total.total)
    if claimed or total.total != table.figure_lines[0] or stems_in(table.lines[last].label, vocabulary().part):
        return total
    follows = max(part for part, _ in total.parts) + 1 == last
    return replace(total, parts=((last, 1), *total.parts)) if follows else total


def _repeats(table: TableView, line: int, other: int) -> bool:
    """Whether two lines print the same in every column that adds up."""
    return all(table.value(line, c.index) == table.value(other, c.index) for c in table.adding_columns)


def _total_left_out(table: TableView, total: Sum) -> int | None:
    """The only total that no other takes in, where the table's last line adds up all others."""
    totals = [p for p, _ in total.parts if p in table.parts_of]
    if len(totals) < len(total.parts) or total.total != table.figure_lines[-1]:
        return None
    free = [i for i in table.parts_of if i not in table.wholes_of and i < total.total]
    return free[0] if len(free) == 1 else None


def _trust(table: TableView, total: Sum) -> Severity | None:
    """How much a violation of that sum may be called; None where the structure is too doubtful to say anything."""
    found = fit(table, total.total, total.parts)
    if total.certain or not found.fails or (table.kind is Kind.SUMMARY and "section" in total.by):
        return Severity.ERROR
    if not found.holds and not _closes_without_first(table, total) and _one_row_off(table, total):
        return Severity.ERROR
    shown = (_named, _near, _closes_somewhere, _lacks_a_row)
    return Severity.WARNING if found.holds > found.fails or any(shows(table, total) for shows in shown) else None


def _one_row_off(table: TableView, total: Sum) -> bool:
    """Whether one of its rows, turned, left out or counted twice, makes up for what is open in every column.

    The row, or the total, must have at least two different figures, or the row one of so many digits that it is none by
    chance.
    """
    columns = [c.index for c in table.adding_columns]
    open_ = {c: table.value(total.total, c) - sum(table.value(p, c) * sign for p, sign in total.parts) for c in columns}
    for part, sign in total.parts:
        row = {c: table.value(part, c) * sign for c in columns}
        told = {abs(v) for v in row.values() if v}
        stated = {table.value(total.total, c) for c in columns if row[c]}
        enough = len(told) > 1 or len(stated) > 1 or any(digits(v) >= _NO_CHANCE for v in told)
        if enough and any(all(open_[c] == times * row[c] for c in columns) for times in _SLIPS_OF_A_ROW):
            return True
    return False


def _near(table: TableView, total: Sum) -> bool:
    """Whether a total that its label alone shows is of the size of its sum in every column."""
    if not is_by_name(total):
        return False
    sums = [(abs(stated), abs(summed)) for stated, summed in _beside(table, total)]
    told = [(stated, summed) for stated, summed in sums if stated]
    return bool(told) and all(abs(stated - summed) <= _NEAR * max(stated, summed) for stated, summed in told)


def _closes_somewhere(table: TableView, total: Sum) -> bool:
    """Whether a total that its label alone shows is its sum in a column in which that is no chance."""
    if not is_by_name(total):
        return False
    for column in table.adding_columns:
        stated = table.value(total.total, column.index)
        figures = [table.value(part, column.index) * sign for part, sign in total.parts]
        telling = digits(stated) >= _NO_CHANCE and sum(map(bool, figures)) > 1
        if telling and stated == sum(figures):
            return True
    return False


def _lacks_a_row(table: TableView, total: Sum) -> bool:
    """Whether a total of all lines above it is more than they make in every column: one that it counts is not printed.

    In a table of no known kind a total need not be one of all its lines.
    """
    if table.kind is Kind.OTHER_MONEY or not _is_of_all_above(table, total):
        return False
    sums = [(stated, summed) for stated, summed in _beside(table, total) if stated or summed]
    return len(sums) >= _FEWEST_LEFT and all(a * b >= 0 and abs(a) > abs(b) for a, b in sums)


def _is_of_all_above(table: TableView, total: Sum) -> bool:
    """Whether it is the last line, says no more than that it is a total, and adds up all lines above it."""
    line = table.lines[total.total]
    above = [(i, 1) for i in table.money_lines if i < total.total]
    last = total.total == table.figure_lines[-1] and line.role is Role.TOTAL
    return last and sorted(total.parts) == above and set(words(line.label)) <= vocabulary().plain_total


def _beside(table: TableView, total: Sum) -> Iterator[tuple[Decimal, Decimal]]:
    """(what is stated, what the parts make) in each column."""
    for column in table.adding_columns:
        parts = (table.value(part, column.index) * sign for part, sign in total.parts)
        yield table.value(total.total, column.index), sum(parts, Decimal(0))


def _named(table: TableView, total: Sum) -> bool:
    """Whether its label names a total that one line, or a total like another, must make."""
    if "label" not in total.by:
        return False
    if len(total.parts) == 1:
        printed = len(table.lines[total.total].amounts), len(table.lines[total.parts[0][0]].amounts)
        return table.kind is not Kind.OTHER_MONEY and printed[0] >= printed[1]
    return table.repeated_total(total.total) is not None


def _leaves_out(table: TableView, total: Sum) -> bool:
    """Whether it is the sum of all its parts but the first, which is a line like the others by its name.

    In a table of no known kind a total that names what it adds up ("Udgifter i alt") need not take in all lines.
    """
    first, *rest = total.parts
    if table.kind is Kind.OTHER_MONEY and not set(words(table.lines[total.total].label)) <= vocabulary().plain_total:
        return False
    found = fit(table, total.total, rest)
    if len(rest) < _FEWEST_LEFT or found.fails or found.holds < _FEWEST_LEFT:
        return False
    return not stems_in(table.lines[first[0]].label, vocabulary().apart)


@register(Check.ROW_TOTAL)
def row_total(batch: Batch) -> Iterator[Identity]:
    """A column that follows from others is what they make.

    Rule: the figure under "I alt" is the sum of the row's years; where the heading names years ("I alt 2025-28"), of
    those; of what is paid before or after them as well ("Før 2026", "2029-30") where more rows show that. Columns that
    are no years are related likewise: "I alt" to those before it, "Afvigelse" to budget and accounts, an amount to
    price and quantity, percent to the figures it is of or changes between, "Gennemsnit" to the columns before it,
    "Ultimo" to "Primo" and movement.
    Rounding as for column_total. Where the heading does not say which years, the rows must show it: most of them
    have to add up before one that does not is reported.

    Example: 200 + 100 + 100 + 100 = 500, but "I alt" says 400.

    Source: the tables' own structure.
    """
    for _, table in batch.tables():
        for column in table.columns:
            parts = column.total_of or tuple(table.year_of)
            if column.kind is ColumnKind.TOTAL and len(parts) > 1:
                yield from _of_years(table, column, parts)
    yield from related(batch, of_rows=False)


def _of_years(table: TableView, column: Column, parts: Sequence[int]) -> Iterator[Identity]:
    """The identities of a column that sums up years, where its heading or its rows show which."""
    rows = [i for i in _rows(table) if table.amount(i, column.index) is not None]
    rows = [i for i in rows if any(table.amount(i, part) is not None for part in parts)]
    options = [tuple(sorted({*parts, *some})) for some in _beside_years(table, column, parts)]
    parts = max(options, key=lambda some: _adding_up(table, column, some, rows, rounded=False))
    if not _is_shown(table, column, parts, rows) or is_headed_astray(table, {*parts, column.index}, rows):
        return
    for i in rows:
        yield Identity(
            Check.ROW_TOTAL,
            "row_total",
            table.slot(i, column.index),
            tuple((table.slot(i, part), ONE) for part in parts),
            blank_message="row_total_blank",
            part_message="row_part",
        )


def _is_shown(table: TableView, column: Column, parts: Sequence[int], rows: Sequence[int]) -> bool:
    """Whether it is clear that the column adds up just these years.

    Its heading names years that all have columns, or half of its rows add up.  Right behind years that have no other
    amounts beside them it is clear as well where a table has few rows, or where in every row one and the same year is
    left out.
    """
    named = _NAMES_YEARS.search(column.label) is not None
    if (named and column.total_of) or 2 * _adding_up(table, column, parts, rows, rounded=True) >= len(rows):
        return True
    beside = any(c.index not in parts and c.index < column.index for c in table.adding_columns)
    if named or beside or column.index < max(parts):
        return False
    left_out = ([p for p in parts if p != one] for one in parts)
    return len(rows) < _MANY_ROWS or any(
        _adding_up(table, column, some, rows, rounded=False) == len(rows) for some in left_out
    )


def _adding_up(table: TableView, column: Column, parts: Sequence[int], rows: Sequence[int], *, rounded: bool) -> int:
    """In how many rows the column is the sum of some others, to the digit or as far as rounding lets tell."""
    off = (abs(table.value(i, column.index) - sum(table.value(i, part) for part in parts)) for i in rows)
    halves = (sum((table.half(i, part) for part in (column.index, *parts)), ZERO) * rounded for i in rows)
    return sum(difference <= slack for difference, slack in zip(off, halves, strict=True))


def _beside_years(table: TableView, column: Column, years: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """What a total of years may add up besides: nothing, what was paid before ("Før 2026"), what comes later, or both.

    Such columns touch the years; the total's own column ends them.  Years that stand together ("2027-2028") are one.
    """
    outside = (c for c in table.adding_columns if c.index != column.index and not c.total_of)
    own = [c.index for c in outside if c.kind in (ColumnKind.AMOUNT, ColumnKind.TOTAL)]
    before = tuple(c for c in own if c < min(years) and not c < column.index < min(years))
    after = tuple(c for c in own if c > max(years) and not max(years) < column.index < c)
    yield ()
    yield from (some for some in (before, after, before + after) if some)


def _rows(table: TableView) -> list[int]:
    return [i for i, line in enumerate(table.lines) if line.role not in (Role.SECTION, Role.PAYBACK)]
