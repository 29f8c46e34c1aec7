"""Pictures of places: framed in the colours of the legend, the page itself as it is printed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from publish.pictures import PART_COLOUR, STATED_COLOUR, Spot, drawn, strips

BLUE = (0.80, 0.89, 0.96)
STATED, PART = (300.0, 110.0, 340.0, 122.0), (300.0, 130.0, 340.0, 142.0)


def _page(path: Path, shade: tuple[float, float, float] | None) -> Path:
    with pymupdf.open() as made:
        page = made.new_page(width=595, height=842)
        if shade:
            page.draw_rect((60, 90, 540, 104), color=None, fill=shade)
        for y, figure in ((120, "-1.250"), (140, "-740")):
            page.insert_text((302, y), figure, fontsize=9)
        made.save(path)
    return path


def _colours(picture: bytes) -> list[tuple[int, int, int]]:
    """The colours of a picture, the most frequent first."""
    with Image.open(BytesIO(picture)) as shown:
        counted = shown.convert("RGB").getcolors(1 << 16) or []
    return [colour for _, colour in sorted(counted, reverse=True)]  # type: ignore[misc]


def _eight_bits(colour: tuple[float, float, float]) -> tuple[int, ...]:
    return tuple(round(255 * c) for c in colour)


@pytest.mark.parametrize("shade", [None, (0.9, 0.9, 0.9), BLUE], ids=["black on white", "grey", "coloured"])
def test_a_picture_has_the_frames_of_the_legend_and_the_shades_of_the_page(
    tmp_path: Path, shade: tuple[float, float, float] | None
) -> None:
    source = _page(tmp_path / "sag.pdf", shade)
    spot = Spot("f1", "d1", 1, (60, 90, 540, 150), (STATED,), (PART,))
    ((finding_id, picture),) = drawn(source, [(spot,)])
    colours = _colours(picture)
    assert finding_id == "f1"
    assert min(colours[0]) >= 254, "white, or as near to it as a chosen colour comes"
    assert {_eight_bits(STATED_COLOUR), _eight_bits(PART_COLOUR)} <= set(colours)
    if shade is not None:
        assert any(max(abs(a - b) for a, b in zip(c, _eight_bits(shade), strict=True)) <= 8 for c in colours[:3])
    assert min(map(sum, colours)) < 150, "the print is black"


def test_places_that_overlap_are_drawn_together_and_look_as_if_drawn_alone(tmp_path: Path) -> None:
    source = _page(tmp_path / "sag.pdf", None)
    whole = Spot("f1", "d1", 1, (60, 90, 540, 150), (STATED,), ())
    within = Spot("f2", "d1", 1, (60, 126, 560, 160), (), (PART,))
    below = Spot("f3", "d1", 1, (60, 400, 540, 420), (), ())
    overleaf = Spot("f4", "d1", 2, (60, 90, 540, 150), (), ())
    assert strips([overleaf, below, within, whole]) == [(whole, within), (below,), (overleaf,)]
    together = dict(drawn(source, [(whole, within)]))
    assert together == dict(drawn(source, [(whole,), (within,)]))


def test_a_file_that_is_no_pdf_has_no_pictures(tmp_path: Path) -> None:
    (tmp_path / "sag.pdf").write_text("ikke en PDF")
    assert list(drawn(tmp_path / "sag.pdf", [(Spot("f1", "d1", 1, STATED, (STATED,), ()),)])) == []


@pytest.mark.parametrize("edge", range(96, 110, 2), ids="above at {}".format)
def test_a_picture_cuts_through_no_line_of_text(tmp_path: Path, edge: int) -> None:
    with pymupdf.open() as made:
        page = made.new_page(width=595, height=842)
        page.draw_line((300, 40), (300, 300))  # a rule between columns goes through all of them
        for y in range(50, 290, 13):
            page.insert_text((60, y), "Samlet økonomisk påvirkning  -1.250", fontsize=9)
        made.save(tmp_path / "sag.pdf")
    spot = Spot("f1", "d1", 1, (60, edge, 540, edge + 90), (STATED,), ())
    ((_, picture),) = drawn(tmp_path / "sag.pdf", [(spot,)])
    with Image.open(BytesIO(picture)) as shown:
        grey = shown.convert("L").crop((0, 0, shown.width // 3, shown.height))
        first, last = (grey.crop((0, y, grey.width, y + 1)).getextrema()[0] for y in (0, grey.height - 1))
    assert min(first, last) > 200, "white at both edges"
