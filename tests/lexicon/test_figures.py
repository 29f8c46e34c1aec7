"""Figures as Danish business cases print them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.figures import FigureUnit, figures_in, is_dash, is_figure, parse_figure


@pytest.mark.parametrize(
    ("printed", "value", "half_step"),
    [
        ("1.000", "1000", "0.5"),
        ("-1.000", "-1000", "0.5"),
        ("- 250", "-250", "0.5"),
        ("−250", "-250", "0.5"),
        ("–250", "-250", "0.5"),
        ("÷250", "-250", "0.5"),
        ("(250)", "-250", "0.5"),
        ("250-", "-250", "0.5"),
        ("+250", "250", "0.5"),
        ("1333", "1333", "0.5"),
        ("1 000", "1000", "0.5"),
        ("1\u00a0000", "1000", "0.5"),
        ("1\u2009000", "1000", "0.5"),
        ("12\u202f345\u202f678", "12345678", "0.5"),
        ("1. 000", "1000", "0.5"),
        ("0,62", "0.62", "0.005"),
        ("1.234,5", "1234.5", "0.05"),
        ("6.45", "6.45", "0.005"),
        ("1,234.5", "1234.5", "0.05"),
        ("½", "0.5", "0"),
        ("1½", "1.5", "0"),
        ("-1 ½", "-1.5", "0"),
        ("0", "0", "0.5"),
        ("612*", "612", "0.5"),
        ("612 1)", "612", "0.5"),
        ("612²", "612", "0.5"),
        ("5.000,00", "5000", "0.005"),
    ],
)
def test_every_notation_gives_its_value_and_its_precision(printed: str, value: str, half_step: str) -> None:
    figure = parse_figure(printed)
    assert figure is not None
    assert (figure.value, figure.half_step) == (Decimal(value), Decimal(half_step))
    assert not figure.is_dash


@pytest.mark.parametrize("printed", ["-", "–", "−", "—", "_", "--", "- -", " - ", "-*", "-¹"])
def test_a_lone_dash_is_a_printed_nil(printed: str) -> None:
    figure = parse_figure(printed)
    assert figure is not None
    assert figure.is_dash
    assert is_dash(printed) or printed[-1] in "*¹"
    assert (figure.value, figure.half_step) == (Decimal(0), Decimal(0))


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "   ",
        "Service",
        "½ årsværk/ -310",
        "14-03-2022",
        "2018-2021",
        "OFS 22-23",
        "1.1.2021",
        "22/1-2024",
        "3Q 2025",
        "10-15 pct.",
        "1.0000.00",
        "100 år gammel",
        "(-250)",
        "-250-",
        "(250",
        "12 34",
        "3000 Børnefamilier",
        "*",
        "1) 2)",
    ],
)
def test_words_dates_ranges_and_mixtures_are_no_figures(printed: str) -> None:
    assert parse_figure(printed) is None


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("6 år", "6", FigureUnit.YEARS),
        ("5.000 kr.", "5000", FigureUnit.KR),
        ("5.000,-", "5000", FigureUnit.KR),
        ("kr. 5.000", "5000", FigureUnit.KR),
        ("1.250 t.kr.", "1250", FigureUnit.TKR),
        ("1.250 t. kr", "1250", FigureUnit.TKR),
        ("0,62 mio. kr.", "0.62", FigureUnit.MIO),
        ("3,5 mio.kr.", "3.5", FigureUnit.MIO),
        ("8,2 mia.", "8.2", FigureUnit.MIA),
        ("12,5 %", "12.5", FigureUnit.PERCENT),
        ("10 pct.", "10", FigureUnit.PERCENT),
        ("2 ÅV", "2", FigureUnit.FTE),
        ("½ årsværk", "0.5", FigureUnit.FTE),
    ],
)
def test_the_unit_beside_a_figure_is_kept(printed: str, value: str, unit: FigureUnit) -> None:
    figure = parse_figure(printed)
    assert figure is not None
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_footnote_marks_are_kept_apart_from_the_figure() -> None:
    figure = parse_figure("-1.500**")
    assert figure is not None
    assert (figure.value, figure.footnotes) == (Decimal(-1500), ("**",))


def test_a_dot_before_three_digits_has_a_second_reading() -> None:
    thousand, plain, three_decimals = parse_figure("-1.000"), parse_figure("1000"), parse_figure("1,250")
    assert thousand is not None
    assert plain is not None
    assert three_decimals is not None
    assert thousand.other == Decimal(-1)
    assert plain.other is None
    assert (three_decimals.value, three_decimals.other) == (Decimal("1.25"), Decimal(1250))


_DIGITS = st.integers(min_value=0, max_value=10**10)
_BLANK = st.sampled_from([" ", "\u00a0", "\u2009", "\u202f"])
_SIGN = st.sampled_from(["", "-", "- ", "−", "–", "÷", "()", "+", "trailing"])
_MARKS = st.sampled_from(["", "*", "**", " *", " 1)", "²"])


@given(_DIGITS, st.integers(0, 3), st.one_of(st.sampled_from([".", ""]), _BLANK), _SIGN, _MARKS)
def test_what_is_printed_is_read_back(digits: int, decimals: int, thousands: str, sign: str, marks: str) -> None:
    value = Decimal(digits).scaleb(-decimals)
    whole, _, rest = f"{value:f}".partition(".")
    grouped = f"{int(whole):,}".replace(",", thousands)
    printed = grouped + ("," + rest if decimals else "")
    if sign == "()":
        printed = f"({printed})" + (marks if len(printed) > 1 else "")
    elif sign == "trailing":
        printed = f"{printed}-"
    else:
        printed = f"{sign}{printed}{marks}"
    figure = parse_figure(printed)
    assert figure is not None
    expected = -value if sign not in ("", "+") else value
    assert expected in (figure.value, figure.other)
    if not (decimals == 3 and thousands != "."):
        assert figure.value == expected
        assert figure.half_step == Decimal(5).scaleb(-decimals - 1)


@given(st.text(max_size=20))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    figure = parse_figure(text)
    assert figure is None or figure.half_step >= 0


@pytest.mark.parametrize("minus", "-\u00ad\u02d7\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\uff0d÷")
def test_every_look_alike_of_a_minus_in_front_of_a_digit_is_one(minus: str) -> None:
    figure = parse_figure(f"{minus}1.250")
    assert figure is not None
    assert figure.value == -1250


@pytest.mark.parametrize(
    ("printed", "value", "unit"),
    [
        ("1.250,-", 1250, FigureUnit.KR),
        ("-1.200.000,-", -1_200_000, FigureUnit.KR),
        ("kr. 1.250", 1250, FigureUnit.KR),
        ("-kr. 1.250", -1250, FigureUnit.KR),
        ("(kr. 250)", -250, FigureUnit.KR),
        ("12 pct.", 12, FigureUnit.PERCENT),
        ("11 mdr.", 11, FigureUnit.MONTHS),
    ],
)
def test_what_stands_beside_a_figure_is_its_unit(printed: str, value: int, unit: FigureUnit) -> None:
    figure = parse_figure(printed)
    assert figure is not None
    assert (figure.value, figure.unit) == (value, unit)


def test_a_figure_that_says_it_is_approximate() -> None:
    figure = parse_figure("Ca. 12.000 kr.")
    assert figure is not None
    assert figure.approximate
    assert figure.value == 12_000


@pytest.mark.parametrize("mark", ["*", "**", "*)", " 1)", "²", "ᵃ", "a)"])
def test_a_figure_keeps_its_footnotes_mark_apart(mark: str) -> None:
    figure = parse_figure(f"430{mark}")
    assert figure is not None
    assert figure.value == 430
    assert figure.footnotes == (mark.strip(),)


@pytest.mark.parametrize("text", ["7.500 kr. pr år", "5.000 kr. om året", "120 kr. pr. elev"])
def test_a_rate_is_a_figure_but_no_amount_of_its_row(text: str) -> None:
    assert is_figure(text)
    assert parse_figure(text) is None


def test_figures_in_a_line_whose_columns_are_parted_by_blanks() -> None:
    line = "Leje af maskiner   -1.200.000,-  - 250  1\u00a0000 12 pct.  kr. 40"
    assert [line[a:b] for a, b in figures_in(line)] == [
        "-1.200.000,-", "-", "250", "1\u00a0000", "12 pct.", "kr. 40",
    ]  # fmt: skip


@given(st.integers(-(10**9), 10**9), st.sampled_from([".", "\u00a0", " ", ""]))
def test_a_whole_number_is_read_back_as_printed(value: int, between: str) -> None:
    figure = parse_figure(f"{value:,}".replace(",", between))
    assert figure is not None
    assert figure.value == value or figure.other == value
