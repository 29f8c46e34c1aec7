"""Doubtful figures (a scan's 1.860 or 1.360): the sums choose, or nobody does."""

from __future__ import annotations

from decimal import Decimal

from normalize.models import Sum
from normalize.readings.choose import choose_values
from normalize.readings.values import Doubtful
from normalize.sums import Interval

TOTAL = (Sum(2, ((0, 1), (1, 1)), "label"),)


def read(value: int, *others: int) -> Doubtful:
    """A figure as read, and what else it may be."""
    return Doubtful(Interval(Decimal(value), Decimal("0.5")), tuple(Decimal(other) for other in others))


def values(*column: Doubtful | None) -> list[tuple[int, bool, bool] | None]:
    """Value, changed and decided of a column of three rows, the last the sum of the others."""
    chosen = choose_values([[cell] for cell in column], TOTAL)
    return [None if c is None else (int(c.value.value), c.changed, c.decided) for (c,) in chosen]


def test_the_only_reading_that_closes_wins() -> None:
    assert values(read(1860, 1360), read(140), read(1500)) == [
        (1360, True, True),
        (140, False, True),
        (1500, False, True),
    ]


def test_what_closes_as_read_stays_and_is_decided() -> None:
    assert values(read(1360, 1860), read(140), read(1500))[0] == (1360, False, True)


def test_two_readings_that_close_are_undecided() -> None:
    chosen = values(read(18, 13), read(12, 7), read(25))
    assert chosen == [(18, False, False), (12, False, False), (25, False, True)]


def test_none_that_closes_leaves_everything_as_read() -> None:
    assert values(read(1860, 1880), read(140), read(1500))[0] == (1860, False, False)


def test_a_figure_read_without_doubt_never_changes_to_mend_a_total() -> None:
    assert values(read(1860), read(140), read(1500)) == [
        (1860, False, True),
        (140, False, True),
        (1500, False, True),
    ]


def test_a_blank_stays_blank() -> None:
    assert values(None, read(140, 740), read(740)) == [None, (740, True, True), (740, False, True)]
