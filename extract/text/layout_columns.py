"""The columns of a layout table right of its years: figures parted from words, columns that a line above names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.text.build import Region
from extract.text.scan import Header, Token, named_columns
from extract.text.source import SourceLine
from lexicon.figures import figure_at, is_figure

_WORD = re.compile(r"\S+?(?=\s|\Z|(?<=[a-zæøå])[A-ZÆØÅ])")  # headers set close run into each other


def part_last_columns(region: Region) -> None:
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
    figures = [t for e in region.entries for t in e.beyond if is_figure(t.text)]
    remarks = [t for e in region.entries for t in e.beyond if not is_figure(t.text)]
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


def with_named_columns(lines: Sequence[SourceLine], region: Region) -> Header | None:
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
    end = figure_at(token.text, 0)
    rest = token.text[end:].strip() if end else ""
    if end is None or not rest:
        return None
    at = token.text.index(rest, end)
    return Token(token.text[:end], token.x0, token.x0 + end), Token(rest, token.x0 + at, token.x1)
