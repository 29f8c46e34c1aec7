"""Columns and rows that follow from others, and lines that no sum takes in."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import extract
from extract.models import Placement
from normalize import understand
from normalize.models import Amount, Kind, Role, Sum, Table
from reconcile import check
from reconcile.figures.relations import Form, find
from reconcile.figures.view import TableView
from reconcile.models import Check, Finding
from tests.reconcile.build import findings, only, roots, table


def money(text: str) -> Table:
    return table(Kind.OTHER_MONEY, text, label="Tabel 1")


def forms(drawn: Table) -> set[Form]:
    return {relation.form for relation in find(TableView(0, 0, drawn))}


ACCOUNTS = """
                 | Budget | Regnskab | Afvigelse | Forbrug i pct.
    Hjemmepleje  | 5.120  | 5.340    | 220       | 104,3
    Genoptræning | 1.410  | 1.260    | {}        | {}
    Hjælpemidler | 880    | 1.025    | 145       | 116,5
    = I alt      | 7.410  | 7.625    | 215       | 102,9
"""


def test_budget_accounts_and_what_parts_them_agree() -> None:
    drawn = money(ACCOUNTS.format("-150", "89,4"))
    assert forms(drawn) == {Form.DIFFERENCE, Form.PERCENT}
    assert findings(drawn) == []  # nor does the column of percent add up


@pytest.mark.parametrize(
    ("difference", "percent", "message", "stated", "expected"),
    [
        ("150", "89,4", "relation_difference", "150", "-150"),
        ("-150", "98,4", "relation_percent", "98.4", "89.36"),
    ],
)
def test_a_figure_that_does_not_follow_from_its_row(
    difference: str, percent: str, message: str, stated: str, expected: str
) -> None:
    root = only(findings(money(ACCOUNTS.format(difference, percent))))
    assert (root.check, root.message, str(root.stated), str(root.expected)) == (
        Check.ROW_TOTAL,
        message,
        stated,
        expected,
    )


PURCHASES = """
             | Antal | Pris pr. stk. (kr.) | Beløb i alt
    Tablets  | 120   | 2.400               | 288.000
    Omslag   | 125   | 150                 | 18.750
    Opladere | 40    | 315                 | {}
    Tastatur | 35    | 415                 | 14.525
