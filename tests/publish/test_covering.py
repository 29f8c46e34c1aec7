"""CPR numbers are in no picture and no copy of a page."""

from __future__ import annotations

from itertools import product

import pymupdf
import pytest

from lexicon.cpr import is_cpr
from publish.covering import cover

CPR = next(
    number for last in product("0123456789", repeat=4) if is_cpr(number := "071164" + "".join(last))
)  # made up: the first of a date that fits


def page_with(*texts: str, rotation: int = 0) -> pymupdf.Page:
    page = pymupdf.open().new_page()
    for number, text in enumerate(texts):
        page.insert_text((72, 100 + 30 * number), text)
    page.set_rotation(rotation)
    return page


@pytest.mark.parametrize("written", [CPR, f"{CPR[:6]}-{CPR[6:]}", f"{CPR[:6]} {CPR[6:]}"])
@pytest.mark.parametrize("rotation", [0, 90])
def test_a_number_is_black_however_it_is_written_and_all_else_stays(written: str, rotation: int) -> None:
    page = page_with(f"CPR: {written}.", "Lønninger 1.000 2.000", rotation=rotation)
    assert cover(page) == 1
    text = page.get_text()
    assert CPR[6:] not in text
    assert "Lønninger 1.000 2.000" in text


def test_a_page_without_such_a_number_is_left_alone() -> None:
    page = page_with("Lønninger 1.000 2.000", "071164-9", "Konto 1234567890")
    before = page.get_pixmap().samples
    assert cover(page) == 0
    assert page.get_pixmap().samples == before


def test_the_pixels_below_hidden_text_go_too() -> None:
    page = pymupdf.open().new_page()
    white = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 200, 200))
    white.clear_with(255)
    page.insert_image(page.rect, pixmap=white)
    page.insert_text((72, 100), CPR, render_mode=3)  # as text recognition leaves it on a scan
    (box,) = page.search_for(CPR)
    assert cover(page) == 1
    shown = page.get_pixmap(clip=pymupdf.Rect(box.x0 + 2, box.y0 + 2, box.x1 - 2, box.y1 - 2))
    assert max(shown.samples) == 0
