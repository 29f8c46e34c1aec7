"""What a statement of running text can mean in the line that it names.

`normalize` links a statement to a line or to none.  Everything its words may mean is tried against the line's figures;
sign is left aside, for prose says "en besparelse på 200 t.kr." where the table has -200.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from normalize.models import Kind, Measure, Role, Statement, StatementKind
from reconcile.causes import slip
from reconcile.view import ZERO, Batch, CaseView, TableView
from reconcile.wording import concept, vocabulary, words

_LASTING = (
    Kind.RECURRING,
    Kind.ADMINISTRATION,
    Kind.CATALOGUE,
    Kind.COMMITTEE_TARGET,
    Kind.COMMITTEE_OPERATIONS,
    Kind.COMMITTEE_GROSS,
)
_SLIPS = {"dropped_digit", "extra_digit", "mistyped_digit"}
_MOST_LINES = 12  # lines of which every sum is tried
_LONG_ENOUGH = 8  # letters that a label must have to name a line by itself
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Reading:
    """A statement with the line it names, and what it was found to mean (None: nothing fits)."""

    case: CaseView
    statement: Statement
    table: TableView
    line: int
    columns: tuple[int, ...]  # whose sum it states
    fits: bool
    rule: str  # the message that says what it should have been
    other_year: int | None = None  # the year that prints the stated amount instead
    blank_years: tuple[int, ...] = ()  # years it names in which the line is blank


def readings(batch: Batch) -> Iterator[Reading]:
    for case in batch.cases:
        for statement in case.case.statements:
            if statement.kind is not StatementKind.MONEY or is_vague(statement):
                continue
            place = _line_meant(case, statement)
            if place is None:
                likely = _slipped(case, statement)
                if likely is not None:
                    yield likely
                continue
            table, line = place
            if table.lines[line].role in (Role.SECTION, Role.PAYBACK) or table.table.measure is not Measure.DKK:
                continue
            reading = read(case, spread_over_years(case, statement), table, line)
            if reading is not None:
                yield reading


def _line_meant(case: CaseView, statement: Statement) -> tuple[TableView, int] | None:
    """The line that `normalize` linked; else the one whose whole label opens a sentence with this amount alone."""
    if statement.table is not None and statement.line is not None:
        table = case.by_ordinal.get(statement.table)
        return (table, statement.line) if table is not None and statement.line < len(table.lines) else None
    if not (statement.total or statement.years) or statement.per_year:
        return None
    if sum(s.sentence == statement.sentence and s.kind is StatementKind.MONEY for s in case.case.statements) != 1:
        return None
    said = words(statement.sentence)
    found: list[tuple[int, TableView, int]] = []
    for table in case.tables:
        for i in table.money_lines:
            label = words(table.lines[i].label)
            if sum(map(len, label)) >= _LONG_ENOUGH and said[: len(label)] == label and i not in table.parts_of:
                found.append((len(label), table, i))
    if not found:
        return None
    longest = max(size for size, _, _ in found)
    best = [(table, i) for size, table, i in found if size == longest]
    details = [place for place in best if place[0].kind is not Kind.SUMMARY]
    per_table = Counter(table.index for table, _ in best)
    return (details or best)[0] if max(per_table.values()) == 1 else None


def spread_over_years(case: CaseView, statement: Statement) -> Statement:
    """The statement with the years over which its sentence spreads it, where it is the sentence's only amount."""
    if statement.years or not statement.total:
        return statement
    sentence = statement.sentence.casefold()
    phrase = next((p for p in vocabulary().spread if p in sentence), None)
    alone = sum(s.sentence == statement.sentence and s.kind is StatementKind.MONEY for s in case.case.statements) == 1
    if phrase is None or not alone:
        return statement
    tail = sentence.split(phrase, 1)[1]
    years = tuple(int(y) for y in _YEAR.findall(tail))
    if re.search(r"\d\s*[-–]\s*\d", tail) or len(years) != 2:
        return statement
    return replace(statement, years=years)


