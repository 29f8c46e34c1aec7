"""Files of pages as printed: PDF, scanned or not → pages → tables and running text → blocks in reading order."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from extract import ocr
from extract.assembly import ReadPage, blocks_of, known_words
from extract.grids.overleaf import Foot
from extract.grids.raw import RawTable
from extract.grids.tables import page_tables
from extract.images import as_pdf, kind_of
from extract.light import pymupdf
from extract.models import Document, ReadOptions, Reason, ReasonCode, Status
from extract.pace import watch
from extract.page.clean import close_up, without_leaders
from extract.page.lines import visual_lines
from extract.page.merge import add_recognised
from extract.page.model import Area, Page
from extract.pdf.active import active_content
from extract.pdf.damage import FAULTS, category, forget, heard, is_cut, is_harmed
from extract.pdf.ligatures import UntoldGlyphs
from extract.pdf.page import has_hidden_text, is_image, read_page
from extract.pdf.pictured import is_drawn_text, is_untold, unread_areas
from extract.pdf.ticks import add_ticks
from extract.prose.chains import watermarks
from extract.prose.furniture import furniture

T = TypeVar("T")
_OURS = Path(__file__).parent


@dataclass(slots=True)
class _Reading:
    """The pages that were read, and what came of the others."""

    pages: list[ReadPage] = field(default_factory=list)
    lost: dict[int, ReasonCode] = field(default_factory=dict)  # left out, and why
    harmed: set[int] = field(default_factory=set)  # read, but something on them was passed over
    unread: list[int] = field(default_factory=list)  # images that nobody could read
    scans: list[int] = field(default_factory=list)  # images that are to be recognised
    pictures: dict[int, list[Area]] = field(default_factory=dict)  # by page: where print stands that is no text

    def lose(self, number: int, why: ReasonCode) -> None:
        """The page is left out."""
        self.lost[number] = why
        self.pages = [p for p in self.pages if p.content.number != number]
        self.scans = [n for n in self.scans if n != number]
        self.pictures.pop(number, None)

    def partial(self) -> tuple[int, ...]:
        """The pages of which something is missing."""
        return tuple(sorted({*self.lost, *self.harmed, *self.unread}))

    def reason(self) -> Reason | None:
        """What is missing, the gravest first; None where nothing is."""
        for why in (ReasonCode.CRASHED, ReasonCode.MEMORY, ReasonCode.TIMEOUT):
            if pages := [n for n, w in self.lost.items() if w is why]:
                return Reason(why, (("format", "pages"), ("pages", ranges(pages))))
        if self.unread:
            return Reason(ReasonCode.NO_OCR_PAGES, (("pages", ranges(self.unread)),))
        if self.lost:
            return Reason(ReasonCode.DAMAGED_PAGES, (("pages", ranges(self.lost)),))
        if self.harmed:
            return Reason(ReasonCode.DAMAGED_PAGES, (("format", "harmed"), ("pages", ranges(self.harmed))))
        return None


def ranges(pages: Iterable[int]) -> str:
    """Page numbers for people: "2, 5–9"."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1][1:] = [page]
        else:
            runs.append([page])
    return ", ".join("–".join(map(str, run)) for run in runs)


class _RefusedError(Exception):
    """A file of which no page is read: why, and how many pages it has where that could be told."""

    def __init__(self, why: ReasonCode, pages: int = 0) -> None:
        super().__init__(why)
        self.why, self.pages = why, pages


def read_pages(path: Path, data: bytes, sha256: str, options: ReadOptions) -> Document:
    """One PDF or picture file as a document.

    Never raises on damaged input: what cannot be read is told by `status` and `reason`.
    """
    picture = kind_of(data)
    media_type = f"image/{picture}" if picture else "application/pdf"
    document = Document(sha256[:16], path.name, sha256, media_type, 0, Status.QUARANTINED)
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        pdf = _opened(data, picture, options)
    except _RefusedError as refused:
        return replace(document, pages=refused.pages, reason=Reason(refused.why))
    with pdf:
        reading = _read_pages(pdf, options)
        repaired = pdf.is_repaired
        document = replace(document, pages=pdf.page_count, active_content=active_content(pdf))
        locked = bool(pdf.needs_pass)
    if not any(p.content.words for p in reading.pages):
        partial = reading.partial() if reading.lost else ()
        return replace(document, reason=Reason(_nothing_read(reading, repaired)), partial_pages=partial)
    reason = reading.reason()
    if reason is None and not picture and b"%%EOF" not in data[-2048:]:
        reason = Reason(ReasonCode.TRUNCATED)
    elif reason is None and repaired:
        reason = Reason(ReasonCode.REPAIRED)
    return replace(
        document,
        status=Status.IMPORTED,
        blocks=blocks_of(reading.pages),
        reason=reason,
        scanned_pages=tuple(p.content.number for p in reading.pages if p.content.scanned or p.content.pictured),
        partial_pages=reading.partial(),
        locked=locked,
    )


