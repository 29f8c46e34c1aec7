"""Doubtful figures: where the reader held several values possible, the sums choose, or nobody does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from extract.records import record
from normalize.models import Sum
from normalize.sums import Interval

MOST_FLIPS = 2  # more misreadings in one column are not guessed at
MOST_TRIED = 200  # changes that another is added to


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
    cells = {n: cell for n, row in enumerate(rows) if column < len(row) and (cell := row[column]) is not None}
    values = {n: cell.value for n, cell in cells.items()}
    doubtful = {n: cell for n, cell in cells.items() if cell.alternatives}
    told = [s for s in sums if s.total in values]
    broken = [s for s in told if not _closes(s, values)]
    for n in _members(told) & doubtful.keys():
        chosen[n][column] = Chosen(values[n], False, True)
    ways = _ways(broken, told, values, doubtful)
    change = ways[0] if len(ways) == 1 else {}
    for n in _members(broken) & doubtful.keys():
        chosen[n][column] = Chosen(change.get(n, values[n]), n in change, bool(change))


def _members(sums: Iterable[Sum]) -> set[int]:
    """The rows that sums are made of, their totals too."""
    return {index for s in sums for index in (s.total, *(part for part, _ in s.parts))}


def _ways(
    broken: Sequence[Sum], told: Sequence[Sum], values: dict[int, Interval], doubtful: dict[int, Doubtful]
) -> list[dict[int, Interval]]:
    """The smallest sets of changes after which every broken sum of doubtful figures closes and no other breaks."""
    mendable = [s for s in broken if _members([s]) & doubtful.keys()]
    least = sum(_closes(s, values) for s in told) + len(mendable)
    members = sorted(_members(mendable) & doubtful.keys())
    frontier: list[dict[int, Interval]] = [{}]
    for _ in range(MOST_FLIPS):
        frontier = [
            {**change, index: _with_value(values[index], value)}
            for change in frontier
            for index in members
            if index > max(change, default=-1)
            for value in doubtful[index].alternatives
        ]
        good = []
        for change in frontier:
            changed = {**values, **change}
            mended = all(_closes(s, changed) for s in mendable)
            if mended and sum(_closes(s, changed) for s in told) >= least:
                good.append(change)
        if good:
            return good
        frontier = frontier[:MOST_TRIED]
    return []


def _with_value(interval: Interval, value: Decimal) -> Interval:
    """The same precision around another value."""
    return interval._replace(value=value)


def _closes(found: Sum, values: dict[int, Interval]) -> bool:
    stated = values[found.total]
    parts = [(values[part], sign) for part, sign in found.parts if part in values]
    summed = sum((part.value * sign for part, sign in parts), start=Decimal(0))
    return abs(stated.value - summed) <= stated.half_step + sum((p.half_step for p, _ in parts), start=Decimal(0))
