"""Layout dumps that kept their columns by runs of blanks: words and figures go to the column they stand under."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.models import Cell, Placement, Row
from extract.records import record
from extract.text.assembly import Parted, rows_of_lines
from extract.text.rows import Piece
from extract.text.scan import Entry, Header, Token
from extract.text.source import SourceLine
from extract.text.tables import cell
from lexicon.figures import is_group, opens_groups
from lexicon.hyphens import join_lines

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_LEAST_GAP = 2  # blanks between two columns
_SLACK = 3  # characters by which a column's words may stand to the left of its header


@dataclass(slots=True)
class _Draft:
    label: list[Piece] = field(default_factory=list)
    cells: list[tuple[int, Piece]] = field(default_factory=list)

    @property
    def first(self) -> SourceLine:
        return min((line for line, _ in (*self.label, *(p for _, p in self.cells))), key=lambda line: line.number)


@record
class Section:
    """A part of a table on one page: its header there, and the lines under it (pages set their columns apart)."""

    head: Header
    entries: list[Entry]


def placed(
    sections: Sequence[Section], words: Sequence[SourceLine], line: SourceLine, known: frozenset[str], *, found: bool
) -> tuple[list[Row], int] | None:
    """The rows with every word and figure under its header, and how many columns; `line` is the header's.

    `found` says that the columns are those of the figures themselves.  None where the blanks do not tell: the header's
    years stand close together, or figures stand under none of them.
    """
    if not found and any(len(s.head.items) > 1 and min(s.head.gaps) < _LEAST_GAP for s in sections):
        return None
    head = sections[0].head
    layouts = [_text_columns(s.head, words if s is sections[0] else [], s.entries) for s in sections]
    most = max(layouts, key=len)
    stops = layouts[0]
    body: list[Parted] = []
    failed = 0
    for section, own in zip(sections, layouts, strict=True):
        if len(own) not in (0, len(most)):
            return None
        for entry in section.entries:
            part = _part(section.head, own, entry, len(most))
            failed += part is None
            body.append(part if part is not None else _unplaced(entry))
    if failed * 10 > sum(bool(p.entry.figures) for p in body):
        return None
    if len(stops) < len(most):
        return None
    lead = 0
    while lead < len(body) and not body[lead].label and not body[lead].figures:
        lead += 1  # words under the header's words, with no label: the header's second line
    words = [*words, *(p.entry.line for p in body[:lead])]
    drafts = _assembled(body[lead:])
    columns = 1 + len(stops) + len(head.items) + len(head.beyond)
    rows = [_header_row(head, words, line, stops, known)]
    rows += [_row(draft, columns, known) for draft in drafts]
    return rows, columns


def _text_columns(head: Header, words: Sequence[SourceLine], entries: Sequence[Entry]) -> list[int]:
    """Where columns of words start between the labels and the figures."""
    left = head.items[0].x0
    starts = [x for e in entries for x, _ in _segments(e.line.text)[1:] if x < left - 1 and x < _label_limit(e)]
    starts += [x for e in entries for x, _ in _segments(e.line.text)[:1] if e.only_figures and x < left - _pitch(head)]
    headed = [x for x, _ in _segments(head.prefix)[1:]]
    headed += [x for w in words for x, _ in _segments(w.text)[1:] if x < left]
    alone = [x for text in (head.prefix, *(w.text for w in words)) for x, _ in _segments(text)[:1] if 8 < x < left]
    alone += [e.label_x for e in entries[:3] if e.only_label and 8 < e.label_x < left]
    headed += [x for x in alone if sum(abs(x - other) <= 1 for other in alone) > 1]
    stops: list[int] = []
    for x in sorted({*starts, *headed}):
        support = sum(abs(s - x) <= 1 for s in starts)
        if (support >= 2 or x in headed) and (not stops or x - stops[-1] > _SLACK):
            stops.append(x)
    return stops


def _label_limit(entry: Entry) -> int:
    """Where the figures of a line start; its end where it has none."""
    return entry.figures[0].x0 if entry.figures else len(entry.line.text)


def _segments(text: str) -> list[tuple[int, str]]:
    """The runs of a line between wide gaps, with where they start."""
    return [(m.start(), m[0]) for m in _SEGMENT.finditer(text.replace("\t", "    "))]


def parts_over(text: str, ends: Sequence[int]) -> list[tuple[int, str]]:
    """The runs of a header's line and where they start, parted also where a word ends as a column of figures does."""
    parts: list[tuple[int, str]] = []
    for x, run in _segments(text):
        start = 0
        for word in re.finditer(r"\S+", run):
            if word.end() == len(run) or any(abs(x + word.end() - end) <= 1 for end in ends):
                parts.append((x + start, run[start : word.end()].strip()))
                start = word.end() + 1
    return parts


