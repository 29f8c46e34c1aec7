"""Dumps whose order of print does not tell the order of the page: what is read by it is given as unsure.

In: a dump's lines, a table that was read.  Out: whether the dump is one that prints blocks (pdftotext without options,
pdfminer), and whether it printed figures apart from their labels; the table with the confidence that is left to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import mode

from extract.models import Cell, Row
from extract.text.pieces import pieces
from extract.text.source import SourceLine
from extract.text.tables import Found
from lexicon.figures import is_figure
from lexicon.years import is_column_header, read_year

UNTOLD = 0.5  # confidence of what is read of such a dump without a proof
APART = 0.5  # share of the lines that hold one figure with a blank line above, from which a dump prints blocks
_LEAST_RUNS, _LONG_RUN = 3, 8  # so few runs of figures, one of them so long, are no rows


def in_blocks(lines: Sequence[SourceLine]) -> bool:
    """Whether the dump ends its pages with form feeds and parts its figures by blank lines, as tools do that print the
    blocks of a page and not its rows."""
    alone = [above.blank for above, line in pairwise(lines) if line.paged and is_figure(line.text.strip())]
    return bool(alone) and sum(alone) >= APART * len(alone)


def scattered(lines: Sequence[SourceLine], taken: set[int]) -> bool:
    """Whether the dump printed figures apart from their labels: several rows of figures with no words between.

    Of a dump in the order of its rows no table shows that; of the others about half of the documents do.
    """
    counts = [0]
    for piece in pieces(lines, taken):
        if len(piece.figures) == 1 and not piece.words:
            counts[-1] += 1
        elif counts[-1]:
            counts.append(0)
    runs = [count for count in counts if count]
    row = mode(runs) if runs else 0
    several = any(row > 1 and run > row and run % row == 0 for run in runs)
    return several or (0 < len(runs) < _LEAST_RUNS and max(runs) >= _LONG_RUN)


def doubted(found: Found, *, apart: bool) -> Found:
    """The table with what such a dump leaves of its figures' confidence: all where the years of its columns tell their
    order and nothing of the dump stands `apart`, else `UNTOLD`."""
    if not apart and _dated(found.rows):
        return found
    return replace(found, rows=[_unsure(row) for row in found.rows])


def _dated(rows: Sequence[Row]) -> bool:
    """Whether the columns are headed by different years, and by nothing else but known names behind them."""
    heads = [[cell.text for cell in row.cells[1:] if cell] for row in rows if row.header]
    if len(heads) != 1:
        return False
    years = [found.year for text in heads[0] if (found := read_year(text)) is not None]
    rest = heads[0][len(years) :]
    return len(set(years)) == len(years) > 0 and all(
        read_year(text) is None and is_column_header(text) for text in rest
    )


def _unsure(row: Row) -> Row:
    return replace(row, cells=tuple(_less(c) if c else None for c in row.cells), loose=tuple(map(_less, row.loose)))


def _less(cell: Cell) -> Cell:
    return replace(cell, confidence=min(cell.confidence, UNTOLD))
