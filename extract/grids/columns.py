"""Columns of a table without a grid: from adjoining fills, its header, or where its figures and words stand."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.grids.evidence import Bands, Region, figures_of, is_named_year, year_header
from extract.grids.lattice import adjoining
from extract.page.model import Area, Token, VisualLine, Word
from extract.page.tokens import make_token
from extract.records import record
from lexicon.years import is_outside_years

Columns = list[tuple[float, float]]


@record
class Fit:
    """What it costs where figures do not fit the cells that a header divides the width into; 1 is a figure lost."""

    outside: float = 1.0  # a figure in no cell
    beyond: float = 0.2  # one right of the last cell, where its row has more figures than the header has words
    shared: float = 1.0  # one in another figure's cell
    crossing: float = 0.5  # one that begins in the cell before
    before: float = 0.1  # one that ends before its header begins
    uneven: float = 0.004  # a point away from where the cells' other figures end
    uneven_most: float = 8.0  # points of it that count
    set_off: float = 0.01  # a point between where headers and figures end, where both should
    set_off_most: float = 20.0
    bare: float = 0.5  # a header read without its upper line
    most: float = 0.25  # a figure: at a higher cost the header tells no columns


FIT = Fit()
_LEVELS = 3.4  # font sizes up and down from a line of years within which the header's other lines stand
_EDGE = 1.2  # points between edges that are one
_CROSSING = 1.5  # points over a bound
_REACH = 1.6  # widths of a year left of the first header cell within which its figures stand
_MOST_RIGHT = 3  # columns of words right of the figures


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
    for line in region.bodies:
        figures = [t for t in figures_of(line) if t.x1 > region.value_left]
        held = {i for t in figures for i, (x0, x1) in enumerate(columns) if t.x0 < x1 and x0 < t.x1}
        count += max(0, len(figures) - len(held))
    return count


@record
class _Edges:
    """Where tokens begin and end which show that another one is two, set close."""

    ends: tuple[float, ...]  # right edges of figures
    seconds: tuple[float, ...]  # left edges of words that are the second token of their line
    words: tuple[float, ...]  # left edges of words right of figures
    close: tuple[float, ...]  # left edges of the words of a column set close behind one of figures


def _part_tokens(region: Region) -> None:
    """Tokens that are two, set close, by what stands below or above them.

    A header of figures and the header of the words right of them; a label that reaches its figure or the words of the
    next column.
    """
    bodies, tokens = region.bodies, region.tokens
    right = max((t.x1 for x in bodies for t in figures_of(x)), default=0.0)
    edges = _Edges(
        tuple(t.x1 for t in tokens if t.figure or t.year),
        tuple(x.tokens[1].x0 for x in region.lines if len(x.tokens) > 1 and not x.tokens[1].figure),
        (*_behind_figures(region), *(t.x0 for t in tokens if t.x0 > right and not t.figure)),
        _close_behind_figures(region),
    )
    for line in region.lines:
        cut_of = _cut_of_row if line in bodies else _cut_of_header
        parts: list[Token] = []
        for token in line.tokens:
            cut = 0 if token.figure or token.year or is_named_year(token.text) else cut_of(token, line, edges)
            parts += [make_token(token.words[:cut]), make_token(token.words[cut:])] if cut else [token]
        line.tokens = parts


def _behind_figures(region: Region) -> list[float]:
    """Where words begin right behind a figure of a column."""
    pairs = ((a, b) for x in region.bodies for a, b in pairwise(x.tokens))
    return [b.x0 for a, b in pairs if a.figure and not b.figure and a.x1 > region.value_left]


def _close_behind_figures(region: Region) -> tuple[float, ...]:
    """Where words begin that stand a blank behind the figures of a column, at one edge in most rows.

    Not so what is the same in all of them, the figures' own unit, nor what stands behind numbers that begin at one edge
    as well: these are codes, and the words their names.
    """
    behind: dict[int, list[tuple[float, Word]]] = {}
    for token in (t for x in region.bodies for t in x.tokens[1:] if len(t.words) > 1):
        end = next((i for i, w in enumerate(token.words) if i and make_token(token.words[:i]).figure), 0)
        if end and not token.words[end].text[0].isdigit():
            behind.setdefault(round(token.words[end].x0), []).append((token.x0, token.words[end]))
    told = (list(zip(*found, strict=True)) for found in behind.values() if 2 * len(found) > len(region.bodies))
    set_right = ((starts, words) for starts, words in told if max(starts) - min(starts) > _EDGE)
    return tuple(words[0].x0 for _, words in set_right if len({w.text for w in words}) > 1)


def _cut_of_row(token: Token, line: VisualLine, edges: _Edges) -> int:
    """The word at which a token of a row is cut, 0 for none: its figure, or the words of the next column."""
    if token.words[-1].text[-1].isdigit():
        alike = sum(abs(x - token.x1) < _EDGE for x in edges.ends) > 1
        if alike and not any(t.figure and abs(t.x1 - token.x1) < _EDGE for t in line.tokens):
            return _figure_at_end(token)
    elif token is line.tokens[0]:
        return next((i for i, w in enumerate(token.words) if i and _often(w.x0, edges.seconds)), 0)
    return next((i for i, w in enumerate(token.words) if i and any(abs(w.x0 - x) < _EDGE for x in edges.close)), 0)


def _cut_of_header(token: Token, _: VisualLine, edges: _Edges) -> int:
    """The same of a token of the header: where words right of the figures begin."""
    return next((i for i, w in enumerate(token.words) if i and any(abs(w.x0 - x) < _EDGE for x in edges.words)), 0)


def _often(x: float, places: Sequence[float]) -> bool:
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
    left = _figures_begin(header, wide)
    rows = [under for x in region.bodies if (under := _right_of(x, left))]
    if not rows or len(wide) < 2:
        return None
    cost, bounds, heads = min(_costed(region, header, rows, wide, narrow), key=lambda way: way[0])
    if cost > FIT.most * sum(len(r) for r in rows):
        return None
    columns, end = _under_heads(region, header, [t for row in rows for t in row], bounds, heads)
    return columns + sorted(c for c in region.columns if c[0] > end)


def _under_heads(
    region: Region, header: VisualLine, figures: list[Token], bounds: list[float], heads: Columns
) -> tuple[Columns, float]:
    """The extents of the columns of figures under their header cells, and where the last one's cell ends.

    Words before the first year or behind the last one head no column of figures where none stands under them: before
    the years in any case, behind them where the rows have words there.
    """
    words = [t for x in region.bodies for t in x.tokens if _is_words(t)]
    dated = [t for t in header.tokens if t.year or is_outside_years(t.text)]
    extents, held = [], []
    for i, ((left, right), (x0, x1)) in enumerate(zip(pairwise(bounds), heads, strict=True)):
        inside = [t for t in figures if left <= t.centre < right]
        extents.append((min([x0, *(t.x0 for t in inside)]), max([x1, *(t.x1 for t in inside)])))
        behind = x0 > dated[-1].x1 and any(left <= t.x0 < right for t in words)
        if inside or not (x1 < dated[0].x0 or behind):
            held.append(i)
    return _apart(extents, bounds)[held[0] : held[-1] + 1], bounds[held[-1] + 1]


def _costed(
    region: Region, header: VisualLine, rows: list[list[Token]], wide: Columns, narrow: Columns
) -> Iterator[tuple[float, list[float], Columns]]:
    """Every way to divide the width under these header cells: what it costs, the bounds, the header cells."""
    for heads in (wide, narrow) if narrow != wide else (wide,):
        for number, (bounds, anchors) in enumerate(_divisions(heads, _right_limit(region, header, heads))):
            cost = _misfit(rows, heads, bounds, anchors, flush=number == 0) + (FIT.bare if heads is narrow else 0.0)
            yield round(cost, 6), bounds, heads


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

    Words left of the years head a column too where no row's words reach as far ("Samlet sum").

    Twice: with the words right above that may be a header's first lines, and without, since they may be a unit's line.
    """
    years = [t for t in header.tokens if t.year]
    first = next(t for t in header.tokens if t.year or is_outside_years(t.text))
    labels = max((t.x1 for x in region.bodies for t in x.tokens if not t.figure and t.x0 < first.x0), default=first.x0)
    heads = [(t.x0, t.x1) for t in header.tokens if t.x0 >= min(first.x0, labels)]
    bare = list(heads)
    left = _figures_begin(header, heads)
    most = max((len(_right_of(x, left)) for x in region.bodies), default=0)
    for token in _levels(region, header, heads[0][0]):
        near = [i for i, (x0, x1) in enumerate(heads) if token.x0 < x1 + 2 and token.x1 > x0 - 2]
        if not near and token.x0 > heads[-1][1] and len(heads) < most:
            heads.append((token.x0, token.x1))
            bare.append((token.x0, token.x1))
        elif len(near) == 1:
            x0, x1 = heads[near[0]]
            if not any(x0 - 1 <= y.x0 and y.x1 <= x1 + 1 for y in years):
                heads[near[0]] = (min(x0, token.x0), max(x1, token.x1))
    return sorted(heads), sorted(bare)


