"""A correction, and what makes one believable: the currency in which causes compete.

Every sum that a correction closes pays for it, in bits; every figure that it changes, and every kind of slip, costs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from extract.records import record
from reconcile.causes.ledger import Ledger
from reconcile.figures.draft import Param
from reconcile.figures.view import Slot
from reconcile.models import Check


@record
class Bits:
    """What speaks for and against a correction, in bits; a free value of a figure costs what an identity pays."""

    identity: float = 10.0  # an identity between tables' figures that holds afterwards (against: that no longer does)
    prose: float = 5.0  # likewise between prose and figures: prose speaks of figures, tables are the figures
    figure: float = -2.0  # each further figure that changes with it
    repeated: float = -2.0  # a detail that two tables print alike: then it is meant
    total: float = 2.0  # a total is what is computed
    to_nothing: float = -2.0  # printed figures are seldom nothing
    like_neighbours: float = 2.5  # the row's other years print the figure it would be
    unlike_neighbours: float = -4.0  # the printed figure is of their size, and it would be of quite another
    unsure_reading: float = 1.0  # the reader was not certain of the figure
    swapped: float = 0.0  # two rows stand in each other's place
    displaced: float = -1.0  # a row stands a column off
    moved_nil: float = 4.0  # a figure and a nil have changed places
    moved: float = 2.0  # two figures have
    copied: float = 10.0  # a total row repeats another
    row: float = 3.0  # one slip explains a row in all its columns
    lost_row: float = -3.0  # a total counts a row that is printed nowhere: any other slip is nearer
    table: float = 6.0  # one slip explains a whole table
    summary: float = -0.5  # likewise, or two rows, of the table that sums up the others: it was made last


BITS = Bits()

LIKELIHOOD: dict[str | None, float] = {
    "misread": 8.0,
    "sign": 6.0,
    "factor_1000": 6.0,
    "transposed_digits": 5.0,
    "extra_digit": 4.0,
    "dropped_digit": 4.0,
    "blank_figure": 1.0,
    "missing_part": 3.5,
    "missing_line": 3.5,
    "duplicate_line": 4.0,
    "part_twice": 3.5,
    "extra_part": 2.5,
    "part_subtracted": 3.5,
    "total_of_other_row": 4.0,
    "mistyped_digit": 3.0,
    "doubled": 2.0,
    "halved": 2.0,
    "column_shift": 3.0,
    None: 0.0,
}
"""Bits by which a correction is believed more readily because such a slip explains it."""
MOST_LIKELY = 9.0  # bits: however likely a slip is, it never counts as much as an identity


@dataclass(slots=True)
class Correction:
    """Figures to change, `key` being the wrong one, and the identities (indices) that hold afterwards.

    `score` is what speaks for it besides these, in bits.  Where the slip is one of a whole table, `message` says it,
    with the parameters that it needs beyond the usual ones, as a finding of `check`.
    """

    key: Slot
    changes: dict[Slot, Decimal]
    cause: str | None
    cause_params: dict[str, Param] = field(default_factory=dict)
    fixed: tuple[int, ...] = ()
    score: float = 0.0
    applied: bool = True
    check: Check | None = None
    message: str | None = None
    params: dict[str, Param] = field(default_factory=dict)
    other: Slot | None = None
    offsets: dict[int, Decimal] = field(default_factory=dict)


def weight(ledger: Ledger, indices: Iterable[int]) -> float:
    """What those identities are worth together, in bits."""
    return sum(BITS.identity if ledger.identities[k].statement is None else BITS.prose for k in indices)