def _opened(data: bytes, picture: str | None, options: ReadOptions) -> pymupdf.Document:
    """The file, its pages ready to be read.  Raises _RefusedError where there are none that may be."""
    try:
        pdf = as_pdf(data, picture) if picture else pymupdf.open(stream=data, filetype="pdf")
        if pdf.needs_pass and not (options.password and pdf.authenticate(options.password)):
            raise _RefusedError(ReasonCode.ENCRYPTED)
        count = pdf.page_count
    except FAULTS as error:
        raise _RefusedError(ReasonCode.DAMAGED) from error
    if count == 0:
        raise _RefusedError(ReasonCode.DAMAGED if pdf.is_repaired else ReasonCode.NO_PAGES)
    if count > options.max_pages:
        raise _RefusedError(ReasonCode.TOO_LARGE, count)
    return pdf


def _nothing_read(reading: _Reading, repaired: bool) -> ReasonCode:
    """Why a file of pages gave no word."""
    if reading.unread:
        return ReasonCode.NO_OCR
    for why in (ReasonCode.CRASHED, ReasonCode.MEMORY, ReasonCode.TIMEOUT):
        if why in reading.lost.values():
            return why
    return ReasonCode.DAMAGED if repaired or reading.lost else ReasonCode.NO_TEXT


def _read_pages(pdf: pymupdf.Document, options: ReadOptions) -> _Reading:
    """The pages, and what came of those that could not be read."""
    reading = _Reading()
    untold = UntoldGlyphs()
    legible = options.ocr != "never" and ocr.available()
    for number in range(1, pdf.page_count + 1):
        watch().at("page", number)
        why = _passed_over(number, options)
        if why is not None:
            reading.lost[number] = why
            continue
        with _costs_its_page(reading, number):
            _read_page(pdf, number, reading, untold, options, legible)
    if legible:
        _recognise(pdf, reading)
        _recognise_pictures(pdf, reading)
    else:
        reading.unread = sorted({*reading.scans, *reading.pictures})
    _find_tables(reading, untold)
    return reading


def _passed_over(number: int, options: ReadOptions) -> ReasonCode | None:
    """Why a page is not read: an earlier try broke on it or on one before it, or the time is up; None where it is."""
    skipped = dict(options.skip)
    if number in skipped:
        return ReasonCode(skipped[number])
    if options.read_to is not None and number > options.read_to:
        return ReasonCode(skipped[max(skipped)]) if skipped else ReasonCode.TIMEOUT
    return ReasonCode.TIMEOUT if watch().late() else None


def _read_page(
    pdf: pymupdf.Document, number: int, reading: _Reading, untold: UntoldGlyphs, options: ReadOptions, legible: bool
) -> None:
    """Adds the page to those that were read, or to what is to be recognised."""
    forget()
    page = _page(pdf, number)
    content, drawings, turn = read_page(page, number, untold)
    reading.pages.append(ReadPage(content, [], []))
    if _is_scan(reading, page, content, options, legible):
        reading.scans.append(number)  # what other OCR read tells neither how sure it is nor where the rules run
    else:
        if turn is None and (areas := _kept(reading, number, lambda: unread_areas(page, content, drawings))):
            reading.pictures[number] = areas
        _kept(reading, number, lambda: add_ticks(content, page, turn, drawings))
    warnings = heard()
    if is_cut(page, warnings):
        reading.lose(number, ReasonCode.DAMAGED_PAGES)
    elif is_harmed(warnings, bool(content.words)):
        reading.harmed.add(number)


@contextmanager
def _costs_its_page(reading: _Reading, number: int) -> Iterator[None]:
    """What fails inside costs that page and no other."""
    try:
        yield
    except FAULTS as error:
        if _is_ours(error):
            watch().fault(number, traceback.format_exc())
            reading.lose(number, ReasonCode.CRASHED)
        else:
            reading.lose(number, category(error))
    except MemoryError as error:
        reading.lose(number, category(error))
    except Exception:  # noqa: BLE001 - whatever our own program fails on, the other pages are read
        watch().fault(number, traceback.format_exc())
        reading.lose(number, ReasonCode.CRASHED)


