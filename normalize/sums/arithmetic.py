"""Does a row add up to others?  Interval arithmetic over a grid, in scaled integers.

A column "closes" when the stated total's interval meets the interval of the sum of its parts, as in XBRL Calculations
1.1.  How much a closing column says depends on how easily it would have come about by chance: round figures and small
figures close by chance often, so a closing column is weighed by its bits of information.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from math import gcd, log2

from extract.records import record
from normalize.sums.rows import SumRow

MOST_BITS = 8.0  # one column never proves more than this: the same slip may repeat in it
MOST_SEEN = 20_000  # weighed sums remembered
Part = tuple[int, int]  # row and sign


@record
class Evidence:
    """How a candidate sum fares: distinct columns that close or miss, and the bits the closing ones carry.

    Columns that repeat the same figures count once.  `blank` counts columns in which the total is blank though its
    parts are not.
    """

    closes: int
    misses: int
    blank: int
    bits: float
    close_columns: tuple[int, ...]
    miss_columns: tuple[int, ...]


@dataclass(slots=True)
class Numbers:
    """A grid of intervals as integers: `value[row][column]` is None for a blank, `half[row][column]` its half step."""

    value: list[list[int | None]]
    half: list[list[int]]
    columns: int
    _down: list[tuple[tuple[int | None, ...], tuple[int, ...]]] = field(init=False)  # values and half steps by column
    _seen: dict[tuple[int, tuple[Part, ...]], Evidence] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._down = list(zip(zip(*self.value, strict=True), zip(*self.half, strict=True), strict=True))

    @classmethod
    def of(cls, rows: Sequence[SumRow], columns: int) -> Numbers:
        """The grid of the rows' values; rows shorter than `columns` are blank at their end."""
        digits = 0
        for row in rows:
            for cell in row.values:
                if cell is not None:
                    digits = max(digits, _places(cell.value), _places(cell.half_step))
        scale = Decimal(10) ** digits
        value: list[list[int | None]] = []
        half: list[list[int]] = []
        for row in rows:
            cells = row.values[:columns] + (None,) * (columns - len(row.values))
            value.append([None if cell is None else int(cell.value * scale) for cell in cells])
            half.append([0 if cell is None else int(cell.half_step * scale) for cell in cells])
        return cls(value, half, columns)

    def met(self, totals: Sequence[int], parts: Sequence[int]) -> set[int]:
        """The places k at which the sum of the first k + 1 `parts` is what row `totals[k]` states, in at least one
        column that is not nil: a quick look before evidence is weighed."""
        found: set[int] = set()
        for values, halves in self._down:
            sums = accumulate([values[part] or 0 for part in parts])
            slacks = accumulate([halves[part] for part in parts])
            for place, (total, summed, slack) in enumerate(zip(totals, sums, slacks, strict=True)):
                stated = values[total]
                if stated is None or not (stated or summed):
                    continue
                if abs(stated - summed) <= slack + halves[total]:
                    found.add(place)
        return found

    def weigh(self, total: int, parts: tuple[Part, ...]) -> Evidence:
        """The evidence that row `total` is the signed sum of `parts`."""
        key = (total, parts)
        found = self._seen.get(key)
        if found is None:
            if len(self._seen) >= MOST_SEEN:
                self._seen.clear()
            found = self._seen[key] = self._weigh(total, parts)
        return found

    def _weigh(self, total: int, parts: tuple[Part, ...]) -> Evidence:
        closes = misses = blank = 0
        bits = 0.0
        close_columns: list[int] = []
        miss_columns: list[int] = []
        seen: set[tuple[int | None, ...]] = set()
        signs = [sign for _, sign in parts]
        adds = min(signs, default=1) > 0
        columns = zip(*(self.value[row] for row in (total, *(part for part, _ in parts))), strict=True)
        slacks = map(sum, zip(*(self.half[row] for row in (total, *(part for part, _ in parts))), strict=True))
        for column, (vector, slack) in enumerate(zip(columns, slacks, strict=True)):
            if not any(vector):
                continue
            here, *figures = vector
            fresh = vector not in seen
            seen.add(vector)
            if adds:  # the usual case
                summed = sum(filter(None, figures))
            else:
                summed = sum([sign * figure for sign, figure in zip(signs, figures, strict=True) if figure])
            off = abs((here or 0) - summed)
            if here is None:
                if off > slack:
                    blank += fresh
                continue
            if off <= slack:
                close_columns.append(column)
                if fresh:
                    closes += 1
                    bits += information(here, figures, off)
            else:
                miss_columns.append(column)
                misses += fresh
        return Evidence(closes, misses, blank, bits, tuple(close_columns), tuple(miss_columns))


def information(total: int, parts: Sequence[int | None], off: int) -> float:
    """Bits that a closing column carries: few for round or small figures, half for a total that repeats one part."""
    grain = abs(total)
    width = abs(total)
    filled = 0
    for part in parts:
        if part:
            filled += 1
            grain = gcd(grain, part)
            width = max(width, abs(part))
    chance = (2 * off + grain) / (2 * width + grain)
    bits = min(MOST_BITS, -log2(chance))
    return bits / 2 if filled <= 1 else bits


def _places(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
