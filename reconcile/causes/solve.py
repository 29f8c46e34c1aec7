"""Which figures are wrong: the corrections that make the broken identities hold without breaking those that do.

A case's identities share figures.  A wrong detail breaks the total it belongs to and its counterpart in another table;
a wrong total breaks its own sum and everything that repeats it.  So every broken identity proposes corrections (one
figure; one figure with everything that follows from it; a row in all its columns; two rows swapped; a whole table in
another unit), each is tried on all identities it touches, and the one that mends most and breaks least is the cause.
What it mends hangs under it.  Slips of hand only ever decide between corrections that explain as much as each other.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from normalize.models import Amount, ColumnKind
from reconcile.causes.correction import BITS, LIKELIHOOD, MOST_LIKELY, Correction, weight
from reconcile.causes.ledger import BAD, Changes, Ledger
from reconcile.causes.patterns import patterns
from reconcile.causes.tables import tables
from reconcile.causes.vectors import Runs
from reconcile.figures.draft import Identity, Param
from reconcile.figures.slips import is_of_their_size, looks_like_neighbours, slip
from reconcile.figures.view import Batch, Slot, TableView

_EQUAL = 1e-6  # bits
SURE_READING = 0.9
"""Confidence from which a reading is not doubted."""
ONE_FIGURE = ("sign", "factor_1000", "transposed_digits", "dropped_digit", "extra_digit", "mistyped_digit")
_PAIR = 2  # parts of a total of which one alone is the whole without the other
_LIKE, _UNLIKE = 2, 5  # times: sizes that are alike, and that are not
_TELLING = 10  # a smaller figure stands in many places by chance


def solve(batch: Batch, identities: Sequence[Identity]) -> tuple[list[Correction], Ledger]:
    """Corrections that together explain every broken identity; each broken identity is explained by exactly one."""
    ledger = Ledger(batch, identities)
    search = _Search(ledger)
    out = list(search.run())
    return out, ledger


class _Search:
    """Takes the best correction first; what it leaves open is thought over again where its figures changed."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.open = {k for k, v in enumerate(ledger.verdicts) if v in BAD}
        self.queue: list[tuple[float, int, Correction, float]] = []
        self.tried: set[tuple[Slot, Decimal]] = set()
        self.count = 0

    def run(self) -> Iterator[Correction]:
        """The corrections in the order in which they were taken."""
        self._offer(patterns(self.ledger, self.open))
        runs = Runs(self.ledger)
        self._offer(runs.candidates(self.open))
        self._offer(tables(self.ledger, runs, self.open))
        self._offer(_of_figures(self.ledger, self.open, self.tried))
        while self.open:
            best = self._next() or self._unexplained()
            self.open -= set(best.fixed)
            yield best
            if best.applied:
                self.ledger.apply(best.changes, best.offsets)
                self.open = {k for k in self.open if self.ledger.verdicts[k] in BAD}
                near = {k for slot in best.changes for k, _ in self.ledger.touching[slot]} & self.open
                self._offer(_of_figures(self.ledger, near, self.tried))

    def _offer(self, candidates: Iterable[Correction]) -> None:
        for candidate in candidates:
            own = candidate.score
            if self._weigh(candidate, own):
                self._push(candidate, own)

    def _weigh(self, candidate: Correction, own: float) -> bool:
        """Say what a candidate mends and is worth now, besides its own bits; False where that is nothing."""
        fixed, broken = self.ledger.effect(candidate.changes, candidate.offsets)
        mended = [k for k in fixed if k in self.open]
        candidate.fixed = tuple(sorted(mended))
        candidate.score = own + weight(self.ledger, mended) - weight(self.ledger, broken)
        return bool(mended) and candidate.score > 0

    def _push(self, candidate: Correction, own: float) -> None:
        self.count += 1
        heapq.heappush(self.queue, (-candidate.score, self.count, candidate, own))

    def _next(self) -> Correction | None:
        """The best candidate; one that is worth less than when it was put there is put back at its new worth."""
        while self.queue:
            before, _, candidate, own = heapq.heappop(self.queue)
            if not self._weigh(candidate, own):
                continue
            if candidate.score >= -before - _EQUAL:
                return candidate
            self._push(candidate, own)
        return None

    def _unexplained(self) -> Correction:
        first = min(self.open)
        identity = self.ledger.identities[first]
        changes = {identity.stated: self.ledger.expected(first)} if identity.constant is None else {}
        return Correction(identity.stated, changes, None, fixed=(first,), applied=False)


