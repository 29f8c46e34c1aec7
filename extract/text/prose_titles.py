"""Which blocks of running text are headings: numbered, marked, in capitals, or short and alone over text or a table.

`title_of` asks each kind in turn; the last, a short line that stands alone, is told by what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extract.headings import is_annex, is_capitals, is_form_label, is_title, numbered
from extract.models import Place
from extract.records import record
from extract.text.prose_blocks import MARKDOWN_HEADING, UNWRAPPED, LineBlock, has_boxes, is_near
from extract.text.source import SourceLine
from extract.text.tabbed import is_unit_line
from lexicon.captions import is_caption, is_note, is_note_to_all
from lexicon.hyphens import join_lines
from lexicon.lines import ends_sentence, is_list_item

_SHORT = 100  # characters that a numbered title may always have
_TABLE_BELOW = 5  # lines below a heading within which its table begins
_FIGURE = re.compile(r"\d{3}")
_WIDE_GAP = re.compile(r"\S {3,}\S")
_ITEM = re.compile(r"\s*(\d{1,2})\.?\s")


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


@record
class Prose:
    """The blocks of a document's running text with what stands between them; `width` is a full line's length."""

    blocks: Sequence[LineBlock]
    width: int
    lines: Sequence[SourceLine]
    taken: set[int]  # indices of lines that a table took

    def near(self, upper: int) -> bool:
        """Whether the block at `upper` and the one below it follow each other closely, with no table between."""
        both = 0 <= upper < len(self.blocks) - 1
        return both and is_near(self.blocks[upper], self.blocks[upper + 1], self.taken)

    def over_table(self, index: int) -> bool:
        """Whether a table comes next below the block, before any other text."""
        at = self.blocks[index].lines[0][0]
        stop = self.blocks[index + 1].lines[0][0] if index + 1 < len(self.blocks) else len(self.lines)
        return any(i in self.taken for i in range(at + 1, min(stop, at + _TABLE_BELOW + 1)))


def title_of(prose: Prose, index: int) -> Title | None:
    """The heading that the block at `index` is, None where it is text."""
    block = prose.blocks[index]
    line = block.first
    if len(block.lines) == 1 and (marked := MARKDOWN_HEADING.match(line.text.strip())):
        number, title = numbered(marked[2]) or (None, marked[2])
        return Title(number, title, line.place, line.bold, len(marked[1]))
    text = _on_one_line(block)
    if text is None:
        return None
    if found := numbered(text):
        heads = is_short(text, max(prose.width, _SHORT)) and not _in_list(prose, index)
        return Title(*found, line.place, line.bold) if heads else None
    if len(block.lines) > 1:
        return None
    capitals = is_capitals(text) and is_title(text) and not _FIGURE.search(text)
    if is_annex(text) or (capitals and not is_form_label(text)):
        return Title(None, text, line.place, line.bold, 1)
    if capitals:
        return None
    set_apart = block.title or (line.bold and is_title(text) and not ends_sentence(text) and not is_form_label(text))
    return Title(None, text, line.place, line.bold) if set_apart or _stands_alone(prose, index) else None


def _on_one_line(block: LineBlock) -> str | None:
    """The words of a block that may be a heading: a line, or a numbered title that a hyphen wrapped over two."""
    if len(block.lines) > 2 or "\t" in block.first.text or has_boxes(block.first):
        return None
    if len(block.lines) == 2 and not (numbered(block.first.text) and block.texts[0].endswith("-")):
        return None
    return join_lines(block.texts)


def _in_list(prose: Prose, index: int) -> bool:
    """Whether the numbered line is an item of a list: the line close above or below has the number next to its own."""
    own = numbered(prose.blocks[index].texts[0])
    if own is None or not own[0].isdigit():
        return False
    for step in (-1, 1):
        if prose.near(min(index, index + step)):
            match = _ITEM.match(prose.blocks[index + step].first.text)
            if match and int(match[1]) == int(own[0]) + step:
                return True
    return False


def _is_label(text: str) -> bool:
    return is_form_label(text) and not text.endswith(":") and not heads_amount(text)


def _is_lead_in(text: str) -> bool:
    """A sentence, or one that a colon ends before what it introduces."""
    length = len(text.split())
    return length > 5 if text.endswith(":") else ends_sentence(text) and length > 4


# what a short line that stands alone may be instead of a heading
_OTHERWISE: tuple[Callable[[str], object], ...] = (
    _WIDE_GAP.search,
    is_list_item,
    is_note,
    is_note_to_all,
    _is_label,
    _is_lead_in,
)


def _stands_alone(prose: Prose, index: int) -> bool:
    """Whether the line is a heading because it stands short and alone over running text, a table, or a list."""
    text = prose.blocks[index].first.text.strip()
    if not is_title(text) or any(is_other(text) for is_other in _OTHERWISE):
        return False
    if prose.over_table(index):
        tells_unit = index > 0 and is_caption(prose.blocks[index - 1].texts[0]) and is_unit_line(text)
        length = len(text.split())
        return not (tells_unit and length <= 4) and not ends_sentence(text) and length <= 10
    if not prose.near(index) or _in_enumeration(prose, index):
        return False
    return _over_text(prose, index, text)


def _over_text(prose: Prose, index: int, text: str) -> bool:
    """Whether what stands close below the line is text that it heads, or a title that heads such a text."""
    following = prose.blocks[index + 1]
    first = following.texts[0]
    longest = max(len(t) for t in following.texts)
    introduces = first.endswith(":") and len(first.split()) > 3 and not is_form_label(text)
    fills = longest >= 0.75 * min(prose.width, 110) or (len(following.texts) > 1 and longest >= 0.6 * prose.width)
    if introduces or fills:
        return opens_text(first) and not (text.endswith(":") and is_list_item(following.first.text))
    if numbered(first) is not None:
        return False
    if is_caption(first):
        return opens_text(first)
    # a title right over another title is one too
    over_title = len(following.lines) == 1 and len(first) > 12 and not is_capitals(first)
    return over_title and index + 2 < len(prose.blocks) and _stands_alone(prose, index + 1)


def _in_enumeration(prose: Prose, index: int) -> bool:
    """Whether what stands right above is the start of a list, or another narrow cell of a table of words."""
    if not prose.near(index - 1) or prose.width >= UNWRAPPED:
        return False
    above = prose.blocks[index - 1]
    opening, last = above.texts[0], above.texts[-1]
    if last.endswith(":"):
        return len(last.split()) > 3
    if above.title or numbered(opening) or is_caption(opening) or is_capitals(opening) or is_annex(opening):
        return False
    return max(len(t) for t in above.texts) < 0.45 * min(prose.width, 110) and not ends_sentence(last)


def heads_amount(text: str) -> bool:
    """Whether a colon within the title stands before an amount ("Implementering: i alt 2.400 t.kr.")."""
    return re.search(r":\s.*\d.*\b(?:kr|mio|mia|pct|årsværk)\b|:\s.*\d ?%", text) is not None