def is_vague(statement: Statement) -> bool:
    sentence = statement.sentence.casefold()
    return statement.approximate or any(
        (phrase in sentence and not phrase[0].isalnum()) or re.search(rf"\b{re.escape(phrase)}\b", sentence)
        for phrase in vocabulary().vague
    )


def kroner(table: TableView, line: int, column: int) -> Decimal:
    return table.value(line, column) * table.unit(column)


def states(statement: Statement, table: TableView, line: int, columns: tuple[int, ...]) -> bool:
    """Whether the statement's interval meets that of the sum of those figures, sign aside."""
    total = sum((kroner(table, line, c) for c in columns), ZERO)
    slack = statement.half_step + sum((table.half(line, c) * table.unit(c) for c in columns), ZERO)
    return abs(abs(statement.value) - abs(total)) <= slack


def read(case: CaseView, statement: Statement, table: TableView, line: int) -> Reading | None:
    """What the statement means in its line: the first meaning that fits, else the plain one; None where it has none."""
    at = table.year_columns
    everything = tuple(at.values())
    named = tuple(at[y] for y in statement.years if y in at)
    if not everything or not any(kroner(table, line, c) for c in everything):
        return None
    if len(named) < len(statement.years):
        return None  # speaks of years that the table does not have
    later = tuple(c for y, c in at.items() if statement.years and y >= min(statement.years))
    single = tuple((c,) for c in everything)

    def first(options: list[tuple[int, ...]]) -> tuple[int, ...] | None:
        return next((o for o in options if o and states(statement, table, line, o)), None)

    if statement.total and not statement.per_year:
        options = [named, everything, later] if named else [everything]
        found = first(options)
        if found is None and not named and (is_lasting(table, line) or one_figure(table, line)):
            found = first(list(single))  # of what lasts, "samlet" is the sum over lines, not over years
            if found is None and not one_figure(table, line):
                return None
        return Reading(
            case,
            statement,
            table,
            line,
            found or options[0],
            found is not None,
            "text_total",
            blank_years=blank_of_two(statement, table, line) if found is not None else (),
        )
    if statement.years:
        if statement.onwards:
            wrong = [c for c in later if not states(statement, table, line, (c,))]
            if first([later]) or not wrong:
                return Reading(case, statement, table, line, later if wrong else later[:1], True, "text_value")
            if len(wrong) == len(later) or not states(statement, table, line, later[-1:]):
                return Reading(case, statement, table, line, later[:1], False, "text_value")
            begins = later.index(wrong[-1]) + 1
            if wrong != list(later[:begins]):
                return None
            year = next(y for y, c in at.items() if c == later[begins])
            return Reading(case, statement, table, line, later[:1], False, "text_value", other_year=year)
        if statement.per_year and len(named) > 1:
            return _each_year(case, statement, table, line, named)
        if first([named]):
            blank = blank_of_two(statement, table, line)
            return Reading(case, statement, table, line, named, True, "text_value", blank_years=blank)
        if all(states(statement, table, line, (c,)) for c in named):
            return Reading(case, statement, table, line, named[:1], True, "text_value")
        if len(named) > 1:
            whole = all(c in named for c in everything if kroner(table, line, c))
            if whole and _all_but_said(case, statement, table, line):
                return Reading(case, statement, table, line, named, False, "text_total")
            return None
        elsewhere = [y for y, c in at.items() if c not in named and states(statement, table, line, (c,))]
        if not elsewhere and first([everything]):
            return Reading(case, statement, table, line, everything, True, "text_total")
        return Reading(
            case, statement, table, line, named, False, "text_value", other_year=elsewhere[0] if elsewhere else None
        )
    if statement.per_year:
        found = first(list(single))
        if found is None and not _is_mean(statement, table, line):
            column = _level(table, line)
            return None if column is None else Reading(case, statement, table, line, (column,), False, "text_per_year")
        return Reading(case, statement, table, line, found, True, "text_per_year") if found else None
    found = first([everything, *single])
    if found is None and _all_but_said(case, statement, table, line):
        return Reading(case, statement, table, line, everything, False, "text_total")
    return Reading(case, statement, table, line, found, True, "text_value") if found else None


