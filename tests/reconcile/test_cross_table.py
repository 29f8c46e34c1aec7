"""The summary against the tables that detail it; what is one cause; what is named as the cause."""

from __future__ import annotations

import pytest

from normalize.models import Kind, Table
from reconcile import check
from reconcile.models import Check, Finding, Severity
from tests.reconcile.build import case, file, findings, only, roots, table

SUMMARY = """
                                               | Område  | 2021 | 2022 | 2023
    # Varige ændringer                         |         |      |      |
    Sparet brændstof                           | Service | {}   | -942 | -942
    Udgifter til strøm                         | Service | 30   | 235  | 235
    + Samlet varig ændring                     |         | {}   | -707 | -707
    # Implementeringsomkostninger              |         |      |      |
    Ladestandere, egne eller lejede pladser    | Anlæg   | 500  | 700  | 300
    Vejledning af chauffører                   | Anlæg   | 450  | 880  | 350
    + Samlede implementeringsomkostninger      |         | 950  | 1.580 | 650
    = Samlet økonomisk påvirkning              |         | {}   | 873  | -57
"""
RECURRING = """
                                     | 2021 | 2022 | 2023
    Sparet brændstof                 | {}   | -942 | -942
    Udgift til strøm                 | 30   | 235  | 235
    = Varige ændringer totalt        | {}   | -707 | -707
"""
CAPITAL = """
                                 | 2021 | 2022  | 2023
    Ladestandere, egne/lejede    | {}   | 700   | 300
    Vejledning af chauffører     | {}   | 880   | 350
    = Investeringer totalt, anlæg| {}   | 1.580 | 650
"""


def summary(saving: str = "-471", change: str = "-441", impact: str = "509") -> Table:
    return table(Kind.SUMMARY, SUMMARY.format(saving, change, impact), label="Tabel 1")


def recurring(saving: str = "-471", change: str = "-441") -> Table:
    return table(Kind.RECURRING, RECURRING.format(saving, change), label="Tabel 2", title="Varige ændringer, service")


def capital(development: str = "500", management: str = "450", total: str = "950") -> Table:
    text = CAPITAL.format(development, management, total)
    return table(Kind.INVESTMENT_CAPITAL, text, label="Tabel 3", title="Anlægsinvesteringer")


def test_tables_that_say_the_same_in_other_words_agree() -> None:
    assert findings(summary(), recurring(), capital()) == []


def test_a_wrong_line_with_its_broken_total_is_one_finding() -> None:
    found = findings(summary(), recurring(), capital(development="1500"))
    root = only(found)
    assert (root.check, root.year, root.stated, root.expected) == (Check.CROSS_TABLE, 2021, 1500, 500)
    assert root.cause == "extra_digit"
    assert [f.check for f in found if f.consequence_of == root.finding_id] == [Check.COLUMN_TOTAL]


def test_a_wrong_total_is_located_at_the_total() -> None:
    root = only(findings(summary(), recurring(), capital(total="960")))
    assert (root.check, root.line_id, root.stated, root.expected) == (
        Check.COLUMN_TOTAL,
        "BC01-Fælles lager/2/2",
        960,
        950,
    )


def test_a_blank_against_a_figure_takes_its_totals_along() -> None:
    found = findings(summary(saving="", change="30", impact="980"), recurring(), capital())
    root = only(found)
    assert (root.message, root.stated, root.expected) == ("cross_blank", None, -471)
    assert root.line_id == "BC01-Fælles lager/0/1"
    assert [f.message for f in found if f.consequence_of == root.finding_id] == ["cross_total"]


def test_rows_whose_figures_are_exchanged_are_one_finding() -> None:
    swapped = capital().lines
    text = """
                                 | 2021 | 2022  | 2023
    Ladestandere, egne/lejede    | 450  | 880   | 350
    Vejledning af chauffører     | 500  | 700   | 300
    = Investeringer totalt, anlæg| 950  | 1.580 | 650
    """
    root = only(findings(summary(), recurring(), table(Kind.INVESTMENT_CAPITAL, text, label="Tabel 3")))
    assert root.cause == "rows_swapped"
    assert dict(root.cause_params) == {"line": swapped[0].label, "second_line": swapped[1].label} or dict(
        root.cause_params
    ).keys() == {"line", "second_line"}


