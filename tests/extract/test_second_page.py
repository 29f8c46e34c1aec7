"""The characters of a page, against those of pdfplumber's own slower way."""

from __future__ import annotations

import io

import pdfplumber
import pymupdf
import pytest

from extract.second_page import characters

STREAMS = {
    "strings": rb"BT /helv 10 Tf 50 700 Td (a\(b\)c \\ \101 (nested)) Tj <4142> Tj <41 4> Tj ET",
    "lists": rb"BT /helv 10 Tf 50 700 Td [(1)-20(.)3.5<32>-.5(00)] TJ [ (a) [ (b) ] ] TJ ET",
    "lines": rb"BT /helv 10 Tf 12 TL 50 700 Td (one) Tj T* (two) Tj (three) ' 2 1 (four five) "
    rb'" 0 -20 TD (six) Tj ET',
    "states": rb"q 2 0 0 2 10 10 cm BT /helv 8 Tf 1 0 0 1 20 300 Tm (big) Tj ET Q BT /helv 8 Tf 20 300 Td (not) Tj ET",
    "marks": rb"/P <</MCID 0 /L true /A [1 2] /T <4142>>> BDC BT /helv 10 Tf 50 700 Td (tagged) Tj ET EMC",
    "drawing": b"0.5 w 1 0 0 RG 10 10 m 20 20 l S 5 5 9 9 re f* % remark (no text)\nBT /helv 9 Tf 50 700 Td (x) Tj ET",
    "image": b"BI /W 2 /H 1 /CS /G /BPC 8 ID ()\nEI BT /helv 10 Tf 50 700 Td (after it) Tj ET",
    "cut off": rb"BT /helv 10 Tf 50 700 Td (whole) Tj (not whole",
    "glued": b"BT/helv 10 Tf 50 700 Td(a)Tj[(b)-5(c)]TJ 0-12 Td(d)Tj ET",
}


def page_of(stream: bytes) -> io.BytesIO:
    """A PDF of one page with this content, which is its form `/Own` too; `/helv` is Helvetica."""
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_font(fontname="helv")
    content = pdf.get_new_xref()
    kind, resources = pdf.xref_get_key(page.xref, "Resources")
    assert kind == "xref"
    pdf.xref_set_key(int(resources.split()[0]), "XObject", f"<</Own {content} 0 R>>")
    pdf.update_object(content, f"<</Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources {resources}>>")
    pdf.update_stream(content, stream)
    page.set_contents(content)
    return io.BytesIO(pdf.tobytes())


@pytest.mark.parametrize("name", STREAMS)
def test_the_same_characters_as_pdfplumber(name: str) -> None:
    with pdfplumber.open(page_of(STREAMS[name])) as pdf:
        page = pdf.pages[0]
        read = [(c.get_text(), c.x0, page.height - c.y1, c.matrix) for c in characters(page)]
        assert read == [(c["text"], c["x0"], c["top"], c["matrix"]) for c in page.chars]
        assert read


def test_a_form_that_shows_itself_is_read_once() -> None:
    with pdfplumber.open(page_of(b"BT /helv 10 Tf 50 700 Td (once) Tj ET /Own Do")) as pdf:
        assert "".join(c.get_text() for c in characters(pdf.pages[0])) == "once"


def test_an_operator_without_its_operands_is_passed_over() -> None:
    with pdfplumber.open(page_of(b"BT /helv 10 Tf 50 700 Td 7 Td (here) Tj ET")) as pdf:
        first = characters(pdf.pages[0])[0]
        assert (first.get_text(), first.x0) == ("h", 50)
