"""Files of pages as printed: PDF, scanned or not → pages → tables and running text → blocks in reading order."""

from __future__ import annotations

from pathlib import Path

import pymupdf

from extract import ocr
from extract.assembly import ReadPage, blocks_of, known_words
from extract.grids.overleaf import Foot
from extract.grids.raw import RawTable
from extract.grids.tables import page_tables
from extract.models import Document, ReadOptions, Reason, Status
from extract.page.lines import visual_lines
from extract.pdf.ligatures import UntoldGlyphs
from extract.pdf.page import has_hidden_text, is_image, read_page
from extract.pdf.ticks import add_ticks
from extract.prose.chains import watermarks
from extract.prose.furniture import furniture


def read_pdf(path: Path, data: bytes, sha256: str, options: ReadOptions) -> Document:
    """One PDF as a document.  Never raises on damaged input: what cannot be read is told by `status` and `reason`."""
    document_id = sha256[:16]

    def refused(code: str, pages: int = 0) -> Document:
        return Document(
            document_id, path.name, sha256, "application/pdf", pages, Status.QUARANTINED, reason=Reason(code)
        )

    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        pdf = pymupdf.open(stream=data, filetype="pdf")
    except (pymupdf.FileDataError, pymupdf.EmptyFileError, RuntimeError, ValueError):
        return refused("broken_pdf")
    with pdf:
        if pdf.needs_pass and not (options.password and pdf.authenticate(options.password)):
            return refused("password")
        count = pdf.page_count
        if count == 0:
            return refused("broken_pdf")
        if count > options.max_pages:
            return refused("too_many_pages", count)
        pages, unreadable, unread = _read_pages(pdf, count, options)
        if not any(p.content.words for p in pages):
            if unread:
                return refused("no_ocr", count)
            return refused("broken_pdf" if pdf.is_repaired or len(unreadable) == count else "no_text", count)
        repaired = pdf.is_repaired
    reason = None
    if unread:
        reason = Reason("no_ocr_pages", (("pages", ", ".join(map(str, unread))),))
    elif unreadable:
        reason = Reason("unreadable_page", (("pages", ", ".join(map(str, unreadable))),))
    elif b"%%EOF" not in data[-2048:]:
        reason = Reason("truncated")
    elif repaired:
        reason = Reason("repaired_pdf")
    return Document(
        document_id,
        path.name,
        sha256,
        "application/pdf",
        count,
        Status.IMPORTED,
        blocks_of(pages),
        reason,
        tuple(p.content.number for p in pages if p.content.scanned),
    )


def _read_pages(pdf: pymupdf.Document, count: int, options: ReadOptions) -> tuple[list[ReadPage], list[int], list[int]]:
    """The pages, the numbers of those too damaged to read, and of those that are images nobody could read."""
    pages: list[ReadPage] = []
    unreadable: list[int] = []
    scans: list[int] = []
    untold = UntoldGlyphs()
    legible = options.ocr != "never" and ocr.available()
    for number in range(1, count + 1):
        try:
            page = pdf[number - 1]
            content, drawings, turn = read_page(page, number, untold)
            add_ticks(content, page, turn, drawings)
            if options.ocr == "always" or (not content.words and is_image(page)):
                scans.append(number)
            elif legible and has_hidden_text(page):
                scans.append(number)  # what other OCR read tells neither how sure it is nor where the rules run
        except (RuntimeError, ValueError, pymupdf.FileDataError):
            unreadable.append(number)
            continue
        pages.append(ReadPage(content, [], []))
    if scans and legible:
        for number, content in ocr.ocr_pages(pdf, scans):
            next(p for p in pages if p.content.number == number).content = content
        scans = []
    stamped = watermarks([p.content for p in pages])
    for read in pages:
        if stamped:
            read.content.words = [w for w in read.content.words if id(w) not in stamped]
        read.lines = visual_lines(read.content.words, read.content.verticals)
        read.content.words = [w for line in read.lines for w in line.words]  # letters drawn one by one are words now
    _spell(pages, untold)
    off = furniture([(p.content, p.lines) for p in pages])
    carry: RawTable | None = None
    foot: Foot | None = None
    before: ReadPage | None = None
    for read in pages:
        found = page_tables(read.content, [x for x in read.lines if id(x) not in off], carry, foot)
        read.tables, read.lines = found.tables, found.lines
        if found.upper is not None and foot is not None and before is not None:
            before.tables[-1] = found.upper
            before.lines = [x for x in before.lines if x not in foot.below]
        last = read.tables[-1] if read.tables else None
        carry = last if last and not any(x.y0 > last.box[3] for x in read.lines) else None
        foot, before = found.foot, read
    return pages, unreadable, scans


def _spell(pages: list[ReadPage], untold: UntoldGlyphs) -> None:
    """Puts letters in for the glyphs that tell none, where the words say which."""
    if not untold.printed:
        return
    spelled = untold.spell({w.text for p in pages for w in p.content.words}, known_words(pages))
    for page in pages:
        for word in page.content.words:
            word.text = spelled.get(word.text, word.text)
