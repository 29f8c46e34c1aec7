"""Every term that speaks for or against a title, or a figure, has words in both languages."""

from __future__ import annotations

from dataclasses import fields

import pytest

from afstem.texts import catalogue
from normalize.cases.evidence import TitleWeights
from normalize.trust.weights import weights

BOUNDS = {"least", "margin", "level_share"}  # no terms


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_term_of_a_title_has_words(language: str) -> None:
    terms = {field.name for field in fields(TitleWeights)} - BOUNDS
    assert {f"show.why_{name}" for name in terms} <= set(catalogue(language))


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_term_of_a_figures_confidence_has_words(language: str) -> None:
    told = weights()
    parts = (part for way in (told.kept, told.loose) for part in (way.row, way.name, way.place))
    terms = {name.partition("_of_")[0] for part in parts for name in part.terms}
    assert {f"trust.{name}" for name in terms} <= set(catalogue(language))
