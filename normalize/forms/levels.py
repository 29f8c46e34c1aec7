"""Rows of a page's form that stand on one height, joined to one row: label left, value right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from normalize.forms.labels import LABEL_ROWS, is_label
from normalize.forms.rows import FormRow, beyond, join


def side_by_side(rows: Iterable[FormRow]) -> list[FormRow]:
    """The rows of a page's form with those that stand on one height joined, label left and value right.

    Rows without a box, headings and grid rows keep their place and are joined with nothing.
    """
    out: list[FormRow] = []
    run: list[FormRow] = []
    for row in rows:
        box = row.segments[0].place.box
        page = row.segments[0].place.page
        loose = box is not None and not row.grid and not row.heading
        if run and (not loose or run[0].segments[0].place.page != page):
            out += _leveled(run)
            run = []
        if loose:
            run.append(row)
        else:
            out.append(row)
    return out + _leveled(run)


def _leveled(run: Sequence[FormRow]) -> list[FormRow]:
    """Rows of one page as visual lines, top to bottom, from left to right; a label is level with its value's top."""
    lines: list[list[FormRow]] = []
    last = 0.0
    for middle, row in sorted(zip(_heights(run), run, strict=True), key=lambda placed: placed[0]):
        height = row.segments[0].place.box
        near = 0.4 * (height.y1 - height.y0) if height is not None else 0.0
        if lines and abs(last - middle) <= near and not _overlap(lines[-1], row):
            lines[-1].append(row)
        else:
            lines.append([row])
            last = middle
    joined: list[FormRow] = []
    for line in lines:
        segments = sorted((s for row in line for s in row.segments), key=lambda s: s.x0 or 0.0)
        blocks = frozenset(row.block for row in line)
        joined.append(
            FormRow(tuple(segments), line[0].block, others=blocks - {line[0].block}, bare=any(row.bare for row in line))
        )
    return joined


def _heights(run: Sequence[FormRow]) -> list[float]:
    """The middle of each row; a label set midway or at the foot beside a value of several lines stands with its first.

    Values below each other may be one paragraph; its widest gaps part it where several labels stand beside it.
    """
    heights = [_middle(row) for row in run]
    of_block: dict[int, list[int]] = {}
    for n, row in enumerate(run):
        of_block.setdefault(row.block, []).append(n)
    labels = [
        found for found in of_block.values() if len(found) <= LABEL_ROWS and is_label(join(run[n].text for n in found))
    ]
    for value in of_block.values():
        top, foot = heights[value[0]] - 1, heights[value[-1]] + 1
        beside = [
            label
            for label in labels
            if beyond(run[label[0]].segments[0], run[value[0]].segments[0])
            and top <= heights[label[0]]
            and heights[label[-1]] <= foot
        ]
        for label, part in zip(beside, _parts([heights[n] for n in value], len(beside)), strict=False):
            for n, level in zip(label, part, strict=False):
                heights[n] = level
    return heights


def _parts(heights: Sequence[float], count: int) -> list[list[float]]:
    """Line heights in so many runs, parted at the widest gaps."""
    gaps = sorted(range(1, len(heights)), key=lambda n: heights[n - 1] - heights[n])
    cuts = [0, *sorted(gaps[: max(count - 1, 0)]), len(heights)]
    return [list(heights[a:b]) for a, b in pairwise(cuts)]


def _middle(row: FormRow) -> float:
    box = row.segments[0].place.box
    return (box.y0 + box.y1) / 2 if box is not None else 0.0


def _overlap(line: Sequence[FormRow], row: FormRow) -> bool:
    """Whether a row begins within the width of one of the line's segments."""
    x0 = row.segments[0].x0 or 0.0
    boxes = [s.place.box for other in line for s in other.segments]
    return any(box is not None and box.x0 - 1 <= x0 <= box.x1 - 1 for box in boxes)
