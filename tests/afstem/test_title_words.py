"""Every term that speaks for or against a title has words in both languages."""

from __future__ import annotations

from dataclasses import fields

import pytest

from afstem.texts import catalogue
from normalize.cases.evidence import TitleWeights

BOUNDS = {"least", "margin", "level_share"}  # no terms


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_term_of_a_title_has_words(language: str) -> None:
    terms = {field.name for field in fields(TitleWeights)} - BOUNDS
    assert {f"show.why_{name}" for name in terms} <= set(catalogue(language))
