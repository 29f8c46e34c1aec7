"""Totals down the columns and along the rows."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract.models import Placement
from normalize import understand
from normalize.models import Kind, Measure, Sum
from reconcile import check
from reconcile.models import Check, Finding, Severity
from tests.reconcile.build import findings, only, roots, table

COSTS = """
                 | 2021  | 2022
    Udvikling    | 150   | 20
    Tilkobling   | 10    | 30
    Oplæring     | 100   | 40
    = I alt      | {}    | 90
"""


def test_a_total_that_is_not_the_sum_of_its_lines_is_an_error() -> None:
    found = only(findings(table(Kind.INVESTMENT_SERVICE, COSTS.format(265), label="Tabel 3")))
    assert (found.check, found.severity, found.message) == (Check.COLUMN_TOTAL, Severity.ERROR, "column_total")
    assert (found.year, found.stated, found.expected, found.difference) == (2021, 265, 260, 5)
    assert found.cause == "mistyped_digit"
    assert len(found.evidence) == 4


def test_a_total_that_is_the_sum_of_its_lines_is_no_finding() -> None:
    assert findings(table(Kind.INVESTMENT_SERVICE, COSTS.format(260), label="Tabel 3")) == []


def test_one_unit_off_is_rounding() -> None:
    rounded = """
                     | 2025
        Bortfald     | -6.356
        Drift        | 3.960
        Fast udgift  | 500
        + I alt      | -1.895
    """
    assert findings(table(Kind.OTHER_MONEY, rounded, label="Tabel 2")) == []


def test_shares_of_a_full_time_post_are_not_rounded() -> None:
    shares = """
                     | 2021
        Projektleder | 3,5
        Arkitekt     | 0,4
        Systemejer   | 3
        = I alt      | 6,7
    """
    found = only(findings(table(Kind.FTE, shares, label="Tabel 2", measure=Measure.FTE)))
    assert (found.stated, found.expected) == (Decimal("6.7"), Decimal("6.9"))


def test_a_total_left_blank_is_named_as_such() -> None:
    found = only(findings(table(Kind.INVESTMENT_SERVICE, COSTS.format(""), label="Tabel 3")))
    assert (found.message, found.stated, found.expected) == ("column_total_blank", None, 260)


def test_a_total_row_printed_without_any_figure_states_nothing() -> None:
    empty = """
                         | 2021 | 2022
        Inden for målet  | -229 | -458
        = I alt          |      |
    """
    assert findings(table(Kind.ADMINISTRATION, empty, label="Tabel 4")) == []


def test_memo_lines_belong_to_no_sum() -> None:
    memo = """
                          | 2022
        Løn               | -400
        + Samlet          | -400
        ~ Heraf i centre  | -150
    """
    assert findings(table(Kind.RECURRING, memo, label="Tabel 2")) == []


ROWS = """
              | 2021 | 2022 | 2023 | I alt
    Visning   | 200  | 100  | 100  | {}
    Frikøb    | 500  | 500  | 500  | 1.500
    = I alt   | 700  | 600  | 600  | {}
"""


def test_a_row_total_is_the_sum_of_its_years() -> None:
    assert findings(table(Kind.INVESTMENT_CAPITAL, ROWS.format(400, "1.900"), label="Tabel 2")) == []
    found = only(findings(table(Kind.INVESTMENT_CAPITAL, ROWS.format(500, "1.900"), label="Tabel 2")))
    assert found.line_id is not None
    assert (found.check, found.stated, found.expected, found.year) == (Check.ROW_TOTAL, 500, 400, None)


def test_a_row_total_that_leaves_a_year_out_says_so() -> None:
    roads = """
              | 2024 | 2025 | 2026 | 2027 | I alt
        Drift | 510  | 1020 | 1167 | 1167 | 3.864
        Bro   | 174  | 347  | 347  | 347  | 1.215
        Vej   | 193  | 386  | 386  | 386  | 965
    """
    found = only(findings(table(Kind.RECURRING, roads, label="Tabel 2")))
    assert (found.stated, found.expected, found.cause) == (965, 1351, "missing_part")
    assert dict(found.cause_params) == {"line": "2027"}


def test_a_wrong_figure_that_breaks_its_row_and_its_column_is_one_finding() -> None:
    wrong = ROWS.format(400, "1.900").replace("200 ", "210 ")
    found = findings(table(Kind.INVESTMENT_CAPITAL, wrong, label="Tabel 2"))
    root = only(found)
    assert (root.year, root.stated, root.expected) == (2021, 210, 200)
    assert sum(f.consequence_of == root.finding_id for f in found) == 1


PAID = """
                  | I alt | Før 2026 | 2026  | 2027 | Senere
    Råhus         | 6.310 | 3.400    | 2.910 | -    | -
    Installation  | 2.840 | -        | 1.100 | 940  | 800
    ~ heraf tavle | 410   | -        | 200   | 210  | -
    = Udgift      | {}    | 3.400    | 4.010 | 940  | 800
