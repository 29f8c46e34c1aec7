"""The body of a layout table with a header of years: its lines, headers printed again overleaf, and where it ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.headings import is_form_label, numbered
from extract.text.build import Region
from extract.text.layout_columns import part_last_columns, with_named_columns
from extract.text.layout_rows import entry_under, figures_follow, is_figure_row, is_label, only_words, tells_unit
from extract.text.scan import Entry, Header, header
from extract.text.source import SourceLine
from lexicon.captions import is_caption, is_note, is_note_to_all
from lexicon.lines import closes, goes_on

_MOST_LABEL_LINES = 12  # lines of words in a row before figures come
_DRAWN = re.compile(r"[\s\-–—=_]*(?:---|===|___)[\s\-–—=_]*\Z")


def take_body(lines: Sequence[SourceLine], region: Region, start: int, taken: set[int]) -> None:
    """Collects the body's lines into the region, up to where the table ends."""
    entries: list[Entry] = []
    last_good = 0
    words_since, blanks = 0, 0
    at = start
    while at < len(lines):
        line = lines[at]
        if line.blank:
            blanks += 1
            at += 1
            if blanks > 14:
                break
            continue
        if line.furniture or _DRAWN.match(line.text):
            region.furniture.append(at)
            at += 1
            continue
        again = header(lines, at) if region.head else None
        if again and _same_header(region.head, again):
            words = len(entries)
            while words > last_good and _heads_again(lines, region, entries[words - 1].at):
                words -= 1
            labels = all(is_label(e) and not numbered(e.label) for e in entries[last_good:words])
            if labels and not _heads_another(lines, region, again, entries[:last_good], entries[last_good:words]):
                region.repeated += [*(e.at for e in entries[words:]), *range(again.at, again.last + 1 + again.below)]
                region.heads.append(again)
                del entries[words:]
                at, blanks, words_since = again.last + 1 + again.below, 0, words - last_good
                while at < len(lines) and not lines[at].blank and _in_prefix(lines, region, lines[at].text):
                    region.repeated.append(at)
                    at += 1
                continue
            break
        if at in taken or line.tabbed or again or _ends_table(lines, at, region, entries):
            break
        item = entry_under(region.head, at, line, blanks)
        is_row = is_figure_row(item)
        if not is_row and (words_since >= _MOST_LABEL_LINES or not is_label(item)):
            break
        if is_row and _begins_overleaf(region.head, entries[:last_good], item):
            break
        if not is_row:
            item = only_words(item)
        entries.append(item)
        blanks = 0
        if is_row:
            last_good, words_since = len(entries), 0
        else:
            words_since += 1
        at += 1
    region.entries = entries[:last_good] + _trailing(lines, entries[last_good:], entries[:last_good], at)
    part_last_columns(region)
    region.head = with_named_columns(lines, region)
    end = region.entries[-1].at if region.entries else start
    region.furniture = [i for i in region.furniture if i < end]
    region.repeated = [i for i in region.repeated if i < end]


def _same_header(head: Header | None, again: Header) -> bool:
    return head is not None and [t.text for t in head.items] == [t.text for t in again.items]


def _heads_another(
    lines: Sequence[SourceLine], region: Region, again: Header, body: Sequence[Entry], between: Sequence[Entry]
) -> bool:
    """Whether a header of the same years heads another table: on the same page, with words or a total of its own.

    `between` are the labels that stand between the body and the header.
    """
    line = lines[again.at]
    if line.paged and body and body[-1].line.page == line.page:
        return True
    titled = any(item.line.page == line.page for item in between)
    if titled or not line.paged:
        last, later = next((item.label for item in reversed(body) if item.figures), ""), _last_label(lines, again)
        if last and (last.casefold() == later.casefold() or (titled and closes(last))):
            return True  # each ends with a total of its own
    return bool(again.prefix.strip()) and not _in_prefix(lines, region, again.prefix)


def _begins_overleaf(head: Header | None, body: Sequence[Entry], item: Entry) -> bool:
    """Whether a row overleaf is no row of the table: that closed with its total, and no figure stands in a column."""
    last = next((above for above in reversed(body) if above.figures), None)
    if head is None or last is None or item.line.page == last.line.page or not closes(last.label):
        return False
    return not any(t.x0 < column.x1 and column.x0 < t.x1 for t in item.figures for column in head.items)


def _last_label(lines: Sequence[SourceLine], head: Header) -> str:
    """The label of the last row of figures under that header."""
    label = ""
    for at in range(head.last + 1 + head.below, len(lines)):
        if lines[at].blank or lines[at].furniture:
            continue
        item = entry_under(head, at, lines[at])
        if header(lines, at) or lines[at].tabbed or is_caption(lines[at].text) or not (item.figures or is_label(item)):
            break
        label = item.label if is_figure_row(item) else label
    return label


def _heads_again(lines: Sequence[SourceLine], region: Region, at: int) -> bool:
    """Whether the line is one of the header's words, printed again."""
    return tells_unit(lines[at]) or _in_prefix(lines, region, lines[at].text)


def _in_prefix(lines: Sequence[SourceLine], region: Region, text: str) -> bool:
    text = text.strip()
    head = region.head.prefix if region.head else ""
    return bool(text) and (text in head or any(text in lines[i].text for i in region.prefix))


def _ends_table(lines: Sequence[SourceLine], at: int, region: Region, entries: Sequence[Entry]) -> bool:
    text = lines[at].text
    if is_caption(text) or is_note(text) or is_note_to_all(text):
        return True
    item = entry_under(region.head, at, lines[at])
    if is_form_label(text) and not item.figures and not figures_follow(lines, at, 5, region.head):
        return True
    if numbered(text) and not item.figures:
        return not figures_follow(lines, at, 4, region.head)
    return False


def _trailing(lines: Sequence[SourceLine], rest: list[Entry], body: list[Entry], stop: int) -> list[Entry]:
    """The rows without figures at a table's end: those that follow without a blank line, down to one."""
    kept: list[Entry] = []
    # a block that stands right above the table's notes is its last rows
    noted = stop < len(lines) and (is_note(lines[stop].text) or is_note_to_all(lines[stop].text))
    noted = noted and len(rest) <= 4 and all(not item.gap for item in rest[1:])
    for item in rest:
        before = kept[-1] if kept else body[-1] if body else None
        if before is None:
            break
        if item.line.page != before.line.page and not goes_on(before.label, item.label):
            break  # what starts a page after the last figures is something new
        if item.gap and not (not kept and (_cut(before, item) or noted)):
            break
        kept.append(item)
    if kept and len(kept) == len(rest) and stop < len(lines) and stop == kept[-1].at + 1:
        text = lines[stop].text
        if not (lines[stop].blank or is_note(text) or is_note_to_all(text) or is_caption(text) or numbered(text)):
            # running text follows without a blank line: only what continues the last row's label is of the table
            return [item for item in kept[:1] if body and goes_on(body[-1].label, item.label)]
    return kept


def _cut(above: Entry, below: Entry) -> bool:
    return above.label.endswith("-") and goes_on(above.label, below.label)