"""


def test_price_and_quantity_make_the_amount() -> None:
    assert findings(money(PURCHASES.format("12.600"))) == []
    root = only(findings(money(PURCHASES.format("16.200"))))
    assert (root.message, root.stated, root.expected) == ("relation_product", 16200, 12600)


def test_a_share_is_one_of_the_total() -> None:
    shares = """
                       | Udgift | Andel i pct.
        Ældre          | 1.240  | 40
        Børn           | 930    | 30
        Voksne         | 620    | {}
        Administration | 310    | 10
        = I alt        | 3.100  | 100
    """
    assert findings(money(shares.format(20))) == []
    assert only(findings(money(shares.format(22)))).message == "relation_share"


def test_opening_and_movement_make_the_closing_balance() -> None:
    balance = """
              | Primo | Tilgang | Afgang | Ultimo
        Lån   | 1.250 | 310     | 145    | 1.415
        Fonde | 860   | 75      | 212    | {}
        Depot | 431   | 66      | 58     | 439
    """
    assert findings(money(balance.format(723))) == []
    root = only(findings(money(balance.format(732))))
    assert (root.message, root.expected) == ("relation_sum", 723)


def test_a_total_beside_columns_that_are_no_years() -> None:
    across = """
               | Nord  | Syd | Vest | I alt
        Løn    | 1.240 | 815 | 433  | {}
        Varer  | 312   | 97  | 251  | 660
        Leje   | 118   | 131 | 92   | 341
    """
    assert findings(money(across.format("2.488"))) == []
    assert only(findings(money(across.format("2.848")))).message == "relation_sum"


def test_a_row_that_runs_on_is_the_year_before_and_this_one() -> None:
    running = """
                    | 2024  | 2025 | 2026   | 2027
        Udgift      | 2.405 | 837  | 133    | 120
        Gevinst     | 0     | -800 | -1.757 | -2.614
        = Netto     | 2.405 | 37   | -1.624 | -2.494
        ~ Akkumuleret netto | 2.405 | 2.442 | {} | -1.676
    """
    assert findings(money(running.format("818"))) == []
    found = findings(money(running.format("888")))
    root = only(found)
    assert (root.message, root.year, root.stated, root.expected) == ("relation_running", 2026, 888, 818)
    assert [f.year for f in found if f.consequence_of] == [2027]


def test_a_column_whose_name_is_all_that_is_in_doubt_is_held_to_its_rows_and_its_total() -> None:
    """Headed by a unit alone, all its figures are undecided; yet they stand in one column."""
    shares = """
                 | 1.000 kr. | Andel i pct.
        Havn     | 4.347     | 18,9
        Musik    | 6.177     | {}
        Svømning | 7.693     | 33,4
        Lys      | 4.783     | 20,8
        = I alt  | 23.000    | 100,0
    """

    def headed(share: str) -> list[Finding]:
        drawn = money(shares.format(share))
        doubtful = [replace(line, amounts=tuple(map(_undecided_first, line.amounts))) for line in drawn.lines]
        return findings(replace(drawn, lines=tuple(doubtful)))

    assert headed("26,9") == []
    found = only(headed("38,2"))
    assert (found.message, found.stated, found.expected) == ("relation_share", Decimal("38.2"), Decimal("26.86"))


def _undecided_first(amount: Amount) -> Amount:
    return replace(amount, placement=Placement.UNDECIDED) if amount.column == 1 else amount


def test_a_blank_beside_figures_of_no_certain_column_leaves_open_where_they_stand() -> None:
    torn = money("""
                | Udgift | Skøn
        Rute    | 62,9   |
        lav     | -1,9   | -4,5
        Ledelse | 93,8   |
        høj     | -2,7   | -6,1
        = I alt | -4,6   | -10,6
    """)
    lines = (
        replace(x, amounts=tuple(replace(a, placement=Placement.UNDECIDED) for a in x.amounts)) for x in torn.lines
    )
    assert findings(replace(torn, lines=tuple(lines))) == []


def test_a_difference_of_the_only_two_columns_is_known_by_its_name_where_its_total_is_wrong_as_well() -> None:
    accounts = """
                | Budget | Regnskab | Afvigelse
        Vinter  | 3.682  | 3.620    | -62
        Bøger   | 2.078  | 2.095    | 107
        Byer    | 3.632  | 3.689    | 57
        = I alt | 9.392  | 9.404    | 102
    """
    assert only(findings(money(accounts))).expected == 17


def test_a_difference_that_no_heading_speaks_of_fails_in_few_rows() -> None:
    """Two tables read as one: the second's last column is the difference of its others, the first's is not."""
    two = """
               | Antal | Pris   | Sum
        Byggri | 26    | 662    | 17.212
        Lav    | 5     | 860    | 4.300
        Hjørne | 14    | 357    | 4.998
        Vej    | 9.310 | 8.750  | -560
        Kloak  | 4.950 | 4.580  | -370
        Lys    | 1.440 | 1.310  | -130
        Træer  | 2.115 | 2.360  | 245
    """
    assert findings(money(two)) == []


def test_a_growth_of_the_only_two_columns_is_known_by_its_name() -> None:
    changes = """
               | Regnskab 2023 | Budget 2024 | Ændring i pct.
        Turist | 7.503         | 7.489       | -0,2
        Strand | 3.521         | 3.673       | 4,3
        Bus    | 7.007         | 7.115       | {}
        Musik  | 7.501         | 7.457       | -0,6
    """
    assert findings(money(changes.format("1,5"))) == []
    assert only(findings(money(changes.format("10,9")))).message == "relation_growth"


def test_a_balance_that_is_brought_forward_is_no_wrong_beginning_of_a_running_sum() -> None:
    balance = """
              | Med ind i året | Årets resultat | Saldo
        2019  | 24.067         | 0              | 24.067
        2020  | 24.067         | 36.501         | 60.568
        2021  | 60.568         | 15.876         | {}
        2022  | 76.444         | 9.310          | 85.754
        2023  | 85.754         | 0              | 85.754
    """
    assert findings(money(balance.format("76.444"))) == []
    assert only(findings(money(balance.format("74.644")))).stated == 74644


HERAF = """
                     | 2024 | 2025
    Projektledelse   | 223  | 190
    ~ heraf kurser   | {}   | 90
    Genhusning       | 445  | 150
    = I alt          | 668  | 340
