"""Random figures that add up, and the table rows made of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal

from bench.typeset.spec import printed

Series = tuple[Decimal | None, ...]  # one figure a year; None is a blank cell


def amount(rng: random.Random, scale: int = 1) -> Decimal:
    """A plausible positive amount in 1.000 kr.: now and then round, now and then to the last digit."""
    size = rng.choice((60, 300, 900, 2500, 9000))
    value = rng.randint(12, size)
    if rng.random() < 0.45:
        value = max(10, round(value, -1)) if value < 1000 else round(value, -2)
    return Decimal(value * scale)


def phased_in(rng: random.Random, years: int, sign: int) -> Series:
    """A recurring change: nothing at first, then steps up to its full height, which stays."""
    full = amount(rng)
    start = rng.choice((0, 1, 1, 1)) if years > 2 else 0
    steps = rng.choice((1, 1, 2, 3))
    out: list[Decimal | None] = []
    for year in range(years):
        if year < start:
            out.append(Decimal(0) if rng.random() < 0.7 else None)
        else:
            share = min(1.0, (year - start + 1) / steps)
            out.append(Decimal(sign * (int(full) if share >= 1 else max(1, int(int(full) * share)))))
    return tuple(out)


def front_loaded(rng: random.Random, years: int, blank: bool) -> Series:
    """An implementation cost: one to three years, then nothing (printed 0 or blank)."""
    first = rng.choice((0, 0, 0, 1)) if years > 3 else 0
    length = rng.randint(1, min(3, years - first))
    nil = None if blank else Decimal(0)
    return tuple(amount(rng) if first <= y < first + length else nil for y in range(years))


def add(series: Sequence[Series], years: int) -> Series:
    """The sum year by year, a blank counting as nothing."""
    return tuple(sum(((s[y] or Decimal(0)) for s in series), Decimal(0)) for y in range(years))


def cells(series: Series, decimals: int = 0, nil: str = "0") -> tuple[str, ...]:
    """Canonical cells of a series; `nil` is how a zero is printed ("0" or "-")."""
    return tuple("" if v is None else (nil if v == 0 else printed(v, decimals)) for v in series)


def total(series: Series) -> Decimal:
    """The sum over all years."""
    return sum((v or Decimal(0) for v in series), Decimal(0))


def payback(impact: Series) -> int | None:
    """The payback time in years of a series of yearly impacts, counted from the first year as 1.

    The first year in which the running sum, having been above zero, is at or below zero; later years repeat the last
    figure.  None where that never happens within 60 years.
    """
    running, above = Decimal(0), False
    for year in range(60):
        running += impact[min(year, len(impact) - 1)] or Decimal(0)
        above = above or running > 0
        if above and running <= 0:
            return year + 1
    return None


def distribute(rng: random.Random, series: Series, parts: int) -> list[Series]:
    """Share a series out over `parts`, in whole units, so that the parts add up to it in every year."""
    weights = [rng.randint(1, 9) for _ in range(parts)]
    out: list[list[Decimal | None]] = [[] for _ in range(parts)]
    for value in series:
        if value is None:
            for part in out:
                part.append(None)
            continue
        given = [Decimal(int(int(value) * w / sum(weights))) for w in weights]
        given[0] += value - sum(given, Decimal(0))
        for part, share in zip(out, given, strict=True):
            part.append(share)
    return [tuple(part) for part in out]
