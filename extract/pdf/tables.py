"""The tables of one page: ruled ones from their lines, the others from their figures."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from extract.pdf.lattice import FilledRows, Ruling, filled_rows, ruled_regions
from extract.pdf.lines import Token, VisualLine, make_token, tokenize, visual_lines
from extract.pdf.raw import RawCell, RawRow, RawTable
from extract.pdf.rows import BodyLine, group_rows
from extract.pdf.stream import Bands, Region, figures_of, find_regions, is_caption, is_note, year_header
from extract.pdf.words import PageContent, Word


def page_tables(
    content: PageContent, lines: list[VisualLine], carry: RawTable | None = None
) -> tuple[list[RawTable], list[VisualLine]]:
    """The page's tables in print order, and the lines outside them (tokens made).

    `lines` are those of all its words, `carry` is the table at the bottom of the page before, which may go on here.
    """
    tables: list[RawTable] = []
    used: set[int] = set()
    if content.horizontals and content.verticals:
        for ruling in ruled_regions(content):
            table = _ruled_table(content, ruling, used)
            if table is not None:
                tables.append(table)
    if used:
        lines = visual_lines([w for line in lines for w in line.words if id(w) not in used])
    for line in lines:
        line.tokens = tokenize(line)
    bands = Bands(
        [(y, x0, x1) for y, x0, x1 in content.horizontals],
        [f for f in content.fills if f[3] - f[1] < 0.6 * content.height],
    )
    inside: set[int] = set()
    if carry is not None and not any(t.box[1] < lines[0].y1 for t in tables if lines):
        region = _continued_rows(lines, carry, content)
        table = region and _stream_table(content.number, region, bands, carry.columns)
        if region and table:
            tables.append(table)
            inside.update(id(w) for line in region.lines for w in line.words)
            lines = [x for x in lines if x not in region.lines]
    for region in find_regions(lines, bands):
        for part in _side_by_side(region):
            table = _stream_table(content.number, part, bands)
            if table is not None:
                tables.append(table)
                inside.update(id(w) for line in part.lines for w in line.words)
    outside = []
    for line in lines:
        words = [w for w in line.words if id(w) not in inside]
        if len(words) == len(line.words):
            outside.append(line)
        elif words:
            outside.append(_line_of(words))
    if content.fills:
        outside = _filled_tables(content, tables, outside)
    tables.sort(key=lambda t: (t.box[1], t.box[0]))
    return tables, outside


def _filled_tables(content: PageContent, tables: list[RawTable], lines: list[VisualLine]) -> list[VisualLine]:
    """Tables (of words, mostly) that only their cells' fills show, among lines no other table took; the lines left over."""
    taken: set[int] = set()
    left = [w for line in lines for w in line.words]
    for filled in filled_rows(content):
        _add_unfilled(filled, lines)
        x0, y0, x1, y1 = filled.xs[0], filled.ys[0], filled.xs[-1], filled.ys[-1]
        if len(filled.ys) < 3 or any(t.box[1] < y1 and t.box[3] > y0 and t.box[0] < x1 and t.box[2] > x0 for t in tables):
            continue
        table = _ruled_table(content, filled.ruling(), taken, left)
        if table is not None:
            tables.append(table)
    if not taken:
        return lines
    kept = [(line, [w for w in line.words if id(w) not in taken]) for line in lines]
    return [line if len(words) == len(line.words) else _line_of(words) for line, words in kept if words]


def _add_unfilled(filled: FilledRows, lines: list[VisualLine]) -> None:
    """Zebra tables begin or end with a row without fill: a line right above or below whose tokens keep to the columns."""

    def keeps(line: VisualLine) -> bool:
        columns = [_interval(filled.xs, t.centre) for t in line.tokens]
        inside = all(t.x0 >= filled.xs[c] - 1 and t.x1 <= filled.xs[c + 1] + 1 for c, t in zip(columns, line.tokens, strict=True))
        return len(columns) > 1 and inside and len(set(columns)) == len(columns)

    above = [x for x in lines if 0 <= filled.ys[0] - x.y1 < 9 and keeps(x)]
    below = [x for x in lines if 0 <= x.y0 - filled.ys[-1] < 9 and keeps(x)]
    if above:
        filled.ys.insert(0, above[0].y0 - 2)
    if below:
        filled.ys.append(below[0].y1 + 2)


