"""Forms of other municipalities, from their text to figures with unit, sign, year and measure."""

from __future__ import annotations

import hashlib
from pathlib import Path
from textwrap import dedent

import pytest

from extract.text import read_text
from normalize import understand
from normalize.models import Case, ColumnKind, Measure, Role


def cases(text: str) -> tuple[Case, ...]:
    """The cases of a dump; two blanks or more part its columns."""
    data = dedent(text).encode()
    return understand(read_text(Path("forslag.txt"), data, hashlib.sha256(data).hexdigest())).cases


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
