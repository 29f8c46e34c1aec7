"""What the columns of a table (or its rows) have to do with each other: difference, sum, product, percent, average, …

A relation is searched for as sums are: it must hold, as intervals, in most places, and hold oftener than chance would
have it; what a heading says ("Afvigelse", "pct.", "Akkumuleret") counts for it.  A relation that holds in most places
is one that must hold in all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property, lru_cache
from itertools import permutations
from math import log2

from extract.records import record
from normalize.models import Column, ColumnKind, Role
from reconcile.figures.slips import slip
from reconcile.figures.view import ZERO, Batch, Slot, TableView
from reconcile.wording import stems_in, vocabulary


class Form(StrEnum):
    """How a target follows from its operands a, b, …"""

    DIFFERENCE = "difference"  # a − b
    SUM = "sum"  # a + b + …, or a + b − c
    PRODUCT = "product"  # a × b
    PERCENT = "percent"  # a / b × 100
    SHARE = "share"  # a / (a of the total) × 100
    RUNNING = "running"  # the target before + a
    CARRIED = "carried"  # a of the place before
    GROWTH = "growth"  # (a − b) / b × 100
    AVERAGE = "average"  # (a + b + …) / their number


@record
class Limits:
    """When a relation is believed."""

    bits: float = 10.0  # that what holds must carry together, less what fails
    hinted: float = 7.0  # bits that a heading is worth that says so
    unhinted: float = -6.0  # bits against a relation that no heading speaks of
    fail: float = -5.0  # bits against it for each place in which it fails
    most_bits: float = 8.0  # one place never proves more
    fewest: int = 2  # places in which it must hold, or all but hold
    rare: int = 5  # places in which it holds for each in which it fails, where no heading speaks of it
    reach: int = 6  # columns or rows between a target and its operands
    most_terms: int = 12  # columns that a sum adds up
    sample: int = 40  # places looked at first


LIMITS = Limits()
_NAMED = (Form.PERCENT, Form.SHARE, Form.CARRIED, Form.GROWTH, Form.AVERAGE)
"""What a column is taken for only where its heading says so."""
_PLAIN = (Form.DIFFERENCE, Form.SUM, Form.PRODUCT)
_ROUGH = 1e-9  # of the largest figure: more than what floats lose
HUNDRED = Decimal(100)
_RUN = 3  # years in a row that are a table's years, whatever is said beside them ("B2028 BO2029 BO2030")


@record
class Relation:
    """`target` is `form` of the operands (indices of columns, of rows where it runs along rows).

    `signs` are those of a sum's operands, `scale` what a product is divided by (its factors are in other units).
    """

    form: Form
    target: int
    operands: tuple[int, ...]
    signs: tuple[int, ...]
    of_rows: bool
    scale: Decimal = Decimal(1)
    bits: float = 0.0
    exact: bool = False  # of a product: its factors were not rounded, for elsewhere it holds to the last digit


@lru_cache(maxsize=1)
def relations(batch: Batch) -> dict[tuple[int, int], tuple[Relation, ...]]:
    """Table (case, index) → the relations among its columns and rows."""
    found = {(case.index, table.index): tuple(find(table)) for case, table in batch.tables()}
    return {place: of for place, of in found.items() if of}


def find(table: TableView) -> Iterator[Relation]:
    """The relations of a table, at most one for each column or row."""
    for grid in (Grid(table, of_rows=False), Grid(table, of_rows=True)):
        best = (max(grid.candidates(target), key=lambda r: r.bits, default=None) for target in grid.targets())
        found = [r for r in best if r is not None and r.bits >= LIMITS.bits]
        said: set[frozenset[int]] = set()
        for relation in sorted(found, key=lambda r: (not grid.hinted(r.form, r.target), -r.bits, r.target)):
            among = frozenset((relation.target, *relation.operands))
            if among not in said:  # a = b − c says no more than c = b − a
                said.add(among)
                yield relation


class Grid:
    """A table as lines of figures, its columns or its rows, and the places along them."""

    def __init__(self, table: TableView, *, of_rows: bool) -> None:
        self.table = table
        self.of_rows = of_rows
        columns = [c for c in table.columns if c.kind is not ColumnKind.TEXT]
        rows = list(table.figure_lines)
        self.lines = rows if of_rows else [c.index for c in columns]
        self.places = [c.index for c in columns] if of_rows else rows
        self._at = {place: k for k, place in enumerate(self.places)}
        self.plain_years = _plain_years(columns)

    def label(self, line: int) -> str:
        """What heads a column, or names a row."""
        return self.table.lines[line].label if self.of_rows else self.table.column_label(line)

    def slot(self, line: int, place: int) -> Slot:
        return self.table.slot(line, place) if self.of_rows else self.table.slot(place, line)

    def value(self, line: int, place: int) -> Decimal | None:
        """The figure there, None where none is printed or its column is not sure."""
        amount = self.table.amount(line, place) if self.of_rows else self.table.amount(place, line)
        return amount.value if amount is not None else None

    def half(self, line: int, place: int) -> Decimal:
        amount = self.table.amount(line, place) if self.of_rows else self.table.amount(place, line)
        return amount.half_step if amount is not None else ZERO

    def targets(self) -> Iterator[int]:
        """The lines that may follow from others: columns that are no plain years, rows that are named so."""
        for line in self.lines:
            if self.of_rows:
                if line not in self.table.parts_of and any(self.hinted(form, line) for form in Form):
                    yield line
            elif line not in self.plain_years and not self._sums_years(line):
                yield line

    def _sums_years(self, column: int) -> bool:
        found = self.table.column(column)
        return found is not None and found.kind is ColumnKind.TOTAL and len(self.table.year_of) > 1

    def hinted(self, form: Form, target: int) -> bool:
        """Whether the heading, or the row's name, says that it is such a thing."""
        said = vocabulary().row_relations if self.of_rows else vocabulary().relations
        return stems_in(self.label(target), said.get(form.value, ()))

    def candidates(self, target: int) -> Iterator[Relation]:
        """Every relation that the target may have, with what speaks for it."""
        at = self.lines.index(target)
        near = [x for x in self.lines[max(0, at - LIMITS.reach) : at + LIMITS.reach + 1] if x != target]
        before = self.lines[:at]
        named = {form for form in Form if self.hinted(form, target)}
        for form, operands, signs in (*self._pairs(near), *self._sums(before), *self._singles(near)):
            needs_name = self.of_rows or form in _NAMED
            if form in named or not needs_name:
                worth = (LIMITS.hinted if form in named else LIMITS.unhinted) - 0.5 * len(operands)
                yield from self._weighed(form, target, operands, signs, worth)

    def _pairs(self, near: Sequence[int]) -> Iterator[tuple[Form, tuple[int, ...], tuple[int, ...]]]:
        for a, b in permutations(near, 2):
            yield Form.DIFFERENCE, (a, b), (1, -1)
            yield Form.PERCENT, (a, b), (1, 1)
            yield Form.GROWTH, (a, b), (1, -1)
            if a < b:
                yield Form.PRODUCT, (a, b), (1, 1)

    def _sums(self, before: Sequence[int]) -> Iterator[tuple[Form, tuple[int, ...], tuple[int, ...]]]:
        for count in range(2, min(len(before), LIMITS.most_terms) + 1):
            yield Form.SUM, tuple(before[-count:]), (1,) * count
            yield Form.AVERAGE, tuple(before[-count:]), (1,) * count
        if len(before) >= 3:
            yield Form.SUM, tuple(before[-3:]), (1, 1, -1)

    def _singles(self, near: Sequence[int]) -> Iterator[tuple[Form, tuple[int, ...], tuple[int, ...]]]:
        for a in near:
            yield Form.RUNNING, (a,), (1,)
            yield Form.CARRIED, (a,), (1,)
            if not self.of_rows and self.table.grand_total is not None:
                yield Form.SHARE, (a,), (1,)

    def _weighed(
        self, form: Form, target: int, operands: tuple[int, ...], signs: tuple[int, ...], worth: float
    ) -> Iterator[Relation]:
        scales = (Decimal(1), Decimal(1000), Decimal(1_000_000)) if form is Form.PRODUCT else (Decimal(1),)
        for scale in scales:
            if form in _PLAIN and not self._may_hold(form, (target, *operands), signs, float(scale)):
                continue
            relation = Relation(form, target, operands, signs, self.of_rows, scale)
            bits = self._bits(relation, self.places[: LIMITS.sample], LIMITS.bits - worth)
            if bits is not None and len(self.places) > LIMITS.sample:
                bits = self._bits(relation, self.places, LIMITS.bits - worth)
            if bits is not None:
                exact = form is Form.PRODUCT and self._holds_exactly(relation)
                yield replace(relation, bits=bits + worth, exact=exact)

    def _may_hold(self, form: Form, lines: tuple[int, ...], signs: tuple[int, ...], scale: float) -> bool:
        """Whether a sum, difference or product may hold in half of the places: reckoned roughly, for most do not."""
        holds = filled = 0
        for stated, *parts in zip(*(self._rough[line] for line in lines), strict=True):
            if stated is None or None in parts:
                continue
            known = [part for part in parts if part is not None]
            if form is Form.PRODUCT:
                (a, ha), (b, hb) = known
                expected, slack = a * b / scale, (abs(a) * hb + abs(b) * ha) / scale
            else:
                expected = sum([sign * value for sign, (value, _) in zip(signs, known, strict=True)])
                slack = sum([half for _, half in known])
            if stated[0] or expected:
                largest = max(abs(stated[0]), abs(expected), *(abs(value) for value, _ in known))
                filled += 1
                off = abs(stated[0] - expected) > slack + stated[1] + _ROUGH * (1 + largest)
                holds += not off  # what is no number any more may hold, too
        return holds > 0 and 2 * holds >= filled

    @cached_property
    def _rough(self) -> dict[int, list[tuple[float, float] | None]]:
        """The figures of each line with their half steps, place by place; None where none is printed."""
        rough: dict[int, list[tuple[float, float] | None]] = {}
        for line in self.lines:
            amounts = (self.table.amount(*((line, p) if self.of_rows else (p, line))) for p in self.places)
            rough[line] = [None if a is None else (float(a.value), float(a.half_step)) for a in amounts]
        return rough

    def _holds_exactly(self, relation: Relation) -> bool:
        """Whether a product holds to the target's last digit in most places in which it holds at all.

        Factors that were rounded would leave something over.  Where nothing but figures says that it is a product, it
        must be so in two places or more; called a number and a price, in half of them.
        """
        off: list[bool] = []
        for place in self.places:
            expected, stated = self.expected(relation, place), self.value(relation.target, place)
            if expected is not None and stated and abs(stated - expected[0]) <= expected[1]:
                off.append(abs(stated - expected[0]) > self.half(relation.target, place))
        exact, rounded = off.count(False), off.count(True)
        return exact >= max(rounded, 1) if self._priced(relation) else exact >= max(rounded + 1, LIMITS.fewest)

    def _bits(self, relation: Relation, places: Sequence[int], least: float) -> float | None:
        """What the places say for a relation; None where it does not hold in most, or will not come to `least`."""
        holds = fails = slips = 0
        bits = 0.0
        for looked_at, place in enumerate(places):
            may_come = bits + LIMITS.most_bits * (len(self.places) - looked_at)
            if may_come < least and not self._told(relation):
                return None
            stated = self.value(relation.target, place)
            expected = self.expected(relation, place) if stated is not None else None
            if expected is None or stated is None or not (stated or expected[0]):
                continue
            off, slack = abs(stated - expected[0]), expected[1] + self.half(relation.target, place)
            if off <= slack or (relation.form is Form.RUNNING and self._runs_on(relation, place, stated)):
                if self._tells(relation, place, stated):
                    holds += 1
                    bits += _information(stated, slack)
            else:
                fails += 1
                bits += LIMITS.fail
                if self._slipped(relation, place, stated, expected[0]):
                    slips += 1
                    bits += _information(stated, slack)
        if holds and (holds >= fails or relation.form is Form.CARRIED) and self._told(relation):
            return bits - LIMITS.fail * fails + LIMITS.hinted
        if holds == fails == slips:
            return bits if holds else None
        common = fails > 1 and holds < fails * LIMITS.rare and not self.hinted(relation.form, relation.target)
        return bits if holds >= LIMITS.fewest and holds > fails and not common else None

    def _told(self, relation: Relation) -> bool:
        """Whether what its operands are called, or that there are no others, says so as clearly as its own heading."""
        if relation.form is Form.PRODUCT:
            return self._priced(relation)
        if relation.form in (Form.GROWTH, Form.DIFFERENCE):  # of the only two columns before it
            return self.hinted(relation.form, relation.target) and self.lines[
                : self.lines.index(relation.target)
            ] == sorted(relation.operands)
        return relation.form is Form.CARRIED and self._named_so(relation)

    def _slipped(self, relation: Relation, place: int, stated: Decimal, expected: Decimal) -> bool:
        """Whether what a sum or difference should be stands there but for a slip that leaves its mark.

        The sign is turned, one digit is another, or one of the operands is left out.
        """
        if relation.form not in (Form.SUM, Form.DIFFERENCE) or not stated:
            return False
        operands = [self.value(operand, place) for operand in relation.operands]
        left_out = any(value is not None and abs(expected - stated) == abs(value) for value in operands)
        return stated == -expected or left_out or slip(stated, expected) == "mistyped_digit"

    def _tells(self, relation: Relation, place: int, stated: Decimal) -> bool:
        """Whether that a sum or difference holds there is more than that one figure is printed again and again."""
        if relation.form not in (Form.SUM, Form.DIFFERENCE):
            return True
        return all(abs(self.value(operand, place) or ZERO) != abs(stated) for operand in relation.operands)

    def _priced(self, relation: Relation) -> bool:
        """Whether the factors are called a number and a price."""
        words = vocabulary()
        a, b = (self.label(operand) for operand in relation.operands)
        return any(stems_in(x, words.number) and stems_in(y, words.price) for x, y in ((a, b), (b, a)))

    def _named_so(self, relation: Relation) -> bool:
        """Whether the two are called alike but for opening and closing ("Saldo primo", "Saldo ultimo")."""
        opening, closing = self.label(relation.target).casefold(), self.label(relation.operands[0]).casefold()
        return "ultimo" in closing and opening.replace("primo", "") == closing.replace("ultimo", "")

    def _runs_on(self, relation: Relation, place: int, stated: Decimal) -> bool:
        """Whether a running sum is right from the beginning, though the place before it is wrong."""
        so_far = self.places[: self._at[place] + 1]
        first = self.places[0] if self._brought_forward(relation) else None
        from_before = ZERO if first is None else self._figure(relation.target, first)
        summed = from_before + sum((self._figure(relation.operands[0], p) for p in so_far if p != first), ZERO)
        return abs(stated - summed) <= sum((self.half(relation.operands[0], p) for p in so_far), ZERO)

    def _figure(self, line: int, place: int) -> Decimal:
        return self.value(line, place) or ZERO

    def expected(self, relation: Relation, place: int) -> tuple[Decimal, Decimal] | None:
        """(what the target must be there, how far rounding of the operands may move it); None where one is blank."""
        terms = self.terms(relation, place)
        if terms is None:
            return None
        total, slack = ZERO, ZERO
        for slot, factor, move in terms:
            total += self.table.value(slot.line, slot.column) * factor
            slack += move
        return total, slack

    def terms(self, relation: Relation, place: int) -> list[tuple[Slot, Decimal, Decimal]] | None:
        """(figure, factor, how far rounding may move their product) of each operand; None where one is not printed.

        Of a product and a quotient the first operand is the figure, the others are in its factor.
        """
        values = [self.value(operand, place) for operand in relation.operands]
        if any(v is None for v in values):
            return None
        figures = [v for v in values if v is not None]
        halves = [self.half(operand, place) for operand in relation.operands]
        slots = [self.slot(operand, place) for operand in relation.operands]
        if relation.form is Form.RUNNING:
            return self._running(relation, place, slots[0], halves[0])
        if relation.form is Form.CARRIED:
            at = self._at[place]
            if at == 0 or self.value(relation.operands[0], self.places[at - 1]) is None:
                return None
            before = self.places[at - 1]
            return [(self.slot(relation.operands[0], before), Decimal(1), self.half(relation.operands[0], before))]
        if relation.form is Form.PRODUCT:
            (a, b), (ha, hb) = figures, halves
            moved = ZERO if relation.exact else abs(a) * hb + abs(b) * ha
            return [(slots[0], b / relation.scale, moved / relation.scale)]
        if relation.form is Form.AVERAGE:
            share = Decimal(1) / len(slots)
            return [(slot, share, half * share) for slot, half in zip(slots, halves, strict=True)]
        if relation.form is Form.GROWTH:
            if not figures[1]:
                return None
            factor = HUNDRED / figures[1]
            moved = abs(factor) * (halves[0] + abs(figures[0] / figures[1]) * halves[1])
            return [(slots[0], factor, moved), (slots[1], -factor, ZERO)]
        if relation.form in (Form.PERCENT, Form.SHARE):
            whole = figures[1] if relation.form is Form.PERCENT else self._whole(relation.operands[0])
            if not whole:
                return None
            factor = HUNDRED / whole
            return [(slots[0], factor, abs(factor) * (halves[0] + abs(figures[0] / whole) * halves[-1]))]
        return [(slot, Decimal(sign), h) for slot, sign, h in zip(slots, relation.signs, halves, strict=True)]

    def _whole(self, column: int) -> Decimal:
        total = self.table.grand_total
        return self.table.value(total, column) if total is not None else ZERO

    def _running(
        self, relation: Relation, place: int, slot: Slot, half: Decimal
    ) -> list[tuple[Slot, Decimal, Decimal]] | None:
        at = self._at[place]
        own = (slot, Decimal(1), half)
        if at == 0:
            return None if self._brought_forward(relation) else [own]
        earlier = self.places[at - 1]
        if self.value(relation.target, earlier) is None:
            return None
        return [(self.slot(relation.target, earlier), Decimal(1), self.half(relation.target, earlier)), own]

    def _brought_forward(self, relation: Relation) -> bool:
        """Whether a running sum begins with more than its first figure, and runs on from there: it had a balance."""
        if len(self.places) < LIMITS.fewest:
            return False
        target, operand = relation.target, relation.operands[0]
        so_far, own = ([self._figure(line, p) for p in self.places[:2]] for line in (target, operand))
        return so_far[0] != own[0] and so_far[1] == so_far[0] + own[1]


