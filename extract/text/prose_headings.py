"""Headings that stand in one block with running text, cut off it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.headings import is_annex, is_form_label, is_title, numbered
from extract.text.prose_blocks import LineBlock, has_boxes
from extract.text.prose_titles import heads_amount, is_short, opens_text
from extract.text.source import SourceLine
from lexicon.hyphens import join_lines
from lexicon.lines import ends_sentence, goes_on, is_list_item

_USUAL_WIDTH = 80  # characters of a full line


def split_headings(blocks: Sequence[LineBlock], width: int) -> list[LineBlock]:
    """Gives headings that stand in a block with running text a block of their own."""
    result: list[LineBlock] = []
    sequence = 0  # the last section's number
    for block in blocks:
        if count := _title_lines(result[-1] if result else None, block, width):
            result.append(LineBlock(block.lines[:count], title=not is_form_label(block.first.text)))
            block = LineBlock(block.lines[count:])
        introduced = bool(result) and _introduces(result[-1], block)
        entries = block.lines
        lines = [line for _, line in entries]
        start = 0
        for at, line in enumerate(lines):
            found = numbered(line.text) if is_short(line.text, width) else None
            if found is not None:
                heads = _heads_section(found[0], block.texts, at, sequence)
            else:
                heads = _heads(lines[start:], at - start, width, at == 0 and introduced)
            if not heads:
                continue
            sequence = int(found[0]) if found is not None and found[0].isdigit() else sequence
            if len(lines) > 1:
                result += [LineBlock(entries[start:at])] if at > start else []
                result.append(LineBlock(entries[at : at + 1], title=numbered(line.text) is None))
                start = at + 1
        if start < len(lines):
            result.append(LineBlock(entries[start:]))
    return result


def _heads(lines: Sequence[SourceLine], at: int, width: int, introduced: bool) -> bool:
    """Whether a line without a section's number is a heading among the lines of a block since the last one."""
    line, below = lines[at], [entry.text for entry in lines[at + 1 :]]
    above = lines[at - 1].text.rstrip() if at else ""
    if is_annex(line.text) and not above.endswith("-"):
        return not below or opens_text(below[0].strip())
    if not below:
        return at > 0 and _closes_with_title(line, lines[at - 1])
    opens = not introduced if at == 0 else ends_sentence(above) and not above.endswith(":")  # below a field's label
    return opens and _heads_text(line, below, width)


def _heads_section(number: str, texts: Sequence[str], at: int, last: int) -> bool:
    """Whether a numbered line of a block is a heading: its number follows the `last` one, and text begins below it."""
    if at and not _follows(number, last):
        return False
    if at + 1 == len(texts) or opens_text(texts[at + 1].strip()):
        return True
    return _is_next(number, last) and (at == 0 or ends_sentence(texts[at - 1]))


def _title_lines(above: LineBlock | None, block: LineBlock, width: int) -> int:
    """How many of a block's lines are the title that opens a page or the document, with other text right below it.

    The title was ended on purpose: the next line's first word had room on it (a short file's full lines tell little).
    """
    if above is not None and above.first.page == block.first.page:
        return 0
    count = 2 if len(block.lines) > 1 and goes_on(*block.texts[:2]) else 1
    if len(block.lines) <= count:
        return 0
    text, last, below = join_lines(block.texts[:count]), block.texts[count - 1], block.texts[count]
    if not is_title(text) or ends_sentence(text) or numbered(text) or any(has_boxes(x) for _, x in block.lines[:count]):
        return 0
    if any(re.search(r"\S {2,}\S|\t", line) for line in block.texts[:count]) or is_list_item(text):
        return 0
    if not opens_text(below):
        return 0
    full = max(width, _USUAL_WIDTH) if above is None else width
    return count if len(last) + 1 + len(below.split()[0]) < 0.9 * full else 0


def _introduces(above: LineBlock, block: LineBlock) -> bool:
    """Whether a form's label stands right above a block of names, whose first line is then no title."""
    text = above.texts[0].rstrip()
    label = len(above.lines) == 1 and is_form_label(text) and text.endswith(":") and len(text.split()) <= 3
    return label and all(len(name.split()) <= 8 and not ends_sentence(name) for name in block.texts)


def _follows(number: str, last: int) -> bool:
    return "." in number or int(number) in (1, last + 1)


def _is_next(number: str, last: int) -> bool:
    return number.isdigit() and int(number) == last + 1 > 1


def _heads_text(line: SourceLine, following: Sequence[str], width: int) -> bool:
    """Whether the first line of a block is a title over the running text right below it."""
    text = line.text.strip()
    amount = heads_amount(text)
    if "\t" in line.text or re.search(r"\S {3,}\S", text) or is_list_item(line.text):
        return False
    if is_form_label(text) and not amount:
        return False
    if not is_title(text) or not opens_text(following[0].strip()) or has_boxes(line):
        return False
    if ends_sentence(text) and not text.endswith(":") and len(text.split()) > 3:
        return False
    longest = max(len(t.strip()) for t in following)
    # the title's line had room for the next line's first word, so it was ended on purpose
    tells = ends_sentence(following[-1]) and len(following[0].split()) > 3
    room = len(text) + 1 + len(following[0].split()[0]) < (1.02 if amount else 0.9) * width
    return room and (tells or longest >= 0.75 * min(width, 110))


def _closes_with_title(line: SourceLine, above: SourceLine) -> bool:
    text = line.text.strip()
    return (
        ends_sentence(above.text)
        and is_title(text)
        and not ends_sentence(text)
        and len(text.split()) <= 5
        and not re.search(r" {2,}|\t", text)
        and not is_list_item(line.text)
        and not any(c.isdigit() for c in text)
    )
