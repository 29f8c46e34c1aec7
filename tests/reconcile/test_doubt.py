"""What the reader may have got wrong raises nothing: a dash for a minus, a row without place, a page break."""

from __future__ import annotations

from dataclasses import replace

from extract.models import Placement
from normalize.models import CaseFile, Joined, Kind, Line, Measure, Sum, Table
from reconcile import check
from reconcile.models import Finding
from tests.reconcile.build import case, file, findings, only, roots, statement, table, value

AGREED = " | 2024 | 2025 | 2026\nStier | - | 2.620 | 2.660\nLicenser | - | -160 | -160\n= I alt | {} | {} | 2.500"


def _printing(drawn: Table, line: int, column: int, text: str) -> Table:
    """The table with one figure printed otherwise."""
    old = drawn.lines[line]
    amount = next(a for a in old.amounts if a.column == column)
    figure = value("-" + text.strip("- "))
    assert figure is not None
    new = replace(amount, printed=text, value=figure)
    changed = replace(old, amounts=tuple(new if a.column == column else a for a in old.amounts))
    return replace(drawn, lines=tuple(changed if x is old else x for x in drawn.lines))


def test_a_dash_that_may_be_the_blank_cell_s_beside_it_is_no_wrong_sign() -> None:
    drawn = table(Kind.SUMMARY, AGREED.format("", "2.460"), label="Tabel 2")
    assert roots(findings(_printing(drawn, 2, 2, "- 2.460"))) == []
    wrong = only(findings(_printing(drawn, 2, 2, "- 2.450")))  # neither with the minus nor without
    assert (wrong.stated, wrong.expected) == (-2450, 2460)


def test_a_minus_is_one_where_the_cell_beside_it_has_its_own_dash() -> None:
    drawn = table(Kind.SUMMARY, AGREED.format("-", "2.460"), label="Tabel 2")
    assert only(findings(_printing(drawn, 2, 2, "- 2.460"))).cause == "sign"


SHORT = " | 2024 | 2025 | 2026\nRotter | 20 | 30 | 40\nVandløb | 5 | 6 | 7\n= I alt | {} | {} | {}"


def _lost(unplaced: int, *totals: int) -> list[Finding]:
    """What is said of a table beside which so many figures of the document found no place."""
    read = file(case(table(Kind.RECURRING, SHORT.format(*totals), label="Tabel 2")))
    document = replace(read.document, unplaced_figures=unplaced)
    return roots(check([CaseFile(document, read.cases)]))


def test_a_total_that_lacks_a_row_is_nothing_where_as_many_figures_found_no_place() -> None:
    assert _lost(3, 125, 136, 147) == []
    assert len(_lost(0, 125, 136, 147)) == 1


def test_a_total_that_holds_in_most_years_has_all_its_rows() -> None:
    assert [f.year for f in _lost(3, 25, 36, 67)] == [2026]


def test_what_a_page_break_parts_is_held_to_no_total() -> None:
    upper = table(Kind.INVESTMENT_CAPITAL, " | 2024 | 2025\nKøkken | 2.200 | 1.900", label="Tabel 4")
    lower = table(Kind.INVESTMENT_CAPITAL, " | 2024 | 2025\nHonorar | 750 | 40\n= I alt | 2.950 | 1.940")
    assert roots(findings(upper, replace(lower, joined=Joined.SURE))) == []
    other = replace(lower, label="Tabel 5")
    assert [f.check for f in roots(findings(upper, other))] == ["column_total"]


def test_a_blank_is_no_wrong_figure_where_one_found_no_place() -> None:
    rows = " | 2024 | 2025 | 2026\nRotter | 20 | 30 | 40\nVandløb | 5 | 6 | \n= I alt | 25 | 36 | 47"
    read = file(case(table(Kind.RECURRING, rows, label="Tabel 2")))
    assert [f.year for f in roots(check([read]))] == [2026]
    astray = CaseFile(replace(read.document, unplaced_figures=1), read.cases)
    assert roots(check([astray])) == []


def test_a_column_whose_totals_are_no_more_than_their_largest_part_does_not_add_up() -> None:
    rows = (
        "Drift | 40 | 61,4\nSkole | 60 | 70,1\n+ A | 100 | 66,0\nAnlæg | 10 | 20,3\nVeje | 30 | 50,4\n+ B | 40 | 40,9"
    )
    assert roots(findings(table(Kind.BUDGET_FOLLOWUP, f" | Budget | Resultat\n{rows}", label="Tabel 1"))) == []


