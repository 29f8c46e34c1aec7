"""Tables of markdown-like dumps: tabs, pipes, fields and labels lost at a page break."""

from __future__ import annotations

import pytest

from extract.text.source import source_lines
from extract.text.tabbed import is_tick_line
from tests.extract.dumps import body, read
from tests.extract.pages import grids


def test_a_tabbed_table() -> None:
    document = read(
        "Tabel A. Effekt\n\nUdvalg\t1.000 kr. 2025 p/l\t\t\n\tBevilling\t2024\t2025\n"
        "Skoleudvalget\t\t0\t-51\n<i>Ældreudvalget</i>\t\t\t-4\n\n* Note om effekten\n"
    )
    (grid,) = grids(document)
    assert grid.columns == 4
    assert [row.header for row in grid.rows] == [True, True, False, False]
    assert grid.rows[0].cells[1] is not None
    assert grid.rows[0].cells[1].span == 3
    assert [c.text if c else None for c in grid.rows[3].cells] == ["Ældreudvalget", "", "", "-4"]
    assert grid.rows[3].cells[0] is not None
    assert grid.rows[3].cells[0].italic
    assert grid.caption is not None
    assert [note.text for note in grid.notes] == ["* Note om effekten"]
    assert document.media_type == "text/tab-separated-values"


def test_a_section_without_tabs_stays_in_its_table_and_a_title_does_not() -> None:
    first, second = grids(
        read(
            "1.000 kr. 2025 p/l\t2024\t2025\nVarige ændringer\nFærre ture\t-1\t-2\nDrift\t1\t1\n"
            "Investeringer\nNye cykler\t9\t-\nØkonomi på området\nt.kr.\t2024\t2025\nHeraf løn\t4\t4\n"
        )
    )
    assert [row[0] for row in body(first)] == ["Varige ændringer", "Færre ture", "Drift", "Investeringer", "Nye cykler"]
    assert body(first)[1] == ["Færre ture", "-1", "-2"]
    assert body(second) == [["Heraf løn", "4", "4"]]


def test_a_field_lost_at_a_page_break_is_put_back_in_place() -> None:
    (grid,) = grids(read("Udvalg\tBevilling\t2024\t2025\nSkole\t\t1\t2\nKultur\t\t3\t4\n\nÆldre\t5\t6\nTotal\t9\t12\n"))
    assert [[c.text if c else None for c in row.cells] for row in grid.rows[3:]] == [
        ["Ældre", None, "5", "6"],
        ["Total", None, "9", "12"],
    ]


def test_a_label_cut_by_a_page_break_is_joined() -> None:
    (grid,) = grids(
        read("t.kr.\t2024\t2025\nLøn\t1\t2\nTilbagebetaling baseret på\t\t6 år\n\ntotaløkonomi\t\t\n-----\t--\t--\n")
    )
    assert body(grid) == [["Løn", "1", "2"], ["Tilbagebetaling baseret på totaløkonomi", "6 år"]]


def test_a_pipe_table() -> None:
    (grid,) = grids(read("| Post | 2024 | 2025 |\n|---|---:|---:|\n| Løn | 1 | 2 |\n"))
    assert [[c.text if c else None for c in row.cells] for row in grid.rows] == [
        ["Post", "2024", "2025"],
        ["Løn", "1", "2"],
    ]
    assert grid.rows[0].header


def test_two_tables_of_words_with_headers_of_their_own() -> None:
    first, second = grids(
        read("\tJa/Nej\tDato\nCenter for Byer\tJa\t1. maj\n\n\tJa/Nej\tDato og svar\nMED-udvalg\tNej\t\n")
    )
    assert body(first) == [["Center for Byer", "Ja", "1. maj"]]
    assert body(second) == [["MED-udvalg", "Nej"]]


def test_places_are_source_lines() -> None:
    (grid,) = grids(read("\n\nt.kr.\t2024\t2025\nLøn\t1\t2\n"))
    cell = grid.rows[1].cells[2]
    assert cell is not None
    assert (cell.place.line, cell.place.page, cell.place.box) == (4, 1, None)


@pytest.mark.parametrize(
    ("line", "ticks"),
    [
        ("☐\tJa", True),
        ("☒\tSocialforvaltningen\t☐\tØkonomiforvaltningen", True),
        ("☐\t\t\tNej\t\t\tVed ikke", True),  # blank cells say nothing
        ("Drift\t☒\t100\t200\t300\t400", False),  # a row with a mark among its figures
        ("Ja\tNej", False),
    ],
)
def test_a_line_of_tick_boxes_is_a_form(line: str, ticks: bool) -> None:
    assert is_tick_line(source_lines(line)[0]) is ticks
