"""Where a grid's header ends and its body begins, and which later rows only repeat the header."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from extract.models import Grid, Row
from lexicon.figures import is_dash, parse_figure
from lexicon.folding import squash
from lexicon.units import find_price_level, find_unit, is_only_unit
from lexicon.years import single_year
from normalize.tables.columns import OPEN_ENDS, bare_header
from normalize.vocabulary import RowWords, is_investment_header, row_words, text_role, total_span


class Parts(NamedTuple):
    """The rows of a grid: its header, and its body without repeated headers and separator lines."""

    header: tuple[Row, ...]
    body: tuple[Row, ...]


def cell_text(row: Row, column: int) -> str:
    """The text of a row's cell, "" where it is blank or not there."""
    cell = row.cells[column] if column < len(row.cells) else None
    return " ".join(cell.text.split()) if cell is not None else ""


def row_texts(row: Row) -> list[str]:
    """All texts of a row, loose ones too, in print order."""
    texts = [" ".join(c.text.split()) for c in (*row.cells, *row.loose) if c is not None]
    return [t for t in texts if t]


def split_header(grid: Grid) -> Parts:
    """The header and body rows of a grid, by extract's marks where it made them, else by what the rows say."""
    rows = [row for row in grid.rows if row_texts(row) and not _is_rule(row)]
    count = _marked(rows) or _recognised(rows)
    header = rows[:count]
    prints = {_print(row) for row in header}
    body = [row for row in rows[count:] if not (row.header and _repeats(row, header)) and not _is_one(row, prints)]
    return Parts(tuple(header), tuple(body))


def _print(row: Row) -> tuple[str, ...]:
    return tuple(squash(t) for t in row_texts(row))


def _is_one(row: Row, prints: set[tuple[str, ...]]) -> bool:
    """Whether a row prints what one of the header's does."""
    first = squash(next(iter(row_texts(row)), ""))
    return any(head[:1] == (first,) for head in prints) and _print(row) in prints


def _is_rule(row: Row) -> bool:
    """A markdown separator: nothing but dashes in every cell, and more than one in the first."""
    texts = row_texts(row)
    return len(texts) > 1 and all(is_dash(t) or set(t) <= set("-=: ") for t in texts) and len(texts[0]) > 2


def _marked(rows: Sequence[Row]) -> int:
    count = 0
    while count < len(rows) and rows[count].header:
        count += 1
    # A section's heading right under the years looks like one more header row; it heads lines, not columns.
    while count > 1 and _only_first(rows[count - 1]) and _is_section(rows[count - 1]) and _names(rows[count - 2]) > 1:
        count -= 1
    while 0 < count < len(rows) and _goes_on(rows[count], rows[count - 1]):
        count += 1
    return count


def _recognised(rows: Sequence[Row]) -> int:
    """How many leading rows are a header by their words: up to the row of years, or a row of words over figures."""
    for count, row in enumerate(rows[:4], start=1):
        if _is_header_row(row):
            while count < len(rows) and _goes_on(rows[count], rows[count - 1]):
                count += 1
            return count
        if _has_figures(row) and not all(map(is_only_unit, row_texts(row))):
            break
    return 1 if len(rows) > 1 and _is_named(rows[0], rows[1:]) else 0


def _is_named(first: Row, rows: Sequence[Row]) -> bool:
    """Whether a first row of words, or of units, stands over columns of figures."""
    if (_has_figures(first) and not _heads_with_unit(first, rows)) or len(row_texts(first)) < 2:
        return False
    filled = [c for c in range(1, len(first.cells)) if cell_text(first, c)]
    below = [r for r in rows if any(parse_figure(cell_text(r, c)) is not None for c in filled)]
    return len(below) * 2 > len(rows)


def _goes_on(row: Row, above: Row) -> bool:
    """Whether a row is one more of the header that ends with the row above it."""
    return (_is_header_row(row) and not _renames(row, above)) or _completes(row, above)


def _renames(row: Row, above: Row) -> bool:
    """Whether a row below three years and more that follow each other has others: amounts of 1959 and 1900, no years.

    Two rows with a pair of years each may be dates.
    """
    over = [(at, y.year) for at in range(len(above.cells)) if (y := single_year(cell_text(above, at)))]
    follow = len(over) > 2 and all(b == a + 1 for (_, a), (_, b) in pairwise(over))
    here = {at: y.year for at, _ in over if (y := single_year(cell_text(row, at)))}
    return follow and any(here.get(at, year) != year for at, year in over)


def _completes(row: Row, above: Row) -> bool:
    """Whether a row only names years in columns that the header row above it left blank, or broke off ("Budget").

    A year alone under what heads the labels is none: it is the section of the rows below it.
    """
    filled = [at for at in range(len(row.cells)) if cell_text(row, at)]
    heads = any(filled) and not row.loose
    return heads and all(_ends_a_name(cell_text(above, at), cell_text(row, at)) for at in filled)


def _ends_a_name(above: str, text: str) -> bool:
    """Whether a cell is a year, or the end of one ("24" below "I alt 2021-"), that the cell above it leaves open."""
    if not above:
        return single_year(text) is not None
    if above.endswith(OPEN_ENDS):
        return _is_name(above + text)
    return not _is_name(above) and _is_name(f"{above} {text}")


def _is_name(text: str) -> bool:
    """Whether a text names a year or a total of years, and is no figure."""
    return bool(single_year(text)) or (bool(total_span(text)) and not parse_figure(text))


def _only_first(row: Row) -> bool:
    return row.cells[:1] != () and bool(cell_text(row, 0)) and len(row_texts(row)) == 1


def _is_section(row: Row) -> bool:
    text = cell_text(row, 0)
    if find_unit(text) or find_price_level(text) or text_role(text):
        return False
    return row_words(text) is RowWords.SECTION or row_words(text) is not None


def _names(row: Row) -> int:
    """How many cells name a value column."""
    texts = [bare_header(t) for t in row_texts(row)]
    return sum(_is_name(t) or is_investment_header(t) for t in texts)


def _is_header_row(row: Row) -> bool:
    """Whether the row heads columns: at least two names of columns, and no figure that is not a year."""
    texts = row_texts(row)
    others = [t for t in texts[1:] if not single_year(bare_header(t)) and not total_span(bare_header(t))]
    return _names(row) >= 2 and not any(parse_figure(t) is not None and not is_dash(t) for t in others)


def _has_figures(row: Row) -> bool:
    texts = [cell_text(row, c) for c in range(1, len(row.cells))] + [c.text for c in row.loose]
    return any(parse_figure(t) is not None and not is_dash(t) and not single_year(t) for t in texts)


def _heads_with_unit(row: Row, below: Sequence[Row]) -> bool:
    """Whether what looks like figures in a first row are units over plain figures: "1.000 kr." over "1.240"."""
    cells = [(c, t) for c in range(1, len(row.cells)) if parse_figure(t := cell_text(row, c)) is not None]
    units = all(is_only_unit(t) and not any(find_unit(cell_text(r, c)) for r in below) for c, t in cells)
    return units and not row.loose and bool(cell_text(row, 0))


def _repeats(row: Row, header: Sequence[Row]) -> bool:
    """Whether a row marked as header further down repeats the header (or is no line in its own right)."""
    texts = {squash(t) for t in row_texts(row)}
    above = {squash(t) for r in header for t in row_texts(r)}
    return bool(texts & above) or _names(row) >= 2