def test_a_row_total_says_nothing_where_a_figure_of_the_row_has_no_certain_column() -> None:
    rows = " | 2024 | 2025 | I alt 2024-25\nRotter | 20 | 30 | 60\nVandløb | 5 | 6 | 11\nSkove | 1 | 2 | 3"
    drawn = table(Kind.RECURRING, rows, label="Tabel 2")
    assert [f.check for f in roots(findings(drawn))] == ["row_total"]

    def open_row(line: Line) -> Line:
        first, *rest = line.amounts
        return replace(line, amounts=(replace(first, placement=type(first.placement)("undecided")), *rest))

    assert roots(findings(replace(drawn, lines=(open_row(drawn.lines[0]), *drawn.lines[1:])))) == []


LOST = " | 2024 | 2025 | 2026\nKortere forløb | -84 | -84 | -99\nFærre eksterne | -82 | -82 | -82\n= I alt | {}"


def test_a_total_that_is_more_than_its_lines_in_every_year_counts_a_row_that_is_not_printed() -> None:
    drawn = table(Kind.SUMMARY, LOST.format("-366 | -366 | -381"), label="Tabel 1")
    unsure = replace(drawn, sums=tuple(replace(s, certain=False) for s in drawn.sums))
    found = findings(unsure)
    root = only(found)
    assert (root.line_id, root.stated, root.expected, root.cause) == ("BC01-Fælles lager/0/2", -366, -166, None)
    assert sum(f.consequence_of == root.finding_id for f in found) == 2


def test_a_row_a_year_late_under_a_total_that_stands_first_is_seen_in_the_years_that_still_hold() -> None:
    rows = " | 2021 | 2022 | 2023 | 2024\nSamlet virkning | -749 | -2994 | -3436 | -3436"
    rows += "\nTandpleje | - | -462 | -1849 | -1849"
    rows += "\nHold | -259 | -1035 | -1444 | -1444\nLokaler | -28 | -110 | -143 | -143"
    root = only(findings(table(Kind.SUMMARY, rows, label="Tabel 1")))
    assert (root.line_id, root.year, root.cause) == ("BC01-Fælles lager/0/1", 2021, "column_shift")


def test_factors_are_exact_where_their_product_is_to_the_last_digit_elsewhere() -> None:
    rows = "Bibliotekarer | 6 | 470 | {}\nFormidlere | 9 | 440 | 3.960\nLærere | 8 | 520 | 4.160"
    heads = " | Årsværk | Løn pr. årsværk | Udgift"
    assert roots(findings(table(Kind.OTHER_MONEY, f"{heads}\n{rows.format('2.820')}", label="Tabel 2"))) == []
    root = only(findings(table(Kind.OTHER_MONEY, f"{heads}\n{rows.format('2.670')}", label="Tabel 2")))
    assert (root.message, root.stated, root.expected) == ("relation_product", 2670, 2820)


def test_rounded_factors_make_about_their_product() -> None:
    rows = "Bibliotekarer | 6 | 470 | 2.870\nFormidlere | 9 | 440 | 3.890\nLærere | 8 | 520 | 4.240"
    heads = " | Årsværk | Løn pr. årsværk | Udgift"
    assert roots(findings(table(Kind.OTHER_MONEY, f"{heads}\n{rows}", label="Tabel 2"))) == []


def test_a_difference_that_is_turned_in_one_row_of_three_is_seen() -> None:
    rows = "Værested | 910 | 870 | -40\nAnlæg | 510 | 500 | 10\nBoliger | 9.140 | 7.960 | 1.180"
    heads = " | Korrigeret budget | Forventet regnskab | Afvigelse"
    root = only(findings(table(Kind.BUDGET_FOLLOWUP, f"{heads}\n{rows}", label="Tabel 2")))
    assert (root.stated, root.expected, root.cause) == (-40, 40, "sign")


def test_income_that_is_printed_below_nil_is_not_subtracted_once_more() -> None:
    rows = " | 2026 | 2027\nEgen ramme | -994 | -853\nPulje | -129 | -137\n= Finansiering i alt | -865 | -716"
    drawn = table(Kind.OTHER_MONEY, rows, label="Tabel 2", measure=Measure.DKK)
    bent = replace(drawn, sums=tuple(replace(s, parts=((0, 1), (1, -1))) for s in drawn.sums))
    root = only(findings(bent))
    assert (root.line_id, root.stated, root.cause) == ("BC01-Fælles lager/0/1", -129, "sign")


def test_a_catalogue_whose_figures_may_stand_a_column_off_is_held_to_nothing() -> None:
    rows = "Nattevagt ved Åparken | 27 | 10 | 20 | 30\nKantine ved Lundby | 27 | 5 | 6 | 7\n= I alt | {} | 15 | 26 | 37"
    drawn = f" | 2026 | 2027 | 2028 | HR03\n{rows}"
    assert roots(findings(table(Kind.CATALOGUE, drawn.format(""), label="Oversigt"))) == []
    assert len(roots(findings(table(Kind.CATALOGUE, drawn.format("50"), label="Oversigt")))) == 1


