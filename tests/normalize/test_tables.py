"""Tables as small prints: what is printed on the left becomes a table with meaning on the right."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extract.models import Block, Grid, Heading, Placement, Row
from normalize.models import ColumnKind, Kind, Line, Measure, Role, Table
from normalize.tables.read import read_tables
from tests.normalize.blocks import HERE, cell, paragraph


def grid(
    text: str, *, header: int = 1, caption: str | None = None, notes: tuple[str, ...] = (), italic: tuple[str, ...] = ()
) -> Grid:
    """A grid from lines of cells between bars; `.` is a field that is not there, blank an empty cell."""
    rows = []
    lines = [[c.strip() for c in line.split("|")] for line in text.strip("\n").splitlines()]
    for number, cells in enumerate(lines):
        made = tuple(None if c == "." else cell(c, italic=cells[0] in italic) for c in cells)
        rows.append(Row(made, HERE, header=number < header))
    above = paragraph(caption) if caption else None
    width = max(len(r.cells) for r in rows)
    return Grid(tuple(rows), width, 1, 1, HERE, caption=above, notes=tuple(paragraph(n) for n in notes))


def loose_grid(text: str, *, caption: str | None = None) -> Grid:
    """A grid whose rows lost their columns: `label | loose fragments between blanks`, the first line the header."""
    first, *lines = text.strip("\n").splitlines()
    header = Row(tuple(cell(c.strip()) for c in first.split("|")), HERE, header=True)
    rows = [header]
    for line in lines:
        label, _, rest = line.partition("|")
        blanks = (None,) * (len(header.cells) - 1)
        rows.append(Row((cell(label.strip()), *blanks), HERE, loose=tuple(cell(w) for w in rest.split())))
    return Grid(tuple(rows), len(header.cells), 1, 1, HERE, caption=paragraph(caption) if caption else None)


def table(*blocks: Block) -> Table:
    found = read_tables(blocks)
    assert len(found) == 1
    return found[0][1]


def line(read: Table, label: str) -> Line:
    return next(one for one in read.lines if one.label == label)


def figures(read: Table, label: str) -> dict[str, int]:
    return {a.column_label: int(a.value) for a in line(read, label).amounts}


SUMMARY = """
1.000 kr. 2022 p/l              | Styringsområde | 2021 | 2022 | 2023
Varige ændringer                |                |      |      |
Færre kørte kilometer           | Service        |      | -400 | -900
Leasing af ladcykler            | Service        | -    | 150  | 150
Samlet varig ændring            |                |      | -250 | -750
Implementeringsomkostninger     |                |      |      |
Indkøb af cykelskure            | Anlæg          | 1.200| 300  |
Samlede implementeringsomkostninger |            | 1.200| 300  |
Samlet økonomisk påvirkning     | -              | 1.200| 50   | -750
Tilbagebetalingstid baseret på totaløkonomi | 4 år |   |      |
"""


def test_the_summary_of_a_case() -> None:
    read = table(grid(SUMMARY, caption="Tabel 1. Forslagets samlede økonomiske konsekvenser"))
    assert (read.label, read.title) == ("Tabel 1", "Forslagets samlede økonomiske konsekvenser")
    assert (read.kind, read.measure, read.unit, read.price_level) == (Kind.SUMMARY, Measure.DKK, 1000, 2022)
    assert read.price_level_printed == "2022 p/l"
    assert [c.year for c in read.years()] == [2021, 2022, 2023]
    assert [one.role for one in read.lines] == [
        Role.SECTION,
        Role.DETAIL,
        Role.DETAIL,
        Role.SUBTOTAL,
        Role.SECTION,
        Role.DETAIL,
        Role.SUBTOTAL,
        Role.TOTAL,
        Role.PAYBACK,
    ]
    assert line(read, "Færre kørte kilometer").steering_area == "Service"
    assert line(read, "Indkøb af cykelskure").section == 4
    assert figures(read, "Samlet økonomisk påvirkning") == {"2021": 1200, "2022": 50, "2023": -750}


def test_blank_is_no_figure_and_a_dash_is_nil() -> None:
    read = table(grid(SUMMARY))
    leasing = line(read, "Leasing af ladcykler").amounts[0]
    assert (leasing.printed, leasing.value, leasing.half_step) == ("-", Decimal(0), Decimal(0))
    assert [a.year for a in line(read, "Færre kørte kilometer").amounts] == [2022, 2023]


def test_a_payback_time_is_a_figure_without_a_year_wherever_it_stands() -> None:
    first = line(table(grid(SUMMARY)), "Tilbagebetalingstid baseret på totaløkonomi").amounts
    last = grid("1.000 kr. | 2024 | 2025\nUdvidelse af depotet | 5 | 6\nTilbagebetalingstid | | 6 år")
    second = line(table(last), "Tilbagebetalingstid").amounts
    assert [(a.value, a.year, a.column_label) for a in first] == [(Decimal(4), None, "Styringsområde")]
    assert [(a.value, a.year, a.column) for a in second] == [(Decimal(6), None, 2)]


def test_figures_that_lost_their_columns_are_placed_by_the_sums() -> None:
    read = table(
        loose_grid(
            """
            1.000 kr. 2022 p/l Styringsområde | 2021 | 2022 | 2023 | 2024
            Varige ændringer |
            Færre kørte kilometer Service | -400 -900 -900
            Leasing af ladcykler Service | 150 150 150 150
            Samlet varig ændring Service | 150 -250 -750 -750
            """
        )
    )
    kilometres = line(read, "Færre kørte kilometer")
    assert kilometres.steering_area == "Service"
    assert [(a.year, int(a.value)) for a in kilometres.amounts] == [(2022, -400), (2023, -900), (2024, -900)]
    assert {a.placement for a in kilometres.amounts} == {Placement.ARITHMETIC}
    assert {a.placement for a in line(read, "Leasing af ladcykler").amounts} == {Placement.TABBED}


def test_the_steering_area_stays_in_a_label_that_owns_the_word() -> None:
    read = table(
        loose_grid(
            """
            1.000 kr. 2022 p/l | 2021 | 2022
            Færre kørte kilometer i Service | -400 -900
            Varige ændringer totalt, service | -400 -900
            """,
            caption="Tabel 2. Varige ændringer, service",
        )
    )
    assert [one.label for one in read.lines] == ["Færre kørte kilometer i Service", "Varige ændringer totalt, service"]
    assert read.kind is Kind.RECURRING


def test_an_appropriation_among_loose_figures_is_no_figure() -> None:
    header = Row(
        tuple(cell(c) for c in ("1.000 kr. 2022 p/l Bevilling, profitcenter", "2021", "2022")), HERE, header=True
    )
    words = [
        ("Rengøring", ("3010 Skoler og fritid", "100", "200")),
        ("Pedeller", ("3020 Ejendomme", "50", "70")),
        ("Investeringer totalt, service", ("150", "270")),
    ]
    rows = [Row((cell(a), None, None), HERE, loose=tuple(cell(f) for f in b)) for a, b in words]
    read = table(Grid((header, *rows), 3, 1, 1, HERE))
    assert [one.appropriation for one in read.lines] == ["3010 Skoler og fritid", "3020 Ejendomme", None]
    assert [[int(a.value) for a in one.amounts] for one in read.lines] == [[100, 200], [50, 70], [150, 270]]
    assert read.kind is Kind.INVESTMENT_SERVICE


CATALOGUE = """
1.000 kr. 2025 p/l | | Effektiviseringsbidrag | | Samlet investering | Godkendt med
Udvalg | | 2025 | 2026 | |
Socialudvalget | | | | |
1 | Fælles vagtplan i hjemmeplejen | 120 | 480 | 900 | OFS 22-23
2 | Samling af depoter | 75 | 75 | - | SOU 8. maj 23
I alt | | 195 | 555 | 900 |
"""


def test_a_catalogue_prints_savings_as_positive_contributions() -> None:
    read = table(grid(CATALOGUE, header=2))
    assert (read.kind, read.cost_sign, read.unit, read.price_level) == (Kind.CATALOGUE, -1, 1000, 2025)
    assert [c.kind for c in read.columns][4] is ColumnKind.INVESTMENT
    shared = line(read, "Fælles vagtplan i hjemmeplejen")
    assert shared.texts == ("1", "OFS 22-23")
    assert shared.committee == "Socialudvalget"
    assert figures(read, "Fælles vagtplan i hjemmeplejen") == {"2025": 120, "2026": 480, "Samlet investering": 900}
    assert line(read, "I alt").role is Role.TOTAL


COMMITTEES = """
Udvalg | 1.000 kr. 2025 p/1 | | |
 | Bevilling, profit-center mv.* | 2024 | 2025 | 2026