def _pitch(head: Header) -> int:
    if len(head.items) < 2:
        return 20
    return min(b.x1 - a.x1 for a, b in pairwise(head.items))


def _part(head: Header, stops: Sequence[int], entry: Entry, text_columns: int) -> Parted | None:
    """The line by columns; None if a figure stands under no header or two under the same."""
    cells: list[tuple[int, Piece]] = []
    first_value = 1 + text_columns
    figures = 0
    tokens = list(entry.figures)
    end_of_labels = (stops[0] if stops else head.items[0].x0) - _SLACK
    while tokens and _nearest(head, tokens[0]) is None and tokens[0].x1 < end_of_labels:
        tokens.pop(0)  # a number among the words of the label
    end = entry.beyond[0].x0 if entry.beyond else len(entry.line.text)
    start = min((t.x0 for t in tokens), default=end)
    words = entry.line.text.replace("\t", "    ")[:start]
    placed_tokens = _place(head, stops, _whole(head, tokens), first_value)
    if placed_tokens is None:
        return None
    label: list[str] = []
    label_end = 0
    for x, text in _segments(words):
        column = _column_of(x, stops)
        if column == 0:
            label.append(text)
            label_end = x + len(text)
        else:
            cells.append((column, (entry.line, text)))
    for column, text in placed_tokens:
        figures += column >= first_value
        cells.append((column, (entry.line, text)))
    for token in entry.beyond:
        place = _beyond_column(head, token)
        cells.append((first_value + len(head.items) + place, (entry.line, token.text)))
    return Parted(entry, " ".join(label), label_end, cells, figures)


def _beyond_column(head: Header, token: Token) -> int:
    """Which of the columns right of the value columns the words stand in."""
    distances = [(max(h.x0 - token.x1, token.x0 - h.x1, 0), i) for i, h in enumerate(head.beyond)]
    return min(distances)[1] if distances else 0


def _whole(head: Header, tokens: Sequence[Token]) -> list[Token]:
    """The tokens with groups of thousands set apart by a blank joined, where the whole ends where a column ends."""
    whole: list[Token] = []
    start = 0
    while start < len(tokens):
        end = start + 1
        while end < len(tokens) and tokens[end].x0 - tokens[end - 1].x1 == 1 and is_group(tokens[end].text):
            end += 1
        inner = any(_ends_column(head, token) for token in tokens[start : end - 1])
        if end - start > 1 and not inner and _ends_column(head, tokens[end - 1]) and opens_groups(tokens[start].text):
            text = " ".join(token.text for token in tokens[start:end])
            whole.append(Token(text, tokens[start].x0, tokens[end - 1].x1))
            start = end
        else:
            whole.append(tokens[start])
            start += 1
    return whole


def _ends_column(head: Header, token: Token) -> bool:
    return any(abs(item.x1 - token.x1) <= 1 for item in head.items)


def _place(
    head: Header, stops: Sequence[int], tokens: Sequence[Token], first_value: int
) -> list[tuple[int, str]] | None:
    result: list[tuple[int, str]] = []
    previous: Token | None = None
    for token in tokens:
        nearest = _nearest(head, token)
        if nearest is None:
            if not stops or token.x1 >= head.items[0].x0:
                return None
            column = max(_column_of(token.x0, stops), 1)
        else:
            column = first_value + nearest
        close = previous is not None and token.x0 - previous.x1 == 1
        starts = previous is not None and (previous.is_dash or previous.text.endswith("/"))
        joins = close and (starts or is_group(token.text))
        if result and result[-1][0] == column:
            if not joins:
                return None
            result[-1] = (column, f"{result[-1][1]} {token.text}")
        elif joins and previous is not None and previous.is_dash and result[-1][0] == column - 1:
            # a minus sign that stands left of its column, but right beside its number
            result[-1] = (column, f"{result[-1][1]} {token.text}")
        else:
            result.append((column, token.text))
        previous = token
    return result


def _nearest(head: Header, token: Token) -> int | None:
    """The value column the token stands under: the nearest, if it is nearer than any other by a character."""
    distances = sorted(
        (max(item.x0 - token.x1, token.x0 - item.x1, 0) + abs(item.x1 - token.x1) * 0.01, index)
        for index, item in enumerate(head.items)
    )
    if distances[0][0] > _pitch(head) / 2 or (distances[0][0] >= 1 and distances[1][0] - distances[0][0] < 1):
        return None
    return distances[0][1]


def _column_of(x: int, stops: Sequence[int]) -> int:
    return sum(1 for stop in stops if x >= stop - _SLACK)