def _of_figures(ledger: Ledger, open_: Iterable[int], tried: set[tuple[Slot, Decimal]]) -> Iterator[Correction]:
    """One figure that would make a broken identity hold, alone or with what follows from it."""
    for k in sorted(open_):
        for slot, value in ledger.wanted(k):
            if (slot, value) in tried:
                continue
            tried.add((slot, value))
            cause, params = _cause(ledger, slot, value)
            bonus = min(MOST_LIKELY, _likely(ledger, k, slot, value, cause))
            yield Correction(slot, {slot: value}, cause, params, score=bonus)
            followed = ledger.followed({slot: value})
            if len(followed) == 1:
                continue
            score = bonus + BITS.figure * (len(followed) - 1)
            if _repeated_detail(ledger, slot, followed):  # two tables print it: then it is meant
                total = ledger.batch.line(ledger.identities[k].stated).label
                yield Correction(slot, followed, "stale_total", {"total": total}, score=score + BITS.repeated)
            elif cause is None and _totals_agree(ledger, slot, followed):
                yield Correction(slot, followed, "stale_total", {"total": ledger.batch.line(slot).label}, score=score)
            else:
                yield Correction(slot, followed, cause, params, score=score)


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


def _totals_agree(ledger: Ledger, slot: Slot, followed: Changes) -> bool:
    """Whether a total of another table is wrong with this one: two tables agree in their lines and in their totals."""
    batch = ledger.batch
    return slot.line in batch.table(slot).parts_of and any(
        other[:2] != slot[:2]
        and other.line in batch.table(other).parts_of
        and batch.value(other) == batch.value(slot)
        and any(ledger.verdicts[k] in BAD for k, _ in ledger.touching[other])
        for other in followed
    )


def _likely(ledger: Ledger, k: int, slot: Slot, value: Decimal, cause: str | None) -> float:
    """How believable a correction is in itself, in bits: decides between those that explain as much."""
    batch, identity = ledger.batch, ledger.identities[k]
    amount = batch.amount(slot)
    score = LIKELIHOOD.get(cause, 0.0)
    if slot == identity.stated and not identity.same and identity.constant is None:
        score += BITS.total
    if amount is not None and amount.value != 0 and value == 0:
        score += BITS.to_nothing
    score += _beside_neighbours(batch, slot, value, cause, same=identity.same)
    if amount is not None and amount.confidence < SURE_READING:
        score += BITS.unsure_reading
    return score


def _beside_neighbours(batch: Batch, slot: Slot, value: Decimal, cause: str | None, *, same: bool) -> float:
    """What the row's other years say for a correction, or against it."""
    table, printed = batch.table(slot), batch.value(slot)
    row = [table.value(slot.line, c) for c in table.year_of if c != slot.column]
    score = 0.0
    if (cause is not None or same) and looks_like_neighbours(value, printed, row):
        score += BITS.like_neighbours
    if cause == "sign" and any(row) and all(figure * printed >= 0 for figure in row):
        score -= BITS.like_neighbours  # the row's other years have the sign that is printed
    alike = len(row) > 1 and all(row) and is_of_their_size(printed, row, _LIKE)
    return score + BITS.unlike_neighbours * (alike and not is_of_their_size(value, row, _UNLIKE))


