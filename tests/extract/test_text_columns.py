"""Tables of layout dumps: columns kept by blanks or lost, labels over several lines, figures apart from their signs."""

from __future__ import annotations

import pytest

from extract.models import Placement
from tests.extract.dumps import body, printed, read
from tests.extract.pages import grids


def test_a_layout_table_with_wrapped_labels() -> None:
    document = read("""\
        Tabel 1. Samlede økonomiske konsekvenser
        1.000 kr. 2024 p/l Styrings-

        område
        2024 2025 2026

        Varige ændringer
        Færre lejemål Service 0 -100 -100
        Nye skabe til skolernes it-
        udstyr

        Service 10 20 20

        Samlede implementeringsom-
        kostninger

        _ 500 0 0
        Tilbagebetalingstid baseret på
        serviceeffektivisering 6
        Tilbagebetalingstid baseret på   7
        totaløkonomi
        """)
    (grid,) = grids(document)
    assert grid.caption is not None
    assert grid.caption.text == "Tabel 1. Samlede økonomiske konsekvenser"
    assert grid.columns == 4
    assert printed(grid.rows[0]) == ["1.000 kr. 2024 p/l Styringsområde", "2024", "2025", "2026"]
    assert body(grid) == [
        ["Varige ændringer"],
        ["Færre lejemål Service", "0", "-100", "-100"],
        ["Nye skabe til skolernes it-udstyr", "Service", "10", "20", "20"],
        ["Samlede implementeringsomkostninger", "_", "500", "0", "0"],
        ["Tilbagebetalingstid baseret på serviceeffektivisering", "6"],
        ["Tilbagebetalingstid baseret på totaløkonomi", "7"],
    ]
    assert {cell.placement for row in grid.rows for cell in row.loose} == {Placement.UNDECIDED}


def test_a_label_of_several_lines_stands_apart_from_its_figures() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2024 p/l 2024 2025
        Investeringer
        Ladestandere
        egne el. lejede

        500 700
        Projektledelse 450 880
        """)
    )
    assert body(grid) == [
        ["Investeringer"],
        ["Ladestandere egne el. lejede", "500", "700"],
        ["Projektledelse", "450", "880"],
    ]


def test_an_appropriation_between_label_and_figures_is_a_fragment() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2024 p/l Bevilling,

        profitcenter
        2024 2025

        Kortere forløb for
        ca. 20
        familier

        3000  Børne-
        familier

        -10 -20

        Hurtig hjælp
        3000  Børne-
        familier

        30 40
        """)
    )
    assert body(grid) == [
        ["Kortere forløb for ca. 20 familier", "3000 Børnefamilier", "-10", "-20"],
        ["Hurtig hjælp", "3000 Børnefamilier", "30", "40"],
    ]


@pytest.mark.parametrize(
    ("row", "figures"),
    [
        ("- 250 - 500", ["- 250", "- 500"]),
        ("1 250 - 500", ["1 250", "- 500"]),
        ("1 250 1 500", ["1 250", "1 500"]),
        ("- 250", ["-", "250"]),  # a nil and a figure, or a blank
        ("- 250 500", ["-", "250", "500"]),  # a sign, or a nil and 250,500
    ],
)
def test_signs_and_thousands_apart_are_joined_where_the_columns_leave_one_way(row: str, figures: list[str]) -> None:
    (grid,) = grids(read(f"Tabel 1. A\n1000 kr. 2024 2025\nIndkøb {row}\nIt 10 20\n"))
    assert body(grid)[0] == ["Indkøb", *figures]


def test_a_dash_is_a_sign_where_other_rows_prove_signs_apart() -> None:
    rows = "Indkøb - 250 - 500\nIt 10 20\nDrift - 70\n"
    (grid,) = grids(read(f"Tabel 1. A\n1000 kr. 2024 2025\n{rows}"))
    assert body(grid)[-1] == ["Drift", "- 70"]
    (grid,) = grids(read(f"Tabel 1. A\n1000 kr. 2024 2025\n{rows}Løn - -\n"))
    assert body(grid)[-2:] == [["Drift", "-", "70"], ["Løn", "-", "-"]]


