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
from math import comb, factorial, prod

from reconcile.models import Verdict

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
    if least <= 0:
        return Fraction(1)
    counted = Counter(Fraction(half) for half in halves if half > 0)
    if sum((half * count for half, count in counted.items()), Fraction(0)) <= Fraction(least):
        return Fraction(0)
    if len(counted) > 3:  # many different widths: the exact sum over corners grows; the widest of them bounds it
        widest = max(counted)
        counted = Counter({widest: sum(counted.values())})
    return _tail(tuple(sorted(counted.items())), Fraction(least))


def tolerance(total_half: Decimal, part_halves: Iterable[Decimal]) -> Decimal:
    """The largest difference between a printed total and its printed parts that rounding can explain."""
    return total_half + sum(part_halves, Decimal(0))


def judge(difference: Decimal, total_half: Decimal, part_halves: Iterable[Decimal]) -> Verdict:
    """The verdict on `difference` = printed total − sum of printed parts.

    The parts' true values add up to a sum that the total rounds: so their errors must add up to at least
    |difference| − total_half.  A difference that needs every error at its very edge counts as impossible.
    """
    if difference == 0:
        return Verdict.EXACT
    halves = [half for half in part_halves if half > 0]
    needed = abs(difference) - total_half
    if needed <= 0 and total_half > 0:
        return Verdict.ROUNDING
    if needed >= sum(halves, Decimal(0)):
        return Verdict.IMPOSSIBLE
    return Verdict.UNLIKELY if tail(halves, needed) < UNLIKELY else Verdict.ROUNDING