Økonomiudvalget | | 0 | -61 | -122
Koncern IT | | 0 | -39 | -78
Kulturudvalget | | 0 | -10 | -20
"""


def test_a_unit_line_over_the_years_and_a_misread_price_level() -> None:
    caption = "Tabel A. Måltalseffekt - hvis forslaget indarbejdes (nettoeffektivisering)"
    read = table(grid(COMMITTEES + "Total | | 0 | -110 | -220", header=2, caption=caption))
    assert (read.label, read.kind, read.unit, read.price_level) == ("Tabel A", Kind.COMMITTEE_TARGET, 1000, 2025)
    assert read.price_level_printed == "2025 p/1"
    assert [one.committee for one in read.lines] == ["Økonomiudvalget", "Økonomiudvalget", "Kulturudvalget", None]


def test_rows_that_lost_an_empty_field_after_a_page_break_are_realigned() -> None:
    read = table(grid(COMMITTEES + "Socialudvalget | 0 | -5 | -9 | .\nTotal | 0 | -115 | -229 | .", header=2))
    assert figures(read, "Socialudvalget") == {"2024": 0, "2025": -5, "2026": -9}
    assert figures(read, "Total") == {"2024": 0, "2025": -115, "2026": -229}
    assert all(0.5 < a.confidence < 0.99 for a in line(read, "Total").amounts)


def test_a_grid_displaced_through_and_through_stays_as_printed_and_is_doubted() -> None:
    rows = (
        "Økonomiudvalget | 0 | -61 | -122 | -122\nSocialudvalget | 0 | -33 | -66 | -66\nTotal | 0 | -94 | -188 | -188"
    )
    header = "Udvalg | Bevilling, profitcenter mv.* | 2024 | 2025 | 2026\n"
    read = table(grid(header + rows, caption="Table C. Bevillingsmæssig effekt"))
    amounts = [a for one in read.lines for a in one.amounts]
    assert len(amounts) == 12
    assert {a.placement for a in amounts} == {Placement.UNDECIDED}
    assert all(a.confidence < 0.5 for a in amounts)
    assert read.lines[0].at(2).value == Decimal(-61)  # type: ignore[union-attr]


def test_a_label_cut_by_a_page_break_is_one_line() -> None:
    rows = "Drift | 5 | 5\nTilbagebetalingstid baseret på | | 6 år\nTotaløkonomi | |"
    read = table(grid("1.000 kr. 2025 p/l | 2024 | 2025\n" + rows))
    assert read.lines[-1].label == "Tilbagebetalingstid baseret på Totaløkonomi"


def test_every_column_of_a_mixed_table_has_its_measure() -> None:
    text = " | Antal brugere, maj 2024 | Abonnement (1.000 kr. 2025 p/l)\nSkoler | 1.415 | 612\nI alt | 1.415 | 612"
    read = table(grid(text, caption="Tabel 1. Abonnement og antal brugere"))
    assert (read.measure, read.unit, read.price_level, read.kind) == (Measure.DKK, 1000, 2025, Kind.OTHER_MONEY)
    assert [(c.kind, c.measure) for c in read.columns[1:]] == [
        (ColumnKind.COUNT, Measure.COUNT),
        (ColumnKind.AMOUNT, None),
    ]
    assert [a.half_step for a in read.lines[0].amounts] == [Decimal(0), Decimal("0.5")]


def test_positions_are_exact_and_no_money() -> None:
    text = "År | 2021 | 2022\nProjektleder | 1 | ½\nJurist | 0,4 |\nI alt | 1,4 | 0,5"
    read = table(grid(text, caption="Tabel 2. Årsværk til projektet"))
    assert (read.measure, read.kind, read.unit, read.price_level) == (Measure.FTE, Kind.FTE, None, None)
    assert [a.value for a in read.lines[0].amounts] == [Decimal(1), Decimal("0.5")]
    assert {a.half_step for one in read.lines for a in one.amounts} == {Decimal(0)}


def test_rates_stay_words() -> None:
    text = " | \nAbonnement | 7.500 kr. pr år\nSupport | Ca. 12.000 kr. pr gang*\n"
    read = table(grid(text, header=0))
    assert (read.measure, read.unit, read.kind) == (Measure.DKK, 1, Kind.OTHER_MONEY)
    assert [(one.label, one.texts, one.amounts) for one in read.lines] == [
        ("Abonnement", ("7.500 kr. pr år",), ()),
        ("Support", ("Ca. 12.000 kr. pr gang*",), ()),
    ]


def test_cells_that_mix_positions_and_kroner_are_words() -> None:
    text = "1.000 kr. 2022 p/l | 2021 | 2022\nInden for målsætning* | ½ årsværk/ -310 | 1 årsværk/ -620"
    read = table(grid(text, caption="Tabel 4. Varige ændringer, administration"))
    assert read.kind is Kind.ADMINISTRATION
    assert read.lines[0].texts == ("½ årsværk/ -310", "1 årsværk/ -620")
    assert read.lines[0].amounts == ()


def test_weeks_and_quarters_with_their_year_are_no_figures_of_a_table() -> None:
    text = "Mål | Hvem | . | .\nPlan lagt | Projektet | 20 | 2025\nPrøve holdt | Centret | 30 | 2025"
    assert read_tables([grid(text)]) == []
    assert read_tables([grid(text.replace("30", "300"))]) != []


@pytest.mark.parametrize(
    "text",
    [
        "Tidspunkt | Aktiviteter\n2018-2021 | Oprydning i depotet\n2018 | Møder med lejere",
        " | Ja/Nej | Dato for godkendelse\nCenter for Økonomi | Ja | 14-03-2022\nHR-kredsen | Ikke relevant | -",
        "☒ Økonomiforvaltningen | ☐ Socialforvaltningen\n☐ Kulturforvaltningen | ☒ Teknikforvaltningen",
        "Aktivitet | Start | Slut\nUdbud | 2024 | 2025\nDrift | 2025 | 2026",
        "Opfølgningsmål | Hvordan måles opfølgningsmålet?\n3 årsværk i laboratoriet | Stillingerne er besat\n"
        "Kortere ventetid | Stikprøver",
    ],
    ids=["schedule", "hearing", "boxes", "dates", "follow-up"],
)
def test_tables_of_words_and_dates_are_no_tables_with_figures(text: str) -> None:
    assert read_tables([grid(text)]) == []


def test_a_table_without_a_caption_takes_the_heading_above() -> None:
    heading = Heading("Forslagets samlede økonomiske konsekvenser", "1", 1, HERE)
    read = table(heading, grid("1000 kr. 2016 p/l | 2016 | 2017\nNy drift | 0 | 1.500\nUdgift til stab | 10 | 20"))
    assert (read.label, read.title, read.kind) == (None, "Forslagets samlede økonomiske konsekvenser", Kind.SUMMARY)


def test_unit_and_price_level_come_from_the_other_tables_where_a_table_prints_none() -> None:
    bare = grid("Post | 2024 | 2025\nRengøring | 100 | 200\nI alt | 100 | 200", caption="Tabel 2. Drift")
    tables = [t for _, t in read_tables([grid(SUMMARY), bare])]
    assert (tables[1].unit, tables[1].price_level, tables[1].price_level_printed) == (1000, 2022, None)


def test_current_prices_are_no_price_level_and_stay_so() -> None:
    bare = grid("Mio. kr. løbende priser | 2024 | 2025\nRengøring | 0,5 | 1,25\nI alt | 0,5 | 1,25")
    tables = [t for _, t in read_tables([grid(SUMMARY), bare])]
    assert (tables[1].unit, tables[1].price_level) == (1_000_000, None)
    assert [a.half_step for a in tables[1].lines[0].amounts] == [Decimal("0.05"), Decimal("0.005")]


MUNICIPAL = """
Mio. kr. (2025-priser) | Regnskab 2023 | Budget 2024 | B2025 | BO 2026 | I alt 2025-26 | Ændring i pct.
Udgifter               | 10,5          | 11,0        | 12,0  | 12,5    | 24,5          | 9,1 %
Indtægter              | -2,5          | -3,0        | -3,0  | -3,5    | -6,5          | 0
Netto                  | 8,0           | 8,0         | 9,0   | 9,0     | 18,0          | 12,5 %
Heraf løn              | 6,0           | 6,0         | 7,0   | 7,0     | 14,0          | 16,7 %
"""


def test_another_municipality_with_other_words() -> None:
    read = table(grid(MUNICIPAL))
    assert (read.unit, read.price_level, read.kind) == (1_000_000, 2025, Kind.OTHER_MONEY)
    assert [(c.kind, c.year) for c in read.columns[1:]] == [
        (ColumnKind.YEAR, 2023),
        (ColumnKind.YEAR, 2024),
        (ColumnKind.YEAR, 2025),
        (ColumnKind.YEAR, 2026),
        (ColumnKind.TOTAL, None),
        (ColumnKind.PERCENT, None),
    ]
    assert read.columns[5].total_of == (3, 4)
    assert [one.role for one in read.lines] == [Role.DETAIL, Role.DETAIL, Role.TOTAL, Role.MEMO]


def test_a_note_that_says_savings_are_positive_turns_the_sign() -> None:
    note = ("Note: Besparelser er angivet med positivt fortegn.",)
    read = table(grid("1.000 kr. | 2024 | 2025\nRengøring | 100 | 200\nI alt | 100 | 200", notes=note))
    assert (read.cost_sign, read.notes) == (-1, note)
    assert read.lines[0].amounts[0].value == Decimal(100)


def test_savings_printed_negative_keep_the_sign() -> None:
    note = paragraph("Note til alle tabeller: Alle besparelser er angivet med negativt (-) fortegn.")
    assert table(grid(SUMMARY), note).cost_sign == 1


def test_repeated_headers_and_repeated_years_are_kept_as_columns_not_as_lines() -> None:
    head = "1.000 kr. 2025 p/l | 2027 | 2028 | 2028"
    read = table(grid(f"{head}\nRengøring | 1 | 2 | 3\n{head}\nPedel | 4 | 5 | 6"))
    assert [(c.year, c.label) for c in read.years()] == [(2027, "2027"), (2028, "2028"), (2028, "2028")]
    assert [one.label for one in read.lines] == ["Rengøring", "Pedel"]


def test_a_second_line_that_ends_the_names_of_columns_belongs_to_the_header() -> None:
    read = table(
        grid(
            "t.kr. | Budget | Overslag 2022 | I alt 2021-\n | 2021 | | 24\nRengøring | 70 | 80 | 150\nVagt | 5 | 5 | 10"
        )
    )
    assert [(c.kind, c.year) for c in read.columns[1:]] == [
        (ColumnKind.YEAR, 2021),
        (ColumnKind.YEAR, 2022),
        (ColumnKind.TOTAL, None),
    ]
    assert figures(read, "Rengøring") == {"2021": 70, "Overslag 2022": 80, "I alt 2021-24": 150}


def test_a_unit_alone_over_the_years_begins_the_header() -> None:
    read = table(grid("| 1.000 kr. | |\n| 2026 | 2027 | I alt\nMøbler | 310 | 20 | 330"))
    assert [(c.year, c.label) for c in read.columns[1:]] == [(2026, "2026"), (2027, "2027"), (None, "I alt")]
    assert read.unit == 1000


def test_a_label_that_reaches_into_the_next_column_is_whole_and_takes_no_row_with_it() -> None:
    rows = "7.1 | Ny hal | 3 | 4\nSum Børne- | og Fritidsudvalget | 3 | 4\nSeniorudvalget | | |\n7.2 | Ny bus | 1 | 2"
    read = table(grid("Nr | Forslag | 2026 | 2027\n" + rows))
    assert [line.label for line in read.lines] == ["7.1", "Sum Børne- og Fritidsudvalget", "Seniorudvalget", "7.2"]


def test_amounts_that_look_like_years_are_a_row_and_no_second_line_of_the_header() -> None:
    read = table(grid("t.kr. | 2025 | 2026 | 2027\nOmbygning af kantinen | 1959 | 1900 | -\nInventar | 40 | - | -"))
    assert figures(read, "Ombygning af kantinen") == {"2025": 1959, "2026": 1900, "2027": 0}
    assert [c.year for c in read.columns if c.year] == [2025, 2026, 2027]


def test_a_figure_with_a_unit_of_its_own_is_turned_into_the_unit_of_the_table() -> None:
    read = table(grid("1.000 kr. 2025 p/l | 2027 | 2028\nRengøring | 0,62 mio. kr. | 200\nPedel | 12 % | 5"))
    amount = read.lines[0].amounts[0]
    assert (amount.value, amount.half_step, amount.printed) == (Decimal(620), Decimal(5), "0,62 mio. kr.")
    assert read.lines[1].texts == ("12 %",)


def test_two_tables_that_a_reader_ran_together_are_parted_at_the_caption() -> None:
    text = (
        "1.000 kr. 2022 p/l | 2021 | 2022 | 2023\nRengøring | 1 | 2 | 3\n"
        "Tabel 3. Serviceinvesteringer i forslaget 1.000 kr. 2022 p/l | 2021 | | 2023\n | | 2022 |\nPedel | 4 | 5 | 6"
    )
    first, second = (t for _, t in read_tables([grid(text, caption="Tabel 2. Varige ændringer, service")]))
    assert (first.label, second.label, second.title) == ("Tabel 2", "Tabel 3", "Serviceinvesteringer i forslaget")
    assert (second.unit, second.price_level, second.kind) == (1000, 2022, Kind.INVESTMENT_SERVICE)
    assert [one.label for one in first.lines] == ["Rengøring"]
    assert figures(second, "Pedel") == {"2021": 4, "2022": 5, "2023": 6}


def test_a_unit_line_that_ran_into_a_year_is_taken_off_it() -> None:
    read = table(grid("Nettoeffekt | 2021 | 1.000 kr. 2022 p/l 2022 | 2023\nRengøring | 1 | 2 | 3"))
    assert [c.label for c in read.years()] == ["2021", "2022", "2023"]
    assert (read.unit, read.price_level) == (1000, 2022)


def test_a_caption_that_carries_the_unit() -> None:
    read = table(grid("Post | 2024 | 2025\nRengøring | 1 | 2", caption="Tabel 1. Besparelser (mio. kr., 2024-priser)"))
    assert (read.title, read.unit, read.price_level) == ("Besparelser", 1_000_000, 2024)


def test_figures_without_a_label_or_a_header_are_doubted() -> None:
    read = table(grid("1.000 kr. | 2024 | | 2025\nRengøring | 1 | 7 | 2\n | 3 | | 4"))
    first, nameless, last = (a.confidence for a in read.lines[0].amounts)
    assert nameless < 0.5 < min(first, last)
    assert read.lines[0].amounts[1].placement is Placement.UNDECIDED
    assert all(a.confidence < 0.9 for a in read.lines[1].amounts)


def test_a_table_called_savings_turns_the_sign_only_where_it_prints_them_positive() -> None:
    text = "Post | 2024 | 2025\nRengøring | {0}100 | {0}200\nMadservice | {0}50 | {0}50"
    positive, negative = (
        table(grid(text.format(sign), caption="Tabel 1. Besparelser (t.kr.)")).cost_sign for sign in ("", "-")
    )
    assert (positive, negative) == (-1, 1)


def test_figures_in_several_columns_without_a_name_are_in_doubt() -> None:
    read = table(
        grid("Løn | 140 | 150\nDrift | 20 | 30\nI alt | 160 | 180", header=0, caption="Tabel 1. Udgifter, t.kr.")
    )
    assert {(a.placement, a.confidence < 0.5) for one in read.lines for a in one.amounts} == {
        (Placement.UNDECIDED, True)
    }


def test_a_column_named_by_a_unit_beside_years_is_in_doubt() -> None:
    read = table(grid(". | 2024 | 2025 | 1.000 kr.\nLøn | 140 | 150 | 150\nDrift | 20 | 30 | 30"))
    doubted = [a.column_label for a in read.lines[0].amounts if a.confidence < 0.5]
    assert doubted == ["1.000 kr."]


def test_two_labels_run_together_above_a_row_without_one_are_parted() -> None:
    read = table(
        grid(
            """
            1.000 kr. | 2024 | 2025
            Ny telefoni | 140 | 150
            Samlede implementeringsomkostninger Samlet økonomisk påvirkning | 140 | 150
            | 90 | 70
            """
        )
    )
    assert [one.label for one in read.lines[1:]] == [
        "Samlede implementeringsomkostninger",
        "Samlet økonomisk påvirkning",
    ]


def test_a_code_behind_its_name_is_no_figure() -> None:
    read = table(
        loose_grid(
            """
            1.000 kr. Bevilling, profitcenter | 2024 | 2025
            Ny telefoni 1310 It-drift, profitcenter | 4711 140 150
            I alt | 140 150
            """
        )
    )
    assert figures(read, "Ny telefoni") == {"2024": 140, "2025": 150}
    assert read.lines[0].appropriation == "1310 It-drift, profitcenter 4711"
