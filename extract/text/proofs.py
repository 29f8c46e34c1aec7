"""Which order of figures is proven by the sums that close in it.

In: figures in the order of print, how many columns they fill, what stood between them.  Out: the figures as rows, with
the bits that speak for this order against chance and against every other one; nothing where none is proven.

A dump prints a table in chunks of neighbouring rows: of each chunk one column after the other.  A chunk of one row is a
row; one chunk of all rows is a table printed column after column; what lies between is pdfminer's.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum
from itertools import pairwise

from extract.records import record

MOST_TRIED = 3000  # orders of one table
MOST_ROWS = 60
PROVEN = 18.0  # bits that must speak for an order
CLOSING = 5.0  # of them from sums
AHEAD = 9.0  # bits that it must be ahead of any other order
_CHANGE = 4.0  # bits against a chunk of another height than the one before
# Bits for two figures side by side in a row of years against any two of the table, half of what papers of the foundry
# show, since the figures of a row depend on each other.
_EQUAL, _NEAR, _FARTHER, _FAR, _OTHER_SIGN = 1.5, 0.5, -0.4, -1.5, -0.7
_NEARLY, _FARTHEST = 1.25, 4.0  # times as large
_MOST_PER_COLUMN = 12.0  # bits of one sum in one column

Rows = tuple[tuple[int, ...], ...]


class End(IntEnum):
    """What the print says of a figure and the one before it."""

    FREE = 0  # nothing
    WITHIN = 1  # they stand in one block: one column
    COLUMN = 2  # a header, or the line's next figure: another column
    CHUNK = 3  # words: another row


@record
class Sum:
    """A row that is the sum of the rows `parts`."""

    total: int
    parts: tuple[int, ...]


@record
class Order:
    """Figures as rows: `places` says which figure of the print stands where; `bits` what speaks for it."""

    places: Rows
    heights: tuple[int, ...]
    sums: tuple[Sum, ...]  # of rows
    bits: float


def proven(values: Sequence[int], columns: int, ends: Sequence[End], sums_of: Collection[int] = ()) -> Order | None:
    """The one order of the figures that their sums prove; None where none is.

    `ends[i]` says what parts figure i from the one before it; `sums_of` are the columns that may be sums of others, as
    a year never is.
    """
    if columns < 1 or len(values) % columns or len(values) // columns > MOST_ROWS:
        return None
    found: list[tuple[float, Rows, Order]] = []
    for heights, changes in _heights(len(values), columns, ends):
        places = _places(heights, columns)
        rows = tuple(tuple(values[at] for at in row) for row in places)
        sums, bits = _closing(rows)
        across = tuple(zip(*rows, strict=True))
        bits += _bits(across, [one for one in _closing(across)[0] if one.total in sums_of]) if sums_of else 0.0
        score = bits + _likeness(rows) - _CHANGE * changes
        found.append((score, rows, Order(places, heights, tuple(sums), bits)))
    if not found:
        return None
    score, rows, best = max(found, key=lambda entry: entry[0])
    others = max((other for other, its, _ in found if its != rows), default=-math.inf)
    tried = math.log2(len(found))
    sure = best.bits - tried >= CLOSING and score - tried >= PROVEN and score - others >= AHEAD
    return Order(best.places, best.heights, best.sums, score - tried) if sure else None


def _likeness(rows: Rows) -> float:
    """Bits for figures side by side: a row's figures are alike, those of different rows are not."""
    return sum(_alike(a, b) for row in rows for a, b in pairwise(row) if a and b)


def _alike(a: int, b: int) -> float:
    if a == b:
        return _EQUAL
    if (a < 0) != (b < 0):
        return _OTHER_SIGN
    times = max(abs(a), abs(b)) / min(abs(a), abs(b))
    return _NEAR if times <= _NEARLY else _FARTHER if times <= _FARTHEST else _FAR


def _heights(count: int, columns: int, ends: Sequence[End]) -> Iterator[tuple[tuple[int, ...], int]]:
    """The ways of cutting the print into chunks, those of few heights first, with how often the height changes."""
    waiting: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    given = 0
    while waiting and given < MOST_TRIED:
        changes, at, heights = heapq.heappop(waiting)
        if at == -count:
            given += 1
            yield heights, changes
            continue
        for height in range(1, (count + at) // columns + 1):
            if _fits(-at, height, columns, ends):
                changed = changes + bool(heights and heights[-1] != height)
                heapq.heappush(waiting, (changed, at - height * columns, (*heights, height)))


def _fits(start: int, height: int, columns: int, ends: Sequence[End]) -> bool:
    """Whether the columns of a chunk end where the print has them end, and nowhere else."""
    if ends[start] is End.WITHIN:
        return False
    for at in range(start + 1, start + height * columns):
        column = (at - start) % height == 0
        if ends[at] is End.CHUNK or (ends[at] is End.COLUMN and not column) or (ends[at] is End.WITHIN and column):
            return False
    return True


def _places(heights: Sequence[int], columns: int) -> Rows:
    rows: list[tuple[int, ...]] = []
    start = 0
    for height in heights:
        rows += [tuple(start + row + height * column for column in range(columns)) for row in range(height)]
        start += height * columns
    return tuple(rows)


def _closing(rows: Rows) -> tuple[list[Sum], float]:
    """The rows that are sums of others in every column, and the bits that speak against chance."""
    order = list(range(len(rows)))
    below = _totals(rows, order)
    above = _totals(rows, order[::-1])
    mixed = [*above, *_totals(rows, _open(order, above))]
    return max(((sums, _bits(rows, sums)) for sums in (below, above, mixed)), key=lambda entry: entry[1])


def _open(order: Sequence[int], sums: Sequence[Sum]) -> list[int]:
    """The rows that are part of no sum."""
    parts = {row for one in sums for row in one.parts}
    return [row for row in order if row not in parts]


def _totals(rows: Rows, order: Sequence[int]) -> list[Sum]:
    """The sums of rows right before them in this order; what a sum holds is in no other one."""
    sums: list[Sum] = []
    waiting: list[int] = []
    for row in order:
        parts = _parts(rows, waiting, row)
        if parts:
            sums.append(Sum(row, tuple(sorted(waiting[-parts:]))))
            del waiting[-parts:]
        waiting.append(row)
    return sums


def _parts(rows: Rows, waiting: Sequence[int], total: int) -> int:
    """How many of the last rows that wait a row is the sum of; 0 where it is none."""
    wanted, first, most = rows[total], 0, 0
    if not any(wanted):
        return 0
    for count in range(1, len(waiting) + 1):
        first += rows[waiting[-count]][0]
        if first == wanted[0] and count > 1:
            held = waiting[-count:]
            if all(sum(rows[row][c] for row in held) == value for c, value in enumerate(wanted)):
                most = count
    return most


def _bits(rows: Rows, sums: Sequence[Sum]) -> float:
    """Bits against the sums closing by chance: in each column as many as its figures could have been."""
    unit = math.gcd(*(value for row in rows for value in row)) or 1
    bits = 0.0
    for one in sums:
        seen = {tuple(sorted(rows[row][c] for row in (one.total, *one.parts))) for c in range(len(rows[0]))}
        sizes = [max(map(abs, column)) // unit for column in seen if sum(map(bool, column)) > 1]
        bits += sum(min(_MOST_PER_COLUMN, math.log2(1 + size)) for size in sizes) - math.log2(1 + len(rows))
    return bits
