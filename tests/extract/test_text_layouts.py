"""Layout dumps in other shapes: figures below their labels, headers over two lines, account numbers, remarks."""

from __future__ import annotations

import pytest

from extract.models import Grid, Heading, Row
from tests.extract.dumps import read
from tests.extract.pages import grids


def grid(text: str) -> Grid:
    """The first table of a text."""
    return grids(read(text))[0]


def printed(row: Row) -> list[str | None]:
    """The row's label, then its loose fragments or all its cells."""
    label = row.cells[0].text if row.cells[0] else None
    rest = row.loose or row.cells[1:]
    return [label, *(cell.text if cell else None for cell in rest)]


def body(found: Grid) -> list[list[str | None]]:
    return [printed(row) for row in found.rows if not row.header]


BOTTOM = """\
    Tabel 1. Konsekvenser
    1.000 kr. 2021 p/l                 Styringsområde      2020         2021
    Varige ændringer

    Lavere udgift til rådgivning og    Service
    konsulenter                                             -40          -50
    Samlet varig ændring
                                                            -40          -50
    Samlet økonomisk påvirkning
                                                            -40          -50
    """

MIDDLE = """\
    Tabel 1. Konsekvenser
    1.000 kr. 2021 p/l                 Styringsområde      2020         2021
    Lavere udgift til rådgivning og    Service
    konsulenter fra det private                             -40          -50
    erhvervsliv
    Færre kørte kilometer og mindre    Service
    brug af taxa til og fra borgere                         -10          -10
    i distrikterne
    """

TOP = """\
    Tabel 1. Konsekvenser
    1.000 kr. 2021 p/l                 Styringsområde      2020         2021
    Lavere udgift til rådgivning og    Service              -40          -50
    konsulenter
    Samlet varig ændring                                    -40          -50
    """


def test_figures_on_the_last_line_of_a_label_or_below_it() -> None:
    assert body(grid(BOTTOM)) == [
        ["Varige ændringer", None, None, None],
        ["Lavere udgift til rådgivning og konsulenter", "Service", "-40", "-50"],
        ["Samlet varig ændring", None, "-40", "-50"],
        ["Samlet økonomisk påvirkning", None, "-40", "-50"],
    ]


def test_figures_on_the_middle_line_of_a_label() -> None:
    assert body(grid(MIDDLE)) == [
        ["Lavere udgift til rådgivning og konsulenter fra det private erhvervsliv", "Service", "-40", "-50"],
        ["Færre kørte kilometer og mindre brug af taxa til og fra borgere i distrikterne", "Service", "-10", "-10"],
    ]


def test_figures_on_the_first_line_of_a_label() -> None:
    assert body(grid(TOP)) == [
        ["Lavere udgift til rådgivning og konsulenter", "Service", "-40", "-50"],
        ["Samlet varig ændring", None, "-40", "-50"],
    ]


def headed(found: Grid) -> list[str]:
    """The header's words by column, its rows from top to bottom."""
    rows = [row.cells for row in found.rows if row.header]
    return [" ".join(cell.text for cell in column if cell) for column in zip(*rows, strict=True)]


def test_header_words_above_and_below_the_years_belong_to_their_columns() -> None:
    found = grid(
        """\
        mio. kr.              Budget 2025     Overslag     Overslag
                                                  2026         2027
        Udgifter                    3,774        3,774        3,774
        Indtægter                       -       -1,000       -1,000
        """
    )
    assert headed(found) == ["mio. kr.", "Budget 2025", "Overslag 2026", "Overslag 2027"]
    assert body(found)[1] == ["Indtægter", "-", "-1,000", "-1,000"]


def test_columns_that_only_the_line_above_the_years_names() -> None:
    found = grid(
        """\
        1.000 kr. 2022 p/l                                      Bidrag                    Investering
        Udvalg                            2022         2023         2024         2025
        Socialudvalget
        1       Bookingportal            8.095        8.095        8.095        8.095        8.127
        2       Sensorer                    43           86          130          130        1.039
        """
    )
    assert headed(found)[-2:] == ["2025", "Investering"]
    assert body(found)[2][-5:] == ["43", "86", "130", "130", "1.039"]


def test_a_remark_after_the_figures_where_the_blanks_are_lost() -> None:
    found = grid(
        """\
        1.000 kr. 2023 p/l Bidrag Samlet investering Godkendt med
        Udvalg 2023 2024 2025 2026
        1 Udlån af hjælpemidler 1950 3068 3068 3068 10633 OFS
        2 Sensorer i svømmehaller 1431 1431 1431 1431 7964 OFS
        I alt 3381 4499 4499 4499 18597
        """
    )
    assert printed(found.rows[0])[1:] == ["2023", "2024", "2025", "2026", "Samlet investering"]
    assert body(found)[0] == ["1 Udlån af hjælpemidler", "1950", "3068", "3068", "3068", "10633", "OFS"]


