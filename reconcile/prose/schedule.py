"""A schedule of activities against the years in which the tables pay for them.

In: the running text of a case, where a schedule stands as rows "2025-2026 Oplæring af medarbejdere".  Out: `Draft`s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extract.models import Place
from lexicon.years import YEAR
from normalize.models import Kind, Measure, Role
from reconcile.figures.draft import Draft
from reconcile.figures.view import CaseView, TableView
from reconcile.models import Check, Severity
from reconcile.wording import words

_SPAN = rf"({YEAR})(?:\s*[-–]\s*({YEAR}|\d\d))?"
_ROW = re.compile(rf"(?<![\w.,/-]){_SPAN}(?=\s+[^\W\d])")
_CELL = re.compile(rf"\s*{_SPAN}\s*")
_ASIDE = re.compile(r"\([^()]*\)")
_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s+")
_SPENT_AND_DONE = (Kind.INVESTMENT_SERVICE, Kind.INVESTMENT_CAPITAL)
_FEWEST_WORDS = 2  # of a label, so that an activity of the same name is surely it

Span = tuple[int, int]


def paid_too_early(case: CaseView) -> Iterator[Draft]:
    """Activities that a schedule spreads over years, and that a table of investments pays for before they begin.

    The activity must be the line's label word for word.  Costs after its end are no contradiction: bills come late.
    """
    planned: dict[tuple[str, ...], list[tuple[Span, str, Place]]] = {}
    for text, place in case.case.text:
        for span, activity in _rows(text):
            planned.setdefault(activity, []).append((span, text, place))
    for table in case.tables if planned else ():
        if table.table.kind not in _SPENT_AND_DONE or table.table.measure is not Measure.DKK:
            continue
        for i, line in enumerate(table.lines):
            rows = planned.get(_name(line.label), [])
            if rows and line.role is Role.DETAIL and all(first < last for (first, last), _, _ in rows):
                yield from _judged(case, table, i, rows)


def _judged(case: CaseView, table: TableView, line: int, rows: list[tuple[Span, str, Place]]) -> Iterator[Draft]:
    first = min(span[0] for span, _, _ in rows)
    paid = [y for y, c in sorted(table.year_columns.items()) if table.value(line, c)]
    if not paid or paid[0] >= first or first not in table.year_columns:
        return
    (start, end), text, place = rows[0]
    column = table.year_columns[paid[0]]
    yield Draft(
        Check.TEXT_YEAR,
        Severity.WARNING,
        "text_schedule",
        case.index,
        table.index,
        line,
        paid[0],
        table.column_label(column),
        params={"printed": f"{start}-{end}", "from_year": first, "figure": table.value(line, column)},
        stated=Decimal(first),
        expected=Decimal(paid[0]),
        evidence=tuple(table.slot(line, c) for c in table.year_columns.values()),
        quote=" ".join(text.split()),
        page=place.page,
        source_line=place.line,
    )


def _rows(text: str) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """The rows of a schedule: their first and last year, and the words of their activity.

    The row of a table has its cells parted by tabs, in any order; the rows of a paragraph begin with their years.
    """
    cells = text.split("\t")
    spans = [match for cell in cells if (match := _CELL.fullmatch(cell))]
    if len(cells) > 1:
        names = [_name(cell) for cell in cells if not _CELL.fullmatch(cell)] if len(spans) == 1 else []
        rows = [(spans[0], name) for name in names]
    else:
        found = list(_ROW.finditer(text))
        stops = [match.start() for match in found[1:]] + [len(text)]
        rows = [(match, _name(text[match.end() : stops[n]])) for n, match in enumerate(found)]
    for match, name in rows:
        if len(name) >= _FEWEST_WORDS:
            first = int(match[1])
            yield (first, int(match[1][: -len(match[2])] + match[2]) if match[2] else first), name


def _name(label: str) -> tuple[str, ...]:
    """The words of a label, without its number and what it says in brackets."""
    return words(_ASIDE.sub(" ", _NUMBER.sub("", label)))
