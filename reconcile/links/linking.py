"""Which lines of two tables are the same line, though worded differently or split.

Wording decides where it is clear; figures and position decide what it leaves open; a link that neither makes sure is no
link.  Years are matched by year, never by column.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from extract.records import record
from reconcile.figures.view import ZERO, TableView
from reconcile.wording import likeness

SURE = 0.8  # labels this alike name the same line
POSSIBLE = 0.45  # labels this alike may, when the figures say so too
_MOST_LINES = 10  # subsets of more leftover lines are not searched


@record
class Link:
    """One line of the left table is the lines of the right one together.

    `sure_blank` says that even a blank on one side must be a blank on the other: the wording leaves no doubt.
    """

    left: int
    right: tuple[int, ...]
    wording: float
    sure_blank: bool


@record
class _Row:
    line: int
    label: str
    place: float
    figures: dict[int, Decimal]


def agreement(left: dict[int, Decimal], right: dict[int, Decimal]) -> tuple[int, int]:
    """(years that agree, years compared): among the years where either side prints something other than nil."""
    years = [y for y in left.keys() | right.keys() if left.get(y, ZERO) != 0 or right.get(y, ZERO) != 0]
    return sum(left.get(y, ZERO) == right.get(y, ZERO) for y in years), len(years)


def _rows(table: TableView, lines: Sequence[int], years: set[int]) -> list[_Row]:
    last = max(len(lines) - 1, 1)
    return [
        _Row(i, table.lines[i].label, k / last, {y: v for y, v in table.vector(i).items() if y in years})
        for k, i in enumerate(lines)
    ]


def link(left: TableView, left_lines: Sequence[int], right: TableView, right_lines: Sequence[int]) -> list[Link]:
    """The sure links between lines of two tables (years that both print); each line is linked once."""
    years = left.year_columns.keys() & right.year_columns.keys()
    ls, rs = _rows(left, left_lines, set(years)), _rows(right, right_lines, set(years))
    if not years or not ls or not rs:
        return []
    free_left, free_right = {r.line: r for r in ls}, {r.line: r for r in rs}
    out: list[Link] = []

    def take(a: _Row, group: Sequence[_Row], wording: float, sure_blank: bool) -> None:
        out.append(Link(a.line, tuple(sorted(r.line for r in group)), wording, sure_blank))
        free_left.pop(a.line)
        for r in group:
            free_right.pop(r.line)

    ranked = sorted(
        ((_score(a, b), likeness(a.label, b.label), a, b) for a in ls for b in rs),
        key=lambda x: (-x[0], x[2].line, x[3].line),
    )
    for score, wording, a, b in ranked:
        if a.line in free_left and b.line in free_right and score > 0:
            same, of = agreement(a.figures, b.figures)
            if wording >= SURE and (of == 0 or wording >= 0.9 or same * 3 >= of):
                take(a, [b], wording, True)
            elif wording >= POSSIBLE and of and same * 2 > of:
                take(a, [b], wording, wording >= 0.6 and same * 2 > of)
            elif of > 1 and same == of and _distinct(a.figures) and _unique(a, ls, rs):
                take(a, [b], wording, False)
    for a in list(free_left.values()):
        group = _group(a, list(free_right.values()))
        if group:
            take(a, group, 0.0, False)
    if len(free_left) == 1 and len(free_right) == 1:
        (a,), (b,) = free_left.values(), free_right.values()
        same, of = agreement(a.figures, b.figures)
        if of and (same * 2 >= of or likeness(a.label, b.label) >= POSSIBLE):
            take(a, [b], likeness(a.label, b.label), False)
    elif len(free_left) == 1 and free_right:
        (a,) = free_left.values()
        whole = list(free_right.values())
        same, of = agreement(a.figures, _total(whole))
        if of > 1 and same * 2 > of:
            take(a, whole, 0.0, False)
    return sorted(out, key=lambda item: item.left)


def _score(a: _Row, b: _Row) -> float:
    same, of = agreement(a.figures, b.figures)
    return 2.5 * likeness(a.label, b.label) + (same / of if of else 0.0) + 0.3 * (1 - abs(a.place - b.place))


def _distinct(figures: dict[int, Decimal]) -> bool:
    """Whether the figures say something: not all nil."""
    return any(v != 0 for v in figures.values())


def _unique(a: _Row, left: Sequence[_Row], right: Sequence[_Row]) -> bool:
    """Whether no other line on either side prints the same row of figures."""
    twins_left = sum(agreement(a.figures, r.figures)[0] == agreement(a.figures, r.figures)[1] for r in left)
    twins_right = sum(agreement(a.figures, r.figures)[0] == agreement(a.figures, r.figures)[1] for r in right)
    return twins_left == 1 and twins_right == 1


def _total(rows: Sequence[_Row]) -> dict[int, Decimal]:
    out: dict[int, Decimal] = {}
    for row in rows:
        for year, value in row.figures.items():
            out[year] = out.get(year, ZERO) + value
    return out


def _group(a: _Row, free: Sequence[_Row]) -> list[_Row]:
    """The only subset of two or more free lines whose figures add up to the line's in every year."""
    if not _distinct(a.figures) or len(free) < 2 or len(free) > _MOST_LINES:
        return []
    rows = [r for r in free if _distinct(r.figures)]
    years = sorted({y for r in (a, *rows) for y, v in r.figures.items() if v != 0})
    goal = [a.figures.get(y, ZERO) for y in years]
    parts = [[r.figures.get(y, ZERO) for y in years] for r in rows]
    found: list[list[_Row]] = []

    def walk(k: int, left: list[Decimal], taken: list[_Row]) -> None:
        if len(found) > 1:
            return
        if k == len(rows):
            if len(taken) > 1 and not any(left):
                found.append(list(taken))
            return
        walk(k + 1, [x - y for x, y in zip(left, parts[k], strict=True)], [*taken, rows[k]])
        walk(k + 1, left, taken)

    if len(years) > 1:
        walk(0, goal, [])
    return found[0] if len(found) == 1 else []
