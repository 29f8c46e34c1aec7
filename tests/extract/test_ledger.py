"""What found no place in a document is counted: figures set as a table's, captions without a table."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract.ledger import unplaced
from extract.models import Grid, Line, Paragraph, Place


def paragraph(*lines: str) -> Paragraph:
    place = Place(1, None, 1)
    return Paragraph(" ".join(lines), tuple(Line(text, place) for text in lines), place)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Projektering 250.000 231.400 -18.600", 3),
        ("I alt 2.150 - 36", 3),
        ("250.000", 1),
        ("-18", 1),
        ("Der er afsat 250.000 kr. i 2025 og 300.000 kr. i 2026.", 0),
        ("2025 2026 2027", 0),
        ("Side 3 af 12", 0),
        ("3", 0),
        ("3.", 0),
        ("Mødet er den 12. marts 2025 kl. 16.30", 0),
    ],
)
def test_figures_set_as_a_row_and_figures_in_running_text(text: str, count: int) -> None:
    assert len(list(unplaced(paragraph(text)))) == count


@given(st.lists(st.integers(1_000, 9_999_999), min_size=2, max_size=8))
def test_every_figure_of_a_row_that_no_table_took_is_counted(values: list[int]) -> None:
    row = " ".join(f"{value:,}".replace(",", ".") for value in values)
    assert " ".join(figure.text for figure in unplaced(paragraph(f"Rengøring {row}"))) == row


def test_a_figure_without_a_place_is_named_with_its_line(tmp_path: Path) -> None:
    paper = tmp_path / "a.txt"
    paper.write_text("Bevillinger i øvrigt, som er nævnt i bilaget\n\nRengøring 120.500 118.200\n\n43.200\n")
    found = extract.read(paper).unplaced
    assert [(figure.text, figure.place.line) for figure in found] == [("120.500", 3), ("118.200", 3), ("43.200", 5)]


def test_the_figures_of_a_page_run_together_are_a_tables_or_counted(tmp_path: Path) -> None:
    words = "Regnskabet for hallen aflægges nu, da arbejdet er færdigt og alle regninger er betalt. " * 2
    page = tmp_path / "hal.txt"
    page.write_text(words + "Bevilling Forbrug Afvigelse Tag 250.000 231.400 -18.600 Gulv 90.000 91.250 1.250 " + words)
    found = extract.read(page)
    loose = [cell.text for block in found.blocks if isinstance(block, Grid) for row in block.rows for cell in row.loose]
    assert (found.unplaced_figures or 0) + len(loose) == 6


def test_a_caption_without_a_table_and_a_table_whose_figures_all_stand(tmp_path: Path) -> None:
    lone = tmp_path / "lone.txt"
    lone.write_text("Tabel 1. Leje af lokaler\n\nTabellen findes i bilaget, som sendes senere til alle i udvalget.\n")
    assert extract.read(lone).captions_without_table == 1
    whole = tmp_path / "whole.txt"
    whole.write_text("Tabel 1. Leje\n\n1.000 kr.\t2025\t2026\nLeje\t10\t20\nI alt\t10\t20\n")
    read = extract.read(whole)
    assert (read.unplaced_figures, read.captions_without_table) == (0, 0)
