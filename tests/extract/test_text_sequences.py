"""Dumps that lost their blanks, whose cells follow each other: rows, the names of columns, what is no table."""

from __future__ import annotations

import pytest

from extract.models import Document, Grid
from extract.text.head_words import HeadLine
from extract.text.header_names import best_names
from tests.extract.dumps import read

CELLS = """\
Regnskab for ny legeplads i Birkelund

Kr.
Bevilling
Forbrug
Afvigelse
Projektering
250.000
231.400
-18.600
Entreprise
1.900.000
1.955.250
55.250
I alt
2.150.000
2.186.650
36.650
"""


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def head(grid: Grid) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row.cells] for row in grid.rows if row.header]


def body(grid: Grid) -> list[list[str]]:
    return [
        [row.cells[0].text if row.cells[0] else "", *(cell.text for cell in row.loose)]
        for row in grid.rows
        if not row.header
    ]


def test_a_cell_a_line() -> None:
    (grid,) = grids(read(CELLS))
    assert head(grid) == [["Kr.", "Bevilling", "Forbrug", "Afvigelse"]]
    assert body(grid) == [
        ["Projektering", "250.000", "231.400", "-18.600"],
        ["Entreprise", "1.900.000", "1.955.250", "55.250"],
        ["I alt", "2.150.000", "2.186.650", "36.650"],
    ]


def test_rows_on_lines_under_a_header_of_words_over_several_lines() -> None:
    (grid,) = grids(
        read("""\
            1.000 kr. Oprindeligt
            budget

            Korrigeret
            budget

            Forbrug

            - = indtægt (1) (2) (3)
            Veje 42.800 43.450 28.960
            Uden for serviceram-
            men

            -2.070 -2.070 -1.488
            I alt 40.730 41.380 27.472
            """)
    )
    assert head(grid) == [["1.000 kr.", "Oprindeligt budget", "Korrigeret budget", "Forbrug"]]
    assert body(grid)[1] == ["Uden for servicerammen", "-2.070", "-2.070", "-1.488"]


def test_names_that_repeat_stand_under_the_names_of_their_groups() -> None:
    (grid,) = grids(
        read("""\
            1.000 kr. Regnskab 2024 Budget 2025
            Udgifter Indtægter Udgifter Indtægter
            Byudvikling 38.214 -9.127 39.450 -9.310
            Forsyning 61.480 -63.205 64.118 -64.118
            """)
    )
    upper, lower = (row for row in grid.rows if row.header)
    assert [(c.text, c.span) for c in upper.cells[1:] if c] == [("Regnskab 2024", 2), ("Budget 2025", 2)]
    assert [c.text for c in lower.cells[1:] if c] == ["Udgifter", "Indtægter", "Udgifter", "Indtægter"]


def test_running_numbers_before_the_labels_are_no_figures_of_the_row_above() -> None:
    listed = "1\nFælles indkøb\n-100\n-200\n2\nElever\n50\n60\n3\nAsfalt\n10\n20\n4\nSkole\n5\n6\n"
    (grid,) = grids(read(f"Nr.\nForslag\n2026\n2027\n{listed}"))
    assert [row[1:] for row in body(grid)[-3:]] == [["50", "60"], ["10", "20"], ["5", "6"]]


@pytest.mark.parametrize(
    "text",
    [
        "Der er afsat 4 mio. kr. til veje og 2 mio. kr. til parker. " * 5,
        "Merforbruget er 36.650 kr.\nDet dækkes af kassen, som har 40.000 kr. tilbage.\n",
    ],
)
def test_amounts_in_running_text_are_no_table(text: str) -> None:
    assert grids(read(text)) == []


def test_pipes_without_outer_bars_with_and_without_a_drawn_line() -> None:
    drawn = "t.kr. | 2026 | 2027\n------|------|-----\nRengøring | 120 | -90\nI alt | 120 | -90\n"
    bare = "Takster i kr. | 2025 | 2026 |\nDagpleje | 3.040 | 3.184 |\nBørnehave | 1.702 | 1.745 |\n"
    for text, first in ((drawn, "Rengøring"), (bare, "Dagpleje")):
        (grid,) = grids(read(text))
        row = next(row for row in grid.rows if not row.header)
        assert row.cells[0] is not None
        assert row.cells[0].text == first
        assert grid.columns == 3


