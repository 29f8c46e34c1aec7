"""Which figures are wrong: the corrections that make the broken identities hold without breaking those that do.

A case's identities share figures.  A wrong detail breaks the total it belongs to and its counterpart in another table;
a wrong total breaks its own sum and everything that repeats it.  So every broken identity proposes corrections (one
figure; one figure with everything that follows from it; two rows swapped; figures moved to another column), each is
tried on all identities it touches, and the one that mends most and breaks least is the cause.  What it mends hangs
under it.  Slips of hand only ever decide between corrections that explain as much as each other.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from normalize.models import Role
from reconcile.causes import LIKELIHOOD, looks_like_neighbours, slip
from reconcile.draft import Identity, Param
from reconcile.intervals import judge
from reconcile.models import Check, Verdict
from reconcile.view import ZERO, Batch, Slot

BAD = (Verdict.IMPOSSIBLE, Verdict.UNLIKELY)
_FOLLOWERS = 16  # at most so many figures may follow from one correction
_PER_FIGURE = 0.1  # what every further changed figure costs
_PATTERN = 0.5  # what a whole pattern (rows swapped, a row displaced) costs
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
        for slot, value in _single(ledger, k):
            if (slot, value) in tried:
                continue
            tried.add((slot, value))
            cause, params = _cause(ledger, slot, value)
            bonus = min(0.9, _likely(ledger, k, slot, value, cause))
            yield Correction(slot, {slot: value}, cause, params, score=bonus)
            followed = ledger.followed(slot, value)
            if len(followed) > 1:
                score = bonus - _PER_FIGURE * (len(followed) - 1)
                if _repeated_detail(ledger, slot, followed):  # two tables print it: then it is meant
                    label = ledger.batch.line(slot).label
                    yield Correction(slot, followed, "stale_total", {"line": label}, score=score - 0.2)
                else:
                    yield Correction(slot, followed, cause, params, score=score)
    yield from _repeats(ledger, open_)
    yield from _swaps(ledger, open_)
    yield from _moves(ledger, open_)


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


def _single(ledger: Ledger, k: int) -> Iterator[tuple[Slot, Decimal]]:
    """Each figure of a broken identity with the value under which the identity would hold."""
    identity = ledger.identities[k]
    difference = ledger.difference(k)
    if identity.constant is None:
        yield identity.stated, ledger.value(identity.stated) - difference
    for slot, factor in identity.terms:
        yield slot, ledger.value(slot) + difference / factor


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


def _repeats(ledger: Ledger, open_: Iterable[int]) -> Iterator[Correction]:
    """A total row that repeats another total row of its table, figure by figure."""
    batch = ledger.batch
    wrong: dict[tuple[int, int, int], dict[int, Decimal]] = defaultdict(dict)
    for k in sorted(open_):
        identity = ledger.identities[k]
        if identity.check is Check.COLUMN_TOTAL:
            wrong[identity.stated[:3]][identity.stated.column] = ledger.expected(k)
    for (case, index, line), columns in wrong.items():
        table = batch.cases[case].tables[index]
        other = table.repeated_total(line)
        if other is not None and len(columns) > 1:
            changes = {Slot(case, index, line, c): value for c, value in columns.items()}
            for column in table.adding_columns:  # what the totals along the row become
                if column.index not in columns and column.total_of:
                    changes[Slot(case, index, line, column.index)] = sum(
                        (ledger.value(Slot(case, index, line, c), changes) for c in column.total_of), ZERO
                    )
            yield Correction(
                Slot(case, index, line, min(columns)),
                changes,
                "total_of_other_row",
                {"line": table.lines[other].label},
                score=1.0,
            )


def _swaps(ledger: Ledger, open_: Iterable[int]) -> Iterator[Correction]:
    """Two rows of a table whose figures stand in each other's place."""
    batch = ledger.batch
    wanted: dict[tuple[int, int, int], dict[int, Decimal]] = defaultdict(dict)
    for k in open_:
        if ledger.identities[k].check in (Check.COLUMN_TOTAL, Check.ROW_TOTAL):
            continue
        for slot, value in _single(ledger, k):
            wanted[(slot.case, slot.table, slot.line)].setdefault(slot.column, value)
    lines = sorted(wanted)
    for a in lines:
        for b in lines:
            if a >= b or a[:2] != b[:2]:
                continue
            columns = wanted[a].keys() & wanted[b].keys()
            if not columns:
                continue
            here = {c: (ledger.value(Slot(*a, c)), ledger.value(Slot(*b, c))) for c in columns}
            if all(wanted[a][c] == here[c][1] and wanted[b][c] == here[c][0] for c in columns):
                table = batch.cases[a[0]].tables[a[1]]
                changes = {}
                for column in table.adding_columns:
                    first, second = Slot(*a, column.index), Slot(*b, column.index)
                    changes[first], changes[second] = ledger.value(second), ledger.value(first)
                first_line, second_line = table.lines[a[2]], table.lines[b[2]]
                both = first_line.committee is not None and second_line.committee is not None
                yield Correction(
                    Slot(*a, min(columns)),
                    changes,
                    "committees_swapped" if both else "rows_swapped",
                    {"line": first_line.label, "second_line": second_line.label},
                    score=0.5 - _PATTERN,
                )


