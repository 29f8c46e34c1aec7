"""Tables without a drawn grid: found by their figures, which stand under each other.

A funnel: lines with figures (anchors) → groups of anchors with common columns → the region with its header and its
label lines → columns → rows.  Drawn rules and fills inside the region are evidence for cuts, never required.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extract.pdf.lines import Token, VisualLine
from extract.pdf.rows import OPEN_ENDS

_CAPTION = re.compile(
    r"^\W*(?:tabel|table|oversigt|figur|bilagstabel)\s*(?:\d+(?:\.\d+)*|[A-ZÆØÅ])[a-z]?\s*[.:–-]?(?:\s|$)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^\s*(?:\*|[¹²³⁴⁵]|\d\)\s|\(\d\)\s|noter?\b|anm(?:ærkning)?\b|kilde\b)", re.IGNORECASE)
_MARKER = re.compile(r"^(?:\d{1,2}\)|\*{1,3})$")
_FOUR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ]")


def is_caption(text: str) -> bool:
    """Whether a line opens a caption: "Tabel 2. …", "Tabel A", "Oversigt 3: …"."""
    return bool(_CAPTION.match(text))


def is_note(text: str) -> bool:
    """Whether a line opens a note below a table: "*…", "1) …", "Note: …", "Anm.: …"."""
    return bool(_NOTE.match(text))


@dataclass(slots=True)
class Region:
    """The lines of one table without a grid; `value_left` is where its columns of figures begin."""

    lines: list[VisualLine]
    anchors: list[VisualLine]
    columns: list[tuple[float, float]]
    value_left: float
    x0: float
    x1: float
    seam: float | None = None  # the height where a page break was closed up: the distance across it says nothing


@dataclass(slots=True)
class Bands:
    """What is drawn across a page: rules (y, x0, x1) and fills (x0, y0, x1, y1)."""

    rules: list[tuple[float, float, float]]
    fills: list[tuple[float, float, float, float]]

    def between(self, y0: float, y1: float) -> Bands:
        """Only what is drawn between two heights."""
        return Bands([r for r in self.rules if y0 <= r[0] <= y1], [f for f in self.fills if f[1] <= y1 and f[3] >= y0])

    def fill_at(self, x: float, y: float) -> tuple[float, float, float, float] | None:
        """The smallest fill that covers a point."""
        hits = [f for f in self.fills if f[0] <= x <= f[2] and f[1] <= y <= f[3]]
        return min(hits, key=lambda f: (f[2] - f[0]) * (f[3] - f[1])) if hits else None


def figures_of(line: VisualLine) -> list[Token]:
    """The figures of a line that can stand in a column: all but a number that the line begins with before its words."""
    tokens = line.tokens
    figures = [t for t in tokens if t.figure or t.year]
    if len(tokens) > 1 and figures and figures[0] is tokens[0]:
        if not (tokens[1].figure or tokens[1].year):
            return figures[1:]  # a row number or a list number
        if len(tokens) > 3 and not (tokens[2].figure or tokens[2].year) and _MARKER.match(tokens[1].text):
            return figures[2:]  # with a footnote's marker
    return figures


def year_header(line: VisualLine) -> bool:
    """A line that heads columns with years: at least two, running on (a repeated or skipped year is still a header)."""
    figures = figures_of(line) or [t for t in line.tokens if t.year]
    years = [int(m.group()) for t in figures if t.year and (m := _FOUR.search(t.text))]
    if len(years) < 2 or len(years) < len(figures) - 2:
        return False
    steps = [b - a for a, b in pairwise(years)]
    return sum(step in (0, 1) for step in steps) >= 0.6 * len(steps) and any(steps)


def _is_anchor(line: VisualLine, inside: bool) -> bool:
    """A line with figures of a table; `inside` a table a lone figure will do (its label stands above or below)."""
    figures = figures_of(line)
    if len(figures) >= 2:
        return True
    if inside and len(line.tokens) == 1:
        return line.tokens[0].figure and not _MARKER.match(line.text)
    if len(figures) != 1 or len(line.tokens) < 2:
        return False
    return len(line.tokens) <= 4


def _overlaps(columns: list[list[float]], token: Token) -> list[float] | None:
    for column in columns:
        if token.x0 < column[1] + 1.5 and token.x1 > column[0] - 1.5:
            return column
    return None


def find_regions(lines: list[VisualLine], bands: Bands) -> list[Region]:
    """The tables without a grid among a page's lines (top to bottom, tokens made)."""
    regions: list[Region] = []
    group: list[VisualLine] = []
    columns: list[list[float]] = []
    groups: list[tuple[list[VisualLine], list[list[float]]]] = []
    reached = 0.0  # how far down the open group's lines reach
    left = 0.0  # how far left they do

    def close() -> None:
        nonlocal group, columns
        if group:
            groups.append((group, columns))
        group, columns = [], []

    for line in lines:
        size = line.size
        if is_caption(line.text) and len(figures_of(line)) < 2:
            close()
            continue
        if not _is_anchor(line, bool(group)):
            if group and _words_in_columns(line, columns, group):
                group.append(line)
                reached = max(reached, line.y1)
                continue
            if group:
                if _breaks(line, reached, columns, bands, size):
                    close()
                else:
                    reached, left = max(reached, line.y1), min(left, line.x0)
            continue
        figures = figures_of(line)
        if group:
            gap = line.y0 - reached
            body = not _header_only(group)
            left = min(left, line.x0)
            if len(figures) == 1 and _stands_inside(line, figures[0], columns, group, left) and gap <= 1.6 * size:
                group.append(line)  # a figure in a column of words ("Tilbagebetalingstid … 6" under "Styringsområde")
                reached = line.y1
                continue
            matched = sum(_overlaps(columns, t) is not None for t in figures)
            new_header = body and year_header(line)
            under_header = len(figures) > 1 and gap < 2.2 * size and any(year_header(g) for g in group)
            fits = matched > 1 and matched >= len(figures) - 1 and any(year_header(g) for g in group)
            if (
                gap > (9 if fits else 4.5) * size  # a row is tall where a neighbour's cell holds many lines
                or new_header
                or (matched == 0 and not under_header and not (_header_only(group) and len(line.tokens) > 1))
                or (matched < len(figures) / 2 and gap > 2.5 * size)
            ):
                close()
        for t in figures:
            column = _overlaps(columns, t)
            if column is None:
                columns.append([t.x0, t.x1])
            else:
                column[0], column[1] = min(column[0], t.x0), max(column[1], t.x1)
        columns = _merge_intervals(columns)
        left = min(left, line.x0) if group else line.x0
        group.append(line)
        reached = line.y1
    close()
    taken: set[int] = set()
    for anchors, cols in groups:
        region = _grow(anchors, cols, lines, bands, taken)
        if region is not None:
            regions.append(region)
            taken.update(id(x) for x in region.lines)
    return regions