def test_words_part_into_names_where_that_is_cheapest() -> None:
    texts = ["1.000 kr. Oprindeligt", "budget", "Forbrug Forventet", "regnskab"]
    found = best_names([HeadLine(text, gap=text.startswith("Forbrug")) for text in texts], 3)
    assert [[name.text for name in level] for level in found.levels] == [
        ["1.000 kr.", "Oprindeligt budget", "Forbrug", "Forventet regnskab"]
    ]
    assert best_names([HeadLine("ledes :")], 1).levels == []


def test_a_column_after_the_other_is_not_read_but_left_to_be_counted() -> None:
    printed = "T.kr.\n\nLøn\n\nHusleje\n\nI alt\n\nB2026\n\n10\n\n20\n\n30\n\nB2027\n\n11\n\n21\n\n32\n"
    assert grids(read(printed)) == []


def test_a_wrapped_label_whose_next_word_had_no_room_goes_on() -> None:
    printed = "t.kr. 2026 2027\nUdgifter\nSti langs\nStrandvejen 10 20\nBro 5 6\nFærge til øen 1 2\n"
    (grid,) = grids(read(printed))
    assert [row[0] for row in body(grid)] == ["Udgifter", "Sti langs Strandvejen", "Bro", "Færge til øen"]


def test_a_first_row_with_a_blank_belongs_to_the_table() -> None:
    document = read(
        """\
Tabel 5. Ændring i antal årsværk
Årsværk 2021 2022 2023 2024
Vejledere -7 -6 -6
Administrative fuldmægtige 0 -5 -5 -5
It-medarbejdere 0 -8 -8 -8
Årsværk i alt 0 -20 -19 -19
"""
    )
    (grid,) = grids(document)
    assert body(grid)[0] == ["Vejledere", "-7", "-6", "-6"]
    assert len(body(grid)) == 4


def test_years_name_the_columns_though_most_rows_have_blanks() -> None:
    printed = "1.000 kr. 2022 p/l Styrings-\n\nområde\n2021 2022 2023 2024\n\nEtablering\nRobot Anlæg 550 275\n"
    (grid,) = grids(read(printed + "Flytning Anlæg 400\nKabler Anlæg 300 160\nEtablering i alt 1.250 435\n"))
    assert head(grid) == [["1.000 kr. 2022 p/l Styringsområde", "2021", "2022", "2023", "2024"]]
    assert body(grid)[-1] == ["Etablering i alt", "1.250", "435"]


def test_years_one_a_line_are_one_header() -> None:
    cells = [
        "1.000 kr.",
        "2021",
        "2022",
        "2023",
        "Drift",
        "-90",
        "-90",
        "Husleje",
        "-40",
        "-40",
        "I alt",
        "-130",
        "-130",
    ]
    (grid,) = grids(read("Tabel 1. Varige ændringer\n" + "\n".join(cells) + "\n"))
    assert head(grid) == [["1.000 kr.", "2021", "2022", "2023"]]


def test_a_payback_time_in_years_is_the_last_row() -> None:
    printed = "1.000 kr. 2022 p/l\n2021 2022 2023\nDrift Service -90 -90 -90\nHusleje Service 20 20 20\n"
    (grid,) = grids(read(printed + "Tilbagebetalingstid baseret på\nserviceeffektivisering 2 år\n"))
    assert body(grid)[-1] == ["Tilbagebetalingstid baseret på serviceeffektivisering", "2 år"]


def test_prices_with_their_unit_are_a_table_without_a_header() -> None:
    (grid,) = grids(
        read(
            "Udgiften fordeles således:\n\nLicens 5.000 kr. pr. år\nDrift 30.000 kr. pr. år\nI alt 35.000 kr. pr. år\n"
        )
    )
    assert head(grid) == []
    assert [row[0] for row in body(grid)] == ["Licens", "Drift", "I alt"]


def test_a_remark_that_ends_in_a_number_is_no_figure_and_has_its_rest_from_the_line_below() -> None:
    printed = "1.000 kr. Bidrag Samlet\ninvestering\nUdvalg 2025 2026 2027\nBooking 95 91 91 100 OFS 23-\n24\n"
    (grid,) = grids(read(printed + "Sensorer 40 45 45 - ØU 5.\nmarts 24\nI alt 135 136 136 100\n"))
    assert head(grid)[0][1:] == ["2025", "2026", "2027", "Samlet investering"]
    assert body(grid) == [
        ["Booking", "95", "91", "91", "100", "OFS 23- 24"],
        ["Sensorer", "40", "45", "45", "-", "ØU 5. marts 24"],
        ["I alt", "135", "136", "136", "100"],
    ]


