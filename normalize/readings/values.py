"""Doubtful figures: where the reader held several values possible, the sums choose, or nobody does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.records import record
from normalize.models import Sum
from normalize.sums import Interval

MOST_FLIPS = 2  # more misreadings in one column are not guessed at


@record
class Doubtful:
    """A figure as read (`value`), the other values its print may have, best first, and the reader's own confidence."""

    value: Interval
    alternatives: tuple[Decimal, ...] = ()
    confidence: float = 1.0


@record
class Chosen:
    """The value chosen; `changed` where an alternative won, `decided` False where several would do or none does."""

    value: Interval
    changed: bool
    decided: bool


def choose_values(
    rows: Sequence[Sequence[Doubtful | None]], sums: Sequence[Sum]
) -> tuple[tuple[Chosen | None, ...], ...]:
    """Let the sums choose among the values that a doubtful print may have.

    `rows` hold one entry a column, None where blank.  A column of a sum that does not close is mended by the fewest
    alternatives (one, at most two) that make it close, if there is only one such way and no sum that closed breaks by
    it; else everything stays as read, and the doubtful figures of that sum are undecided.  Figures without
    alternatives never change.
    """
    chosen = [[None if d is None else Chosen(d.value, False, not d.alternatives) for d in row] for row in rows]
    columns = max((len(row) for row in rows), default=0)
    for column in range(columns):
        _choose_column(rows, sums, column, chosen)
    return tuple(tuple(row) for row in chosen)


def _choose_column(
    rows: Sequence[Sequence[Doubtful | None]], sums: Sequence[Sum], column: int, chosen: list[list[Chosen | None]]
) -> None:
    values: dict[int, Interval] = {}
    doubtful: dict[int, Doubtful] = {}
    for index, row in enumerate(rows):
        cell = row[column] if column < len(row) else None
        if cell is not None:
            values[index] = cell.value
            if cell.alternatives:
                doubtful[index] = cell
    involved = [
        s for s in sums if s.total in values and (s.total in doubtful or any(p in doubtful for p, _ in s.parts))
    ]
    if not involved:
        return
    broken = [s for s in involved if not _closes(s, values)]
    for closed in involved:
        if closed not in broken:
            for index in {closed.total, *(part for part, _ in closed.parts)} & doubtful.keys():
                chosen[index][column] = Chosen(values[index], False, True)
    if not broken:
        return
    ways = _ways(broken, sums, values, doubtful)
    rows_in_doubt = {index for s in broken for index in (s.total, *(p for p, _ in s.parts)) if index in doubtful}
    if len(ways) == 1:
        for index, value in ways[0].items():
            chosen[index][column] = Chosen(value, True, True)
        for index in rows_in_doubt - ways[0].keys():
            chosen[index][column] = Chosen(values[index], False, True)
    else:
        for index in rows_in_doubt:
            chosen[index][column] = Chosen(values[index], False, False)


def _ways(
    broken: Sequence[Sum], sums: Sequence[Sum], values: dict[int, Interval], doubtful: dict[int, Doubtful]
) -> list[dict[int, Interval]]:
    """The smallest sets of changes after which every broken sum closes and no other sum breaks."""
    before = sum(_closes(s, values) for s in sums if s.total in values)
    members = {index for s in broken for index in (s.total, *(p for p, _ in s.parts))} & doubtful.keys()
    frontier: list[dict[int, Interval]] = [{}]
    for _ in range(MOST_FLIPS):
        grown: list[dict[int, Interval]] = []
        for change in frontier:
            for index in sorted(members):
                if change and index <= max(change):
                    continue
                others = doubtful[index].alternatives
                grown.extend({**change, index: _with_value(values[index], value)} for value in others)
        good = []
        for change in grown:
            changed = {**values, **change}
            after = sum(_closes(s, changed) for s in sums if s.total in changed)
            if all(_closes(s, changed) for s in broken) and after >= before + len(broken):
                good.append(change)
        if good:
            return good
        frontier = grown[:200]
    return []


def _with_value(interval: Interval, value: Decimal) -> Interval:
    """The same precision around another value."""
    return interval._replace(value=value)


def _closes(found: Sum, values: dict[int, Interval]) -> bool:
    stated = values[found.total]
    parts = [(values[part], sign) for part, sign in found.parts if part in values]
    summed = sum((part.value * sign for part, sign in parts), start=Decimal(0))
    return abs(stated.value - summed) <= stated.half_step + sum((p.half_step for p, _ in parts), start=Decimal(0))
