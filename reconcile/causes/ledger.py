"""The identities of a batch over its figures: which hold, and what a correction would mend and break.

Differences are kept as they stand and moved by what a correction changes, so that asking what a change does costs what
the figure touches, not what the sums are long.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from reconcile.figures.draft import Identity
from reconcile.figures.intervals import Rounding
from reconcile.figures.view import ZERO, Batch, Slot
from reconcile.models import Verdict

BAD = (Verdict.IMPOSSIBLE, Verdict.UNLIKELY)
_FOLLOWERS = 16  # at most so many figures may follow from one correction
_ALL_TERMS = 60  # terms of a sum up to which each is thought of as the wrong one
Changes = Mapping[Slot, Decimal]
Offsets = Mapping[int, Decimal]
"""Identity (index) → what its difference changes by though none of its figures does: a line is not printed."""


class Ledger:
    """The identities of a batch over its figures, with corrections applied."""

    def __init__(self, batch: Batch, identities: Sequence[Identity]) -> None:
        self.batch = batch
        self.identities = identities
        self.touching: dict[Slot, list[tuple[int, Decimal]]] = defaultdict(list)
        """Slot → the identities it stands in (indices), with what a unit more of it adds to their difference."""
        self._differences: list[Decimal] = []
        for k, identity in enumerate(identities):
            stated = identity.constant
            if stated is None:
                self.touching[identity.stated].append((k, Decimal(1)))
                stated = batch.value(identity.stated)
            summed = ZERO
            for slot, factor in identity.terms:
                self.touching[slot].append((k, -factor))
                value = batch.value(slot)
                summed += value if factor == 1 else value * factor
            self._differences.append(stated - summed)
        self.corrected: dict[Slot, Decimal] = {}
        self._applied = False
        self._rounding_cases: set[int] | None = None
        self._rounding: dict[int, Rounding] = {}
        self._rounded = Counter(identities[k].stated.case for k, d in enumerate(self._differences) if d)
        """Case → how many of its identities do not hold to the digit: among many, some rounding is far off."""
        self.verdicts = [self.judged(k, d) for k, d in enumerate(self._differences)]

    def rounds(self, case: int) -> bool:
        """Whether a sum of the case holds by rounding alone."""
        if self._rounding_cases is None:
            held = (i for i, v in zip(self.identities, self.verdicts, strict=True) if v is Verdict.ROUNDING)
            self._rounding_cases = {i.stated.case for i in held if i.constant is None}
        return case in self._rounding_cases

    def printed(self) -> Ledger:
        """The same identities before any correction."""
        return Ledger(self.batch, self.identities) if self._applied else self

    def value(self, slot: Slot, changes: Changes | None = None) -> Decimal:
        """The figure there, as changed, corrected or printed."""
        if changes is not None and slot in changes:
            return changes[slot]
        known = self.corrected.get(slot)
        return self.batch.value(slot) if known is None else known

    def difference(self, k: int, changes: Changes | None = None) -> Decimal:
        """What is stated less what the other figures make."""
        out = self._differences[k]
        if changes:
            for slot, coefficient in self._moved(k, changes):
                out += coefficient * (changes[slot] - self.value(slot))
        return out

    def expected(self, k: int, changes: Changes | None = None) -> Decimal:
        """What the stated figure must be by the other figures."""
        identity = self.identities[k]
        stated = identity.constant if identity.constant is not None else self.value(identity.stated, changes)
        return stated - self.difference(k, changes)

    def _moved(self, k: int, changes: Changes) -> Iterator[tuple[Slot, Decimal]]:
        for slot in changes:
            for index, coefficient in self.touching[slot]:
                if index == k:
                    yield slot, coefficient

    def rounding(self, k: int) -> Rounding:
        """How the stated figure and the others were rounded, in the unit of the stated one."""
        known = self._rounding.get(k)
        if known is None:
            identity = self.identities[k]
            parts = (self.batch.half(s) * abs(f) for s, f in identity.terms if not identity.exact)
            known = self._rounding[k] = Rounding.of(self.batch.half(identity.stated), parts)
        return known

    def judged(self, k: int, difference: Decimal) -> Verdict:
        """The verdict on an identity, if that were what is stated less what the other figures make."""
        identity = self.identities[k]
        if difference == 0:
            return Verdict.EXACT
        if abs(difference) <= identity.slack:
            return Verdict.ROUNDING
        if identity.constant is not None:
            return Verdict.IMPOSSIBLE
        rounding = self.rounding(k)
        if identity.same:  # one figure, printed twice: equal but for a coarser print
            fine, coarse = sorted((rounding.total, rounding.reach))
            within = coarse != fine and abs(difference) <= coarse
            return Verdict.ROUNDING if within else Verdict.IMPOSSIBLE
        return rounding.judge(difference, max(1, self._rounded[identity.stated.case]))

    def apply(self, changes: Changes, offsets: Offsets) -> None:
        """Take a correction as made: figures changed, and what a line that is not printed adds to differences."""
        moved: dict[int, Decimal] = defaultdict(Decimal, offsets)
        for slot, value in changes.items():
            step = value - self.value(slot)
            for k, coefficient in self.touching[slot]:
                moved[k] += coefficient * step
        self.corrected.update(changes)
        self._applied = True
        for k, step in moved.items():
            self._differences[k] += step
            self.verdicts[k] = self.judged(k, self._differences[k])

    def effect(self, changes: Changes, offsets: Offsets) -> tuple[list[int], list[int]]:
        """The identities that a correction mends, and those that it breaks."""
        moved: dict[int, Decimal] = defaultdict(Decimal, offsets)
        for slot, value in changes.items():
            step = value - self.value(slot)
            if step:
                for k, coefficient in self.touching[slot]:
                    moved[k] += coefficient * step
        fixed, broken = [], []
        for k, step in moved.items():
            before = self.verdicts[k] in BAD
            after = self.judged(k, self._differences[k] + step) in BAD
            if before and not after:
                fixed.append(k)
            elif after and not before:
                broken.append(k)
        return fixed, broken

    def followed(self, changes: Changes) -> dict[Slot, Decimal]:
        """Changes with all that follows from them: totals above, the same figure elsewhere."""
        out = dict(changes)
        most = _FOLLOWERS + len(out)
        queue = deque(out)
        while queue and len(out) <= most:
            for k, _ in self.touching[queue.popleft()]:
                identity = self.identities[k]
                if identity.constant is not None or self.verdicts[k] in BAD:
                    continue
                if self.judged(k, self.difference(k, out)) not in BAD:
                    continue
                if identity.stated not in out:
                    target, new = identity.stated, self.expected(k, out)
                elif len(identity.terms) == 1 and identity.terms[0][0] not in out:
                    target, factor = identity.terms[0]
                    new = self.value(identity.stated, out) / factor
                else:
                    continue
                out[target] = new
                queue.append(target)
        return out

    def wanted(self, k: int) -> Iterator[tuple[Slot, Decimal]]:
        """Each figure of a broken identity with the value under which the identity would hold.

        Of a long sum only the total, and the terms that another broken identity speaks of, are thought of.
        """
        identity = self.identities[k]
        difference = self.difference(k)
        if identity.constant is None:
            yield identity.stated, self.value(identity.stated) - difference
        for slot, factor in identity.terms:
            if len(identity.terms) <= _ALL_TERMS or any(
                other != k and self.verdicts[other] in BAD for other, _ in self.touching[slot]
            ):
                yield slot, self.value(slot) + difference / factor
