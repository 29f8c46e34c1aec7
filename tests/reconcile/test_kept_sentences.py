"""Amounts, years and sums that sentences state, right and wrong, beside tables that say it too."""

from __future__ import annotations

import pytest

from tests.reconcile.kept_sentences import kept, said

KEPT = kept()


@pytest.mark.parametrize("sentence", KEPT)
def test_a_sentence_is_held_against_the_rows_it_names_and_no_others(sentence: str) -> None:
    assert said(sentence) == KEPT[sentence]