def test_a_dash_apart_is_no_sign_where_other_signs_stand_right_before_their_figures() -> None:
    (grid,) = grids(read("Tabel 1. A\n1000 kr. 2024 2025\nIndkøb -250 500\nIt - 10 20\nDrift 30 40\n"))
    assert ["- 10", "20"] not in [row[1:] for row in body(grid)]


def test_a_label_that_breaks_off_before_a_closing_word_is_no_section() -> None:
    text = "Tabel 1. A\n1000 kr. 2024 2025\nDrift -10 -20\nTilbagebetaling regnet ud fra\ntotal 6\n"
    (grid,) = grids(read(text))
    assert body(grid)[-1][0] == "Tilbagebetaling regnet ud fra total"


def test_numbers_in_labels_stay_in_labels() -> None:
    (grid,) = grids(
        read("""\
        1000 kr. 2024 2025 I alt

        1. Optælling af bøger i sko-
        lerne

        200 100 300

        2. Kørsel (vikarer for 2
        årsværk)

        500 500 1000
        3. Tilsyn (1 årsværk) 500 0 500
        """)
    )
    assert body(grid) == [
        ["1. Optælling af bøger i skolerne", "200", "100", "300"],
        ["2. Kørsel (vikarer for 2 årsværk)", "500", "500", "1000"],
        ["3. Tilsyn (1 årsværk)", "500", "0", "500"],
    ]


def test_cells_of_two_lines() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2024 p/l
        2024 2025

        Inden for målsætning* ½ årsværk/
        -310

        1 årsværk/
        -620

        Uden for målsætning

        Note: Reducerede udgifter er negative.
        """)
    )
    assert body(grid) == [["Inden for målsætning*", "½ årsværk/ -310", "1 årsværk/ -620"], ["Uden for målsætning"]]
    assert [note.text for note in grid.notes] == ["Note: Reducerede udgifter er negative."]


def test_columns_kept_by_blanks() -> None:
    (grid,) = grids(
        read("""\
        Tabel 3. Investeringer
        1.000 kr. 2024 p/l           Styrings-     2024     2025     2026
                                     område
        Udvikling af fælles          Anlæg          500                100
        løsning
        Drift i ca. 20               Service                 - 30    1 000
        afdelinger
        I alt                                       500      -30     1.100
        """)
    )
    assert grid.columns == 5
    table = [[cell.text if cell else None for cell in row.cells] for row in grid.rows]
    assert table == [
        ["1.000 kr. 2024 p/l", "Styringsområde", "2024", "2025", "2026"],
        ["Udvikling af fælles løsning", "Anlæg", "500", None, "100"],
        ["Drift i ca. 20 afdelinger", "Service", None, "- 30", "1 000"],
        ["I alt", None, "500", "-30", "1.100"],
    ]
    assert {c.placement for row in grid.rows for c in row.cells if c} == {Placement.TABBED}


def test_columns_of_words_right_of_the_years() -> None:
    (grid,) = grids(
        read("""\
        Udvalg                              2025       2026       2027        Samlet   Godkendt
        1           Færre breve i             10         20         20           300 Maj
                    skolerne                                                         2024
        2           Ny portal                 -5          -         -5             - Juni
        """)
    )
    assert printed(grid.rows[0]) == ["Udvalg", "2025", "2026", "2027", "Samlet", "Godkendt"]
    assert body(grid) == [
        ["1", "Færre breve i skolerne", "10", "20", "20", "300", "Maj 2024"],
        ["2", "Ny portal", "-5", "-", "-5", "-", "Juni"],
    ]


def test_words_head_figures_without_years() -> None:
    (grid,) = grids(
        read("""\
        Tabel 4. Enheder
                                    Antal enheder      Pris (1.000 kr.)
        Skoleforvaltningen                  2.320                   939
        Borgerrådgiveren                       17                     7
        """)
    )
    assert printed(grid.rows[0]) == ["", "Antal enheder", "Pris (1.000 kr.)"]
    assert body(grid) == [["Skoleforvaltningen", "2.320", "939"], ["Borgerrådgiveren", "17", "7"]]
    assert grid.rows[0].header


def test_every_cell_on_a_line_of_its_own() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2024 p/l
        Styringsområde
        2024
        2025
        2026
        Varige ændringer
        Mindre husleje
        Service
        0
        -5
        -5
        Nye møbler
        Service
        1
        2
        3
        """)
    )
    assert body(grid) == [
        ["Varige ændringer"],
        ["Mindre husleje", "Service", "0", "-5", "-5"],
        ["Nye møbler", "Service", "1", "2", "3"],
    ]


