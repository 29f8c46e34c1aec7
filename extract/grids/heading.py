"""How many rows of a ruled table head it: down to the years, or before the first figures."""

from __future__ import annotations

from collections.abc import Sequence

from lexicon.figures import is_figure, is_number
from lexicon.formulas import counts_columns
from lexicon.units import find_unit
from lexicon.years import is_year

Texts = dict[int, str]
"""A row's texts by column; the first column is that of the labels."""

_DEEPEST = 4  # rows of a header


def heading_rows(rows: Sequence[Texts], bold: bool) -> int:
    """The number of rows that head a table.  `bold`: all of its first row is."""
    return with_lower_levels(rows, _down_to_years(rows) or _first_row(rows, bold))


def with_lower_levels(rows: Sequence[Texts], count: int) -> int:
    """The number of rows that head a table whose first `count` do: those below that name its columns once more too."""
    while 0 < count < min(_DEEPEST, len(rows) - 1) and _is_lower_level(rows[count]):
        count += 1
    return count


def _values(row: Texts) -> list[str]:
    return [text for column, text in row.items() if column > 0]


def _is_amount(text: str) -> bool:
    return is_figure(text) and not is_year(text)


def _down_to_years(rows: Sequence[Texts]) -> int:
    """Rows down to the one with the years; 0 where figures come first, or no years."""
    for i, row in enumerate(rows[:_DEEPEST]):
        amounts = 0 if counts_columns(_values(row), row.get(0, "")) else sum(map(_is_amount, _values(row)))
        if sum(map(is_year, row.values())) >= 2 and amounts <= 1:
            return i + 1
        if amounts:
            return 0
    return 0


def _first_row(rows: Sequence[Texts], bold: bool) -> int:
    """1 where the first row holds words over figures, or bold words over words."""
    if len(rows) < 2:
        return 0
    texts = _values(rows[0])
    below = any(is_number(text) for row in rows[1:_DEEPEST] for text in _values(row))
    of_words = not any(map(_is_amount, texts))
    return int(bool(texts) and (of_words if below else bold))


def _is_lower_level(row: Texts) -> bool:
    """Whether a row under a header goes on with it: names under years, numbers of columns, and no label of a row."""
    texts = _values(row)
    label = row.get(0, "")
    if counts_columns(texts, label):
        return True
    return len(texts) > 1 and not any(map(is_figure, texts)) and (not label or find_unit(label) is not None)
