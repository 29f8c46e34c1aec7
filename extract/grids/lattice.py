"""Ruled tables: cells drawn with horizontal and vertical lines.

`ruled_regions` finds the connected groups of crossing lines; a `Ruling` tells which elementary cells are one (merged)
cell because no line stands between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extract.page.model import Area, Page

Cell = tuple[int, int, int, int]
"""The first row and column of elementary cells that a cell covers, and the last ones."""
Edge = tuple[float, float, float]
"""A drawn line: its position, where it begins, where it ends."""

_OUTER = 8.0  # points that lines reach beyond the last one across them, where that is missing
_TOUCH = 3.0  # points within which two lines meet
_SAME = 2.5  # points within which two lines are one
_ADJOINING = 3.0  # points between fills that are one row's
_GAP = 7.0  # points of a scanned line that may have faded


@dataclass(slots=True)
class Ruling:
    """The lines of one ruled table: `xs`, `ys` bound its elementary cells; `area[r][c]` is (row0, col0, row1, col1)."""

    xs: list[float]
    ys: list[float]
    area: list[list[Cell]]

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def rows(self) -> int:
        return len(self.ys) - 1

    def under(self, columns: Sequence[tuple[float, float]]) -> bool:
        """Whether these columns are its own (three at least, for a row alone is little evidence)."""
        own = list(pairwise(self.xs))
        return len(own) == len(columns) > 2 and all(
            abs(a - c) < 3 and abs(b - d) < 3 for (a, b), (c, d) in zip(own, columns, strict=True)
        )


def merge_collinear(edges: list[Edge]) -> list[Edge]:
    """Pieces of one drawn line joined: (position, start, end), sorted."""
    merged: list[list[float]] = []
    for at, start, end in sorted(edges):
        for other in reversed(merged):
            if at - other[0] > 1.2:
                merged.append([at, start, end])
                break
            if start <= other[2] + _TOUCH and end >= other[1] - _TOUCH:
                other[1], other[2] = min(other[1], start), max(other[2], end)
                break
        else:
            merged.append([at, start, end])
    return [(a, s, e) for a, s, e in merged]


class _Joined:
    """Things by number, and which of them are one."""

    def __init__(self, count: int) -> None:
        self._parent = list(range(count))

    def root(self, i: int) -> int:
        """The number that stands for all that are one with this."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, a: int, b: int) -> None:
        self._parent[self.root(a)] = self.root(b)


def _clusters(values: list[float]) -> list[float]:
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= _SAME:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [sum(g) / len(g) for g in groups]


def ruled_regions(content: Page, carried: Sequence[tuple[float, float]] = ()) -> list[Ruling]:
    """The ruled tables of a page, top to bottom: at least two columns and two rows of cells.

    `carried` are the columns of a ruled table at the bottom of the page before: a single row under them will do.  So
    will one at this page's foot, which may be a header whose rows come overleaf.
    """
    horizontals = merge_collinear(content.horizontals)
    verticals = merge_collinear(content.verticals)
    if len(horizontals) < 2 or len(verticals) < 2:
        return []
    if content.scanned:
        verticals = _bridged(verticals)
    joined = _Joined(len(horizontals) + len(verticals))
    for i, (y, x0, x1) in enumerate(horizontals):
        for j, (x, y0, y1) in enumerate(verticals):
            if x0 - _TOUCH <= x <= x1 + _TOUCH and y0 - _TOUCH <= y <= y1 + _TOUCH:
                joined.join(i, len(horizontals) + j)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, edge in enumerate([*horizontals, *verticals]):
        groups.setdefault(joined.root(i), ([], []))[i >= len(horizontals)].append(edge)
    made = [r for h, v in groups.values() if (r := _ruling(h, v, content.fills)) is not None]
    low = 0.6 * content.height
    found = [r for r in made if r.rows > 1 or r.under(carried) or (len(r.xs) > 3 and r.ys[0] > low)]
    return sorted(found, key=lambda r: (r.ys[0], r.xs[0]))


def _bridged(edges: list[Edge]) -> list[Edge]:
    """Lines of a scan: pieces on one x with a gap no longer than a letter is high are one line."""
    done: list[Edge] = []
    for x in _clusters([e[0] for e in edges]):
        pieces = sorted((e[1], e[2]) for e in edges if abs(e[0] - x) <= _SAME)
        start, end = pieces[0]
        for a, b in pieces[1:]:
            if a - end > _GAP:
                done.append((x, start, end))
                start = a
            end = max(end, b)
        done.append((x, start, end))
    return done


@dataclass(slots=True)
class FilledRows:
    """Rows whose cells are filled one by one: the column bounds they share, the heights at which rows begin and end."""

    xs: list[float]
    ys: list[float]

    def ruling(self) -> Ruling:
        area = [[(r, c, r, c) for c in range(len(self.xs) - 1)] for r in range(len(self.ys) - 1)]
        return Ruling(self.xs, self.ys, area)


def adjoining(fills: Iterable[Area]) -> Iterator[list[Area]]:
    """The fills of one height each that adjoin, left to right."""
    bands: dict[tuple[int, int], set[Area]] = {}
    for f in fills:
        bands.setdefault((round(f[1] / 2), round(f[3] / 2)), set()).add(f)
    for band in bands.values():
        cells = sorted(band)
        if all(abs(a[2] - b[0]) < _ADJOINING for a, b in pairwise(cells)):
            yield cells


