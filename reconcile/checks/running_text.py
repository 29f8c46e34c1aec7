"""What running text says of a table's figures.

`normalize` links a statement to the line it names, or to none; an unlinked one is not judged.  Everything the words may
mean is tried; only a statement that fits none of it is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from lexicon.figures import GROUPED, parse_number
from normalize.models import Measure, Role, Statement, StatementKind
from reconcile.figures.doubt import is_headed_in_doubt
from reconcile.figures.draft import Draft, Identity, Param
from reconcile.figures.summary import summaries
from reconcile.figures.view import ZERO, Batch, CaseView, TableView
from reconcile.models import Check, Severity
from reconcile.prose.columns import of_a_column
from reconcile.prose.meanings import Reading, readings
from reconcile.prose.products import products
from reconcile.prose.schedule import paid_too_early
from reconcile.prose.statements import is_only_amount, is_vague, linked, states, total_in_kroner
from reconcile.prose.sums_of_lines import is_sum_of_lines, is_sum_of_named, is_sum_of_tables, words_met
from reconcile.prose.twins import Twins
from reconcile.prose.whole import fte_of_whole, of_whole
from reconcile.registry import register
from reconcile.wording import stems_in, stems_met, vocabulary, words

_KRONER = re.compile(rf"(?<![\d.,])({GROUPED}|\d+) ?kr\b")
_LINES_BELOW = 6
_POINTS_BELOW = 40.0
_FTE_LABEL = re.compile(r"(?i)(\d+(?:,\d+)?|½)\s*(?:årsværk|åv|fuldtidsstilling\w*)\b")


@register(Check.TEXT_AMOUNT)
def text_amount(batch: Batch) -> Iterator[Identity | Draft]:
    """An amount in prose is the amount of the line it names.

    Rule: "i alt" states the sum of the line over the years, a year states that year's figure, "årligt" any of its
    years. Amounts are intervals: "3,5 mio. kr." is anything from 3.450 to 3.550 t.kr., and words such as "knap",
    "ca." and "op til" widen them. An amount of a column that is no year ("i scenarie B") is that column's. What the
    whole case costs or saves, in a year or fully phased in, is the total of its only table. Arithmetic that a sentence
    writes out (number by price, percent of an amount, from one to another) is held to itself. A statement
    is judged only where it is clear which line it names, and not where the table does not say its unit and only the
    unit parts the two.

    Example: "Flytteteam: i alt 2.400 t.kr.", but the line adds up to 3.400.

    Source: an amount in the text of a proposal explains a line of its tables.
    """
    for reading in readings(batch):
        if reading.other_year is None and not (reading.fits and reading.blank_years):
            yield from _identity(reading)
    for case in batch.cases:
        yield from products(case)
        yield from _introduced(case)
        twins = Twins(case)
        for statement in case.case.statements:
            if statement.kind is StatementKind.MONEY and not is_vague(statement):
                twin = twins.reading(statement) or of_a_column(case, statement) or of_whole(case, statement)
                yield from _identity(twin) if twin is not None else ()


@register(Check.TEXT_YEAR)
def text_year(batch: Batch) -> Iterator[Draft]:
    """The years that prose gives an amount are the years in which the table has it.

    Rule: an amount said of a year stands in that year and not in another; an amount "fra 2023 og frem" does not stand
    in an earlier year; an amount spread over named years has a figure in each of them. What a schedule spreads over
    years is not paid for before the first of them.

    Example: prose gives 1 mio. kr. in 2025, and the line has 1.000 in 2024 and 1.300 in 2025.

    Source: an amount in the text of a proposal explains a line of its tables.
    """
    for reading in readings(batch):
        statement = reading.statement
        if reading.line in reading.table.unsure_lines or is_headed_in_doubt(reading.table):
            continue  # in which year its figures stand is not known
        if reading.other_year is not None and _speaks_of_other(reading):
            continue
        if reading.other_year is not None:
            found = reading.other_year
            first = statement.years[0]
            yield _wrong_year(reading, first, "text_other_year", {"found_in": found}, first, found)
        elif reading.fits and reading.blank_years:
            years = ", ".join(str(y) for y in statement.years)
            blank = reading.blank_years[0]
            yield _wrong_year(reading, blank, "text_outside_years", {"years": years}, blank, None)
    for case in batch.cases:
        yield from _too_early(case)
        yield from _net_too_late(case)
        yield from paid_too_early(case)


@register(Check.TEXT_FTE)
def text_fte(batch: Batch) -> Iterator[Draft]:
    """A number of årsværk is the same wherever it is said.

    Rule: årsværk that prose gives to a line are those its label or its FTE table gives it. Numbers of the same thing
    "i alt" are equal, and those of the whole case are the total of its only FTE table. Årsværk have no rounding beyond
    the digits they are printed with.

    Example: prose hires 3 årsværk for "Lagerstyring (1 årsværk)".

    Source: an årsværk in the text of a proposal explains a line of its tables.
    """
    for case in batch.cases:
        for statement in case.case.statements:
            if statement.kind is StatementKind.FTE and not statement.approximate:
                yield from _fte(case, statement)
        yield from _fte_totals(case)


def _speaks_of_other(reading: Reading) -> bool:
    """Whether another line states the amount and is named as well by the sentence: then the link is in doubt."""
    said = words(reading.statement.sentence)
    own = len(words_met(reading.table.lines[reading.line].label, said))
    return any(
        states(reading.statement, reading.table, i, reading.columns)
        for i, line in enumerate(reading.table.lines)
        if i != reading.line and line.amounts and len(words_met(line.label, said)) >= max(own, 1)
    )


def _identity(reading: Reading) -> Iterator[Identity]:
    table, line, statement = reading.table, reading.line, reading.statement
    if not reading.fits and (_speaks_of_other(reading) or _net_found_later(reading)):
        return
    exact = reading.original is None  # of an amount left open some sum is always near enough
    if not reading.fits and exact and (is_sum_of_named(reading) or is_sum_of_tables(reading)):
        return
    if not (reading.fits or reading.in_full) and exact and line in table.parts_of and is_sum_of_lines(reading):
        return
    total, half = total_in_kroner(table, ((line, c) for c in reading.columns))
    sign = -1 if total < 0 else 1
    yield Identity(
        Check.TEXT_AMOUNT,
        reading.rule,
        table.slot(line, reading.columns[0]),
        tuple((table.slot(line, c), sign * table.unit(c)) for c in reading.columns),
        severity=Severity.WARNING,
        params=(("printed", statement.printed),),
        slack=statement.half_step + half,
        constant=abs(statement.value),
        statement=reading.original or statement,
    )


def _wrong_year(
    reading: Reading, year: int, message: str, more: dict[str, Param], stated: int, expected: int | None
) -> Draft:
    """A finding about years: `stated` is the year of the text, `expected` that of the table."""
    table, statement = reading.table, reading.statement
    column = table.year_columns[year]
    return Draft(
        Check.TEXT_YEAR,
        Severity.WARNING,
        message,
        reading.case.index,
        table.index,
        reading.line,
        year,
        table.column_label(column),
        params={"printed": statement.printed, "figure": table.value(reading.line, column), **more},
        stated=Decimal(stated),
        expected=Decimal(expected) if expected is not None else None,
        evidence=tuple(table.slot(reading.line, c) for c in table.year_columns.values()),
        cause="other_year" if expected is not None else None,
        cause_params={"year": expected} if expected is not None else {},
    ).quoting(statement)


def _introduced(case: CaseView) -> Iterator[Identity | Draft]:
    """A sentence with a colon right before a list of amounts states what the list adds up to."""
    for statement in case.case.statements:
        if statement.kind is not StatementKind.MONEY or not statement.sentence.rstrip().endswith(":"):
            continue
        alone = is_only_amount(case, statement)
        table = _right_after(case, statement) if alone and not is_vague(statement) else None
        if table is None:
            continue
        total = table.grand_total
        if total is not None and total in table.parts_of and len(table.lines[total].amounts) == 1:
            column = table.lines[total].amounts[0].column
            unit = table.unit(column)
            yield Identity(
                Check.TEXT_AMOUNT,
                "text_total",
                table.slot(total, column),
                ((table.slot(total, column), unit if table.value(total, column) >= 0 else -unit),),
                severity=Severity.WARNING,
                params=(("printed", statement.printed),),
                slack=statement.half_step + table.half(total, column) * unit,
                constant=abs(statement.value),
                statement=statement,
            )
        else:
            yield from _introduced_in_words(case, statement, table)


def _introduced_in_words(case: CaseView, statement: Statement, table: TableView) -> Iterator[Draft]:
    """The same for a list with its amounts in words ("5.000 kr. pr. år"), if its own total is the sum of its lines."""
    said = [(i, line.role, _worded(line.texts)) for i, line in enumerate(table.lines)]
    amounts = [(i, role, amount) for i, role, amount in said if amount is not None]
    parts = [amount for _, role, amount in amounts if role is Role.DETAIL]
    totals = [(i, amount) for i, role, amount in amounts if role is Role.TOTAL]
    if len(parts) < 2 or len(totals) != 1 or totals[0][1] != sum(parts, ZERO):
        return
    line, total = totals[0]
    if abs(abs(statement.value) - total) <= statement.half_step:
        return
    unit = Decimal(table.table.unit or 1)
    yield Draft(
        Check.TEXT_AMOUNT,
        Severity.WARNING,
        "text_total",
        case.index,
        table.index,
        line,
        params={"printed": statement.printed},
        stated=statement.value / unit,
        expected=total / unit,
    ).quoting(statement)


def _worded(texts: Sequence[str]) -> Decimal | None:
    """The only amount in kroner that a row's words state."""
    found = [m for text in texts for m in _KRONER.finditer(text)]
    return parse_number(found[0][1]) if len(found) == 1 else None


