"""Tables of layout dumps: found by their header of years or by figures under each other, read line by line.

Such a dump prints a row's label and figures on one line, or the label's lines first and the figures after a blank
line.  `find_layout` finds where a table starts and ends; `rows.py` joins its lines to rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.headings import ends_sentence, is_caption, is_form_label, is_note, is_note_to_all, is_sentence, numbered
from extract.text.build import Region, build
from extract.text.columns import parts_over
from extract.text.scan import Entry, Header, Token, entry, header, named_columns
from extract.text.source import SourceLine
from extract.text.stacked import stacked
from extract.text.tables import Found, goes_on
from extract.words import ITEM, NUMBER, any_of, within

_LONGEST_LABEL = 72  # characters of a label's line
_LONGEST_HEADER = 60
_MOST_REMARKS = 4  # words after a row's figures
_MOST_LABEL_LINES = 12  # lines of words in a row before figures come
_DATE = re.compile(r"\b\d{1,2}[.-/]\s?\d{1,2}[.-/]\s?\d{2,4}\b|\b\d{1,2}\. [a-zæøå]+ (?:19|20)\d\d\b")
_WORD = re.compile(r"\S+?(?=\s|\Z|(?<=[a-zæøå])[A-ZÆØÅ])")  # headers set close run into each other
_DRAWN = re.compile(r"[\s\-–—=_]*(?:---|===|___)[\s\-–—=_]*\Z")
_A_YEAR = re.compile(r"(?:19|20)\d\d")
_MONEY = re.compile(rf"{NUMBER} ?(?:kr|t\.|tkr|mio|mia|mill|årsværk|ÅV)", re.IGNORECASE)


def find_layout(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Found]:
    """The tables of the lines that no other reader took, in print order."""
    found: list[Found] = []
    at = 0
    free = 0  # first line that is not part of an earlier table
    while at < len(lines):
        line = lines[at]
        region = None
        if at not in taken and not line.blank and not line.tabbed:
            head = header(lines, at)
            head = stacked(lines, head) if head else None
            region = _under(lines, head, free, taken) if head else _without_header(lines, at, taken)
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
    _take_body(lines, region, start, taken)
    return region if any(e.figures for e in region.entries) else None


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
        while below and below[0] == at + 1 and not _tells_unit(lines[below[0]]):
            if not goes_on(lines[at].text, lines[below[0]].text):
                break
            at = below.pop(0)
        return below
    kept: list[int] = []
    for number, block in enumerate(blocks):
        adjacent = number == 0 and block[-1] == head.at - 1
        wanted = any(_tells_unit(lines[i]) for i in block) or (kept and lines[block[-1]].text.rstrip().endswith("-"))
        hyphened = any(lines[i].text.rstrip().endswith("-") for later in blocks[number + 1 :] for i in later[-1:])
        if not (adjacent or wanted or (number == 0 and hyphened)):
            break
        kept = block + kept
    return _without_heading(lines, kept)


def _without_heading(lines: Sequence[SourceLine], kept: list[int]) -> list[int]:
    """A heading or running text right above the header's words is not part of them."""
    while kept and not _tells_unit(lines[kept[0]]) and not lines[kept[0]].text.rstrip().endswith("-"):
        rest = kept[1:]
        if not rest or not any(_tells_unit(lines[i]) for i in rest):
            break
        kept = rest
    return kept


def _is_header_text(text: str) -> bool:
    if len(" ".join(text.split())) > _LONGEST_HEADER or numbered(text) or is_form_label(text) or is_note(text):
        return False
    if text.rstrip().endswith((".", ";")) and (ends_sentence(text) or not within("unit_lines").search(text)):
        return False
    return is_note_to_all(text) is False and not entry(0, SourceLine(0, 1, text)).figures


def _tells_unit(line: SourceLine) -> bool:
    return within("unit_lines").search(line.text) is not None


