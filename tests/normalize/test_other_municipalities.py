"""Forms of other municipalities, from their text to figures with unit, sign, year and measure."""

from __future__ import annotations

from textwrap import dedent

import pytest

from normalize import understand
from normalize.models import Case, ColumnKind, Measure, Role
from tests.extract.dumps import read


def cases(text: str) -> tuple[Case, ...]:
    """The cases of a dump; two blanks or more part its columns."""
    return understand(read(text)).cases


def the_case(text: str) -> Case:
    (case,) = cases(text)
    return case


ROWS = """
    Udgift                2025   2026   2027
    Løn                    1,5    2,5    2,5
    Lokaler                0,5    0,5    0,5
    I alt                  2,0    3,0    3,0
    """


@pytest.mark.parametrize(
    ("said", "unit"),
    [
        ("Alle beløb i dette notat er i mio. kr., medmindre andet er nævnt.", 1_000_000),
        ("Tabellen viser udgiften i hele 1.000 kr. i 2025-priser.", 1_000),
        ("Opgjort i hele kr.", 1),
        ("Udgiften er 3,0 mio. kr. i 2026.", None),  # an amount says nothing of the table's figures
        ("Den første tabel i dette notat er i mio. kr., og den anden, som følger længere nede, er i t.kr.", None),
    ],
)
def test_the_unit_may_stand_in_the_text(said: str, unit: int | None) -> None:
    case = the_case(f"Budgetnotat om lokaler\n\n{said}\n\n{dedent(ROWS)}")
    assert [table.unit for table in case.tables] == [unit]


@pytest.mark.parametrize(
    ("legend", "cost_sign"),
    [
        ("- = mindreudgift, + = merudgift", 1),
        ("(+ = besparelse/merindtægt, - = merudgift/mindreindtægt)", -1),
        ("Fortegn: Minus (-) er udgift, plus (+) er indtægt.", -1),
        ("Positive tal er besparelser.", -1),
        ("Negative beløb angiver merudgifter.", -1),
        ("Beløbene er afrundet.", 1),
    ],
)
def test_legends_of_signs(legend: str, cost_sign: int) -> None:
    case = the_case(f"Budgetnotat om lokaler\n\nBeløb i 1.000 kr. {legend}\n\n{dedent(ROWS)}")
    assert [table.cost_sign for table in case.tables] == [cost_sign]


def test_a_legend_right_below_the_last_row_is_no_part_of_its_label() -> None:
    case = the_case("""\
        1.000 kr. P/L 2025 2025 2026
        Serviceudgifter 1.100 1.450
        Implementering -600 0
        Samlet råderum 500 1.450
        (+ = besparelse/merindtægt, - = merudgift/mindreindtægt)
        """)
    (table,) = case.tables
    assert [line.label for line in table.lines] == ["Serviceudgifter", "Implementering", "Samlet råderum"]
    assert table.cost_sign == -1


def test_a_row_that_counts_posts_is_no_money() -> None:
    case = the_case("""\
        Økonomi
        1.000 kr., 2024-p/l      2024   2025
        Løn                      -480   -960
        Husleje                   -60   -120
        I alt                    -540  -1.080
        Personale (årsværk)      -1,0   -2,0
        Løn til 2 årsværk         300    300
        """)
    (table,) = case.tables
    measures = {line.label: line.measure for line in table.lines}
    assert measures["Personale (årsværk)"] is Measure.FTE
    assert measures["Løn til 2 årsværk"] is None
    assert [line.role for line in table.lines][3] is Role.MEMO


def test_a_column_of_units_holds_no_figures() -> None:
    case = the_case("""\
        Post\tEnhed\t2025\t2026
        Udgift\t1.000 kr.\t250\t100
        Besparelse\t1.000 kr.\t-200\t-600

        Post\tEnhed\t2025\t2027
        Reduktion\tårsværk\t-0,5\t-1,5
        """)
    money, posts = case.tables
    assert (money.measure, money.unit, posts.measure) == (Measure.DKK, 1000, Measure.FTE)
    assert [[amount.year for amount in line.amounts] for line in money.lines] == [[2025, 2026], [2025, 2026]]