def test_a_total_that_stands_first_takes_in_the_last_line_too() -> None:
    rows = " | 2024 | 2025\n+ Samlet virkning | -264 | -316\nNattevagt | -86 | -130"
    rows += "\nRuter | -38 | -46\nBesøg | -140 | -140"
    drawn = table(Kind.SUMMARY, f"{rows}\n~ Betaling til andre | 32 | 33", label="Tabel 1")
    first = replace(drawn, sums=(Sum(0, ((1, 1), (2, 1), (3, 1)), "order", certain=True),))
    root = only(findings(first))
    assert (root.stated, root.expected, root.cause) == (-264, -232, "missing_part")
    memo = replace(drawn.lines[-1], label="heraf betaling til andre")
    assert roots(findings(replace(first, lines=(*drawn.lines[:-1], memo)))) == []


def test_a_turned_row_shows_in_totals_that_differ_however_round_it_is() -> None:
    rows = "Samlet virkning | -550 | -940\nKontorer | -970 | -1360\nKantine | -180 | -180\nAdministration | {0} | {0}"
    assert roots(findings(table(Kind.SUMMARY, f" | 2028 | 2030\n{rows.format('600')}", label="Tabel 1"))) == []
    root = only(findings(table(Kind.SUMMARY, f" | 2028 | 2030\n{rows.format('-600')}", label="Tabel 1")))
    assert (root.line_id, root.cause) == ("BC01-Fælles lager/0/3", "sign")


def test_all_proposals_together_are_the_total_of_the_groups_totals() -> None:
    rows = "Får | 62 | 123\nTilsyn | 980 | 1.960\n+ Sum Miljø | 1.042 | 2.083\nRuter | 161 | 322\nKlub | 53 | 106"
    last = "+ Sum Læring | 214 | 428\n~ Alle forslag | {} | {}"

    def stated(*figures: str) -> list[Finding]:
        return roots(findings(table(Kind.CATALOGUE, f" | 2028 | 2029\n{rows}\n{last.format(*figures)}", label="Bilag")))

    assert stated("1.256", "2.511") == []
    (root,) = stated("2.512", "5.022")
    assert (root.stated, root.expected) == (2512, 1256)


def test_an_amount_of_prose_in_the_wrong_unit_says_so() -> None:
    costs = table(Kind.INVESTMENT_SERVICE, " | 2024 | 2025\nOplæring | 870 | 120\n= I alt | 870 | 120", label="Tabel 3")
    said = statement("870000000", "Oplæring koster 870 mio. kr. i 2024.", table=0, line=0, years=(2024,))
    root = only(findings(costs, statements=[said]))
    assert (root.cause, root.stated, root.expected) == ("factor_1000", 870000, 870)


def test_two_figures_of_a_row_in_each_other_s_column_are_one_finding_without_years_too() -> None:
    rows = "Hal | 398 | 376\nTag | 301 | 212\nVej | 222 | 199\n= I alt | 921 | 787"
    heads = " | Bevilling | Regnskab"
    assert roots(findings(table(Kind.CAPITAL_ACCOUNTS, f"{heads}\n{rows}", label="Tabel 1"))) == []
    swapped = rows.replace("398 | 376", "376 | 398")
    root = only(findings(table(Kind.CAPITAL_ACCOUNTS, f"{heads}\n{swapped}", label="Tabel 1")))
    assert (root.line_id, root.cause) == ("BC01-Fælles lager/0/0", "column_shift")


def test_columns_that_are_sure_are_related_although_another_column_of_the_table_is_not() -> None:
    rows = "Kultur | 260 | 2.601 | 2.528 | 138\nMuseer | 716 | 7.330 | 6.660 | 670\nBøger | 392 | 3.856 | 3.901 | -45"
    rows += "\nHaller | 343 | 3.510 | 3.327 | 183"
    heads = " | Oprindeligt | Korrigeret budget | Forventet regnskab | Afvigelse"
    drawn = table(Kind.BUDGET_FOLLOWUP, f"{heads}\n{rows}", label="Tabel 1")
    unsure = type(drawn.lines[0].amounts[0].placement)("undecided")
    lines = (replace(x, amounts=(replace(x.amounts[0], placement=unsure), *x.amounts[1:])) for x in drawn.lines)
    root = only(findings(replace(drawn, lines=tuple(lines))))
    assert (root.line_id, root.message) == ("BC01-Fælles lager/0/0", "relation_difference")


