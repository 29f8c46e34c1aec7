"""Tick boxes, whatever draws them: a ticked one reads ☒, an empty one ☐, before the words it stands at."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.pages import Column, Sheet, grids, paragraphs, pdf, reading, texts

CHOICES = (("Økonomiforvaltningen", True), ("Socialforvaltningen", False), ("Kulturforvaltningen", True))
WINGDINGS = {"§": "\uf0fe", "¶": "\uf0a8"}
GLYPHS = {"§": "☒", "¶": "☐"}


def form(drawn_by: str) -> Sheet:
    """A form of three choices below each other, as an office program would draw it."""
    sheet = Sheet()
    sheet.text(50, 80, "Stillende forvaltning", bold=True)
    for number, (name, ticked) in enumerate(CHOICES):
        baseline = 110 + 24 * number
        sheet.text(66, baseline, name)
        if drawn_by == "text":
            sheet.text(52, baseline, "§" if ticked else "¶", size=11)
        else:
            {"square": sheet.squares, "field": sheet.fields, "image": sheet.images}[drawn_by].append(
                (52, baseline - 8, 9, ticked)
            )
    return sheet


@pytest.mark.parametrize("drawn_by", ["wingdings", "glyph", "square", "field", "image"])
def test_boxes_of_every_make(drawn_by: str, tmp_path: Path) -> None:
    told = {"wingdings": WINGDINGS, "glyph": GLYPHS}.get(drawn_by)
    made = pdf(form("text" if told else drawn_by), unicode=told)
    assert [line for line in paragraphs(reading(tmp_path, made)) if line[0] in "☒☐"] == [
        "☒ Økonomiforvaltningen",
        "☐ Socialforvaltningen",
        "☒ Kulturforvaltningen",
    ]


@pytest.mark.parametrize("drawn_by", ["square", "image"])
@pytest.mark.parametrize(("turn", "rotate"), [(90, 90), (-90, 270), (90, 0)])
def test_boxes_on_turned_pages(turn: int, rotate: int, drawn_by: str, tmp_path: Path) -> None:
    made = pdf(form(drawn_by), turn=turn, rotate=rotate)
    assert [line[0] for line in paragraphs(reading(tmp_path, made)) if line[0] in "☒☐"] == ["☒", "☐", "☒"]


def test_boxes_in_a_table(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(260, "left"))
    rows = [("Forvaltning", "Berørt"), *((name, "§ ja" if ticked else "¶ ja") for name, ticked in CHOICES)]
    sheet = Sheet()
    sheet.table(70, columns, rows, style="grid", bounds=(50, 255, 400))
    (grid,) = grids(reading(tmp_path, pdf(sheet, unicode=WINGDINGS)))
    assert [row[1] for row in texts(grid.rows)][1:] == ["☒ ja", "☐ ja", "☒ ja"]


def test_a_square_without_words_beside_it_is_no_tick_box(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 80, "Udvalget har drøftet forslaget.")
    sheet.squares.append((300, 400, 9, True))
    assert paragraphs(reading(tmp_path, pdf(sheet))) == ["Udvalget har drøftet forslaget."]