def _each_year(
    case: CaseView, statement: Statement, table: TableView, line: int, named: tuple[int, ...]
) -> Reading | None:
    """ "600 t.kr. i hvert af årene 2024-2026": it stands in some of the years, and others of them are blank."""
    at = table.year_columns
    stated = [y for y in statement.years if states(statement, table, line, (at[y],))]
    blank = tuple(y for y in statement.years if kroner(table, line, at[y]) == 0)
    if not stated:
        return None
    return Reading(case, statement, table, line, (at[stated[0]],), True, "text_value", blank_years=blank)


def _level(table: TableView, line: int) -> int | None:
    """The column whose figure a line has every year; of what lasts, the one it comes to: that of the last years.

    None where the line has no such figure.
    """
    columns = list(table.year_columns.values())
    figures = [kroner(table, line, c) for c in columns]
    steady = {f for f in figures if f}
    if len(steady) == 1:
        return next(c for c, f in zip(columns, figures, strict=True) if f)
    settled = len(figures) > 2 and figures[-1] == figures[-2] != ZERO
    return columns[-1] if settled and is_lasting(table, line) else None


def _is_mean(statement: Statement, table: TableView, line: int) -> bool:
    """Whether it is what the line comes to in an average year."""
    figures = [f for c in table.year_columns.values() if (f := kroner(table, line, c))]
    mean = sum(figures, ZERO) / max(len(figures), 1)
    return abs(abs(statement.value) - abs(mean)) <= max(statement.half_step, abs(mean) / 50)


def _all_but_said(case: CaseView, statement: Statement, table: TableView, line: int) -> bool:
    """Whether an amount granted to a line can only be meant as all of it: a fifth away at most, and nothing else said.

    More is left open, for a text may speak of a part; so is an amount that other lines of the case explain.
    """
    if is_lasting(table, line) or table.lines[line].role is not Role.DETAIL:
        return False
    others = [
        s
        for s in case.case.statements
        if s is not statement
        and s.kind is StatementKind.MONEY
        and ((s.table, s.line) == (statement.table, statement.line) or s.sentence == statement.sentence)
    ]
    whole = abs(sum((kroner(table, line, c) for c in table.year_columns.values()), ZERO))
    if others or not 0 < abs(abs(statement.value) - whole) <= whole / 5:
        return False
    return not any(
        states(statement, other, i, (c,))
        for other in case.tables
        for i in other.money_lines
        for c in other.year_columns.values()
    )


def _slipped(case: CaseView, statement: Statement) -> Reading | None:
    """What is wrong with an amount whose words name a line only by half, where the figures leave no doubt.

    The line has the very amount in another year than said, or has the amount but for a slip of hand; and no line of
    the case has it as it is said.
    """
    table = case.by_ordinal.get(statement.likely[0]) if statement.likely is not None else None
    if table is None or statement.likely is None or table.table.measure is not Measure.DKK or _telling(statement) < 2:
        return None
    line = statement.likely[1]
    at = table.year_columns
    if not at or any(y not in at for y in statement.years):
        return None
    blank = _blank_years(statement, table, line)
    if blank:
        named = tuple(at[y] for y in statement.years if y not in blank)
        return Reading(case, statement, table, line, named, True, "text_value", blank_years=blank)
    if _is_stated(case, statement):
        return None
    if len(statement.years) == 1 and not statement.onwards:
        found = [y for y, c in at.items() if y not in statement.years and states(statement, table, line, (c,))]
        if found:
            said = (at[statement.years[0]],)
            return Reading(case, statement, table, line, said, False, "text_value", other_year=found[0])
    for columns in _plain_meanings(statement, at):
        meant = abs(sum((kroner(table, line, c) for c in columns), ZERO))
        kind = slip(abs(statement.value), meant)
        if kind == "transposed_digits" or (kind in _SLIPS and _telling(statement) > 2):
            rule = "text_per_year" if statement.per_year else "text_total" if len(columns) > 1 else "text_value"
            return Reading(case, statement, table, line, columns, False, rule)
    return None


