"""Labels and rows that a dump printed apart: which label is which row's.

In: lines of words in print order, and for each row of figures whether it is a sum.  Out: the rows' labels, each as its
lines.  Every way of reading the lines has a price: a line begins a label, goes on with one, or stands over rows without
figures.  The cheapest wins if it is so much cheaper than the next that it can be told; otherwise nothing is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.records import record
from lexicon.lines import closes, ends_open, is_section, starts_within

AHEAD = 3.0  # bits that a reading must be cheaper than the next with other labels
MOST = 8.0  # bits that may speak against the cheapest reading, and so much more for each section
MOST_LINES = 160
_JOIN_APART = 8.0  # a label goes on in another block
_JOIN_BLOCK = 2.5  # a label goes on in its block with a capital
_PART_BLOCK = 1.0  # a label begins within a block
_PART_OPEN = 8.0  # a label begins where the line before breaks off, or in lower case
_HEADING = 1.5  # a line stands over rows, where a section may begin
_HEADING_WITHIN = 7.0  # and elsewhere
_SECTION_ROW = 4.0  # a known section's name has figures
_TOTAL_UNNAMED = 3.0  # a sum's label does not say so
_NAMED_NO_TOTAL = 9.0  # a label says so, and its row is none
_BEFORE = 4.0  # a line before the first label that nothing parts from it
_BEHIND = 4.0  # a line behind the last label, unless that closes the table
_LATE = 3.0  # a label stands behind its own figures
_KEPT = 6  # readings of each step that are followed


@record
class Words:
    """A line of words: its text, its block, and whether the header or a unit still comes (it is no label, then)."""

    text: str
    block: int
    before: bool = False
    rows: int = 0  # how many rows' figures stand before it


Label = tuple[int, int]  # first and last line, half open; what is between may be headings of no label
Way = tuple[float, tuple[Label, ...]]


def named(lines: Sequence[Words], sums: Sequence[bool]) -> list[Label] | None:
    """The label of each row as its lines; None where it cannot be told."""
    if len(lines) < len(sums) or len(lines) > MOST_LINES:
        return None
    if not any(sums):
        return _in_turn(lines, len(sums))
    ways: list[Way] = [(0.0, ())]
    for at, line in enumerate(lines):
        found = [way for known in ways for way in _read(lines, at, line, known, sums)]
        ways = _best(found, len(lines) - at - 1, len(sums))
    whole = sorted(way for way in ways if len(way[1]) == len(sums))
    if not whole or whole[0][0] > MOST + _HEADING * sum(sums) or (len(whole) > 1 and whole[1][0] - whole[0][0] < AHEAD):
        return None
    return list(whole[0][1])


def _in_turn(lines: Sequence[Words], rows: int) -> list[Label] | None:
    """The labels where no row is a sum: as many as rows, the last one that closes the table being the last row's."""
    last = max((at + 1 for at, line in enumerate(lines) if closes(line.text)), default=len(lines))
    labels: list[Label] = []
    for at, line in enumerate(lines[:last]):
        if line.before:
            continue
        same = at > 0 and lines[at - 1].block == line.block
        if labels and labels[-1][1] == at and (starts_within(line.text) or (same and ends_open(lines[at - 1].text))):
            labels[-1] = labels[-1][0], at + 1
        elif same:
            return None
        else:
            labels.append((at, at + 1))
    return labels if len(labels) == rows else None


def _best(found: Sequence[Way], left: int, rows: int) -> list[Way]:
    """The cheapest ways by how many labels they have and whether the last one is open, each with its runners-up."""
    cheapest: dict[tuple[Label, ...], float] = {}
    for price, labels in found:
        if rows - len(labels) <= left and price < cheapest.get(labels, float("inf")):
            cheapest[labels] = price
    groups: dict[tuple[int, Label | None], list[Way]] = {}
    for labels, price in cheapest.items():
        groups.setdefault((len(labels), labels[-1] if labels else None), []).append((price, labels))
    return [way for group in groups.values() for way in sorted(group)[:_KEPT]]


def _read(lines: Sequence[Words], at: int, line: Words, known: Way, sums: Sequence[bool]) -> Iterator[Way]:
    """The ways that go on from one with the next line."""
    price, labels = known
    before = lines[at - 1] if at else None
    same = before is not None and before.block == line.block
    within = before is not None and (starts_within(line.text) or (same and ends_open(before.text)))
    part = _PART_OPEN if within else _PART_BLOCK if same else 0.0
    if labels and labels[-1][1] == at:
        join = 0.0 if within else _JOIN_BLOCK if same else _JOIN_APART
        yield price + join, (*labels[:-1], (labels[-1][0], at + 1))
    if len(labels) < len(sums) and not line.before:
        late = _LATE * max(0, line.rows - len(labels))
        yield price + part + late + _row(line.text, sums[len(labels)]), (*labels, (at, at + 1))
    yield price + _no_label(lines, labels, line, sums, part), labels


def _row(text: str, is_sum: bool) -> float:
    """The price of a label for a row."""
    if closes(text):
        return 0.0 if is_sum else _NAMED_NO_TOTAL
    return (_TOTAL_UNNAMED if is_sum else 0.0) + (_SECTION_ROW if is_section(text) else 0.0)


def _no_label(lines: Sequence[Words], labels: Sequence[Label], line: Words, sums: Sequence[bool], part: float) -> float:
    """The price of a line that no row has for its label."""
    if line.before:
        return 0.0
    surplus = _NAMED_NO_TOTAL if closes(line.text) else 0.0
    if len(labels) == len(sums):
        return surplus + (0.0 if closes(lines[labels[-1][0]].text) else _BEHIND)
    heading = 0.0 if is_section(line.text) else _HEADING
    starts = not labels or sums[len(labels) - 1]
    return part + surplus + (heading if starts else _HEADING_WITHIN)
