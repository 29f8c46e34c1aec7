"""Tables without a grid: a region's header rows and body rows by column."""

from __future__ import annotations

import re
from itertools import pairwise

from extract.grids.columns import Columns, carried_columns, column_of, region_columns, spans
from extract.grids.evidence import Bands, Region, figures_of, year_header
from extract.grids.raw import RawCell, RawRow, RawTable
from extract.grids.rows import BodyLine, group_rows
from extract.grids.ruled import drop_empty_columns
from extract.page.model import Token, VisualLine, Word
from extract.page.tokens import make_token
from lexicon.figures import FigureUnit, own_unit
from lexicon.units import find_unit
from lexicon.years import number_columns

_SET_IN = 4.0  # font sizes right of where labels begin, from which on words over their column are not theirs
_BLANK = 0.5  # of the font size: no blank between words of one header is wider
_SPAN_OF_YEARS = re.compile(r"\d\s?[-/–]\s?\d")


def stream_table(page: int, region: Region, bands: Bands, columns: Columns | None = None) -> RawTable:
    """The table of a region; `columns` are those of the table before that goes on here."""
    y0, y1 = region.lines[0].y0, max(x.y1 for x in region.lines)
    bands = bands.between(y0 - 20, y1 + 20)
    box = (region.x0, y0, region.x1, y1)
    columns = carried_columns(region, bands, columns) if columns else region_columns(region, bands)
    _split_at_columns(region, columns)
    heads, most = _header_lines(region, columns, bands)
    orphans: list[Word] = []
    values = _value_columns(columns, region)
    body_lines = [_body_line(line, columns, values) for line in region.lines]
    for above, below in pairwise(body_lines):
        below.overleaf = region.seam is not None and above.y0 < region.seam <= below.y0
    cuts = [_cut_between(a, b, region, bands) for a, b in pairwise(region.lines)]
    count, groups = group_rows(body_lines, cuts, heads, most)
    rows = header_rows(region.lines[:count], columns, bands)
    rows += [_row(group, columns, orphans, bands, region) for group in groups]
    table = RawTable(page, box, columns, rows, False, orphans, sum(len(x.words) for x in region.lines))
    drop_empty_columns(table, 18.0)
    return table


def _value_columns(columns: Columns, region: Region) -> range:
    """The columns of figures; words may stand left and right of them."""
    first = next((i for i, c in enumerate(columns) if c[1] > region.value_left + 1), len(columns) - 1)
    right = max((c[1] for c in region.columns), default=columns[-1][1])
    last = max((i for i, c in enumerate(columns) if c[0] < right), default=len(columns) - 1)
    return range(first, max(first, last) + 1)


def _split_at_columns(region: Region, columns: Columns) -> None:
    """Words set so close that two columns look like one run of text are parted where a column of words begins.

    Not so within "Børne- og …": no cell begins there.
    """
    starts = [x0 for x0, _ in columns[1:]]
    for line in region.lines:
        tokens: list[Token] = []
        for token in line.tokens:
            cuts = [
                i
                for i, w in enumerate(token.words)
                if i
                and not token.figure
                and any(abs(w.x0 - x) < 1.6 for x in starts)
                and w.x0 - token.words[i - 1].x1 > 0.3 * w.size
                and not (token.words[i - 1].text.endswith("-") and w.text[0].islower())
            ]
            bounds = [0, *cuts, len(token.words)]
            tokens += [make_token(token.words[a:b]) for a, b in pairwise(bounds)] if cuts else [token]
        line.tokens = tokens


