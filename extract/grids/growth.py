"""From the lines whose figures share columns to a table's region: its header above, label lines between and below."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.grids.evidence import Bands, Region, figures_of, year_header
from extract.page.model import VisualLine
from lexicon.captions import is_caption, is_note
from lexicon.lines import ends_open, ends_sentence

_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ]")

_LEADING = 4.0  # font sizes: no further apart stand the lines of a header and of the labels under it
_LABELS = 3  # labels of sections between a header and the first row of figures
_NEAR = 1.5  # font sizes between such lines
_SMALL_WORDS = 3  # words in lower case that a table's rows may hold without being running text


def grown(
    anchors: list[VisualLine],
    columns: list[list[float]],
    lines: list[VisualLine],
    bands: Bands,
    taken: set[int],
) -> Region | None:
    """The region of the table that the anchors belong to, without lines that are `taken` (ids); None for no table."""
    counted = [sum(1 for a in anchors for t in figures_of(a) if t.x0 < c[1] + 1 and t.x1 > c[0] - 1) for c in columns]
    years = any(year_header(a) for a in anchors)
    bodies = [a for a in anchors if not year_header(a)]
    if not years and not any(c.isdigit() for a in bodies for t in figures_of(a) for c in t.text):
        return None  # dashes alone are empty cells of words
    kept = [c for c, n in zip(columns, counted, strict=True) if n >= 2 or years]
    if years and not bodies:
        return _header_at_page_end(anchors, columns, lines, bands)
    if not kept or not bodies or _reads_on(anchors):
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
    while start > 0 and id(lines[start - 1]) not in taken:
        if _joins_above(lines[start - 1], lines[start], value_left, value_right, size, bands) or _heads_words(
            lines[start - 1], lines[start], lines[first : last + 1], value_left
        ):
            start -= 1
            continue
        header = _header_over_labels(lines, start, columns, taken)
        if header is None:
            break
        start = header
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


def _header_over_labels(lines: list[VisualLine], start: int, columns: list[list[float]], taken: set[int]) -> int | None:
    """The header that only labels of sections part from the rows below it: its line; None for none."""
    left = min(c[0] for c in columns)
    for at in range(start - 1, max(-1, start - 1 - _LABELS), -1):
        line, below = lines[at], lines[at + 1]
        if id(line) in taken or is_caption(line.text) or below.y0 - line.y1 > _NEAR * below.size:
            return None
        if line.x1 >= left:
            return at if at < start - 1 and _heads_columns(line, columns) else None
        if _NUMBERED.match(line.text) or line.size > 1.15 * below.size:
            return None
    return None


def _heads_columns(line: VisualLine, columns: list[list[float]]) -> bool:
    """Whether a line's tokens stand over columns of figures: at least two of them, each over one of its own."""
    left = min(c[0] for c in columns)
    over = [[i for i, c in enumerate(columns) if t.x0 < c[1] and t.x1 > c[0]] for t in line.tokens if t.x1 > left]
    single = [hit[0] for hit in over if len(hit) == 1]
    return len(over) == len(single) > 1 and len(set(single)) == len(single)


def _reads_on(anchors: list[VisualLine]) -> bool:
    """Whether lines with figures are running text set wide: more small words than figures behind their first token."""
    behind = [t for a in anchors for t in a.tokens[1:]]
    small = sum(t.text[0].islower() and t.text.isalpha() for t in behind)
    return small > max(_SMALL_WORDS, sum(t.figure or t.year for t in behind))


def _header_at_page_end(
    anchors: list[VisualLine], columns: list[list[float]], lines: list[VisualLine], bands: Bands
) -> Region | None:
    """A header (and labels of sections or a label's first lines) last on a page: its rows come overleaf."""
    value_left = min(c[0] for c in columns)
    value_right = max(c[1] for c in columns)
    after = lines[lines.index(anchors[-1]) + 1 :]
    apart = [b.y0 - a.y1 > _LEADING * b.size for a, b in pairwise([anchors[-1], *after])]
    if (
        len(after) > 4
        or any(apart)
        or any(x.x1 > value_left or is_caption(x.text) or _NUMBERED.match(x.text) for x in after)
    ):
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
    if ends_sentence(line.text):
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
    continued = ends_open(above.tokens[0].text) or (text[:1].islower() and step <= 1.15 * leading + 0.5)
    if line.words[0].bold and not above.words[0].bold and not ruled_below:
        return False
    return ruled_below or continued