def _line_of(words: list[Word]) -> VisualLine:
    line = VisualLine(words, min(w.y0 for w in words), max(w.y1 for w in words), words[0].x0, words[-1].x1)
    line.tokens = tokenize(line)
    return line


# --- ruled tables -----------------------------------------------------------------------------------------------


def _ruled_table(
    content: PageContent, ruling: Ruling, used: set[int], words_left: list[Word] | None = None
) -> RawTable | None:
    x0, y0, x1, y1 = ruling.box
    inside = [
        w
        for w in (content.words if words_left is None else words_left)
        if id(w) not in used and x0 - 2 <= (w.x0 + w.x1) / 2 <= x1 + 2 and y0 - 1 <= w.middle <= y1 + 1
    ]
    if not inside:
        return None
    cells: dict[tuple[int, int, int, int], list[Word]] = {}
    for words in _crossing_tokens(inside, ruling) if content.scanned else [[w] for w in inside]:
        r = _interval(ruling.ys, words[0].middle)
        c = _interval(ruling.xs, (words[0].x0 + words[0].x1) / 2)
        area = ruling.area[r][c]
        if len(words) > 1:
            last = ruling.area[r][_interval(ruling.xs, (words[-1].x0 + words[-1].x1) / 2)]
            area = (area[0], area[1], area[2], max(area[3], last[3]))
        cells.setdefault(area, []).extend(words)
    if len({a[1] for a in cells}) < 2:
        return None  # a frame around text
    used.update(id(w) for w in inside)
    rows = _ruled_rows(ruling, cells, content)
    columns = list(pairwise(ruling.xs))
    table = RawTable(content.number, ruling.box, columns, rows, True, [], len(inside))
    _drop_empty_columns(table)
    _caption_row(table)
    return table


def _crossing_tokens(words: list[Word], ruling: Ruling) -> list[list[Word]]:
    """Words of a scan, those kept together that stand close and cross a line (a unit line over the years)."""
    groups: list[list[Word]] = []
    for line in visual_lines(words):
        for token in tokenize(line):
            together = len(token.words) > 1 and any(
                w.x0 + 2 < x < w.x1 - 2 or (i and token.words[i - 1].x1 - 2 < x < w.x0 + 2 and w.x0 - token.words[i - 1].x1 < 0.4 * w.size)
                for i, w in enumerate(token.words)
                for x in ruling.xs[2:-1]
            )
            groups += [token.words] if together else [[w] for w in token.words]
    return groups


def _interval(bounds: list[float], at: float) -> int:
    for i in range(len(bounds) - 2):
        if at < bounds[i + 1]:
            return i
    return len(bounds) - 2


def _ruled_rows(ruling: Ruling, cells: dict[tuple[int, int, int, int], list[Word]], content: PageContent) -> list[RawRow]:
    rows: list[RawRow] = []
    fills = content.fills
    for r in range(len(ruling.ys) - 1):
        band: dict[int, tuple[tuple[int, int, int, int], list[VisualLine]]] = {}
        c = 0
        while c < len(ruling.xs) - 1:
            area = next((a for a in cells if a[0] == r and a[1] == c), ruling.area[r][c])
            if area[0] == r and area in cells:
                band[area[1]] = (area, visual_lines(cells[area]))
            c = max(c + 1, area[3] + 1)
        y0, y1 = ruling.ys[r], ruling.ys[r + 1]
        middle = (y0 + y1) / 2
        shaded = any(f[1] - 1 <= middle <= f[3] + 1 and f[0] <= ruling.xs[0] + 5 for f in fills)
        for part in _split_band(band):
            made = {
                column: RawCell(column, [line.words for line in lines], area[3] - area[1] + 1)
                for column, (area, lines) in part.items()
            }
            if made:
                rows.append(RawRow(made, y0, y1, shaded=shaded))
    return rows