def _right_after(case: CaseView, statement: Statement) -> TableView | None:
    """The table without caption that begins right below the sentence."""
    place = statement.place
    for table in case.tables:
        top = table.table.place
        if table.table.label is not None:
            continue
        below = False
        if place.line is not None and top.line is not None:
            below = 0 < top.line - place.line <= _LINES_BELOW
        elif place.box is not None and top.box is not None:
            below = place.page == top.page and -2 <= top.box.y0 - place.box.y1 <= _POINTS_BELOW
        if below:
            return table
    return None


def _net_too_late(case: CaseView) -> Iterator[Draft]:
    """A lasting net effect that prose gives from a year on, and the summary only from a later one.

    The effect is the summary's total of recurring changes, with or without the memo lines below it.  It is reported
    only where a later year has exactly the amount: then there is no doubt which figure is meant.
    """
    for statement in case.case.statements:
        draft = _later_net(case, statement)
        if draft is not None:
            yield draft


def _net_found_later(reading: Reading) -> bool:
    return _later_net(reading.case, reading.statement) is not None


def _later_net(case: CaseView, statement: Statement) -> Draft | None:
    summary = next(iter(summaries(case)), None)
    total = summary.total("recurring") if summary is not None and _is_of_lasting_net(case, statement) else None
    if summary is None or total is None:
        return None
    table, start = summary.table, statement.years[0]
    memos = [i for i, line in enumerate(table.lines) if line.role is Role.MEMO and line.amounts]
    meant = [
        (lines, year)
        for lines in ((total,), (total, *memos))
        for year, column in table.year_columns.items()
        if _joint_states(statement, table, lines, column)
    ]
    if start not in table.year_columns or not meant or min(year for _, year in meant) <= start:
        return None
    lines, found = meant[0]
    reading = Reading(case, statement, table, total, (), False, "text_value", other_year=found)
    column = table.year_columns[start]
    figure = sum((table.value(i, column) for i in lines), ZERO)
    return _wrong_year(reading, start, "text_other_year", {"found_in": found, "figure": figure}, start, found)


