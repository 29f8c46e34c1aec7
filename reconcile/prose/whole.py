"""What running text says of a whole case: "Forslaget koster i alt 1.868 t.kr. i 2026", "fuldt indfaset …".

In: a case, and a statement that names no line.  Out: the total that it speaks of, where the case has only one, nothing
in the case prints what is said, and the two are of one size: then the total and the text cannot both be right.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from normalize.models import Measure, Statement, StatementKind
from reconcile.figures.view import CaseView, TableView
from reconcile.prose.meanings import Columns, Reading, is_stated, telling
from reconcile.prose.statements import is_only_amount, is_vague, kroner
from reconcile.wording import stems_in, stems_met, vocabulary

_FARTHEST = Decimal(2)  # times as much: more is said of something else
_FEWEST_DIGITS = 2


def of_whole(case: CaseView, statement: Statement) -> Reading | None:
    """An amount of money as one of the total of the case's only table that has one."""
    if statement.table is not None or telling(statement) < _FEWEST_DIGITS or not is_only_amount(case, statement):
        return None
    table = _only(case, Measure.DKK)
    if table is None or not _is_of_all(statement):
        return None
    total, columns = table.grand_total, _columns(table, statement)
    if total is None or not columns or not all(table.unit_known(c) for c in columns) or is_stated(case, statement):
        return None
    whole = abs(sum((kroner(table, total, c) for c in columns), Decimal(0)))
    if not _of_one_size(whole, abs(statement.value)):
        return None
    return Reading(
        case, statement, table, total, columns, fits=False, rule="text_value" if len(columns) == 1 else "text_total"
    )


def fte_of_whole(case: CaseView, statement: Statement) -> tuple[TableView, int, Decimal] | None:
    """(table, line, årsværk) of the total that a number of årsværk "i alt" should be, where it is no other's."""
    table = _only(case, Measure.FTE)
    alone = sum(s.sentence == statement.sentence and s.kind is StatementKind.FTE for s in case.case.statements) == 1
    if table is None or table.grand_total is None or not (statement.total and alone) or is_vague(statement):
        return None
    at = table.year_columns
    printed = set(_figures(table))
    column = at.get(statement.years[0]) if len(statement.years) == 1 else at[max(at)]
    if column is None or len(statement.years) > 1 or statement.value in printed or not _says_nothing_else(statement):
        return None
    expected = abs(table.value(table.grand_total, column))
    return (table, table.grand_total, expected) if _of_one_size(expected, abs(statement.value)) else None


def _only(case: CaseView, measure: Measure) -> TableView | None:
    """The case's only table of a measure that has figures by years, if it ends in a total that is a sum."""
    tables = [t for t in case.tables if t.table.measure is measure and t.figure_lines]
    one = tables[0] if len(tables) == 1 and tables[0].year_columns else None
    return one if one is not None and one.grand_total in one.parts_of and not one.unsure_lines else None


def _is_of_all(statement: Statement) -> bool:
    """Whether its words speak of all that the case costs or saves, and of no part of it."""
    sentence = statement.sentence.casefold()
    of_case = any(word in sentence for word in vocabulary().whole_case) and (statement.total or _is_phased(statement))
    return (of_case or stems_in(sentence, vocabulary().whole_amount)) and _says_nothing_else(statement)


def _says_nothing_else(statement: Statement) -> bool:
    """Whether the sentence gives the amount to nothing ("til …") and compares it with nothing."""
    sentence = statement.sentence
    return not stems_met(sentence, vocabulary().compared) and "til" not in sentence.casefold().split()


def _is_phased(statement: Statement) -> bool:
    return stems_in(statement.sentence.casefold(), vocabulary().phased)


def _columns(table: TableView, statement: Statement) -> Columns:
    """The years that it is said of: the named one, the last where all has come into effect, all of them "i alt"."""
    at = table.year_columns
    if len(statement.years) > 1 or statement.onwards or any(y not in at for y in statement.years):
        return ()
    if statement.years:
        return (at[statement.years[0]],)
    if _is_phased(statement):
        return (at[max(at)],)
    return tuple(at.values()) if statement.total and not statement.per_year else ()


def _of_one_size(one: Decimal, other: Decimal) -> bool:
    smaller, larger = sorted((one, other))
    return smaller < larger <= smaller * _FARTHEST


def _figures(table: TableView) -> Iterator[Decimal]:
    """Every figure of a table, and what each line comes to over the years."""
    for line in table.figure_lines:
        figures = [abs(amount.value) for amount in table.lines[line].amounts]
        yield from figures
        yield sum(figures, Decimal(0))
