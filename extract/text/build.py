"""From where a layout table stands to its rows: headers, placed or loose cells, headers printed again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.models import Cell, Placement, Row
from extract.text.rows import Draft, rows_of
from extract.text.scan import Entry, Header, header
from extract.text.source import SourceLine
from extract.text.tables import Found, cell
from lexicon.hyphens import join_lines
from lexicon.lines import heads_accounts, heads_words


@dataclass(slots=True)
class Region:
    """Where a table stands: its header (None for figures without one), the indices of its header's words, its body."""

    head: Header | None
    prefix: list[int]
    entries: list[Entry]
    repeated: list[int] = field(default_factory=list)  # lines of headers printed again after a page break
    heads: list[Header] = field(default_factory=list)  # those headers
    furniture: list[int] = field(default_factory=list)


def build(region: Region, lines: Sequence[SourceLine], known: frozenset[str]) -> Found:
    """The table that was found there: its header and rows, its figures loose in reading order."""
    head = region.head
    words = [lines[i] for i in region.prefix]
    width = len(head.items) if head else max(len(e.figures) for e in region.entries)
    heads = [i for i in region.prefix if head and i > head.last]
    columns = 1 + width
    rows: list[Row] = []
    if head is not None:
        rows.append(_header_row(head, words, lines, known))
    elif words:
        texts = [w.text.strip() for w in words]
        label = cell(join_lines(texts), words[0], "\n".join(texts), Placement.ALIGNED)
        rows.append(Row((label, *[None] * width), label.place, header=True))
    drafts = rows_of(region.entries, width, has_words=_has_word_column(head, words))
    rows += [_row(draft, columns, known) for draft in drafts]
    rows += _repeated(region, lines, columns)
    rows.sort(key=lambda row: row.place.line or 0)
    first = min([e.at for e in region.entries] + region.prefix + ([region.head.at] if region.head else []))
    last = max([e.at for e in region.entries] + heads + region.repeated)
    return Found(rows, columns, first, last, region.furniture, region.furniture)


def _has_word_column(head: Header | None, words: Sequence[SourceLine]) -> bool:
    """Whether the header names a column of words beside the labels' ("Styringsområde", "Bevilling")."""
    if head is None:
        return False
    text = join_lines([*(w.text for w in words), head.prefix])
    return heads_words(text)


def names_words(region: Region, lines: Sequence[SourceLine]) -> bool:
    """Whether the region's header names a column of accounts beside the labels, or columns above the years."""
    if region.head is None:
        return False
    return bool(region.head.used) or heads_accounts(
        join_lines([*(lines[i].text for i in region.prefix), region.head.prefix])
    )


def _header_row(head: Header, words: Sequence[SourceLine], lines: Sequence[SourceLine], known: frozenset[str]) -> Row:
    """The header: its words joined in the first cell, then one cell a value column."""
    line = lines[head.at]
    texts = [w.text for w in words if w.number < line.number]
    after = [w.text for w in words if w.number > line.number]
    texts += [head.prefix] if head.prefix else []
    texts += after
    raw = "\n".join(t.strip() for t in texts)
    first = min([w for w in words if w.text.strip()] + [line], key=lambda w: w.number)
    label = cell(join_lines(texts, known), first, raw, Placement.ALIGNED)
    if head.upright:
        found = [w for w in lines[head.at : head.last + 1] if not w.blank]
        values = [cell(w.text.strip(), w, None, Placement.ALIGNED) for w in found]
    else:
        values = [cell(item.text, line, None, Placement.ALIGNED) for item in head.items]
    return Row((label, *values), first.place, header=True)


def _row(draft: Draft, columns: int, known: frozenset[str]) -> Row:
    label = cell(join_lines([t for _, t in draft.label], known), draft.first, draft.raw_label, Placement.ALIGNED)
    loose: list[Cell] = []
    for fragment in draft.fragments:
        text = join_lines([t for _, t in fragment], known)
        raw = "\n".join(t for _, t in fragment)
        loose.append(cell(text, fragment[0][0], raw, Placement.UNDECIDED))
    rest: tuple[Cell | None, ...] = (None,) * (columns - 1)
    return Row((label, *rest), draft.first.place, tuple(loose))


def _repeated(region: Region, lines: Sequence[SourceLine], columns: int) -> list[Row]:
    """The header rows printed again: words in the first cell, years in theirs."""
    rows: list[Row] = []
    words: list[SourceLine] = []
    for at in region.repeated:
        line = lines[at]
        again = header(lines, at)
        if again is None or again.upright:
            words.append(line)
            continue
        texts = [w.text.strip() for w in words] + ([again.prefix.strip()] if again.prefix else [])
        first = words[0] if words else line
        label = cell(" ".join(texts), first, "\n".join(texts), Placement.ALIGNED)
        values: list[Cell | None] = [cell(item.text, line, None, Placement.ALIGNED) for item in again.items]
        blank: list[Cell | None] = [None] * max(0, columns - 1 - len(values))
        rows.append(Row((label, *blank, *values), first.place, header=True))
        words = []
    if words:  # a header whose columns stand below each other, or its last words
        texts = [w.text.strip() for w in words]
        label = cell(" ".join(texts), words[0], "\n".join(texts), Placement.ALIGNED)
        rows.append(Row((label, *[None] * (columns - 1)), words[0].place, header=True))
    return rows