def test_a_figure_one_column_off_is_one_finding() -> None:
    text = """
                                 | 2021 | 2022  | 2023  | 2024
    Ladestandere, egne/lejede    | 500  | 700   | {}    | {}
    Vejledning af chauffører     | 450  | 880   | 350   |
    = Investeringer totalt, anlæg| 950  | 1.580 | 650   | 0
    """
    right = table(Kind.INVESTMENT_CAPITAL, text.format(300, ""), label="Tabel 3")
    wrong = table(Kind.INVESTMENT_CAPITAL, text.format("", 300), label="Tabel 3")
    assert findings(summary(), recurring(), right) == []
    root = only(findings(summary(), recurring(), wrong))
    assert root.cause == "column_shift"
    assert dict(root.cause_params) == {"from_column": "2024", "to_column": "2023"}


def with_areas(oplæring: str = "470", total: str = "1.370") -> tuple[Table, Table, Table]:
    """A summary of two steering areas, each with a table of its own; the areas' costs fall in other years."""
    text = f"""
                                                   | Område  | 2021    | 2022 | 2023 | 2024
        # Implementeringsomkostninger              |         |         |      |      |
        Oplæring af chauffører                     | Service | 470     | 200  | 100  | 50
        Ladestandere                               | Anlæg   | 900     | 0    | 0    | 0
        + Samlede implementeringsomkostninger      |         | {total} | 200  | 100  | 50
        = Samlet økonomisk påvirkning              |         | {total} | 200  | 100  | 50
    """
    of_service = f"""
                                        | 2021       | 2022 | 2023 | 2024
        Oplæring af chauffører          | {oplæring} | 200  | 100  | 50
        = Investeringer totalt, service | {oplæring} | 200  | 100  | 50
    """
    of_capital = """
                                        | 2021 | 2022 | 2023 | 2024
        Ladestandere                    | 900  | 0    | 0    | 0
        = Investeringer totalt, anlæg   | 900  | 0    | 0    | 0
    """
    return (
        table(Kind.SUMMARY, text, label="Tabel 1"),
        table(Kind.INVESTMENT_SERVICE, of_service, label="Tabel 3", title="Serviceinvesteringer"),
        table(Kind.INVESTMENT_CAPITAL, of_capital, label="Tabel 4", title="Anlægsinvesteringer"),
    )


def test_a_table_of_an_area_is_held_to_the_lines_of_that_area_and_not_to_all_of_them() -> None:
    """Its total is that of its own lines in most years, and so it is that of all lines, where the others have none."""
    found = findings(*with_areas(oplæring="300"))
    assert {(f.stated, f.expected) for f in roots(found)} == {(300, 470)}


def test_figures_of_several_tables_are_said_to_be_of_all_of_them() -> None:
    (joint,) = [f for f in findings(*with_areas(total="1.380")) if f.message == "cross_group"]
    assert (joint.stated, joint.expected) == (1380, 1370)
    assert dict(joint.params)["other_table"] == "Tabel 3 + Tabel 4"


def test_a_line_that_both_tables_print_and_no_total_knows_leaves_the_totals_stale() -> None:
    root = only(findings(summary(saving="-400"), recurring(saving="-400"), capital()))
    assert (root.check, root.cause) == (Check.COLUMN_TOTAL, "stale_total")


def test_a_summary_line_that_the_detail_splits_is_the_sum_of_its_parts() -> None:
    split = """
                                             | 2021 | 2022 | 2023
        Gevinst i centre                     | -400 | -900 | -900
        Gevinst i stabe                      | -71  | -42  | -42
        Udgift til strøm                     | 30   | 235  | 235
        = Varige ændringer totalt            | -441 | -707 | -707
    """
    assert findings(summary(), table(Kind.RECURRING, split, label="Tabel 2"), capital()) == []