def _is_of_lasting_net(case: CaseView, statement: Statement) -> bool:
    """Whether it is an exact amount of all that lasts from one year on, and of no single line."""
    if statement.kind is not StatementKind.MONEY or not statement.onwards or len(statement.years) != 1:
        return False
    named = linked(case, statement)
    of_a_line = named is not None and named[1] not in named[0].parts_of
    lasting = all(stems_met(statement.sentence, (stem,)) for stem in vocabulary().lasting)
    return lasting and not of_a_line and not is_vague(statement)


def _joint_states(statement: Statement, table: TableView, lines: tuple[int, ...], column: int) -> bool:
    total, half = total_in_kroner(table, ((line, column) for line in lines))
    return total != 0 and abs(abs(statement.value) - abs(total)) <= statement.half_step + half


def _too_early(case: CaseView) -> Iterator[Draft]:
    """Amounts that begin in a year by the prose, and before it in the table."""
    for statement in case.case.statements:
        begins = statement.kind is StatementKind.MONEY and statement.onwards and bool(statement.years)
        if not begins or is_vague(statement) or not stems_in(statement.sentence, vocabulary().first):
            continue  # that it is so from a year on does not say that it was not so before
        place = linked(case, statement)
        start = min(statement.years)
        if place is None or start not in place[0].year_columns:
            continue
        table, line = place
        spoken = {y for other in _of_same_line(case, statement) for y in other.years}
        early = [y for y, c in table.year_columns.items() if y < start and table.value(line, c) != 0]
        early = [y for y in early if y not in spoken and states(statement, table, line, (table.year_columns[y],))]
        if early:
            reading = Reading(case, statement, table, line, (), True, "text_onwards")
            yield _wrong_year(reading, early[-1], "text_onwards", {"from_year": start}, start, early[-1])