def _stands_inside(
    line: VisualLine, figure: Token, columns: list[list[float]], group: list[VisualLine], left: float
) -> bool:
    """A lone figure in a column of words, left or right of the columns of figures; labels begin at `left`."""
    above = min(g.x0 for g in group)
    return (
        _overlaps(columns, figure) is None
        and (abs(line.x0 - above) < 14 * line.size or len(line.tokens) == 1)
        and left + 2 * line.size < figure.x0
        and figure is line.tokens[-1]
    )


def _words_in_columns(line: VisualLine, columns: list[list[float]], group: list[VisualLine]) -> bool:
    """Cells of words under a header of years ("1 årsværk/"): at least two tokens, each over a column of its own."""
    if not any(year_header(g) for g in group) or line.y0 - group[-1].y1 > 4 * line.size:
        return False
    hit = [id(c) for t in line.tokens if t.x1 - t.x0 < 9 * t.size and (c := _overlaps(columns, t)) is not None]
    return len(hit) >= 2 and len(set(hit)) == len(hit) and len(hit) >= 0.5 * len(line.tokens)


def _merge_intervals(columns: list[list[float]]) -> list[list[float]]:
    merged: list[list[float]] = []
    for column in sorted(columns):
        if merged and column[0] <= merged[-1][1]:
            merged[-1][1] = max(merged[-1][1], column[1])
        else:
            merged.append(column)
    return merged


def _header_only(group: list[VisualLine]) -> bool:
    return all(year_header(g) for g in group)


def _breaks(line: VisualLine, reached: float, columns: list[list[float]], bands: Bands, size: float) -> bool:
    """Whether a line without figures ends the table that the group of anchors before it belongs to."""
    value_left = min(c[0] for c in columns)
    value_right = max(c[1] for c in columns)
    if line.y0 - reached > 4 * size:
        return True
    if line.x1 <= value_left + 0.5 * size or line.x0 >= value_right:
        return False
    longest = max(line.tokens, key=lambda t: t.x1 - t.x0)
    if longest.x0 >= value_left - 0.5 * size:
        return False  # words inside the columns: a header or cells of words
    crossing = longest.x1 - value_left
    if bands.fill_at(line.x0 + 1, line.middle) is not None:
        return False
    return (
        crossing > 0.3 * (value_right - value_left)
        and len(longest.words) >= 4
        and (longest.x1 - longest.x0) > 18 * size
    )


