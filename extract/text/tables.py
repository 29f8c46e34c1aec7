"""What tabbed and layout tables share: a found table, its caption and notes, and its ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.headings import is_form_label, numbered
from extract.models import Cell, Grid, Ledger, Line, Paragraph, Placement, Row
from extract.text.source import SourceLine
from lexicon.captions import is_caption, is_note, is_note_to_all
from lexicon.hyphens import join_lines, mend
from lexicon.lines import ends_sentence, goes_on

#: Characters of a line from which it may be full: a sentence that ends with it may go on with another in the next.
FULL_LINE = 60


@dataclass(slots=True)
class Found:
    """A table found in the source: its rows, and which lines (by index) it took."""

    rows: list[Row]
    columns: int
    first: int  # index of its first line, caption not counted
    last: int  # index of its last line, notes not counted
    furniture: list[int] = field(default_factory=list)  # lines within that belong to no table
    separators: list[int] = field(default_factory=list)  # drawn lines of hyphens, and lines that stay text
    apart: list[int] = field(default_factory=list)  # lines within that stay text

    @property
    def taken(self) -> set[int]:
        """The lines that are the table's and no longer text."""
        return set(range(self.first, self.last + 1)) - set(self.apart)


def cell(
    text: str,
    line: SourceLine,
    raw: str | None = None,
    placement: Placement = Placement.TABBED,
    span: int = 1,
) -> Cell:
    """A cell of that text at that line; `raw` is what is printed where it differs."""
    printed = text if raw is None else raw
    return Cell(" ".join(text.split()), printed, line.place, placement, line.bold, line.italic, span, line.sure)


def paragraph(lines: Sequence[SourceLine], known: frozenset[str]) -> Paragraph:
    """The lines as one paragraph."""
    return Paragraph(
        mend(join_lines([line.text for line in lines], known), known),
        tuple(Line(" ".join(line.text.split()), line.place, bold=line.bold) for line in lines),
        lines[0].place,
    )


def caption_above(lines: Sequence[SourceLine], first: int, taken: set[int]) -> tuple[int, int] | None:
    """The caption right above line `first` (up to four blank lines between), as a half-open range of indices."""
    at = first - 1
    while at >= 0 and lines[at].blank and first - at <= 5:
        at -= 1
    for start in range(at, max(at - 3, -1), -1):
        line = lines[start]
        if start in taken or line.blank or line.tabbed:
            return None
        if is_caption(line.text):
            block = [entry.text for entry in lines[start : at + 1]]
            whole = all(goes_on(a, b) for a, b in pairwise(block))
            return (start, at + 1) if whole else None
    return None


def notes_below(lines: Sequence[SourceLine], last: int, taken: set[int]) -> list[tuple[int, int]]:
    """The notes right below line `last`, each as a half-open range of indices."""
    notes: list[tuple[int, int]] = []
    at = last + 1
    while True:
        start = at
        while start < len(lines) and (lines[start].blank) and start - at < 3:
            start += 1
        if start >= len(lines) or start in taken or lines[start].tabbed or not is_note(lines[start].text):
            return notes
        end = start + 1
        while end < len(lines) and end not in taken and _in_note(lines[end]) and not _ends(lines[end - 1].text):
            end += 1
        notes.append((start, end))
        at = end


def _ends(text: str) -> bool:
    """Whether a note ends with this line: its sentence does, and the line has room left."""
    return ends_sentence(text) and len(text.strip()) < FULL_LINE and not text.rstrip().endswith(":")


def _in_note(line: SourceLine) -> bool:
    text = line.text
    if line.blank or line.tabbed or line.furniture or is_note(text) or is_note_to_all(text) or is_caption(text):
        return False
    return numbered(text) is None and not is_form_label(text)


def grid(
    found: Found,
    lines: Sequence[SourceLine],
    caption: tuple[int, int] | None,
    notes: Sequence[tuple[int, int]],
    known: frozenset[str],
) -> Grid:
    """The table as the model's grid, with its ledger."""
    places = [row.place for row in found.rows]
    head = paragraph(lines[slice(*caption)], known) if caption else None
    feet = tuple(paragraph(lines[slice(*span)], known) for span in notes)
    skipped = set(found.separators)
    body = [line for at, line in enumerate(lines[found.first : found.last + 1], found.first) if at not in skipped]
    return Grid(
        rows=tuple(found.rows),
        columns=found.columns,
        first_page=min(place.page for place in places),
        last_page=max(place.page for place in places),
        place=head.place if head else places[0],
        caption=head,
        notes=feet,
        ledger=ledger(body, found.rows, head, feet),
        reader="text",
    )


def ledger(
    body: Iterable[SourceLine], rows: Iterable[Row], caption: Paragraph | None, notes: Sequence[Paragraph]
) -> Ledger:
    """Where the words of the table's lines went."""
    printed = Counter(word for line in body for word in line.text.split())
    held = Counter(word for row in rows for part in (*row.cells, *row.loose) if part for word in part.raw.split())
    lost = printed - held
    orphans = tuple(lost.elements())
    captions = sum(len(line.text.split()) for line in caption.lines) if caption else 0
    feet = sum(len(line.text.split()) for note in notes for line in note.lines)
    total = sum(printed.values())
    return Ledger(total + captions + feet, total - len(orphans), captions, feet, orphans)
