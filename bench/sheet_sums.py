"""Sums in a bare sheet of numbers, along columns and along rows: no labels, no hints, any number of tables on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise, takewhile
from typing import NamedTuple

from bench.sheet_stretches import stretches
from normalize.sums.arithmetic import Numbers, Part
from normalize.sums.rows import Interval, SumRow
from normalize.sums.search import Search, Weights

Cell = tuple[int, int]  # row and column
Sheet = Sequence[Sequence[Interval | None]]
WEIGHTS = Weights(unhinted=-8.0, least_parts=2)  # nothing but figures speaks, so they must speak clearly
BEAM = 6
REACH = 80  # lines that a total may reach over
STRIDES = (2, 3)
SPACED_BITS = 16.0  # what figures must say for a total of spaced lines
FIRST = 4  # lines from the total to the first of them
WINDOW = 10  # lines from a total to either of two parts that stand apart
PAIRED_BITS = 24.0
MOST_PAIRED = 70  # lines; in longer sheets such pairs are not looked for
MOST_SPACED = 120  # lines; in longer sheets spaced lines are not looked for
ENOUGH = 12  # different figures from which a common divisor says how they were rounded
BASES = (1000, 100, 10, 5, 3)  # what statistics offices round to
MOSTLY = 0.95  # share of the figures that must be multiples
TALL = 800  # a longer stretch of rows is a list; it is cut to keep the search short
WIDTH = 24  # lines looked at while searching; the sums found are then held against all


class CellSum(NamedTuple):
    """A cell that is the sum of other cells of its row or column."""

    total: Cell
    parts: frozenset[Cell]

    @property
    def along_row(self) -> bool:
        """Whether total and parts stand in one row."""
        return all(row == self.total[0] for row, _ in self.parts)


def find_cell_sums(sheet: Sheet) -> set[CellSum]:
    """All sums in a sheet; `sheet` has one list a row, all equally long, None where a cell holds no number.

    A difference counts as the sum it was taken from.  Blank cells inside a stretch of parts are parts, as they are in
    the ranges of a spreadsheet's formulas.
    """
    found: set[CellSum] = set()
    columns = max((len(row) for row in sheet), default=0)
    for first, last in _blocks(sheet):
        block = _as_coarse_as_printed(sheet[first:last])
        for total, parts, column in _lines(block, columns):
            rows = _with_blank_lines(parts, block)
            found.add(CellSum((first + total, column), frozenset((first + row, column) for row in rows)))
        turned = [[row[column] for row in block] for column in range(columns)]
        for total, parts, row in _lines(turned, last - first):
            lines = _up_to_total(total, parts, turned)
            found.add(CellSum((first + row, total), frozenset((first + row, part) for part in lines)))
    return found


def _blocks(sheet: Sheet) -> list[tuple[int, int]]:
    """The stretches of rows that hold numbers; two rows without any end one."""
    blocks: list[tuple[int, int]] = []
    first: int | None = None
    empty = 0
    for index, row in enumerate(sheet):
        if any(cell is not None for cell in row):
            if first is None:
                first = index
            elif index - first >= TALL:
                blocks.append((first, index))
                first = index
            empty = 0
        else:
            empty += 1
            if first is not None and empty >= 3:
                blocks.append((first, index - empty + 1))
                first = None
    if first is not None:
        blocks.append((first, len(sheet)))
    return blocks


def _as_coarse_as_printed(block: Sheet) -> list[list[Interval | None]]:
    """The block with wider intervals where all its figures are multiples of one number: they were rounded to it."""
    values = {cell.value for row in block if not _counts_on(row) for cell in row if cell is not None and cell.value}
    if len(values) < ENOUGH or any(value != value.to_integral_value() for value in values):
        return [list(row) for row in block]
    multiples = {base: sum(value % base == 0 for value in values) for base in BASES}
    base = next((base for base in BASES if multiples[base] >= MOSTLY * len(values)), 1)
    half = Decimal(base) / 2
    return [
        [None if cell is None else Interval(cell.value, max(half, cell.half_step)) for cell in row] for row in block
    ]


def _counts_on(line: Sequence[Interval | None]) -> bool:
    """Whether a line is a header of years or numbers, each one more than the one before it."""
    values = [cell.value for cell in line if cell is not None]
    return len(values) > 2 and all(after - before == 1 for before, after in pairwise(values))


def _with_blank_lines(parts: list[int], lines: Sheet) -> list[int]:
    """Parts with nothing but lines without numbers between them are one stretch, these lines included; not so two."""
    if len(parts) == 2:
        return parts
    stretch = list(range(min(parts), max(parts) + 1))
    return parts if any(not _blank(lines[line]) for line in set(stretch) - set(parts)) else stretch


def _up_to_total(total: int, parts: list[int], lines: Sheet) -> list[int]:
    """A stretch of parts with the blank lines that part it from a total behind it."""
    last = max(parts)
    behind = range(last + 1, total)
    unbroken = last - min(parts) + 1 == len(parts)
    return [*parts, *behind] if unbroken and len(parts) > 2 and all(_blank(lines[line]) for line in behind) else parts


def _blank(line: Sequence[Interval | None]) -> bool:
    return all(cell is None for cell in line)


def _lines(lines: Sheet, width: int) -> list[tuple[int, list[int], int]]:
    """Sums among lines: the total's line, its parts' lines, and the position across in which they hold."""
    filled = [sum(line[across] is not None for line in lines) for across in range(width)]
    chosen = sorted(sorted(range(width), key=lambda a: -filled[a])[:WIDTH])
    if not chosen:
        return []
    search = Search(
        [SumRow("", tuple(line[a] for a in chosen)) for line in lines],
        len(chosen),
        beam=BEAM,
        reach=REACH,
        weights=WEIGHTS,
    )
    sums = [_sum_of_difference(found.total, found.parts) for found in search.run()[0].sums]
    sums.extend(_spaced(search.numbers))
    sums.extend(_pairs(search.numbers, {total for total, _ in sums}))
    sums.extend(_repeated(search.numbers, sums))
    full = Numbers.of([SumRow("", tuple(line)) for line in lines], width)
    out: list[tuple[int, list[int], int]] = []
    for total, parts in sums:
        evidence = full.weigh(total, tuple((part, 1) for part in parts))
        out.extend((total, parts, across) for across in evidence.close_columns)
        if evidence.close_columns:
            out.extend((total, parts, across) for across in _nil(full, total, parts))
    out.extend(stretches(full, {(total, across) for total, _, across in out}))
    return out


def _nil(numbers: Numbers, total: int, parts: Sequence[int]) -> Iterator[int]:
    """Where a sum that holds elsewhere has a total printed as nil over parts that are nil or blank."""
    for across, value in enumerate(numbers.value[total]):
        if value == 0 and not any(numbers.value[part][across] for part in parts):
            yield across


def _sum_of_difference(total: int, parts: tuple[Part, ...]) -> tuple[int, list[int]]:
    """`a - b = total` read as `a = b + total`; sums as they are."""
    if all(sign > 0 for _, sign in parts):
        return total, [part for part, _ in parts]
    whole = next(part for part, sign in parts if sign > 0)
    return whole, sorted([total, *(part for part, sign in parts if sign < 0)])


def _repeated(numbers: Numbers, sums: list[tuple[int, list[int]]]) -> list[tuple[int, list[int]]]:
    """Sums whose total is printed again on the next line."""
    totals = {total for total, _ in sums}
    again = ((total + 1, parts) for total, parts in sums if total + 1 < len(numbers.value))
    return [
        (line, parts)
        for line, parts in again
        if line not in totals and line not in parts and numbers.value[line] == numbers.value[line - 1]
    ]


def _pairs(numbers: Numbers, taken: set[int]) -> list[tuple[int, list[int]]]:
    """Totals of two lines near them, other lines between: what is left is the difference of two that stand apart."""
    filled = [line for line, values in enumerate(numbers.value) if any(values)]
    found: list[tuple[int, list[int]]] = []
    if len(filled) > MOST_PAIRED:
        return found
    for total in filled:
        near = [line for line in filled if line != total and abs(line - total) <= WINDOW]
        best: tuple[float, list[int]] | None = None
        for first, second in combinations(near if total not in taken else (), 2):
            if 1 not in numbers.met((total, total), (first, second)):
                continue
            evidence = numbers.weigh(total, ((first, 1), (second, 1)))
            clear = evidence.bits - 4 * evidence.misses
            if evidence.closes > 9 * evidence.misses and clear > PAIRED_BITS and (not best or clear > best[0]):
                best = (clear, [first, second])
        if best:
            found.append((total, best[1]))
    return found


def _spaced(numbers: Numbers) -> list[tuple[int, list[int]]]:
    """Totals of every second or third line before or behind them (amounts that stand between shares)."""
    found: list[tuple[int, list[int]]] = []
    lines = len(numbers.value)
    for total in range(lines if lines <= MOST_SPACED else 0):
        if all(value is None for value in numbers.value[total]):
            continue
        best: tuple[float, list[int]] | None = None
        for stride in STRIDES:
            for first in range(1, FIRST + 1):
                for step in (stride, -stride):
                    start = total + (first if step > 0 else -first)
                    for parts in _growing(range(start, lines if step > 0 else -1, step), numbers, total):
                        evidence = numbers.weigh(total, tuple((part, 1) for part in sorted(parts)))
                        clear = evidence.bits - 4 * evidence.misses
                        if (
                            evidence.closes > 3 * evidence.misses
                            and clear > SPACED_BITS
                            and (not best or clear > best[0])
                        ):
                            best = (clear, sorted(parts))
        if best:
            found.append((total, best[1]))
    return found


def _growing(positions: range, numbers: Numbers, total: int) -> Iterator[list[int]]:
    """The first three lines, four lines … of the positions, where their sum meets the total somewhere."""
    parts = list(takewhile(lambda line: any(value is not None for value in numbers.value[line]), positions))
    met = numbers.met([total] * len(parts), parts)
    yield from (parts[: place + 1] for place in range(2, len(parts)) if place in met)
