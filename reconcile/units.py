"""Running text that gives a line's amount to another unit than the line does.

In: the amounts of a case's running text with their paragraphs.  Out: `Draft`s.  Units are known by their codes in
capitals ("SOF-BBU"), in labels as in the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from normalize.models import Measure, Role, Statement, StatementKind
from reconcile.draft import Draft
from reconcile.models import Check, Severity
from reconcile.statements import is_vague, states
from reconcile.view import CaseView, TableView
from reconcile.wording import words

_CODE = re.compile(r"(?<![^\W_])[A-ZÆØÅ]{2,5}(?![^\W_])")
_TELLING = 7  # letters of a word that tells what a line is about
_ENOUGH = 2  # such words of a line's own that a paragraph must have to speak of it


def other_units(case: CaseView) -> Iterator[Draft]:
    """Amounts whose paragraph has a line's own words, and whose sentence names another line's unit instead of its."""
    coded = [
        (table, i, frozenset(_CODE.findall(line.label)))
        for table in case.tables
        if table.table.measure is Measure.DKK
        for i, line in enumerate(table.lines)
        if line.role is Role.DETAIL and line.amounts and _CODE.search(line.label)
    ]
    if not coded:
        return
    paragraphs = [" ".join(text.split()) for text, _ in case.case.text]
    used = Counter(w for w, _ in {(w, table.lines[i].label) for table, i, _ in coded for w in _own(table, i)})
    for statement in case.case.statements:
        named = frozenset(_CODE.findall(statement.sentence))
        if statement.kind is not StatementKind.MONEY or is_vague(statement) or not named:
            continue
        sentence = " ".join(statement.sentence.split())
        paragraph = next((p for p in paragraphs if sentence in p), sentence)
        for table, line, codes in coded:
            own = {w for w in _own(table, line) if used[w] == 1} & set(words(paragraph))
            rivals = {c for t, i, others in coded if t is table and _alike(t, i, line) for c in others - codes} & named
            missing = codes - set(_CODE.findall(paragraph))
            if len(own) >= _ENOUGH and len(rivals) == len(missing) == 1 and codes - missing <= named:
                yield from _judged(case, statement, table, line, (*missing, *rivals))
                break


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


def _alike(table: TableView, other: int, line: int) -> bool:
    """Whether another line is called like this one, its unit and little else aside."""
    theirs = frozenset(words(table.lines[other].label))
    return other != line and 2 * len(theirs & frozenset(words(table.lines[line].label))) > len(theirs)


def _own(table: TableView, line: int) -> frozenset[str]:
    return frozenset(w for w in words(table.lines[line].label) if len(w) >= _TELLING)
