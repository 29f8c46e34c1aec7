"""Blocks that a line down the page parts: a chart beside a table, a box with news beside another one."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter

from extract.grids.lattice import merge_collinear
from extract.page.lines import visual_lines
from extract.page.model import Page, VisualLine, Word
from extract.records import record


@record
class Wall:
    """What makes a line down the page part what stands beside it; lengths in font sizes."""

    lowest: float = 12.0  # that it is
    fewest: int = 5  # lines of text on either side
    shared: float = 0.5  # share of the lines of the side with fewer that go on across: rows of one table do


WALL = Wall()


def parted(content: Page, lines: list[VisualLine]) -> list[list[VisualLine]]:
    """The lines (top to bottom), those right of a wall apart from the others.

    Rows of a table go on across the lines that part its columns; blocks of their own have baselines of their own.
    """
    for x, top, bottom in sorted(merge_collinear(content.verticals)):
        if not lines or bottom - top < WALL.lowest * lines[0].size:
            continue
        beside = range(*(bisect_left(lines, y, key=attrgetter("middle")) for y in (top, bottom)))
        halves = [_halves(lines[i], x) for i in beside]
        if not _apart(halves, x):
            continue
        left = visual_lines([w for words, _ in halves for w in words])
        right = visual_lines([w for _, words in halves for w in words])
        return [[*lines[: beside.start], *left, *lines[beside.stop :]], *parted(content, right)]
    return [lines]


def _apart(halves: list[tuple[list[Word], list[Word]]], x: float) -> bool:
    """Whether lines, the words of each left and right of a place, are those of two blocks, with no word across it."""
    left, right = [words for words, _ in halves if words], [words for _, words in halves if words]
    both = len(left) + len(right) - len(halves)
    fewer = min(len(left), len(right))
    if fewer < WALL.fewest or both > WALL.shared * fewer:
        return False
    return not any(w.x1 > x + 1 for words in left for w in words)


def _halves(line: VisualLine, x: float) -> tuple[list[Word], list[Word]]:
    """The words of a line that begin left of a place, and the others."""
    return [w for w in line.words if w.x0 < x], [w for w in line.words if w.x0 >= x]
