"""Tables without a grid: a region's rows by column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extract.grids.columns import Columns, carried_columns, column_of, region_columns, spans
from extract.grids.evidence import Bands, Region, cut_between
from extract.grids.header import header_lines, header_rows
from extract.grids.raw import RawCell, RawRow, RawTable
from extract.grids.rows import BodyLine, group_rows
from extract.grids.ruled import drop_empty_columns
from extract.page.model import Token, VisualLine, Word, extent
from extract.page.tokens import make_token

_ACROSS = 0.1  # of the width of the columns of figures that a run of text reaches over which is no label
_NOTE_WORDS = 4  # of such a text, at least


def stream_table(page: int, region: Region, bands: Bands, columns: Columns | None = None) -> RawTable:
    """The table of a region; `columns` are those of the table before that goes on here."""
    y0, y1 = region.lines[0].y0, max(x.y1 for x in region.lines)
    bands = bands.between(y0 - 20, y1 + 20)
    box = (region.x0, y0, region.x1, y1)
    columns = carried_columns(region, bands, columns) if columns else region_columns(region, bands)
    values = _value_columns(columns, region)
    notes = [_is_note(line, columns, values) for line in region.lines]
    _split_at_columns(region.lines, notes, columns, values)
    heads, most = header_lines(region, columns, bands)
    orphans: list[Word] = []
    body_lines = [_body_line(line, columns, values) for line in region.lines]
    for above, below in pairwise(body_lines):
        below.overleaf = region.seam is not None and above.y0 < region.seam <= below.y0
    cuts = [
        a or b or cut_between(x, y, region, bands) for (x, a), (y, b) in pairwise(zip(region.lines, notes, strict=True))
    ]
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


def _split_at_columns(lines: Sequence[VisualLine], notes: Sequence[bool], columns: Columns, values: range) -> None:
    """Words set so close that two columns look like one run of text are parted where a column of words begins.

    Not so within "Børne- og …": no cell begins there.  A column of figures begins where its widest one does.
    """
    starts = [x0 for at, (x0, _) in enumerate(columns) if at and at not in values]
    for line in (x for x, note in zip(lines, notes, strict=True) if not note):
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


def _is_note(line: VisualLine, columns: Columns, values: range) -> bool:
    """Whether a line is nothing but a run of text from where labels begin to amid the columns of figures."""
    first = line.tokens[0]
    begins, ends = columns[values.start][0], columns[values.stop - 1][1]
    across = first.x0 < columns[0][1] and first.x1 > begins + _ACROSS * (ends - begins)
    return len(line.tokens) == 1 and len(first.words) >= _NOTE_WORDS and across


def _body_line(line: VisualLine, columns: Columns, values: range) -> BodyLine:
    texts: dict[int, str] = {}
    anchor = False
    for token in line.tokens:
        column = _token_column(columns, token, values.start, first_of_line=token is line.tokens[0])
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


def _token_column(columns: Columns, token: Token, value_from: int, *, first_of_line: bool) -> int:
    if token.figure or token.year:
        return column_of(columns, token)
    first, span = spans(columns, token)
    beside = first == 0 and not first_of_line  # what follows a label is none
    return first if span > 1 and first < value_from and not beside else column_of(columns, token)


def _end_at_next(cells: dict[int, RawCell]) -> None:
    """Ends every cell of a row at the next one's column: a label may reach over the column beside it."""
    for at, after in pairwise(sorted(cells)):
        cells[at].span = min(cells[at].span, after - at)


def _row(group: list[BodyLine], columns: Columns, orphans: list[Word], bands: Bands, region: Region) -> RawRow:
    cells: dict[int, RawCell] = {}
    value_from = _value_columns(columns, region).start
    for body in group:
        for token in body.line.tokens:
            column = _token_column(columns, token, value_from, first_of_line=token is body.line.tokens[0])
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
    _end_at_next(cells)
    _, y0, _, y1 = extent([b.line for b in group])
    rule = any(y0 - 6 <= y <= y0 + 1 and x1 - x0 > 0.5 * (region.x1 - region.x0) for y, x0, x1 in bands.rules)
    shaded = bands.fill_at(region.x0 + 1, (y0 + y1) / 2) is not None
    return RawRow(cells, y0, y1, rule_above=rule, shaded=shaded)
