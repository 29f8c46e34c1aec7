"""Amounts of running text that are no line's own but a sum of lines.

In: a `Reading` that the named line does not fit.  Out: whether lines that its words may mean as well add up to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import combinations

from normalize.models import Measure, Role
from reconcile.figures.slips import slip
from reconcile.figures.view import ZERO, TableView
from reconcile.prose.meanings import Columns, Reading
from reconcile.prose.statements import kroner, states
from reconcile.wording import likeness, words

_MOST_LINES = 12  # lines of which every sum is tried
_MOST_NAMED = 6  # lines named in one sentence: of more, some sum is anything by chance
_ASIDE = re.compile(r"\([^()]*\)")  # "(2 årsværk)" names no line
_SAME_WORD = 0.7
_TELLING = 5  # letters that a word must have to name a line


def is_sum_of_lines(reading: Reading) -> bool:
    """Whether an amount that is not the total's is that of another line, or of savings alone or costs alone."""
    table, statement = reading.table, reading.statement
    if any(states(statement, table, i, reading.columns) for i in table.money_lines):
        return True
    parts = [i for i, _ in table.leaves(reading.line)]
    figures = _figures(table, parts[:_MOST_LINES], reading.columns)
    slack = _slack(reading, parts, reading.columns)
    if slip(abs(statement.value), abs(_whole(table, reading.line, reading.columns))) == "transposed_digits":
        slack = ZERO  # what is the total but for a slip is no sum by rounding
    for side in ([f for f in figures if f > 0], [-f for f in figures if f < 0]):
        if any(abs(abs(statement.value) - s) <= slack for s in _sums(side)):
            return True
    return False


def is_sum_of_named(reading: Reading) -> bool:
    """Whether it is what two or more lines that its sentence names come to ("projektledelse og oplæring")."""
    table, statement = reading.table, reading.statement
    said = [w for w in words(statement.sentence) if len(w) >= _TELLING]
    met = {i: words_met(line.label, said) for i, line in enumerate(table.lines) if line.amounts}
    own = met.get(reading.line, frozenset())
    named = [
        i
        for i, found in met.items()
        if table.lines[i].role in (Role.DETAIL, Role.MEMO) and found and (i == reading.line or not found <= own)
    ]
    if not 1 < len(named) <= _MOST_NAMED:
        return False
    at = table.year_columns
    later = tuple(c for y, c in at.items() if statement.years and y >= min(statement.years))
    ways: list[Columns] = [reading.columns, tuple(at.values()), later]
    if not statement.years:
        ways += [(c,) for c in at.values()]
    return any(
        abs(abs(statement.value) - abs(s)) <= _slack(reading, named, way)
        for way in ways
        if way
        for s in _sums(_figures(table, named, way))
    )


def is_sum_of_tables(reading: Reading) -> bool:
    """Whether it is what the totals of two tables come to in its years: the net of lasting changes and investments."""
    years = [y for y, c in reading.table.year_columns.items() if c in reading.columns]
    totals: list[tuple[Decimal, Decimal]] = []
    for table in reading.case.tables:
        total = table.grand_total
        if table.table.measure is Measure.DKK and total is not None and all(y in table.year_columns for y in years):
            columns = tuple(table.year_columns[y] for y in years)
            half = max((table.half(total, c) * table.unit(c) for c in columns), default=ZERO)
            totals.append((_whole(table, total, columns) * table.table.cost_sign, half))
    stated, step = abs(reading.statement.value), reading.statement.half_step
    return any(a and b and abs(stated - abs(a + b)) <= step + i + j for (a, i), (b, j) in combinations(totals, 2))


def words_met(label: str, said: Sequence[str]) -> frozenset[str]:
    """The words of a sentence that a label has."""
    own = [w for w in words(_ASIDE.sub(" ", label)) if len(w) >= _TELLING]
    return frozenset(s for s in said if any(likeness(o, s) >= _SAME_WORD for o in own))


def has_words_of(sentence: str, label: str) -> bool:
    """Whether a sentence has every word of a label."""
    said = words(sentence)
    return all(any(likeness(word, s) >= _SAME_WORD for s in said) for word in words(label))


def _whole(table: TableView, line: int, columns: Columns) -> Decimal:
    return sum((kroner(table, line, c) for c in columns), ZERO)


def _figures(table: TableView, lines: Sequence[int], columns: Columns) -> list[Decimal]:
    return [f for i in lines if (f := _whole(table, i, columns))]


def _slack(reading: Reading, lines: Sequence[int], columns: Columns) -> Decimal:
    table = reading.table
    halves = (table.half(i, c) * table.unit(c) for i in lines for c in columns)
    return reading.statement.half_step + max(halves, default=ZERO)


def _sums(figures: Sequence[Decimal]) -> set[Decimal]:
    """Every sum of some of the figures, none that is nil."""
    sums = {ZERO}
    for figure in figures:
        sums |= {known + figure for known in sums}
    return sums - {ZERO}
