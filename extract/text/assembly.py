"""Joins the lines of a table that kept its columns to rows, whichever of a row's lines its figures stand on.

A label or a cell of words may take several lines while the row's figures stand on the first, the last or the middle
one of them, or on a line of their own.  A table does this in one way, so every way to part the lines into rows is
given a cost under each of the three, and the cheapest wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.text.rows import Piece, is_section
from extract.text.scan import Entry
from lexicon.lines import goes_on

LEAST_WIDTH = 18  # characters; a narrower column of labels tells nothing by how full a line is
_SLACK = 3  # characters of a column's edge
_MOST_LINES = 14  # lines of a row

# Costs; a way to part the lines is the sum of them.
_CUT = 12.0  # a word that a hyphen cut is parted from its rest
_PARTED = 7.0  # words that go on are parted
_UNLIKE = 5.0  # words are joined that do not look like going on
_ROOMY = 1.0  # either way where a full line may have been wrapped
_SECTION = 8.0  # a section's label is joined to something
_REPEATED = 8.0  # the same words twice in one cell
_GAP = 3.0  # a blank line within a row
_NO_LABEL = 6.0
_NO_FIGURES = 3.0
_SECTION_ALONE = 1.0
_OTHER_SHAPE = 3.0  # figures on another line of the row than the table's habit
_TWO_LINES = 0.5  # figures of a row of two lines, if they stand in the middle


@dataclass(slots=True)
class Parted:
    """A line of the body parted by columns: its label, the words in text columns, the figures in value columns."""

    entry: Entry
    label: str
    label_end: int
    cells: list[tuple[int, Piece]]
    figures: int = 0


@dataclass(slots=True)
class _Row:
    """A row while lines are added to it."""

    cost: float = 0.0
    labels: int = 0  # lines with a label so far
    above: int = 0  # of them, above the figures' line
    on: bool = False  # the figures' line has a label
    has_figures: bool = False
    held: dict[int, str] = field(default_factory=dict)  # what each column holds last


def rows_of_lines(lines: Sequence[Parted]) -> list[list[Parted]]:
    """The lines in groups, each a row, in print order."""
    joins, splits = _seams(lines)
    ways = 3  # figures on the first, the last, the middle line
    count = len(lines)
    best = [[0.0] * ways] + [[float("inf")] * ways for _ in range(count)]
    come = [[0] * ways for _ in range(count + 1)]
    for start in range(count):
        row = _Row()
        for end in range(start + 1, min(start + _MOST_LINES, count) + 1):
            line = lines[end - 1]
            if not _add(row, line, joins[end - 1] if end - 1 > start else 0.0, first=end - 1 == start):
                break
            whole = row.cost + _lacking(row, lines[start], splits[start])
            for way, shape in enumerate(_shapes(row)):
                cost = best[start][way] + whole + shape
                if cost < best[end][way]:
                    best[end][way], come[end][way] = cost, start
    way = min(range(ways), key=lambda w: best[count][w])
    rows: list[list[Parted]] = []
    end = count
    while end:
        start = come[end][way]
        rows.insert(0, list(lines[start:end]))
        end = start
    return rows


def _seams(lines: Sequence[Parted]) -> tuple[list[float], list[float]]:
    """What it costs to join each line to the one above, and to part it from that, by their words."""
    labelled = [p for p in lines if p.label]
    going = {id(b): goes_on(a.label, b.label) for a, b in pairwise(labelled)}
    full = max((p.label_end for p in labelled if p.cells), default=0)
    full = max([full, *(a.label_end for a, b in pairwise(labelled) if going[id(b)] and a.label.endswith("-"))])
    wraps = any(going.values()) and full >= LEAST_WIDTH
    joins, splits = [0.0] * len(lines), [0.0] * len(lines)
    above: Parted | None = None
    for index, line in enumerate(lines):
        if above is not None and line.label:
            if going[id(line)]:
                splits[index] = _CUT if above.label.endswith("-") else _PARTED
            elif is_section(line.label) or is_section(above.label):
                joins[index] = _SECTION
            elif wraps and 0.7 * full <= above.label_end <= full < above.label_end + _SLACK + _first_word(line):
                joins[index] = _ROOMY
            else:
                joins[index] = _UNLIKE
        if index and not (line.label and going.get(id(line))):
            joins[index] += _GAP * min(line.entry.gap, 3)
        if index and any(_cell_goes_on(lines[index - 1], column, text) for column, (_, text) in line.cells):
            splits[index] += _PARTED
        above = line if line.label else above
    return joins, splits


def _first_word(line: Parted) -> int:
    return len(line.label.split()[0])


def _cell_goes_on(above: Parted, column: int, text: str) -> bool:
    return any(at == column and text[:1].isalpha() and goes_on(held, text) for at, (_, held) in above.cells)


def _add(row: _Row, line: Parted, join: float, *, first: bool) -> bool:
    """Adds the line to the row; False where it cannot be part of it."""
    if line.figures and row.has_figures and (line.label or not _finishes(row, line)):
        return False
    row.cost += join
    for column, (_, text) in line.cells:
        held = row.held.get(column)
        if held is not None and not goes_on(held, text) and not line.figures:
            row.cost += _REPEATED if held.casefold() == text.casefold() else _NO_FIGURES
        row.held[column] = text
    if line.figures and not row.has_figures:
        row.has_figures, row.above, row.on = True, row.labels, bool(line.label)
    row.labels += bool(line.label)
    return first or row.cost < 40


def _finishes(row: _Row, line: Parted) -> bool:
    """Whether figures are the rest of the row's ("½ årsværk/ -" / "229")."""
    return all(
        column in row.held and len(row.held[column]) > 1 and row.held[column].endswith(("/", "-"))
        for column, _ in line.cells
    )


def _lacking(row: _Row, line: Parted, split: float) -> float:
    """What a row costs that starts at that line, by what it has not."""
    cost = split + (0.0 if row.labels else _NO_LABEL)
    if not row.has_figures:
        alone = is_section(line.label) or line.entry.gap > 0 or line.label.endswith(":")
        cost += _SECTION_ALONE if alone and row.labels == 1 else _NO_FIGURES
    return cost


def _shapes(row: _Row) -> tuple[float, float, float]:
    """What it costs that the row's figures stand where they stand, if the table's stand first, last, in the middle."""
    if not row.has_figures or not row.labels:
        return 0.0, 0.0, 0.0
    below = row.labels - row.above - row.on
    top = 0.0 if row.on and not row.above else _OTHER_SHAPE
    bottom = 0.0 if not below and (row.on or row.above) else _OTHER_SHAPE
    off = abs(row.above - below)
    middle = _OTHER_SHAPE if off > 1 else _TWO_LINES * off
    return top, bottom, middle
