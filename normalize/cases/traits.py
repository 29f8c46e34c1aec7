"""What a line of print is, as far as its own words and place tell: a title perhaps, a field, a banner, prose, a figure.

In: the rows of a document (`FormRow`) and its blocks.  Out: a `Trait` a row.  Nothing is decided here; `head.py` and
`partition.py` weigh the traits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

import regex

from extract.models import Block, Grid, Heading, Place
from extract.records import record
from lexicon.captions import belongs_to_table
from lexicon.folding import fold_accents
from lexicon.lines import ends_sentence
from lexicon.units import is_only_unit
from lexicon.years import is_year
from normalize.cases.codes import Coded, Form, read_code
from normalize.cases.fields import fields_of
from normalize.cases.headings import is_annex
from normalize.cases.naming import (
    is_fact,
    is_office,
    is_paper,
    is_row,
    is_section,
    is_strong_title,
    listed_in_contents,
    municipality_of,
    two_sentences,
)
from normalize.forms.labels import match_label
from normalize.forms.lines import FIGURE, is_banner, round_of
from normalize.forms.rows import FormRow

_LONGEST_TITLE = 220
_FLOW = 6  # lines of a paragraph that are read to see whether it is prose
_FULL = 0.7  # share of its paragraph's width from which a line is full, and the next one goes on
_LONG_SENTENCE = 8  # words
_SENTENCE = 5  # words of one that says a figure
_RUNNING = 3  # times that a line comes again at a page's top before it is furniture of the pages
_TOPS = 2  # lines at a page's top that may be furniture
_DIGITS = regex.compile(r"\d+")
_WORD = regex.compile(r"\p{L}{2}")
_LISTED = regex.compile(r"[\p{L}\d-]+,")


class What(StrEnum):
    """What a line is at first sight."""

    LINE = "line"  # may be a title
    FIELD = "field"
    BANNER = "banner"
    PAPER = "paper"  # "NOTAT", "Råderumskatalog 2026"
    MUNICIPALITY = "municipality"
    OFFICE = "office"
    ANNEX = "annex"
    ITEM = "item"
    FACT = "fact"  # a date, a journal number, a number alone
    SECTION = "section"
    CAPTION = "caption"
    CONTENTS = "contents"  # of a list of contents, or of a meeting's items
    PROSE = "prose"
    TABLE = "table"


@record
class Trait:
    """A line with what its words and its print say.  `size` is None where the print has none."""

    row: int
    block: int
    line: int  # of its block
    text: str
    what: What
    place: Place
    coded: Coded | None = None
    field: tuple[str, str] | None = None  # a field's name and the value on its line
    strong: bool = False  # a title field that can be nothing else
    heading: bool = False
    size: float | None = None
    capitals: bool = False
    alone: bool = False
    page_start: bool = False
    running: bool = False
    grid: bool = False

    @property
    def label(self) -> str:
        """The folded words of a field's label; "" where its value stands on another line."""
        value = self.field[1] if self.field is not None else ""
        return fold_accents(self.text[: len(self.text) - len(value)]).strip(" :.") if self.text.endswith(value) else ""

    @property
    def bare_code(self) -> bool:
        """Whether the line is a code and nothing else: "Forslag nr. 7"."""
        return self.coded is not None and not self.coded.title


def traits_of(rows: Sequence[FormRow], blocks: Sequence[Block]) -> list[Trait]:
    """The traits of every row of a document, or of a part of one."""
    often = _often(rows)
    figures = {n for n, b in enumerate(blocks) if isinstance(b, Grid) and has_figures(b)}
    fields = fields_of(rows, figures)
    last_page = 0
    out: list[Trait] = []
    for n, row in enumerate(rows):
        place = row.segments[0].place
        text = " ".join(row.text.split())
        running = bool(often) and len(text) < _LONGEST_TITLE and _folded(row.text) in often
        last = row.block not in figures or n + 1 == len(rows) or rows[n + 1].block != row.block
        coded = _coded(row, text, last)
        what = _what(rows, n, text, row.block in figures, fields[n], coded)
        first = n == 0 or rows[n - 1].block != row.block
        out.append(
            Trait(
                n,
                row.block,
                row.line,
                text,
                what,
                place,
                coded,
                fields[n],
                strong=fields[n] is not None and is_strong_title(text),
                heading=row.heading,
                size=_size(row, blocks[row.block]),
                capitals=text.isupper() and sum(map(str.isalpha, text)) > 3,
                alone=first and sum(r.block == row.block for r in rows[n : n + 4]) <= 2,
                page_start=place.page > last_page,
                running=running,
                grid=row.grid and row.block in figures,
            )
        )
        last_page = max(last_page, place.page)
    return out


