"""Where the tables without a drawn grid are on a page: lines whose figures stand under each other."""

from __future__ import annotations

from extract.grids.evidence import Bands, Region, figures_of, year_header
from extract.grids.growth import grown
from extract.page.model import Token, VisualLine
from lexicon.captions import is_caption, is_marker
from lexicon.figures import is_dash

_NEAR_NIL = 0.6  # font sizes beside a column within which a nil is that column's
_SET_OFF = 1.3  # font sizes of white between a table and the header of the next
_TOUCHING = 1.5  # points between figures of one column that do not stand under each other


def _is_anchor(line: VisualLine, inside: bool) -> bool:
    """A line with figures of a table; `inside` a table a lone figure will do (its label stands above or below)."""
    figures = figures_of(line)
    if len(figures) >= 2:
        return True
    if inside and len(line.tokens) == 1:
        return line.tokens[0].figure and not is_marker(line.text)
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
            groups.append((group, _columns_of(group)))
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
                if _breaks(line, reached, columns, bands, size) or _heads_another(line, reached, columns, group):
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
        region = grown(anchors, cols, lines, bands, taken)
        if region is not None:
            regions.append(region)
            taken.update(id(x) for x in region.lines)
    return regions


def _columns_of(group: list[VisualLine]) -> list[list[float]]:
    """The extents of columns by the figures in them.

    A nil a little beside a column is that column's; where there are more columns than years, years head several each.
    """
    tokens = [t for line in group for t in figures_of(line)]
    figures = [t for t in tokens if not t.year and not is_dash(t.text)]
    columns = _merge_intervals([[t.x0, t.x1] for t in figures])
    years = max((sum(t.year for t in line.tokens) for line in group), default=0)
    for token in (t for t in tokens if is_dash(t.text) or (t.year and len(columns) <= years)):
        near = _NEAR_NIL * token.size if not token.year else 0.0
        under = [c for c in columns if token.x0 < c[1] + near and c[0] - near < token.x1]
        if len(under) == 1:
            under[0][0], under[0][1] = min(under[0][0], token.x0), max(under[0][1], token.x1)
        elif not under:
            columns.append([token.x0, token.x1])  # a year without a figure, a column of nils
            columns.sort()
    return _merge_intervals(columns)


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
        if merged and column[0] <= merged[-1][1] + _TOUCHING:
            merged[-1][1] = max(merged[-1][1], column[1])
        else:
            merged.append(column)
    return merged


def _header_only(group: list[VisualLine]) -> bool:
    return all(year_header(g) for g in group)


def _heads_another(line: VisualLine, reached: float, columns: list[list[float]], group: list[VisualLine]) -> bool:
    """Whether words over columns, set off from rows above them, head another table."""
    over = [t for t in line.tokens if t.x1 > min(c[0] for c in columns)]
    return len(over) > 1 and line.y0 - reached > _SET_OFF * line.size and not _header_only(group)


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