def test_a_section_with_a_bracket_is_no_part_of_the_first_label_below() -> None:
    printed = "1.000 kr.\n2024 2025 2026\nDrift af ordningen -90 -90 -90\nSamlet varig ændring -90 -90 -90\n\n"
    printed += "Implementeringsomkostninger\n(midler fra puljen)\nProjektledelse i centret Service 10 20 30\n"
    (grid,) = grids(read(printed + "\nKurser Service 1 2 3\n"))
    assert [row[0] for row in body(grid)][2:4] == [
        "Implementeringsomkostninger (midler fra puljen)",
        "Projektledelse i centret Service",
    ]


def test_the_first_year_behind_the_words_beside_the_labels_is_a_column_but_before_a_year_is_one_name() -> None:
    rows = "Teknikudvalget -533 -533 -533\nTotal -533 -533 -533\n"
    (grid,) = grids(read("Udvalg t.kr., 2019 p/l Bevilling, profitcenter mv. 2019 2020 2021\n" + rows))
    assert head(grid)[0][1:] == ["2019", "2020", "2021"]
    (grid,) = grids(read("t.kr.\nFør 2025\n2025\n2026\nBro\n10\n20\n30\nI alt\n10\n20\n30\n"))
    assert head(grid)[0][1:] == ["Før 2025", "2025", "2026"]


def test_a_note_ends_with_its_sentence_and_takes_nothing_of_the_next_case() -> None:
    document = read(
        """\
        1.000 kr. 2027 2028 2029 2030
        Kortere ruter -110 -110 -110 -110
        Fælles nattevagt -850 -850 -850 -850
        I alt -960 -960 -960 -960
        Anm.: Beløbene er afrundede.
        Konsekvenser
        Ordningen omfatter i dag 212 borgere i byen.
        764.05 Robotter i lønkontoret
        """
    )
    (grid,) = grids(document)
    assert [note.text for note in grid.notes] == ["Anm.: Beløbene er afrundede."]


def test_a_note_of_several_full_lines_is_one_note() -> None:
    document = read(
        """\
        1.000 kr. 2027 2028 2029 2030
        Kortere ruter -110 -110 -110 -110
        Fælles nattevagt -850 -850 -850 -850
        I alt -960 -960 -960 -960
        Note: Beløbene er i løbende priser og er afrundet til nærmeste hele tusinde.
        De er regnet om efter den nyeste fremskrivning.
        """
    )
    (grid,) = grids(document)
    assert [note.text for note in grid.notes] == [
        "Note: Beløbene er i løbende priser og er afrundet til nærmeste hele tusinde. "
        "De er regnet om efter den nyeste fremskrivning."
    ]


def test_a_page_s_head_and_number_between_the_parts_of_a_table_are_no_rows() -> None:
    page = "Birkelund Kommune Budget 2026-2029 Bilag 6\n"
    header = "Nr. Forslag 2026 2027\n"
    rows = ["B01 Bro -10 -20\nB02 Vej -30 -40\nSide 1\n", "B03 Sti -50 -60\nI alt -90 -120\nSide 2\n"]
    (grid,) = grids(read(page + "Tabel 1. Forslag\n" + header + rows[0] + page + header + rows[1]))
    assert [row[0] for row in body(grid)] == ["B01 Bro", "B02 Vej", "B03 Sti", "I alt"]
    assert len(head(grid)) == 2


def test_what_a_sum_names_is_a_section_and_no_part_of_the_first_label_below() -> None:
    printed = "Projekt 2026 2027\nVej og Park\nProjektering 10 20\nBro over Tange Bæk 30 40\nI alt Vej og Park 40 60\n"
    (grid,) = grids(read(printed))
    assert [row[0] for row in body(grid)][:2] == ["Vej og Park", "Projektering"]


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Drift 2026 Anlæg 2026 I 2027", ["Drift 2026", "Anlæg 2026", "I 2027"]),
        ("Afsat 2026 Brugt pr. 31.3. Flyttes til 2027", ["Afsat 2026", "Brugt pr. 31.3.", "Flyttes til 2027"]),
        ("Elever Udgift pr. elev Udgift i alt", ["Elever", "Udgift pr. elev", "Udgift i alt"]),
        ("Hold Primo 1/1 Tilgang Ultimo 31/12", ["Primo 1/1", "Tilgang", "Ultimo 31/12"]),
        ("Linje Løn Rest Pct. af rest", ["Løn", "Rest", "Pct. af rest"]),
        ("Budget 2024 Pris- og løn Budget 2025", ["Budget 2024", "Pris- og løn", "Budget 2025"]),
    ],
)
def test_where_names_part_on_one_line(printed: str, names: list[str]) -> None:
    found = best_names([HeadLine("T.kr."), HeadLine(printed)], 3)
    assert [name.text for name in found.levels[0][1:]] == names


