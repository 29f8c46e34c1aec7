"""A fault on one page costs that page and is named with it; the pages before and after are read as if it were sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf
import pytest

from extract import read
from extract.models import Document, ReadOptions, Reason, ReasonCode, Status
from extract.pace import Watch, watched_by
from extract.page.model import Page
from extract.paged import ranges
from tests.extract.pages import body, grids
from tests.extract.test_pdf_damaged import ROWS, a_case

Harm = Callable[[pymupdf.Document], None]


def stream_of(pdf: pymupdf.Document, page: int) -> int:
    return int(pdf[page].get_contents()[0])


def cut_short(pdf: pymupdf.Document) -> None:
    """The second page's drawing is packed, and its second half is nothing but zeros."""
    xref = stream_of(pdf, 1)
    pdf.update_stream(xref, pdf.xref_stream(xref) + b"\n% " + bytes(range(33, 120)) * 40, compress=True)
    packed = pdf.xref_stream_raw(xref)
    half = len(packed) // 3
    pdf.update_stream(xref, packed[:half] + bytes(len(packed) - half), compress=False)
    pdf.xref_set_key(xref, "Filter", "/FlateDecode")


def unknown_colours(pdf: pymupdf.Document) -> None:
    """Something is drawn in a colour space that there is none of."""
    draws(pdf, b"q /Nonsense cs 300 300 9 9 re f Q")


def no_picture(pdf: pymupdf.Document) -> None:
    """A picture of no width."""
    draws(pdf, b"q 9 0 0 9 300 300 cm BI /W 0 /H 1 /BPC 8 /CS /RGB ID \0\0\0 EI Q")


def draws(pdf: pymupdf.Document, more: bytes) -> None:
    xref = stream_of(pdf, 1)
    pdf.update_stream(xref, pdf.xref_stream(xref) + b"\n" + more + b"\n")


def no_page(pdf: pymupdf.Document) -> None:
    pdf.update_object(pdf[1].xref, "null")


def harmed(folder: Path, harm: Harm, options: ReadOptions | None = None) -> Document:
    pdf = a_case(pages=3)
    harm(pdf)
    path = folder / "case.pdf"
    path.write_bytes(pdf.tobytes(garbage=0, clean=False))
    return read(path, options)


def tables(document: Document) -> list[int]:
    """The pages whose table was read as it is printed."""
    return [g.first_page for g in grids(document) if body(g) == [list(row) for row in ROWS[1:]]]


@pytest.mark.parametrize("harm", [cut_short, no_page], ids=lambda h: h.__name__)
def test_a_page_that_cannot_be_read_whole_is_left_out_and_named(tmp_path: Path, harm: Harm) -> None:
    document = harmed(tmp_path, harm)
    assert document.status is Status.IMPORTED
    assert tables(document) == [g.first_page for g in grids(document)] == [1, 3]
    assert document.partial_pages == (2,)
    assert document.reason is not None
    assert document.reason.code == ReasonCode.DAMAGED_PAGES


@pytest.mark.parametrize("harm", [unknown_colours, no_picture], ids=lambda h: h.__name__)
def test_a_bad_picture_costs_no_figure_and_is_told(tmp_path: Path, harm: Harm) -> None:
    document = harmed(tmp_path, harm)
    assert tables(document) == [1, 2, 3]
    assert document.partial_pages == (2,)
    assert document.reason == Reason(ReasonCode.DAMAGED_PAGES, (("format", "harmed"), ("pages", "2")))


def test_a_sound_document_has_no_partial_page(tmp_path: Path) -> None:
    document = harmed(tmp_path, lambda pdf: None)
    assert (document.reason, document.partial_pages, tables(document)) == (None, (), [1, 2, 3])


def test_pages_that_an_earlier_attempt_broke_on_are_left_out_with_its_reason(tmp_path: Path) -> None:
    document = harmed(tmp_path, lambda pdf: None, ReadOptions(skip=((2, ReasonCode.MEMORY),)))
    assert tables(document) == [1, 3]
    assert document.reason == Reason(ReasonCode.MEMORY, (("format", "pages"), ("pages", "2")))
    assert document.partial_pages == (2,)


class Clock(Watch):
    """Time is up when the second page is begun."""

    def __init__(self) -> None:
        self.steps: list[tuple[str, int]] = []

    def at(self, step: str, page: int = 0) -> None:
        self.steps.append((step, page))

    def late(self) -> bool:
        return [s for s, _ in self.steps].count("page") > 1 and self.steps[-1][0] == "page"


def test_what_was_read_when_time_is_up_is_kept(tmp_path: Path) -> None:
    clock = Clock()
    with watched_by(clock):
        document = harmed(tmp_path, lambda pdf: None)
    assert tables(document) == [1]
    assert document.reason == Reason(ReasonCode.TIMEOUT, (("format", "pages"), ("pages", "2–3")))
    assert clock.steps == [("page", 1), ("page", 2), ("page", 3), ("tables", 1)]


def test_a_page_that_our_own_program_fails_on_is_told_as_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from extract import paged

    whole = paged.page_tables
    told: list[int] = []

    def fails(content: object, *rest: object) -> object:
        if content.number == 2:  # type: ignore[attr-defined]
            raise ZeroDivisionError
        return whole(content, *rest)  # type: ignore[arg-type]

    class Listening(Watch):
        def fault(self, page: int, trace: str) -> None:
            assert "ZeroDivisionError" in trace
            told.append(page)

    monkeypatch.setattr(paged, "page_tables", fails)
    with watched_by(Listening()):
        document = harmed(tmp_path, lambda pdf: None)
    assert tables(document) == [1, 3]
    assert told == [2]
    assert document.reason == Reason(ReasonCode.CRASHED, (("format", "pages"), ("pages", "2")))


def test_page_numbers_for_people() -> None:
    assert ranges([3, 1, 7, 8, 9, 12, 13]) == "1, 3, 7–9, 12–13"


def test_recognition_is_told_before_its_first_page_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the last page that was looked at would seem to hang while Tesseract reads the first."""
    from extract import paged

    steps: list[tuple[str, int]] = []

    class Listening(Watch):
        def at(self, step: str, page: int = 0) -> None:
            steps.append((step, page))

    def ocr_pages(pdf: object, numbers: list[int]) -> Iterator[tuple[int, Page]]:
        for number in numbers:
            assert steps[-1] == ("ocr", number)
            yield number, Page(number, 600, 800, [])

    monkeypatch.setattr(paged.ocr, "ocr_pages", ocr_pages)
    monkeypatch.setattr(paged.ocr, "available", lambda: True)
    with watched_by(Listening()):
        harmed(tmp_path, lambda pdf: None, ReadOptions(ocr="always"))
    assert [step for step in steps if step[0] == "ocr"] == [("ocr", 1), ("ocr", 2), ("ocr", 3), ("ocr", 3)]
