"""Tick boxes, whatever draws them: a ticked one reads ☒, an empty one ☐, before the words it stands at."""

from __future__ import annotations

from pathlib import Path

import pymupdf
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


def _names() -> Sheet:
    """The form's choices without any box."""
    sheet = Sheet()
    for number, (name, _) in enumerate(CHOICES):
        sheet.text(54, 109 + 24 * number, name)
    return sheet


def _within(rect: pymupdf.Rect, margin: float) -> pymupdf.Rect:
    return pymupdf.Rect(rect.x0 + margin, rect.y0 + margin, rect.x1 - margin, rect.y1 - margin)


def _box(page: pymupdf.Page, rect: pymupdf.Rect, make: str, ticked: bool) -> None:
    """A tick box as browsers and word processors draw it with lines and fills."""
    inner = _within(rect, 2)
    if make == "rounded":
        page.draw_rect(rect, color=(0.4, 0.4, 0.4), fill=(0, 0.4, 1) if ticked else (1, 1, 1), radius=0.2)
        if ticked:
            page.draw_polyline([inner.bl, inner.br, inner.tr], color=(1, 1, 1))
    elif make == "ring":
        shape = page.new_shape()
        shape.draw_rect(rect)
        shape.draw_rect(_within(rect, 0.7))
        shape.finish(fill=(0, 0, 0), color=None, even_odd=True)
        shape.commit()
        if ticked:
            page.draw_rect(inner, fill=(0, 0, 0), color=None)
    elif make == "solid":
        page.draw_rect(rect, color=None if ticked else (0, 0, 0), fill=(0, 0, 0) if ticked else None)
    else:
        shape = page.new_shape()
        shape.draw_rect(rect)
        if ticked:
            shape.draw_line(inner.tl, inner.br)
            shape.draw_line(inner.bl, inner.tr)
        shape.finish(color=(0, 0, 0))
        shape.commit()


@pytest.mark.parametrize("make", ["rounded", "ring", "solid", "one path"])
def test_boxes_drawn_with_lines_and_fills(make: str, tmp_path: Path) -> None:
    made = pdf(_names())
    for number, (_, ticked) in enumerate(CHOICES):
        _box(made[0], pymupdf.Rect(40, 101 + 24 * number, 49, 110 + 24 * number), make, ticked)
    assert [line[0] for line in paragraphs(reading(tmp_path, made)) if line[0] in "☒☐"] == ["☒", "☐", "☒"]


def test_solid_squares_alone_are_bullets(tmp_path: Path) -> None:
    made = pdf(_names())
    for number in range(3):
        _box(made[0], pymupdf.Rect(40, 103 + 24 * number, 45, 108 + 24 * number), "solid", True)
    assert not any("☒" in line for line in paragraphs(reading(tmp_path, made)))


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
