"""What a table is, told from what its columns, rows and figures do, under words that no list names."""

from __future__ import annotations

import pytest

from normalize import understand
from normalize.models import Kind
from tests.extract.dumps import read


def kinds(text: str) -> list[Kind]:
    file = understand(read(text))
    return [table.kind for case in file.cases for table in case.tables]


FOLLOW_UP = """
    Økonomien på Kulturområdet efter tredje kvartal

    Udvalget orienteres om, hvordan pengene er brugt.

    | Mio. kr. | {budget} | {spent} | {expected} | {off} |
    |---|---|---|---|---|
    | Museer | 12,4 | 8,1 | 12,9 | -0,5 |
    | Musikskole | 6,0 | 4,4 | 5,8 | 0,2 |
    | Biblioteker | 21,3 | 15,2 | 21,9 | -0,6 |
    | I alt | 39,7 | 27,7 | 40,6 | -0,9 |
    """


@pytest.mark.parametrize(
    "names",
    [
        ("Årets ramme", "Bogført til og med september", "Skøn for året", "Rest"),
        ("Vedtaget", "Afholdt", "Prognose", "Difference"),
        ("Opr. budget", "Realiseret", "Forv. årsresultat", "Mer-/mindreforbrug"),
    ],
)
def test_budget_beside_spending_and_expectation_is_a_follow_up(names: tuple[str, ...]) -> None:
    text = FOLLOW_UP.format(**dict(zip(("budget", "spent", "expected", "off"), names, strict=True)))
    assert kinds(text) == [Kind.BUDGET_FOLLOWUP]


def test_a_grant_and_its_spending_by_year_are_capital_accounts() -> None:
    text = """
        Afslutning af projekt 4417 Ny tribune ved atletikbanen

        | Kr. | Rådighed | Anvendt | Uforbrugt |
        |---|---|---|---|
        | 2019 | 800.000 | 612.400 | 187.600 |
        | 2020 | 2.400.000 | 2.731.050 | -331.050 |
        | 2021 | 300.000 | 190.200 | 109.800 |
        | Sum | 3.500.000 | 3.533.650 | -33.650 |
        """
    assert kinds(text) == [Kind.CAPITAL_ACCOUNTS]


def test_prices_that_nothing_adds_up_are_fees() -> None:
    text = """
        Hvad det koster at bruge hallerne

        | Ydelse | Sats 2026, kr. | Sats 2027, kr. |
        |---|---|---|
        | Badmintonbane | 110,00 | 114,00 |
        | Klubhus, aften | 480,00 | 495,00 |
        | Omklædning | 65,00 | 67,00 |
        | Svømmehal, time | 820,00 | 845,00 |
        """
    assert kinds(text) == [Kind.FEES]


def test_money_that_is_spent_once_is_an_investment_and_a_total_that_the_first_table_takes_up_a_part_of_it() -> None:
    text = """
        Forslag nr. 12: Varmepumper i klubhusene

        Tabel 1. Det hele
        | 1.000 kr. | 2026 | 2027 | 2028 | 2029 |
        |---|---|---|---|---|
        | Pumper og rør | 2.400 | 1.100 | 0 | 0 |
        | Mindre gas | -150 | -610 | -640 | -640 |
        | Netto | 2.250 | 490 | -640 | -640 |

        Tabel 2. Pumper og rør
        | 1.000 kr. | 2026 | 2027 | 2028 | 2029 |
        |---|---|---|---|---|
        | Klubhus Nord | 1.500 | 400 | 0 | 0 |
        | Klubhus Syd | 900 | 700 | 0 | 0 |
        | Sum | 2.400 | 1.100 | 0 | 0 |
        """
    first, second = kinds(text)
    assert first is Kind.SUMMARY
    assert second in (Kind.INVESTMENT_SERVICE, Kind.INVESTMENT_CAPITAL)


def test_what_is_moved_between_running_costs_and_construction_is_an_appropriation() -> None:
    text = """
        Flytning af penge til rådhuspladsen

        | 1.000 kr. | 2026 | 2027 |
        |---|---|---|
        | Driftsrammen for veje | -1.200 | -300 |
        | Anlægsrammen for pladser | 1.200 | 300 |
        | I alt | 0 | 0 |
        """
    assert kinds(text) == [Kind.APPROPRIATIONS]


def test_last_years_budget_beside_this_years_is_no_follow_up() -> None:
    text = """
        Svar på spørgsmål 3 om bibliotekernes økonomi

        | Mio. kr. | Regnskab 2024 | Budget 2025 | Budget 2026 |
        |---|---|---|---|
        | Løn | 14,2 | 14,6 | 14,9 |
        | Materialer | 3,1 | 3,0 | 3,2 |
        | I alt | 17,3 | 17,6 | 18,1 |
        """
    assert kinds(text) == [Kind.OTHER_MONEY]


def test_a_balance_carried_from_year_to_year_is_no_capital_account() -> None:
    text = """
        Hvad skylder vi?

        | Mio. kr. | Primo | Nyt | Betalt | Ultimo |
        |---|---|---|---|---|
        | 2031 | 208,4 | 28,1 | -15,1 | 221,4 |
        | 2032 | 221,4 | 34,5 | -18,6 | 237,3 |
        | 2033 | 237,3 | 23,0 | -13,2 | 247,1 |
        """
    assert kinds(text) == [Kind.OTHER_MONEY]


def test_what_is_counted_in_thousands_is_no_fee() -> None:
    text = """
        Takster 2031 for hallerne

        | 1.000 kr. | Forår | Efterår | Merindtægt |
        |---|---|---|---|
        | Som i dag | 412 | 380 | 32 |
        | Lidt dyrere | 455 | 380 | 75 |
        | Meget dyrere | 430 | 380 | 50 |
        """
    assert kinds(text) == [Kind.OTHER_MONEY]