def _cause(ledger: Ledger, slot: Slot, value: Decimal) -> tuple[str | None, dict[str, Param]]:
    """The likely cause of one wrong figure, with the parameters of its text."""
    batch = ledger.batch
    amount = batch.amount(slot)
    if amount is None:
        return ("blank_figure", {"intended": value}) if value != 0 else (None, {})
    if value in amount.alternatives:
        return "misread", {"printed": amount.printed, "reading": value}
    is_total = slot.line in batch.table(slot).parts_of
    other = row_with(ledger, slot, amount.value) if is_total else None
    if other is not None:
        return "total_of_other_row", {"line": other}
    kind = slip(amount.value, value)
    if kind == "blank_figure":  # a nil is written
        return _late(batch, slot, amount, value)
    off = value - amount.value
    if kind in ONE_FIGURE and not (
        kind == "mistyped_digit" and is_total and _part_like(ledger, slot, off) is not None and not _round(off)
    ):
        return kind, {"printed": amount.value, "intended": value}
    for what, figure in (("missing_part", off), ("part_twice", -off)):
        part = _part_like(ledger, slot, figure) if is_total else _year_like(batch.table(slot), slot, figure)
        if part is not None:
            return what, {"line": part}
    return None, {}


def _late(batch: Batch, slot: Slot, nil: Amount, value: Decimal) -> tuple[str | None, dict[str, Param]]:
    """Why a nil stands where a figure should: the row has that figure in the next year, so it begins a year late.

    A dash may stand for a figure that was left out.
    """
    table = batch.table(slot)
    years = list(table.year_of)
    after = years[years.index(slot.column) + 1 :][:1] if slot.column in years else []
    computed = slot.line in table.parts_of
    if computed or not after or table.value(slot.line, after[0]) != value:
        return (None, {}) if any(c.isdigit() for c in nil.printed) else ("blank_figure", {"intended": value})
    return "column_shift", {"from_column": table.column_label(after[0]), "to_column": table.column_label(slot.column)}


def _round(value: Decimal) -> bool:
    """Whether it is one digit followed by zeros."""
    return len(str(abs(int(value))).rstrip("0")) <= 1


def _part_like(ledger: Ledger, total: Slot, value: Decimal) -> str | None:
    """The label of the only part of that total (or memo beside it) whose figure is `value`.

    None where the total is wrong in another column, too, and not by that part's figure.
    """
    table = ledger.batch.table(total)
    if value == 0:
        return None
    lines = [p for p, sign in table.parts_of.get(total.line, ()) if table.value(p, total.column) * sign == value]
    if len(lines) != 1 or any(off != abs(table.value(lines[0], c)) for c, off in _wrong_elsewhere(ledger, total)):
        return None
    return table.lines[lines[0]].label


def _year_like(table: TableView, total: Slot, value: Decimal) -> str | None:
    """The heading of the last year whose figure is `value`, of those that a column adds up."""
    column = table.column(total.column)
    if column is None or column.kind is not ColumnKind.TOTAL or not value:
        return None
    like = [year for year in column.total_of or table.year_of if table.value(total.line, year) == value]
    return table.column_label(like[-1]) if like else None


def _wrong_elsewhere(ledger: Ledger, total: Slot) -> Iterator[tuple[int, Decimal]]:
    """(another column in which the total is wrong by no slip of its own, by how much)."""
    for column in (c.index for c in ledger.batch.table(total).adding_columns if c.index != total.column):
        slot = total._replace(column=column)
        for k, _ in ledger.touching.get(slot, ()):
            wrong = ledger.identities[k].stated == slot and ledger.verdicts[k] in BAD
            if wrong and slip(ledger.value(slot), ledger.expected(k)) is None:
                yield column, abs(ledger.difference(k))


def row_with(ledger: Ledger, total: Slot, value: Decimal) -> str | None:
    """The label of another total of the table that prints this figure in this column."""
    table = ledger.batch.table(total)
    if abs(value) < _TELLING:
        return None
    own = {part for part, _ in table.parts_of.get(total.line, ())}
    left_over = own if len(own) == _PAIR else set()  # of two parts, one alone leaves the other out
    for line in table.parts_of.keys() - left_over - {total.line}:
        if table.value(line, total.column) == value and not _implied(table, line, total):
            return table.lines[line].label
    return None


def _implied(table: TableView, line: int, total: Slot) -> bool:
    """Whether a total above holds with this total's figure: then it repeats it by its own right."""
    parts = table.parts_of[line]
    return any(p == total.line for p, _ in parts) and table.value(line, total.column) == sum(
        table.value(p, total.column) * sign for p, sign in parts
    )