def _take_body(lines: Sequence[SourceLine], region: Region, start: int, taken: set[int]) -> None:
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
        again = stacked(lines, again) if again else None
        if again and _same_header(region.head, again):
            words = len(entries)
            while words > last_good and _heads_again(lines, region, entries[words - 1].at):
                words -= 1
            labels = all(_is_label(e) and not numbered(e.label) for e in entries[last_good:words])
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
        item = _entry_under(region.head, at, line, blanks)
        is_row = _is_figure_row(item)
        if not is_row and (words_since >= _MOST_LABEL_LINES or not _is_label(item)):
            break
        if is_row and _begins_overleaf(region.head, entries[:last_good], item):
            break
        if not is_row:
            item = _only_words(item)
        entries.append(item)
        blanks = 0
        if is_row:
            last_good, words_since = len(entries), 0
        else:
            words_since += 1
        at += 1
    region.entries = entries[:last_good] + _trailing(lines, entries[last_good:], entries[:last_good], at)
    _part_last_columns(region)
    region.head = _completed(lines, region)
    end = region.entries[-1].at if region.entries else start
    region.furniture = [i for i in region.furniture if i < end]
    region.repeated = [i for i in region.repeated if i < end]


def _part_last_columns(region: Region) -> None:
    """Parts a column of figures from the words right of it, where their headers or they stand close together."""
    head = region.head
    if head is None or not head.beyond:
        return
    parted = [_figure_and_words(e.beyond[0]) for e in region.entries if e.beyond]
    if sum(pair is not None for pair in parted) > 1:
        for item in region.entries:
            if item.beyond and (len(head.beyond) == 1 or len(item.beyond) < len(head.beyond)):
                item.beyond[:1] = _figure_and_words(item.beyond[0]) or item.beyond[:1]
    if len(head.beyond) > 1:
        return
    figures = [t for e in region.entries for t in e.beyond if ITEM.fullmatch(t.text)]
    remarks = [t for e in region.entries for t in e.beyond if not ITEM.fullmatch(t.text)]
    if len(figures) < 2 or not remarks:
        return
    edge, start = max(t.x1 for t in figures), min(t.x0 for t in remarks)
    if start < edge:
        return
    title = head.beyond[0]
    words = [Token(m[0], title.x0 + m.start(), title.x0 + m.end()) for m in _WORD.finditer(title.text)]
    left, right = [w for w in words if w.x0 < edge], [w for w in words if w.x0 >= edge]
    if left and right:
        amounts = Token(" ".join(w.text for w in left), left[0].x0, edge)
        rest = Token(" ".join(w.text for w in right), min(start, right[0].x0), max(start + 1, right[-1].x1))
        region.head = replace(head, beyond=(amounts, rest))


def _completed(lines: Sequence[SourceLine], region: Region) -> Header | None:
    """The header with the columns that a line above it names, where the rows hold so many figures more than years.

    For dumps that lost their blanks: "Samlet investering" stands above the years there, its figures after theirs.
    """
    head = region.head
    counts = [len(e.figures) for e in region.entries if e.figures]
    if head is None or head.upright or min(head.gaps, default=2) > 1 or not counts:
        return head
    surplus = max(set(counts), key=counts.count) - len(head.items)
    above = lines[head.at - 1] if head.at else None
    if above is None or above.blank or not 1 <= surplus <= 3 or counts.count(len(head.items) + surplus) < 2:
        return head
    named = named_columns(above.text)
    if len(named) != surplus:
        return head
    end = head.items[-1].x1
    extra = tuple(Token(name.text, end + name.x0, end + name.x1) for name in named)
    return replace(head, items=(*head.items, *extra), used=head.used | {(above.number, name.x1) for name in named})


def _figure_and_words(token: Token) -> tuple[Token, Token] | None:
    """A run that starts with a figure as that figure and the words after it."""
    match = ITEM.match(token.text)
    rest = token.text[match.end() :].strip() if match else ""
    if match is None or not rest:
        return None
    at = token.text.index(rest, match.end())
    return Token(match[0], token.x0, token.x0 + match.end()), Token(rest, token.x0 + at, token.x1)


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
        if last and (last.casefold() == later.casefold() or (titled and _closes(last) and _closes(later))):
            return True  # each ends with a total of its own
    return bool(again.prefix.strip()) and not _in_prefix(lines, region, again.prefix)


def _begins_overleaf(head: Header | None, body: Sequence[Entry], item: Entry) -> bool:
    """Whether a row overleaf is no row of the table: that closed with its total, and no figure stands in a column."""
    last = next((above for above in reversed(body) if above.figures), None)
    if head is None or last is None or item.line.page == last.line.page or not _closes(last.label):
        return False
    return not any(t.x0 < column.x1 and column.x0 < t.x1 for t in item.figures for column in head.items)


def _closes(label: str) -> bool:
    return re.search(rf"\b{any_of('closings')}\b", label, re.IGNORECASE) is not None