def test_a_header_with_other_words_or_on_the_same_page_heads_another_table() -> None:
    document = read("""\
        Mio. kr.        2025   2026
        Sensorer         1,2    0,7

        1.000 kr.       2025   2026
        Timer           -350   -900
        """)
    assert [printed(grid.rows[0]) for grid in grids(document)] == [
        ["Mio. kr.", "2025", "2026"],
        ["1.000 kr.", "2025", "2026"],
    ]
    rows = "1.000 kr.\t2025\t2026\nTimer\t-350\t-900\n"
    assert len(grids(read(f"{rows}\n{rows}\f"))) == 2  # one page
    assert len(grids(read(f"{rows}\f{rows}"))) == 1  # the header, printed again overleaf


def test_blanks_within_numbers_of_a_dump_that_kept_its_columns() -> None:
    (grid,) = grids(
        read("""\
        Kr. i 2018-priser             2018         2019
        Byggeudgift             12 500 000    6 250 000
        Tilskud                   -100 000     -250 000
        """)
    )
    assert body(grid) == [["Byggeudgift", "12 500 000", "6 250 000"], ["Tilskud", "-100 000", "-250 000"]]
    (grid,) = grids(read("1.000 kr.        2025 2026\nLøn               500 600\nHusleje         1.000 400\n"))
    assert body(grid) == [["Løn", "500", "600"], ["Husleje", "1.000", "400"]]


def test_amounts_under_each_other_are_a_table_without_header() -> None:
    (grid,) = grids(read("Priserne er:\n\nDrift af server  5.000 kr. pr år\nLicenser 30.000 kr. pr år\n\n"))
    assert body(grid) == [["Drift af server", "5.000 kr. pr år"], ["Licenser", "30.000 kr. pr år"]]
    assert not any(row.header for row in grid.rows)


def test_columns_that_no_years_head() -> None:
    document = read("""\
        Investering

        t.kr.                År 1      År 2      År 3
        Nye lamper          3.200     1.500         0
        Mindre strøm         -300      -900    -1.100
        I alt               2.900       600    -1.100

        År           Personale    Materialer
        2017          -250.000        75.000
        2018          -500.000        25.000

                     Antal pladser    Udgift
        Vuggestue               24    2.844
        Børnehave               40    2.490
        Ledelse                         300
        I alt                   64    5.634
        """)
    steps, down, places = grids(document)
    assert [printed(row) for row in steps.rows][:2] == [
        ["t.kr.", "År 1", "År 2", "År 3"],
        ["Nye lamper", "3.200", "1.500", "0"],
    ]
    assert body(down) == [["2017", "-250.000", "75.000"], ["2018", "-500.000", "25.000"]]
    assert body(places)[-1] == ["I alt", "64", "5.634"]


def test_figures_set_beside_their_header_are_counted_off_where_every_row_has_as_many_as_it_has_names() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2025-priser          2026      2027      2028
        Nye lamper                              -100      -200      -200
        Indkøb                                    50         0         0
        I alt                           -50      -200      -200
        """)
    )
    assert [cell.text for cell in grid.rows[0].cells if cell][1:] == ["2026", "2027", "2028"]
    assert [[cell.text for cell in row.loose] for row in grid.rows[1:]] == [
        ["-100", "-200", "-200"],
        ["50", "0", "0"],
        ["-50", "-200", "-200"],
    ]
