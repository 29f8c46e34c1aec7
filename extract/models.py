"""What is printed: words, lines, headings, paragraphs and grids, each with its place.

This file is all that a later stage may know of `extract`.  Nothing here knows economics: a grid is rows and columns of
printed text.  Three things stay apart everywhere: `None` is no cell, `""` an empty cell, `"0"` a printed zero.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import NamedTuple

from extract.records import record


class Box(NamedTuple):
    """A rectangle in PDF points from the page's top left, as the page is shown (after rotation)."""

    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Box) -> Box:
        """The smallest box that holds both."""
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@record
class Place:
    """Where something is printed: a page and a box in a PDF, a source line (1-based) in a text file."""

    page: int
    box: Box | None = None
    line: int | None = None


class Placement(StrEnum):
    """How a figure came to its column."""

    RULED = "ruled"  # drawn lines say so
    ALIGNED = "aligned"  # it stands under the column's header or with the column's other figures
    TABBED = "tabbed"  # a tab (or a run of blanks at a fixed position) of a text file says so
    ARITHMETIC = "arithmetic"  # the only column under which the table's sums hold
    UNDECIDED = "undecided"  # nothing says so; the column is a guess and the confidence says so


@record
class Cell:
    """One printed cell (or one loose fragment of a row, see `Row.loose`)."""

    text: str  # repaired: ligatures whole, end-of-line hyphenation undone, white space folded
    raw: str  # as printed, its lines joined by "\n"
    place: Place
    placement: Placement = Placement.ALIGNED
    bold: bool = False
    italic: bool = False
    span: int = 1  # how many columns it covers
    confidence: float = 1.0  # of the characters: 1.0 for born-digital text, Tesseract's word confidence for scans
    alternatives: tuple[str, ...] = ()  # other texts that the print may be, best first (scans)
    rows: int = 1  # how many rows it covers, where drawn lines say so; below the first they have no cell there


@record
class Row:
    """One row of a grid.

    `cells` has one entry per column of the grid.  `loose` holds, in reading order, what stands in the row without a
    known column (text dumps that lost their blanks): all fragments after the label, words and figures alike.  A row
    may have both: placed cells, and fragments that stand under no header.
    """

    cells: tuple[Cell | None, ...]
    place: Place
    loose: tuple[Cell, ...] = ()
    header: bool = False
    rule_above: bool = False  # a drawn line above it that the grid's other rows do not all have
    shaded: bool = False  # a fill behind it that the grid's other rows do not all have


@record
class Ledger:
    """Where a table area's tokens went: `tokens == placed + captions + notes + len(orphans)` always holds."""

    tokens: int = 0
    placed: int = 0  # in a cell, a loose fragment or a header
    captions: int = 0
    notes: int = 0
    orphans: tuple[str, ...] = ()  # the texts of those that went nowhere


@record
class Line:
    """One visual line of running text; `segments` are its runs between wide gaps or tabs, left to right."""

    text: str
    place: Place
    segments: tuple[Cell, ...] = ()
    bold: bool = False
    size: float = 0.0


@record
class Heading:
    """A heading; `number` is as printed without its last full stop ("3", "3.1"), None where it has none."""

    title: str
    number: str | None
    level: int
    place: Place
    bold: bool = False
    size: float = 0.0


@record
class Paragraph:
    """Running text joined over its lines (hyphenation undone); also captions, notes and tick-box lines.

    Ticked boxes are the character `☒`, empty ones `☐`, whatever drew them (glyph, Wingdings, form field, image, html).
    """

    text: str
    lines: tuple[Line, ...]
    place: Place


@record
class Grid:
    """A printed table, joined over page breaks.  Leading (and repeated) header rows carry `header=True`."""

    rows: tuple[Row, ...]
    columns: int
    first_page: int
    last_page: int
    place: Place  # of its first part
    caption: Paragraph | None = None  # the caption's own lines, where extract could tell by position
    notes: tuple[Paragraph, ...] = ()  # the lines right below that belong to it (footnotes, "Note: …")
    ruled: bool = False
    ledger: Ledger = field(default_factory=Ledger)
    reader: str = "geometry"  # geometry, text, ocr, pdfplumber


