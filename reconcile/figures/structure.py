"""The sums of a table as the checks hold it to them.

In: the sums that `normalize` found.  Out: the same, without a row printed twice taken for its own subtotal; with totals
by organisation that stand together; with the total that only its name shows where no sum was found at all; and where
two totals print the same row of figures, so that arithmetic cannot tell which lines make up which, each held to the
details right above it, and a total above them to the two of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from normalize.models import Measure, Role, Sum
from reconcile.figures.organisations import totals_by_organisation
from reconcile.wording import squash, stems_in, stems_met, vocabulary, words

if TYPE_CHECKING:
    from reconcile.figures.view import TableView

_FEWEST_LINES = 3  # lines of a table whose first or last may be the total of the others
_FEWEST_TOTALS = 2  # that a total of all adds up
_BY_NAME = "name"


def repeats(table: TableView) -> dict[int, int]:
    """Line that looks like the sum of one line of the same name → that line: it is the row printed again."""
    named = {s.total: s.parts[0][0] for s in table.table.sums if len(s.parts) == 1}
    label = {i: squash(table.lines[i].label) for pair in named.items() for i in pair}
    return {t: p for t, p in named.items() if label[t] == label[p] != ""}


def sums_of(table: TableView) -> tuple[Sum, ...]:
    """The sums of a table; a sum without parts is none."""
    printed = [s for s in table.table.sums if s.parts and s.total not in table.repeats]
    out = {s.total: s for s in printed if not s.certain}
    out |= {s.total: s for s in printed if s.certain}
    if not out:
        named = _by_name(table)
        return () if named is None else (named,)
    last = _of_all(table, out)
    if last is not None:
        out[last.total] = last
    own = _by_section(table, out) | _by_organisation(table, out)
    for line in (i for i in table.repeated_totals if i not in own):
        _of_repeated(table, line, table.repeated_totals[line], out)
    return tuple(out.values())


def _by_name(table: TableView) -> Sum | None:
    """The first or last line of a table in which no sum was found, where its name is that of a total of all."""
    if len(table.figure_lines) < _FEWEST_LINES or table.table.measure is Measure.COUNT:
        return None
    ends = (table.figure_lines[0], table.figure_lines[-1])
    named = [i for i in ends if stems_met(table.lines[i].label, vocabulary().whole)]
    if len(named) != 1:
        return None
    adding = [i for i in table.figure_lines if i != named[0] and table.lines[i].role is not Role.MEMO]
    parts = tuple((i, 1) for i in adding)
    return Sum(named[0], parts, _BY_NAME, certain=False) if len(parts) > 1 else None


def _of_all(table: TableView, out: Mapping[int, Sum]) -> Sum | None:
    """The last line as the total of all totals, where it is called a total of all and no sum was found for it."""
    last = table.figure_lines[-1]
    parts = {part for of in out.values() for part, _ in of.parts}
    tops = sorted(total for total in out if total not in parts)
    said = set(words(table.lines[last].label))
    if last in out or last in parts or len(tops) < _FEWEST_TOTALS or not said or not said <= vocabulary().plain_total:
        return None
    return Sum(last, tuple((top, 1) for top in tops), _BY_NAME, certain=False)


def _by_section(table: TableView, out: dict[int, Sum]) -> set[int]:
    """Makes totals called like the heading of their section ("Udgifter", "Udgifter i alt") those of all its lines.

    Out: those lines and totals.
    Arithmetic alone would leave its first line out where the total does.  What a first line of a section is part of
    would stand above it: so it is no "heraf" line, only what the section starts from.
    """
    settled: set[int] = set()
    for total, found in tuple(out.items()):
        own = _of_its_section(table, total)
        repeated = {i for i in own if i in out and len(out[i].parts) == 1}
        parts = {part for part, sign in found.parts if sign > 0}
        left_out = set(own) - parts - repeated
        if own and parts <= set(own) and left_out <= {own[0]} and len(found.parts) == len(parts):
            out[total] = Sum(total, tuple((i, 1) for i in own), "section", certain=True)
            settled.update((total, *own))
            for line in repeated:
                del out[line]
    return settled


def _of_its_section(table: TableView, total: int) -> list[int]:
    """The lines of the section that a total is called like; none where the first is what the section starts from."""
    heading = table.lines[total].section
    said = squash(table.lines[heading].label) if heading is not None else ""
    if not said or said not in squash(table.lines[total].label):
        return []
    own = [i for i in table.money_lines if table.lines[i].section == heading and i < total]
    starts = stems_in(table.lines[own[0]].label, vocabulary().apart) if own else True
    return [] if starts or len(own) == 1 else own


def is_by_name(total: Sum) -> bool:
    """Whether nothing but its name shows that a line is a total."""
    return total.by == _BY_NAME


def _by_organisation(table: TableView, out: dict[int, Sum]) -> set[int]:
    """Puts the totals by organisation in; the lines they are of."""
    totals = totals_by_organisation(table)
    for line, own in totals.items():
        if own is None:
            out.pop(line, None)
            continue
        out[line] = own
        for part, _ in own.parts:
            if not stems_met(table.lines[part].label, vocabulary().whole):
                out.pop(part, None)  # it only looked like a total
    return set(totals)


def _of_repeated(table: TableView, line: int, other: int, out: dict[int, Sum]) -> None:
    details = _details_above(table, line)
    if not details:
        return
    if line not in out or not set(details) <= {p for p, _ in out[line].parts}:
        out[line] = Sum(line, tuple((d, 1) for d in details), "order")
    for total in [s for t, s in out.items() if t not in (line, other)]:
        parts = dict(total.parts)
        if line in parts and parts.keys() & set(details):
            kept = {p: sign for p, sign in parts.items() if p not in details} | {other: 1}
            out[total.total] = replace(total, parts=tuple(sorted(kept.items())), certain=True)


def _details_above(table: TableView, line: int) -> list[int]:
    """The details right above a line, up to the section or total before them."""
    out: list[int] = []
    for i in range(line - 1, -1, -1):
        if table.lines[i].role is Role.DETAIL:
            out.append(i)
        elif table.lines[i].role is not Role.MEMO:
            break
    return out[::-1]
