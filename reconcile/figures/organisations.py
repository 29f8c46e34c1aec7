"""Totals by organisation that stand together after the lines of all of them ("…, service SOF", "…, service BUF").

In: the rows of a table.  Out: for each such total the lines that are its own: those that name its organisation, and of
those that name none the only ones with which it adds up.  Where no choice adds up, nothing is said of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING

from normalize.models import Role, Sum
from reconcile.wording import stems_met, vocabulary

if TYPE_CHECKING:
    from reconcile.figures.view import TableView

_CODE = re.compile(r"(?<![^\W_])[A-ZÆØÅ]{2,5}(?![^\W_])")
_MOST_UNNAMED = 10  # lines without an organisation of which every choice is tried
_FEWEST = 2  # totals that stand together; columns in which one must add up
_MOST_WAYS = 12  # choices kept for each total

_Way = tuple[int, int, tuple[int, ...]]
"""(columns in which a choice of lines adds up, those in which it does to the digit, the lines)."""
_NO_WAY: _Way = (0, 0, ())


def totals_by_organisation(table: TableView) -> dict[int, Sum | None]:
    """Total → its sum, None where it has one that nobody can tell; and the total of these totals, if it is one."""
    out: dict[int, Sum | None] = {}
    for group in _groups(table):
        codes = {total: _code(table, total) for total in group}
        lines = _before(table, group[0])
        ways = [_ways(table, total, code or "", set(codes.values()) - {code}, lines) for total, code in codes.items()]
        for total, parts in zip(group, _shared_out(ways), strict=True):
            out[total] = Sum(total, tuple((p, 1) for p in parts), "organisation+arithmetic") if parts else None
        after = next((i for i in table.figure_lines if i > group[-1]), None)
        if after is not None and table.lines[after].role in (Role.TOTAL, Role.SUBTOTAL):
            whole = tuple((total, 1) for total in group)
            if _adds_up(table, after, [total for total, _ in whole]):
                out[after] = Sum(after, whole, "organisation+arithmetic")
    return out


def _code(table: TableView, line: int) -> str | None:
    found = _CODE.findall(table.lines[line].label)
    return found[-1] if found else None


def _groups(table: TableView) -> Iterator[list[int]]:
    """Runs of totals that are called the same but for their organisation."""
    run: list[int] = []
    for line in (*table.figure_lines, None):
        name = _stem(table, line) if line is not None else None
        if run and (name is None or name != _stem(table, run[-1])):
            if len(run) >= _FEWEST and len({_code(table, i) for i in run}) == len(run):
                yield run
            run = []
        if name is not None and line is not None:
            run.append(line)


def _stem(table: TableView, line: int) -> str | None:
    """What a total with an organisation is called without it; None for other lines."""
    code = _code(table, line)
    if code is None or table.lines[line].role not in (Role.TOTAL, Role.SUBTOTAL):
        return None
    return re.sub(r"\W+", " ", table.lines[line].label.replace(code, "")).strip().casefold()


def _before(table: TableView, first: int) -> list[int]:
    """The lines above the totals, up to the section before them, or a line that is called a total."""
    out: list[int] = []
    for line in range(first - 1, -1, -1):
        role = table.lines[line].role
        named = stems_met(table.lines[line].label, vocabulary().whole)
        if role is Role.SECTION or (named and role in (Role.TOTAL, Role.SUBTOTAL)):
            break
        if role is not Role.MEMO and table.lines[line].amounts:
            out.append(line)
    return out[::-1]


def _ways(table: TableView, total: int, code: str, others: set[str | None], lines: Sequence[int]) -> list[_Way]:
    """The choices of lines with which a total adds up: those that name its organisation, and some that name none."""
    named = [i for i in lines if code in _CODE.findall(table.lines[i].label)]
    unnamed = [i for i in lines if i not in named and not others & set(_CODE.findall(table.lines[i].label))]
    if len(unnamed) > _MOST_UNNAMED:
        return []
    choices = (choice for size in range(len(unnamed) + 1) for choice in combinations(unnamed, size))
    tried = [(*_fit(table, total, [*named, *choice]), tuple(sorted([*named, *choice]))) for choice in choices]
    return sorted((way for way in tried if way[2] and way[0] >= _FEWEST), reverse=True)[:_MOST_WAYS]


def _shared_out(ways: Sequence[list[_Way]]) -> list[tuple[int, ...]]:
    """One choice for each total, no line in two of them: those that take in most lines, then those that fit best."""

    def worth(chosen: tuple[_Way, ...]) -> tuple[int, int, int]:
        lines = [line for way in chosen for line in way[2]]
        return len(lines), sum(way[0] for way in chosen), sum(way[1] for way in chosen)

    apart = (
        chosen
        for chosen in product(*(w or [_NO_WAY] for w in ways))
        if len({x for way in chosen for x in way[2]}) == sum(len(way[2]) for way in chosen)
    )
    best = max(apart, key=worth, default=tuple(_NO_WAY for _ in ways))
    return [way[2] for way in best]


def _adds_up(table: TableView, total: int, parts: Sequence[int]) -> bool:
    return _fit(table, total, parts)[0] >= _FEWEST


def _fit(table: TableView, total: int, parts: Sequence[int]) -> tuple[int, int]:
    """(columns in which the parts make the total, columns in which they do so to the digit); nil where many fail."""
    holds = exact = fails = 0
    for column in table.adding_columns:
        stated = table.value(total, column.index)
        off = abs(stated - sum(table.value(p, column.index) for p in parts))
        slack = table.half(total, column.index) + sum(table.half(p, column.index) for p in parts)
        if stated or off:
            holds, fails, exact = holds + (off <= slack), fails + (off > slack), exact + (off == 0)
    return (holds, exact) if fails <= 1 and holds > fails else (0, 0)