def _last_label(lines: Sequence[SourceLine], head: Header) -> str:
    """The label of the last row of figures under that header."""
    label = ""
    for at in range(head.last + 1 + head.below, len(lines)):
        if lines[at].blank or lines[at].furniture:
            continue
        item = _entry_under(head, at, lines[at])
        if header(lines, at) or lines[at].tabbed or is_caption(lines[at].text) or not (item.figures or _is_label(item)):
            break
        label = item.label if _is_figure_row(item) else label
    return label


def _heads_again(lines: Sequence[SourceLine], region: Region, at: int) -> bool:
    """Whether the line is one of the header's words, printed again."""
    return _tells_unit(lines[at]) or _in_prefix(lines, region, lines[at].text)


def _in_prefix(lines: Sequence[SourceLine], region: Region, text: str) -> bool:
    text = text.strip()
    head = region.head.prefix if region.head else ""
    return bool(text) and (text in head or any(text in lines[i].text for i in region.prefix))


def _ends_table(lines: Sequence[SourceLine], at: int, region: Region, entries: Sequence[Entry]) -> bool:
    text = lines[at].text
    if is_caption(text) or is_note(text) or is_note_to_all(text):
        return True
    item = _entry_under(region.head, at, lines[at])
    if is_form_label(text) and not item.figures and not _figures_follow(lines, at, 5, region.head):
        return True
    if numbered(text) and not item.figures:
        return not _figures_follow(lines, at, 4, region.head)
    return False


def _entry_under(head: Header | None, at: int, line: SourceLine, gap: int = 0) -> Entry:
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


def _figures_follow(lines: Sequence[SourceLine], at: int, within_lines: int, head: Header | None) -> bool:
    """Whether figures come within that many lines of words, before anything that is no label."""
    seen = 0
    for index in range(at + 1, min(at + 16, len(lines))):
        if lines[index].blank or lines[index].furniture:
            continue
        item = _entry_under(head, index, lines[index])
        if _is_figure_row(item):
            return True
        seen += 1
        if seen >= within_lines or not _is_label(item) or is_caption(item.label) or is_note(item.label):
            return False
    return False


def _is_figure_row(item: Entry) -> bool:
    """Whether the line is a row's line with figures, and not running text that happens to end in a number."""
    if not item.figures or (_DATE.search(item.line.text) and not item.beyond):
        return False
    if not item.label:
        return True
    single = len(item.figures) == 1
    if len(item.label) > 110 or (single and len(item.label) > 50 and is_sentence(item.label)):
        return False
    apart = item.figures[0].x0 - item.label_end >= 2
    return not single or apart or len(item.label) <= _LONGEST_LABEL


def _is_label(item: Entry) -> bool:
    text = item.label if item.beyond else item.line.text.strip()
    if item.beyond:
        return len(text) <= _LONGEST_LABEL
    parts = re.split(r"\s{3,}", text)
    if len(parts) > 1:  # a label and the words of other columns
        return all(len(part) <= _LONGEST_LABEL for part in parts)
    if len(text) > _LONGEST_LABEL or (len(text.split()) > 6 and text.endswith(".") and not item.figures):
        return False
    return not (len(text) > 55 and is_sentence(text))


def _only_words(item: Entry) -> Entry:
    text = item.line.text.strip()
    if item.beyond:
        text = item.line.text.replace("\t", "    ")[: item.beyond[0].x0].strip()
    return Entry(item.at, item.line, text, item.label_x, item.label_x + len(text), [], item.gap, item.beyond)


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


def _without_header(lines: Sequence[SourceLine], at: int, taken: set[int]) -> Region | None:
    """Figures under each other without a header of years: at least two rows of the same shape."""
    first = _with_year(entry(at, lines[at]))
    if not _is_plain_row(first):
        return None
    prefix = _words_above(lines, at, taken)
    entries = [first]
    furniture: list[int] = []
    repeated: list[int] = []
    blanks = 0
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if line.blank:
            blanks += 1
            if blanks > 1 and not _page_ends(lines, index, entries[-1].at):
                break
            continue
        if line.furniture:
            furniture.append(index)
            continue
        if furniture and any(line.text.split() == lines[i].text.split() for i in prefix):
            repeated.append(index)
            continue
        item = _with_year(entry(index, line, blanks))
        if index in taken or line.tabbed or not _is_plain_row(item) or not _under_figures(item, first):
            break
        entries.append(item)
        blanks = 0
    last = entries[-1].at
    furniture, repeated = [i for i in furniture if i < last], [i for i in repeated if i < last]
    several = len(first.figures) > 1
    least = 2 if several or all(_MONEY.search(e.line.text) for e in entries) else 3
    plain = len(first.figures) > 2 and len(entries) > 2  # so many rows of one shape are no running text
    runs_on = at > 0 and not prefix and not plain and not lines[at - 1].blank and _runs_into(lines[at - 1])
    if len(entries) < least or runs_on:
        return None
    return Region(None, prefix, entries, repeated, furniture=furniture)


