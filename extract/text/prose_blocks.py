"""Lines of running text between blank lines, tables and tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extract.headings import is_form_label
from extract.text.source import EMPTY, TICKED, SourceLine
from lexicon.captions import is_caption, is_note, is_note_to_all
from lexicon.lines import ends_sentence, is_list_item

_FIELD = re.compile(r"\s*[A-ZÆØÅ][^.:?!\t]{1,45}: {2,}\S")  # a form's label with its text in a column of its own
UNWRAPPED = 200  # where full lines are longer than this, a paragraph is a line
MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\Z")


@dataclass(slots=True)
class LineBlock:
    """Lines without a blank line between them."""

    lines: list[tuple[int, SourceLine]]
    title: bool = False  # it was parted from running text because it is a title

    @property
    def texts(self) -> list[str]:
        return [line.text.strip() for _, line in self.lines]

    @property
    def first(self) -> SourceLine:
        return self.lines[0][1]


def full_width(lines: Sequence[SourceLine], taken: set[int]) -> int:
    """How long a full line of running text is: nine in ten of the longer lines are no longer."""
    lengths = sorted(
        len(line.text.strip())
        for at, line in enumerate(lines)
        if at not in taken and not line.tabbed and len(line.text.strip()) > 40
    )
    return lengths[int(len(lengths) * 0.9)] if lengths else 80


def line_blocks(lines: Sequence[SourceLine], taken: set[int]) -> list[LineBlock]:
    """The lines between blank lines, tables and tabs; every item of a list and every form's label is its own."""
    blocks: list[LineBlock] = []
    current: list[tuple[int, SourceLine]] = []
    for at, line in enumerate(lines):
        if line.furniture and at not in taken:
            continue
        if line.blank or at in taken:
            if current:
                blocks.append(LineBlock(current))
            current = []
            continue
        if current and _starts_block(line, current[-1][1]):
            blocks.append(LineBlock(current))
            current = []
        current.append((at, line))
    if current:
        blocks.append(LineBlock(current))
    return blocks


def _starts_block(line: SourceLine, above: SourceLine) -> bool:
    text = line.text
    if MARKDOWN_HEADING.match(text.strip()) or MARKDOWN_HEADING.match(above.text.strip()):
        return True
    if is_caption(text) or is_note(text) or is_note_to_all(text):
        return True
    if has_boxes(line) != has_boxes(above) and not is_form_label(above.text):
        return True
    if is_list_item(text) and not above.text.rstrip().endswith("-"):
        return True
    if _FIELD.match(text):
        return True
    starts_field = is_form_label(text) and len(text.split(":")[0].split()) <= 3
    return starts_field and (ends_sentence(above.text) or is_form_label(above.text))


def has_boxes(line: SourceLine) -> bool:
    """Whether the line holds a tick box."""
    return TICKED in line.text or EMPTY in line.text


def is_near(above: LineBlock, below: LineBlock, taken: set[int]) -> bool:
    """Whether two blocks follow each other closely, with no table between."""
    start, end = above.lines[-1][0], below.lines[0][0]
    return end - start <= 4 and not any(i in taken for i in range(start + 1, end))
