"""The fuzz script damages every kind of file and finds nothing in a moment."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.fuzz import DAMAGES, Damage


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda d: d.__name__)
@given(st.binary(min_size=1, max_size=300), st.integers(0, 1000))
def test_a_damage_works_on_any_bytes_and_is_the_same_for_a_seed(damage: Damage, data: bytes, seed: int) -> None:
    first = damage(bytearray(data), random.Random(seed))
    assert damage(bytearray(data), random.Random(seed)) == first
