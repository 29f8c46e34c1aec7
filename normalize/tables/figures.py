"""Which grids are tables with figures, and which are forms, schedules, hearings and lists of words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lexicon.figures import parse_figure
from lexicon.units import find_measure, find_unit
from normalize.models import ColumnKind
from normalize.tables.draft import Draft
from normalize.tables.lines import RawLine

_FEWEST = 2  # figures, or rows of amounts in words, that make a table without years
_YEARS = range(1980, 2070)
_WEEKS = 53  # of a year
_BY_NAME = (ColumnKind.YEAR, ColumnKind.TOTAL, ColumnKind.INVESTMENT)


def holds_figures(one: Draft) -> bool:
    """Whether the grid is a table with figures: amounts under years or other headers, or amounts in words.

    Dashes alone are enough only under years and without words; never enough are years and dates ("2017-2020 |
    activity"), or a number or two in a table of words.
    """
    rows = [line for line in one.lines if not line.payback]
    figured = [amounts for line in rows if (amounts := _amounts(line))]
    worded = sum(any(map(_amount_in_words, _words(line))) for line in rows)
    if any(c.kind in _BY_NAME for c in one.header.columns):
        return bool(figured or worded) or _all_nil(one)
    if not figured:
        return worded >= _FEWEST and worded * 2 >= len(rows)
    return _enough(one, figured, len(rows))


def _enough(one: Draft, figured: Sequence[Sequence[Decimal]], rows: int) -> bool:
    """Whether figures without a year over them are more than a number or two among words, and no years."""
    if not one.header.values or (len(figured) * 2 < rows and not one.header.texts) or len(figured) * 3 < rows:
        return False
    if all(map(_are_dates, figured)):
        return False
    told = find_unit(" ".join(one.header.texts)) is not None or one.meaning.unit is not None
    return told or sum(map(len, figured)) >= _FEWEST


def _are_dates(values: Sequence[Decimal]) -> bool:
    """Whether a row's figures are years, or a day, week or quarter and a year behind it ("uge 20 2025")."""
    *before, last = values
    return _looks_like_year(last) and all(_looks_like_year(value) or 0 < value <= _WEEKS for value in before)


def _all_nil(one: Draft) -> bool:
    """Whether a table under years prints nil everywhere: its figures are the dashes."""
    years = sum(c.kind is ColumnKind.YEAR for c in one.header.columns)
    nils = sum(len(line.figures) + len(line.fragments) for line in one.lines)
    return years > 1 and nils >= years and not any(_words(line) for line in one.lines)


def _amounts(line: RawLine) -> list[Decimal]:
    """The row's figures but for dashes, placed or loose."""
    placed = [p.figure for p in line.figures.values()]
    loose = [f for c in line.fragments if (f := parse_figure(c.text)) is not None]
    return [f.value for f in (*placed, *loose) if not f.is_dash]


def _words(line: RawLine) -> list[str]:
    return [*line.texts, *(" ".join(c.text.split()) for c in line.fragments if parse_figure(c.text) is None)]


def _amount_in_words(text: str) -> bool:
    if len(text) > 60 or not any(c.isdigit() for c in text):
        return False
    return find_unit(text) is not None or find_measure(text) is not None


def _looks_like_year(value: Decimal) -> bool:
    return value == value.to_integral_value() and int(value) in _YEARS