def _moves(ledger: Ledger, open_: Iterable[int]) -> Iterator[Correction]:
    """Figures of a row that stand one or more columns off: one moved, two exchanged, or the whole row displaced."""
    batch = ledger.batch
    hit: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for k in open_:
        for slot in ledger.identities[k].slots:
            hit[(slot.case, slot.table, slot.line)].add(slot.column)
    for (case, table_index, line), columns in hit.items():
        table = batch.cases[case].tables[table_index]
        if len(columns) < 2 or table.lines[line].role is Role.PAYBACK:
            continue
        order = [c.index for c in table.columns if c.index in table.year_of]
        row = {c: ledger.value(Slot(case, table_index, line, c)) for c in order}
        for shift in (1, -1) if order else ():
            yield from _displaced(ledger, Slot(case, table_index, line, 0), order, row, shift)
        wrong = [c for c in order if c in columns]
        for i, first in enumerate(wrong):
            for second in wrong[i + 1 :]:
                if row[first] == row[second]:
                    continue
                key, to = (first, second) if row[first] != 0 else (second, first)
                changes = {
                    Slot(case, table_index, line, first): row[second],
                    Slot(case, table_index, line, second): row[first],
                }
                nil = 0 in (row[first], row[second])
                yield _moved(
                    table.column_label(key),
                    table.column_label(to),
                    Slot(case, table_index, line, key),
                    changes,
                    (0.5 if nil else 0.3) - _PER_FIGURE,
                )


def _displaced(ledger: Ledger, at: Slot, order: list[int], row: dict[int, Decimal], shift: int) -> Iterator[Correction]:
    """The whole row, or the run of its printed figures, belongs `shift` columns further on."""
    table = ledger.batch.table(at)
    lost = row[order[-1]] if shift == 1 else row[order[0]]
    changes: dict[Slot, Decimal] = {}
    for position, column in enumerate(order):
        source = position - shift
        value = row[order[source]] if 0 <= source < len(order) else ZERO
        if lost != 0 and not 0 <= source < len(order):
            value = ZERO
        if value != row[column]:
            changes[at._replace(column=column)] = value
    if len(changes) < 2:
        return
    key = next(c for c in order if (at._replace(column=c) in changes and row[c] != 0) or row[c] != 0)
    to = order[min(max(order.index(key) + shift, 0), len(order) - 1)]
    yield _moved(table.column_label(key), table.column_label(to), at._replace(column=key), changes, 0.4 - _PATTERN)


def _moved(source: str, target: str, key: Slot, changes: dict[Slot, Decimal], score: float) -> Correction:
    return Correction(key, changes, "column_shift", {"from_column": source, "to_column": target}, score=score)