def _header_lines(region: Region, columns: Columns, bands: Bands) -> tuple[int, int]:
    """How many of the region's first lines head it for certain, and how many do at most."""
    lines = region.lines
    numbers = {i for i, x in enumerate(lines) if _numbers_columns(x, region)}
    bodies = (i for i, x in enumerate(lines) if figures_of(x) and x in region.anchors and not _names_columns(x))
    first_body = next((i for i in bodies if i not in numbers), None)
    if first_body is None:
        heads = [i for i, x in enumerate(lines) if year_header(x)]
        return (heads[-1] + 1, heads[-1] + 1) if heads else (0, 0)
    years = [
        i for i in range(first_body) if i in numbers or year_header(lines[i]) or any(t.year for t in lines[i].tokens)
    ]
    if not years:
        above = [i for i in range(first_body) if any(t.x1 > region.value_left for t in lines[i].tokens)]
        return (above[-1] + 1, above[-1] + 1) if above else (0, 0)
    most = years[-1] + 1
    while most < first_body and not _cut_between(lines[most - 1], lines[most], region, bands):
        most += 1
    count = years[-1] + 1
    while count < most and all(t.x0 >= region.value_left - 1 for t in lines[count].tokens):
        count += 1
    groups = sum(t.year for t in lines[years[-1]].tokens)
    while count < first_body and _is_lower_level(lines[count], columns, region, groups):
        count += 1
    return count, max(most, count)


def _numbers_columns(line: VisualLine, region: Region) -> bool:
    """Whether a line counts the columns: "(1)", "(2)", "(3)=(1)-(2)"."""
    label = " ".join(t.text for t in line.tokens if t.x1 <= region.value_left)
    return number_columns([t.text for t in line.tokens if t.x1 > region.value_left], label)


def _is_lower_level(line: VisualLine, columns: Columns, region: Region, groups: int) -> bool:
    """Whether a line under `groups` years names several columns under each, beside the table's unit or nothing."""
    label = " ".join(t.text for t in line.tokens if t.x1 <= region.value_left)
    names = [t for t in line.tokens if t.x1 > region.value_left]
    plain = not any(t.figure or t.year for t in names) and (not label or find_unit(label) is not None)
    return plain and len(names) == len({column_of(columns, t) for t in names}) >= 2 * groups > 0


def header_rows(lines: list[VisualLine], columns: Columns, bands: Bands) -> list[RawRow]:
    """Header lines as rows: what spans columns (a unit line over the years) stands in a row of its own, above.

    So do the upper lines over a year, below what spans.
    """
    spanning: dict[int, RawCell] = {}
    upper: dict[int, RawCell] = {}
    single: dict[int, RawCell] = {}
    years = [t for line in lines for t in line.tokens if t.year and not _SPAN_OF_YEARS.search(t.text)]
    first_year = min((t.x0 for t in years), default=0.0)
    leaves = years or (lines[-1].tokens if lines else [])
    heads = [
        t
        for line in lines
        if year_header(line)
        for t in line.tokens
        if t.x0 >= first_year and not _SPAN_OF_YEARS.search(t.text)
    ]
    counting = next((x for x in lines if len(lines) > 1 and _counts(x)), None)
    lines = [x for x in lines if x is not counting]
    for number, line in enumerate(lines):
        parts = [part for t in line.tokens for part in _by_column(t, columns)]
        groups = _groups(parts, lines[number + 1 :], columns)
        for token in parts:
            first, span = spans(columns, token)
            if token in groups:
                first, span = groups[token]
            elif (first, span) == (0, 2) and (_mostly_over(token, columns[1]) or _set_in(token, columns[0])):
                first, span = 1, 1
            elif token.year or token.figure:
                first, span = column_of(columns, token), 1
            elif first > 0 and any(t.y0 > token.middle and t.x0 < token.x1 and t.x1 > token.x0 for t in leaves):
                first, span = _spanned(columns, token, bands, {column_of(columns, t) for t in parts if t is not token})
            above = (
                span == 1
                and not token.year
                and any(t.y0 >= token.middle and column_of(columns, t) == first for t in heads)
            )
            if span > 1 and first > 0 and token not in groups and not any(t.y0 > token.middle for t in years or leaves):
                for word in token.words:  # neighbours' headers set close: each word to the column it stands over
                    column = column_of(columns, make_token([word]))
                    _add_words(single, column, [word])
                continue
            target = single if first == 0 else spanning if span > 1 else upper if above else single
            if target is single and first == 0:
                span = 1
            cell = target.setdefault(first, RawCell(first, [], span))
            cell.span = max(cell.span, span)
            cell.lines.append(token.words)
    rows = []
    for cells in (spanning, upper, single):
        if cells:
            words = [w for c in cells.values() for line_words in c.lines for w in line_words]
            rows.append(RawRow(cells, min(w.y0 for w in words), max(w.y1 for w in words), header=True))
    if counting is not None:
        counts: dict[int, RawCell] = {}
        for token in counting.tokens:
            column = column_of(columns, token)
            counts.setdefault(column, RawCell(column, [])).lines.append(token.words)
        rows.append(RawRow(counts, counting.y0, counting.y1, header=True))
    return rows


