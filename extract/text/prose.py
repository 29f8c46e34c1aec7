"""Running text of a dump: paragraphs joined over lines and pages, headings, form lines with their segments.

`prose_blocks.py` cuts the lines at blank lines, `prose_headings.py` cuts headings off the text right below them, and
`prose_titles.py` tells which of the pieces are headings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from extract.headings import is_form_label, is_title, numbered
from extract.models import Cell, Line, Paragraph, Placement
from extract.text.prose_blocks import UNWRAPPED, LineBlock, full_width, has_boxes, line_blocks
from extract.text.prose_headings import split_headings
from extract.text.prose_titles import Prose, Title, title_of
from extract.text.source import SourceLine
from lexicon.captions import is_caption, is_note, is_note_to_all
from lexicon.hyphens import join_lines, mend
from lexicon.lines import ends_sentence, is_list_item, words

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_HYPHENED = re.compile(r"[^\W\d_]-\Z")
_FURTHEST = 12  # lines between two parts of a paragraph that a page break parted
# lines that begin something of their own
_ANEW: tuple[Callable[[str], object], ...] = (is_note, is_note_to_all, is_form_label, is_list_item, numbered)

Piece = tuple[int, Title | Paragraph]


def read_prose(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Piece]:
    """Headings and paragraphs of the lines that no table took, each with the index of its first line."""
    width = full_width(lines, taken)
    blocks = split_headings(line_blocks(lines, taken), width)
    prose = Prose(blocks, width, lines, taken)
    pieces: list[Piece] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        title = title_of(prose, index)
        if title is not None:
            pieces.append((block.lines[0][0], replace(title, title=mend(title.title, known))))
            index += 1
            continue
        joined = list(block.lines)
        while index + 1 < len(blocks) and _goes_on(joined, blocks[index + 1], width, taken):
            index += 1
            joined += blocks[index].lines
        pieces.append((block.lines[0][0], _paragraph([line for _, line in joined], known)))
        index += 1
    return pieces


def _goes_on(joined: Sequence[tuple[int, SourceLine]], following: LineBlock, width: int, taken: set[int]) -> bool:
    """Whether a paragraph that stands so goes on in the block below it, blank lines or a page between."""
    last_at, last = joined[-1]
    first_at, first = following.lines[0]
    if first_at - last_at > _FURTHEST or any(i in taken for i in range(last_at + 1, first_at)):
        return False
    end, start = last.text.rstrip(), first.text.strip()
    if first.tabbed != last.tabbed or is_caption(start) or is_caption(joined[0][1].text):
        return False
    if _HYPHENED.search(end) and (start[0].isalpha() or start[0] == "/"):
        return True
    if first.tabbed or has_boxes(first) or has_boxes(last) or any(begins(start) for begins in _ANEW):
        return False
    running = len(end) >= 0.6 * width or len(joined) > 1
    if running and end.split()[-1].casefold() in words("unfinished"):
        return True
    if ends_sentence(end):
        return False
    if start[0].islower():
        return running or len(start) > 0.6 * width
    full = 0.85 * width <= len(end) and width < UNWRAPPED
    return full and not is_title(start)


def _paragraph(lines: Sequence[SourceLine], known: frozenset[str]) -> Paragraph:
    entries = [_line(line) for line in lines]
    if any(len(e.segments) > 1 for e in entries):
        entries = _mended(entries, known)
    text = mend(join_lines([line.text for line in lines], known), known)
    return Paragraph(text, tuple(entries), lines[0].place)


def _line(line: SourceLine) -> Line:
    segments: list[Cell] = []
    for part in line.text.split("\t"):
        for match in _SEGMENT.finditer(part):
            raw = match[0]
            segments.append(Cell(" ".join(raw.split()), raw, line.place, Placement.ALIGNED, line.bold, line.italic))
    return Line(" ".join(line.text.split()), line.place, tuple(segments), line.bold)


def _mended(entries: Sequence[Line], known: frozenset[str]) -> list[Line]:
    """Joins a segment that a line's end cut ("Integrationsfor-" / "valtningen") where it started."""
    result: list[Line] = []
    for entry in entries:
        above = result[-1] if result else None
        if above and above.segments and entry.segments and above.segments[-1].raw.endswith("-"):
            cut, rest = above.segments[-1], entry.segments[0]
            whole = replace(cut, text=join_lines([cut.text, rest.text], known), raw=f"{cut.raw}\n{rest.raw}")
            result[-1] = replace(above, segments=(*above.segments[:-1], whole))
            entry = replace(entry, segments=entry.segments[1:])
        result.append(entry)
    return result