def _levels(region: Region, header: VisualLine, left: float) -> list[Token]:
    """The words right of a place in the lines above the rows that are near the line of years."""
    first = next((i for i, x in enumerate(region.lines) if x in region.bodies), len(region.lines))
    near = [x for x in region.lines[:first] if abs(x.middle - header.middle) <= _LEVELS * header.size]
    return [t for x in near if x is not header for t in x.tokens if t.x0 > left and not t.year]


def _right_limit(region: Region, header: VisualLine, heads: Columns) -> float:
    """Where the last headed column must end: before the next header words on the right, else at the table's edge."""
    lines = [
        x
        for x in region.lines
        if abs(x.middle - header.middle) <= _LEVELS * header.size and x not in region.anchors[1:]
    ]
    figures = [t for x in region.bodies for t in figures_of(x)]
    further = [
        t.x0
        for x in lines
        for t in x.tokens
        if t.x0 > heads[-1][1] and not any(t.x0 < f.x1 and t.x1 > f.x0 for f in figures)
    ]
    return min(further, default=region.x1 + 2)


def _figures_begin(header: VisualLine, heads: Columns) -> float:
    """Where the figures of the first header cell may begin."""
    return heads[0][0] - _REACH * max(t.x1 - t.x0 for t in header.tokens if t.year)


