"""A figure that running text gives to one of two lines that are called alike, and that is the other's.

In: a case, and statement by statement.  Out: a `Reading` of the line it speaks of, where the figures leave no doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import permutations

from extract.records import record
from normalize.models import Measure, Role, Statement
from reconcile.figures.view import CaseView, TableView
from reconcile.prose.meanings import Columns, Reading, Said, telling
from reconcile.wording import words

_MOST_LINES = 120  # of a table whose lines prose may mistake for each other
_TELLING = 5  # letters of a word that tells two lines apart


@record
class _Twin:
    """A line and another of its table that is called nearly the same; the words both have, and those of one alone."""

    table: TableView
    line: int
    other: int
    common: frozenset[str]
    own: frozenset[str]
    others: frozenset[str]

    def is_named(self, said: frozenset[str]) -> bool:
        """Whether a sentence has the line's own words and words that both have, and none of the other's own."""
        return self.own <= said and not self.common.isdisjoint(said) and self.others.isdisjoint(said)


class Twins:
    """The twins among a case's lines: their labels are one by half at least, and each has a telling word of its own."""

    def __init__(self, case: CaseView) -> None:
        self._case = case
        self._tables = [table for table in case.tables if table.table.measure is Measure.DKK]

    @cached_property
    def _twins(self) -> list[_Twin]:
        return [twin for table in self._tables for twin in _twins(table)]

    def reading(self, statement: Statement) -> Reading | None:
        """The statement as one of the line that its sentence names, where only that line's twin has its amount."""
        if len(statement.years) > 1 or statement.onwards or statement.per_year or telling(statement) < 2:
            return None
        said = frozenset(words(statement.sentence)) if self._twins else frozenset()
        named = [twin for twin in self._twins if twin.is_named(said)]
        holding = list(self._holding(statement)) if named else []
        if len({table.lines[i].label for table, i in holding}) != 1:
            return None  # nobody's, or more than one line's
        for table, other in holding:
            lines = [twin.line for twin in named if twin.table is table and twin.other == other]
            columns = _paid(table, lines[0], statement.years) if len(lines) == 1 else ()
            if len(columns) == 1:
                return Said(self._case, statement, table, lines[0]).means(columns, "text_value", fits=False)
        return None

    def _holding(self, statement: Statement) -> Iterator[tuple[TableView, int]]:
        """The lines that have the amount."""
        for table in self._tables:
            for i in table.money_lines:
                said = Said(self._case, statement, table, i)
                if any(map(said.states, _figures(table, i, statement.years))):
                    yield table, i


def _twins(table: TableView) -> Iterator[_Twin]:
    named = [
        (i, frozenset(words(table.lines[i].label))) for i in table.money_lines if table.lines[i].role is Role.DETAIL
    ]
    for (line, here), (other, there) in permutations(named, 2) if len(named) <= _MOST_LINES else ():
        twin = _Twin(table, line, other, here & there, here - there, there - here)
        alike = 2 * len(twin.common) >= max(len(here), len(there))
        if alike and all(any(len(w) >= _TELLING for w in words_) for words_ in (twin.own, twin.others)):
            yield twin


def _paid(table: TableView, line: int, years: Sequence[int]) -> Columns:
    """The columns of those years (of all, where none are named) in which a line has a figure."""
    return tuple(c for y, c in table.year_columns.items() if table.value(line, c) and (y in years or not years))


def _figures(table: TableView, line: int, years: Sequence[int]) -> Iterator[Columns]:
    paid = _paid(table, line, years)
    yield from ((c,) for c in paid)
    if len(paid) > 1:
        yield paid
