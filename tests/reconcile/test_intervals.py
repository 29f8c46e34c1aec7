"""What rounding explains."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reconcile.figures.intervals import judge, tail, tolerance
from reconcile.models import Verdict

HALF = Decimal("0.5")


@pytest.mark.parametrize(
    ("difference", "parts", "verdict"),
    [
        ("0", 3, Verdict.EXACT),
        ("1", 3, Verdict.ROUNDING),  # -6.356 + 3.960 + 500 against -1.895
        ("1", 1, Verdict.IMPOSSIBLE),  # one part is its own total
        ("2", 3, Verdict.IMPOSSIBLE),  # all three errors would have to be at their very edge
        ("5", 3, Verdict.IMPOSSIBLE),
        ("2", 11, Verdict.ROUNDING),
        ("4", 12, Verdict.UNLIKELY),
        ("6", 12, Verdict.UNLIKELY),
        ("7", 12, Verdict.IMPOSSIBLE),
    ],
)
def test_the_verdict_on_a_total_of_whole_thousands(difference: str, parts: int, verdict: Verdict) -> None:
    assert judge(Decimal(difference), HALF, [HALF] * parts) is verdict
    assert judge(-Decimal(difference), HALF, [HALF] * parts) is verdict


def test_exact_figures_have_no_rounding() -> None:
    assert judge(Decimal("-0.2"), Decimal(0), [Decimal(0)] * 6) is Verdict.IMPOSSIBLE


def test_the_share_of_rounded_totals_that_a_naive_comparison_calls_wrong() -> None:
    assert tail([HALF] * 2, HALF) == Fraction(1, 4)
    assert 0.69 < tail([HALF] * 20, HALF) < 0.72


def test_four_off_with_twelve_parts_hardly_ever_happens() -> None:
    assert 0.0002 < tail([HALF] * 12, Decimal("3.5")) < 0.0005


@given(st.integers(1, 9), st.integers(0, 8), st.integers(1, 12))
@settings(max_examples=40, deadline=None)
def test_the_tail_falls_as_more_is_asked_of_it(units: int, tens: int, least: int) -> None:
    halves = [HALF] * units + [HALF * 10] * tens
    assert 0 <= tail(halves, Decimal(least) + 1) <= tail(halves, Decimal(least)) <= 1


@given(st.integers(2, 6), st.integers(0, 2**31))
@settings(max_examples=20, deadline=None)
def test_the_tail_is_how_often_it_happens(parts: int, seed: int) -> None:
    rng = random.Random(seed)
    happened = sum(abs(sum(rng.uniform(-0.5, 0.5) for _ in range(parts))) >= 0.5 for _ in range(4000)) / 4000
    assert abs(happened - float(tail([HALF] * parts, HALF))) < 0.04


@given(st.lists(st.decimals(-999, 999, places=2), min_size=1, max_size=12))
@settings(deadline=None)
def test_a_total_that_was_rounded_is_never_called_impossible(exact: list[Decimal]) -> None:
    parts = [value.quantize(Decimal(1)) for value in exact]
    total = sum(exact, Decimal(0)).quantize(Decimal(1))
    difference = total - sum(parts)
    at_the_edge = abs(difference) == tolerance(HALF, [HALF] * len(parts))
    assert at_the_edge or judge(difference, HALF, [HALF] * len(parts)) is not Verdict.IMPOSSIBLE
