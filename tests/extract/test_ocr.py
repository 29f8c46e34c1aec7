"""Scans: pages that are only an image, made here with PyMuPDF and read by Tesseract."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from extract import ocr, read
from extract.models import Box, Document, Grid, Heading, Paragraph, ReadOptions, Status

needs_tesseract = pytest.mark.skipif(not ocr.available(), reason="Tesseract with Danish is not installed")

_LEFT, _EDGES = 60, (60, 260, 320, 380, 440)
_ROWS = (
    ("1.000 kr. 2022 p/l", "2021", "2022", "2023"),
    ("Bedre indkøb", "0", "-942", "-1.942"),
    ("Drift af system", "0", "235", "-"),
    ("Samlet varig ændring", "0", "-707", "-1.942"),
)


def draw_case(page: pymupdf.Page) -> None:
    """A heading, a sentence, two tick boxes and a ruled table with a shaded header."""
    page.insert_text((_LEFT, 70), "1. Baggrund", fontsize=13, fontname="hebo")
    page.insert_text((_LEFT, 95), "Forslaget samler indkøbet i en fælles enhed og sparer tid.", fontsize=10)
    for x, label, ticked in ((60, "Økonomiforvaltningen", True), (260, "Socialforvaltningen", False)):
        box = pymupdf.Rect(x, 112, x + 9, 121)
        page.draw_rect(box, width=0.8)
        if ticked:
            page.draw_line(box.tl, box.br, width=0.8)
            page.draw_line(box.tr, box.bl, width=0.8)
        page.insert_text((x + 14, 120), label, fontsize=10)
    page.insert_text((_LEFT, 150), "Tabel 1. Varige ændringer, service", fontsize=9, fontname="hebo")
    for r, row in enumerate(_ROWS):
        top = 158 + 16 * r
        for c, text in enumerate(row):
            cell = pymupdf.Rect(_EDGES[c], top, _EDGES[c + 1], top + 16)
            page.draw_rect(cell, color=(0.6, 0.6, 0.6), fill=(0.85, 0.85, 0.85) if r == 0 else None, width=0.5)
            wide = pymupdf.get_text_length(text, fontsize=9)
            page.insert_text((cell.x0 + 3 if c == 0 else cell.x1 - 3 - wide, top + 11.5), text, fontsize=9)


def scanned(path: Path, *, angle: float = 0.0) -> Path:
    """The case as a PDF that holds one image and no text, turned by `angle` degrees."""
    drawn = pymupdf.open()
    draw_case(drawn.new_page())
    pixels = drawn[0].get_pixmap(matrix=pymupdf.Matrix(200 / 72, 200 / 72).prerotate(angle), colorspace="gray")
    scan = pymupdf.open()
    page = scan.new_page(width=pixels.width * 72 / 200, height=pixels.height * 72 / 200)
    page.insert_image(page.rect, pixmap=pixels)
    scan.save(path)
    return path


def table_of(document: Document) -> list[list[str]]:
    grid = next(b for b in document.blocks if isinstance(b, Grid))
    return [["" if c is None else c.text for c in row.cells] for row in grid.rows]


def table_place(document: Document) -> Box:
    box = next(b for b in document.blocks if isinstance(b, Grid)).place.box
    assert box is not None
    return box


@pytest.fixture(scope="module")
def upright(tmp_path_factory: pytest.TempPathFactory) -> Document:
    """The case as it is read of a straight scan."""
    return read(scanned(tmp_path_factory.mktemp("scan") / "scan.pdf"))


@needs_tesseract
@pytest.mark.parametrize("angle", [0.0, 0.7])
def test_a_scanned_table_is_read_figure_by_figure(tmp_path: Path, upright: Document, angle: float) -> None:
    document = read(scanned(tmp_path / "scan.pdf", angle=angle)) if angle else upright

    assert document.status is Status.IMPORTED
    assert document.scanned_pages == (1,)
    assert [row[1:] for row in table_of(document)] == [list(row[1:]) for row in _ROWS]
    assert [row[0] for row in table_of(document)] == [row[0] for row in _ROWS]


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_scanned_on_its_side_or_head_is_read_upright(tmp_path: Path, upright: Document, turn: int) -> None:
    document = read(scanned(tmp_path / "turned.pdf", angle=turn))

    assert [row[1:] for row in table_of(document)] == [list(row[1:]) for row in _ROWS]
    wide, high = 595, 842
    x0, y0 = table_place(upright).x0, table_place(upright).y0
    corner = {90: (high - y0, x0), 180: (wide - x0, high - y0), 270: (y0, wide - x0)}[turn]
    place = table_place(document)
    assert min(abs(corner[0] - x) + abs(corner[1] - y) for x in (place.x0, place.x1) for y in (place.y0, place.y1)) < 6


@needs_tesseract
def test_headings_and_tick_boxes_of_a_scan(upright: Document) -> None:
    assert [(b.number, b.title) for b in upright.blocks if isinstance(b, Heading)] == [("1", "Baggrund")]
    text = " ".join(b.text for b in upright.blocks if isinstance(b, Paragraph))
    assert "☒ Økonomiforvaltningen" in text
    assert "☐ Socialforvaltningen" in text


@needs_tesseract
def test_ocr_always_reads_a_page_that_has_text_from_its_picture(tmp_path: Path) -> None:
    drawn = pymupdf.open()
    draw_case(drawn.new_page())
    drawn.save(tmp_path / "printed.pdf")

    assert read(tmp_path / "printed.pdf").scanned_pages == ()
    assert read(tmp_path / "printed.pdf", ReadOptions(ocr="always")).scanned_pages == (1,)


def with_hidden_text(path: Path, *, below: bool) -> Path:
    """A scan with the text that bad OCR left: drawn invisibly over the image, or below it."""
    layered = pymupdf.open(scanned(path.with_name("bare.pdf")))
    page = layered[0]
    for y, text in ((207, "Bedre 1ndk0b O -9A2 -1.9A2"), (223, "0rift af syslem 0 2S5 -")):
        page.insert_text((_LEFT, y), text, fontsize=9, render_mode=0 if below else 3, overlay=not below)
    layered.save(path)
    return path


@needs_tesseract
@pytest.mark.parametrize("below", [False, True])
def test_text_that_nobody_sees_on_a_scan_is_read_again_from_the_picture(tmp_path: Path, below: bool) -> None:
    path = with_hidden_text(tmp_path / "layer.pdf", below=below)

    assert [row[1:] for row in table_of(read(path))] == [list(row[1:]) for row in _ROWS]
    assert read(path, ReadOptions(ocr="never")).scanned_pages == ()


def test_a_scan_is_quarantined_where_ocr_is_switched_off(tmp_path: Path) -> None:
    document = read(scanned(tmp_path / "scan.pdf"), ReadOptions(ocr="never"))

    assert document.status is Status.QUARANTINED
    assert document.reason is not None
    assert document.reason.code == "no_ocr"


def test_a_scan_is_quarantined_where_tesseract_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)

    document = read(scanned(tmp_path / "scan.pdf"))

    assert document.status is Status.QUARANTINED
    assert document.reason is not None
    assert document.reason.code == "no_ocr"


@needs_tesseract
@pytest.mark.parametrize("kind", ["tif", "png", "jpg"])
@pytest.mark.parametrize("dpi", [200, None])
def test_a_picture_file_is_read_as_a_scan(kind: str, dpi: int | None, tmp_path: Path) -> None:
    """An archive's scans, with and without a word of how fine they are."""
    drawn = pymupdf.open()
    draw_case(drawn.new_page())
    pixmap = drawn[0].get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
    path = tmp_path / f"case.{kind}"
    picture.save(path, **({"dpi": (dpi, dpi)} if dpi else {}))
    document = read(path)
    assert document.status is Status.IMPORTED
    assert document.media_type.startswith("image/")
    assert document.scanned_pages == (1,)
    assert table_of(document) == [list(row) for row in _ROWS]


