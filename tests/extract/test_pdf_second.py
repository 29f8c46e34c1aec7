"""The second opinion: pdfplumber's reading of the places the first reader names."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from extract.models import Box, Place
from extract.second import second_opinion
from tests.extract.pages import Column, Sheet, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(300), Column(380), Column(460))
ROWS = [
    ("1.000 kr. 2024 p/l", "2025", "2026", "2027"),
    ("Færre møder", "-1.200", "- 340", "1 400"),
    ("Nye lokaler", "50", "61.234", "(60)"),
    ("Varige ændringer i alt", "-1.150", "60.894", "-"),
]
WHERE = Box(52, 70, 120, 90)


@pytest.mark.parametrize("style", ["plain", "grid"])
@pytest.mark.parametrize(("order", "letters"), [("as drawn", False), ("scrambled", False), ("scrambled", True)])
@pytest.mark.parametrize(("turn", "rotate"), [(0, 0), (90, 90), (-90, 270), (0, 90), (0, 270), (180, 0)])
def test_both_readers_agree(turn: int, rotate: int, order: str, letters: bool, style: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, ROWS, style=style, bounds=(50, 230, 305, 385, 465))
    grid = the_grid(reading(tmp_path, pdf(sheet, order=order, letters=letters, turn=turn, rotate=rotate)))
    cells = [cell for row in grid.rows for cell in row.cells if cell]
    assert second_opinion(tmp_path / "case.pdf", [c.place for c in cells]) == [c.text for c in cells]


def test_places_on_several_pages_in_any_order(tmp_path: Path) -> None:
    sheets = []
    for word in ("første", "anden", "tredje"):
        sheet = Sheet()
        sheet.text(52, 84, word)
        sheets.append(sheet)
    path = tmp_path / "case.pdf"
    path.write_bytes(pdf(*sheets).tobytes())
    places = [Place(3, WHERE), Place(1, WHERE), Place(2, Box(300, 300, 400, 400)), Place(1, None, 4)]
    assert second_opinion(path, places) == ["tredje", "første", "", None]


def test_what_pdfplumber_cannot_open_has_no_opinion(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(52, 84, "fortroligt")
    locked = tmp_path / "locked.pdf"
    locked.write_bytes(pdf(sheet).tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="hemmelig", owner_pw="ejer"))
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\x00\xff" * 200)
    assert second_opinion(locked, [Place(1, WHERE)]) == [None]
    assert second_opinion(broken, [Place(1, WHERE)]) == [None]
    assert second_opinion(locked, [Place(1, WHERE)], "hemmelig") == ["fortroligt"]


def test_a_page_that_is_not_there_has_no_opinion(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(52, 84, "kun én side")
    path = tmp_path / "case.pdf"
    path.write_bytes(pdf(sheet).tobytes())
    assert second_opinion(path, [Place(2, WHERE)]) == [None]