def _plain_years(columns: Sequence[Column]) -> set[int]:
    """The columns of years that run on, or called by their year alone, or by words that another year's has as well.

    A heading that stands there again may have been another column's.
    """
    first = {c.label: c.index for c in reversed(columns)}
    own = [c for c in columns if c.kind is ColumnKind.YEAR and first[c.label] == c.index]
    said = [(c.index, c.year, c.label.replace(str(c.year), "").strip()) for c in own]
    relations_of_columns = vocabulary().relations.values()
    years = [year for _, year, _ in said if year is not None]
    run_on = len(years) >= _RUN and years == list(range(years[0], years[0] + len(years)))
    return {
        index
        for index, year, words in said
        if not any(stems_in(words, stems) for stems in relations_of_columns)
        and (run_on or not words or any(other == words and y != year for _, y, other in said))
    }


def _information(stated: Decimal, slack: Decimal) -> float:
    """Bits that a place carries in which a relation holds: few for small or round figures."""
    digits = str(abs(stated).normalize().as_tuple().digits).count(",") if stated else 0
    width = 10.0 ** max(digits, 1)
    grain = max(float(2 * slack / abs(stated)) * width, 1.0) if stated else width
    return min(LIMITS.most_bits, log2(width / grain) if width > grain else 0.0)


def ratio_columns(found: Sequence[Relation]) -> frozenset[int]:
    """The columns that do not add up down the rows, because each figure is a quotient of its row's."""
    return frozenset(r.target for r in found if not r.of_rows and r.form in (Form.PERCENT, Form.GROWTH))


def related_columns(found: Sequence[Relation]) -> frozenset[int]:
    """The columns that follow from others of their rows."""
    return frozenset(r.target for r in found if not r.of_rows)


def memo_parents(table: TableView) -> Iterator[tuple[int, int]]:
    """("heraf" row, the row above that it is part of); not where it may be part of all that stands above."""
    parent: int | None = None
    lines = table.figure_lines
    for at, line in enumerate(lines):
        if table.lines[line].role is not Role.MEMO:
            parent = line
        elif parent is not None and stems_in(table.lines[line].label, vocabulary().part):
            after = next((x for x in lines[at:] if table.lines[x].role is not Role.MEMO), None)
            if parent in table.parts_of or (after is not None and not _sums_above(table, after)):
                yield line, parent


def _sums_above(table: TableView, line: int) -> bool:
    """Whether a line adds up lines above it."""
    return any(part < line for part, _ in table.parts_of.get(line, ()))