def _right_of(line: VisualLine, left: float) -> list[Token]:
    """The figures of a line that may stand under header cells: those that end right of there."""
    return [t for t in figures_of(line) if t.x1 > left]


def _divisions(heads: Columns, limit: float) -> list[tuple[list[float], list[float]]]:
    """Ways to divide the width into cells: (bounds, anchors of figures) for headers set right, centred and left.

    Under headers set left figures are set left too, or right, as far as the cell goes.

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
    return [(right, rights), (centred, middles), (left, lefts), (left, left[1:])]


def _misfit(
    rows: list[list[Token]], heads: Columns, bounds: list[float], anchors: list[float], *, flush: bool
) -> float:
    """How badly figures fit cells, as `Fit` weighs it.  `flush`: the figures should end where their headers do."""
    cost = 0.0
    offsets = []
    for row in rows:
        taken: set[int] = set()
        for token in row:
            cell = bisect(bounds, token.x1 - 1) - 1
            if not 0 <= cell < len(bounds) - 1:
                needless = len(row) < len(bounds)  # as many headers as figures: none need stand outside
                beyond = token.x1 >= bounds[0] and token.x0 >= bounds[-1]
                cost += FIT.beyond if beyond and not needless else FIT.outside
                continue
            cost += FIT.shared if cell in taken else FIT.crossing if token.x0 < bounds[cell] - _CROSSING else 0.0
            cost += FIT.before if token.x1 < heads[cell][0] else 0.0
            taken.add(cell)
            offsets.append(token.x1 - anchors[cell])
    if offsets:
        usual = sorted(offsets)[len(offsets) // 2]
        cost += FIT.uneven * sum(min(abs(o - usual), FIT.uneven_most) for o in offsets)
        if flush:
            cost += FIT.set_off * min(abs(usual), FIT.set_off_most)
    return cost


def _fill_columns(region: Region, bands: Bands) -> Columns | None:
    """Columns that adjoining fills of single cells show (a shaded header, zebra rows drawn cell by cell)."""
    y0, y1 = region.lines[0].y0 - 4, region.lines[-1].y1 + 4
    fills = [f for f in bands.fills if y0 <= (f[1] + f[3]) / 2 <= y1 and f[0] >= region.x0 - 14]
    cells: list[Area] = max(adjoining(fills), key=len, default=[])
    if len(cells) < len(region.columns) + 1:
        return None
    bounds = [cells[0][0], *((a[2] + b[0]) / 2 for a, b in pairwise(cells)), cells[-1][2]]
    if bounds[0] > region.x0 + 3 or bounds[-1] < region.x1 - 3:
        return None
    figures = [t for t in region.tokens if t.figure or t.year]
    crossed = sum(any(t.x0 + _CROSSING < b < t.x1 - _CROSSING for b in bounds[1:-1]) for t in figures)
    return None if crossed > 1 else list(pairwise(bounds))


def _text_columns(region: Region, values: Columns) -> Columns:
    """Columns from where tokens stand: words left of the figures, the figures, words right of them."""
    left = min(region.value_left, values[0][0])
    behind = _right_columns(region, values)
    if behind and behind[0] < values[-1][1]:
        values = [*values[:-1], (values[-1][0], behind[0] - 1)]
    return [
        *_up_to(_label_columns(region, left), left - 1),
        *_with_words(region, values),
        *_up_to(behind, region.x1 + 1),
    ]


def _with_words(region: Region, values: Columns) -> Columns:
    """The columns of figures, and those of words that stand between two of them in most rows."""
    both = values[:1]
    for before, after in pairwise(values):
        words = [t for x in region.bodies for t in x.tokens if before[1] <= t.x0 and t.x1 < after[0] and _is_words(t)]
        starts = [min(g) - 1 for g in _near([t.x0 for t in words], _EDGE) if 2 * len(g) > len(region.bodies)]
        both += _up_to(starts, max((t.x1 for t in words), default=before[1]) + 1)
        both.append(after)
    return both


def _is_words(token: Token) -> bool:
    return not (token.figure or token.year) and any(c.isalnum() for c in token.text)


def _up_to(starts: list[float], end: float) -> Columns:
    """Columns that begin so, each up to the next one, the last to the end."""
    return [(a, b - 1 if b != end else end) for a, b in pairwise([*starts, end])] if starts else []


def _label_columns(region: Region, left: float) -> list[float]:
    """Where columns of words begin left of the figures (which begin at `left`), the labels' own first."""
    size = region.lines[0].size
    words = [t.x0 for t in region.tokens if t.x0 < left - 1 and not (t.figure and t.x1 > left)]
    least = 2 if region.bodies else 1
    held = [t.x0 for line in _below_names(region, left) for t in line.tokens]
    columns = [region.x0]
    for group in _near([x for x in words if x > region.x0 + 2.5 * size], 0.6 * size):
        start = min(group)
        crossing = sum(any(_crosses(t, start, left + 3 * size) for t in line.tokens) for line in region.lines)
        holds = any(min(group) - 1 <= x <= max(group) + 1 for x in held)  # names alone make no column
        if holds and len(group) >= least and crossing <= 0.34 * len(group) + 0.5 and start < left - size:
            columns.append(start)
    return columns