def _split_band(
    band: dict[int, tuple[tuple[int, int, int, int], list[VisualLine]]],
) -> list[dict[int, tuple[tuple[int, int, int, int], list[VisualLine]]]]:
    """One drawn row may hold several printed rows (no lines between them): part it where several columns agree.

    Columns of figures only that hold the same number (at least two) of lines at the same heights are several rows.
    """
    stacked = {c: lines for c, (_, lines) in band.items() if len(lines) > 1 and all(make_token(x.words).figure for x in lines)}
    if len(stacked) < 2:
        return [band]
    heights: list[float] = []
    for lines in stacked.values():
        for line in lines:
            if all(abs(line.middle - h) > 0.5 * line.size for h in heights):
                heights.append(line.middle)
    heights.sort()
    if len(heights) < 2:
        return [band]
    parts: list[dict[int, tuple[tuple[int, int, int, int], list[VisualLine]]]] = [{} for _ in heights]
    for column, (area, lines) in band.items():
        for line in lines:
            nearest = min(range(len(heights)), key=lambda i: (abs(heights[i] - line.middle) if column in stacked else max(0.0, heights[i] - line.middle - 0.4 * line.size) * 1.0 + max(0.0, line.middle - heights[i]) * 0.9))
            parts[nearest].setdefault(column, (area, []))[1].append(line)
    return parts


def _drop_empty_columns(table: RawTable, widest: float = 6.0) -> None:
    """Columns that hold nothing and are only drawn (double lines, margins) go."""
    held = Counter(c for row in table.rows for c in row.cells)
    narrow = {i for i, (a, b) in enumerate(table.columns) if not held[i] and b - a < widest}
    if not narrow:
        return
    index = {}
    kept = []
    for i, column in enumerate(table.columns):
        if i not in narrow:
            index[i] = len(kept)
            kept.append(column)
    for row in table.rows:
        for cell in row.cells.values():
            cell.span = max(1, sum(cell.column <= i < cell.column + cell.span for i in index))
        row.cells = {index[c]: cell for c, cell in row.cells.items()}
        for c, cell in row.cells.items():
            cell.column = c
    table.columns = kept


def _caption_row(table: RawTable) -> None:
    """A first row that is one cell across the table and says "Tabel 1. …" is its caption."""
    if not table.rows or len(table.rows[0].cells) != 1:
        return
    (cell,) = table.rows[0].cells.values()
    words = [w for line in cell.lines for w in line]
    if is_caption(" ".join(w.text for w in words)):
        table.caption_words = words
        table.rows.pop(0)


# --- tables without a grid --------------------------------------------------------------------------------------


def _side_by_side(region: Region) -> list[Region]:
    """Two tables beside each other: their years begin anew in the middle of a header."""
    for line in region.lines:
        years = [t for t in line.tokens if t.year]
        if len(years) < 4:
            continue
        values = [int(t.text[-4:]) if t.text[-4:].isdigit() else 0 for t in years]
        breaks = [i for i in range(1, len(years)) if values[i] < values[i - 1] and values[i] > 0]
        if len(breaks) != 1:
            continue
        left_end, right_start = years[breaks[0] - 1].x1, years[breaks[0]].x0
        between = [
            t.x0
            for other in region.lines
            for t in other.tokens
            if not t.figure and not t.year and left_end + 2 < t.x0 < right_start
        ]
        if len(between) < 2:
            continue
        cut = min(between) - 1
        return [r for r in (_part(region, -1e9, cut), _part(region, cut, 1e9)) if r is not None]
    return [region]


