"""Figures that no reading is sure of: they enter no sum, unless the sum is wrong whatever they are.

Where it is open in which column a row's figures stand, an identity may hold under one reading and fail under another.
Then nothing is known.  Only an identity that fails under every reading is a discrepancy of the print.
"""

from __future__ import annotations

from decimal import Decimal

from reconcile.figures.draft import Identity
from reconcile.figures.view import ZERO, Batch, Slot
from reconcile.models import Check

_MOST_SUMS = 4096  # sums that open figures may make; beyond that nothing is said


def may_hold(batch: Batch, identity: Identity) -> bool:
    """Whether it has figures of no certain place, and holds for some place of them."""
    unsure = [slot for slot in identity.slots if batch.unsure(slot)]
    if not unsure:
        return False
    if identity.check is not Check.COLUMN_TOTAL or identity.stated in unsure:
        return True
    factors = dict(identity.terms)
    sums = {batch.value(identity.stated)}
    slack = batch.half(identity.stated)
    for slot, factor in identity.terms:
        slack += batch.half(slot) * abs(factor)
        if slot not in unsure:
            sums = {s - batch.value(slot) * factor for s in sums}
            continue
        sums = {s - option * factors[slot] for s in sums for option in _options(batch, slot)}
        if len(sums) > _MOST_SUMS:
            return True
    return any(abs(s) <= slack for s in sums)


def _options(batch: Batch, slot: Slot) -> set[Decimal]:
    """What may stand there: nothing, or any figure of the row that is not sure to stand elsewhere."""
    table = batch.table(slot)
    return {ZERO} | {a.value for a in table.lines[slot.line].amounts if batch.unsure(table.slot(slot.line, a.column))}
