"""Damaged, locked and empty PDFs: each is told with its reason, none raises, and what can be read is read."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract import read
from extract.models import Document, ReadOptions, Status
from tests.extract.pages import Column, Sheet, body, grids, pdf

COLUMNS = (Column(52, "left"), Column(300), Column(380))
ROWS = [("1.000 kr. 2024 p/l", "2025", "2026"), ("Færre møder", "-200", "-400"), ("I alt", "-200", "-400")]


def a_case(pages: int = 1) -> pymupdf.Document:
    sheets = []
    for number in range(pages):
        sheet = Sheet()
        sheet.text(50, 60, f"Tabel {number + 1}. Varige ændringer, service")
        sheet.table(70, COLUMNS, ROWS)
        sheets.append(sheet)
    return pdf(*sheets)


def reading_of(folder: Path, data: bytes, options: ReadOptions | None = None) -> Document:
    path = folder / "case.pdf"
    path.write_bytes(data)
    return read(path, options)


NO_PAGES = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj
trailer<</Root 1 0 R>>
%%EOF"""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "empty_file", id="empty"),
        pytest.param(b"Kommunens budget for 2025", "not_pdf", id="text"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged", id="garbage behind the header"),
        pytest.param(b"%PDF-1.7", "damaged", id="a header alone"),
        pytest.param(NO_PAGES, "damaged", id="no pages"),
    ],
)
def test_what_is_no_document_says_why(data: bytes, code: str, tmp_path: Path) -> None:
    document = reading_of(tmp_path, data)
    assert document.status is Status.QUARANTINED
    assert document.reason is not None
    assert document.reason.code == code
    assert document.blocks == ()


def test_a_page_with_nothing_on_it(tmp_path: Path) -> None:
    document = reading_of(tmp_path, pdf(Sheet()).tobytes())
    assert (document.status, document.pages) == (Status.QUARANTINED, 1)
    assert document.reason is not None
    assert document.reason.code == "no_text"


def test_a_locked_file_opens_with_its_password_only(tmp_path: Path) -> None:
    data = a_case().tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="hemmelig", owner_pw="ejer")
    for password in (None, "forkert"):
        document = reading_of(tmp_path, data, ReadOptions(password=password))
        assert document.status is Status.QUARANTINED
        assert document.reason is not None
        assert document.reason.code == "encrypted"
    opened = reading_of(tmp_path, data, ReadOptions(password="hemmelig"))
    assert [body(grid) for grid in grids(opened)] == [[list(row) for row in ROWS[1:]]]


def test_a_file_with_more_pages_than_wanted(tmp_path: Path) -> None:
    document = reading_of(tmp_path, a_case(3).tobytes(), ReadOptions(max_pages=2))
    assert (document.status, document.pages) == (Status.QUARANTINED, 3)
    assert document.reason is not None
    assert document.reason.code == "too_large"


def test_a_file_without_its_end_is_read_and_says_so(tmp_path: Path) -> None:
    data = a_case().tobytes()
    document = reading_of(tmp_path, data[: data.rindex(b"startxref")])
    assert document.status is Status.IMPORTED
    assert document.reason is not None
    assert document.reason.code == "truncated"
    assert [body(grid) for grid in grids(document)] == [[list(row) for row in ROWS[1:]]]


def test_junk_before_the_header_is_no_damage_to_the_figures(tmp_path: Path) -> None:
    document = reading_of(tmp_path, b"\r\n\r\n" + a_case().tobytes())
    assert document.status is Status.IMPORTED
    assert [body(grid) for grid in grids(document)] == [[list(row) for row in ROWS[1:]]]


def test_a_scan_that_must_not_be_read(tmp_path: Path) -> None:
    scan = pymupdf.open()
    page = scan.new_page()
    page.insert_image(page.rect, pixmap=a_case()[0].get_pixmap(dpi=60))
    document = reading_of(tmp_path, scan.tobytes(), ReadOptions(ocr="never"))
    assert document.status is Status.QUARANTINED
    assert document.reason is not None
    assert document.reason.code == "no_ocr"


def test_the_same_bytes_have_the_same_identity(tmp_path: Path) -> None:
    data = a_case().tobytes()
    first, again = reading_of(tmp_path, data), reading_of(tmp_path, data)
    assert first == again
    assert first.document_id == first.sha256[:16]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), junk=st.binary(max_size=40))
def test_a_file_cut_anywhere_never_raises(cut: float, junk: bytes, tmp_path: Path) -> None:
    """What is imported of a damaged file is printed in it: never another figure."""
    data = a_case(2).tobytes()
    document = reading_of(tmp_path, data[: int(cut * len(data))] + junk, ReadOptions(ocr="never"))
    assert (document.status is Status.IMPORTED) == bool(document.blocks)
    if document.status is Status.QUARANTINED:
        assert document.reason is not None
    printed = {cell for row in ROWS for cell in row}
    for grid in grids(document):
        assert {cell.text for row in grid.rows for cell in row.cells if cell} <= printed