def _grow(
    anchors: list[VisualLine],
    columns: list[list[float]],
    lines: list[VisualLine],
    bands: Bands,
    taken: set[int],
) -> Region | None:
    counted = [sum(1 for a in anchors for t in figures_of(a) if t.x0 < c[1] + 1 and t.x1 > c[0] - 1) for c in columns]
    years = any(year_header(a) for a in anchors)
    bodies = [a for a in anchors if not year_header(a)]
    if not years and not any(c.isdigit() for a in bodies for t in figures_of(a) for c in t.text):
        return None  # dashes alone are empty cells of words
    kept = [c for c, n in zip(columns, counted, strict=True) if n >= 2 or years]
    if years and not bodies:
        return _header_at_page_end(anchors, columns, lines, bands)
    if not kept or not bodies:
        return None
    strong = [a for a in bodies if len(figures_of(a)) >= 2]
    single = len(strong) < 2 and not (years and bodies)
    if single and not _money_column(bodies, kept):
        return None
    first, last = lines.index(anchors[0]), lines.index(anchors[-1])
    columns = _of_values(kept, lines[first : last + 1])
    value_left = min(c[0] for c in columns)
    value_right = max(c[1] for c in columns)
    size = sorted(a.size for a in anchors)[len(anchors) // 2]
    leading = _leading(lines[first : last + 1], size)
    start = first
    while (
        start > 0
        and id(lines[start - 1]) not in taken
        and (
            _joins_above(lines[start - 1], lines[start], value_left, value_right, size, bands)
            or _heads_words(lines[start - 1], lines[start], lines[first : last + 1], value_left)
        )
    ):
        start -= 1
    end = last
    while (
        end + 1 < len(lines)
        and id(lines[end + 1]) not in taken
        and _joins_below(lines[end + 1], lines[end], value_left, size, leading, bands)
    ):
        end += 1
    chosen = [x for x in lines[start : end + 1] if id(x) not in taken and x.size < 2 * size]  # no stamp across it
    x0 = min(x.x0 for x in chosen)
    x1 = max(x.x1 for x in chosen)
    return Region(chosen, [a for a in anchors if a in chosen], [(c[0], c[1]) for c in columns], value_left, x0, x1)


def _header_at_page_end(
    anchors: list[VisualLine], columns: list[list[float]], lines: list[VisualLine], bands: Bands
) -> Region | None:
    """A header (and labels of sections or a label's first lines) last on a page: its rows come overleaf."""
    value_left = min(c[0] for c in columns)
    value_right = max(c[1] for c in columns)
    after = lines[lines.index(anchors[-1]) + 1 :]
    if len(after) > 4 or any(x.x1 > value_left or is_caption(x.text) or _NUMBERED.match(x.text) for x in after):
        return None
    start = lines.index(anchors[0])
    while start > 0 and _joins_above(lines[start - 1], lines[start], value_left, value_right, anchors[0].size, bands):
        start -= 1
    chosen = lines[start:]
    if start > 0 and not is_caption(lines[start - 1].text) and len(anchors[0].tokens) < 3:
        return None
    x0, x1 = min(x.x0 for x in lines), max(x.x1 for x in chosen)  # the labels to come begin where the page's text does
    return Region(chosen, anchors, [(c[0], c[1]) for c in columns], value_left, x0, x1)


def _of_values(columns: list[list[float]], lines: list[VisualLine]) -> list[list[float]]:
    """The columns without those that only some figures stand in: rows' numbers, cost centres among words."""

    def of_words(column: list[float]) -> bool:
        inside = [t for x in lines for t in x.tokens if column[0] - 3 <= t.x0 < column[1]]
        return sum(not (t.figure or t.year) for t in inside) > sum(t.figure or t.year for t in inside)

    kept = [c for c in columns if not of_words(c)] or columns
    if len(kept) > 2 and kept[0][0] < min(x.x0 for x in lines) + 2:
        labels = [t for x in lines if not year_header(x) for t in x.tokens if t.x0 < kept[1][0]]
        if any(not (t.figure or t.year) for t in labels):
            return kept[1:]
    return kept


def _money_column(bodies: list[VisualLine], columns: list[list[float]]) -> bool:
    """A single column of figures is a table only if plainly one: right edges in line, set well apart, three rows."""
    rights = []
    for a in bodies:
        figures = figures_of(a)
        last = figures[-1]
        before = a.tokens[a.tokens.index(last) - 1] if last is not a.tokens[0] else None
        if before is None or last.x0 - before.x1 < 1.2 * a.size:
            return False
        rights.append(last.x1)
    return len(bodies) >= 3 and max(rights) - min(rights) <= 3.5 and len(columns) >= 1


def _leading(lines: list[VisualLine], size: float) -> float:
    steps = sorted(b.middle - a.middle for a, b in pairwise(lines) if b.middle - a.middle > 0.7 * size)
    return steps[len(steps) // 4] if steps else 1.25 * size


def _joins_above(
    line: VisualLine, below: VisualLine, value_left: float, value_right: float, size: float, bands: Bands
) -> bool:
    if is_caption(line.text) or line.size > 1.25 * size:
        return False
    gap = below.y0 - line.y1
    same_fill = (f := bands.fill_at(below.x0 + 1, below.middle)) is not None and f[1] - 1 <= line.middle <= f[3] + 1
    fill = bands.fill_at((value_left + value_right) / 2, line.middle)
    shaded = same_fill or (fill is not None and fill[3] >= below.y0 - 3 and fill[2] - fill[0] > 20)
    over_values = len(line.tokens) > 1 and all(t.x0 > value_left - 3 * size for t in line.tokens[1:])
    if gap > (2.2 if shaded else 1.2 if over_values else 0.95) * size:
        return False
    if shaded:
        return True
    if line.text.rstrip().endswith((".", ":")) and not re.search(r"(?:kr|p/l|mv|ca|mio)\.$", line.text.rstrip()):
        return False
    widest = max(t.x1 - t.x0 for t in line.tokens)
    if _NUMBERED.match(line.text):
        return False
    if (
        any(t.x0 >= value_left - 3 * size for t in line.tokens)
        and widest < 0.75 * (value_right - value_left) + 4 * size
    ):
        return True
    return bool(re.search(r"\bkr\b|p/l|priser", line.text)) and len(line.text) < 60


def _heads_words(line: VisualLine, below: VisualLine, table: list[VisualLine], value_left: float) -> bool:
    """The first line of a wrapped header over a column of words ("Bevilling," above the line of years)."""
    left = min(x.x0 for x in table)
    starts = [t for x in table if not year_header(x) for t in x.tokens[1:] if not t.figure]
    return (
        below.y0 - line.y1 < 0.5 * line.size
        and all(t.x0 > left + 4 * t.size and len(t.words) <= 4 for t in line.tokens)
        and all(
            any(t.x0 < u.x1 and t.x1 > u.x0 for u in starts)
            or (t.bold and table[0].words[-1].bold and t.x1 < value_left)
            for t in line.tokens
        )
    )


def _reaches(fill: tuple[float, float, float, float], value_left: float, line: VisualLine, bands: Bands) -> bool:
    """Whether a label's fill goes on to the columns of figures, in one piece or drawn cell by cell."""
    if fill[2] > value_left:
        return True
    beside = bands.fill_at(value_left + 1, line.middle)
    return beside is not None and abs(beside[1] - fill[1]) < 2 and abs(beside[3] - fill[3]) < 2


def _joins_below(
    line: VisualLine, above: VisualLine, value_left: float, size: float, leading: float, bands: Bands
) -> bool:
    if is_caption(line.text) or line.size > 1.15 * size or _NUMBERED.match(line.text):
        return False
    if is_note(line.text):
        return False
    fill = bands.fill_at(line.x0 + 1, line.middle)
    ruled_below = any(
        line.y1 - 1 <= y <= line.y1 + 1.6 * size and x0 <= line.x0 + 4 and x1 >= value_left + 3 * size
        for y, x0, x1 in bands.rules
    )
    step = line.middle - above.middle
    if step > max(2.2 * leading, 2.6 * size):
        return False
    if any(t.figure for t in line.tokens[1:]):
        return False
    if fill is not None and _reaches(fill, value_left, line, bands):
        return True
    if line.x1 > value_left:
        return False
    over = bands.fill_at(above.x0 + 1, above.middle)
    if over is not None and _reaches(over, value_left, above, bands):
        inset = line.y0 - over[3]  # as near below a row's fill as text stands in it: the next row, which has none
        if 0 <= inset < above.y0 - over[1] + 0.15 * size and abs(line.x0 - above.x0) < 1:
            return True
    text = line.text.lstrip()
    continued = above.tokens[0].text.rstrip().endswith(OPEN_ENDS) or (
        text[:1].islower() and step <= 1.15 * leading + 0.5
    )
    if line.words[0].bold and not above.words[0].bold and not ruled_below:
        return False
    return ruled_below or continued
