"""Which words of a label the checks go by."""

from __future__ import annotations

from importlib.resources import files

import pytest

from lexicon.data import LexiconError, parse
from reconcile import check_wording
from reconcile.wording import stems_met
from reconcile.wording_file import Wording


@pytest.mark.parametrize(
    ("label", "stems", "met"),
    [
        ("Serviceinvesteringer i alt", ["service"], True),  # a word that begins so
        ("Selvbetjeningsservice", ["service"], False),  # not one that ends so
        ("Netto i år", ["år"], True),
        ("Netto i årsværk", ["år"], False),  # a stem of two letters is the whole word
        ("Samlet økonomisk påvirkning", ["økonomisk påvirkning"], True),  # a phrase stands as it is
        ("Økonomisk samlet påvirkning", ["økonomisk påvirkning"], False),
        ("SAMLET", ["samlet"], True),
        ("", ["samlet", "i alt"], False),
    ],
)
def test_a_label_is_known_by_the_beginnings_of_its_words(label: str, stems: list[str], met: bool) -> None:
    assert stems_met(label, stems) is met


def test_the_file_of_words_holds_what_it_may() -> None:
    check_wording()


@pytest.mark.parametrize(
    ("word", "typo", "said"),
    [
        ("[plain_total]", "[plain_totals]", "wording.toml: plain_total"),
        ('name = "recurring"', 'name = "recuring"', "wording.toml: concept.*impact"),
        ("least = 0.8", "least = -0.8", "wording.toml: approximation.*greater"),
    ],
)
def test_a_typo_in_the_words_is_told_with_file_and_key(word: str, typo: str, said: str) -> None:
    text = files("reconcile").joinpath("wording.toml").read_text("utf-8")
    assert word in text
    with pytest.raises(LexiconError, match=said):
        parse(text.replace(word, typo, 1), "wording.toml", Wording)