def _part(region: Region, left: float, right: float) -> Region | None:
    lines = []
    for line in region.lines:
        words = [w for w in line.words if left <= (w.x0 + w.x1) / 2 < right]
        if words:
            lines.append(_line_of(words))
    columns = [c for c in region.columns if left <= (c[0] + c[1]) / 2 < right]
    if not lines or not columns:
        return None
    anchors = [x for x in lines if figures_of(x)]
    return Region(lines, anchors, columns, min(c[0] for c in columns), min(x.x0 for x in lines), max(x.x1 for x in lines))


def _split_at_columns(region: Region, columns: list[tuple[float, float]]) -> None:
    """Words set so close that two columns look like one run of text are parted where a column of words begins."""
    starts = [x0 for x0, _ in columns[1:]]
    for line in region.lines:
        tokens: list[Token] = []
        for token in line.tokens:
            cuts = [
                i
                for i, w in enumerate(token.words)
                if i and not token.figure and any(abs(w.x0 - x) < 1.6 for x in starts) and w.x0 - token.words[i - 1].x1 > 0.3 * w.size
            ]
            bounds = [0, *cuts, len(token.words)]
            tokens += [make_token(token.words[a:b]) for a, b in pairwise(bounds)] if cuts else [token]
        line.tokens = tokens


def _continued_rows(lines: list[VisualLine], carry: RawTable, content: PageContent) -> Region | None:
    """Rows at a page's top that go on with the table at the bottom of the page before: figures under its columns."""
    values = [
        carry.columns[c]
        for c in range(1, len(carry.columns))
        if any(c in r.cells and make_token(r.cells[c].lines[0]).figure for r in carry.rows if not r.header)
    ]
    if not values or carry.ruled:
        return None
    left = min(v[0] for v in values)
    taken: list[VisualLine] = []
    reach = 0
    for line in lines:
        if (taken and line.y0 - taken[-1].y1 > 2 * line.size) or is_caption(line.text) or is_note(line.text):
            break
        figures = figures_of(line)
        under = [t for t in figures if any(t.x0 < v[1] + 3 and t.x1 > v[0] - 3 for v in values)]
        label_only = line.x1 < left and abs(line.x0 - carry.columns[0][0]) < 3 * line.size
        if not (label_only or (figures and len(under) == len(figures))):
            break
        taken.append(line)
        reach = len(taken) if under else reach
    taken = taken[:reach]
    if not taken or taken[0].y0 > 0.35 * content.height:
        return None
    anchors = [x for x in taken if figures_of(x)]
    return Region(taken, anchors, values, left, min(x.x0 for x in taken), max(x.x1 for x in taken))


def _stream_table(
    page: int, region: Region, bands: Bands, columns: list[tuple[float, float]] | None = None
) -> RawTable | None:
    y0, y1 = region.lines[0].y0, max(x.y1 for x in region.lines)
    bands = bands.between(y0 - 20, y1 + 20)
    box = (region.x0, y0, region.x1, y1)
    columns = columns or _fill_columns(region, bands) or _text_columns(region)
    _split_at_columns(region, columns)
    header_count = _header_lines(region, columns, bands)
    header, body = region.lines[:header_count], region.lines[header_count:]
    if not body:
        return None
    orphans: list[Word] = []
    rows = _header_rows(header, columns, bands)
    value_from = next((i for i, c in enumerate(columns) if c[1] > region.value_left + 1), len(columns) - 1)
    body_lines = [_body_line(line, columns, value_from) for line in body]
    cuts = [_cut_between(a, b, region, bands) for a, b in pairwise(body)]
    for group in group_rows(body_lines, cuts):
        rows.append(_row(group, columns, orphans, bands, region))
    table = RawTable(page, box, columns, rows, False, orphans, sum(len(x.words) for x in region.lines))
    _drop_empty_columns(table, 18.0)
    return table


