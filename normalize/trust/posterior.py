"""From evidence to confidence: how probable it is that a figure's row, its column's name and its place are right.

In: the tables of a case as read.  Out: the same tables, no figure surer than the evidence makes it.  A figure that is
less probable than not is `undecided`: nobody vouches for it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.models import Placement
from normalize.models import Amount, Line, Table
from normalize.trust.evidence import Evidence, evidence_of
from normalize.trust.weights import Part, weights

_UNDECIDED = 0.5  # a figure less probable than this is given to no column
_SURE_BITS = 40.0  # beyond it a probability is one
_TOLD = 0.5  # bits; a term that says less is not told


def trusted(tables: Sequence[Table], beside: Sequence[int]) -> list[Table]:
    """The tables of one case, each figure with the confidence that the evidence allows, and what spoke (`why`).

    `beside[n]` is how many lines next to `tables[n]` are nothing but figures that no table took.
    """
    return [_table(table, evidence) for table, evidence in zip(tables, evidence_of(tables, beside), strict=True)]


def probability(bits: float) -> float:
    """The probability that log-odds in bits mean."""
    return 1.0 / (1.0 + math.pow(2.0, max(-_SURE_BITS, min(_SURE_BITS, -bits))))


def _table(table: Table, evidence: Evidence) -> Table:
    told = weights()
    rows = {line.ordinal: told.row.bits(evidence.of_row(line)) for line in table.lines if line.amounts}
    names = {a.column: a for line in table.lines for a in line.amounts}
    columns = {index: told.name.bits(evidence.of_name(a)) for index, a in names.items()}
    shared = told.place.bits((evidence.places.shared,))
    lines = tuple(
        replace(line, amounts=tuple(_sure(a, line, evidence, rows, columns, shared, told.place) for a in line.amounts))
        if line.amounts
        else line
        for line in table.lines
    )
    return replace(table, lines=lines, why=_why(table, evidence))


def _sure(
    amount: Amount,
    line: Line,
    evidence: Evidence,
    rows: Mapping[int, float],
    columns: Mapping[int, float],
    shared: float,
    place: Part,
) -> Amount:
    own = evidence.places.rows[line.ordinal], evidence.places.own[line.ordinal, amount.column]
    standing = shared + place.bits(own) - place.base
    likely = probability(rows[line.ordinal]) * probability(columns[amount.column]) * probability(standing)
    sure = round(min(amount.confidence, likely), 4)
    placement = amount.placement if sure >= _UNDECIDED else Placement.UNDECIDED
    return replace(amount, confidence=sure, placement=placement)


def _why(table: Table, evidence: Evidence) -> tuple[tuple[str, float], ...]:
    """The terms that weighed most, each with its bits for the mean figure of the table, the weightiest first."""
    told = weights()
    figures = [(line, a) for line in table.lines for a in line.amounts]
    weighed: dict[str, float] = defaultdict(float)
    for line, amount in figures:
        for part, some in (
            (told.row, evidence.of_row(line)),
            (told.name, evidence.of_name(amount)),
            (told.place, evidence.of_place(line, amount)),
        ):
            for terms in some:
                for name, size in terms.items():
                    if size and name in part.terms:
                        weighed[name] += part.terms[name] * size / len(figures)
    ranked = sorted(weighed.items(), key=lambda term: -abs(term[1]))
    return tuple((name, round(bits, 1)) for name, bits in ranked if abs(bits) >= _TOLD)