Block = Heading | Paragraph | Grid


@record
class ReadOptions:
    """How to read: `ocr` is "auto" (pages that hold no text), "always" or "never"; `second_opinion` asks pdfplumber.

    A file of more pages or bytes is not read.  `skip` names pages to leave out, each with the `ReasonCode` that
    says why: an earlier attempt broke on them; what comes after page `read_to` is left out likewise.  With `why` what
    is made of it later says what weighed on its figures' confidence.
    """

    ocr: str = "auto"
    password: str | None = None
    second_opinion: bool = True
    max_pages: int = 5000
    max_bytes: int = 500_000_000
    skip: tuple[tuple[int, str], ...] = ()
    read_to: int | None = None
    why: bool = False


class Status(StrEnum):
    IMPORTED = "imported"
    QUARANTINED = "quarantined"
    DUPLICATE = "duplicate"


class ReasonCode(StrEnum):
    """Why an input is not imported, or what was lost of it.  Each has words and advice in the message catalogue."""

    ENCRYPTED = "encrypted"  # locked with a password that was not given
    DAMAGED = "damaged"  # a PDF that cannot be opened
    DAMAGED_PAGES = "damaged_pages"  # pages that cannot be read, or not all of them
    NOT_PDF = "not_pdf"  # named .pdf and none
    TOO_LARGE = "too_large"  # more pages or bytes than may be read
    TIMEOUT = "timeout"  # reading took longer than it may
    MEMORY = "memory"  # reading needed more memory than it may
    CRASHED = "crashed"  # our own program failed, or the process that read it died
    NO_TEXT = "no_text"
    NO_PAGES = "no_pages"
    UNSUPPORTED = "unsupported"  # another kind of file
    ENCODING = "encoding"  # characters that could not be read
    NO_ACCESS = "no_access"  # may not be opened
    CHANGED = "changed"  # changed or went away while it was read
    EMPTY_FILE = "empty_file"
    BINARY = "binary"  # neither PDF nor text
    TRUNCATED = "truncated"  # the file's end is missing
    REPAIRED = "repaired_pdf"  # read after repair
    NO_OCR = "no_ocr"  # pictures of text, and nothing to read them with
    NO_OCR_PAGES = "no_ocr_pages"  # likewise, some of its pages
    CONFIDENTIAL = "confidential"  # cases that the run was told to leave out
    OPEN_TABLES = "open_tables"  # a text file that does not show in which column many of its figures stand
    DUPLICATE = "duplicate"


@record
class Reason:
    """Why an input is not imported, or what was lost of it: a code of the message catalogue and its parameters."""

    code: str  # a `ReasonCode`
    params: tuple[tuple[str, str], ...] = ()


@record
class Unplaced:
    """A figure that is printed as a table's and stands in no cell, with the line or the table where it is printed."""

    text: str
    place: Place


@record
class Document:
    """One input file as printed: its blocks in reading order, or the reason why there are none.

    `reason` may be set on an imported document too: what of it could not be read (a damaged page).
    """

    document_id: str  # first 16 hex digits of the sha256
    file_name: str
    sha256: str
    media_type: str  # application/pdf, text/plain, text/tab-separated-values (dumps with tabs)
    pages: int
    status: Status
    blocks: tuple[Block, ...] = ()
    reason: Reason | None = None
    scanned_pages: tuple[int, ...] = ()
    second_opinion_pages: tuple[int, ...] = ()
    partial_pages: tuple[int, ...] = ()  # of which something was not read, or nothing
    locked: bool = False  # opened with a password
    active_content: tuple[str, ...] = ()  # scripts, actions and files that it carries; none of them was touched
    cpr_numbers: int = 0  # different CPR numbers, masked in all that was read
    path: str | None = None  # below `source_folder`: the same whatever else was given to the run
    source_folder: str | None = None
    unplaced_figures: int | None = None  # number-like words that are nothing known; None: not counted
    unplaced: tuple[Unplaced, ...] = ()  # the first of them
    captions_without_table: int | None = None