"""


def test_a_total_of_years_takes_in_what_is_paid_before_and_after_them_where_the_rows_say_so() -> None:
    assert findings(table(Kind.INVESTMENT_CAPITAL, PAID.format("9.150"), label="Tabel 2")) == []
    found = only(findings(table(Kind.INVESTMENT_CAPITAL, PAID.format("9.510"), label="Tabel 2")))
    assert (found.stated, found.expected, found.cause) == (9510, 9150, "transposed_digits")


def test_years_that_stand_together_belong_to_a_total_and_a_column_that_adds_up_nothing_is_none(tmp_path: Path) -> None:
    def read(total: str, *more: str) -> list[Finding]:
        rows = [f"Stald\t{total}\t176\t75\t51\t38", "Lade\t151\t81\t30\t24\t16", *more]
        text = "Tabel 1. Byggeri\n1.000 kr.\tTotal\tBrugt før 2025\t2025\t2026\t2027-2028\n" + "\n".join(rows)
        (tmp_path / "byggeri.txt").write_text(f"Birkelev Kommune\n\nForslag 4\n\nØkonomi\n\n{text}\n", "utf-8")
        return list(check([understand(extract.read(tmp_path / "byggeri.txt"))]))

    assert roots(read("340")) == []
    assert (only(read("360")).stated, only(read("360")).expected) == (360, 340)
    assert roots(read("9.340", "Kostald\t7.151\t81\t30\t24\t16", "Hegn\t1.234\t81\t30\t24\t16")) == []


def test_a_total_called_like_its_section_takes_in_the_first_line_too() -> None:
    """Its figures alone would make it the second line once more."""
    costs = """
                          | 2025 | 2026
        # Udgifter        |      |
        Tilsyn            | 54   | 108
        Mindre plads      | -83  | -165
        + Udgifter i alt  | {}   | {}
    """
    assert findings(table(Kind.RECURRING, costs.format(-29, -57), label="Tabel 1")) == []
    drawn = table(Kind.RECURRING, costs.format(-83, -165), label="Tabel 1")
    alone = replace(drawn, sums=(Sum(3, ((2, 1),), "order", certain=False),))
    assert only(findings(alone)).cause == "missing_part"


def _placed(placement: Placement, total: int) -> list[Finding]:
    """What is said of a table whose figures all came to their columns in that way."""
    return findings(table(Kind.INVESTMENT_SERVICE, COSTS.format(total), label="Tabel 3", placement=placement))


def test_figures_of_no_certain_column_enter_no_sum() -> None:
    assert _placed(Placement.ARITHMETIC, 265)[0].severity is Severity.ERROR
    assert _placed(Placement.UNDECIDED, 265) == []


def test_a_sum_that_is_wrong_wherever_its_open_figures_stand_is_wrong() -> None:
    drawn = table(Kind.INVESTMENT_SERVICE, COSTS.format(265), label="Tabel 3")

    def opened(total: int) -> list[Finding]:
        """Only where the first line's 150 and 20 stand is open."""
        line = drawn.lines[0]
        amounts = tuple(replace(a, placement=Placement.UNDECIDED) for a in line.amounts)
        last = drawn.lines[-1]
        stated = (replace(last.amounts[0], value=Decimal(total)), *last.amounts[1:])
        lines = (replace(line, amounts=amounts), *drawn.lines[1:-1], replace(last, amounts=stated))
        return findings(replace(drawn, lines=lines))

    assert opened(130) == []  # 20 + 10 + 100: then the 150 stands elsewhere
    assert [(f.stated, f.severity) for f in opened(265)] == [(265, Severity.WARNING)]


def test_a_figure_that_ocr_was_not_sure_of_is_to_be_read_again() -> None:
    scanned = table(Kind.INVESTMENT_SERVICE, COSTS.format(265), label="Tabel 3", reader="ocr", confidence=0.8)
    found = only(findings(scanned))
    assert (found.severity, found.reread) == (Severity.WARNING, True)


@pytest.mark.parametrize(
    ("total", "confidence", "reread"),
    [
        (268, 0.95, True),  # the sum is 260: an 8 for a 0
        (264, 0.95, False),  # no digit that is taken for a 0
        (268, 0.99, False),  # read twice alike
    ],
)
def test_a_sum_that_one_misread_digit_explains_is_to_be_read_again(total: int, confidence: float, reread: bool) -> None:
    scanned = table(Kind.INVESTMENT_SERVICE, COSTS.format(total), label="Tabel 3", reader="ocr", confidence=confidence)
    found = only(findings(scanned))
    assert found.reread is reread
    assert found.severity is (Severity.WARNING if reread else Severity.ERROR)


def test_a_sum_that_is_only_guessed_is_not_held_against_the_table() -> None:
    loose = """
              | 2021 | 2022
    A         | 10   | 20
    B         | 30   | 40
    = Sum     | 75   | 99
    """
    assert findings(table(Kind.OTHER_MONEY, loose, label="Tabel 1", certain=False)) == []


@given(st.lists(st.integers(-9999, 9999), min_size=2, max_size=8))
@settings(max_examples=40, deadline=None)
def test_whatever_adds_up_is_never_reported(values: list[int]) -> None:
    rows = "\n".join(f"Linje {chr(65 + i)} | {v}" for i, v in enumerate(values))
    drawn = table(Kind.OTHER_MONEY, f" | 2024\n{rows}\n= I alt | {sum(values)}", label="Tabel 1")
    assert roots(findings(drawn)) == []


@given(st.lists(st.integers(100, 9999), min_size=2, max_size=6), st.integers(20, 900))
@settings(max_examples=40, deadline=None)
def test_whatever_is_off_by_more_than_rounding_is_reported_once(values: list[int], off: int) -> None:
    rows = "\n".join(f"Linje {chr(65 + i)} | {v}" for i, v in enumerate(values))
    drawn = table(Kind.OTHER_MONEY, f" | 2024\n{rows}\n= I alt | {sum(values) + off}", label="Tabel 1")
    assert only(findings(drawn)).year == 2024