def test_names_set_across_the_columns_are_read_where_all_of_them_are_known() -> None:
    lines = [HeadLine("Oprindeligt Korrigeret"), HeadLine("1.000 kr. budget Tillæg budget Forbrug")]
    assert [name.text for name in best_names(lines, 4).levels[0]][1:] == [
        "Oprindeligt budget",
        "Tillæg",
        "Korrigeret budget",
        "Forbrug",
    ]


def test_two_levels_stand_behind_the_name_over_the_labels() -> None:
    lines = [
        HeadLine("T.kr."),
        HeadLine("Område Drift 2026 Anlæg 2026"),
        HeadLine("Udgifter Indtægter Udgifter Indtægter"),
    ]
    upper, lower = best_names(lines, 4).levels
    assert [(name.text, name.span) for name in upper] == [("T.kr. Område", 1), ("Drift 2026", 2), ("Anlæg 2026", 2)]
    assert [name.text for name in lower] == ["", "Udgifter", "Indtægter", "Udgifter", "Indtægter"]


def test_a_line_of_figures_in_brackets_is_a_row_and_does_not_count_the_columns() -> None:
    (grid,) = grids(read("T.kr. 2026 2027\nKørsel\n(70) (70)\nRengøring\n(1 055) (1 040)\n"))
    assert body(grid) == [["Kørsel", "(70)", "(70)"], ["Rengøring", "(1 055)", "(1 040)"]]


LIST = """\
Oversigt over forslag

1.000 kr. Forslag 2027 2028 2029
Teknisk Udvalg
T-01 Lys på stier i linje 3 -120 -260 -260
T-02 Samlet indkøb af asfalt -450 -600 -600
Sum Teknisk Udvalg -570 -860 -860
"""


def test_codes_printed_before_names_are_the_labels_where_the_header_names_both_columns() -> None:
    (grid,) = grids(read(LIST))
    assert head(grid) == [["1.000 kr.", "Forslag", "2027", "2028", "2029"]]
    assert [[c.text if c else "" for c in row.cells[:2]] for row in grid.rows[2:]] == [
        ["T-01", "Lys på stier i linje 3"],
        ["T-02", "Samlet indkøb af asfalt"],
        ["Sum Teknisk Udvalg", ""],
    ]
    assert [cell.text for cell in grid.rows[2].loose] == ["-120", "-260", "-260"]


def test_codes_stay_in_labels_where_one_column_alone_is_named() -> None:
    (grid,) = grids(read(LIST.replace("1.000 kr. Forslag", "Forslag")))
    assert body(grid)[1] == ["T-01 Lys på stier i linje 3", "-120", "-260", "-260"]


def test_a_label_that_ends_in_a_year_right_above_its_figure_begins_no_table() -> None:
    cells = (
        "Kr.\nBeløb\nBevilling\n9.000.000\nOverført fra 2025\n-2.000.000\nForbrug 2026\n-2.300.000\nRest\n4.700.000\n"
    )
    (grid,) = grids(read(f"Ramme og forbrug\n\n{cells}"))
    assert [row[0] for row in body(grid)] == ["Bevilling", "Overført fra 2025", "Forbrug 2026", "Rest"]


ROWS = "Vejbump 7.085 20 7.105\nFortov 255 5 260\nCykelsti 90 15 105\n"


def test_words_behind_the_figures_have_a_name_and_are_no_figures() -> None:
    told = ROWS.replace("05\n", "05 Afleveret\n").replace("60\n", "60 Følger plan\n")
    (grid,) = grids(read("T.kr. Kontrakt Ekstra Ny sum Status\n" + told))
    assert head(grid) == [["T.kr.", "Kontrakt", "Ekstra", "Ny sum", "Status"]]
    assert [row.cells[-1].text for row in grid.rows[1:] if row.cells[-1]] == ["Afleveret", "Følger plan", "Afleveret"]


