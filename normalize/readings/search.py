"""The search over all rows' readings at once: what small sums settle, then a beam, the most constrained row first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from math import prod
from operator import add

from extract.records import record
from normalize.models import Sum
from normalize.readings.candidates import Candidate
from normalize.sums.arithmetic import information

MISS = -5.0
MOST_MISSES = -14.0
KEEP = 90  # joint readings kept at each step
FAR = 40.0  # bits below the best at which a joint reading is given up
SMALL = 400  # a sum with no more combinations of readings is settled by itself, if it can be
CLEAR = 10.0  # bits by which a combination must lead to be settled
Picks = tuple[int, ...]  # the option chosen for each row, -1 where none is yet
Vector = tuple[int, ...]


@dataclass(slots=True)
class _Figures:
    """A row's options in scaled integers; `filled` has the blanks as 0."""

    value: list[tuple[int | None, ...]] = field(default_factory=list)
    filled: list[Vector] = field(default_factory=list)
    half: list[Vector] = field(default_factory=list)

    @classmethod
    def scaled(cls, options: Sequence[Candidate], scale: Decimal) -> _Figures:
        """The figures of a row's options in steps of `1 / scale`."""
        made = cls()
        for option in options:
            values = tuple(None if v is None else int(v.value * scale) for v in option.values)
            made.value.append(values)
            made.filled.append(tuple(v or 0 for v in values))
            made.half.append(tuple(0 if v is None else int(v.half_step * scale) for v in option.values))
        return made


@record
class Kept:
    """A joint reading: its score in bits, the part of it that comes from figures, the option chosen for each row."""

    score: float
    firm: float
    picks: Picks


@record
class _State:
    outlook: float
    score: float
    firm: float
    picks: Picks
    partial: tuple[Vector, ...]  # per sum: the signed sum of the parts chosen so far


