"""The head of a case as lines of segments.

In: blocks of any kind (running text, two columns of a page, a ruled grid of words).  Out: `FormRow`s in reading order;
`levels.py` joins those on one height, `values.py` reads the fields of the form they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

import regex

from extract.models import Block, Cell, Grid, Heading, Paragraph, Place
from extract.records import record
from lexicon.folding import fold_accents
from normalize.forms.labels import NOT_READ, is_label, match_label, starts_label
from normalize.forms.lines import is_banner
from normalize.vocabulary.forms import words

CUT = regex.compile(r"(?<=\p{Ll})[-\u2010\u00ad]\s+(?!(?:og|eller|samt)\b)(?=\p{Ll})")
_EMPHASIS = regex.compile(r"\*\*(\S(?:.*?\S)?)\*\*")  # a label set off in a dump with marks
_SECOND_LABEL = regex.compile(r"(?<=\S)\s+(\p{Lu}[\p{L}./-]*(?: \p{Ll}[\p{L}.-]*){0,2}:\s+\S)")
NEAR = 14.0  # points by which the left edges of one column may differ


@record
class Segment:
    """A run of text with its left edge (None in a text file)."""

    text: str
    x0: float | None
    place: Place


@record
class FormRow:
    """One line or grid row; `block` is the index of the block it came from, `grid` whether that is a grid.

    `others` are further blocks whose lines stand on the same height; `bare`: a label that its print sets off.
    """

    segments: tuple[Segment, ...]
    block: int
    grid: bool = False
    heading: bool = False
    others: frozenset[int] = frozenset()
    bare: bool = False
    line: int = 0  # which line of its paragraph or row of its grid it is; -1 for a grid's caption
    size: float = 0.0  # of its letters; 0 where the print has none
    bold: bool = False

    @property
    def text(self) -> str:
        """The row on one line."""
        return " ".join(s.text for s in self.segments)


def join(pieces: Iterable[str]) -> str:
    """Pieces of text on one line, white space folded, hyphens at the ends of pieces undone."""
    text = ""
    for piece in (" ".join(p.split()) for p in pieces):
        text = f"{text} {piece}" if text and piece else text or piece
    return CUT.sub("", text)


def rows_of(blocks: Iterable[tuple[int, Block]], *, captions: bool = False) -> Iterator[FormRow]:
    """The blocks as lines of segments, each block's own lines kept; with `captions` those of grids as well."""
    for index, block in blocks:
        if isinstance(block, Heading):
            title = block.title if block.number is None else f"{block.number}. {block.title}"
            found = (Segment(title, _left(block.place), block.place),)
            yield FormRow(found, index, heading=True, size=block.size, bold=block.bold)
        elif isinstance(block, Paragraph):
            yield from _of_paragraph(block, index)
        else:
            if captions and block.caption is not None and block.caption.text.strip():
                yield FormRow((Segment(block.caption.text, None, block.caption.place),), index, grid=True, line=-1)
            yield from _of_grid(block, index)


def _of_paragraph(block: Paragraph, index: int) -> Iterator[FormRow]:
    if not block.lines:
        yield FormRow((Segment(block.text, _left(block.place), block.place),), index)
    segmented = any(line.segments for line in block.lines)
    for n, line in enumerate(block.lines):
        cells = [_segment(c) for c in line.segments if c.text.strip()]
        if cells or (line.text.strip() and not segmented):
            found = tuple(cells) or (Segment(line.text, _left(line.place), line.place),)
            for part in _fields_apart(found):
                yield FormRow(part, index, line=n, size=line.size, bold=line.bold)


def _of_grid(block: Grid, index: int) -> Iterator[FormRow]:
    for n, row in enumerate(block.rows):
        filled = [_segment(c) for c in (*row.cells, *row.loose) if c is not None and c.text.strip()]
        if filled:
            yield FormRow(tuple(filled), index, grid=True, line=n)


def _fields_apart(found: tuple[Segment, ...]) -> list[tuple[Segment, ...]]:
    """A line's segments, parted where one field of a form follows another: "Nr.: 27    Titel: Færre møder"."""
    if not any(":" in segment.text for segment in found) or not _SECOND_LABEL.search(" ".join(s.text for s in found)):
        return [found]
    pieces = [piece for segment in found for piece in _split_labels(segment)]
    starts = [n for n, piece in enumerate(pieces) if n and match_label(piece.text) is not None]
    if not starts or match_label(pieces[0].text) is None:
        return [found]
    return [tuple(pieces[a:b]) for a, b in pairwise([0, *starts, len(pieces)])]


def _split_labels(segment: Segment) -> list[Segment]:
    """A segment cut before each label with a colon and a value that the vocabulary knows."""
    cuts = [m.start(1) for m in _SECOND_LABEL.finditer(segment.text) if match_label(segment.text[m.start(1) :])]
    parts = [segment.text[a:b].strip() for a, b in pairwise([0, *cuts, len(segment.text)])]
    return [replace(segment, text=part, x0=segment.x0 if n == 0 else None) for n, part in enumerate(parts)]


def opens_field(row: FormRow) -> bool:
    """Whether a row is, or begins, a label of the form that is read (not one that only ends another field)."""
    text = row.segments[0].text
    found = match_label(text, colon=not (row.grid or row.heading or len(row.segments) > 1))
    return found[0] not in NOT_READ if found is not None else starts_label(text)


def form_rows(rows: Iterable[FormRow]) -> list[FormRow]:
    """The rows of a case's head; what stands among its labels is no heading, however bold it is printed.

    Two labels that are set off as headings are, without a colon, a form with its values below.
    """
    found = list(rows)
    labels = [n for n, row in enumerate(found) if opens_field(row)]
    if not labels:
        return found
    bare = [n for n in labels if found[n].heading and is_label(found[n].text) and not _is_section(found[n].text)]
    return [
        replace(row, heading=False, bare=len(bare) > 1 and n in bare)
        if row.heading and labels[0] <= n <= labels[-1] and not is_banner(row.text)
        else row
        for n, row in enumerate(found)
    ]


def _is_section(text: str) -> bool:
    """Whether a label's words are as often the heading of a section ("Forslag")."""
    return fold_accents(text).rstrip(" :.") in words("section_labels")


def _segment(cell: Cell) -> Segment:
    text = _EMPHASIS.sub(r"\1", cell.text) if "**" in cell.text else cell.text
    return Segment(text, _left(cell.place), cell.place)


def _left(place: Place) -> float | None:
    return place.box.x0 if place.box is not None else None


def beyond(label: Segment, segment: Segment) -> bool:
    """Whether a segment stands in the form's right column."""
    return label.x0 is not None and segment.x0 is not None and segment.x0 > label.x0 + 2 * NEAR