def filled_rows(content: Page) -> list[FilledRows]:
    """Tables that their cells' fills show: rows of adjoining filled cells with the same columns, below each other."""
    rows = [(c[0][1], c[0][3], [f[0] for f in c] + [c[-1][2]]) for c in adjoining(content.fills) if len(c) > 1]
    found: list[FilledRows] = []
    for top, bottom, xs in sorted(rows):
        for table in found:
            same = len(table.xs) == len(xs) and all(abs(a - b) < 3 for a, b in zip(table.xs, xs, strict=True))
            if same and top - table.ys[-1] < 130:
                table.ys += [top, bottom] if top - table.ys[-1] > 2 else [bottom]
                break
        else:
            found.append(FilledRows(xs, [top, bottom]))
    return found


def _ruling(horizontals: list[Edge], verticals: list[Edge], fills: Sequence[Area] = ()) -> Ruling | None:
    """The cells that drawn lines make; where they make a shape that is no rectangle, fills' edges are lines too."""
    if not (horizontals and verticals):
        return None
    xs = _bounded(verticals, horizontals)
    ys = _bounded(horizontals, verticals)
    if len(xs) < 3 or len(ys) < 2:
        return None
    area, whole = _cells(xs, ys, horizontals, verticals)
    if not whole and fills:
        across, down = _edges(fills, (xs[0] - _TOUCH, ys[0] - _TOUCH, xs[-1] + _TOUCH, ys[-1] + _TOUCH))
        return _ruling(horizontals + across, verticals + down)
    return Ruling(xs, ys, area)


def _edges(fills: Sequence[Area], box: Area) -> tuple[list[Edge], list[Edge]]:
    """The edges of the fills inside a box: those across the page and those down."""
    left, top, right, bottom = box
    across, down = [], []
    for x0, y0, x1, y1 in fills:
        if left <= x0 and top <= y0 and x1 <= right and y1 <= bottom:
            across += [(y0, x0, x1), (y1, x0, x1)]
            down += [(x0, y0, y1), (x1, y0, y1)]
    return across, down


def _cells(
    xs: list[float], ys: list[float], horizontals: list[Edge], verticals: list[Edge]
) -> tuple[list[list[Cell]], bool]:
    """The cell that each elementary cell is of, and whether all cells are rectangles.

    What has no line between it is one cell; a shape that is no rectangle lacks a line, so each row of it is a cell.
    """
    columns = len(xs) - 1
    cells = [(r, c) for r in range(len(ys) - 1) for c in range(columns)]
    joined, in_row = _Joined(len(cells)), _Joined(len(cells))
    for one, other in _unparted(xs, ys, horizontals, verticals):
        joined.join(one, other)
        if other == one + 1:
            in_row.join(one, other)
    whole, runs = _extents(cells, joined), _extents(cells, in_row)
    odd = {root for root, (cell, count) in whole.items() if _size(cell) > count}
    area = [
        runs[in_row.root(at)][0] if joined.root(at) in odd else whole[joined.root(at)][0] for at in range(len(cells))
    ]
    return [area[at : at + columns] for at in range(0, len(area), columns)], not odd


def _size(cell: Cell) -> int:
    """How many elementary cells a cell covers."""
    r0, c0, r1, c1 = cell
    return (r1 - r0 + 1) * (c1 - c0 + 1)


def _unparted(
    xs: list[float], ys: list[float], horizontals: list[Edge], verticals: list[Edge]
) -> Iterator[tuple[int, int]]:
    """The numbers of elementary cells beside or below each other, in two columns or more, with no line between."""
    rows, columns = len(ys) - 1, len(xs) - 1
    beside = [[v for v in verticals if abs(v[0] - x) <= _SAME] for x in xs]
    below = [[h for h in horizontals if abs(h[0] - y) <= _SAME] for y in ys]
    for at, (r, c) in enumerate((r, c) for r in range(rows) for c in range(columns)):
        if c + 1 < columns and not _covered(beside[c + 1], ys[r], ys[r + 1]):
            yield at, at + 1
        if r + 1 < rows and not _covered(below[r + 1], xs[c], xs[c + 1]):
            yield at, at + columns


def _extents(cells: Sequence[tuple[int, int]], joined: _Joined) -> dict[int, tuple[Cell, int]]:
    """What stands for cells that are one: the rectangle that holds them, and how many they are."""
    found: dict[int, tuple[Cell, int]] = {}
    for at, (r, c) in enumerate(cells):
        root = joined.root(at)
        (r0, c0, r1, c1), count = found.get(root, ((r, c, r, c), 0))
        found[root] = (min(r0, r), min(c0, c), max(r1, r), max(c1, c)), count + 1
    return found


def _bounded(edges: list[Edge], across: list[Edge]) -> list[float]:
    """Where lines are drawn, and where those across them end: a table may lack its outer lines."""
    places = _clusters([e[0] for e in edges])
    first, last = min(e[1] for e in across), max(e[2] for e in across)
    before = [first] if first < places[0] - _OUTER else []
    after = [last] if last > places[-1] + _OUTER else []
    return [*before, *places, *after]


def _covered(edges: list[Edge], start: float, end: float) -> bool:
    """Whether the pieces of one line cover most of what lies between two places on it."""
    covered = 0.0
    for _, s, e in edges:
        covered += max(0.0, min(e, end) - max(s, start))
    return covered >= 0.6 * (end - start)
