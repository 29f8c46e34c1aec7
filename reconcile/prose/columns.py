"""An amount that running text gives for a column that is no year: "Samlet virkning i scenarie B er 1,2 mio. kr."

In: a case, and statement by statement.  Out: a `Reading` where the sentence names a line and has the heading of one
column, compares nothing, and states an amount of that size which is not the one printed there.
"""

from __future__ import annotations

from decimal import Decimal

from normalize.models import Column, ColumnKind, Measure, Statement
from reconcile.figures.view import CaseView, TableView
from reconcile.prose.meanings import Reading, telling
from reconcile.prose.statements import is_only_amount, kroner, named_line, states
from reconcile.prose.sums_of_lines import has_words_of
from reconcile.wording import stems_met, vocabulary, words

_FEWEST = 2  # columns among which a heading chooses, and telling words of a line that is named only in part
_FARTHEST = Decimal(3)  # times as much: more is said of something else

_KINDS = (ColumnKind.AMOUNT, ColumnKind.INVESTMENT)


def of_a_column(case: CaseView, statement: Statement) -> Reading | None:
    """The statement as one of the cell that it names, where the cell prints another amount."""
    place = named_line(case, statement)
    if place is None or statement.years or statement.per_year or not is_only_amount(case, statement):
        return None
    table, line = place
    column = _headed(table, words(statement.sentence))
    if column is None or table.amount(line, column) is None or not table.unit_known(column):
        return None
    smaller, larger = sorted((abs(kroner(table, line, column)), abs(statement.value)))
    if states(statement, table, line, (column,)) or larger > smaller * _FARTHEST:
        return None
    if telling(statement) < _FEWEST or stems_met(statement.sentence, vocabulary().compared):
        return None
    in_full = has_words_of(statement.sentence, table.lines[line].label)
    return Reading(case, statement, table, line, (column,), fits=False, rule="text_value", in_full=in_full)


def _headed(table: TableView, said: tuple[str, ...]) -> int | None:
    """The only column whose heading the sentence has; None in a table of years."""
    columns = [c for c in table.columns if c.kind in _KINDS and table.measure(c.index) is Measure.DKK]
    headed = [c.index for c in columns if _heads(c, said)]
    return headed[0] if len(headed) == 1 and len(columns) >= _FEWEST and not table.year_columns else None


def _heads(column: Column, said: tuple[str, ...]) -> bool:
    """Whether the heading stands in the sentence, word by word."""
    heading = words(column.label)
    return bool(heading) and any(said[k : k + len(heading)] == heading for k in range(len(said)))
