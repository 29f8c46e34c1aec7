"""Which words of a label the checks go by."""

from __future__ import annotations

import pytest

from reconcile.wording import stems_met


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