def _fill_columns(region: Region, bands: Bands) -> list[tuple[float, float]] | None:
    """Columns that adjoining fills of single cells show (a shaded header, zebra rows drawn cell by cell)."""
    y0, y1 = region.lines[0].y0 - 4, region.lines[-1].y1 + 4
    inside = [f for f in bands.fills if y0 <= (f[1] + f[3]) / 2 <= y1 and f[0] >= region.x0 - 14]
    edges: Counter[int] = Counter()
    by_band: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for f in inside:
        by_band.setdefault((round(f[1] / 2), round(f[3] / 2)), []).append((f[0], f[2]))
    best: list[tuple[float, float]] = []
    for spans in by_band.values():
        spans = sorted(set(spans))
        if len(spans) > len(best) and all(abs(a[1] - b[0]) < 3 for a, b in pairwise(spans)):
            best = spans
    del edges
    if len(best) < len(region.columns) + 1:
        return None
    bounds = [best[0][0]] + [(a[1] + b[0]) / 2 for a, b in pairwise(best)] + [best[-1][1]]
    if bounds[0] > region.x0 + 3 or bounds[-1] < region.x1 - 3:
        return None
    crossed = sum(
        any(t.x0 + 1.5 < b < t.x1 - 1.5 for b in bounds[1:-1]) for line in region.lines for t in line.tokens if t.figure or t.year
    )
    return None if crossed > 1 else list(pairwise(bounds))


def _text_columns(region: Region) -> list[tuple[float, float]]:
    """Columns from where tokens stand: columns of words left of the figures, the figures', columns of words right of them."""
    left = region.value_left
    right = max(c[1] for c in region.columns)
    size = region.lines[0].size
    starts: list[float] = []
    for line in region.lines:
        words = [t for t in line.tokens if t.x0 < left - 1 and not (t.figure and t.x1 > left)]
        starts += [t.x0 for t in words if t.x0 > region.x0 + 2.5 * size]
    label_columns = [region.x0]
    for group in _near(starts, 0.6 * size):
        start = min(group)
        crossing = sum(any(t.x0 < start - 2 and t.x1 > start + 1.5 and t.x1 < left + 3 * size for t in line.tokens) for line in region.lines)
        if len(group) >= 2 and crossing <= 0.34 * len(group) + 0.5 and start < left - size:
            label_columns.append(start)
    after = [t.x0 for line in region.lines for t in line.tokens if t.x0 > right - 1 and not t.figure]
    right_columns = [min(g) for g in _near(after, 1.5 * size) if len(g) >= 2][:3]
    headed = _headed_columns(region)
    columns: list[tuple[float, float]] = []
    for i, start in enumerate(label_columns):
        end = label_columns[i + 1] - 1 if i + 1 < len(label_columns) else left - 1
        columns.append((start, end))
    columns += sorted(region.columns + [c for c in headed if all(abs(c[0] - r) > 2 * size for r in right_columns)])
    for i, start in enumerate(right_columns):
        end = right_columns[i + 1] - 1 if i + 1 < len(right_columns) else region.x1 + 1
        columns.append((start, end))
    return columns


def _headed_columns(region: Region) -> list[tuple[float, float]]:
    """Columns that the line of years heads with words and that hold no figure on this page."""
    found = []
    for line in region.lines:
        if year_header(line):
            for token in line.tokens:
                if token.year or token.figure or token.x0 < region.value_left:
                    continue
                if all(token.x1 < x0 or token.x0 > x1 for x0, x1 in region.columns):
                    found.append((token.x0, token.x1))
            break
    return found


def _near(values: list[float], tolerance: float) -> list[list[float]]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= tolerance:
            groups[-1].append(value)
        else:
            groups.append([value])
    return groups


