"""Which figures are wrong: the corrections that make the broken identities hold without breaking those that do.

A case's identities share figures.  A wrong detail breaks the total it belongs to and its counterpart in another table;
a wrong total breaks its own sum and everything that repeats it.  So every broken identity proposes corrections (one
figure; one figure with everything that follows from it; two rows swapped; figures moved to another column), each is
tried on all identities it touches, and the one that mends most and breaks least is the cause.  What it mends hangs
under it.  Slips of hand only ever decide between corrections that explain as much as each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reconcile.causes.ledger import BAD, Changes, Correction, Ledger, wanted
from reconcile.causes.patterns import PER_FIGURE, patterns
from reconcile.causes.slips import LIKELIHOOD, looks_like_neighbours, slip
from reconcile.figures.draft import Identity, Param
from reconcile.figures.view import Batch, Slot


def solve(batch: Batch, identities: Sequence[Identity]) -> tuple[list[Correction], Ledger]:
    """Corrections that together explain every broken identity; each broken identity is explained by exactly one."""
    ledger = Ledger(batch, identities)
    out: list[Correction] = []
    for component in _components(ledger):
        open_ = set(component)
        while open_:
            best = _best(ledger, open_)
            best.fixed = tuple(sorted(set(best.fixed) & open_))
            open_ -= set(best.fixed)
            out.append(best)
            if best.applied:
                ledger.apply(best.changes)
                open_ = {k for k in open_ if ledger.verdicts[k] in BAD}
    return out, ledger


def _components(ledger: Ledger) -> list[list[int]]:
    """The broken identities by case; cases that an identity joins (a catalogue and its proposals) go together."""
    bad = [k for k, v in enumerate(ledger.verdicts) if v in BAD]
    parent: dict[int, int] = {}

    def find(case: int) -> int:
        while parent.setdefault(case, case) != case:
            case = parent[case]
        return case

    for k in bad:
        first = find(ledger.identities[k].stated.case)
        for slot in ledger.identities[k].slots:
            parent[find(slot.case)] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for k in bad:
        groups[find(ledger.identities[k].stated.case)].append(k)
    return list(groups.values())


def _best(ledger: Ledger, open_: set[int]) -> Correction:
    best: Correction | None = None
    for candidate in _candidates(ledger, open_):
        fixed, broken = ledger.effect(candidate.changes)
        mended = [k for k in fixed if k in open_]
        if not mended:
            continue
        candidate.fixed = tuple(mended)
        weights = ledger.identities
        candidate.score += sum(weights[k].weight for k in mended) - sum(weights[k].weight for k in broken)
        if best is None or candidate.score > best.score + 1e-9:
            best = candidate
    if best is not None and best.score > 0:
        return best
    first = min(open_)
    if ledger.identities[first].constant is not None:
        return Correction(ledger.identities[first].stated, {}, None, fixed=(first,), applied=False)
    return Correction(
        ledger.identities[first].stated,
        {ledger.identities[first].stated: ledger.expected(first)},
        None,
        fixed=(first,),
        applied=False,
    )


def _candidates(ledger: Ledger, open_: set[int]) -> Iterator[Correction]:
    tried: set[tuple[Slot, Decimal]] = set()
    for k in sorted(open_):
        for slot, value in wanted(ledger, k):
            if (slot, value) in tried:
                continue
            tried.add((slot, value))
            cause, params = _cause(ledger, slot, value)
            bonus = min(0.9, _likely(ledger, k, slot, value, cause))
            yield Correction(slot, {slot: value}, cause, params, score=bonus)
            followed = ledger.followed(slot, value)
            if len(followed) > 1:
                score = bonus - PER_FIGURE * (len(followed) - 1)
                if _repeated_detail(ledger, slot, followed):  # two tables print it: then it is meant
                    label = ledger.batch.line(slot).label
                    yield Correction(slot, followed, "stale_total", {"line": label}, score=score - 0.2)
                else:
                    yield Correction(slot, followed, cause, params, score=score)
    yield from patterns(ledger, open_)


def _repeated_detail(ledger: Ledger, slot: Slot, followed: Changes) -> bool:
    """Whether the change of a detail takes along the same detail of another table."""
    batch = ledger.batch
    if slot.line in batch.table(slot).parts_of:
        return False
    return any(
        other[:2] != slot[:2]
        and other.line not in batch.table(other).parts_of
        and batch.value(other) == batch.value(slot)
        for other in followed
    )


def _likely(ledger: Ledger, k: int, slot: Slot, value: Decimal, cause: str | None) -> float:
    """How believable a correction is in itself, 0 to 1: decides between those that explain as much."""
    batch, identity = ledger.batch, ledger.identities[k]
    amount = batch.amount(slot)
    score = LIKELIHOOD.get(cause, 0.0)
    if slot == identity.stated and not identity.same and identity.constant is None:
        score += 0.2  # a total is what is computed
    if amount is not None and amount.value != 0 and value == 0:
        score -= 0.2  # printed figures are seldom nothing
    table = batch.table(slot)
    row = [table.value(slot.line, c) for c in table.year_of if c != slot.column]
    if (cause is not None or identity.same) and looks_like_neighbours(value, batch.value(slot), row):
        score += 0.25
    if amount is not None and amount.confidence < 0.9:
        score += 0.1
    return score


def _cause(ledger: Ledger, slot: Slot, value: Decimal) -> tuple[str | None, dict[str, Param]]:
    """The likely cause of one wrong figure, with the parameters of its text."""
    batch = ledger.batch
    amount = batch.amount(slot)
    if amount is None:
        return ("blank_figure", {"intended": value}) if value != 0 else (None, {})
    if value in amount.alternatives:
        return "misread", {"printed": amount.printed, "reading": value}
    table = batch.table(slot)
    is_total = slot.line in table.parts_of
    if is_total:
        other = _row_with(ledger, slot, amount.value)
        if other is not None:
            return "total_of_other_row", {"line": other}
    kind = slip(amount.value, value)
    if kind in ("sign", "factor_1000", "transposed_digits", "dropped_digit", "extra_digit", "mistyped_digit"):
        part = _part_like(ledger, slot, value - amount.value) if is_total and kind == "mistyped_digit" else None
        if part is None or _round(value - amount.value):
            return kind, {"printed": amount.value, "intended": value}
    if is_total:
        part = _part_like(ledger, slot, value - amount.value)
        if part is not None:
            return "missing_part", {"line": part}
        part = _part_like(ledger, slot, amount.value - value)
        if part is not None:
            return "part_twice", {"line": part}
    return ("blank_figure", {"intended": value}) if kind == "blank_figure" else (None, {})


def _round(value: Decimal) -> bool:
    """Whether it is one digit followed by zeros."""
    return len(str(abs(int(value))).rstrip("0")) <= 1


def _part_like(ledger: Ledger, total: Slot, value: Decimal) -> str | None:
    """The label of the only part of that total (or memo beside it) whose figure is `value`."""
    table = ledger.batch.table(total)
    if value == 0:
        return None
    lines = [p for p, sign in table.parts_of.get(total.line, ()) if table.value(p, total.column) * sign == value]
    return table.lines[lines[0]].label if len(lines) == 1 else None


def _row_with(ledger: Ledger, total: Slot, value: Decimal) -> str | None:
    """The label of another total of the table that prints this figure in this column."""
    table = ledger.batch.table(total)
    if abs(value) < 10:
        return None
    implied = {
        t
        for t, parts in table.parts_of.items()
        if any(p == total.line for p, _ in parts)
        and table.value(t, total.column) == sum(table.value(p, total.column) * sign for p, sign in parts)
    }  # a total above that holds with this figure repeats it by its own right
    for line in table.parts_of.keys() - implied - {total.line}:
        if table.value(line, total.column) == value:
            return table.lines[line].label
    return None