def _coded(row: FormRow, text: str, last: bool) -> Coded | None:
    """The code at a line's head; in a grid only where the line is the caption, has a single cell, or is the `last` row
    and may be the next case's first line, its number read as a figure ("Initiativ", "3")."""
    if len(text) > _LONGEST_TITLE:
        return None
    coded = read_code(text)
    if row.grid and len(row.segments) > 1:
        return coded if coded is not None and last and _may_end_table(row, coded) else None
    if coded is not None and is_office(coded.title):
        return replace(coded, title="")  # "HJ-2, Udvalget for Kultur"
    return None if coded is not None and _LISTED.match(text) else coded


def _may_end_table(row: FormRow, coded: Coded) -> bool:
    """Whether the last row of a table may be the next case's first line: its number is the only figure, if any."""
    figures = sum(FIGURE.fullmatch(s.text.strip()) is not None for s in row.segments)
    return coded.known and coded.form in (Form.OWN, Form.RUNNING) and figures < 2


def _often(rows: Sequence[FormRow]) -> frozenset[str]:
    """The lines, but for their numbers, that are the first or second of so many pages that they are furniture."""
    pages = [row.segments[0].place.page for row in rows]
    tops = (n for n, row in enumerate(rows) if not row.grid and (n < _TOPS or pages[n - _TOPS] < pages[n]))
    again = Counter(_folded(rows[n].text) for n in tops)
    return frozenset(text for text, times in again.items() if times >= _RUNNING)


def _folded(text: str) -> str:
    return _DIGITS.sub("0", fold_accents(text))


def _size(row: FormRow, block: Block) -> float | None:
    """How large a line is: its size, or a heading's level where the print has no sizes and no number gave the level."""
    if row.size:
        return row.size
    return -float(block.level) if isinstance(block, Heading) and block.number is None else None


def _what(
    rows: Sequence[FormRow], n: int, text: str, figured: bool, field: tuple[str, str] | None, coded: Coded | None
) -> What:
    """What the n-th row is, whose words are `text`; `figured`: it is of a table of figures."""
    row = rows[n]
    if row.grid and ((len(row.segments) > 2 and coded is None) or (figured and not _stands_out(row, coded))):
        return What.TABLE
    if is_row(text) and (coded is None or not coded.title or text[-1] != ")"):  # "Jord ved afkørsel 61 (002214)"
        return What.FACT if is_fact(text) else What.TABLE  # "tlf. 62 00 10 20"
    if is_only_unit(text):
        return What.CAPTION if len(row.segments) < 2 else What.TABLE
    if not _WORD.search(text):
        return What.FACT if len(row.segments) < 2 else What.TABLE
    if field is not None:
        return What.FIELD
    if len(row.segments) > 2 and sum(FIGURE.fullmatch(s.text.strip()) is not None for s in row.segments) > 1:
        return What.TABLE
    return _named(text, coded) or (What.PROSE if _is_prose(rows, n) and not _asks(rows, n, coded) else What.LINE)


def _stands_out(row: FormRow, coded: Coded | None) -> bool:
    """Whether a row of a table may be the next case's first line that a dump set right below it, or a title above."""
    if len(row.segments) > 1:
        return coded is not None  # which its row says only where it is the table's last
    if row.line < 0 and coded is None:
        return False
    text = row.segments[0].text
    coded_line = coded is not None and (coded.form is Form.RUNNING or bool(coded.title and coded.form is Form.OWN))
    return coded_line or is_banner(text) or (match_label(text) or ("", ""))[0] in ("title", "code")