def _header_lines(region: Region, columns: list[tuple[float, float]], bands: Bands) -> int:
    """How many of the region's first lines are its header."""
    lines = region.lines
    first_body = next((i for i, x in enumerate(lines) if figures_of(x) and x in region.anchors and not year_header(x)), None)
    if first_body is None:
        return 0
    years = [i for i in range(first_body) if year_header(lines[i]) or any(t.year for t in lines[i].tokens)]
    if not years:
        above = [i for i in range(first_body) if any(t.x1 > region.value_left for t in lines[i].tokens)]
        return above[-1] + 1 if above else 0
    count = years[-1] + 1
    left = min(x.x0 for x in lines)
    while count < first_body:
        line, above_line = lines[count], lines[count - 1]
        if _cut_between(above_line, line, region, bands):
            break
        below_label = all(
            t.x0 >= region.value_left - 1 or (t.x0 > left + 3 * t.size and any(abs(t.x0 - u.x0) < 2 for u in above_line.tokens))
            for t in line.tokens
        )
        hyphened = any(t.text.endswith("-") and any(abs(u.x0 - t.x0) < 12 for u in line.tokens) for t in above_line.tokens)
        if not (below_label or hyphened):
            break
        count += 1
    return count


def _column_of(columns: list[tuple[float, float]], token: Token) -> int:
    best, most = -1, 0.0
    for i, (x0, x1) in enumerate(columns):
        overlap = min(token.x1, x1) - max(token.x0, x0)
        if overlap > most:
            best, most = i, overlap
    if best >= 0:
        return best
    return min(range(len(columns)), key=lambda i: abs((columns[i][0] + columns[i][1]) / 2 - token.centre))


def _spans(columns: list[tuple[float, float]], token: Token) -> tuple[int, int]:
    """The first column a token stands in and how many it reaches into."""
    hit = [i for i, (x0, x1) in enumerate(columns) if min(token.x1, x1) - max(token.x0, x0) > min(3.0, 0.4 * (token.x1 - token.x0))]
    if not hit:
        return _column_of(columns, token), 1
    return hit[0], hit[-1] - hit[0] + 1


def _header_rows(lines: list[VisualLine], columns: list[tuple[float, float]], bands: Bands) -> list[RawRow]:
    """Header lines as rows: what spans columns (a unit line over the years) stands in a row of its own, above."""
    spanning: dict[int, RawCell] = {}
    single: dict[int, RawCell] = {}
    leaves = [t for line in lines for t in line.tokens if t.year]
    for line in lines:
        for token in line.tokens:
            first, span = _spans(columns, token)
            if token.year or token.figure:
                first, span = _column_of(columns, token), 1
            elif first > 0 and any(t.y0 > token.middle and t.x0 < token.x1 and t.x1 > token.x0 for t in leaves):
                first, span = _spanned(columns, token, bands)
            above = span == 1 and not token.year and any(t.y0 >= token.middle and _column_of(columns, t) == first for t in leaves)
            if span > 1 and first > 0 and not any(t.y0 > token.middle for t in leaves):
                for word in token.words:  # neighbours' headers set close: each word to the column it stands over
                    column = _column_of(columns, make_token([word]))
                    _add_words(single, column, [word])
                continue
            target = spanning if (span > 1 or above) and first > 0 else single
            if target is single and first == 0:
                span = 1
            cell = target.setdefault(first, RawCell(first, [], span))
            cell.span = max(cell.span, span)
            cell.lines.append(token.words)
    rows = []
    for cells in (spanning, single):
        if cells:
            words = [w for c in cells.values() for line_words in c.lines for w in line_words]
            rows.append(RawRow(cells, min(w.y0 for w in words), max(w.y1 for w in words), header=True))
    return rows


def _add_words(cells: dict[int, RawCell], column: int, words: list[Word]) -> None:
    cell = cells.setdefault(column, RawCell(column, []))
    if cell.lines and abs(cell.lines[-1][-1].middle - words[0].middle) < 0.4 * words[0].size:
        cell.lines[-1] = cell.lines[-1] + words
    else:
        cell.lines.append(words)