def _of_same_line(case: CaseView, statement: Statement) -> list[Statement]:
    """The other statements of the line that a statement is linked to."""
    place = (statement.table, statement.line)
    return [s for s in case.case.statements if (s.table, s.line) == place and s is not statement]


def _fte(case: CaseView, statement: Statement) -> Iterator[Draft]:
    place = linked(case, statement)
    found = _fte_of_line(*place, statement) if place is not None else fte_of_whole(case, statement)
    if found is None:
        return
    table, line, expected = found
    year = statement.years[0] if len(statement.years) == 1 else None
    yield Draft(
        Check.TEXT_FTE,
        Severity.WARNING,
        "text_fte_line",
        case.index,
        table.index,
        line,
        year,
        params={"printed": statement.printed},
        stated=statement.value,
        expected=expected,
    ).quoting(statement)


def _fte_of_line(table: TableView, line: int, statement: Statement) -> tuple[TableView, int, Decimal] | None:
    """(table, line, the årsværk it has by its figures or its label), where these are not those that are said of it."""
    label = _FTE_LABEL.search(table.lines[line].label)
    if table.table.measure is Measure.FTE:
        columns = [table.year_columns[y] for y in statement.years if y in table.year_columns]
        values = [table.value(line, c) for c in columns or table.year_columns.values()]
        own = [*values, sum(values, ZERO)]
    else:
        own = [parse_number(label[1]) or Decimal("0.5")] if label is not None else []
    if not own or any(abs(abs(v) - abs(statement.value)) <= statement.half_step for v in own):
        return None
    return table, line, own[0]


def _fte_totals(case: CaseView) -> Iterator[Draft]:
    """Two numbers of årsværk for the whole proposal, one of them being the sum of numbers that prose gives."""
    spoken = [s for s in case.case.statements if s.kind is StatementKind.FTE and not s.approximate and not s.years]
    totals = [s for s in spoken if s.total]
    of_case = [s for s in totals if any(word in s.sentence.casefold() for word in vocabulary().whole_case)]
    for right in totals:
        pairs = _pairs({s.value for s in spoken if 0 < s.value < right.value})
        if right.value not in pairs:
            continue
        for wrong in of_case:
            known = {s.value for s in spoken if s is not wrong} | pairs
            if wrong.value not in known and wrong.value != right.value:
                yield Draft(
                    Check.TEXT_FTE,
                    Severity.WARNING,
                    "text_fte_differs",
                    case.index,
                    params={"printed": wrong.printed, "other_printed": right.printed},
                    stated=wrong.value,
                    expected=right.value,
                ).quoting(wrong)


def _pairs(numbers: set[Decimal]) -> set[Decimal]:
    """What any two of them, or one twice, come to."""
    return {a + b for a in numbers for b in numbers}