def _unplaced(entry: Entry) -> Parted:
    """A line whose figures stand under no header: they stay loose behind its label (column -1)."""
    cells = [(-1, (entry.line, token.text)) for token in entry.figures]
    return Parted(entry, entry.label, entry.label_end, cells, len(cells))


def _assembled(lines: Sequence[Parted]) -> list[_Draft]:
    """The lines joined to rows."""
    drafts: list[_Draft] = []
    for row in rows_of_lines(lines):
        draft = _Draft()
        for line in row:
            _extend(draft, line)
        drafts.append(draft)
    return drafts


def _extend(draft: _Draft, line: Parted) -> _Draft:
    if line.label:
        draft.label.append((line.entry.line, line.label))
    draft.cells += line.cells
    return draft


def _joined(pieces: Sequence[Piece], known: frozenset[str]) -> Cell:
    raw = "\n".join(text for _, text in pieces)
    return cell(join_lines([text for _, text in pieces], known), pieces[0][0], raw, Placement.TABBED)


def _row(draft: _Draft, columns: int, known: frozenset[str]) -> Row:
    by_column: dict[int, list[Piece]] = {}
    loose: list[Cell] = []
    if draft.label:
        by_column[0] = list(draft.label)
    unplaced = any(column < 0 for column, _ in draft.cells)
    for column, piece in draft.cells:
        if unplaced:
            loose.append(cell(piece[1], piece[0], None, Placement.UNDECIDED))
        else:
            by_column.setdefault(column, []).append(piece)
    cells: list[Cell | None] = [_joined(by_column[i], known) if i in by_column else None for i in range(columns)]
    if cells[0] is None:
        cells[0] = cell("", draft.first)
    return Row(tuple(cells), draft.first.place, tuple(loose))


def _header_row(
    head: Header, words: Sequence[SourceLine], line: SourceLine, stops: Sequence[int], known: frozenset[str]
) -> Row:
    by_column: dict[int, list[Piece]] = {}
    prefix = SourceLine(line.number, line.page, head.prefix)
    over: dict[int, list[Piece]] = {}
    for source in sorted([*words, prefix], key=lambda s: s.number):
        for x, text in _segments(source.text):
            if (source.number, x + len(text)) in head.used and source is not prefix:
                continue
            if head.limit is not None and x + len(text) > head.limit:
                for word in re.finditer(r"\S+", text):
                    token = Token(word[0], x + word.start(), x + word.end())
                    over.setdefault(_beyond_column(head, token), []).append((source, word[0]))
            else:
                column = _column_of(x, stops) if x < head.items[0].x0 - 1 else 0
                by_column.setdefault(column, []).append((source, text))
    cells: list[Cell | None] = [_joined(by_column[i], known) if i in by_column else None for i in range(1 + len(stops))]
    if cells[0] is None:
        cells[0] = cell("", line)
    cells += [cell(item.text, line) for item in head.items]
    for i, token in enumerate(head.beyond):
        cells.append(_joined([*over.get(i, []), (line, token.text)], known))
    first = min([*words, line], key=lambda s: s.number)
    return Row(tuple(cells), first.place, header=True)


def header_of_figures(entries: Sequence[Entry], words: Sequence[SourceLine], at: int) -> Header | None:
    """A header for figures that no years head: the words above each column of figures; None where they do not align."""
    most = max((len(e.figures) for e in entries), default=0)
    rows = [e.figures for e in entries if e.figures and len(e.figures) == most]
    if not words or not rows:
        return None
    items: list[Token] = []
    used: set[tuple[int, int, str]] = set()
    ends = [max(t.x1 for t in column) for column in zip(*rows, strict=True)]
    parts = {w.number: parts_over(w.text, ends) for w in words}
    for column in zip(*rows, strict=True):
        if max(t.x1 for t in column) - min(t.x1 for t in column) > _SLACK:
            return None
        x0, x1 = min(t.x0 for t in column), max(t.x1 for t in column)
        over = [(w.number, x, text) for w in words for x, text in parts[w.number] if x < x1 and x0 < x + len(text)]
        if not over:
            return None
        used.update(over)
        texts = [text for _, _, text in sorted(over)]
        left, right = min(x for _, x, _ in over), max(x + len(text) for _, x, text in over)
        start = min(left, x0) if not items or left > items[-1].x1 else x0  # words may stand close beside figures
        items.append(Token(join_lines(texts), start, max(right, x1)))
    start = min(t.x0 for t in items)
    left_over = {(w.number, x, text) for w in words for x, text in parts[w.number]} - used
    if any(x + len(text) > start for _, x, text in left_over) or any(b.x0 - a.x1 < 1 for a, b in pairwise(items)):
        return None
    return Header(at, at, tuple(items), join_lines([text for _, _, text in sorted(left_over)]))