def _spanned(columns: list[tuple[float, float]], token: Token, bands: Bands) -> tuple[int, int]:
    """The columns that words above them head: those under the fill of their cell, else those they are centred over."""
    first, span = _spans(columns, token)
    fill = bands.fill_at(token.centre, token.middle)
    if fill is not None:
        under = [i for i, (x0, x1) in enumerate(columns) if fill[0] - 2 <= (x0 + x1) / 2 <= fill[2] + 2]
        if first in under and under != list(range(len(columns))):
            return under[0], len(under)
    best = (first, span)
    for i in range(1, first + 1):
        for j in range(first + span - 1, len(columns)):
            centred = abs((columns[i][0] + columns[j][1]) / 2 - token.centre) < 4
            if centred and j - i + 1 > best[1]:
                best = (i, j - i + 1)
    return best


def _body_line(line: VisualLine, columns: list[tuple[float, float]], value_from: int) -> BodyLine:
    texts: dict[int, str] = {}
    anchor = False
    for token in line.tokens:
        column = _token_column(columns, token, value_from)
        texts[column] = f"{texts[column]} {token.text}" if column in texts else token.text
        anchor = anchor or (column >= value_from and (token.figure or token.year))
    first = line.tokens[0]
    return BodyLine(
        line, texts, anchor, line.words[0].bold, line.y0, line.y1, first.x1, first.words[0].x1 - first.words[0].x0
    )


def _token_column(columns: list[tuple[float, float]], token: Token, value_from: int) -> int:
    if token.figure or token.year:
        return _column_of(columns, token)
    first, span = _spans(columns, token)
    return first if span > 1 and first < value_from else _column_of(columns, token)


def _cut_between(above: VisualLine, below: VisualLine, region: Region, bands: Bands) -> bool:
    """Whether something is drawn between two lines: a rule across the table, or a change of fill."""
    top, bottom = above.middle, below.middle
    width = region.x1 - region.x0
    covered = sum(
        max(0.0, min(x1, region.x1 + 5) - max(x0, region.x0 - 5)) for y, x0, x1 in bands.rules if top < y < bottom and abs(y - top) > 1
    )
    if covered > 0.55 * width:
        return True
    x = region.x0 + 1
    a, b = bands.fill_at(x, top), bands.fill_at(x, bottom)
    if (a is None) != (b is None):
        return True
    return a is not None and b is not None and (abs(a[1] - b[1]) > 2 or abs(a[3] - b[3]) > 2)


def _row(
    group: list[BodyLine], columns: list[tuple[float, float]], orphans: list[Word], bands: Bands, region: Region
) -> RawRow:
    cells: dict[int, RawCell] = {}
    value_from = next((i for i, c in enumerate(columns) if c[1] > region.value_left + 1), len(columns) - 1)
    for body in group:
        for token in body.line.tokens:
            column = _token_column(columns, token, value_from)
            _, span = _spans(columns, token)
            cell = cells.get(column)
            if cell is None:
                cells[column] = RawCell(column, [token.words], span if not token.figure else 1)
                continue
            if abs(cell.lines[-1][-1].middle - token.middle) < 0.5 * token.size:
                if token.figure and column >= value_from:
                    orphans.extend(token.words)  # two figures for one place: neither is dropped unseen
                else:
                    cell.lines[-1] = cell.lines[-1] + token.words
            else:
                cell.lines.append(token.words)
    y0, y1 = min(b.y0 for b in group), max(b.y1 for b in group)
    rule = any(y0 - 6 <= y <= y0 + 1 and x1 - x0 > 0.5 * (region.x1 - region.x0) for y, x0, x1 in bands.rules)
    shaded = bands.fill_at(region.x0 + 1, (y0 + y1) / 2) is not None
    return RawRow(cells, y0, y1, rule_above=rule, shaded=shaded)
