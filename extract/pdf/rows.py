"""Rows of a table without a grid: which of its lines belong to one row.

Lines are cut where a rule or a change of fill is drawn; between drawn cuts the cheapest division is chosen over all
divisions (dynamic programming), where a row holds at most one line of figures, a hyphen or a lower-case start holds
lines together, extra leading and a capital part them, and the figures stand at the same height of every row (top,
middle or bottom, whichever explains the table best).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.lines import VisualLine

OPEN_ENDS = (
    "-",
    ",",
    "/",
    " og",
    " på",
    " af",
    " til",
    " i",
    " for",
    " med",
    " ved",
    " som",
    " der",
    " den",
    " det",
    "(",
    "&",
    " samt",
    " fra",
    " ift.",
)


@dataclass(slots=True)
class BodyLine:
    """A line of the table's body: its words by column, and whether it holds figures in the columns of figures."""

    line: VisualLine
    texts: dict[int, str]  # text by column
    anchor: bool
    bold: bool
    y0: float
    y1: float
    label_end: float = 0.0  # where its first token ends
    first_word: float = 0.0  # width of its first word

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def label(self) -> str:
        return self.texts.get(0, "")


def group_rows(lines: list[BodyLine], cuts: list[bool]) -> list[list[BodyLine]]:
    """The lines of each row, top to bottom.  `cuts[i]` tells that something is drawn between lines i and i + 1."""
    if not lines:
        return []
    lead = _leading(lines)
    edge = max((x.label_end for x in lines if x.label), default=0.0)
    bands: list[list[BodyLine]] = [[lines[0]]]
    for cut, line in zip(cuts, lines[1:], strict=True):
        if cut:
            bands.append([line])
        else:
            bands[-1].append(line)
    drawn = len(bands) > 1 and sum(sum(x.anchor for x in b) <= 1 for b in bands) >= 0.85 * len(bands)
    best: tuple[float, list[list[BodyLine]]] | None = None
    for mode in ("top", "middle", "bottom"):
        cost, rows = 0.0, []
        for band in bands:
            if drawn and sum(x.anchor for x in band) <= 1:
                rows.append(band)
                continue
            c, r = _divide(band, mode, lead, edge)
            cost += c
            rows += r
        if best is None or cost < best[0] - 1e-9:
            best = (cost, rows)
    assert best is not None
    return best[1]


def _leading(lines: list[BodyLine]) -> float:
    """The distance of two lines of one cell: the smallest usual step."""
    steps = sorted(b.middle - a.middle for a, b in pairwise(lines))
    steps = [s for s in steps if s > 0.75 * lines[0].line.size]
    return min(steps) if steps else 1.2 * lines[0].line.size


def _divide(lines: list[BodyLine], mode: str, lead: float, edge: float) -> tuple[float, list[list[BodyLine]]]:
    n = len(lines)
    best = [0.0] + [float("inf")] * n
    back = [0] * (n + 1)
    for end in range(1, n + 1):
        anchors = 0
        inner = 0.0
        for start in range(end - 1, -1, -1):
            anchors += lines[start].anchor
            if anchors > 1 and not _same_height(lines[start:end]):
                break
            if end - start > 9:
                break
            if start + 1 < end:
                inner += _join_cost(lines[start], lines[start + 1], lead, edge)
            row = lines[start:end]
            cost = best[start] + inner + _shape_cost(row, anchors, mode, lead)
            if start > 0:
                cost += _cut_cost(lines[start - 1], lines[start], lead)
            if cost < best[end] - 1e-9:
                best[end], back[end] = cost, start
    rows = []
    end = n
    while end > 0:
        rows.append(lines[back[end] : end])
        end = back[end]
    rows.reverse()
    return best[n], rows


def _same_height(row: list[BodyLine]) -> bool:
    """Lines of figures so close that they are one printed line set unevenly."""
    anchors = [x for x in row if x.anchor]
    return max(a.middle for a in anchors) - min(a.middle for a in anchors) < 0.6 * (anchors[0].y1 - anchors[0].y0)


def _continues(a: BodyLine, b: BodyLine) -> bool:
    """A column's text goes on from one line to the next: cut by a hyphen, or goes on in lower case."""
    for column, text in b.texts.items():
        before = a.texts.get(column)
        if not before or not text or before[-1].isdigit():
            continue
        if before.endswith("-") and len(before) > 1 and text[0].isalpha():
            return True
        if text[0].islower() or text[0] in "(&" or before.endswith(OPEN_ENDS):
            return True
    return False


def _would_have_fit(a: BodyLine, b: BodyLine, edge: float) -> bool:
    """The lower line's first word had room on the upper line: the break between them is no wrapping."""
    return a.label_end + 0.3 * a.line.size + b.first_word < edge - 1


def _join_cost(a: BodyLine, b: BodyLine, lead: float, edge: float) -> float:
    """The price of holding two lines together."""
    cost = 0.0
    step = b.middle - a.middle
    if step > 1.12 * lead + 0.4:
        cost += min(9.0, 14.0 * (step / lead - 1.1))
    if b.label and a.label:
        if b.label[0].isupper() and not a.label.endswith(OPEN_ENDS):
            cost += 2.8
        if _would_have_fit(a, b, edge) and not a.label.endswith("-"):
            cost += 3.0
        if a.bold != b.bold:
            cost += 5.0
    return cost


def _cut_cost(a: BodyLine, b: BodyLine, lead: float) -> float:
    """The price of parting two lines."""
    cost = 0.6
    if _continues(a, b):
        cost += 7.0
        if any(t.endswith("-") and b.texts.get(c, " ")[0].islower() for c, t in a.texts.items() if len(t) > 1):
            cost += 5.0
    step = b.middle - a.middle
    if step > 1.25 * lead + 0.5:
        cost -= 0.5
    return cost


def _shape_cost(row: list[BodyLine], anchors: int, mode: str, lead: float) -> float:
    if anchors == 0:
        return 0.8 if row[0].bold else 1.6
    if len(row) == 1:
        return 0.0 if row[0].label else 2.5
    index = next(i for i, x in enumerate(row) if x.anchor)
    labelled = [x for x in row if x.label] or row
    if not any(x.label for x in row):
        return 2.5
    if mode == "top":
        return 0.0 if row[index].middle - labelled[0].middle < 0.35 * lead else 2.2
    if mode == "bottom":
        return 0.0 if abs(row[index].middle - labelled[-1].middle) < 0.35 * lead else 2.2
    middle = (labelled[0].y0 + labelled[-1].y1) / 2
    return 0.0 if abs(row[index].middle - middle) < 0.45 * lead else 2.2
