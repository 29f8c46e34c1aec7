"""Figures that no reading is sure of: they enter no sum, unless the sum is wrong whatever they are.

Where it is open in which column a row's figures stand, or whether a dash before a figure is its minus, an identity may
hold under one reading and fail under another.
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
    turned = [slot for slot in identity.slots if batch.doubtful_sign(slot)]
    if any(_may_be_astray(batch, slot) for slot in identity.slots):
        return True
    if not unsure and not turned:
        return identity.check is Check.ROW_TOTAL and identity.stated.line in batch.table(identity.stated).unsure_lines
    if (unsure and identity.check is not Check.COLUMN_TOTAL) or identity.stated in unsure:
        return True
    factors = dict(identity.terms)
    stated = batch.value(identity.stated)
    sums = {stated, -stated} if identity.stated in turned else {stated}
    slack = batch.half(identity.stated)
    for slot, factor in identity.terms:
        slack += batch.half(slot) * abs(factor)
        if slot in turned:
            sums = {s - value * factor for s in sums for value in (batch.value(slot), -batch.value(slot))}
            continue
        if slot not in unsure:
            sums = {s - batch.value(slot) * factor for s in sums}
            continue
        sums = {s - option * factors[slot] for s in sums for option in _options(batch, slot)}
        if len(sums) > _MOST_SUMS:
            return True
    return any(abs(s) <= slack for s in sums)


def _may_be_astray(batch: Batch, slot: Slot) -> bool:
    """Whether nothing stands there, and a figure that found no place may belong there: its row has others."""
    table = batch.table(slot)
    return table.lost_figures > 0 and batch.amount(slot) is None and bool(table.lines[slot.line].amounts)


def _options(batch: Batch, slot: Slot) -> set[Decimal]:
    """What may stand there: nothing, or any figure of the row that is not sure to stand elsewhere."""
    table = batch.table(slot)
    return {ZERO} | {a.value for a in table.lines[slot.line].amounts if batch.unsure(table.slot(slot.line, a.column))}
