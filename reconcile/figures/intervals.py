"""Numbers are intervals: what rounding explains, how likely that is, and what it cannot explain.

A printed figure stands for `value ± half_step`, half a unit of its last printed digit.  When n rounded parts add up
to a rounded total, the difference between the printed total and the printed parts is a sum of n rounding errors, each
uniform on ±half_step, less what the total's own rounding takes.  Whether a difference is possible is interval
arithmetic (as in XBRL Calculations 1.1); how likely it is follows from the distribution of a sum of uniform variables
(Irwin-Hall), which is computed exactly here, with rational numbers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import product
from math import comb, erfc, factorial, prod, sqrt

from extract.records import record
from reconcile.models import Verdict

ZERO = Decimal(0)
_EXACTLY = 40  # parts up to which the distribution is computed exactly
_WIDTHS = 3  # different widths up to which it is

UNLIKELY = Fraction(1, 100)
"""Below this probability a difference that rounding could explain is called unlikely."""


@lru_cache(maxsize=4096)
def _tail(halves: tuple[tuple[Fraction, int], ...], least: Fraction) -> Fraction:
    """P(|e1 + … + en| ≥ least) for independent ei uniform on ±half; `halves` are (half, how many), least ≥ 0.

    The density of a sum of uniform variables on ±h1 … ±hn has the distribution function
    Σ_s (−1)^|s| (x − Σ s·h)_+^n / (n! Π 2h) over the corners s ∈ {−1, 1}^n; equal widths are counted together.
    """
    n = sum(count for _, count in halves)
    norm = factorial(n) * prod((2 * half) ** count for half, count in halves)
    total = Fraction(0)
    for picks in product(*(range(count + 1) for _, count in halves)):  # how many corners of each width are at +h
        corner = sum(((2 * k - count) * half for k, (half, count) in zip(picks, halves, strict=True)), Fraction(0))
        reach = -least - corner
        if reach > 0:
            ways = prod(comb(count, k) for k, (_, count) in zip(picks, halves, strict=True))
            total += (-1) ** sum(picks) * ways * reach**n
    return min(Fraction(1), max(Fraction(0), 2 * total / norm))


def tail(halves: Iterable[Decimal], least: Decimal) -> Fraction:
    """The probability that rounding errors uniform on ±half, one for each of `halves`, add up to `least` or more."""
    return Rounding.of(ZERO, halves).tail(least)


def tolerance(total_half: Decimal, part_halves: Iterable[Decimal]) -> Decimal:
    """The largest difference between a printed total and its printed parts that rounding can explain."""
    return total_half + sum(part_halves, ZERO)


@record
class Rounding:
    """How a printed total and its printed parts were rounded: half a last digit of each, equal ones counted."""

    total: Decimal
    parts: tuple[tuple[Fraction, int], ...]  # (half, how many), narrowest first
    reach: Decimal  # the parts' halves together

    @classmethod
    def of(cls, total: Decimal, parts: Iterable[Decimal]) -> Rounding:
        """From half a last digit of the total and of each part (0 where a figure is exact)."""
        counted = Counter(half for half in parts if half > 0)
        reach = sum((half * count for half, count in counted.items()), ZERO)
        return cls(total, tuple(sorted((Fraction(half), count) for half, count in counted.items())), reach)

    def tail(self, least: Decimal) -> Fraction:
        """The probability that the parts' errors add up to `least` or more, either way."""
        if least <= 0:
            return Fraction(1)
        if self.reach <= least:
            return Fraction(0)
        if sum(count for _, count in self.parts) > _EXACTLY:  # the central limit serves
            variance = sum(half * half * count for half, count in self.parts) / 3
            return Fraction(erfc(float(least) / sqrt(2 * variance)))
        parts = self.parts
        if len(parts) > _WIDTHS:  # the exact sum over corners grows; the widest of them bounds it
            parts = ((parts[-1][0], sum(count for _, count in parts)),)
        return _tail(parts, Fraction(least))

    def judge(self, difference: Decimal, among: int = 1) -> Verdict:
        """The verdict on `difference` = printed total − sum of printed parts.

        The parts' true values add up to a sum that the total rounds: so their errors must add up to at least
        |difference| − total.  A difference that needs every error at its very edge counts as impossible.  What is
        unlikely once is not among many: `among` says how many such differences there are together.
        """
        if difference == 0:
            return Verdict.EXACT
        needed = abs(difference) - self.total
        if needed <= 0 and self.total > 0:
            return Verdict.ROUNDING
        if needed >= self.reach:
            return Verdict.IMPOSSIBLE
        return Verdict.UNLIKELY if self.tail(needed) * among < UNLIKELY else Verdict.ROUNDING


def judge(difference: Decimal, total_half: Decimal, part_halves: Iterable[Decimal]) -> Verdict:
    """The verdict on `difference` = printed total − sum of printed parts (see `Rounding.judge`)."""
    return Rounding.of(total_half, part_halves).judge(difference)
