"""Ruled tables: the words of each drawn cell, the rows they make."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from extract.grids.lattice import Ruling
from extract.grids.raw import RawCell, RawRow, RawTable
from extract.page.lines import visual_lines
from extract.page.model import Page, VisualLine, Word
from extract.page.tokens import make_token, tokenize
from lexicon.captions import is_caption
from lexicon.years import is_year


def ruled_table(
    content: Page,
    ruling: Ruling,
    used: set[int],
    words_left: list[Word] | None = None,
    *,
    header_only: bool = False,
) -> RawTable | None:
    """The table in these lines; None where they hold no words, only a frame, or (`header_only`) no years."""
    x0, y0, x1, y1 = ruling.box
    inside = [
        w
        for w in (content.words if words_left is None else words_left)
        if y0 - 1 <= (w.y0 + w.y1) / 2 <= y1 + 1 and x0 - 2 <= (w.x0 + w.x1) / 2 <= x1 + 2 and id(w) not in used
    ]
    if not inside:
        return None
    cells: dict[tuple[int, int, int, int], list[Word]] = {}
    for words in _crossing_tokens(inside, ruling) if content.scanned else [[w] for w in inside]:
        r = interval(ruling.ys, words[0].middle)
        c = interval(ruling.xs, (words[0].x0 + words[0].x1) / 2)
        area = ruling.area[r][c]
        if len(words) > 1:
            last = ruling.area[r][interval(ruling.xs, (words[-1].x0 + words[-1].x1) / 2)]
            area = (area[0], area[1], area[2], max(area[3], last[3]))
        cells.setdefault(area, []).extend(words)
    if len({a[1] for a in cells}) < 2:
        return None  # a frame around text
    if header_only and sum(len(ws) == 1 and is_year(ws[0].text) for ws in cells.values()) < 2:
        return None
    used.update(id(w) for w in inside)
    rows, parted = _ruled_rows(ruling, cells, content)
    columns = list(pairwise(ruling.xs))
    table = RawTable(content.number, ruling.box, columns, rows, True, [], len(inside), parted=parted)
    drop_empty_columns(table)
    _caption_row(table)
    return table


def _crossing_tokens(words: list[Word], ruling: Ruling) -> list[list[Word]]:
    """Words of a scan, those kept together that stand close and cross a line (a unit line over the years)."""
    groups: list[list[Word]] = []
    for line in visual_lines(words):
        for token in tokenize(line):
            together = len(token.words) > 1 and any(
                w.x0 + 2 < x < w.x1 - 2
                or (i and token.words[i - 1].x1 - 2 < x < w.x0 + 2 and w.x0 - token.words[i - 1].x1 < 0.4 * w.size)
                for i, w in enumerate(token.words)
                for x in ruling.xs[2:-1]
            )
            groups += [token.words] if together else [[w] for w in token.words]
    return groups


def interval(bounds: list[float], at: float) -> int:
    for i in range(len(bounds) - 2):
        if at < bounds[i + 1]:
            return i
    return len(bounds) - 2


def _ruled_rows(
    ruling: Ruling, cells: dict[tuple[int, int, int, int], list[Word]], content: Page
) -> tuple[list[RawRow], int]:
    """The rows of the drawn cells, and how many of them are parted from the row above by no drawn line."""
    rows: list[RawRow] = []
    bands: list[int] = []  # the drawn row that each is of
    parted = 0
    starts: dict[tuple[int, int], tuple[int, int, int, int]] = {}
    for held in cells:
        starts.setdefault((held[0], held[1]), held)
    left = ruling.xs[0] + 5
    fills = [f for f in content.fills if f[0] <= left]
    for r in range(len(ruling.ys) - 1):
        band: dict[int, tuple[tuple[int, int, int, int], list[VisualLine]]] = {}
        c = 0
        while c < len(ruling.xs) - 1:
            area = starts.get((r, c), ruling.area[r][c])
            if area[0] == r and area in cells:
                band[area[1]] = (area, visual_lines(cells[area]))
            c = max(c + 1, area[3] + 1)
        y0, y1 = ruling.ys[r], ruling.ys[r + 1]
        middle = (y0 + y1) / 2
        shaded = any(f[1] - 1 <= middle <= f[3] + 1 for f in fills)
        parts = _split_band(band)
        parted += len(parts) - 1
        for part in parts:
            made = {
                column: RawCell(column, [line.words for line in lines], area[3] - area[1] + 1, rows=area[2] - r + 1)
                for column, (area, lines) in part.items()
            }
            if made:
                rows.append(RawRow(made, y0, y1, shaded=shaded))
                bands.append(r)
    _count_rows(rows, bands)
    return rows, parted


def _count_rows(rows: list[RawRow], bands: list[int]) -> None:
    """Cells tell how many rows they cover instead of how many drawn ones; `bands` are those that the rows are of."""
    for i, row in enumerate(rows):
        for cell in row.cells.values():
            cell.rows = sum([bands[i] <= band < bands[i] + cell.rows for band in bands[i:]]) if cell.rows > 1 else 1


def _split_band(
    band: dict[int, tuple[tuple[int, int, int, int], list[VisualLine]]],
) -> list[dict[int, tuple[tuple[int, int, int, int], list[VisualLine]]]]:
    """One drawn row may hold several printed rows (no lines between them): part it where several columns agree.

    Columns of figures only that hold the same number (at least two) of lines at the same heights are several rows.
    """
    stacked = {
        c: lines for c, (_, lines) in band.items() if len(lines) > 1 and all(make_token(x.words).figure for x in lines)
    }
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
            nearest = min(
                range(len(heights)),
                key=lambda i: (
                    abs(heights[i] - line.middle)
                    if column in stacked
                    else max(0.0, heights[i] - line.middle - 0.4 * line.size) * 1.0
                    + max(0.0, line.middle - heights[i]) * 0.9
                ),
            )
            parts[nearest].setdefault(column, (area, []))[1].append(line)
    return parts


def drop_empty_columns(table: RawTable, widest: float = 6.0) -> None:
    """Columns that hold nothing and are only drawn (double lines, margins) go."""
    held = Counter(c for row in table.rows for c in row.cells)
    narrow = {i for i, (a, b) in enumerate(table.columns) if not held[i] and b - a < widest}
    if not narrow:
        return
    index = {}
    kept: list[tuple[float, float]] = []
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
