"""What heads a column of figures: years in any notation, with and without a name, and what lies outside them."""

from __future__ import annotations

import pytest

from lexicon.years import columns_in, is_outside_years, is_year, read_year


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025", 2025),
        ("B2025", 2025),
        ("BO 2026", 2026),
        ("BF2026", 2026),
        ("KB 2025", 2025),
        ("Forventet 2025", 2025),
        ("Budgetforslag 2025", 2025),
        ("Oprindeligt budget 2024", 2024),
        ("Forv. regnskab 2024", 2024),
        ("Overslagsår 2027", 2027),
        ("2028 og frem", 2028),
        ("2025*", 2025),
        ("2025 t.kr.", 2025),
        ("Budget 2025, t.kr.", 2025),
        ("Regnskab 2025 (1.000 kr.)", 2025),
    ],
)
def test_a_year_in_any_notation(text: str, year: int) -> None:
    found = read_year(text)
    assert found is not None
    assert (found.year, found.name) == (year, None)
    assert is_year(text)


@pytest.mark.parametrize("text", ["BO 26", "'26", "B26"])
def test_a_short_year_in_a_cell(text: str) -> None:
    found = read_year(text)
    assert found is not None
    assert found.year == 2026


@pytest.mark.parametrize(
    ("text", "name"),
    [("Rådighedsbeløb 2026", "Rådighedsbeløb"), ("2026 Udgifter", "Udgifter"), ("Elevpris B2026", "Elevpris")],
)
def test_a_year_with_a_name(text: str, name: str) -> None:
    found = read_year(text)
    assert found is not None
    assert (found.year, found.name) == (2026, name)


@pytest.mark.parametrize(
    "text",
    [
        "2026 kr.",  # an amount
        "Før 2026",
        "Senere",
        "efter 2028",
        "august 2025",
        "Tabel 2025",
        "2025 p/l",
        "2025-priser",
        "pl 2025",
        "I alt 2025",
        "12.2025",
        "fra 2026",
        "1. år",
        "",
    ],
)
def test_what_is_no_year_of_a_column(text: str) -> None:
    assert read_year(text) is None
    assert not is_year(text)


def test_a_year_that_stands_for_all_later_ones_and_a_span() -> None:
    onwards, span = read_year("2028 og frem"), read_year("2026/27")
    assert onwards is not None
    assert onwards.onwards
    assert span is not None
    assert (span.year, span.last) == (2026, 2027)


@pytest.mark.parametrize("text", ["Før 2026", "Senere", "Senere år", "Tidl. år", "t.o.m. 2024", "efter 2028"])
def test_columns_outside_the_years(text: str) -> None:
    assert is_outside_years(text)


def test_the_columns_of_a_line() -> None:
    line = "1.000 kr.      Før 2026     2026    Forventet 2027   Senere   I alt"
    assert [(line[a:b], year) for a, b, year in columns_in(line)] == [
        ("Før 2026", None), ("2026", 2026), ("Forventet 2027", 2027), ("Senere", None), ("I alt", None),
    ]  # fmt: skip
