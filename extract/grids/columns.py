"""Columns of a table without a grid: from adjoining fills, its header, or where its figures and words stand."""

from __future__ import annotations

from itertools import pairwise

from extract.grids.evidence import Bands, Region, figures_of, year_header
from extract.page.model import Token, VisualLine
from extract.page.tokens import make_token

Columns = list[tuple[float, float]]


def carried_columns(region: Region, bands: Bands, carried: Columns) -> Columns:
    """The columns of a table that goes on here, widened by what stands in them on this page."""
    own = region_columns(region, bands)
    if len(own) != len(carried):
        return carried
    both = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(carried, own, strict=True)]
    return both if all(a[1] <= b[0] for a, b in pairwise(both)) else carried


def region_columns(region: Region, bands: Bands) -> Columns:
    """The x extents of the region's columns, left to right: words, then figures, then words again."""
    _part_tokens(region)
    return _fill_columns(region, bands) or _text_columns(region, _value_columns(region))


def _value_columns(region: Region) -> Columns:
    """The columns of figures: as the header tells them, unless where the figures stand leaves fewer unplaced."""
    told, stood = headed_columns(region), sorted(region.columns)
    if told is None or _unplaced(region, stood) < _unplaced(region, told):
        return stood
    return told


def _unplaced(region: Region, columns: Columns) -> int:
    """How many figures of the rows stand in none of the columns, or in one that another of their row stands in."""
    count = 0
    for line in region.anchors:
        if year_header(line):
            continue
        figures = [t for t in figures_of(line) if t.x1 > region.value_left]
        held = {i for t in figures for i, (x0, x1) in enumerate(columns) if t.x0 < x1 and x0 < t.x1}
        count += max(0, len(figures) - len(held))
    return count


def _part_tokens(region: Region) -> None:
    """Tokens that are two, set close, by what stands below or above them.

    A header of figures and the header of the words right of them; a label that reaches its figure or the words of the
    next column.
    """
    bodies = [x for x in region.lines if x in region.anchors and not year_header(x)]
    figures = [t for x in region.lines for t in x.tokens if t.figure or t.year]
    right = max((t.x1 for x in bodies for t in figures_of(x)), default=0.0)
    words = [
        b.x0 for x in bodies for a, b in pairwise(x.tokens) if a.figure and not b.figure and a.x1 > region.value_left
    ]
    words += [t.x0 for x in region.lines for t in x.tokens if t.x0 > right and not t.figure]
    seconds = [x.tokens[1].x0 for x in region.lines if len(x.tokens) > 1 and not x.tokens[1].figure]
    for line in region.lines:
        tokens: list[Token] = []
        for token in line.tokens:
            cut = 0
            if line in bodies and not token.figure and token.words[-1].text[-1].isdigit():
                ends = sum(abs(t.x1 - token.x1) < 1.2 for t in figures)
                own = any(t.figure and abs(t.x1 - token.x1) < 1.2 for t in line.tokens)
                cut = 0 if ends < 2 or own else _figure_at_end(token)
            elif line in bodies and token is line.tokens[0] and not token.figure:
                cut = next((i for i, w in enumerate(token.words) if i and _often(w.x0, seconds)), 0)
            elif line not in bodies and not token.figure:
                cut = next((i for i, w in enumerate(token.words) if i and any(abs(w.x0 - x) < 1.2 for x in words)), 0)
            tokens += [make_token(token.words[:cut]), make_token(token.words[cut:])] if cut else [token]
        line.tokens = tokens


def _often(x: float, places: list[float]) -> bool:
    """Whether at least three of the places, and half of them, are this one."""
    here = sum(abs(p - x) < 0.6 for p in places)
    return here > 2 and here * 2 >= len(places)


def _figure_at_end(token: Token) -> int:
    """Where the figure that a token ends in begins, 0 where it ends in none."""
    return next((i for i in range(1, len(token.words)) if make_token(token.words[i:]).figure), 0)


def headed_columns(region: Region) -> Columns | None:
    """The columns of figures as the header tells them; None where no line of years heads the table.

    Headers stand right, centred or left over figures that are set right.  Each way divides the width into cells; the
    way is taken under which every figure falls into one cell of its own row, and stands most evenly in its cells.
    """
    header = next((x for x in region.lines if year_header(x)), None)
    if header is None:
        return None
    wide, narrow = _heads(region, header)
    rows = [fs for x in region.lines if x in region.anchors and not year_header(x) and (fs := _right_of(x, wide[0]))]
    if not rows or len(wide) < 2:
        return None
    best: tuple[float, list[float], Columns] | None = None
    for heads in (wide, narrow) if narrow != wide else (wide,):
        for number, (bounds, anchors) in enumerate(_divisions(heads, _right_limit(region, header, heads))):
            cost = _misfit(rows, bounds, anchors, flush=number == 0) + (0.5 if heads is narrow else 0.0)
            if best is None or cost < best[0] - 1e-6:
                best = (cost, bounds, heads)
    assert best is not None
    if best[0] > 0.25 * sum(len(r) for r in rows):
        return None
    _, bounds, heads = best
    columns = list(pairwise(bounds))
    extents = []
    for (left, right), (x0, x1) in zip(columns, heads, strict=True):
        inside = [t for row in rows for t in row if left <= (t.x0 + t.x1) / 2 < right]
        extents.append((min([x0, *(t.x0 for t in inside)]), max([x1, *(t.x1 for t in inside)])))
    beyond = [c for c in region.columns if c[0] > bounds[-1]]
    return _apart(extents, bounds) + sorted(beyond)


