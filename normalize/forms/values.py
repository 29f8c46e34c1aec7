"""The fields of a form and their values, which stand beside their labels or below.

In: the rows of a case's head (`FormRow`).  Out: `Value`s in print order.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.records import record
from lexicon.captions import belongs_to_table
from lexicon.lines import ends_open
from lexicon.years import YEAR
from normalize.forms.labels import LABEL_ROWS, NOT_READ, match_label, starts_label
from normalize.forms.lines import FIGURE, is_banner
from normalize.forms.rows import CUT, NEAR, FormRow, Segment, beyond, join

TICKED = "☒☑✓✔✗✘\uf052\uf053\uf054\uf078\uf0fe\uf0fd"
EMPTY = "☐□❑❏\uf06f\uf0a8\uf071"
MARK = regex.compile(rf"(?P<on>[{TICKED}]|\[[xX]\]|\b[xX]\b(?=\s+\p{{Lu}}))|(?P<off>[{EMPTY}]|\[\s?\])")
LAST_PART = regex.compile(r"\p{Lu}[\p{L}]*(?:forvaltning|magistrat|magistratsafdeling)(?:en)?\b")
_SENTENCE_END = regex.compile(r"[.!?][\"'”’)\]]*$")
_OFFICES = ("administrations", "affected")
_ONE_LINE = ("price_level", "code", "budget_round", *NOT_READ)
_LONGEST_OFFICE, _LONGEST_OFFICES = 120, 160  # characters of the first line of a list of administrations, and of others
_LONGEST_TITLE = 200  # characters
_NUMBERED = regex.compile(r"\d{1,2}(?:\.\d)*\.?\s+\p{Lu}")


@record
class Value:
    """What stands in one field: its segments, row by row."""

    name: str
    rows: tuple[tuple[Segment, ...], ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in reading order."""
        return tuple(s for row in self.rows for s in row)

    @property
    def text(self) -> str:
        """The value on one line, hyphens at line ends undone."""
        return join(s.text for s in self.segments)


def read_values(rows: Sequence[FormRow]) -> tuple[list[Value], set[int]]:
    """The form's fields in print order, and the indices of the rows that belong to it."""
    values: list[Value] = []
    used: set[int] = set()
    n = 0
    while n < len(rows):
        opened = _open(rows, n)
        if opened is None:
            n += 1
            continue
        name, chunks, stop = opened
        used.update(range(n, stop))
        last = stop
        label = rows[n].segments[0]
        while last < len(rows) and _open(rows, last) is None and _goes_on(name, label, chunks, rows, last):
            chunks.append(rows[last].segments)
            used.add(last)
            last += 1
        values.append(Value(name, tuple(c for c in chunks if c)))
        n = max(last, n + 1)
    return values, used


def _open(rows: Sequence[FormRow], n: int) -> tuple[str, list[tuple[Segment, ...]], int] | None:
    """The field that row `n` opens: its name, the value's segments so far, and the next row's index."""
    label = ""
    chunks: list[tuple[Segment, ...]] = []
    first = rows[n].segments[0]
    for k in range(n, min(n + LABEL_ROWS, len(rows))):
        row = rows[k]
        if k > n and (row.heading or not _same_column(first, row.segments[0])):
            if row.heading or not beyond(first, row.segments[0]):
                return None
            chunks.append(row.segments)  # a line of the value between two lines of its label
            continue
        label = join((label, row.segments[0].text))
        rest = row.segments[1:]
        found = match_label(label, colon=not (row.grid or rest or row.bare))
        if found is not None:
            name, after = found
            head = row.segments[0]
            chunks.append((*((Segment(after, None, head.place),) if after else ()), *rest))
            return name, chunks, k + 1
        if not starts_label(label):
            return None
        chunks.append(rest)
    return None


def _same_column(a: Segment, b: Segment) -> bool:
    return a.x0 is None or b.x0 is None or abs(a.x0 - b.x0) <= NEAR


def _goes_on(name: str, label: Segment, chunks: Sequence[tuple[Segment, ...]], rows: Sequence[FormRow], n: int) -> bool:
    """Whether row `n` continues the value of field `name`."""
    row, before = rows[n], rows[n - 1]
    offices = name in _OFFICES
    if _is_other(row) or (row.grid != before.grid and not (row.grid and offices)):
        return False
    column = _value_column(label, chunks)
    x0 = row.segments[0].x0
    if column is not None and x0 is not None:  # a form of two columns: beside its label, not back at the left edge
        return x0 >= column - NEAR and name != "price_level" and row.segments[0].place.page == label.place.page
    so_far = join(s.text for chunk in chunks for s in chunk)
    if offices:
        return _is_more_of_offices(so_far, row.text)
    if not so_far:
        return name not in ("price_level", "code", *NOT_READ) or bool(regex.search(YEAR, row.text))
    return name not in _ONE_LINE and _is_more_of_text(name, so_far, row, before)


def _is_other(row: FormRow) -> bool:
    """Whether a row is none of a form's: a heading, a caption, a banner, a numbered section, figures of a table."""
    text = row.text
    if row.heading or belongs_to_table(text) or is_banner(text) or _NUMBERED.match(text):
        return True
    return sum(FIGURE.fullmatch(s.text.strip()) is not None for s in row.segments) > 1


def _is_more_of_offices(so_far: str, text: str) -> bool:
    """Whether a row goes on with a list of administrations: it names one or ticks a box, or a name was cut."""
    if not so_far:
        return len(text) < _LONGEST_OFFICE
    if so_far.endswith(("-", "\u2010", " og")) or text[:1].islower():
        return True
    return len(text) < _LONGEST_OFFICES and bool(LAST_PART.search(CUT.sub("", text)) or MARK.search(text))


def _is_more_of_text(name: str, so_far: str, row: FormRow, before: FormRow) -> bool:
    """Whether a row goes on with a title or running text."""
    unended = _SENTENCE_END.search(so_far) is None
    same_block = row.block == before.block
    if name == "title":
        return (same_block and unended and len(so_far) < _LONGEST_TITLE) or row.text[:1].islower() or ends_open(so_far)
    return same_block or unended or row.text[:1].islower()


def _value_column(label: Segment, chunks: Sequence[tuple[Segment, ...]]) -> float | None:
    """The left edge of the form's right column; None where value and label share a column or have no edges."""
    edges = [s.x0 for chunk in chunks for s in chunk if s.x0 is not None]
    if label.x0 is None or not edges or min(edges) < label.x0 + 2 * NEAR:
        return None
    return min(edges)
