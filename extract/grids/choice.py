"""Which of two readings of a place on a page stands: the one that leaves less unexplained.

What a reading leaves unexplained costs bits: the log-odds of seeing it under a right reading against a wrong one.  The
weights are set by hand, by what was seen on documents of many producers.
"""

from __future__ import annotations

from collections.abc import Iterator

from extract.grids.raw import RawRow, RawTable
from extract.page.model import Token, VisualLine, Word
from extract.page.tokens import make_token, tokenize
from extract.records import record

Box = tuple[float, float, float, float]


@record
class Weights:
    """What is left unexplained, in bits each; lengths in font sizes."""

    lost: float = 6.0  # a figure of the place that is in no table
    shared: float = 6.0  # a figure that shares its cell with another one
    unlabelled: float = 4.0  # a row of figures without words
    parted: float = 2.0  # a row of a drawn grid that no line parts from the one above
    beside: float = 6.0  # a figure or header just above or below a table, under its columns
    doubt: float = 4.0  # what a drawn grid may leave unexplained without another reading being made
    drawn: float = 2.0  # what speaks for a drawn grid by its being drawn
    near: float = 1.8  # font sizes: no further from its table stands a row outside of it
    within: float = 2.0  # points by which words may reach over a column's bounds


WEIGHTS = Weights()


def unexplained(place: Box, tables: list[RawTable], outside: list[VisualLine]) -> float:
    """What the tables of a page leave unexplained at a place, in bits.

    `outside` are the lines that are in no table, with their tokens.
    """
    here = [t for t in tables if overlap(t.box, place)]
    cost = sum(_within_table(t) for t in here)
    cost += WEIGHTS.beside * sum(t.words for t in tables if any(_heads(t, h) for h in here if h is not t))
    for line in outside:
        if place[1] <= line.middle <= place[3]:
            cost += WEIGHTS.lost * sum(t.figure for t in line.tokens if place[0] <= t.centre <= place[2])
        elif any(_beside(line, t) for t in here):
            cost += WEIGHTS.beside * len(line.tokens)
    return cost


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes have something in common."""
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _heads(head: RawTable, table: RawTable) -> bool:
    """Whether a table without rows of its own stands right above another one: its header."""
    near = WEIGHTS.near * (head.box[3] - head.box[1])
    return (
        all(row.header for row in head.rows)
        and 0 <= table.box[1] - head.box[3] + WEIGHTS.within <= near
        and table.box[0] - near < head.box[0]
        and head.box[2] < table.box[2] + near
    )


def _within_table(table: RawTable) -> float:
    cost = WEIGHTS.lost * sum(make_token([w]).figure for w in table.orphans) + WEIGHTS.parted * table.parted
    for row in table.rows:
        cost += WEIGHTS.shared * sum(count for count in _figures_of_cells(row) if count > 1)
        if not _has_words(row) and _has_amounts(row):
            cost += WEIGHTS.unlabelled
    return cost


def _figures_of_cells(row: RawRow) -> Iterator[int]:
    """How many figures each cell holds; one behind a label, set apart from it, has a cell of its own to share with."""
    for column, cell in row.cells.items():
        if len(cell.lines) == 1 and len(cell.lines[0]) == 1:
            token = make_token(cell.lines[0])
            yield int(column > 0 and (token.figure or token.year))
        elif column > 0:
            yield sum(t.figure or t.year for line in cell.lines for t in _tokens(line))
        else:
            behind = sum(t.figure for line in cell.lines for t in _tokens(line)[1:])
            yield behind and behind + 1


def _tokens(words: list[Word]) -> list[Token]:
    x0, x1 = words[0].x0, words[-1].x1
    return tokenize(VisualLine(words, min(w.y0 for w in words), max(w.y1 for w in words), x0, x1))


def _has_words(row: RawRow) -> bool:
    return any(c.isalpha() for cell in row.cells.values() for line in cell.lines for w in line for c in w.text)


def _has_amounts(row: RawRow) -> bool:
    """Whether a row holds a figure that is no year."""
    tokens = [make_token(line) for cell in row.cells.values() for line in cell.lines]
    return any(t.figure and not t.year for t in tokens)


def _beside(line: VisualLine, table: RawTable) -> bool:
    """Whether a line just above or below a table stands under its columns, each token under one of its own."""
    _, y0, _, y1 = table.box
    apart = y0 - line.y1 if line.middle < y0 else line.y0 - y1
    if apart > WEIGHTS.near * line.size or len(line.tokens) < 2:
        return False
    held = set()
    for token in line.tokens:
        column = next((i for i, (a, b) in enumerate(table.columns) if a <= token.centre <= b), None)
        if column is None or column in held:
            return False
        a, b = table.columns[column]
        if column and (token.x0 < a - WEIGHTS.within or token.x1 > b + WEIGHTS.within):
            return False
        held.add(column)
    return len(held - {0}) > 1 or any(t.figure for t in line.tokens[1:])
