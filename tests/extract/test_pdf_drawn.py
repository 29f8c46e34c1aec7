"""Rules and fills of a page: the text page's own vectors tell the same as the drawings, where they tell all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pymupdf
import pytest

from extract.page.model import Page
from extract.pdf import page as pdf_page
from extract.pdf.ligatures import UntoldGlyphs
from extract.pdf.page import read_page


def rows_of_lines(shape: pymupdf.Shape) -> None:
    for y in (100, 120, 140):
        shape.draw_line((50, y), (500, y))
        shape.finish(width=0.7, closePath=False)
    for x in (50, 300, 500):
        shape.draw_line((x, 100), (x, 140))
        shape.finish(width=1, closePath=False)


def zebra(shape: pymupdf.Shape) -> None:
    for y, grey in ((100, 0.8), (120, 1.0), (140, 0.9)):
        shape.draw_rect((50, y, 500, y + 20))
        shape.finish(color=None, fill=(grey, grey, grey))
    shape.draw_rect((50, 160, 500, 160.6))
    shape.finish(color=None, fill=(0, 0, 0))


def frames(shape: pymupdf.Shape) -> None:
    shape.draw_rect((50, 100, 500, 140))
    shape.finish(width=1)
    shape.draw_rect((60, 105, 69, 114))
    shape.finish(width=1)


def one_path_of_lines(shape: pymupdf.Shape) -> None:
    for start, end in (((60, 105), (69, 105)), ((69, 105), (69, 114)), ((69, 114), (60, 114)), ((60, 114), (60, 105))):
        shape.draw_line(start, end)
    shape.finish(width=0.5, closePath=False)


def drawn(draw: Callable[[pymupdf.Shape], None]) -> pymupdf.Page:
    page = pymupdf.open().new_page()
    page.insert_text((60, 112), "Tabel 1")
    shape = page.new_shape()
    draw(shape)
    shape.commit()
    return page


def rounded(content: Page) -> list[list[tuple[float, ...]]]:
    kinds = content.horizontals, content.verticals, content.fills
    return [[tuple(round(v, 3) for v in values) for values in kind] for kind in kinds]


@pytest.mark.parametrize("draw", [rows_of_lines, zebra, frames, one_path_of_lines])
def test_vectors_tell_what_the_drawings_tell(
    draw: Callable[[pymupdf.Shape], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = drawn(draw)
    quick, drawings, _ = read_page(page, 1, UntoldGlyphs())
    assert bool(drawings) == (draw in (frames, one_path_of_lines))  # a tick box can only be told from the drawings
    monkeypatch.setattr(pdf_page, "_is_plain", lambda vector: False)
    slow, _, _ = read_page(page, 1, UntoldGlyphs())
    assert rounded(quick) == rounded(slow)
    assert any(rounded(quick))


def test_reading_loads_no_layout_model() -> None:
    asked = "import sys, extract; print([m for m in ('pymupdf.layout', 'pymupdf4llm') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