def _counts(line: VisualLine) -> bool:
    """Whether a line of a header counts the columns, behind whatever it begins with."""
    texts = [t.text for t in line.tokens]
    return number_columns(texts) or number_columns(texts[1:], texts[0])


def _groups(parts: list[Token], below: list[VisualLine], columns: Columns) -> dict[Token, tuple[int, int]]:
    """The columns that the words of a header's line head as groups: a line below it names each column by itself.

    Every column that is named below belongs to the group whose middle is nearest; the columns before the first name
    below are labels.  Empty where the line heads no groups.
    """
    for line in below:
        named = sorted({column_of(columns, t) for t in line.tokens if not (t.year or t.figure)} - {0})
        over = [t for t in parts if t.x1 > columns[named[0]][0] - t.size] if named else []
        if len(over) < 2 or len(named) < 2 * len(over) or named != list(range(named[0], named[-1] + 1)):
            continue
        nearest = {c: min(over, key=lambda t: abs(t.centre - sum(columns[c]) / 2)) for c in named}
        return {t: (under[0], len(under)) for t in over if (under := [c for c in named if nearest[c] is t])}
    return {}


def _names_columns(line: VisualLine) -> bool:
    """Whether a line with figures names columns: years, or percentages without a label ("1 pct. 3 pct. 5 pct.")."""
    return year_header(line) or (
        len(line.tokens) > 1 and all(own_unit(t.text) is FigureUnit.PERCENT for t in line.tokens)
    )


def _mostly_over(token: Token, column: tuple[float, float]) -> bool:
    """Whether a header wider than its column reaches only a little over the labels' column."""
    return min(token.x1, column[1]) - max(token.x0, column[0]) > 0.6 * (token.x1 - token.x0)


def _set_in(token: Token, labels: tuple[float, float]) -> bool:
    """Whether a header that reaches over the labels' column begins well right of where labels begin."""
    return token.x0 > labels[0] + _SET_IN * token.size


def _by_column(token: Token, columns: Columns) -> list[Token]:
    """A header token that is two neighbours' headers: more than a blank apart, each within its own column."""
    for i in range(1, len(token.words)):
        before, after = token.words[i - 1], token.words[i]
        if after.x0 - before.x1 > _BLANK * token.size:
            parts = [make_token(token.words[:i]), make_token(token.words[i:])]
            (a, one), (b, other) = (spans(columns, part) for part in parts)
            if 0 < a < b and one == other == 1:
                return [parts[0], *_by_column(parts[1], columns)]
    return [token]


def _add_words(cells: dict[int, RawCell], column: int, words: list[Word]) -> None:
    cell = cells.setdefault(column, RawCell(column, []))
    if cell.lines and abs(cell.lines[-1][-1].middle - words[0].middle) < 0.4 * words[0].size:
        cell.lines[-1] = cell.lines[-1] + words
    else:
        cell.lines.append(words)


