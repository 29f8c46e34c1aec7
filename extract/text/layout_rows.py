"""What a line of a layout table is: a row's figures, a label's line, the words of a remark, a unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.headings import is_sentence
from extract.text.scan import Entry, Header, Token, entry
from extract.text.source import SourceLine
from lexicon.captions import is_caption, is_note
from lexicon.lines import says_unit
from lexicon.years import YEAR

LONGEST_LABEL = 72  # characters of a label's line
_MOST_REMARKS = 4  # words after a row's figures
DATE = re.compile(rf"\b\d{{1,2}}[.-/]\s?\d{{1,2}}[.-/]\s?\d{{2,4}}\b|\b\d{{1,2}}\. [a-zæøå]+ {YEAR}\b")


def tells_unit(line: SourceLine) -> bool:
    """Whether the line says what its figures count (kroner, thousands, full-time posts)."""
    return says_unit(line.text)


def entry_under(head: Header | None, at: int, line: SourceLine, gap: int = 0) -> Entry:
    """The line as an entry of the table with that header: words right of its value columns stand apart.

    Where the blanks are lost, a few words after at least as many figures as the header has columns stand apart too.
    """
    item = entry(at, line, gap, head.limit if head else None)
    if item.figures or head is None or head.upright or min(head.gaps, default=2) > 1:
        return item
    text = line.text.rstrip()
    for word in list(re.finditer(r"\S+", text))[: -_MOST_REMARKS - 1 : -1]:
        cut = entry(at, replace(line, text=text[: word.start()].rstrip()), gap)
        if cut.figures:
            if len(cut.figures) < max(len(head.items), 3):
                return item
            return replace(cut, line=line, beyond=[Token(text[word.start() :], word.start(), len(text))])
    return item


def figures_follow(lines: Sequence[SourceLine], at: int, within_lines: int, head: Header | None) -> bool:
    """Whether figures come within that many lines of words, before anything that is no label."""
    seen = 0
    for index in range(at + 1, min(at + 16, len(lines))):
        if lines[index].blank or lines[index].furniture:
            continue
        item = entry_under(head, index, lines[index])
        if is_figure_row(item):
            return True
        seen += 1
        if seen >= within_lines or not is_label(item) or is_caption(item.label) or is_note(item.label):
            return False
    return False


def is_figure_row(item: Entry) -> bool:
    """Whether the line is a row's line with figures, and not running text that happens to end in a number."""
    if not item.figures or (DATE.search(item.line.text) and not item.beyond):
        return False
    if not item.label:
        return True
    single = len(item.figures) == 1
    if len(item.label) > 110 or (single and len(item.label) > 50 and is_sentence(item.label)):
        return False
    apart = item.figures[0].x0 - item.label_end >= 2
    return not single or apart or len(item.label) <= LONGEST_LABEL


def is_label(item: Entry) -> bool:
    """Whether the line can be a line of a row's label, alone or with the words of other columns."""
    text = item.label if item.beyond else item.line.text.strip()
    if item.beyond:
        return len(text) <= LONGEST_LABEL
    parts = re.split(r"\s{3,}", text)
    if len(parts) > 1:  # a label and the words of other columns
        return all(len(part) <= LONGEST_LABEL for part in parts)
    if len(text) > LONGEST_LABEL or (len(text.split()) > 6 and text.endswith(".") and not item.figures):
        return False
    return not (len(text) > 55 and is_sentence(text))


def only_words(item: Entry) -> Entry:
    """The line as a label without figures: what looks like one in it is part of its words."""
    text = item.line.text.strip()
    if item.beyond:
        text = item.line.text.replace("\t", "    ")[: item.beyond[0].x0].strip()
    return Entry(item.at, item.line, text, item.label_x, item.label_x + len(text), [], item.gap, item.beyond)
