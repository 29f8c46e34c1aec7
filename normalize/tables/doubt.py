"""Figures whose print has several readings (a scan's 1.860 or 1.360): the table's sums choose, or nobody does.

In: a draft's placed figures and the sums found among them.  Out: the same figures, with the other values their print
may have, and changed only where exactly one reading makes a sum close.  A figure without other readings never changes,
so an error that is printed stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.models import Placement
from lexicon.figures import Figure, parse_figure
from normalize.readings.choose import choose_values
from normalize.readings.values import Chosen, Doubtful
from normalize.sums import Interval, Structure
from normalize.tables.draft import Draft
from normalize.tables.lines import Printed

CHOSEN = 0.9  # a reading that only the sums chose
CONFIRMED = 0.95  # a doubtful reading with which its sum closes


def settled(
    one: Draft, figures: Sequence[Mapping[int, Printed]], structure: Structure
) -> list[dict[int, Printed]] | None:
    """The figures as the sums choose them; None where no figure has another reading."""
    weighed = [{} if line.payback else placed for line, placed in zip(one.lines, figures, strict=True)]
    others = [{i: found for i, p in placed.items() if (found := _others(p))} for placed in weighed]
    if not any(others):
        return None
    values = one.header.values
    rows = [
        [_doubtful(one, placed.get(i), own.get(i, {})) for i in values]
        for placed, own in zip(weighed, others, strict=True)
    ]
    told = [s for s in structure.sums if s.certain]
    chosen = choose_values(rows, told)
    supported = {row for s in told for row in (s.total, *(part for part, _ in s.parts))}
    done = [dict(placed) for placed in figures]
    for number, own in enumerate(others):
        for index, readings in own.items():
            printed = replace(figures[number][index], alternatives=tuple(readings))
            choice = chosen[number][values.index(index)] if index in values else None
            if choice is not None and number in supported:
                printed = _chosen(printed, choice, readings)
            done[number][index] = printed
    return done


def _others(printed: Printed) -> dict[Decimal, Figure]:
    """The other figures that the cell's print may be, by value, best first."""
    found = [figure for text in printed.cell.alternatives if (figure := parse_figure(text)) is not None]
    return {figure.value: figure for figure in reversed(found) if figure.value != printed.figure.value}


def _doubtful(one: Draft, printed: Printed | None, readings: Mapping[Decimal, Figure]) -> Doubtful | None:
    if printed is None:
        return None
    half_step = Decimal(0) if one.exact else printed.figure.half_step
    return Doubtful(Interval(printed.figure.value, half_step), tuple(readings), printed.confidence)


def _chosen(printed: Printed, choice: Chosen, readings: Mapping[Decimal, Figure]) -> Printed:
    """The figure with the reading that the sums chose; what was read before is then one of its alternatives."""
    if not choice.decided:
        return printed
    if not choice.changed:
        return replace(printed, confidence=max(printed.confidence, CONFIRMED))
    value = choice.value.value
    rest = (printed.figure.value, *(other for other in readings if other != value))
    return replace(
        printed, figure=readings[value], placement=Placement.ARITHMETIC, confidence=CHOSEN, alternatives=rest
    )