@pytest.mark.parametrize("figures", ["-42 -85 -128", "-42 -85 -128 -128"])
def test_an_account_number_is_no_figure_however_many_figures_follow(figures: str) -> None:
    found = grid(
        f"""\
        1.000 kr. 2018 p/l Bevilling, profitcenter 2017 2018 2019 2020
        Kortere behandlingstid 1310 It-drift, profitcenter 4711 {figures}
        Koordinatorer 1310 It-drift, profitcenter 4711 130 260 260 260
        """
    )
    assert body(found)[0] == ["Kortere behandlingstid 1310 It-drift, profitcenter 4711", *figures.split()]


def test_the_price_levels_year_is_no_column() -> None:
    found = grid(
        """\
        Tusinde kr. i PL 2026 2026 2027 2028
        Varekøb 77 78 79
        Lokaler 30 31 32
        """
    )
    assert printed(found.rows[0]) == ["Tusinde kr. i PL 2026", "2026", "2027", "2028"]


def test_a_row_of_figures_that_look_like_one_year_is_no_header() -> None:
    found = grid(
        """\
        1.000 kr.                2025         2026         2027
        Koordinatorer            2028         2028         2028
        Samlet                   2028         2028         2028
        """
    )
    assert body(found) == [["Koordinatorer", "2028", "2028", "2028"], ["Samlet", "2028", "2028", "2028"]]


def test_what_starts_the_next_page_is_no_row() -> None:
    found = grid("1.000 kr. 2021 2022\nDrift 10 20\nSamlet 10 20\n\fINVESTERINGSFORSLAG\nForslagets titel: Nyt\n")
    assert [row[0] for row in body(found)] == ["Drift", "Samlet"]


def test_a_running_head_with_the_pages_number_is_no_heading() -> None:
    blocks = read(b"Lindeby Kommune    Side 1 af 2\n\n1. Baggrund\n\nOpgaven er vokset.\n").blocks
    assert [b.title for b in blocks if isinstance(b, Heading)] == ["Baggrund"]
    assert not any("Lindeby" in line.text for b in blocks if not isinstance(b, (Heading, Grid)) for line in b.lines)


STACKED = """\
                                            Styrbar                   Ændring i       Ny
                                              ramme    Nedsættelse      antal      ramme   Kan gemmes
    1.000 kr.                                  2024           2025    pladser       2025   til 2026
    Ungdomsskolen                             6.570            -79         13      6.491           20
    Børn og unge
    3-5-årige                                 8.100           -100         -5      8.000           10
    6-9-årige                                 1.000              0          0      1.000            0
    Børn og unge i alt                        9.100           -100         -5      9.000           10
    """


def test_a_name_set_over_several_lines_is_one_and_a_section_that_a_sum_names_is_no_label() -> None:
    found = grid(STACKED)
    names = [" ".join(c.text for row in found.rows if row.header and (c := row.cells[at])) for at in range(1, 6)]
    assert names == [
        "Styrbar ramme 2024",
        "Nedsættelse 2025",
        "Ændring i antal pladser",
        "Ny ramme 2025",
        "Kan gemmes til 2026",
    ]
    assert [row[0] for row in body(found)] == [
        "Ungdomsskolen",
        "Børn og unge",
        "3-5-årige",
        "6-9-årige",
        "Børn og unge i alt",
    ]


def test_a_header_that_stands_again_amid_its_table_is_no_row() -> None:
    head = "Post                 2025      2026\n"
    rows = (
        "Skoler                 10        12\n",
        "Veje                  -20        -8\n",
        "Broer                  30        40\n",
    )
    text = f"{head}{rows[0]}{rows[1]}{head}{rows[2]}"
    assert [row[0] for row in body(grid(text))] == ["Skoler", "Veje", "Broer"]


def test_a_gap_of_kerning_before_a_full_stop_parts_no_figure() -> None:
    found = grid("Tabel 1\n1.000 kr. 2025 2026\nSkoler 6 .250 -2 .385\nVeje 1 .690 305\nI alt 7 .940 -2 .080\n")
    assert [c.text for c in found.rows[1].loose] == ["6 .250", "-2 .385"]


def test_one_year_with_a_name_beside_other_names_is_header() -> None:
    found = grid("""\
Tabel 2: Filialernes budget i dag

1.000 kr. (2025-p/l)                                                               Budget 2025            Andel i pct.
Filialen i Nordby                                                                        3.240                    36,0
Filialen i Sønderlund                                                                    4.780                    53,0
Bogbussen                                                                                  990                    11,0
Filialer i alt                                                                           9.000                   100,0
""")
    assert [c.text for c in found.rows[0].cells if c] == ["1.000 kr. (2025-p/l)", "Budget 2025", "Andel i pct."]
    assert found.rows[0].header
