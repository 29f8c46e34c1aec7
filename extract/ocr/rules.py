"""The drawn lines of a scanned page: ridges, thin and darker than what lies on either side, that run on.

A line is looked for as a ridge and not as dark pixels, so that a faint grey line is found on white paper as well as on
a shaded cell, and the edge of a shaded area is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from extract.ocr.ink import Bits, runs
from extract.ocr.touching import STEP, letters_on_line
from extract.records import record

Edge = tuple[float, float, float]  # position across, start, end

_RIDGE = 0.06  # how much darker than its sides (share of white) a line is at least
_REACH = (5, 10)  # pixels to either side that must be lighter: thin lines, thick ones
_SHORTEST_LEVEL = 120  # pixels
_SHORTEST_UPRIGHT = 40
_ALONE = 110  # an upright shorter than this is a line only where it meets level ones with both ends
_MEET = 8
_SIDE = 7  # pixels beside a line where paper is seen
_SLANT = 0.03  # pixels across for a pixel along: more than the page's own skew and shear leave of an upright line
_ROWS_APART, _STEPS_APART = 3, 3  # between ridges of one line: pixels across it, steps along it
_THICKEST = 20  # pixels
_EVEN = 0.66  # share of a line's length that has nothing but paper on either side


@record
class _Drawn:
    edge: Edge
    first: int  # the rows of pixels it is drawn in
    last: int


@dataclass(slots=True)
class Rules:
    """A page's lines in pixels, and the pixels they are drawn with."""

    horizontals: list[Edge]
    verticals: list[Edge]
    mask: Bits