def _is_ours(error: BaseException) -> bool:
    """Whether an error of a common kind was raised by our own code rather than by a library that it called."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return frame is not None and Path(frame.tb_frame.f_code.co_filename).is_relative_to(_OURS)


def _kept(reading: _Reading, number: int, look: Callable[[], T]) -> T | None:
    """What `look` finds beside the words of a page; where the file is too damaged for it, the words are kept."""
    try:
        return look()
    except FAULTS as error:
        if _is_ours(error):
            raise
        reading.harmed.add(number)
        return None


def _page(pdf: pymupdf.Document, number: int) -> Any:
    """The page; asked for twice, since MuPDF mends some faults as it meets them."""
    try:
        return pdf[number - 1]
    except FAULTS:
        return pdf[number - 1]


def _is_scan(reading: _Reading, page: Any, content: Page, options: ReadOptions, legible: bool) -> bool:
    if options.ocr == "always":
        return True
    if not content.words:
        return bool(_kept(reading, content.number, lambda: is_image(page) or is_drawn_text(page)))
    if _kept(reading, content.number, lambda: is_untold(page, content)):
        if not legible:
            content.words = []  # what the font tells is not what is printed
        return True
    return legible and bool(_kept(reading, content.number, lambda: has_hidden_text(page)))


def _recognise(pdf: pymupdf.Document, reading: _Reading) -> None:
    """Puts what OCR reads in the place of the scanned pages; those that it fails on are read one by one or lost."""
    held = {page.content.number: page for page in reading.pages}
    scans = reading.scans
    left = dict.fromkeys(scans)
    try:
        if scans:
            watch().at("ocr", scans[0])
        for number, content in ocr.ocr_pages(pdf, scans):
            held[number].content = content
            del left[number]
            if watch().late():
                break
            watch().at("ocr", next(iter(left), number))
    except FAULTS:
        for number in list(left):
            if watch().late():
                break
            with _costs_its_page(reading, number):
                watch().at("ocr", number)
                held[number].content = dict(ocr.ocr_pages(pdf, [number]))[number]
            del left[number]
    for number in left:
        reading.lose(number, ReasonCode.TIMEOUT)


def _recognise_pictures(pdf: pymupdf.Document, reading: _Reading) -> None:
    """Adds what OCR reads in pictures on pages of text; a page that it fails on is told as unread."""
    held = {page.content.number: page for page in reading.pages}
    for number, areas in reading.pictures.items():
        watch().at("ocr", number)
        if watch().late():
            reading.unread.append(number)
            continue
        try:
            seen = dict(ocr.ocr_pages(pdf, [number]))[number]
        except FAULTS as error:
            if _is_ours(error):
                raise
            reading.unread.append(number)
            continue
        add_recognised(held[number].content, seen, areas)


def _find_tables(reading: _Reading, untold: UntoldGlyphs) -> None:
    """Parts every page into tables and lines; a page that this fails on is left out."""
    _find_lines(reading.pages)
    _spell(reading.pages, untold)
    off = furniture([(p.content, p.lines) for p in reading.pages])
    carry: RawTable | None = None
    foot: Foot | None = None
    before: ReadPage | None = None
    for read in list(reading.pages):
        number = read.content.number
        watch().at("tables", number)
        if watch().late():
            reading.lose(number, ReasonCode.TIMEOUT)
            continue
        with _costs_its_page(reading, number):
            found = page_tables(read.content, [x for x in read.lines if id(x) not in off], carry, foot)
            read.tables, read.lines = found.tables, found.lines
            if before is not None and foot is not None and found.upper is not None:
                before.tables[-1] = found.upper
                before.lines = [x for x in before.lines if x not in foot.below]
            carry, foot, before = read.last_table, found.foot, read
        if number in reading.lost:
            carry = foot = before = None  # nothing goes on over a page that is missing


def _find_lines(pages: list[ReadPage]) -> None:
    """The visual lines of every page, without what is stamped over it and what leads from a label to its figure."""
    stamped = watermarks([p.content for p in pages])
    for read in pages:
        if stamped:
            read.content.words = [w for w in read.content.words if id(w) not in stamped]
        read.lines = visual_lines(without_leaders(read.content.words), read.content.verticals)
        close_up(read.lines)
        read.content.words = [w for line in read.lines for w in line.words]  # letters drawn one by one are words now


def _spell(pages: list[ReadPage], untold: UntoldGlyphs) -> None:
    """Puts letters in for the glyphs that tell none, where the words say which."""
    if not untold.printed:
        return
    spelled = untold.spell({w.text for p in pages for w in p.content.words}, known_words(pages))
    for page in pages:
        for word in page.content.words:
            word.text = spelled.get(word.text, word.text)
