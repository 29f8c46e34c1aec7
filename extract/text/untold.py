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
APART = 0.5  # share of the lines that hold one figure with a blank line above, from which a dump prints blocks


def in_blocks(lines: Sequence[SourceLine]) -> bool:
    """Whether the dump ends its pages with form feeds and parts its figures by blank lines, as tools do that print the
    blocks of a page and not its rows: headers and labels of such a dump may stand in another order than the figures."""
    alone = [above.blank for above, line in pairwise(lines) if line.paged and is_figure(line.text.strip())]
    return bool(alone) and sum(alone) >= APART * len(alone)


def doubted(found: Found) -> Found:
    """The table with no more confidence than such a dump's order gives."""
    return replace(found, rows=[_unsure(row) for row in found.rows])


def _unsure(row: Row) -> Row:
    return replace(row, cells=tuple(_less(c) if c else None for c in row.cells), loose=tuple(map(_less, row.loose)))


def _less(cell: Cell) -> Cell:
    return replace(cell, confidence=min(cell.confidence, UNTOLD))
