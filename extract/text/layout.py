"""Tables of layout dumps: found by their header of years or by figures under each other, read line by line.

Such a dump prints a row's label and figures on one line, or the label's lines first and the figures after a blank
line.  `find_headed` finds where a table starts, and the words of its header; `layout_body.py` where it ends,
`layout_headless.py` the tables without years.  `rows.py` joins their lines to rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from extract.headings import is_form_label, numbered
from extract.text.build import Region, build, names_words
from extract.text.layout_body import take_body
from extract.text.layout_headless import without_header
from extract.text.layout_rows import tells_unit
from extract.text.scan import Header, entry, header
from extract.text.source import SourceLine
from extract.text.tables import Found
from lexicon.captions import is_caption, is_note, is_note_to_all
from lexicon.lines import ends_sentence, goes_on, precedes_code, says_unit

_LONGEST_HEADER = 60


def find_headed(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Found]:
    """The tables under a line of years, of the lines that no other reader took, in print order."""
    return _find(lines, taken, known, headed=True)


def find_headless(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Found]:
    """Those that figures under each other alone tell of."""
    return _find(lines, taken, known, headed=False)


def _find(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str], *, headed: bool) -> list[Found]:
    found: list[Found] = []
    at = 0
    free = 0  # first line that is not part of an earlier table
    while at < len(lines):
        line = lines[at]
        region = None
        if at not in taken and not line.blank and not line.tabbed:
            head = header(lines, at) if headed else None
            if head is not None:
                region = _under(lines, head, free, taken)
                if region is not None and not names_words(region, lines):
                    region = None
            elif not headed:
                region = without_header(lines, at, taken)
        if region is None:
            at += 1
            continue
        table = build(region, lines, known)
        found.append(table)
        at = free = table.last + 1
    return found


def _under(lines: Sequence[SourceLine], head: Header, free: int, taken: set[int]) -> Region | None:
    """The table under a header of years; None where no figures follow."""
    prefix = _prefix_lines(lines, head, free, taken)
    start = head.last + 1 + head.below
    text = head.prefix or (lines[prefix[-1]].text if prefix else "")
    while (
        start < len(lines) and text.endswith("-") and not lines[start].blank and entry(start, lines[start]).only_label
    ):
        prefix.append(start)  # the header's last word, cut by the line's end
        text = lines[start].text.rstrip()
        start += 1
    region = Region(head, prefix, [])
    take_body(lines, region, start, taken)
    return region if any(e.figures for e in region.entries) and not _overflows(region) else None


def _overflows(region: Region) -> bool:
    """Whether the header leaves columns out: rows most often hold more values than it names, or as many lines as
    values and more of them.  Then years are only some of the columns' names."""
    head = region.head
    if head is None:
        return False
    counts: list[int] = []
    for item in region.entries:
        if item.label or not counts:
            counts.append(0)
        counts[-1] += sum(not token.is_dash for token in item.figures)  # a dash may be the sign of the next
        counts[-1] -= precedes_code(item.label)
    filled = [count for count in counts if count]
    usual = max(set(filled), key=filled.count, default=0)
    return usual > len(head.items) and filled.count(usual) >= 2


def _prefix_lines(lines: Sequence[SourceLine], head: Header, free: int, taken: set[int]) -> list[int]:
    """The lines above the years that are part of the header: down from the caption, or next to the years."""
    blocks: list[list[int]] = [[]]
    at, blanks = head.at - 1, 0
    capped = False
    while at >= free and head.at - at <= 14:
        line = lines[at]
        if line.blank:
            blanks += 1
            if blanks > 4:
                break
            if blocks[-1]:
                blocks.append([])
            at -= 1
            continue
        if at in taken or line.tabbed or is_caption(line.text):
            capped = is_caption(line.text)
            break
        if not _is_header_text(line.text) and all(line.number != number for number, _ in head.used):
            break
        blanks = 0
        blocks[-1].insert(0, at)
        at -= 1
    blocks = [block for block in blocks if block]
    if capped:
        below = [i for block in reversed(blocks) for i in block]
        # the caption's own second line is no header
        while below and below[0] == at + 1 and not tells_unit(lines[below[0]]):
            if not goes_on(lines[at].text, lines[below[0]].text):
                break
            at = below.pop(0)
        return below
    kept: list[int] = []
    for number, block in enumerate(blocks):
        adjacent = number == 0 and block[-1] == head.at - 1
        wanted = any(tells_unit(lines[i]) for i in block) or (kept and lines[block[-1]].text.rstrip().endswith("-"))
        hyphened = any(lines[i].text.rstrip().endswith("-") for later in blocks[number + 1 :] for i in later[-1:])
        if not (adjacent or wanted or (number == 0 and hyphened)):
            break
        kept = block + kept
    return _without_heading(lines, kept)


def _without_heading(lines: Sequence[SourceLine], kept: list[int]) -> list[int]:
    """A heading or running text right above the header's words is not part of them."""
    while kept and not tells_unit(lines[kept[0]]) and not lines[kept[0]].text.rstrip().endswith("-"):
        rest = kept[1:]
        if not rest or not any(tells_unit(lines[i]) for i in rest):
            break
        kept = rest
    return kept


def _is_header_text(text: str) -> bool:
    if len(" ".join(text.split())) > _LONGEST_HEADER or numbered(text) or is_form_label(text) or is_note(text):
        return False
    if text.rstrip().endswith((".", ";")) and (ends_sentence(text) or not says_unit(text)):
        return False
    return is_note_to_all(text) is False and not entry(0, SourceLine(0, 1, text)).figures