def _apart(extents: Columns, bounds: list[float]) -> Columns:
    """Extents that overlap their neighbours' (a header wider than its cell) are cut at the cells' bounds."""
    cut = []
    for i, (x0, x1) in enumerate(extents):
        left = x0 if i == 0 or x0 >= extents[i - 1][1] else max(x0, bounds[i])
        right = x1 if i + 1 == len(extents) or x1 <= extents[i + 1][0] else min(x1, bounds[i + 1])
        cut.append((left, max(right, left + 1)))
    return cut


def _heads(region: Region, header: VisualLine) -> tuple[Columns, Columns]:
    """The extents of the header cells over figures: years, and words beside or among them ("I alt", "Andel i pct.").

    Twice: with the words right above that may be a header's first lines, and without, since they may be a unit's line.
    """
    years = [t for t in header.tokens if t.year]
    heads = [(t.x0, t.x1) for t in header.tokens if t.x0 >= years[0].x0]
    bare = list(heads)
    body = next(
        (i for i, x in enumerate(region.lines) if x in region.anchors and not year_header(x)), len(region.lines)
    )
    most = max((len(_right_of(x, heads[0])) for x in region.lines[body:] if x in region.anchors), default=0)
    for line in region.lines[:body]:
        if line is header or abs(line.middle - header.middle) > 3.4 * header.size:
            continue
        for token in line.tokens:
            if token.x0 <= heads[0][0] or token.year:
                continue
            near = [i for i, (x0, x1) in enumerate(heads) if token.x0 < x1 + 2 and token.x1 > x0 - 2]
            if not near and token.x0 > heads[-1][1] and len(heads) < most:
                heads.append((token.x0, token.x1))
                bare.append((token.x0, token.x1))
            elif len(near) == 1 and not any(
                x0 - 1 <= y.x0 and y.x1 <= x1 + 1 for y in years for x0, x1 in [heads[near[0]]]
            ):
                x0, x1 = heads[near[0]]
                heads[near[0]] = (min(x0, token.x0), max(x1, token.x1))
    return sorted(heads), sorted(bare)


def _right_limit(region: Region, header: VisualLine, heads: Columns) -> float:
    """Where the last headed column must end: before the next header words on the right, else at the table's edge."""
    lines = [
        x for x in region.lines if abs(x.middle - header.middle) <= 3.4 * header.size and x not in region.anchors[1:]
    ]
    figures = [t for x in region.anchors if not year_header(x) for t in figures_of(x)]
    further = [
        t.x0
        for x in lines
        for t in x.tokens
        if t.x0 > heads[-1][1] and not any(t.x0 < f.x1 and t.x1 > f.x0 for f in figures)
    ]
    return min(further, default=region.x1 + 2)


def _right_of(line: VisualLine, first: tuple[float, float]) -> list[Token]:
    """The figures of a line that may stand under the header cells."""
    pitch = 3.2 * (first[1] - first[0])
    return [t for t in figures_of(line) if t.x1 > first[0] - 0.5 * pitch]


