"""Which blocks of running text are headings: numbered, marked, in capitals, or short and alone over text or a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.headings import is_annex, is_capitals, is_form_label, is_title, numbered
from extract.models import Place
from extract.records import record
from extract.text.prose_blocks import MARKDOWN_HEADING, UNWRAPPED, LineBlock, has_boxes, is_near
from extract.text.source import SourceLine
from extract.text.tabbed import is_unit_line
from lexicon.captions import is_caption, is_note, is_note_to_all
from lexicon.hyphens import join_lines
from lexicon.lines import ends_sentence, is_list_item


@record
class Title:
    """A heading found in the prose: its level is decided when all are known; `level` is set where the print says so."""

    number: str | None
    title: str
    place: Place
    bold: bool
    level: int | None = None


def is_short(text: str, width: int) -> bool:
    """Whether the line is short enough for a title, and no word is cut at its end."""
    return len(text.strip()) <= max(70, 0.85 * width) and not text.rstrip().endswith("-")


def opens_text(text: str) -> bool:
    """Whether the text begins as a sentence or an item of a list does."""
    return text[:1].isupper() or text[:1].isdigit() or text[:1] in "”\"'’‘“(-–•"


def title_of(
    blocks: Sequence[LineBlock], index: int, width: int, lines: Sequence[SourceLine], taken: set[int]
) -> Title | None:
    """The heading that the block at `index` is, None where it is text; `width` is a full line's length."""
    block = blocks[index]
    line = block.first
    text = " ".join(block.texts)
    marked = MARKDOWN_HEADING.match(text) if len(block.lines) == 1 else None
    if marked:
        found = numbered(marked[2])
        return Title(
            found[0] if found else None, found[1] if found else marked[2], line.place, line.bold, len(marked[1])
        )
    if len(block.lines) > 2 or "\t" in line.text or has_boxes(line):
        return None
    if len(block.lines) == 2:
        # a title wrapped over two lines
        if not (numbered(line.text) and block.texts[0].endswith("-")):
            return None
        text = join_lines(block.texts)
    found = numbered(text)
    if found is not None and is_short(text, max(width, 100)) and not _in_list(blocks, index, taken):
        return Title(found[0], found[1], line.place, line.bold)
    if len(block.lines) > 1 or found is not None:
        return None
    if is_annex(text):
        return Title(None, text, line.place, line.bold, 1)
    if is_capitals(text) and is_title(text) and not re.search(r"\d{3}", text):
        return Title(None, text, line.place, line.bold, 1) if not is_form_label(text) else None
    if block.title or (line.bold and is_title(text) and not ends_sentence(text) and not is_form_label(text)):
        return Title(None, text, line.place, line.bold)
    return _unnumbered(blocks, index, width, lines, taken)


def _in_list(blocks: Sequence[LineBlock], index: int, taken: set[int]) -> bool:
    """Whether the numbered line is an item of a list: its neighbours are numbered too and some end like sentences."""
    own = numbered(blocks[index].texts[0])
    if own is None or not own[0].isdigit():
        return False
    value = int(own[0])
    for step in (-1, 1):
        at = index + step
        if not 0 <= at < len(blocks) or not is_near(blocks[min(at, index)], blocks[max(at, index)], taken):
            continue
        match = re.match(r"\s*(\d{1,2})\.?\s", blocks[at].first.text)
        if match and int(match[1]) == value + step:
            return True
    return False


def _unnumbered(
    blocks: Sequence[LineBlock], index: int, width: int, lines: Sequence[SourceLine], taken: set[int]
) -> Title | None:
    """A short line standing alone over running text, a table, or a list."""
    block = blocks[index]
    line = block.first
    text = line.text.strip()
    if not is_title(text) or re.search(r"\S {3,}\S", text) or is_list_item(line.text):
        return None
    if text.endswith(":") and len(text.split()) > 5:
        return None
    if (
        is_note(text)
        or is_note_to_all(text)
        or (is_form_label(text) and not text.endswith(":") and not heads_amount(text))
    ):
        return None
    if ends_sentence(text) and not text.endswith(":") and len(text.split()) > 4:
        return None
    at = block.lines[0][0]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    table_next = _next_taken(lines, at, following, taken)
    if table_next is not None:
        if index > 0 and is_caption(blocks[index - 1].texts[0]) and is_unit_line(text) and len(text.split()) <= 4:
            return None  # it tells the table's unit
        good = not ends_sentence(text) and len(text.split()) <= 10
        return Title(None, text, line.place, line.bold) if good else None
    if following is None:
        return None
    first = following.texts[0]
    longest = max(len(t) for t in following.texts)
    if not is_near(block, following, taken) or (index > 0 and _in_enumeration(blocks, index, width, taken)):
        return None
    introduces = first.endswith(":") and len(first.split()) > 3 and not is_form_label(text)
    runs = introduces or longest >= 0.75 * min(width, 110) or (len(following.texts) > 1 and longest >= 0.6 * width)
    if not runs and numbered(first) is None and not is_caption(first):
        # a title right over another title is one too
        return (
            None
            if not _over_title(blocks, index + 1, width, lines, taken)
            else Title(None, text, line.place, line.bold)
        )
    if numbered(first) is not None and not runs:
        return None
    if text.endswith(":") and is_list_item(following.first.text):
        return None
    if not opens_text(first):
        return None
    return Title(None, text, line.place, line.bold)


def _in_enumeration(blocks: Sequence[LineBlock], index: int, width: int, taken: set[int]) -> bool:
    """Whether what stands right above is the start of a list, or another narrow cell of a table of words."""
    above = blocks[index - 1]
    if not is_near(above, blocks[index], taken):
        return False
    if above.texts[-1].endswith(":"):
        return len(above.texts[-1].split()) > 3 and width < UNWRAPPED
    if numbered(above.texts[0]) or above.title or is_caption(above.texts[0]) or is_capitals(above.texts[0]):
        return False
    narrow = max(len(t) for t in above.texts) < 0.45 * min(width, 110)
    return narrow and not ends_sentence(above.texts[-1]) and not is_annex(above.texts[0]) and width < UNWRAPPED


def heads_amount(text: str) -> bool:
    """Whether a colon within the title stands before an amount ("Implementering: i alt 2.400 t.kr.")."""
    return re.search(r":\s.*\d.*\b(?:kr|mio|mia|pct|årsværk)\b|:\s.*\d ?%", text) is not None


def _next_taken(lines: Sequence[SourceLine], at: int, following: LineBlock | None, taken: set[int]) -> int | None:
    """The index of the table that comes next, if it comes before any other text."""
    stop = following.lines[0][0] if following else len(lines)
    return next((i for i in range(at + 1, min(stop, at + 6)) if i in taken), None)


def _over_title(
    blocks: Sequence[LineBlock], index: int, width: int, lines: Sequence[SourceLine], taken: set[int]
) -> bool:
    block = blocks[index]
    if len(block.lines) > 1 or index + 1 >= len(blocks) or is_capitals(block.texts[0]):
        return False
    return len(block.texts[0]) > 12 and _unnumbered(blocks, index, width, lines, taken) is not None