def _below_names(region: Region, left: float) -> list[VisualLine]:
    """A region's lines below those that name its columns of figures; all where it has no rows."""
    first = next((i for i, x in enumerate(region.lines) if x in region.bodies), 0)
    named = max((i for i, x in enumerate(region.lines[:first], 1) if x.x1 > left), default=0)
    return region.lines[named:]


def _crosses(token: Token, start: float, end: float) -> bool:
    """Whether a token that ends before `end` reaches over the place where a column is said to begin.

    Not where one of its words begins there: two cells set close look like one run of text.
    """
    over = token.x0 < start - 2 and start + _CROSSING < token.x1 < end
    return over and not any(abs(w.x0 - start) < _EDGE for w in token.words)


def _right_columns(region: Region, values: Columns) -> list[float]:
    """Where columns of words begin right of the figures."""
    last, right = values[-1]
    figures = [t.x1 for x in region.bodies for t in x.tokens if t.figure and last < t.x1 <= right + 1]
    edge = max(figures, default=right)  # a header may reach over the column beside it
    after = [t.x0 for t in region.tokens if t.x0 > edge - 1 and not t.figure and not t.year]
    return [min(g) for g in _near(after, 1.5 * region.lines[0].size) if len(g) >= 2][:_MOST_RIGHT]


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