class Solver:
    """Chooses an option for each row so that the sums close; keeps the best joint choices with their scores in bits."""

    def __init__(self, options: Sequence[Sequence[Candidate]], sums: Sequence[Sum], columns: int) -> None:
        """`options` are the readings of each row; `sums` the structure they must satisfy as far as it can be."""
        self.options = options
        self.sums = [(found.total, found.parts) for found in sums]
        self.columns = columns
        scale = Decimal(10) ** self._digits()
        self.figures = [_Figures.scaled(choices, scale) for choices in options]
        self.members = [{total, *(part for part, _ in parts)} for total, parts in self.sums]
        coarsest = [max((half for halves in f.half for half in halves), default=0) for f in self.figures]
        self.widest = [sum(coarsest[row] for row in members) for members in self.members]
        self.signs = [dict(parts) for _, parts in self.sums]

    def _digits(self) -> int:
        digits = 0
        for choices in self.options:
            for value in choices[0].values:
                if value is not None:
                    for number in value:
                        exponent = number.as_tuple().exponent
                        digits = max(digits, -exponent if isinstance(exponent, int) else 0)
        return digits

    def run(self) -> list[Kept]:
        """The best joint readings, best first."""
        domains = [list(range(len(choices))) for choices in self.options]
        self._settle(domains)
        picks: Picks = tuple(domain[0] if len(domain) == 1 else -1 for domain in domains)
        open_rows = {row for row, pick in enumerate(picks) if pick < 0}
        states = [self._start(picks, open_rows)]
        while open_rows:
            row = self._next(open_rows, domains)
            open_rows.discard(row)
            concerned = [(i, bool(m & open_rows)) for i, m in enumerate(self.members) if row in m]
            grown = [self._grow(state, row, choice, concerned) for state in states for choice in domains[row]]
            grown.sort(key=lambda s: (-s.outlook, s.picks))
            states = [state for state in grown[:KEEP] if state.outlook > grown[0].outlook - FAR]
        ranked = sorted(states, key=lambda s: (-s.score, s.picks))
        return [Kept(state.score, state.firm, state.picks) for state in ranked]

    def _start(self, picks: Picks, open_rows: set[int]) -> _State:
        firm = sum(self.bits(i, picks) for i, members in enumerate(self.members) if not members & open_rows)
        partial = [self._vector(index, picks) for index in range(len(self.sums))]
        return _State(firm, firm, firm, picks, tuple(partial))

    def _grow(self, state: _State, row: int, choice: int, concerned: Sequence[tuple[int, bool]]) -> _State:
        option = self.options[row][choice]
        filled = self.figures[row].filled[choice]
        picks = (*state.picks[:row], choice, *state.picks[row + 1 :])
        firm = state.firm + option.firm
        sums = list(state.partial)
        outlook = 0.0
        for index, is_open in concerned:
            sign = self.signs[index].get(row)
            if sign is not None:
                sums[index] = _plus(sums[index], filled, sign)
            if is_open:
                outlook += self._outlook(index, picks, sums[index])
            else:
                firm += self._weigh(index, picks, sums[index])[0]
        score = state.score + (firm - state.firm) + option.habit
        return _State(score + outlook, score, firm, picks, tuple(sums))

    def _next(self, open_rows: set[int], domains: Sequence[Sequence[int]]) -> int:
        def rank(row: int) -> tuple[int, int, int]:
            waiting = [len(m & open_rows) for m in self.members if row in m]
            return min(waiting, default=99), len(domains[row]), row

        return min(open_rows, key=rank)

    def _settle(self, domains: list[list[int]]) -> None:
        """Narrow the options by sums that have few combinations left and one that leads clearly by its figures."""
        changed = True
        while changed:
            changed = False
            for index, (total, _) in enumerate(self.sums):
                members = sorted(self.members[index])
                if len(domains[total]) == 1:
                    changed |= self._trim(index, domains)
                if 1 < prod(len(domains[row]) for row in members) <= SMALL:
                    changed |= self._lead(index, members, domains)

    def _trim(self, index: int, domains: list[list[int]]) -> bool:
        """Drop options that put a figure where the total is blank, in a sum of one sign, while others remain."""
        total, parts = self.sums[index]
        stated = self.figures[total].filled[domains[total][0]]
        everything = [v for part, _ in parts for v in self.figures[part].filled[domains[part][0]]]
        if any(v < 0 for v in everything) == any(v > 0 for v in everything) or any(sign < 0 for _, sign in parts):
            return False
        changed = False
        for part, _ in parts:
            if len(domains[part]) == 1:
                continue
            fitting = [
                choice
                for choice in domains[part]
                if all(abs(v) <= abs(t) for v, t in zip(self.figures[part].filled[choice], stated, strict=True))
            ]
            if fitting and len(fitting) < len(domains[part]):
                domains[part] = fitting
                changed = True
        return changed

    def _lead(self, index: int, members: Sequence[int], domains: list[list[int]]) -> bool:
        free = [row for row in members if len(domains[row]) > 1]
        base = [domain[0] for domain in domains]
        ranked: list[tuple[float, tuple[int, ...]]] = []
        for combination in product(*(domains[row] for row in free)):
            for row, choice in zip(free, combination, strict=True):
                base[row] = choice
            chosen = tuple(base)
            bits, clean = self._weigh(index, chosen, self._vector(index, chosen))
            firm = sum(self.options[row][choice].firm for row, choice in zip(free, combination, strict=True))
            ranked.append((bits + firm + (0.0 if clean else -CLEAR), combination))
        ranked.sort(key=lambda r: -r[0])
        lead = ranked[0][0] - ranked[1][0]
        if lead < CLEAR or ranked[0][0] <= 0:
            return False
        for row, choice in zip(free, ranked[0][1], strict=True):
            domains[row] = [choice]
        return True

    def bits(self, index: int, picks: Picks) -> float:
        """What sum `index` says of a choice of readings for all its rows."""
        return self._weigh(index, picks, self._vector(index, picks))[0]

    def _vector(self, index: int, picks: Picks) -> Vector:
        vector: Vector = (0,) * self.columns
        for part, sign in self.sums[index][1]:
            if picks[part] >= 0:
                vector = _plus(vector, self.figures[part].filled[picks[part]], sign)
        return vector

    def _weigh(self, index: int, picks: Picks, vector: Vector) -> tuple[float, bool]:
        """Bits for a sum whose parts add up to `vector`, and whether no column misses."""
        total, parts = self.sums[index]
        stated = self.figures[total].filled[picks[total]]
        score = missed = 0.0
        for column, (here, summed) in enumerate(zip(stated, vector, strict=True)):
            off = abs(here - summed)
            if off and (off > self.widest[index] or off > self._slack(index, picks, column)):
                missed += MISS
                continue
            figures = [self.figures[part].filled[picks[part]][column] for part, _ in parts]
            if here or any(figures):
                score += max(2.0, information(here, figures, off))
        return score + max(missed, MOST_MISSES), not missed

    def _slack(self, index: int, picks: Picks, column: int) -> int:
        total, parts = self.sums[index]
        slack = self.figures[total].half[picks[total]][column]
        return slack + sum(self.figures[part].half[picks[part]][column] for part, _ in parts)

    def _outlook(self, index: int, picks: Picks, partial: Vector) -> float:
        """How a sum with rows still open will fare: parts where the total is blank, or beyond the total."""
        total = self.sums[index][0]
        if picks[total] < 0:
            return 0.0
        outlook = 0.0
        for here, some in zip(self.figures[total].filled[picks[total]], partial, strict=True):
            if (some and not here) or (here > 0 and some > here):
                outlook += MISS
        return outlook

    def evidence(self, row: int, picks: Picks) -> bool:
        """Whether a sum holds this row's reading in place: it closes in most columns in which the row has a figure."""
        filled = self.figures[row].filled[picks[row]]
        for index, members in enumerate(self.members):
            if row not in members:
                continue
            stated = self.figures[self.sums[index][0]].filled[picks[self.sums[index][0]]]
            vector = self._vector(index, picks)
            closing = [
                abs(here - summed) <= self._slack(index, picks, column)
                for column, (mine, here, summed) in enumerate(zip(filled, stated, vector, strict=True))
                if mine
            ]
            if sum(closing) * 2 > len(closing):
                return True
        return False


def _plus(left: Vector, right: Vector, sign: int) -> Vector:
    if sign == 1:
        return tuple(map(add, left, right))
    return tuple(a + sign * b for a, b in zip(left, right, strict=True))
