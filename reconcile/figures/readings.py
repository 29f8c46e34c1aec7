"""Figures that no reading is sure of: they enter no sum, unless the sum is wrong whatever they are.

Where it is open in which column a row's figures stand, or whether a dash before a figure is its minus, an identity may
hold under one reading and fail under another.
Then nothing is known.  Only an identity that fails under every reading is a discrepancy of the print.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from lexicon.figures import is_torn
from reconcile.figures.draft import Identity
from reconcile.figures.view import ZERO, Batch, Slot
from reconcile.models import Check

_MOST_SUMS = 4096  # sums that open figures may make; beyond that nothing is said


def may_hold(batch: Batch, identity: Identity) -> bool:
    """Whether it has figures that are not read for certain, and holds for some reading of them."""
    unsure = [slot for slot in identity.slots if batch.unsure(slot)]
    if any(_is_not_all(batch, slot) for slot in identity.slots) or _is_open(batch, identity, unsure):
        return True
    return bool(unsure or any(map(batch.doubtful_sign, identity.slots))) and _holds_somehow(batch, identity)


def _is_open(batch: Batch, identity: Identity, unsure: Sequence[Slot]) -> bool:
    """Whether the place of its figures is so open that every value may be meant."""
    if identity.check is not Check.COLUMN_TOTAL:
        across = identity.message == "row_total"  # of all years, whatever the unsure figures are
        return bool(unsure) or (across and identity.stated.line in batch.table(identity.stated).unsure_lines)
    return identity.stated in unsure


def _holds_somehow(batch: Batch, identity: Identity) -> bool:
    """Whether some of the values that its figures may have make it hold."""
    sums = _values(batch, identity.stated)
    slack = batch.half(identity.stated)
    for slot, factor in identity.terms:
        slack += batch.half(slot) * abs(factor)
        sums = {s - value * factor for s in sums for value in _values(batch, slot)}
        if len(sums) > _MOST_SUMS:
            return True
    return any(abs(s) <= slack for s in sums)


def _is_not_all(batch: Batch, slot: Slot) -> bool:
    """Whether what stands there is the end of a figure, words with digits, or nothing where one that found no place may
    belong."""
    table, amount = batch.table(slot), batch.amount(slot)
    if slot.line in table.spaced_out:
        return True
    if amount is not None:
        return is_torn(amount.printed)
    if slot.column in batch.line(slot).unread:
        return True
    return table.lost_figures > 0 and bool(table.lines[slot.line].amounts)


def _values(batch: Batch, slot: Slot) -> set[Decimal]:
    """What may stand there: of no certain column nothing, or any figure of the row that is not sure to stand elsewhere.

    Of no certain sign, or of no certain column in a table with dashes, the figure with and without its minus.
    """
    if batch.unsure(slot):
        table = batch.table(slot)
        row = [a.value for a in table.lines[slot.line].amounts if batch.unsure(table.slot(slot.line, a.column))]
        return {ZERO, *row, *(abs(value) for value in row if table.has_dashes_or_close_minuses)}
    value = batch.value(slot)
    return {value, -value} if batch.doubtful_sign(slot) else {value}
