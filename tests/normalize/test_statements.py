"""Amounts, years and årsværk in prose, and the lines they name."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.models import Block, Cell, Place, Placement, Row
from extract.models import Grid as PrintedGrid
from normalize.models import Amount, Column, ColumnKind, Kind, Line, Measure, Role, Statement, StatementKind, Table
from normalize.prose.numbers import Found, find
from normalize.prose.sentences import sentences
from normalize.prose.statements import find_statements
from tests.normalize.blocks import HERE, heading, paragraph


def one(sentence: str) -> Found:
    (found,) = find(sentence)
    return found


@pytest.mark.parametrize(
    ("sentence", "value", "half_step"),
    [
        ("Det koster i alt 4.900 t.kr.", "4900000", "500"),
        ("Det koster 3,5 mio.kr. i alt", "3500000", "50000"),
        ("fordelt på 0,47 mio. kr. til drift", "470000", "5000"),
        ("Udgiften er ca. 250.000 kr. pr. cykel", "250000", "0.5"),
        ("en løn på 512.307 kroner", "512307", "0.5"),
        ("bevilget to mio. kr. i støtte", "2000000", "500000"),
        ("faldende med -3.000 t. kr. om året", "-3000000", "500"),
        ("koster 35-60.000 kr. om året", "47500", "12500"),
        ("mellem 50.000 og 100.000 kr.", "75000", "25000"),
        ("for 18,4 mio. Kr. Ved fuld drift", "18400000", "50000"),
        ("kr. 250.000,- i støtte", "250000", "0.5"),
        ("1,2 mia. kr.", "1200000000", "50000000"),
    ],
)
def test_money_is_kroner_to_the_last_digit(sentence: str, value: str, half_step: str) -> None:
    found = one(sentence)
    assert (found.kind, found.value, found.half_step) == (StatementKind.MONEY, Decimal(value), Decimal(half_step))


@pytest.mark.parametrize(
    ("sentence", "value", "half_step"),
    [
        ("en effekt på ½ årsværk", "0.5", "0"),
        ("svarende til 0,37 årsværk", "0.37", "0.005"),
        ("der ansættes 3 nye årsværk", "3", "0"),
        ("cirka syv helårsværk", "7", "0"),
        ("færre kald svarende til 2 ÅV i alt", "2", "0"),
        ("et årsværk i marts", "1", "0"),
    ],
)
def test_aarsvaerk(sentence: str, value: str, half_step: str) -> None:
    found = one(sentence)
    assert (found.kind, found.value, found.half_step) == (StatementKind.FTE, Decimal(value), Decimal(half_step))


@pytest.mark.parametrize(
    "text", ["5.500 e-mails om året", "samlet 2,4 mio. m2 i dag", "10 % i 2022", "en årsværkpris", "de 900.000, der"]
)
def test_what_is_no_amount(text: str) -> None:
    assert find(text) == []


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("200 t.kr. i 2021 og 600 t.kr. i 2022", [(2021,), (2022,)]),
        ("Koret får 40 t. i 2027 og 90 t. kr. i 2028 og 2029 i tilskud", [(2027,), (2028, 2029)]),
        ("500 t. kr. i hver af årene 2023 og 2024", [(2023, 2024)]),
        ("4,5 mio.kr. fordeles over årene 2027-2029", [(2027, 2028, 2029)]),
        ("I perioden 2025-2027 afsættes 14,5 mio. kr. til løn, samt 8,5 mio. kr. til kurser", [(2025, 2026, 2027)] * 2),
        ("200 t.kr. og 300 t.kr. i hhv. 2021 og 2022", [(2021,), (2022,)]),
        ("2 mio. kr. til en halvårlig kampagne, fordelt over 2027 og 2028", [(2027, 2028)]),
        ("0,9 mio. kr. i 2027 og herefter 1,8 mio. kr.", [(2027,), (2028,)]),
        ("500 t.kr. i 2026 og 2027, derefter 200 t.kr. om året", [(2026, 2027), (2028,)]),
        ("0,4 mio. kr. i 2026 eller 400 t.kr.", [(2026,), ()]),
        ("en gevinst på 5,6 mio. kr. (2025 p/l)", [()]),
        ("vedtaget den 11. december 2018 med 5 mio. kr.", [()]),
        ("3% af 40 mio. kr. i 2026, svarende til 1,2 mio. kr., til 9% i 2029", [(2026,), (2026,)]),
    ],
)
def test_years_of_each_amount(sentence: str, years: list[tuple[int, ...]]) -> None:
    assert [f.years for f in find(sentence) if f.kind is StatementKind.MONEY] == years


def test_what_the_words_beside_an_amount_say() -> None:
    assert one("4,5 mio. kr. fra 2028 og frem").onwards
    assert one("85 t.kr. årligt").per_year
    assert one("i alt 85 t.kr.").total
    assert one("op til 85 t.kr.").approximate
    assert one("heraf 85 t.kr. til kurser").partly
    assert one("til en timepris på 640 kr.").rate
    first, last = find("-40 t. kr. stigende til -90 t. kr.")
    assert (first.rising, last.rising, first.total, last.per_year) == (True, True, False, True)


@pytest.mark.parametrize(
    "text", ["beregnet i p/l 2021", "i 2021 p/l", "i 2021-p/l", "opgjort i 2021-priser", "prisniveau 2021"]
)
def test_price_levels(text: str) -> None:
    found = one(text)
    assert (found.kind, found.value) == (StatementKind.PRICE_LEVEL, Decimal(2021))


def test_a_price_level_of_payment_is_not_the_cases_own() -> None:
    levels = find("Tallene står i 2025 p/l, men udmøntes i 2024 p/l.")
    assert [f.value for f in levels] == [Decimal(2025)]


def test_sentences_survive_abbreviations_and_ordinals() -> None:
    text = (
        "4. Kurser. Der bruges ca. 153 t.kr. inkl. moms, jf. Tabel 2, den 1. marts. Dertil kommer 2,1 mio. kr. "
        "Det er alt. Systemer mv. er med. Se bl.a. bilaget."
    )
    assert [text[a:b] for a, b in sentences(text)] == [
        "4. Kurser.",
        "Der bruges ca. 153 t.kr. inkl. moms, jf. Tabel 2, den 1. marts.",
        "Dertil kommer 2,1 mio. kr.",
        "Det er alt.",
        "Systemer mv. er med.",
        "Se bl.a. bilaget.",
    ]


def line(ordinal: int, label: str, *figures: int | None, role: Role = Role.DETAIL) -> Line:
    amounts = tuple(
        Amount(n, 2025 + n, str(2025 + n), str(f), Decimal(f), Decimal("0.5"), HERE, Placement.RULED, 1.0)
        for n, f in enumerate(figures)
        if f is not None
    )
    return Line(ordinal, label, role, amounts, HERE)


def table(kind: Kind, *lines: Line, ordinal: int = 0) -> Table:
    columns = tuple(Column(n, str(2025 + n), ColumnKind.YEAR, 2025 + n) for n in range(4))
    return Table(ordinal, "Tabel 1", None, kind, Measure.DKK, 1000, 2025, columns, lines, (), 1, 1, HERE)


INVESTMENT = table(
    Kind.INVESTMENT_SERVICE,
    line(0, "1. Opbygning af fælles lager", 200, 100, 100, 100),
    line(1, "2. Lagerstyring (1 årsværk)", 500, 0, 0, 0),
    line(2, "Efteruddannelse og praktisk vejledning", 200, 500, 500, None),
    line(3, "Indkøringshold", 600, 900, 1900, None),
    line(4, "Investeringer totalt, service", 1500, 1500, 2500, 100, role=Role.TOTAL),
)
RECURRING = table(
    Kind.RECURRING,
    line(0, "Færre vikarer", None, -80, -80, -80),
    line(1, "Afkortede forløb på børneområdet", None, -400, -1000, -1000),
    line(2, "Varige ændringer totalt", None, -480, -1080, -1080, role=Role.TOTAL),
    ordinal=1,
)


def stated(*blocks: Block, tables: tuple[Table, ...] = (INVESTMENT, RECURRING)) -> list[Statement]:
    return list(find_statements(blocks, (), tables, {}))


def named(*blocks: Block) -> list[str | None]:
    """The labels of the lines that the statements name."""
    tables = (INVESTMENT, RECURRING)
    return [None if s.table is None or s.line is None else tables[s.table].lines[s.line].label for s in stated(*blocks)]


def test_a_heading_with_an_amount_names_its_line_though_the_amount_is_wrong() -> None:
    assert named(heading("Indkøringshold: i alt 2.300 t.kr.")) == ["Indkøringshold"]


def test_a_list_item_names_its_line() -> None:
    item = "1. Opbygning af fælles lager. Alt ligger ét sted. Samlet investering er på 200 t. kr."
    assert named(paragraph(item)) == ["1. Opbygning af fælles lager"]
    fte = "2. Lagerstyring. Her ansættes 3 nye årsværk til 1,5 mio. kr. om året."
    assert named(paragraph(fte)) == ["2. Lagerstyring (1 årsværk)"] * 2


def test_words_below_a_heading_must_repeat_its_words_before_they_contradict_the_table() -> None:
    lead = heading("Efteruddannelse og praktisk vejledning: i alt 1.300 t.kr.")
    year_late = paragraph(
        "Der afsættes 200 t.kr. i 2026 og 500 t.kr. i 2027 og 2028 til efteruddannelse og praktisk hjælp."
    )
    part = paragraph("Hertil afsættes 50 t.kr. i 2026 til bøger.")
    label = "Efteruddannelse og praktisk vejledning"
    assert named(lead, year_late, part) == [label, label, label, None]


def test_prices_and_shares_name_nothing() -> None:
    assert named(paragraph("Et kursus i efteruddannelse koster 20 t.kr. pr. medarbejder.")) == [None]
    assert named(paragraph("Heraf går 70 t.kr. til indkøringshold.")) == [None]


def test_the_whole_investment() -> None:
    assert named(paragraph("Investeringen er på i alt 5,6 mio. kr.")) == ["Investeringer totalt, service"]
    assert named(paragraph("Investeringen er på i alt 6,5 mio. kr.")) == ["Investeringer totalt, service"]


def test_amounts_of_one_list_name_one_line() -> None:
    label = "Efteruddannelse og praktisk vejledning"
    text = "Der bruges 200 t.kr. i 2025 og 900 t.kr. i 2026 til efteruddannelse og praktisk vejledning."
    assert named(paragraph(text)) == [label, label]


def test_one_amount_said_in_two_ways_is_no_list() -> None:
    text = "Der spares 2% af 22 mio. kr. i 2026, svarende til 80 t.kr. på færre vikarer."
    assert named(paragraph(text)) == [None, "Færre vikarer"]


def test_an_item_that_adds_an_amount_names_its_line() -> None:
    item = "1. Opbygning af fælles lager. Der afsættes derudover 6,1 mio. kr. til arbejdet."
    assert named(paragraph(item)) == ["1. Opbygning af fælles lager"]


def test_i_alt_of_a_lasting_change_is_a_years_amount() -> None:
    (said,) = stated(paragraph("Forslaget giver en samlet besparelse på 1.080 t.kr."))
    assert (said.table, said.line, said.total, said.per_year) == (1, 2, False, True)


def test_two_lines_with_the_same_figures_leave_it_open() -> None:
    twins = table(
        Kind.RECURRING,
        line(0, "Besparelse på forløb for unge", -300, -300),
        line(1, "Besparelse på forløb for ældre", -300, -300),
    )
    (said,) = stated(paragraph("Kortere forløb giver en besparelse på 300 t.kr."), tables=(twins,))
    assert said.table is None


def test_a_sentence_that_dates_the_amount_before_it() -> None:
    (said,) = stated(
        paragraph(
            "Der spares 80 t.kr. på vikarer i skolerne. Besparelsen på vikarer i skolerne begynder først fra 2027."
        )
    )
    assert (said.years, said.onwards) == ((2027,), True)


def test_cells_of_words_are_read_and_name_no_line() -> None:
    row = Row((Cell("2,5 årsværk i centret", "", HERE), Cell("Aftale foreligger", "", HERE)), HERE)
    (said,) = stated(PrintedGrid((row,), 2, 1, 1, HERE))
    assert (said.kind, said.value, said.table) == (StatementKind.FTE, Decimal("2.5"), None)


def test_a_price_level_is_linked_to_the_amount_before_it() -> None:
    amount, level = stated(paragraph("Færre vikarer giver 80 t.kr. (2024 p/l)."))
    assert (level.kind, level.value, level.table, level.line) == (
        StatementKind.PRICE_LEVEL,
        Decimal(2024),
        amount.table,
        0,
    )


def test_a_sentence_goes_on_over_a_page_break() -> None:
    first = replace(paragraph("Driften er fastsat til 0,7 mio."), place=Place(2))
    (said,) = stated(first, paragraph("kr. om året."))
    assert said.value == Decimal(700_000)


def test_a_sentence_that_opens_with_a_whole_label_names_its_line_though_another_is_much_like_it() -> None:
    training = table(
        Kind.INVESTMENT_SERVICE,
        line(0, "Oplæring af pædagogmedhjælpere", 960, 0, 0, 0),
        line(1, "Oplæring af pædagoger", 1640, 2760, 0, 0),
        line(2, "Investeringer totalt, service", 2600, 2760, 0, 0, role=Role.TOTAL),
    )
    (found,) = stated(
        paragraph("Til oplæring af pædagogmedhjælpere er der i alt afsat 4.970 t.kr."), tables=(training,)
    )
    assert (found.table, found.line) == (0, 0)