#: What a line is that one of these holds of, the first of them first.
_NAMES: tuple[tuple[What, Callable[[str], object]], ...] = (
    (What.BANNER, is_banner),
    (What.CONTENTS, listed_in_contents),
    (What.CAPTION, belongs_to_table),
    (What.ANNEX, is_annex),
    (What.MUNICIPALITY, municipality_of),
)


def _named(text: str, coded: Coded | None) -> What | None:
    """What a line is that says it in words of its own."""
    if coded is not None and coded.form is Form.ITEM and not coded.title:
        return What.ITEM
    named = next((what for what, names in _NAMES if names(text)), None)
    if named is not None:
        return named
    if round_of(text, whole=True) is not None:
        return What.PAPER
    if is_fact(text):
        return What.FACT
    if coded is not None and coded.form is not Form.NUMBER:
        return What.LINE
    if is_section(text):
        return What.SECTION
    if is_paper(text):
        return What.PAPER
    if is_office(text):
        return What.OFFICE
    return None


def _asks(rows: Sequence[FormRow], n: int, coded: Coded | None) -> bool:
    """Whether the line is a question with a code, or with a paragraph of its own, which a title may be."""
    alone = all(row.block != rows[n].block for row in (*rows[max(0, n - 1) : n], *rows[n + 1 : n + 2]))
    return rows[n].text.rstrip().endswith("?") and (coded is not None or alone)


def _is_prose(rows: Sequence[FormRow], n: int) -> bool:
    """Whether the line is, or begins, a sentence that ends as one."""
    text = " ".join(rows[n].text.split())
    if rows[n].heading and rows[n].size:
        return len(text) > _LONGEST_TITLE or (_stops(text) and len(text.split()) > 10)
    if len(text) > _LONGEST_TITLE or (two_sentences(text) and not _asks_and_says(text)) or text[:1].islower():
        return True
    told = text.endswith(".") and len(text.split()) > _SENTENCE and any(map(str.isdigit, text))  # "… steg 2,8 pct."
    if text.startswith(("- ", "• ", "* ")) or told:
        return True
    following = [r.text for r in rows[n : n + _FLOW] if r.block == rows[n].block]
    widest = max(map(len, following))
    for before, line in pairwise(following):
        if _stops(text) or not (line[:1].islower() or len(before) > _FULL * widest):
            break
        text = f"{text} {line}"
    return _stops(text) and (len(text.split()) > 5 or (text.endswith(".") and len(text.split()) > 1))


def _asks_and_says(text: str) -> bool:
    """Whether a short line asks and goes on without a stop: "Samling eller spredning? Valg for 2030"."""
    return len(text.split()) <= (_LONG_SENTENCE if "?" in text and not _stops(text) else _SENTENCE + 1)


def _stops(text: str) -> bool:
    """Whether a sentence ends there, and no list or field is announced; a long one may end in an abbreviation."""
    plain = text.rstrip()
    return (ends_sentence(plain) and plain[-1] != ":") or (plain.endswith(".") and len(plain.split()) > _LONG_SENTENCE)


def has_figures(grid: Grid) -> bool:
    """Whether a grid holds figures beyond its first column, and not only years: a table, not a form of words."""
    body = [r for r in grid.rows if not r.header]
    cells = [c.text for r in body for c in (*r.cells[1:], *r.loose) if c is not None and c.text.strip()]
    return sum(map(_counts, cells)) >= max(2, len(cells) // 5)


@lru_cache(maxsize=8192)
def _counts(text: str) -> bool:
    """Whether a cell holds a figure and no year."""
    return FIGURE.fullmatch(text.strip()) is not None and not is_year(text)


def is_body(trait: Trait) -> bool:
    """Whether the line belongs to a case's body and not to its head."""
    return trait.what in (What.PROSE, What.TABLE, What.CAPTION, What.SECTION)


def is_number_alone(trait: Trait) -> bool:
    """Whether the line is a number and nothing else: a figure of a table whose grid was lost."""
    return trait.what is What.FACT and regex.fullmatch(r"[^\p{L}]*\d[^\p{L}]*", trait.text) is not None
