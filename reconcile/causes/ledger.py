"""The identities of a batch over its figures: which hold, and what a correction would mend and break."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reconcile.figures.draft import Identity, Param
from reconcile.figures.intervals import judge
from reconcile.figures.view import ZERO, Batch, Slot
from reconcile.models import Verdict

BAD = (Verdict.IMPOSSIBLE, Verdict.UNLIKELY)
_FOLLOWERS = 16  # at most so many figures may follow from one correction
Changes = Mapping[Slot, Decimal]


@dataclass(slots=True)
class Correction:
    """Figures to change, `key` being the wrong one, and the identities (indices) that hold afterwards."""

    key: Slot
    changes: dict[Slot, Decimal]
    cause: str | None
    cause_params: dict[str, Param] = field(default_factory=dict)
    fixed: tuple[int, ...] = ()
    score: float = 0.0
    applied: bool = True


class Ledger:
    """The identities of a batch over its figures, with corrections applied."""

    def __init__(self, batch: Batch, identities: Sequence[Identity]) -> None:
        self.batch = batch
        self.identities = identities
        self.touching: dict[Slot, list[int]] = defaultdict(list)
        for k, identity in enumerate(identities):
            for slot in identity.slots:
                self.touching[slot].append(k)
        self.corrected: dict[Slot, Decimal] = {}
        self.verdicts = [self.verdict(k) for k in range(len(identities))]

    def printed(self) -> Ledger:
        """The same identities before any correction."""
        return Ledger(self.batch, self.identities) if self.corrected else self

    def value(self, slot: Slot, changes: Changes | None = None) -> Decimal:
        if changes is not None and slot in changes:
            return changes[slot]
        if slot in self.corrected:
            return self.corrected[slot]
        return self.batch.value(slot)

    def expected(self, k: int, changes: Changes | None = None) -> Decimal:
        """What the stated figure must be by the other figures."""
        total = ZERO
        for slot, factor in self.identities[k].terms:
            value = self.value(slot, changes)
            total += value if factor == 1 else value * factor
        return total

    def difference(self, k: int, changes: Changes | None = None) -> Decimal:
        identity = self.identities[k]
        stated = identity.constant if identity.constant is not None else self.value(identity.stated, changes)
        return stated - self.expected(k, changes)

    def halves(self, k: int) -> tuple[Decimal, list[Decimal]]:
        identity = self.identities[k]
        return self.batch.half(identity.stated), [self.batch.half(s) * abs(f) for s, f in identity.terms]

    def verdict(self, k: int, changes: Changes | None = None) -> Verdict:
        difference = self.difference(k, changes)
        if difference == 0:
            return Verdict.EXACT
        if abs(difference) <= self.identities[k].slack:
            return Verdict.ROUNDING
        if self.identities[k].constant is not None:
            return Verdict.IMPOSSIBLE
        stated_half, halves = self.halves(k)
        if self.identities[k].same:  # one figure, printed twice: equal but for a coarser print
            coarse = max([stated_half, *halves])
            fine = min([stated_half, *halves])
            within = coarse != fine and abs(difference) <= coarse
            return Verdict.ROUNDING if within else Verdict.IMPOSSIBLE
        return judge(difference, stated_half, halves)

    def apply(self, changes: Changes) -> None:
        self.corrected.update(changes)
        for k in {k for slot in changes for k in self.touching[slot]}:
            self.verdicts[k] = self.verdict(k)

    def effect(self, changes: Changes) -> tuple[list[int], list[int]]:
        """The identities that the changes mend, and those that they break."""
        fixed, broken = [], []
        for k in {k for slot in changes for k in self.touching[slot]}:
            before = self.verdicts[k] in BAD
            after = self.verdict(k, changes) in BAD
            if before and not after:
                fixed.append(k)
            elif after and not before:
                broken.append(k)
        return fixed, broken

    def followed(self, slot: Slot, value: Decimal) -> dict[Slot, Decimal]:
        """The change of one figure with all that follows from it: totals above it, the same figure elsewhere."""
        changes = {slot: value}
        queue = deque([slot])
        while queue and len(changes) <= _FOLLOWERS:
            current = queue.popleft()
            for k in self.touching[current]:
                if self.verdicts[k] in BAD or self.verdict(k, changes) not in BAD:
                    continue
                identity = self.identities[k]
                if identity.constant is not None:
                    continue
                if identity.stated not in changes:
                    target, new = identity.stated, self.expected(k, changes)
                elif len(identity.terms) == 1 and identity.terms[0][0] not in changes:
                    target, factor = identity.terms[0]
                    new = self.value(identity.stated, changes) / factor
                else:
                    continue
                changes[target] = new
                queue.append(target)
        return changes


def wanted(ledger: Ledger, k: int) -> Iterator[tuple[Slot, Decimal]]:
    """Each figure of a broken identity with the value under which the identity would hold."""
    identity = ledger.identities[k]
    difference = ledger.difference(k)
    if identity.constant is None:
        yield identity.stated, ledger.value(identity.stated) - difference
    for slot, factor in identity.terms:
        yield slot, ledger.value(slot) + difference / factor
