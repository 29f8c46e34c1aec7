"""A figure that running text gives to one of two lines that are called alike, and that is the other's.

In: a statement.  Out: a `Reading` of the line it speaks of, where the figures leave no doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from normalize.models import Measure, Role, Statement
from reconcile.meanings import Columns, Reading, Said, telling
from reconcile.view import CaseView, TableView
from reconcile.wording import words

_TELLING = 5  # letters of a word that tells two lines apart


def of_twin(case: CaseView, statement: Statement) -> Reading | None:
    """The statement as one of the line that its sentence names, where only that line's twin has its amount.

    Twins have labels of one half at least, and a word of their own each.  The sentence has the one's own words and
    words that both have, and none of the other's own.
    """
    if len(statement.years) > 1 or statement.onwards or statement.per_year or telling(statement) < 2:
        return None
    said = frozenset(words(statement.sentence))
    holding = [
        (table, i)
        for table in case.tables
        if table.table.measure is Measure.DKK
        for i in table.money_lines
        if any(Said(case, statement, table, i).states(c) for c in _figures(table, i, statement.years))
    ]
    labels = {table.lines[i].label for table, i in holding}
    if len(labels) != 1:
        return None  # nobody's, or more than one line's
    for table, other in holding:
        named = [i for i in table.money_lines if _is_twin(table, i, other, said)]
        columns = _paid(table, named[0], statement.years) if len(named) == 1 else ()
        if len(columns) == 1:
            return Said(case, statement, table, named[0]).means(columns, "text_value", fits=False)
    return None


def _is_twin(table: TableView, line: int, other: int, said: frozenset[str]) -> bool:
    here, there = (frozenset(words(table.lines[i].label)) for i in (line, other))
    common, own, others = here & there, here - there, there - here
    if table.lines[line].role is not Role.DETAIL or table.lines[other].role is not Role.DETAIL:
        return False
    alike = 2 * len(common) >= max(len(here), len(there))
    told = all(any(len(w) >= _TELLING for w in words_) for words_ in (own, others))
    return alike and told and own <= said and bool(common & said) and not others & said


def _paid(table: TableView, line: int, years: Sequence[int]) -> Columns:
    """The columns of those years (of all, where none are named) in which a line has a figure."""
    return tuple(c for y, c in table.year_columns.items() if table.value(line, c) and (y in years or not years))


def _figures(table: TableView, line: int, years: Sequence[int]) -> Iterator[Columns]:
    paid = _paid(table, line, years)
    yield from ((c,) for c in paid)
    if len(paid) > 1:
        yield paid
