"""Sums over an unbroken stretch of a sheet that few columns, or one alone, speak for.

The search for sums weighs whole lines and caps what one column may say, since a slip may repeat in it.  A long column
that closes to the last digit is none by chance, however little stands beside it; here it is weighed for what it is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from itertools import accumulate
from math import gcd, log2

from normalize.sums.arithmetic import Numbers

LEAST = 3  # figures of a stretch that are not nil
LONGEST = 200  # figures of a stretch
MOST_APART = 2  # figures between a stretch and its total
MOST_COLUMN_BITS = 20.0
ENOUGH_BITS = 4.0  # what a stretch must be worth
MISS_BITS = 3.0  # for a column in which the total is printed and does not close
APART_BITS = 3.0  # for a filled line between a stretch and its total


@dataclass(slots=True)
class Stretch:
    """Lines `first` to `last` as the parts of a total: the positions across that close, and the bits for it."""

    first: int
    last: int
    closes: list[int] = field(default_factory=list)
    bits: float = 0.0

    def between(self, total: int) -> range:
        """The lines from the stretch to its total."""
        return range(self.last + 1, total) if self.last < total else range(total + 1, self.first)


def stretches(numbers: Numbers, taken: Set[tuple[int, int]]) -> Iterator[tuple[int, list[int], int]]:
    """Total's line, parts' lines and position across of each sum; `taken` are the lines and positions that have one."""
    columns = [Column.of(numbers, across) for across in range(numbers.columns)]
    filled = [any(value is not None for value in line) for line in numbers.value]
    for total in range(len(numbers.value)):
        tried: dict[tuple[int, int], Stretch] = {}
        printed = 0
        for across, column in enumerate(columns):
            stated = column.value[total]
            if not stated or (total, across) in taken:
                continue
            printed += 1
            for first, last, bits in column.adding_up_to(stated, total):
                stretch = tried.setdefault((first, last), Stretch(first, last))
                stretch.closes.append(across)
                stretch.bits += bits
        worth = {
            key: stretch.bits
            - MISS_BITS * (printed - len(stretch.closes))
            - APART_BITS * sum(filled[line] for line in stretch.between(total))
            for key, stretch in tried.items()
        }
        best = max(worth, key=lambda key: (worth[key], key[1] - key[0]), default=None)
        if best and worth[best] > ENOUGH_BITS:
            yield from ((total, list(range(best[0], best[1] + 1)), across) for across in tried[best].closes)


@dataclass(slots=True)
class Column:
    """One position across: values and half steps by line, running sums of both, and the lines that hold a figure."""

    value: list[int | None]
    half: list[int]
    running: list[int]
    slack: list[int]
    filled: list[int]

    @classmethod
    def of(cls, numbers: Numbers, across: int) -> Column:
        """The column at a position."""
        value = [line[across] for line in numbers.value]
        half = [line[across] for line in numbers.half]
        return cls(
            value,
            half,
            [0, *accumulate(v or 0 for v in value)],
            [0, *accumulate(half)],
            [line for line, v in enumerate(value) if v is not None],
        )

    def adding_up_to(self, stated: int, total: int) -> Iterator[tuple[int, int, float]]:
        """First line, last line and bits of each stretch near line `total` that adds up to what it states."""
        at = bisect_left(self.filled, total)
        for gap in range(MOST_APART + 1):
            above = self.filled[max(0, at - gap - LONGEST) : max(0, at - gap)]
            below = self.filled[at + 1 + gap : at + 1 + gap + LONGEST]
            for far in above[: 1 - LEAST]:
                yield from self._weighed(far, above[-1], stated, total)
            for far in below[LEAST - 1 :]:
                yield from self._weighed(below[0], far, stated, total)

    def _weighed(self, first: int, last: int, stated: int, total: int) -> Iterator[tuple[int, int, float]]:
        off = abs(self.running[last + 1] - self.running[first] - stated)
        if off > self.slack[last + 1] - self.slack[first] + self.half[total]:
            return
        parts = [part for part in self.value[first : last + 1] if part]
        if len(parts) < LEAST or not self.value[first] or not self.value[last]:
            return
        grain = gcd(stated, *parts)
        chance = (2 * off + grain) / (2 * sum(map(abs, parts)) + grain)
        yield first, last, min(MOST_COLUMN_BITS, -log2(chance)) - log2(len(parts))
