"""Running text that gives a line's amount to another unit than the line does.

In: the amounts of a case's running text with their paragraphs.  Out: `Draft`s.  Units are known by their codes in
capitals ("KFF-IDR"), in labels as in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extract.records import record
from normalize.models import Measure, Role, Statement, StatementKind
from reconcile.figures.draft import Draft
from reconcile.figures.view import CaseView, TableView
from reconcile.models import Check, Severity
from reconcile.prose.statements import is_vague, states
from reconcile.wording import words

_CODE = re.compile(r"(?<![^\W_])[A-ZÆØÅ]{2,5}(?![^\W_])")
_TELLING = 7  # letters of a word that tells what a line is about
_ENOUGH = 2  # such words of a line's own that a paragraph must have to speak of it


@record
class _Coded:
    """A line whose label has codes of units: those, its words, and of these the telling ones."""

    table: TableView
    line: int
    codes: frozenset[str]
    words: frozenset[str]
    telling: frozenset[str]

    @property
    def label(self) -> str:
        """What the line is called."""
        return self.table.lines[self.line].label


def other_units(case: CaseView) -> Iterator[Draft]:
    """Amounts whose paragraph has a line's own words, and whose sentence names another line's unit instead of its."""
    lines = list(_coded_lines(case))
    if not lines:
        return
    paragraphs = [" ".join(text.split()) for text, _ in case.case.text]
    for statement in case.case.statements:
        named = frozenset(_CODE.findall(statement.sentence))
        if statement.kind is not StatementKind.MONEY or is_vague(statement) or not named:
            continue
        sentence = " ".join(statement.sentence.split())
        paragraph = next((p for p in paragraphs if sentence in p), sentence)
        exchanged = next(filter(None, (_exchanged(one, lines, named, paragraph) for one in lines)), None)
        if exchanged is not None:
            one, units = exchanged
            yield from _judged(case, statement, one.table, one.line, units)


def _exchanged(
    one: _Coded, lines: Sequence[_Coded], named: frozenset[str], paragraph: str
) -> tuple[_Coded, tuple[str, str]] | None:
    """The line with its unit and the one that a sentence names instead; None where the paragraph is not of the line."""
    others = {w for other in lines if other.label != one.label for w in other.telling}
    own = one.telling & frozenset(words(paragraph)) - others
    missing = one.codes - frozenset(_CODE.findall(paragraph))
    if len(own) < _ENOUGH or len(missing) != 1 or not one.codes - missing <= named:
        return None
    rivals = {c for other in lines if _alike(other, one) for c in other.codes - one.codes} & named
    return (one, (min(missing), min(rivals))) if len(rivals) == 1 else None


def _coded_lines(case: CaseView) -> Iterator[_Coded]:
    for table in case.tables:
        if table.table.measure is not Measure.DKK:
            continue
        for i, line in enumerate(table.lines):
            codes = frozenset(_CODE.findall(line.label))
            if codes and line.role is Role.DETAIL and line.amounts:
                own = frozenset(words(line.label))
                yield _Coded(table, i, codes, own, frozenset(w for w in own if len(w) >= _TELLING))


def _judged(
    case: CaseView, statement: Statement, table: TableView, line: int, units: tuple[str, ...]
) -> Iterator[Draft]:
    """The finding, where the line has the amount in the years that the sentence names, or in any."""
    years = [y for y in table.year_columns if y in statement.years or not statement.years]
    year = next((y for y in years if states(statement, table, line, (table.year_columns[y],))), None)
    if year is not None:
        column = table.year_columns[year]
        yield Draft(
            Check.LABEL,
            Severity.WARNING,
            "label_unit",
            case.index,
            table.index,
            line,
            year,
            table.column_label(column),
            params={"printed": statement.printed, "unit": units[0], "other_unit": units[1]},
            evidence=(table.slot(line, column),),
        ).quoting(statement)


def _alike(other: _Coded, one: _Coded) -> bool:
    """Whether another line of the table is called like this one, its unit and little else aside."""
    same_table = other.table is one.table and other.line != one.line
    return same_table and 2 * len(other.words & one.words) > len(other.words)