def find_rules(share: npt.NDArray[np.float32]) -> Rules:
    """The lines of a page; `share` is its brightness as a share of the paper's."""
    level = _ridges(share, 1)
    upright = _ridges(share, 0)
    level_bits = _long(level, _SHORTEST_LEVEL // STEP)
    upright_bits = _long(upright.T, _SHORTEST_UPRIGHT // STEP)
    levels = [x for x in _lines(level_bits, _SHORTEST_LEVEL // STEP) if _clear(share, x)]
    horizontals = [x.edge for x in levels]
    drawn = [x for x in _lines(upright_bits, _SHORTEST_UPRIGHT // STEP) if _straight(upright_bits, x)]
    uprights = [_cut(x, horizontals) for x in drawn]
    uprights = [x for x in uprights if _meets(x.edge, horizontals) and _clear(share.T, x)]
    level_mask, upright_mask = (
        _painted(levels, level_bits, share.shape),
        _painted(uprights, upright_bits, share.T.shape).T,
    )
    mask = level_mask | upright_mask
    letters = [
        letters_on_line(share, mask, level_bits, int(x.edge[1]), int(x.edge[2]), x.first, x.last) for x in levels
    ]
    for pixels in letters:
        level_mask[pixels] = False
    return Rules(horizontals, [x.edge for x in uprights], level_mask | upright_mask)


def _clear(share: npt.NDArray[np.float32], drawn: _Drawn) -> bool:
    """Paper of one shade along both sides: what runs through the middle of letters is no line."""
    start, end = int(drawn.edge[1]), int(drawn.edge[2])
    sides = (max(0, drawn.first - _SIDE), min(share.shape[0] - 1, drawn.last + _SIDE))
    for y in sides:
        beside = share[y, start:end]
        shades = np.array([np.percentile(b, 75) for b in np.array_split(beside, max(1, len(beside) // 40))])
        ground = np.repeat(shades, -(-len(beside) // len(shades)))[: len(beside)]
        if (beside < 0.88 * ground).mean() > 1 - _EVEN:
            return False
    return True


def _straight(bits: Bits, drawn: _Drawn) -> bool:
    """Whether a line keeps its place from end to end; strokes of handwriting slant."""
    piece = bits[drawn.first : drawn.last + 1, int(drawn.edge[1]) // STEP : int(drawn.edge[2]) // STEP]
    quarter = max(1, piece.shape[1] // 4)
    across = [float(np.nonzero(end)[0].mean()) for end in (piece[:, :quarter], piece[:, -quarter:]) if end.any()]
    return not across or abs(across[-1] - across[0]) <= 2 + _SLANT * 0.75 * piece.shape[1] * STEP


def _cut(upright: _Drawn, horizontals: list[Edge]) -> _Drawn:
    """The upright without a short end that runs on past a level line and meets no other: a letter stands there."""
    x, y0, y1 = upright.edge
    crossed = sorted(y for y, a, b in horizontals if a - _MEET <= x <= b + _MEET and y0 - _MEET <= y <= y1 + _MEET)
    if len(crossed) > 1 and _MEET < crossed[0] - y0 < _ALONE:
        y0 = crossed[0]
    if len(crossed) > 1 and _MEET < y1 - crossed[-1] < _ALONE:
        y1 = crossed[-1]
    return replace(upright, edge=(x, y0, y1))


def _meets(upright: Edge, horizontals: list[Edge]) -> bool:
    x, y0, y1 = upright
    if y1 - y0 >= _ALONE:
        return True
    crossing = [y for y, a, b in horizontals if a - _MEET <= x <= b + _MEET]
    return all(any(abs(y - end) <= _MEET for y in crossing) for end in (y0, y1))


def _ridges(share: npt.NDArray[np.float32], axis: int) -> Bits:
    """Where a line along the axis may run, the image shrunk along the axis."""
    work = share if axis == 1 else share.T
    cut = work.shape[1] // STEP * STEP
    if cut < 3 * STEP or work.shape[0] < 2 * _REACH[1] + 3:
        nothing = np.zeros((work.shape[0], max(1, work.shape[1] // STEP)), dtype=bool)
        return nothing if axis == 1 else nothing.T
    small = np.minimum(work[:, :cut], 1.05).reshape(work.shape[0], -1, STEP).mean(axis=2)
    best = np.zeros_like(small)
    for reach in _REACH:
        depth = np.minimum(small[: -2 * reach], small[2 * reach :]) - small[reach:-reach]
        best[reach:-reach] = np.maximum(best[reach:-reach], depth)
    found: Bits = np.asarray(best > _RIDGE)
    return found if axis == 1 else found.T


def _long(ridges: Bits, shortest: int) -> Bits:
    """Those ridges that run on level for at least the shortest length."""
    if ridges.shape[1] < shortest:
        return np.zeros_like(ridges)
    wide = ridges.copy()
    wide[1:] |= ridges[:-1]  # a line a little askew steps from row to row
    wide[:-1] |= ridges[1:]
    return _runs(wide, shortest) & ridges


@dataclass(slots=True, eq=False)
class _Growing:
    """A line as it is put together from ridges, row by row: rows, ends in steps, its ridges' size and weight."""

    first: int
    last: int
    start: int
    end: int
    size: int
    weight: int  # the size times the row, summed

    def touches(self, other: _Growing) -> bool:
        near = other.first - self.last <= _ROWS_APART
        return near and other.start <= self.end + _STEPS_APART and other.end >= self.start - _STEPS_APART

    def take(self, other: _Growing) -> None:
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        self.start, self.end = min(self.start, other.start), max(self.end, other.end)
        self.size += other.size
        self.weight += other.weight


def _lines(long: Bits, shortest: int) -> list[_Drawn]:
    """The lines that long ridges make up."""
    open_: list[_Growing] = []
    done: list[_Growing] = []
    for y in np.flatnonzero(long.any(axis=1)).tolist():
        for start, end in runs(long[y]):
            ridge = _Growing(y, y, start, end, end - start, (end - start) * y)
            touching = [line for line in open_ if line.touches(ridge)]
            if not touching:
                open_.append(ridge)
                continue
            for other in touching[1:]:
                touching[0].take(other)
                open_.remove(other)
            touching[0].take(ridge)
        done += [line for line in open_ if y - line.last > _ROWS_APART]
        open_ = [line for line in open_ if y - line.last <= _ROWS_APART]
    lines = [x for x in done + open_ if x.last - x.first <= _THICKEST and x.end - x.start >= shortest]
    return [_Drawn((x.weight / x.size, float(x.start * STEP), float(x.end * STEP)), x.first, x.last) for x in lines]


def _runs(bits: Bits, length: int) -> Bits:
    """The places that lie in a run of at least `length` along a row, with next to no gaps."""
    count = np.cumsum(np.pad(bits.astype(np.int32), ((0, 0), (1, 0))), axis=1)
    full = (count[:, length:] - count[:, :-length]) >= 0.96 * length
    marks = np.zeros((bits.shape[0], bits.shape[1] + 1), dtype=np.int32)
    marks[:, : full.shape[1]] += full
    marks[:, length : length + full.shape[1]] -= full
    covered: Bits = np.cumsum(marks, axis=1)[:, :-1] > 0
    return covered


def _painted(lines: list[_Drawn], bits: Bits, shape: tuple[int, ...]) -> Bits:
    """A mask of that shape: the pixels of lines and those next to them, and no more: letters may touch them."""
    mask = np.zeros(shape, dtype=bool)
    for drawn in lines:
        first, last = int(drawn.edge[1]) // STEP, int(drawn.edge[2]) // STEP
        top, bottom = max(0, drawn.first - 2), min(mask.shape[0], drawn.last + 3)
        piece = bits[top:bottom, first:last]
        grown = piece.copy()
        for shift in (1, 2):
            grown[shift:] |= piece[:-shift]
            grown[:-shift] |= piece[shift:]
            grown[:, shift:] |= piece[:, :-shift]
            grown[:, :-shift] |= piece[:, shift:]
        wide = np.repeat(grown, STEP, axis=1)
        left = first * STEP
        mask[top:bottom, left : left + wide.shape[1]] |= wide
    return mask
