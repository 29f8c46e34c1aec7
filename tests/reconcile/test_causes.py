"""What explains figures that do not agree: rows before cells, whole tables before rows."""

from __future__ import annotations

import pytest

from normalize.models import Kind, Table
from reconcile.models import Check, Finding, Severity
from tests.reconcile.build import findings, only, table

HOUSE = """
                     | 2024  | 2025  | 2026
    Varme            | 310   | 320   | 335
    Rengøring        | 1.450 | 1.495 | 1.502
    Vagt             | 275   | 281   | 290
    = Ejendom i alt  | {}    | {}    | {}
"""


def house(*total: str) -> Table:
    return table(Kind.OTHER_MONEY, HOUSE.format(*total), label="Tabel 1")


def named(found: Finding) -> object:
    return dict(found.cause_params)["line"]


def test_a_total_that_leaves_a_line_out_in_every_year_is_one_error() -> None:
    found = findings(house("1.760", "1.815", "1.837"))
    root = only(found)
    assert (root.check, root.severity, root.cause, named(root)) == (
        Check.COLUMN_TOTAL,
        Severity.ERROR,
        "missing_part",
        "Vagt",
    )
    assert [f.year for f in found] == [2024, 2025, 2026]


def test_a_total_that_counts_a_line_twice_in_every_year_is_one_error() -> None:
    root = only(findings(house("2.345", "2.416", "2.462")))
    assert (root.cause, named(root)) == ("part_twice", "Varme")


def test_a_total_that_counts_a_memo_line_is_one_error() -> None:
    memo = """
                         | 2024  | 2025  | 2026
        Varme            | 310   | 320   | 335
        Rengøring        | 1.450 | 1.495 | 1.502
        ~ heraf vinduer  | 120   | 131   | 143
        = Ejendom i alt  | 1.880 | 1.946 | 1.980
    """
    root = only(findings(table(Kind.OTHER_MONEY, memo, label="Tabel 1")))
    assert (root.cause, named(root)) == ("extra_part", "heraf vinduer")


def test_a_nil_where_the_next_year_has_what_is_missing_is_a_row_that_begins_late() -> None:
    late = """
                  | 2025 | 2026 | 2027
        Busser    | 0    | -354 | -354
        Lygter    | -118 | -118 | -118
        = I alt   | -472 | -472 | -472
    """
    root = only(findings(table(Kind.OTHER_MONEY, late, label="Tabel 1")))
    assert (root.cause, root.year, root.expected) == ("column_shift", 2025, -354)


@pytest.mark.parametrize("total", [("-112", "-125", "-125"), ("-43", "-45", "-47")])
def test_a_row_that_explains_one_year_or_nearly_all_is_no_cause(total: tuple[str, str, str]) -> None:
    """18 is missing in one year by chance, and 41, 39 and 37 are only about what is counted twice."""
    text = f"""
                | 2025 | 2026 | 2027
        Kok     | -66  | -84  | -84
        Tjener  | -18  | -18  | -18
        Opvask  | -46  | -46  | -46
        Støtte  | 40   | 40   | 40
        = I alt | {" | ".join(total)}
    """
    assert only(findings(table(Kind.OTHER_MONEY, text, label="Tabel 1"))).cause is None


def test_a_total_that_is_wrong_every_year_for_no_known_reason_is_an_error_all_the_same() -> None:
    root = only(findings(house("2.119", "1.907", "2.663")))
    assert (root.severity, root.cause) == (Severity.ERROR, None)


@pytest.mark.parametrize(
    ("total", "cause"),
    [
        (("-2.035", "-2.096", "-2.127"), "sign"),
        (("2.035.000", "2.096.000", "2.127.000"), "factor_1000"),
        (("4.070", "4.192", "4.254"), "doubled"),
    ],
)
def test_a_row_that_is_wrong_in_one_way_is_one_error(total: tuple[str, str, str], cause: str) -> None:
    assert only(findings(house(*total))).cause == cause


SUMMARY = """
                                               | Område  | 2024 | 2025  | 2026
    # Varige ændringer                         |         |      |       |
    Sparet brændstof                           | Service | -471 | -942  | -942
    Udgifter til strøm                         | Service | 30   | 235   | 235
    + Samlet varig ændring                     |         | -441 | -707  | -707
    # Implementeringsomkostninger              |         |      |       |
    Ladestandere                               | Anlæg   | 500  | 720   | 310
    Vejledning af chauffører                   | Anlæg   | 450  | 880   | 355
    + Samlede implementeringsomkostninger      |         | 950  | 1.600 | 665
    = Samlet økonomisk påvirkning              |         | 509  | 893   | -42
"""
LASTING = """
                                     | {}   | {}   | {}
    Sparet brændstof                 | -471 | -942 | -942
    Udgift til strøm                 | 30   | 235  | 235
    = Varige ændringer totalt        | -441 | -707 | -707
"""


def _lasting(years: tuple[int, int, int], unit: int = 1000) -> list[Finding]:
    detailed = table(Kind.RECURRING, LASTING.format(*years), label="Tabel 2", unit=unit)
    return findings(table(Kind.SUMMARY, SUMMARY, label="Tabel 1"), detailed)


def test_a_table_headed_with_another_unit_is_one_finding() -> None:
    assert _lasting((2024, 2025, 2026)) == []
    root = only(_lasting((2024, 2025, 2026), unit=1))
    assert (root.message, root.cause, root.line_id, root.severity) == (
        "table_unit",
        "factor_1000",
        None,
        Severity.ERROR,
    )
    assert root.evidence


def test_a_header_one_year_late_is_one_finding() -> None:
    root = only(_lasting((2025, 2026, 2027)))
    assert (root.check, root.message, root.stated, root.expected) == (
        Check.YEAR_HEADER,
        "years_shifted",
        2025,
        2024,
    )


def test_of_two_slips_the_one_that_the_other_years_speak_for_is_named() -> None:
    text = """
                        | 2024 | 2025 | 2026
        Færre køb       | -540 | -540 | -540
        Kortere forløb  | -150 | -200 | -20
        Støtte i hjemmet| 650  | 650  | 650
        = I alt         | -40  | -90  | -90
    """
    root = only(findings(table(Kind.OTHER_MONEY, text, label="Tabel 1")))
    assert (root.cause, root.stated, root.expected) == ("dropped_digit", -20, -200)  # the total's sign would do, too