def test_years_are_compared_by_year_and_not_by_column() -> None:
    later = """
                                     | 2022 | 2023 | 2024
        Sparet brændstof             | -942 | -942 | -942
        Udgift til strøm             | 235  | 235  | 235
        = Varige ændringer totalt    | -707 | -707 | -707
    """
    assert findings(summary(), table(Kind.RECURRING, later, label="Tabel 2"), capital()) == []


def test_an_administration_table_that_never_equals_the_summary_is_its_own_matter() -> None:
    other = """
                          | 2021 | 2022 | 2023
        Inden for målet   | -100 | -200 | -200
        = Totalt          | -100 | -200 | -200
    """
    assert findings(summary(), recurring(), capital(), table(Kind.ADMINISTRATION, other, label="Tabel 4")) == []


def test_another_unit_is_the_same_amount() -> None:
    millions = """
                                     | 2021   | 2022   | 2023
        Sparet brændstof             | -0,471 | -0,942 | -0,942
        Udgift til strøm             | 0,030  | 0,235  | 0,235
        = Varige ændringer totalt    | -0,441 | -0,707 | -0,707
    """
    assert findings(summary(), table(Kind.RECURRING, millions, label="Tabel 2", unit=1_000_000), capital()) == []


def test_a_nil_with_decimals_is_rounded_like_its_neighbours() -> None:
    millions = """
                                     | 2021 | 2022 | 2023
        Sparet brændstof             | -0,5 | -0,9 | -0,9
        Udgift til strøm             | {}  | 0,2  | 0,2
        = Varige ændringer totalt    | -0,4 | -0,7 | -0,7
    """

    def against(first: str) -> list[Finding]:
        coarse = table(Kind.RECURRING, millions.format(first), label="Tabel 2", unit=1_000_000)
        return findings(summary(), coarse, capital())

    assert roots(against("0,0")) == []
    assert roots(against("-")) != []


def test_the_same_case_twice_is_compared_and_not_counted_twice() -> None:
    first = file(case(summary(), recurring(), capital()), name="a.pdf")
    second = file(case(summary(), recurring(), capital(development="510", total="960")), name="b.pdf")
    found = check([first, second])
    versions = [f for f in found if f.message == "version_differs"]
    assert [(f.severity, dict(f.params)["differences"]) for f in versions] == [(Severity.INFO, 2)]
    assert all(f.case_id == second.cases[0].case_id for f in roots(found))


def test_the_same_bytes_twice_are_checked_once() -> None:
    wrong = file(case(summary(), recurring(), capital(development="1500")))
    assert len(check([wrong, wrong])) == len(check([wrong]))


def test_a_total_row_that_repeats_another_total_is_one_finding() -> None:
    text = """
                                     | 2021 | 2022  | 2023
        # Varige ændringer           |      |       |
        Besparelse                   | -471 | -942  | -942
        Drift                        | 30   | 235   | 235
        + Samlet varig ændring       | 950  | 1.580 | 650
        # Implementeringsomkostninger|      |       |
        Udvikling                    | 500  | 700   | 300
        Ledelse                      | 450  | 880   | 350
        + Samlede implementeringsomkostninger | 950 | 1.580 | 650
        = Samlet økonomisk påvirkning| 509  | 873   | -57
    """
    root = only(findings(table(Kind.SUMMARY, text, label="Tabel 1")))
    assert (root.check, root.cause, root.expected) == (Check.COLUMN_TOTAL, "total_of_other_row", -441)
    assert root.line_id == "BC01-Fælles lager/0/3"


def test_a_year_that_a_table_leaves_out_altogether_is_no_finding() -> None:
    empty_first_year = """
                                     | 2021 | 2022 | 2023
        Sparet brændstof             |      | -942 | -942
        Udgift til strøm             |      | 235  | 235
        = Varige ændringer totalt    |      | -707 | -707
    """
    assert findings(summary(), table(Kind.RECURRING, empty_first_year, label="Tabel 2"), capital()) == []