def test_names_that_no_list_knows_are_told_by_rows_of_equally_many_figures() -> None:
    (grid,) = grids(read("Alder Nordby Sydby Vestby\n" + ROWS))
    assert head(grid) == [["Alder", "Nordby", "Sydby", "Vestby"]]


def test_names_of_several_words_stand_under_years() -> None:
    rows = "Skat 1.100 1.200 100 1.300 1.500 200\nTilskud 2.100 2.200 100 2.300 2.500 200\n"
    (grid,) = grids(read("Indtægt 2026 2027\nGaranti Eget skøn Forskel Garanti Eget skøn Forskel\n" + rows))
    assert [cell.span for cell in grid.rows[0].cells if cell is not None][1:] == [3, 3]
    assert head(grid)[1][-3:] == ["Garanti", "Eget skøn", "Forskel"]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("Takster 2027\nTakster i kr. 2025 2026 2027", ["2025", "2026", "2027"]),
        ("Kr. 2026 t.kr. Budget 2026 t.kr. 2025 t.kr.", ["2026 t.kr.", "Budget 2026 t.kr.", "2025 t.kr."]),
        ("Post 30.6.2026 31.12.2025 Ændring", ["30.6.2026", "31.12.2025", "Ændring"]),
    ],
)
def test_a_title_a_unit_and_a_date_in_a_header(header: str, names: list[str]) -> None:
    (grid,) = grids(read(f"{header}\n{ROWS}"))
    assert head(grid)[0][1:] == names


def test_names_that_may_part_elsewhere_make_their_figures_unsure() -> None:
    sure = best_names([HeadLine("Kr. Budget 2026 Budget 2027 I alt")], 3).sure
    assert sure == 1.0 > best_names([HeadLine("Nordby Sydby Vestby Østby")], 3).sure


def test_names_stand_below_what_heads_several_of_them() -> None:
    lines = [HeadLine("1.000 kr."), HeadLine("Post Heraf betales af", gap=True), HeadLine("I alt Nord Syd Vest")]
    assert best_names(lines, 4).texts == ["I alt", "Nord", "Syd", "Vest"]


def test_a_span_of_years_below_a_name_is_of_it() -> None:
    lines = [HeadLine("Havn 2014 2015"), HeadLine("Vækst"), HeadLine("2014-2015", rest=True)]
    assert best_names(lines, 3).texts == ["2014", "2015", "Vækst 2014-2015"]


def test_a_year_on_a_line_of_its_own_ends_a_name_where_names_stand_before_the_first_year() -> None:
    lines = [HeadLine(text) for text in ("Nr.", "Post", "Vedtaget", "2022", "Tillæg", "2022", "Brugt 30/9")]
    assert best_names(lines, 3).texts == ["Vedtaget 2022", "Tillæg 2022", "Brugt 30/9"]


def test_years_between_rows_stand_over_them_and_begin_no_table() -> None:
    (grid,) = grids(
        read("""\
            T.kr. Budget Forventet Afvigelse
            2012
            Stier 8380 8240 -140
            Netto 2012 4280 4490 210
            2013
            Stier 520 520 0
            Netto 2013 290 160 -130
            """)
    )
    assert head(grid) == [["T.kr.", "Budget", "Forventet", "Afvigelse"]]
    assert ["2013"] in body(grid)
    assert body(grid)[-1] == ["Netto 2013", "290", "160", "-130"]


def test_a_header_below_a_table_begins_another_and_the_same_header_does_not() -> None:
    rows = "Færge 2.011 -195 1.815\nHavn 3.120 -640 2.480\nI alt 5.131 -835 4.296\n"
    priced = "Priser\nRejsende Enkelt Ti ture\nVoksen 26,63 171,84\nBarn 12,50 80,00\n"
    first, second = grids(read(f"Område Udgift Indtægt Netto\n{rows}{priced}"))
    assert [len(body(grid)) for grid in (first, second)] == [3, 2]
    assert head(second) == [["Rejsende", "Enkelt", "Ti ture"]]
    (whole,) = grids(
        read(
            f"Område Udgift Indtægt Netto\n{rows.replace('Havn', 'Område Udgift Indtægt Netto@Havn')}".replace(
                "@", chr(10)
            )
        )
    )
    assert len(body(whole)) == 3
