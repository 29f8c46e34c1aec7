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
            return None
        if first([named]):
            blank = blank_of_two(statement, table, line)
            return Reading(case, statement, table, line, named, True, "text_value", blank_years=blank)
        if all(states(statement, table, line, (c,)) for c in named):
            return Reading(case, statement, table, line, named[:1], True, "text_value")
        if len(named) > 1:
            return None
        elsewhere = [y for y, c in at.items() if c not in named and states(statement, table, line, (c,))]
        if not elsewhere and first([everything]):
            return Reading(case, statement, table, line, everything, True, "text_total")
        return Reading(
            case, statement, table, line, named, False, "text_value", other_year=elsewhere[0] if elsewhere else None
        )
    if statement.per_year:
        found = first(list(single))
        steady = {kroner(table, line, c) for c in everything if kroner(table, line, c) != 0}
        if found is None and len(steady) == 1:
            column = next(c for c in everything if kroner(table, line, c) != 0)
            return Reading(case, statement, table, line, (column,), False, "text_per_year")
        return Reading(case, statement, table, line, found, True, "text_per_year") if found else None
    found = first([everything, *single])
    return Reading(case, statement, table, line, found, True, "text_value") if found else None


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