"""


TARIFFS = """
             | Egenbetaling | Tilskud | Pladspris
    Frokost  | 330          | 1.082   | {}
    Udflugt  | 2.404        | 7.673   | 10.077
"""


@pytest.mark.parametrize("wrong", ["1.612", "1.082", "-1.412"])
def test_where_one_row_of_two_shows_a_sum_a_slip_in_the_other_is_one(wrong: str) -> None:
    assert str(only(findings(money(TARIFFS.format(wrong)))).expected) == "1412"
    assert findings(money(TARIFFS.format("1.700"))) == []


def test_a_percent_of_a_part_may_be_more_than_that_of_the_whole() -> None:
    spent = """
                 | Budget | Forbrug | Forbrug i pct.
        Afvanding| 232    | 51      | 22,0
        ~heraf puljer | 26 | 6      | 23,1
        Renovation | 139  | 28      | 20,1
        = I alt  | 371    | 79      | 21,3
    """
    assert findings(money(spent)) == []


def test_what_seems_a_memo_by_its_name_is_a_part_where_the_sum_says_so() -> None:
    swings = """
                                 | Lavt | Højt
        Lønudvikling             | 115  | 225
        ~Antal borgere i alt     | 255  | 600
        Sygefravær               | 360  | 700
        = Udsving i alt          | {}   | 1.525
    """
    assert findings(money(swings.format("730"))) == []


def test_a_total_has_no_figure_below_prices() -> None:
    sold = """
                  | Antal | Pris 2025 | Indtægt 2025
        Kopier    | 299   | 181       | 54.119
        Gæstekort | 225   | 364       | 81.900
        = I alt   |       |           | 136.019
    """
    assert findings(money(sold)) == []


def test_a_part_is_at_most_the_line_it_is_part_of() -> None:
    assert findings(money(HERAF.format(223))) == []
    root = only(findings(money(HERAF.format(356))))
    assert (root.message, root.year, root.stated, root.expected) == ("part_more_than_whole", 2024, 356, 223)


def _twice(total: str) -> list[Finding]:
    drawn = money(f"""
                 | 2024 | 2025 | 2026
        Løn      | 455  | 910  | 913
        Vagt     | 320  | 640  | 641
        Vagt     | 320  | 640  | 641
        Husleje  | 123  | 125  | 127
        = I alt  | {total}
    """)
    return findings(drawn)


def test_a_row_printed_twice_and_counted_once_is_said_to_be() -> None:
    root = only(_twice("898 | 1.675 | 1.681"))
    assert (root.cause, dict(root.cause_params)["line"]) == ("duplicate_line", "Vagt")


def test_a_row_printed_twice_is_no_subtotal_of_itself() -> None:
    drawn = money("""
                 | 2024 | 2025 | 2026
        Løn      | 455  | 910  | 913
        Vagt     | 320  | 640  | 641
        + Vagt   | 320  | 640  | 641
        = I alt  | 775  | 1.550 | 1.554
    """)
    sums = (Sum(2, ((1, 1),), "arithmetic"), Sum(3, ((0, 1), (2, 1)), "label"))
    root = only(findings(replace(drawn, sums=sums)))
    assert (root.message, root.line_id) == ("duplicate_line", "BC01-Fælles lager/0/2")


def test_two_rows_of_one_name_that_the_total_counts_are_two_lines() -> None:
    assert _twice("1.218 | 2.315 | 2.322") == []


def test_a_line_that_no_sum_takes_in_is_said_to_be_left_out() -> None:
    drawn = money("""
                  | 2024 | 2025 | 2026
        Rengøring | 231  | 157  | 155
        Løn       | 455  | 910  | 913
        Husleje   | 123  | 125  | 127
        = I alt   | 578  | 1.035 | 1.040
    """)
    unsure = replace(drawn, sums=tuple(replace(s, certain=False) for s in drawn.sums))
    root = only(findings(unsure))
    assert (root.cause, dict(root.cause_params)["line"]) == ("missing_part", "Rengøring")
    budget = replace(unsure, lines=(replace(unsure.lines[0], label="Vedtaget budget"), *unsure.lines[1:]))
    assert findings(budget) == []
    assert budget.lines[0].role is Role.DETAIL


def test_years_called_by_one_word_are_no_sums_of_each_other() -> None:
    drawn = money("""
                  | Budget 2025 | Budget 2026 | Budget 2027 | Budget 2028
        Vikarer   | -945        | -945        | -1.270      | -1.270
        Klub      | -1.750      | -1.750      | -1.750      | -1.750
        Kørsel    | -655        | -655        | -655        | -655
        = I alt   | -3.350      | -3.350      | -3.675      | -3.675
    """)
    assert forms(drawn) == set()
    assert findings(drawn) == []


def test_lines_of_a_section_that_its_total_leaves_out_are_named_where_another_table_adds_them_up() -> None:
    summary = table(
        Kind.SUMMARY,
        """
                                               | 2024  | 2025
            # Implementeringsomkostninger      |       |
            Kurser                             | 1.900 | 2.950
            Legeplads                          | 2.740 | 0
            Inventar                           | 1.380 | 1.790
            + Samlede implementeringsomkostninger | 1.900 | 2.950
        """,
        label="Tabel 1",
    )
    first, *_ = summary.sums
    summary = replace(summary, sums=(replace(first, parts=first.parts[:1]),))  # what arithmetic alone shows
    capital = table(
        Kind.INVESTMENT_CAPITAL,
        "    | 2024 | 2025\n Legeplads | 2.740 | 0\n Inventar | 1.380 | 1.790\n = I alt | 4.120 | 1.790",
        label="Tabel 4",
    )
    found = [f for f in findings(summary, capital) if f.cause == "missing_part"]
    assert [(f.year, f.stated, f.expected) for f in found] == [(2024, 1900, 6020), (2025, 2950, 4740)]
    assert dict(found[0].cause_params)["line"] == "Legeplads; Inventar"
    assert found[1].consequence_of == found[0].finding_id


def test_a_row_whose_sign_is_turned_in_every_year() -> None:
    drawn = money("""
                  | 2024   | 2025   | 2026
        Lokaler   | -680   | -680   | -680
        Hold      | 1.250  | 1.750  | 1.750
        Klub      | -1.670 | -2.000 | -2.000
        = I alt   | -3.600 | -4.430 | -4.430
    """)
    unsure = replace(drawn, sums=tuple(replace(s, certain=False) for s in drawn.sums))
    root = only(findings(unsure))
    assert (root.cause, root.line_id, root.stated, root.expected) == ("sign", "BC01-Fælles lager/0/1", 1250, -1250)


STAFF = """
                  | Årsværk | Løn pr. årsværk | Udgift
    Vejledere     | 5       | 540             | {}
    Pædagoger     | 9       | 510             | 4.590
    = I alt       |         |                 | {}
