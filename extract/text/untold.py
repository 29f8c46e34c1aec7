"""Dumps whose order of print does not tell the order of the page: what is read by it is given as unsure.

In: a dump's lines, a table that was read.  Out: whether the dump is one that prints blocks (pdftotext without options,
pdfminer); the table with the confidence that is left to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extract.models import Cell, Row
from extract.text.source import SourceLine
from extract.text.tables import Found
from lexicon.figures import is_figure

UNTOLD = 0.5  # confidence of what is read of such a dump without a proof


def in_blocks(lines: Sequence[SourceLine]) -> bool:
    """Whether the dump ends its pages with form feeds and begins blocks of figures behind blank lines, as tools do that
    print the blocks of a page and not its rows: its headers and labels may stand in another order than the figures."""
    return any(above.blank and line.paged and is_figure(line.text.strip()) for above, line in pairwise(lines))


def doubted(found: Found) -> Found:
    """The table with no more confidence than such a dump's order gives."""
    return replace(found, rows=[_unsure(row) for row in found.rows])


def _unsure(row: Row) -> Row:
    return replace(row, cells=tuple(_less(c) if c else None for c in row.cells), loose=tuple(map(_less, row.loose)))


def _less(cell: Cell) -> Cell:
    return replace(cell, confidence=min(cell.confidence, UNTOLD))
