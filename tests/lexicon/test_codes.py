"""Codes beside words, and what is no part of a label."""

from __future__ import annotations

import pytest

from lexicon.codes import (
    breaks_behind_code,
    code_in,
    ends_in_code,
    holds_note,
    holds_sentence,
    is_code,
    leading_number,
    may_be_code,
)
from lexicon.figures import has_blanks, has_stops, is_stopless, sign_apart
from lexicon.years import without_price_years, without_years, years_in


@pytest.mark.parametrize("label", ["5.20", "SJ04", "0853", "P-01", "12."])
def test_a_code_stands_alone(label: str) -> None:
    assert is_code(label)
    assert not is_code(f"{label} Lamper")


def test_an_account_stands_somewhere_in_a_label_and_a_year_is_none() -> None:
    assert code_in("0853 Skove") == 0
    assert code_in("Skove 0853") == 6
    assert code_in("Lamper i 2026") is None
    assert code_in("Tilskud på 500 kr.") is None


def test_a_code_is_followed_by_a_name_that_begins() -> None:
    assert breaks_behind_code("P-01 og øvelokaler")
    assert not breaks_behind_code("P-01 Scene og øvelokaler")


def test_a_label_does_not_end_in_the_code_of_the_next() -> None:
    assert ends_in_code("Kultur- og SJ01")
    assert not ends_in_code("SJ01 Kultur")
    assert not ends_in_code("Politikområde 4")


@pytest.mark.parametrize(
    ("label", "number"), [("5.20 Lamper", 20), ("SJ04", 4), ("P-01 Scene", 1), ("3. Personale", None), ("Lamper", None)]
)
def test_the_running_number_of_a_label(label: str, number: int | None) -> None:
    assert leading_number(label) == number


@pytest.mark.parametrize(("printed", "may"), [("4310", True), ("5.20", True), ("4.310", False), ("431", False)])
def test_four_digits_without_a_stop_may_be_a_code(printed: str, may: bool) -> None:
    assert may_be_code(printed) is may


def test_running_text_and_footnotes_in_a_label() -> None:
    assert holds_sentence("I alt Beløbene er afrundede. Se")
    assert holds_note("I alt a) Se bilag")
    assert not holds_sentence("Idrætshaller m.v. i alt")
    assert not holds_note("Drift (netto)")


def test_how_thousands_and_signs_are_printed() -> None:
    assert is_stopless("-1250")
    assert not is_stopless("-1.250")
    assert not is_stopless("250")
    assert has_stops("- 1.250.000")
    assert not has_stops("12.5")
    assert has_blanks("145 350")
    assert not has_blanks("- 350")
    assert sign_apart("- 350")
    assert not sign_apart("-350")


def test_years_anywhere_and_without_those_of_prices() -> None:
    assert years_in("Budget 2026 og 2027, B2028") == ["2026", "2027", "2028"]
    assert years_in("120260") == []
    assert without_years("Budget 2026") == "Budget"
    assert years_in(without_price_years("1.000 kr., 2026-priser 2027")) == ["2027"]
    assert years_in(without_price_years("1.000 kr. (p/l 2024)")) == []
