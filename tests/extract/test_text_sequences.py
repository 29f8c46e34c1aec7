"""Dumps that lost their blanks, whose cells follow each other: rows, the names of columns, what is no table."""

from __future__ import annotations

import pytest

from extract.models import Document, Grid
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
    lines = [("1.000 kr. Oprindeligt", False), ("budget", False), ("Forbrug Forventet", True), ("regnskab", False)]
    found = best_names(lines, 3)
    assert [[name.text for name in level] for level in found.levels] == [
        ["1.000 kr.", "Oprindeligt budget", "Forbrug", "Forventet regnskab"]
    ]
    assert best_names([("ledes :", False)], 1).levels == []


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
