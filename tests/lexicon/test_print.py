"""What each piece of print is: figures, years, units, captions, codes, open ends, hyphens; both sides of each rule."""

from __future__ import annotations

import pytest

from tests.lexicon.kept import answer, kept

KEPT = kept()


@pytest.mark.parametrize("function", KEPT)
def test_print_is_taken_for_what_it_is(function: str) -> None:
    told = KEPT[function]
    now = {said: [answer(function, one) for one in those] for said, those in told.items()}
    assert now == {said: [said] * len(those) for said, those in told.items()}
