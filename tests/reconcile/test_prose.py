"""What running text says of a table's figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from normalize.models import Kind, Statement, StatementKind, Table
from reconcile.models import Check, Finding, Severity
from tests.reconcile.build import findings, only, statement, table


def costs(label: str = "Tabel 3") -> Table:
    text = """
                              | 2021  | 2022  | 2023
        Team (2 årsværk)      | 600   | 900   | 900
        Uddannelse            | 200   | 500   |
        Udstyr                |       | 2.000 |
        = Investeringer       | 800   | 3.400 | 900
    """
    return table(Kind.INVESTMENT_SERVICE, text, label=label)


def said(*statements: Statement) -> list[Finding]:
    return findings(costs(), statements=statements)


def test_a_sum_that_is_the_line_s() -> None:
    assert said(statement("2400000", "Team: i alt 2.400 t.kr.", total=True, table=0, line=0)) == []


def test_a_sum_that_is_not_the_line_s() -> None:
    found = only(said(statement("2600000", "Team: i alt 2.600 t.kr.", total=True, table=0, line=0)))
    assert (found.check, found.severity) == (Check.TEXT_AMOUNT, Severity.WARNING)
    assert (found.stated, found.expected) == (2600, 2400)
    assert found.quote == "Team: i alt 2.600 t.kr."


def test_millions_with_one_decimal_are_an_interval() -> None:
    rounded = statement("5100000", "I alt 5,1 mio. kr.", half="50000", total=True, table=0, line=3)
    assert said(rounded) == []
    too_much = statement("5300000", "I alt 5,3 mio. kr.", half="50000", total=True, table=0, line=3)
    assert only(said(too_much)).stated == 5300


def test_a_word_of_the_line_s_own_name_leaves_no_amount_open() -> None:
    drawn = table(Kind.RECURRING, " | 2025 | 2026\nTilsyn med nabokommunen | -710 | -710", label="Tabel 2")
    sentence = "Tilsyn med nabokommunen giver en besparelse på 1.040 t.kr. årligt."
    saving = statement("1040000", sentence, per_year=True, table=0, line=0)
    assert only(findings(drawn, statements=[saving])).expected == 710
    elsewhere = replace(saving, sentence="I nabokommunen gav tilsynet en besparelse på 1.040 t.kr. årligt.")
    assert findings(drawn, statements=[elsewhere]) == []


def test_a_statement_that_names_no_line_is_not_judged() -> None:
    assert said(statement("999000", "Der er afsat 999 t.kr.", total=True)) == []


def _about(words: str, value: str) -> list[Finding]:
    printed = f"{value} t.kr."
    about = statement(f"{value}000".replace(".", ""), f"Team: {words} {printed} i alt", total=True, table=0, line=0)
    return said(replace(about, printed=printed))


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ca.", "2.600"),
        ("knap", "2.500"),
        ("godt", "2.300"),
        ("rundt regnet", "2.500"),
        ("op mod", "2.500"),
        ("op til", "2.600"),
        ("under", "2.900"),
        ("mere end", "2.000"),
        ("omkring", "2.100"),
    ],
)
def test_an_approximation_that_is_true_is_no_finding(words: str, value: str) -> None:
    assert _about(words, value) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [("ca.", "4.800"), ("knap", "4.800"), ("godt", "1.200"), ("op til", "1.900"), ("mindst", "3.000")],
)
def test_an_approximation_that_is_far_off_is_found(words: str, value: str) -> None:
    assert only(_about(words, value)).expected == 2400


def test_what_would_be_without_the_proposal_says_nothing_of_the_table() -> None:
    would = statement("9000000", "Uden forslaget ville teamet koste 9.000 t.kr. i alt", total=True, table=0, line=0)
    assert said(would) == []


PRICED = "Der er regnet med 56 pladser til 22 t.kr., i alt {} t.kr., til frokost."


def _priced(total: str) -> list[Finding]:
    price = replace(statement("22000", PRICED.format(total)), printed="22 t.kr.")
    whole = statement(f"{total}000".replace(".", ""), PRICED.format(total), total=True)
    return said(price, replace(whole, printed=f"{total} t.kr."))


def test_a_product_that_is_written_out_is_that_of_its_factors() -> None:
    assert _priced("1.232") == []
    assert _priced("2.464") == []  # over two years
    root = only(_priced("1.652"))
    assert (root.check, root.message, root.stated, root.expected) == (
        Check.TEXT_AMOUNT,
        "text_product",
        1652000,
        1232000,
    )


def test_a_number_of_pieces_and_their_price() -> None:
    """The point of "stk." ends no sentence."""
    sentence = "Der købes 64 stk. til 850 kr. pr. stk., svarende til {} kr. i alt."

    def bought(total: str) -> list[Finding]:
        price = replace(statement("850", sentence.format(total), half="0.5"), printed="850 kr.")
        whole = statement(total.replace(".", ""), sentence.format(total), half="0.5", total=True)
        return said(price, replace(whole, printed=f"{total} kr."))

    assert bought("54.400") == []
    assert only(bought("84.400")).expected == 54400


def test_an_amount_in_the_wrong_year() -> None:
    found = only(said(statement("200000", "Uddannelse: 200 t.kr. i 2022", years=(2022,), table=0, line=1)))
    assert (found.check, found.message, found.year) == (Check.TEXT_YEAR, "text_other_year", 2022)
    assert dict(found.params)["found_in"] == 2021


def test_an_amount_that_begins_before_it_should() -> None:
    def late(sentence: str) -> list[Finding]:
        return said(statement("900000", sentence, years=(2023,), onwards=True, table=0, line=0))

    assert late("Team: 900 t.kr. fra 2023 og frem") == []  # it does not say that it was not so before
    found = only(late("Team: 900 t.kr. først fra 2023 og frem"))
    assert (found.message, found.year, found.stated, found.expected) == ("text_onwards", 2022, 2023, 2022)


def test_an_amount_spread_over_years_of_which_one_is_blank() -> None:
    spread = statement(
        "2000000", "Udstyr: 2 mio. kr., fordelt over 2021 og 2022", half="500000", total=True, table=0, line=2
    )
    found = only(said(spread))
    assert (found.message, found.year) == ("text_outside_years", 2021)


def test_posts_in_prose_against_posts_in_the_label() -> None:
    three = statement("3", "Der ansættes 3 årsværk til teamet", kind=StatementKind.FTE, table=0, line=0)
    found = only(said(three))
    assert (found.check, found.stated, found.expected) == (Check.TEXT_FTE, 3, 2)


def test_prose_that_repeats_itself_is_one_finding() -> None:
    twice = [statement("2600000", f"Team {i}: i alt 2.600 t.kr.", total=True, table=0, line=0) for i in (1, 2)]
    found = said(*twice)
    assert len([f for f in found if f.consequence_of == only(found).finding_id]) == 1


def test_prose_takes_sides_when_two_tables_differ() -> None:
    summary = """
                                              | Område  | 2021 | 2022  | 2023
        # Implementeringsomkostninger         |         |      |       |
        Team (2 årsværk)                      | Service | 600  | 900   | 1.900
        Uddannelse                            | Service | 200  | 500   |
        Udstyr                                | Service |      | 2.000 |
        + Samlede implementeringsomkostninger |         | 800  | 3.400 | 900
    """
    told = statement("2400000", "Team: i alt 2.400 t.kr.", total=True, table=1, line=0)
    found = only(findings(table(Kind.SUMMARY, summary, label="Tabel 1"), costs(), statements=[told]))
    assert (found.table_id, found.stated, found.expected) == ("BC01-Fælles lager/0", 1900, 900)


def test_a_table_that_does_not_say_its_unit_is_not_held_to_kroner() -> None:
    bare = table(Kind.OTHER_MONEY, "     | 2025 | 2026\n Misbrug | 173 | 154\n = I alt | 173 | 154", unit=None)
    right = statement("154000", "Misbrug udgør 154.000 kr. i 2026.", table=0, line=0, years=(2026,))
    wrong = statement("145", "Misbrug udgør 145 kr. i 2026.", half="0.5", table=0, line=0, years=(2026,))
    assert findings(bare, statements=[right]) == []
    assert only(findings(bare, statements=[wrong])).stated == 145


@pytest.mark.parametrize(
    ("amount", "sentence", "wrong"),
    [
        ("2100000", "Den samlede virkning af scenarie B er en mindreudgift på 2,1 mio. kr.", True),
        ("1200000", "Den samlede virkning af scenarie B er en mindreudgift på 1,2 mio. kr.", False),
        ("1100000", "Den samlede virkning er 1,1 mio. kr. lavere i scenarie B.", False),
        ("2100000", "Den samlede virkning er 2,1 mio. kr.", False),
    ],
)
def test_an_amount_of_a_column_that_is_no_year(amount: str, sentence: str, wrong: bool) -> None:
    text = """
                           | Scenarie A | Scenarie B | Scenarie C
        Færre vikarer      | -1,8       | -2,6       | -3,4
        Fælles vikarkorps  | 0,0        | 1,4        | 1,9
        = Samlet virkning  | -1,8       | -1,2       | -1,5
    """
    drawn = table(Kind.OTHER_MONEY, text, label="Tabel 1", unit=1_000_000)
    said = replace(statement(amount, sentence, half="50000", total=True), likely=(0, 2))
    found = findings(drawn, statements=[said])
    assert [(f.check, str(f.expected)) for f in found] == ([(Check.TEXT_AMOUNT, "1.2")] if wrong else [])
    assert [dict(f.params)["column"] for f in found] == ["Scenarie B"] * wrong
