"""Rows before cells: what explains a relation that fails in several columns at once.

A total and its parts, or a line and its counterparts in another table, are related in every column (a total column and
the years that it adds up in every row): that is one run of identities.  Where several of them fail, the figures that
would mend them are looked at as a row: if they are a row of the table, or the same row a year off, times 1.000, with
the sign turned, halved or doubled, that is one slip, however many columns it shows in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from extract.records import record
from reconcile.causes.correction import BITS, LIKELIHOOD, Correction
from reconcile.causes.ledger import BAD, Ledger
from reconcile.figures.draft import Identity, Param
from reconcile.figures.view import ZERO, Slot, TableView
from reconcile.models import Check

_FEWEST = 2  # columns that must fail for a run to be looked at as a whole
_MOST_GROUPED = 40  # parts of which every run is tried
_PAIR = 2  # parts of a total of which one alone is the whole without the other
_THOUSAND = Decimal(1000)

Row = tuple[int, int, int]
"""A row of the batch (case, table, line), or where a run goes down a column: that column (case, table, column)."""


@record
class Run:
    """The identities (indices) of one relation, in the order of columns (of rows, where it goes down a column)."""

    members: tuple[int, ...]
    down: bool  # down a column: one total column against the years of each row
    stated: Row
    terms: tuple[Row, ...]

    def slot(self, row: Row, place: int) -> Slot:
        """The figure of a row at a place along the run."""
        return Slot(row[0], row[1], place, row[2]) if self.down else Slot(*row, place)


class Runs:
    """All runs of a batch."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        grouped: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for k, identity in enumerate(ledger.identities):
            if identity.constant is None and identity.terms:
                grouped[_key(identity)].append(k)
        self.all = [_run(ledger, members) for members in grouped.values()]
        self.sisters: dict[tuple[int, int], set[tuple[int, int]]] = defaultdict(set)
        """Table → the tables that it has identities with."""
        for run in self.all:
            for row in run.terms:
                if row[:2] != run.stated[:2]:
                    self.sisters[run.stated[:2]].add(row[:2])
                    self.sisters[row[:2]].add(run.stated[:2])

    def candidates(self, open_: set[int]) -> Iterator[Correction]:
        """Every slip of a row that would mend broken identities of a run."""
        for run in self.all:
            failing = [k for k in run.members if k in open_]
            if len(failing) >= _FEWEST:
                yield from _Failing(self.ledger, run, failing, self.sisters[run.stated[:2]]).candidates()


def _key(identity: Identity) -> tuple[object, ...]:
    stated = identity.stated
    if identity.check is Check.ROW_TOTAL:
        return (identity.check, stated.case, stated.table, stated.column, tuple(s.column for s, _ in identity.terms))
    return (identity.check, identity.message, stated[:3], tuple(s[:3] for s, _ in identity.terms))


def _run(ledger: Ledger, members: list[int]) -> Run:
    identity = ledger.identities[members[0]]
    down = identity.check is Check.ROW_TOTAL

    def row(slot: Slot) -> Row:
        return (slot.case, slot.table, slot.column) if down else slot[:3]

    members.sort(key=lambda k: ledger.identities[k].stated.line if down else ledger.identities[k].stated.column)
    return Run(tuple(members), down, row(identity.stated), tuple(row(s) for s, _ in identity.terms))


@record
class _Want:
    """A row of a run beside what it would have to be, at the failing places."""

    row: Row
    slots: tuple[Slot, ...]
    have: tuple[Decimal, ...]
    want: tuple[Decimal, ...]