def _with_year(item: Entry) -> Entry:
    """A row that begins with its year, as tables print that have the years down the side: the year is its label."""
    year = item.figures[0] if item.figures and not item.label else None
    if year is None or len(item.figures) < 2 or not _A_YEAR.fullmatch(year.text):
        return item
    return replace(item, label=year.text, label_x=year.x0, label_end=year.x1, figures=item.figures[1:])


def _under_figures(item: Entry, first: Entry) -> bool:
    """Whether a row's figures stand under the first row's: as many, or fewer that end where some of those end."""
    ends = [t.x1 for t in first.figures]
    if len(item.figures) == len(ends):
        return True
    apart = item.figures[0].x0 - item.label_end >= 2
    return apart and len(item.figures) < len(ends) and all(min(abs(t.x1 - x) for x in ends) < 2 for t in item.figures)


def _page_ends(lines: Sequence[SourceLine], at: int, above: int) -> bool:
    """Whether the blank line stands at the end or the start of a page, with nothing but its foot and head around."""
    near = lines[above + 1 : at + 12]
    first = next((line for line in near if not line.blank), None)
    return first is not None and first.furniture


def _words_above(lines: Sequence[SourceLine], at: int, taken: set[int]) -> list[int]:
    """The lines right above figures without years that head them: short, telling a unit, or under a caption."""
    if at and at - 1 not in taken and _heads_figures(lines[at - 1], entry(at, lines[at])):
        return [at - 1]
    kept: list[int] = []
    index = at - 1
    while index >= 0 and at - index <= 4 and not lines[index].blank and index not in taken:
        line = lines[index]
        if is_caption(line.text) or line.tabbed or len(" ".join(line.text.split())) > 90 or is_sentence(line.text):
            break
        if numbered(line.text) or is_form_label(line.text) or entry(index, line).figures:
            break
        kept.insert(0, index)
        index -= 1
    return kept if any(_tells_unit(lines[i]) for i in kept) else []


def _heads_figures(line: SourceLine, below: Entry) -> bool:
    """Whether a line of words set apart heads the figures below: one over each, and at most one over their labels."""
    figures = below.figures
    parts = parts_over(line.text, [t.x1 for t in figures])
    over = [(x, x + len(text), text) for x, text in parts if x + len(text) > below.label_end or x > below.label_x + 20]
    if len(over) == len(figures) + 1 and over[0][1] + 2 <= figures[0].x0:
        over = over[1:]  # words over the labels
    return (
        len(over) == len(figures) > 1
        and all(start < t.x1 + 2 and t.x0 < end + 2 for (start, end, _), t in zip(over, figures, strict=True))
        and not any(ITEM.fullmatch(text) and not text.rstrip(".").endswith(("%", "pct")) for _, _, text in over)
    )


def _is_plain_row(item: Entry) -> bool:
    if not item.label or not item.figures or len(item.label) > _LONGEST_LABEL or _DATE.search(item.line.text):
        return False
    if (
        not (item.label[0].isupper() or _A_YEAR.fullmatch(item.label))
        or is_sentence(item.label)
        or is_caption(item.line.text)
        or is_form_label(item.label)
    ):
        return False
    if numbered(item.line.text) and len(item.figures) == 1:
        return False
    if item.label.rstrip().endswith((".", ":", ",")) or all(t.is_dash for t in item.figures):
        return False
    if len(item.figures) == 1:
        apart = item.figures[0].x0 - item.label_end >= 2
        return apart or (_MONEY.search(item.figures[0].text) is not None and not goes_on(item.label, "X"))
    return not goes_on(item.label, "X")


def _runs_into(above: SourceLine) -> bool:
    """Whether the line above is running text that goes on in the first row."""
    text = above.text.rstrip()
    return len(text) > _LONGEST_LABEL and not text.endswith((".", ":", "?", "!"))