"""


def test_a_number_times_a_price_is_held_to_the_last_digit_where_one_row_of_two_shows_it() -> None:
    assert findings(money(STAFF.format("2.700", "7.290"))) == []
    root = only(findings(money(STAFF.format("2.880", "7.470"))))
    assert (root.message, root.stated, root.expected) == ("relation_product", 2880, 2700)


@pytest.mark.parametrize(
    ("rows", "right", "wrong", "message", "expected"),
    [
        (
            "Budget 2024\tBudget 2025\tÆndring i pct.|4.000\t4.400\t10,0|2.500\t2.300\t{}"
            "|8.000\t8.400\t5,0|1.200\t1.500\t25,0",
            "-8,0",
            "-18,0",
            "relation_growth",
            -8,
        ),
        (
            "2021\t2022\t2023\tGennemsnit|300\t330\t360\t330|420\t90\t240\t{}|810\t790\t950\t850|130\t155\t135\t140",
            "250",
            "350",
            "relation_average",
            250,
        ),
    ],
)
def test_changes_in_percent_and_averages(
    tmp_path: Path, rows: str, right: str, wrong: str, message: str, expected: int
) -> None:
    names = ("1.000 kr.", "Belysning", "Snerydning", "Asfalt", "Broer")

    def read(figure: str) -> list[Finding]:
        lines = [f"{name}\t{row}" for name, row in zip(names, rows.format(figure).split("|"), strict=True)]
        file = tmp_path / "forbrug.txt"
        file.write_text("Birkelev Kommune\n\nForslag 4\n\nØkonomi\n\nTabel 1. Forbrug\n" + "\n".join(lines), "utf-8")
        return list(check([understand(extract.read(file))]))

    assert roots(read(right)) == []
    root = only(read(wrong))
    assert (root.message, root.expected) == (message, expected)