def _divisions(heads: Columns, limit: float) -> list[tuple[list[float], list[float]]]:
    """Ways to divide the width into cells: (bounds, anchors of figures) for headers set right, centred and left.

    `limit` is where the last cell ends at the latest.
    """
    middles = [(a + b) / 2 for a, b in heads]
    steps = [b - a for a, b in pairwise(middles)]
    pitch = sorted(steps)[len(steps) // 2]
    rights, lefts = [b for _, b in heads], [a for a, _ in heads]
    right = [rights[0] - max(pitch, 1) + 3, *(r + 3 for r in rights)]
    centred = [
        middles[0] - pitch / 2,
        *((a + b) / 2 for a, b in pairwise(middles)),
        max(middles[-1] + pitch / 2, limit),
    ]
    left = [lefts[0] - 3, *(x - 3 for x in lefts[1:]), max(lefts[-1] + pitch - 3, limit)]
    return [(right, rights), (centred, middles), (left, lefts)]


def _misfit(rows: list[list[Token]], bounds: list[float], anchors: list[float], *, flush: bool) -> float:
    """How badly figures fit cells: outside or two in one cell count 1, crossing a bound 0.5, uneven places little.

    `flush`: the figures should end where their headers do.
    """
    cost = 0.0
    offsets = []
    for row in rows:
        taken: set[int] = set()
        for token in row:
            inside = [i for i in range(len(bounds) - 1) if bounds[i] <= token.x1 - 1 < bounds[i + 1]]
            if not inside:
                needless = len(row) < len(bounds)  # as many headers as figures: none need stand outside
                cost += 1.0 if needless or token.x1 < bounds[0] or token.x0 < bounds[-1] else 0.2
                continue
            cell = inside[0]
            cost += 1.0 if cell in taken else 0.5 if token.x0 < bounds[cell] - 1.5 else 0.0
            taken.add(cell)
            offsets.append(token.x1 - anchors[cell])
    if offsets:
        usual = sorted(offsets)[len(offsets) // 2]
        cost += 0.004 * sum(min(abs(o - usual), 8.0) for o in offsets)
        if flush:
            cost += 0.01 * min(abs(usual), 20.0)
    return cost


def _fill_columns(region: Region, bands: Bands) -> Columns | None:
    """Columns that adjoining fills of single cells show (a shaded header, zebra rows drawn cell by cell)."""
    y0, y1 = region.lines[0].y0 - 4, region.lines[-1].y1 + 4
    inside = [f for f in bands.fills if y0 <= (f[1] + f[3]) / 2 <= y1 and f[0] >= region.x0 - 14]
    by_band: dict[tuple[int, int], Columns] = {}
    for f in inside:
        by_band.setdefault((round(f[1] / 2), round(f[3] / 2)), []).append((f[0], f[2]))
    best: Columns = []
    for spans in by_band.values():
        spans = sorted(set(spans))
        if len(spans) > len(best) and all(abs(a[1] - b[0]) < 3 for a, b in pairwise(spans)):
            best = spans
    if len(best) < len(region.columns) + 1:
        return None
    bounds = [best[0][0]] + [(a[1] + b[0]) / 2 for a, b in pairwise(best)] + [best[-1][1]]
    if bounds[0] > region.x0 + 3 or bounds[-1] < region.x1 - 3:
        return None
    crossed = sum(
        any(t.x0 + 1.5 < b < t.x1 - 1.5 for b in bounds[1:-1])
        for line in region.lines
        for t in line.tokens
        if t.figure or t.year
    )
    return None if crossed > 1 else list(pairwise(bounds))


def _text_columns(region: Region, values: Columns) -> Columns:
    """Columns from where tokens stand: words left of the figures, the figures, words right of them."""
    left = min(region.value_left, values[0][0])
    right = values[-1][1]
    size = region.lines[0].size
    starts: list[float] = []
    for line in region.lines:
        words = [t for t in line.tokens if t.x0 < left - 1 and not (t.figure and t.x1 > left)]
        starts += [t.x0 for t in words if t.x0 > region.x0 + 2.5 * size]
    label_columns = [region.x0]
    least = 1 if all(year_header(x) for x in region.anchors) else 2
    for group in _near(starts, 0.6 * size):
        start = min(group)
        crossing = sum(
            any(
                t.x0 < start - 2
                and t.x1 > start + 1.5
                and t.x1 < left + 3 * size
                and not any(abs(w.x0 - start) < 1.2 for w in t.words)  # two cells set close look like one run of text
                for t in line.tokens
            )
            for line in region.lines
        )
        if len(group) >= least and crossing <= 0.34 * len(group) + 0.5 and start < left - size:
            label_columns.append(start)
    figures = [
        t.x1 for x in region.anchors if not year_header(x) for t in x.tokens if t.figure and t.x1 > values[-1][0]
    ]
    edge = max((f for f in figures if f <= right + 1), default=right)  # a header may reach over the column beside it
    after = [t.x0 for x in region.lines for t in x.tokens if t.x0 > edge - 1 and not t.figure and not t.year]
    right_columns = [min(g) for g in _near(after, 1.5 * size) if len(g) >= 2][:3]
    if right_columns and right_columns[0] < right:
        values = [*values[:-1], (values[-1][0], right_columns[0] - 1)]
    columns: Columns = []
    for i, start in enumerate(label_columns):
        end = label_columns[i + 1] - 1 if i + 1 < len(label_columns) else left - 1
        columns.append((start, end))
    columns += values
    for i, start in enumerate(right_columns):
        end = right_columns[i + 1] - 1 if i + 1 < len(right_columns) else region.x1 + 1
        columns.append((start, end))
    return columns


def _near(values: list[float], tolerance: float) -> list[list[float]]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def column_of(columns: Columns, token: Token) -> int:
    best, most = -1, 0.0
    start, end = token.x0, token.x1
    for i, (x0, x1) in enumerate(columns):
        overlap = (end if end < x1 else x1) - (start if start > x0 else x0)
        if overlap > most:
            best, most = i, overlap
    if best >= 0:
        return best
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - token.centre))


def spans(columns: Columns, token: Token) -> tuple[int, int]:
    """The first column a token stands in and how many it reaches into."""
    start, end = token.x0, token.x1
    least = min(3.0, 0.4 * (end - start))
    hit = [i for i, (x0, x1) in enumerate(columns) if (end if end < x1 else x1) - (start if start > x0 else x0) > least]
    if not hit:
        return column_of(columns, token), 1
    return hit[0], hit[-1] - hit[0] + 1