def test_lines_of_a_table_without_headings_beside_a_total_that_lacks_them_are_its_own() -> None:
    scenes = (
        " | Scenarie A | Scenarie B\n Svømmehal | 1.600 | 1.025\n Billetter | -1.995 | -1.450\n = Virkning i alt | {}"
    )
    astray = table(Kind.OTHER_MONEY, " | | \n Lokalarkiv | 535 | 370\n Biografen | 980 | 665")
    named = table(Kind.OTHER_MONEY, " | Pris A | Pris B\n Lokalarkiv | 535 | 370\n Biografen | 980 | 665")
    whole = table(Kind.SUMMARY, scenes.format("1.120 | 610"))
    assert roots(findings(whole, astray)) == []
    assert len(roots(findings(whole, named))) > 0


def test_figures_under_each_others_headings_are_no_wrong_totals() -> None:
    text = """
                    | 2026 | 2027 | 2028 | I alt 2026-29 | 2029
        Drift       | 106  | 106  | 147  | 147           | 506
        Grundvand   | 20   | 20   | 20   | 20            | 80
        Tilsyn      | 20   | 20   | 23   | 23            | 86
    """
    assert roots(findings(table(Kind.OTHER_MONEY, text))) == []


def test_a_figure_that_repeats_along_its_row_proves_no_relation_of_columns() -> None:
    text = """
                | Ung  | Voksen | Ældre | Alle
        Indre   | -135 | -135   | -135  | -135
        Nord    | -67  | -67    | -67   | -67
        Syd     | -194 | -194   | -273  | -273
        Vest    | -577 | -577   | -750  | -750
        Øst     | -312 | -312   | -428  | -428
    """
    assert roots(findings(table(Kind.OTHER_MONEY, text))) == []


def test_a_last_line_that_says_the_total_once_more_is_no_part_of_it() -> None:
    text = """
                          | Vedtaget | Ændret | Skøn
        = Sundhed         | 19.301   | -386   | 15.402
        Rådgivning        | 4.120    | 75     | 3.920
        Rygestop          | 57.150   | 0      | 58.318
        Egenbetaling      | -41.969  | -461   | -46.836
        ~ Hele udvalget   | 19.301   | -386   | 15.402
    """
    drawn = table(Kind.OTHER_MONEY, text)
    sure = replace(drawn, sums=(Sum(0, ((1, 1), (2, 1), (3, 1)), ("order", "figures"), certain=False),))
    assert roots(findings(sure)) == []


def test_years_out_of_order_beside_what_comes_later_are_headings_over_other_figures() -> None:
    """The dump set "Før 2024 2024" apart; no figure, and no year, is wrong for that."""
    text = """
                   | I alt | Før 2024 | 2025 | 2026 | Senere | 2024
        Installation | 5.410 | 0      | 0    | 2.360 | 3.050 | 0
        Inventar     | 1.152 | 0      | 563  | 589   | 0     | 0
        Tilskud      | -105  | 0      | -64  | 0     | 0     | 0
        Netto        | 2.690 | 0      | 0    | 0     | 0     | 0
    """
    assert roots(findings(table(Kind.OTHER_MONEY, text))) == []


def test_a_row_whose_figures_were_read_digit_by_digit_is_held_to_nothing() -> None:
    text = "            | 2025 | 2026\n{}  | 5 | 0\nTag | 150 | 120\nDør | 40 | 30\n= I alt | 4.216 | 3.150"
    assert len(roots(findings(table(Kind.OTHER_MONEY, text.format("Terræn"))))) == 1
    assert roots(findings(table(Kind.OTHER_MONEY, text.format("Terræn 4 . 0 2 6")))) == []


def test_kroner_with_one_decimal_may_be_millions() -> None:
    said = statement("9200000", "Til råhuset falder 9,2 mio. kr. i 2027.", half="50000", table=0, line=0, years=(2027,))
    drawn = table(Kind.RECURRING, " | 2026 | 2027\nRåhus | 8,1 | 9,2", label="Tabel 1", unit=1)
    assert roots(check([file(case(drawn, statements=[said]))])) == []


def test_a_year_in_prose_is_not_held_to_figures_whose_year_is_not_known() -> None:
    text = " | 2027 | 2028 | 2029\n Rådgivning | | 500 | \n Dobbelt husleje | | 1.200 | 300\n= I alt | | 1.700 | 300"
    said = statement("500000", "Til rådgivning er der afsat 500.000 kr. i 2029.", table=0, line=0, years=(2029,))
    drawn = table(Kind.RECURRING, text, label="Tabel 1")
    assert only(check([file(case(drawn, statements=[said]))])).check.value == "text_year"
    line = drawn.lines[0]
    open_ = replace(
        line, amounts=tuple(replace(a, placement=Placement.UNDECIDED, confidence=0.2) for a in line.amounts)
    )
    doubtful = replace(drawn, lines=(open_, *drawn.lines[1:]))
    assert roots(check([file(case(doubtful, statements=[said]))])) == []