def test_a_total_includes_the_years_before_and_after() -> None:
    case = the_case("""\
        1.000 kr., 2023-niveau\tTidl. år\t2023\t2024\tSenere år\tI alt
        Rådgivning\t1.200\t800\t400\t0\t2.400
        Håndværkere\t0\t5.200\t800\t100\t6.100
        """)
    (table,) = case.tables
    assert table.price_level == 2023
    assert [(c.kind, c.total_of) for c in table.columns if c.kind is ColumnKind.TOTAL] == [
        (ColumnKind.TOTAL, (1, 2, 3, 4))
    ]


def test_proposals_without_forms_and_what_the_letterhead_says_of_all() -> None:
    """Unit, price level and signs said before the first proposal hold for all; a code may begin like a year."""
    overview, first, second = cases("""\
        # Råderumskatalog 2021-2024

        Alle beløb er i 1.000 kr. og 2021-priser. Positive tal er besparelser.

        | Nr. | Forslag | 2021 | 2022 |
        |---|---|---|---|
        | B-01 | Færre lukkedage | 400 | 800 |
        | B-02 | Fælles ledelse | 250 | 500 |

        # B-01 Færre lukkedage

        Dagtilbud lukker samlet.

        | Besparelse | 2021 | 2022 |
        |---|---|---|
        | Løn | 400 | 800 |

        # B-02 Fælles ledelse

        Klubber får fælles ledelse.

        | Besparelse | 2021 | 2022 |
        |---|---|---|
        | Løn | 250 | 500 |
        """)
    assert [(case.code, case.title) for case in (first, second)] == [
        ("B-01", "Færre lukkedage"),
        ("B-02", "Fælles ledelse"),
    ]
    tables = [table for case in (overview, first, second) for table in case.tables]
    assert {(t.unit, t.price_level, t.cost_sign) for t in tables} == {(1000, 2021, -1)}


def test_headings_that_say_forslag_open_a_case_each() -> None:
    found = cases("""\
        # Forslag: Færre vikarer
        Udvalg: Byrådet

        | t.kr. | 2014 | 2015 |
        |---|---|---|
        | Udgift | -800 | -900 |

        # Forslag: Højere takster
        Udvalg: Byrådet

        | t.kr. | 2014 | 2015 |
        |---|---|---|
        | Indtægt | -220 | -450 |
        """)
    assert [case.title for case in found] == ["Færre vikarer", "Højere takster"]


def test_a_row_of_posts_does_not_make_a_table_of_money_one_of_posts() -> None:
    case = the_case("""\
        Effektiviseringsforslag nr. 14
        Beløb i hele 1.000 kr.

        Økonomi                    2013     2014     2015
        Drift                      -500   -1.000   -1.000
        Anlæg                     1.500        0        0
        Samlet                    1.000   -1.000   -1.000
        Personalekonsekvenser                    2 årsværk
        """)
    (table,) = case.tables
    assert (table.measure, table.unit) == (Measure.DKK, 1000)


def test_scenarios_named_by_percentages_hold_money_and_tight_headers_fall_apart_over_their_figures() -> None:
    case = the_case("""\
        Budgetnotat om vejvedligehold
        Tre niveauer er beregnet i 1.000 kr., 2016-prisniveau.

                        1 pct. 3 pct.  5 pct.
        Slidlag           -200   -600  -1.000
        Fortove           -100   -300    -500
        I alt             -300   -900  -1.500
        """)
    (table,) = case.tables
    assert [(c.label, c.kind) for c in table.columns[1:]] == [(f"{n} pct.", ColumnKind.AMOUNT) for n in (1, 3, 5)]
    assert table.sums


def test_a_number_above_the_title_field_is_the_code_of_the_case_that_it_opens() -> None:
    table = "t.kr. 2011-pl     2011    2012\nLøn                -60    -120\nI alt              -60    -120\n"
    form = "Nr.          {}\nTitel        {}\nUdvalg       Kulturudvalget\n\n" + table
    found = cases(form.format("A 12", "Færre møder") + "\f" + form.format("A 13", "Ny kantine"))
    assert [(case.code, case.title) for case in found] == [("A 12", "Færre møder"), ("A 13", "Ny kantine")]