@needs_tesseract
def test_every_page_of_a_tiff_is_read(tmp_path: Path) -> None:
    drawn = pymupdf.open()
    draw_case(drawn.new_page())
    pixmap = drawn[0].get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    page = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples).convert("1")
    page.save(tmp_path / "case.tif", save_all=True, append_images=[page], compression="group4", dpi=(200, 200))
    document = read(tmp_path / "case.tif")
    assert (document.pages, document.scanned_pages) == (2, (1, 2))


def test_a_damaged_picture_is_quarantined(tmp_path: Path) -> None:
    path = tmp_path / "case.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"no picture" * 20)
    assert read(path).status is Status.QUARANTINED


def page_with(folder: Path, how: str) -> Path:
    """A page of text whose table is a picture, or drawn as curves."""
    drawn, made = pymupdf.open(), pymupdf.open()
    draw_case(drawn.new_page())
    page = made.new_page()
    page.insert_text((_LEFT, 70), "1. Baggrund", fontsize=13, fontname="hebo")
    page.insert_text((_LEFT, 95), "Forslaget samler indkøbet i en fælles enhed og sparer tid.", fontsize=10)
    page.insert_text((_LEFT, 150), "Tabel 1. Varige ændringer, service", fontsize=9, fontname="hebo")
    area = pymupdf.Rect(_LEFT - 2, 156, 442, 158 + 16 * len(_ROWS) + 2)
    if how == "picture":
        page.insert_image(area, pixmap=drawn[0].get_pixmap(dpi=200, clip=area))
    else:
        curves = pymupdf.open("pdf", pymupdf.open("svg", drawn[0].get_svg_image().encode()).convert_to_pdf())
        page.show_pdf_page(area, curves, 0, clip=area)
    path = folder / "case.pdf"
    made.save(path)
    return path


@needs_tesseract
@pytest.mark.parametrize("how", ["picture", "curves"])
def test_a_table_that_is_no_text_on_a_page_of_text_is_recognised(how: str, tmp_path: Path) -> None:
    document = read(page_with(tmp_path, how))
    assert table_of(document) == [list(row) for row in _ROWS]
    (grid,) = [b for b in document.blocks if isinstance(b, Grid)]
    assert grid.reader == "ocr"
    assert grid.caption is not None
    assert [b.title for b in document.blocks if isinstance(b, Heading)] == ["Baggrund"]


@pytest.mark.parametrize("how", ["picture", "curves"])
def test_where_ocr_is_switched_off_its_page_is_told(how: str, tmp_path: Path) -> None:
    document = read(page_with(tmp_path, how), ReadOptions(ocr="never"))
    assert document.status is Status.IMPORTED
    assert document.partial_pages == (1,)
    assert document.reason is not None
