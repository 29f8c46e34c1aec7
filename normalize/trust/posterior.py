"""From evidence to confidence: how probable it is that a figure's row, its column's name and its place are right.

In: the tables of a case as read.  Out: the same tables, no figure surer than the evidence makes it.  A figure that is
less probable than not is `undecided`: nobody vouches for it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from extract.models import Placement
from extract.records import record
from normalize.models import Amount, Line, Table
from normalize.trust.evidence import Evidence, evidence_of
from normalize.trust.weights import Weights, weights

_UNDECIDED = 0.5  # a figure less probable than this is given to no column
_SURE_BITS = 40.0  # beyond it a probability is one
_TOLD = 0.5  # bits; a term that says less is not told


def trusted(tables: Sequence[Table], beside: Sequence[int], *, why: bool = False) -> list[Table]:
    """The tables of one case, each figure with the confidence that the evidence allows; with `why`, what spoke.

    `beside[n]` is how many lines next to `tables[n]` are nothing but figures that no table took.
    """
    return [_table(table, evidence, why) for table, evidence in zip(tables, evidence_of(tables, beside), strict=True)]


def probability(bits: float) -> float:
    """The probability that log-odds in bits mean."""
    return 1.0 / (1.0 + math.pow(2.0, max(-_SURE_BITS, min(_SURE_BITS, -bits))))


def cautious(likely: float, *, loose: bool) -> float:
    """A probability less the bits of caution that a way of reading calls for.  Caution makes no figure undecided that
    is more probable than not."""
    caution = weights().caution
    odds = likely / max(1.0 - likely, 2.0**-_SURE_BITS)
    careful = probability(math.log2(max(odds, 2.0**-_SURE_BITS)) - (caution.loose if loose else caution.kept))
    return max(careful, min(likely, _UNDECIDED))


@record
class _Shared:
    """How probable it is that a table's rows and its columns' names are right, and the bits for all figures' places."""

    rows: dict[int, float]
    names: dict[int, float]
    places: float


def _table(table: Table, evidence: Evidence, why: bool) -> Table:
    told = weights().loose if evidence.loose else weights().kept
    row, name, place = (p.base + p.bits(evidence.shared) for p in (told.row, told.name, told.place))
    shared = _Shared(
        rows={at: probability(row + told.row.bits(terms)) for at, terms in evidence.labels.items()},
        names={at: probability(name + told.name.bits(terms)) for at, terms in evidence.names.items()},
        places=place,
    )
    lines = tuple(
        replace(line, amounts=tuple(_sure(a, line, evidence, shared, told) for a in line.amounts))
        if line.amounts
        else line
        for line in table.lines
    )
    return replace(table, lines=lines, why=_why(table, evidence, told) if why else ())


def _sure(amount: Amount, line: Line, evidence: Evidence, shared: _Shared, told: Weights) -> Amount:
    place = shared.places + told.place.bits(evidence.of_place(line, amount))
    likely = shared.rows[line.ordinal] * shared.names[amount.column] * probability(place)
    sure = round(min(amount.confidence, cautious(likely, loose=evidence.loose)), 4)
    placement = amount.placement if sure >= _UNDECIDED else Placement.UNDECIDED
    return replace(amount, confidence=sure, placement=placement)


def _why(table: Table, evidence: Evidence, told: Weights) -> tuple[tuple[str, float], ...]:
    """The terms that weighed most, each with its bits for the mean figure of the table, the weightiest first."""
    figures = [(line, a) for line in table.lines for a in line.amounts]
    weighed: dict[str, float] = defaultdict(float)
    for line, amount in figures:
        for part, own in (
            (told.row, evidence.of_row(line)),
            (told.name, evidence.of_name(amount)),
            (told.place, evidence.of_place(line, amount)),
        ):
            for name, size in (evidence.shared | own).items():
                weighed[name] += part.terms.get(name, 0.0) * size / len(figures)
    ranked = sorted(weighed.items(), key=lambda term: -abs(term[1]))
    return tuple((name, round(bits, 1)) for name, bits in ranked if abs(bits) >= _TOLD)