def _plain_meanings(statement: Statement, at: dict[int, int]) -> list[tuple[int, ...]]:
    """The columns that an amount is of, or may be of, by its words alone."""
    if statement.onwards:
        return [(at[max(at)],)]
    if statement.years:
        return [tuple(at[y] for y in statement.years)]
    return [(c,) for c in at.values()] if statement.per_year else [tuple(at.values())]


def _blank_years(statement: Statement, table: TableView, line: int) -> tuple[int, ...]:
    """Of the years over which an amount is spread or repeated, those in which the line has nothing.

    Empty where the line does not have the amount in just that way in its other years.
    """
    at = table.year_columns
    blank = tuple(y for y in statement.years if kroner(table, line, at[y]) == 0)
    if len(statement.years) < 2 or len(blank) == len(statement.years) or statement.onwards:
        return ()
    if statement.per_year:
        fits = all(states(statement, table, line, (at[y],)) for y in statement.years if y not in blank)
    else:
        fits = statement.total and states(statement, table, line, tuple(at.values()))
    return blank if fits else ()


def _telling(statement: Statement) -> int:
    """How many digits an amount has before its final zeros: "1 mio. kr." may be anywhere by chance."""
    return len(f"{abs(statement.value):f}".replace(".", "").strip("0"))


def _is_stated(case: CaseView, statement: Statement) -> bool:
    """Whether any line of the case has the amount as it is said, or is so in sum."""
    for table in case.tables:
        at = table.year_columns
        named = tuple(at[y] for y in statement.years if y in at)
        later = tuple(c for y, c in at.items() if statement.onwards and y >= min(statement.years))
        single = [(c,) for c in (later or named or at.values())]
        for line in table.money_lines:
            if any(states(statement, table, line, o) for o in [*single, named, later, tuple(at.values())] if o):
                return True
    return False


def is_sum_of_lines(reading: Reading) -> bool:
    """Whether an amount that is not the total's is that of another line, or of savings alone or costs alone."""
    table, statement = reading.table, reading.statement
    if any(states(statement, table, i, reading.columns) for i in table.money_lines):
        return True
    details = [i for i in table.money_lines if table.lines[i].role in (Role.DETAIL, Role.MEMO)][:_MOST_LINES]
    figures = [sum((kroner(table, i, c) for c in reading.columns), ZERO) for i in details]
    slack = statement.half_step + max(
        (table.half(i, c) * table.unit(c) for i in details for c in reading.columns), default=ZERO
    )
    for side in ([f for f in figures if f > 0], [-f for f in figures if f < 0]):
        sums = {ZERO}
        for figure in side:
            sums |= {known + figure for known in sums}
        if any(abs(abs(statement.value) - s) <= slack for s in sums if s):
            return True
    return False


def blank_of_two(statement: Statement, table: TableView, line: int) -> tuple[int, ...]:
    """Of two years named together, the one in which the line has nothing."""
    at = table.year_columns
    if len(statement.years) != 2:
        return ()
    blank = tuple(y for y in statement.years if kroner(table, line, at[y]) == 0)
    return blank if len(blank) == 1 else ()


def is_lasting(table: TableView, line: int) -> bool:
    """Whether the line's years are one amount that lasts rather than parts of one sum."""
    if table.kind in _LASTING:
        return True
    if table.kind is not Kind.SUMMARY:
        return False
    label = table.lines[line].label
    section = table.section_label(line)
    return (concept(section) or concept(label)) != "implementation"


def one_figure(table: TableView, line: int) -> bool:
    return len({kroner(table, line, c) for c in table.year_columns.values()} - {ZERO}) == 1
