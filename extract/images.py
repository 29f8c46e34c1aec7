"""Picture files as pages: what old archives hold of scans."""

from __future__ import annotations

from typing import Any

from extract.light import pymupdf

_MAGIC = {b"II*\x00": "tiff", b"MM\x00*": "tiff", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
_LARGEST = 1400.0  # points: a page is no longer; a picture that is does not say how fine it was scanned
_LONG_SIDE = 842.0  # points: then it is taken for A4


def kind_of(data: bytes) -> str | None:
    """The kind of picture that a file's first bytes tell: "tiff", "png", "jpeg"; None for no picture."""
    return next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), None)


def as_pdf(data: bytes, kind: str) -> Any:
    """The pictures of a file as the pages of an open PDF.  Raises what PyMuPDF raises on damage."""
    with pymupdf.open(stream=data, filetype=kind) as pictures:
        pdf = pymupdf.open("pdf", pictures.convert_to_pdf())
    if all(max(page.rect.width, page.rect.height) <= _LARGEST for page in pdf):
        return pdf
    made = pymupdf.open()
    for page in pdf:
        longest = max(page.rect.width, page.rect.height)
        scale = _LONG_SIDE / longest if longest > _LARGEST else 1.0
        sheet = made.new_page(width=page.rect.width * scale, height=page.rect.height * scale)
        sheet.show_pdf_page(sheet.rect, pdf, page.number)
    return made