def test_many_errors_in_one_table_do_not_silence_each_other() -> None:
    scrambled = """
                | 2021 | 2022 | 2023    | 2024 | 2025 | 2026
        Løn     | 120  | 70   | 310     | 51   | 60   | 70
        Leje    | 40   | 88   | 30      | 66   | 60   | 70
        = I alt | -160 | 185  | 340.000 | 66   | 120  | 140
    """
    found = roots(findings(table(Kind.OTHER_MONEY, scrambled, label="Tabel 3")))
    assert {(f.severity, f.reread) for f in found} == {(Severity.ERROR, False)}
    assert {f.year: f.cause for f in found} == {
        2021: "sign",
        2022: "transposed_digits",
        2023: "factor_1000",
        2024: "missing_part",
    }


def test_a_long_figure_that_two_totals_share_in_most_years_is_no_chance() -> None:
    resume = """
                         | 2025   | 2026   | 2027
        + Samlede udgifter | 12.341 | {}     | 12.341
    """
    costs = """
                         | 2025   | 2026   | 2027
        Skov             | 4.615  | 4.615  | 4.615
        Bus              | 7.726  | 7.726  | 7.726
        = Udgifter i alt | 12.341 | 12.341 | 12.341
    """

    def beside(figure: str) -> list[Finding]:
        told = table(Kind.SUMMARY, resume.format(figure), title="Resumé")
        return roots(findings(told, table(Kind.OTHER_MONEY, costs, title="Udgifter")))

    assert beside("12.341") == []
    assert [f.year for f in beside("42.341")] == [2026]


LEFT_OUT = """
                                          | Område  | 2026  | 2027
    # Varige ændringer                    |         |       |
    Fælles telefonpasning                 | Service | -310  | -640
    + Samlet varig ændring                |         | -310  | -640
    # Implementeringsomkostninger         |         |       |
    Kurser for vagtlag                    | Service | 410   | 120
    Ny omstilling                         | Anlæg   | 1.350 | 0
    Kabler og skabe                       | Anlæg   | 290   | 175
    + Samlede implementeringsomkostninger |         | {}    | {}
    = Samlet økonomisk påvirkning         |         | {}    | {}
"""


def test_costs_that_leave_all_capital_out_are_one_finding_that_names_the_lines() -> None:
    def tables(*totals: str) -> list[Table]:
        service = " | 2026 | 2027\n Kurser for vagtlag | 410 | 120\n = I alt | 410 | 120"
        capital = " | 2026 | 2027\n Ny omstilling | 1.350 | 0\n Kabler og skabe | 290 | 175\n = I alt | 1.640 | 175"
        return [
            table(Kind.SUMMARY, LEFT_OUT.format(*totals), label="Tabel 1"),
            table(Kind.INVESTMENT_SERVICE, service, label="Tabel 2"),
            table(Kind.INVESTMENT_CAPITAL, capital, label="Tabel 3"),
        ]

    assert findings(*tables("2.050", "295", "1.740", "-345")) == []
    found = findings(*tables("410", "295", "100", "-345"))
    assert (only(found).stated, only(found).expected) == (410, 2050)
    found = findings(*tables("410", "120", "100", "-520"))
    root = only(found)
    assert (root.check, root.cause) == (Check.COLUMN_TOTAL, "missing_part")
    assert dict(root.cause_params)["line"] == "Ny omstilling + Kabler og skabe"
    (other,) = {dict(f.params).get("other_table") for f in found if f.check is Check.CROSS_TABLE}
    assert other == "Tabel 2 + Tabel 3"


@pytest.mark.parametrize(("title", "told"), [("Resumé", True), ("Anlæg", False)])
def test_a_total_that_a_resume_names_is_that_total_though_no_year_agrees(title: str, told: bool) -> None:
    costs = """
                         | 2024  | 2025
        Løn              | 1.240 | 1.315
        Lokaler          | 310   | 322
        = Samlede udgifter | 1.550 | 1.637
    """
    resume = """
                         | 2024  | 2025
        Samlede udgifter | {} | {}
    """
    whole = table(Kind.OTHER_MONEY, costs, label="Tabel 2")

    def said(*figures: str) -> list[Finding]:
        return roots(findings(table(Kind.OTHER_MONEY, resume.format(*figures), title=title, unit=10**6), whole))

    assert said("1,6", "1,6") == []
    assert [f.message for f in said("2,1", "2,2")] == (["cross_total"] if told else [])