class _Failing:
    """A run of which several identities fail."""

    def __init__(self, ledger: Ledger, run: Run, failing: Sequence[int], sisters: set[tuple[int, int]]) -> None:
        self.ledger = ledger
        self.run = run
        self.failing = failing
        self.sisters = sisters
        self.off = [ledger.difference(k) for k in failing]
        self.table = ledger.batch.cases[run.stated[0]].tables[run.stated[1]]

    def candidates(self) -> Iterator[Correction]:
        """The stated row or one of the others is wrong, for a reason that shows in every failing place."""
        stated = self._wanted(None)
        if len(self.run.terms) > 1:
            yield from self._parts(stated)
            yield from self._groups(stated)
        if not self.run.down:
            yield from self._missing_lines(stated)
            yield from self._row_lost(stated)
        yield from self._slips(stated)
        for index in range(len(self.run.terms)):
            yield from self._slips(self._wanted(index))

    def _wanted(self, term: int | None) -> _Want:
        slots, have, want = [], [], []
        for k, off in zip(self.failing, self.off, strict=True):
            identity = self.ledger.identities[k]
            slot, factor = (identity.stated, Decimal(-1)) if term is None else identity.terms[term]
            slots.append(slot)
            have.append(self.ledger.value(slot))
            want.append(have[-1] + off / factor)
        row = self.run.stated if term is None else self.run.terms[term]
        return _Want(row, tuple(slots), tuple(have), tuple(want))

    def _parts(self, stated: _Want) -> Iterator[Correction]:
        """The total leaves a part out, counts it twice, or takes in a line that is none of its parts."""
        shown = {row: index for index, row in enumerate(self.run.terms)}
        for row in dict.fromkeys((*self._rows(), *self.run.terms)):
            index = shown.get(row)
            for cause, times in _TIMES if index is not None else _OTHERS:
                if not self._explains(row, index, times):
                    continue
                twice = index is not None and cause == "missing_part" and self._is_repeated(row)
                named = "duplicate_line" if twice else cause
                yield self._correction(stated, named, {"line": self._name(row)})
                if index is not None:  # the total may be right, and the line none of its parts
                    yield self._out_of_sum(row, named)

    def _groups(self, stated: _Want) -> Iterator[Correction]:
        """The total leaves out several parts that follow each other, such as all of one kind."""
        rows = self.run.terms
        if self.run.down or not _FEWEST < len(rows) <= _MOST_GROUPED:
            return
        for first in range(len(rows)):
            figures = [Decimal(0)] * len(self.failing)
            for last in range(first, len(rows)):
                for n, k in enumerate(self.failing):
                    slot, factor = self.ledger.identities[k].terms[last]
                    figures[n] += self.ledger.value(slot) * factor
                if last > first and last - first + 1 < len(rows) and self._is_off(figures):
                    names = " + ".join(self._name(row) for row in rows[first : last + 1])
                    yield self._correction(stated, "missing_part", {"line": names})

    def _is_off(self, figures: Sequence[Decimal]) -> bool:
        """Whether the stated row is less than it should be by those figures."""
        return all(figures) and all(
            self._vanishes(k, off + figure) for k, off, figure in zip(self.failing, self.off, figures, strict=True)
        )

    def _is_repeated(self, row: Row) -> bool:
        """Whether another row of the run is called the same."""
        return not self.run.down and sum(self._name(r) == self._name(row) for r in self.run.terms) > 1

    def _out_of_sum(self, row: Row, cause: str) -> Correction:
        identity = self.ledger.identities[self.failing[0]]
        return Correction(
            identity.stated,
            {},
            cause,
            {"line": self._name(row)},
            score=BITS.row + LIKELIHOOD.get(cause, 0.0),
            offsets={k: -off for k, off in zip(self.failing, self.off, strict=True)},
        )

    def _missing_lines(self, stated: _Want) -> Iterator[Correction]:
        """A line of this or a sister table is not printed in the other one, whether its total counts it or not."""
        here = self.run.stated[:2]
        others = {row[:2] for row in self.run.terms} - {here}
        for case, index in sorted(others | self.sisters | ({here} if others else set())):
            table = self.ledger.batch.cases[case].tables[index]
            times = (1, -1) if (case, index) in others else (1,)
            for line in table.figure_lines:
                if (case, index, line) == self.run.stated or table.parts_of.get(line):
                    continue
                for sign in times:
                    if self._is_all_that_is_off(table, line, sign):
                        yield self._absent(stated, table, line)

    def _row_lost(self, stated: _Want) -> Iterator[Correction]:
        """A total is more than its lines in every column in which it has a figure: a row that it counts is not printed.

        Which one nobody knows, so that no cause is named.
        """
        told = [k for k in self.run.members if self.ledger.value(self.ledger.identities[k].stated)]
        of_lines = self.ledger.identities[told[0]].check is Check.COLUMN_TOTAL if told else False
        one_way = all(abs(have) > abs(want) for have, want in zip(stated.have, stated.want, strict=True))
        if of_lines and one_way and set(told) == set(self.failing):
            yield Correction(stated.slots[0], {}, None, score=BITS.lost_row, offsets=self._where_it_lacks())

    def _is_all_that_is_off(self, table: TableView, line: int, sign: int) -> bool:
        """Whether what is off is that line's figures, in the unit and by the sign of the stated table."""
        told = 0
        for k, off in zip(self.failing, self.off, strict=True):
            column = self.ledger.identities[k].stated.column
            year = self.table.year_of.get(column)
            there = table.year_columns.get(year) if year is not None else None
            figure = table.value(line, there) if there is not None else ZERO
            if not figure or there is None:
                return False
            turned = self.table.table.cost_sign * table.table.cost_sign * sign
            if self.ledger.judged(k, off - figure * turned * table.unit(there) / self.table.unit(column)) in BAD:
                return False
            told += 1
        return told >= _FEWEST

    def _absent(self, stated: _Want, table: TableView, line: int) -> Correction:
        return Correction(
            stated.slots[0],
            {},
            "missing_line",
            {"line": table.lines[line].label, "other_table": table.name},
            score=BITS.row + LIKELIHOOD["missing_line"],
            offsets=self._where_it_lacks(),
        )

    def _where_it_lacks(self) -> dict[int, Decimal]:
        """What the line's figures add to the differences of this run, and of others that the stated figures break."""
        out = {k: -off for k, off in zip(self.failing, self.off, strict=True)}
        for k, off in zip(self.failing, self.off, strict=True):
            for other, coefficient in self.ledger.touching[self.ledger.identities[k].stated]:
                moved = -coefficient * off
                if (
                    other not in out
                    and self.ledger.verdicts[other] in BAD
                    and self.ledger.judged(other, self.ledger.difference(other) + moved) not in BAD
                ):
                    out[other] = moved
        return out

    def _rows(self) -> Iterator[Row]:
        """The rows along the run in the table of the stated one, but for the stated one."""
        first = self.run.stated
        if self.run.down:
            indices = [c.index for c in self.table.columns if c.index in self.table.year_of]
        else:
            indices = list(self.table.figure_lines)
        above = self.table.totals_above(first[2]) if not self.run.down else frozenset()
        return ((first[0], first[1], i) for i in indices if i != first[2] and i not in above)

    def _explains(self, row: Row, index: int | None, times: int) -> bool:
        """Whether what is off is that row's figures so many times, wherever something is off."""
        told = 0
        for k, off in zip(self.failing, self.off, strict=True):
            identity = self.ledger.identities[k]
            place = identity.stated.line if self.run.down else identity.stated.column
            factor = identity.terms[index][1] if index is not None else Decimal(1)
            figure = self.ledger.value(self.run.slot(row, place)) * factor * times
            if not figure or not self._vanishes(k, off - figure):
                return False
            told += 1
        return told >= _FEWEST

    def _vanishes(self, k: int, rest: Decimal) -> bool:
        """Whether what is left of a difference is nothing, or rounding where the case's other sums are rounded."""
        return not rest or (self.ledger.rounds(self.run.stated[0]) and self.ledger.judged(k, rest) not in BAD)

    def _slips(self, wanted: _Want) -> Iterator[Correction]:
        """The whole row is wrong in one way."""
        if self.run.down:
            return
        first = wanted.slots[0]
        for cause, turned in _TURNED:
            if any(wanted.have) and all(turned(h) == w for h, w in zip(wanted.have, wanted.want, strict=True)):
                printed, intended = wanted.have[0], wanted.want[0]
                yield self._correction(wanted, cause, {"printed": printed, "intended": intended})
                break
        other = self._copied(first, wanted)
        if other is not None:
            yield self._correction(wanted, "total_of_other_row", {"line": other})

    def _copied(self, first: Slot, wanted: _Want) -> str | None:
        """The label of a line of the table that has all the figures of the row where it is wrong."""
        table = self.ledger.batch.table(first)
        if sum(bool(h) for h in wanted.have) < _FEWEST:
            return None
        near = table.totals_above(first.line)
        places = zip(wanted.slots, wanted.have, strict=True)
        lines = set.intersection(*(set(table.printing.get((s.column, h), ())) for s, h in places))
        left_over = {row[2] for row in self.run.terms} if len(self.run.terms) == _PAIR else set()
        for line in sorted(lines - near - left_over - {first.line}):  # of two parts, one alone leaves the other out
            if first.line not in table.totals_above(line):
                return table.lines[line].label
        return None

    def _name(self, row: Row) -> str:
        table = self.ledger.batch.cases[row[0]].tables[row[1]]
        return table.column_label(row[2]) if self.run.down else table.lines[row[2]].label

    def _correction(self, wanted: _Want, cause: str, params: dict[str, Param]) -> Correction:
        changes = dict(zip(wanted.slots, wanted.want, strict=True))
        followed = self.ledger.followed(changes)
        score = BITS.row + LIKELIHOOD.get(cause, 0.0) + BITS.figure * (len(followed) - len(changes)) / len(changes)
        if wanted.row == self.run.stated and len(self.run.terms) > 1:
            score += BITS.total
        if not any(wanted.want):
            score += BITS.to_nothing
        return Correction(wanted.slots[0], followed, cause, params, score=score)


_TIMES = (("missing_part", -1), ("part_twice", 1), ("part_subtracted", -2))
_OTHERS = (("extra_part", 1),)
_TURNED: tuple[tuple[str, Callable[[Decimal], Decimal]], ...] = (
    ("sign", lambda x: -x),
    ("factor_1000", lambda x: x * _THOUSAND),
    ("factor_1000", lambda x: x / _THOUSAND),
    ("doubled", lambda x: x / 2),
    ("halved", lambda x: x * 2),
)
"""What turns a printed row into the intended one, with the slip that it is."""


def years_along(table: TableView) -> dict[int, int]:
    """Year → column, in the order of the years."""
    return dict(sorted(table.year_columns.items()))


def shifted(table: TableView, line: int, years: int) -> dict[int, Decimal]:
    """Column → the figure that belongs there if the row's figures stand under a header that is so many years late."""
    at = years_along(table)
    return {c: table.value(line, at[y + years]) for y, c in at.items() if y + years in at}