def _spanned(columns: Columns, token: Token, bands: Bands, taken: set[int]) -> tuple[int, int]:
    """The columns that words above them head: under the fill of their cell, under their own rule, or centred below.

    `taken` are the columns that other words of the line stand over.
    """
    first, span = spans(columns, token)
    fill = bands.fill_at(token.centre, token.middle)
    if fill is not None:
        under = [i for i, (x0, x1) in enumerate(columns) if fill[0] - 2 <= (x0 + x1) / 2 <= fill[2] + 2]
        if first in under and under != list(range(len(columns))):
            return under[0], len(under)
    for y, x0, x1 in bands.rules:
        if token.y1 - 1 <= y <= token.y1 + token.size and x0 <= token.centre <= x1:
            under = [i for i, c in enumerate(columns) if x0 <= (c[0] + c[1]) / 2 <= x1]
            if 1 < len(under) < len(columns) - 1 and taken.isdisjoint(under):
                return under[0], len(under)
    best = (first, span)
    for i in range(1, first + 1):
        for j in range(first + span - 1, len(columns)):
            centred = abs((columns[i][0] + columns[j][1]) / 2 - token.centre) < 4
            if centred and j - i + 1 > best[1] and taken.isdisjoint(range(i, j + 1)):
                best = (i, j - i + 1)
    return best


def _body_line(line: VisualLine, columns: Columns, values: range) -> BodyLine:
    texts: dict[int, str] = {}
    anchor = False
    for token in line.tokens:
        column = _token_column(columns, token, values.start)
        text = f"{token.text[:-1]}-" if token.text[-1] == "\u2010" else token.text
        texts[column] = f"{texts[column]} {text}" if column in texts else text
        anchor = anchor or (column in values and (token.figure or token.year))
    first = line.tokens[0]
    numbered = first.figure and len(line.tokens) > 1 and not (line.tokens[1].figure or line.tokens[1].year)
    return BodyLine(
        line,
        texts,
        anchor,
        line.words[0].bold,
        line.y0,
        line.y1,
        first.x1 if 0 in texts else 0.0,
        first.words[0].x1 - first.words[0].x0,
        numbered and column_of(columns, first) == 0,
    )


def _token_column(columns: Columns, token: Token, value_from: int) -> int:
    if token.figure or token.year:
        return column_of(columns, token)
    first, span = spans(columns, token)
    return first if span > 1 and first < value_from else column_of(columns, token)


def _cut_between(above: VisualLine, below: VisualLine, region: Region, bands: Bands) -> bool:
    """Whether something is drawn between two lines: a rule across the table, or a change of fill."""
    top, bottom = above.middle, below.middle
    width = region.x1 - region.x0
    covered = sum(
        max(0.0, min(x1, region.x1 + 5) - max(x0, region.x0 - 5))
        for y, x0, x1 in bands.rules
        if top < y < bottom and abs(y - top) > 1
    )
    if covered > 0.55 * width:
        return True
    x = region.x0 + 1
    a, b = bands.fill_at(x, top), bands.fill_at(x, bottom)
    if (a is None) != (b is None):
        return True
    return a is not None and b is not None and (abs(a[1] - b[1]) > 2 or abs(a[3] - b[3]) > 2)


def _row(group: list[BodyLine], columns: Columns, orphans: list[Word], bands: Bands, region: Region) -> RawRow:
    cells: dict[int, RawCell] = {}
    value_from = _value_columns(columns, region).start
    for body in group:
        for token in body.line.tokens:
            column = _token_column(columns, token, value_from)
            _, span = spans(columns, token)
            cell = cells.get(column)
            if cell is None:
                cells[column] = RawCell(column, [token.words], span if not token.figure else 1)
                continue
            if abs(cell.lines[-1][-1].middle - token.middle) < 0.5 * token.size:
                if token.figure and column >= value_from:
                    orphans.extend(token.words)  # two figures for one place: neither is dropped unseen
                    cell.disputed = True
                else:
                    cell.lines[-1] = cell.lines[-1] + token.words
            elif column == 0 and token.figure and token.x1 < cell.lines[0][0].x0:
                cell.lines[0] = token.words + cell.lines[0]  # a row's number midway beside its label
            else:
                cell.lines.append(token.words)
    y0, y1 = min(b.y0 for b in group), max(b.y1 for b in group)
    rule = any(y0 - 6 <= y <= y0 + 1 and x1 - x0 > 0.5 * (region.x1 - region.x0) for y, x0, x1 in bands.rules)
    shaded = bands.fill_at(region.x0 + 1, (y0 + y1) / 2) is not None
    return RawRow(cells, y0, y1, rule_above=rule, shaded=shaded)
