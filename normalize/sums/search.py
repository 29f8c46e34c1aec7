"""The search: rows are read from top to bottom, and each is a part still waiting for its total, or a total.

A state holds a stack of what still waits: rows that no total has taken, with marks where sections began.  A row may be
put on the stack, take rows from the stack's top as its parts (a total below its parts), or, being on the stack, take
all that came after it (a total above its parts).  States are scored in bits: what labels, style, sections and order
say, and what the figures say.  The best few go on, so that a total that does not close is still found by its place,
and a chance sum loses against the structure of the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.records import record
from normalize.models import Role
from normalize.sums.arithmetic import Evidence, Numbers, Part
from normalize.sums.rows import SumRow
from normalize.sums.sections import OUTSIDE, TOTALS, blank_roles

MARK = -1  # on the stack: a section began here
_Candidate = tuple[tuple[Part, ...], float, tuple[str, ...]]  # parts, what their shape is worth, what speaks for them


@record
class Weights:
    """What each kind of evidence is worth, in bits; the figures were set on generated tables, not on any document."""

    hinted: float = 8.0  # the label says total
    unhinted: float = -5.0  # it does not, in a table without any such label
    unhinted_among_hinted: float = -9.0  # it does not, and other labels do
    bold: float = 2.0
    rule: float = 2.0
    shaded: float = 1.0
    last: float = 1.5
    deeper: float = 3.0  # all parts are indented deeper than the total, or (against it) less deep
    miss: float = -4.0
    all_misses: float = -8.0  # however many columns miss, a labelled total stays one
    blank: float = -2.0
    most: float = 26.0
    section: float = 3.0  # the parts are all that came since the section began
    whole: float = 2.0  # the parts are all that waits
    totals: float = 1.5  # the parts are totals themselves
    mixed: float = -4.0  # the parts are totals and rows of no total
    left_out: float = -4.0  # a row of the same section that the total does not take
    left_out_hinted: float = -32.0  # likewise where the label says total: rather a wrong total than a row without one
    skipped: float = -4.0  # likewise, between the parts
    single: float = -2.0
    difference: float = -5.0
    above: float = -1.5  # a total above its parts
    turned: float = -5.0  # a total above its parts where others stand below theirs, and the reverse
    least_parts: int = 1
    aside: float = -3.0  # a row in italics among upright ones is a part after all
    group: float = -1.0


@record
class Found:
    """A sum as found: its total, its signed parts, what it was found from."""

    total: int
    parts: tuple[Part, ...]
    by: tuple[str, ...]
    gain: float

    @property
    def above(self) -> bool:
        """Whether the total stands above its parts."""
        return self.total < self.parts[0][0]


@record
class State:
    """One way to read the rows so far."""

    score: float = 0.0
    stack: tuple[int, ...] = ()
    sums: tuple[Found, ...] = ()
    heads: frozenset[int] = frozenset()  # rows that are totals

    def key(self) -> tuple[tuple[int, ...], tuple[tuple[int, tuple[Part, ...]], ...]]:
        """Two states with the same key are the same reading."""
        return self.stack, tuple((found.total, found.parts) for found in self.sums)


class Search:
    """A beam search over the readings of one grid."""

    def __init__(
        self,
        rows: Sequence[SumRow],
        columns: int,
        *,
        beam: int = 8,
        reach: int = 60,
        weights: Weights | None = None,
    ) -> None:
        """`beam` states are kept a row; a total reaches over at most `reach` waiting rows."""
        self.rows = rows
        self.blanks = blank_roles(rows)
        self.numbers = Numbers.of(rows, columns)
        self.beam = beam
        self.reach = reach
        self.weights = weights or Weights()
        self.hinted = [row.hint in TOTALS for row in rows]
        self.any_hint = any(hinted and not row.blank for hinted, row in zip(self.hinted, rows, strict=True))
        filled = [i for i, row in enumerate(rows) if not row.blank and row.hint not in OUTSIDE]
        slanted = [i for i in filled if rows[i].italic and not self.hinted[i]]
        self.indented = len({round(rows[i].indent) for i in filled}) > 1
        self.aside = frozenset(slanted if len(slanted) * 4 <= len(filled) else ())
        self.last = filled[-1] if filled else -1
        details = [rows[i] for i in filled if not self.hinted[i]]
        self.bold_tells = not details or sum(row.bold for row in details) * 3 <= len(details)
        self.rule_tells = sum(rows[i].rule_above for i in filled) * 2 <= len(filled)
        self.shade_tells = sum(rows[i].shaded for i in filled) * 2 < len(filled)

    def run(self) -> list[State]:
        """The best readings of all rows, best first."""
        states = [State()]
        for index, row in enumerate(self.rows):
            if row.hint in OUTSIDE or (row.blank and self.blanks[index] is not Role.SECTION):
                continue
            grown: list[State] = []
            for state in states:
                for closed in self._close_above(state, eager=row.blank or self.hinted[index]):
                    grown.extend(self._read(closed, index))
            states = self._best(grown)
        ended = [closed for state in states for closed in self._close_above(state, eager=True)]
        return self._best(ended)

    def _best(self, states: list[State]) -> list[State]:
        unique: dict[object, State] = {}
        for state in sorted(states, key=lambda s: (-s.score, len(s.sums), s.stack)):
            unique.setdefault(state.key(), state)
            if len(unique) == self.beam:
                break
        return list(unique.values())

    def _read(self, state: State, index: int) -> Iterator[State]:
        """All readings of row `index`: it waits, or it is the total of rows that wait."""
        row = self.rows[index]
        if row.blank:
            yield State(state.score, (*state.stack[-2 * self.reach :], MARK), state.sums, state.heads)
            return
        waits = -self.weights.hinted if self.hinted[index] else 0.0
        if (
            state.stack
            and self.hinted[state.stack[-1]]
            and any(found.above and found.total == state.stack[-1] for found in state.sums)
        ):
            waits += self.weights.left_out_hinted
        if index in self.aside:
            # set apart by italics: most likely a remark that belongs to no sum
            yield state
            waits += self.weights.aside
        waiting = state.stack[-2 * self.reach :]  # what waits longer is out of every total's reach
        yield State(state.score + waits, (*waiting, index), state.sums, state.heads)
        for parts, shape, by in self._candidates(state, index):
            gain = self._gain(index, parts, shape)
            if gain is None:
                continue
            gain += self.weights.turned * any(found.above for found in state.sums)
            taken = {part for part, _ in parts}
            kept = tuple(item for item in state.stack if item not in taken)
            while kept and kept[-1] == MARK:
                kept = kept[:-1]
            found = Found(index, parts, (*self._by(index), *by), gain)
            yield State(state.score + gain, (*kept, index), (*state.sums, found), state.heads | {index})

    def _candidates(self, state: State, index: int) -> Iterator[_Candidate]:
        """Sets of waiting rows that row `index` may add up, with what their shape is worth."""
        waiting = [item for item in state.stack if item != MARK]
        if waiting:
            yield from self._latest(state, index, waiting)
            yield from self._of_totals(state, waiting)
            yield from self._difference(index, waiting)
            yield from self._grouped(state, index, waiting)

    def _latest(self, state: State, index: int, waiting: Sequence[int]) -> Iterator[_Candidate]:
        """The last rows, however many; where the label does not say total, those whose figures do."""
        hinted = self.hinted[index]
        near = waiting[: -self.reach - 1 : -1]  # what waits longer is out of a total's reach
        met = range(len(near)) if hinted else self.numbers.met([index] * len(near), near)
        segment = self._segment(state, waiting)
        totals = 0  # of those taken
        for place, item in enumerate(near):
            totals += item in state.heads
            if place in met:
                taken = near[: place + 1]
                shape, by = self._shape(state, taken, totals, waiting, segment, hinted=hinted)
                yield tuple([(part, 1) for part in reversed(taken)]), shape, by

    def _of_totals(self, state: State, waiting: Sequence[int]) -> Iterator[_Candidate]:
        """The last totals; leaves between them stay outside ("heraf" rows that nothing marks as such)."""
        heads = [item for item in waiting if item in state.heads]
        if len(heads) < 2 or heads == waiting[-len(heads) :]:
            return
        for count in range(2, len(heads) + 1):
            some = heads[-count:]
            skipped = sum(1 for item in waiting if item > some[0] and item not in state.heads)
            shape = self.weights.totals + skipped * self.weights.skipped
            yield tuple((part, 1) for part in some), shape, ("order",)

    def _difference(self, index: int, waiting: Sequence[int]) -> Iterator[_Candidate]:
        """The last row but one, less the last."""
        if len(waiting) < 2 or (self.hinted[index] and self._opposed(*waiting[-2:])):
            return
        first, second = waiting[-2:]
        shape = self.weights.difference + (self.weights.whole if len(waiting) == 2 else 0.0)
        yield ((first, 1), (second, -1)), shape, ("order",)

    def _opposed(self, first: int, second: int) -> bool:
        """Whether two rows have opposite signs wherever both have a figure: signs are printed, so a total adds."""
        pairs = zip(self.numbers.value[first], self.numbers.value[second], strict=True)
        signs = [a * b < 0 for a, b in pairs if a and b]
        return bool(signs) and all(signs)

    def _grouped(self, state: State, index: int, waiting: Sequence[int]) -> Iterator[_Candidate]:
        """Rows of one steering area, for a total split by it."""
        leaves = [item for item in waiting if item not in state.heads]
        groups = {self.rows[item].group for item in leaves} - {None}
        if not groups or not self.hinted[index]:
            return
        label = self.rows[index].label.casefold()
        for group in sorted(g for g in groups if g):
            some = [item for item in leaves if self.rows[item].group == group]
            if len(some) == len(waiting):
                continue
            named = group.casefold() in label
            shape = self.weights.group + (self.weights.section if named else 0.0)
            yield tuple((part, 1) for part in some), shape, ("label",) if named else ("order",)

    def _since_mark(self, stack: tuple[int, ...]) -> list[int]:
        since: list[int] = []
        for item in reversed(stack):
            if item == MARK:
                if since:
                    return since
                continue
            since.append(item)
        return since if MARK in stack else []

    def _segment(self, state: State, waiting: Sequence[int]) -> int:
        """How many rows came since the section began, or since the last total; 0 where neither parts them."""
        since_mark = self._since_mark(state.stack)
        run = self._run(state, waiting)
        return len(since_mark) or (run if run < len(waiting) else 0)

    def _shape(
        self, state: State, taken: Sequence[int], heads: int, waiting: Sequence[int], segment: int, *, hinted: bool
    ) -> tuple[float, tuple[str, ...]]:
        """What it is worth to add up the waiting rows `taken`, `heads` of them totals, and what speaks for it."""
        weights = self.weights
        count = len(taken)
        score = 0.0
        by: list[str] = []
        if count == segment:
            score += weights.section
            by.append("section")
        elif count < len(waiting) and (count < segment or not segment):
            beyond = waiting[-count - 1]
            if (beyond in state.heads) == (taken[-1] in state.heads):
                closing = hinted and (beyond not in state.heads or not self._hinted_later(max(taken)))
                score += weights.left_out_hinted if closing else weights.left_out
        if count == len(waiting):
            score += weights.whole
            by.append("order")
        if heads == count:
            score += weights.totals if heads > 1 else 0.0
        elif heads:
            score += weights.mixed
        if count == 1 and not heads and segment != 1:
            score += weights.single
        return score, tuple(by)

    def _hinted_later(self, row: int) -> bool:
        """Whether two more totals follow a row: the one in question and another that may take what it leaves."""
        return sum(self.hinted[row + 1 :]) > 1

    def _run(self, state: State, waiting: Sequence[int]) -> int:
        """How many leaves wait since the last total; all heads count as one run of their own."""
        for count, item in enumerate(reversed(waiting)):
            if (item in state.heads) != (waiting[-1] in state.heads):
                return count
        return len(waiting)

    def _gain(self, total: int, parts: tuple[Part, ...], shape: float) -> float | None:
        """What reading `total` as the sum of `parts` is worth, None where nothing speaks for it."""
        weights = self.weights
        if len(parts) < weights.least_parts:
            return None
        evidence = self.numbers.weigh(total, parts)
        minus = any(sign < 0 for _, sign in parts)
        hinted = self.hinted[total]
        if (not hinted or minus) and (evidence.closes <= evidence.misses or evidence.bits <= 0):
            return None
        prior = weights.hinted if hinted else weights.unhinted_among_hinted if self.any_hint else weights.unhinted
        row = self.rows[total]
        prior += weights.bold * (row.bold and self.bold_tells)
        prior += weights.rule * (row.rule_above and self.rule_tells)
        prior += weights.shaded * (row.shaded and self.shade_tells)
        prior += weights.last * (total == self.last)
        if self.indented:
            depth = min(self.rows[part].indent for part, _ in parts) - row.indent
            prior += weights.deeper * (depth > 0) - weights.deeper * (depth < 0)
        return prior + shape + self._figures(evidence, hinted)

    def _figures(self, evidence: Evidence, hinted: bool) -> float:
        weights = self.weights
        missed = evidence.misses * weights.miss + evidence.blank * weights.blank
        if hinted:
            missed = max(missed, weights.all_misses)
        return min(evidence.bits + missed, weights.most)

    def _close_above(self, state: State, *, eager: bool) -> list[State]:
        """The state, and the states in which a waiting row above has taken all that came after it.

        `eager` closes labelled totals that do not close in figures too: a new section, another total or the end of the
        table says that their parts are complete.
        """
        done = [state]
        frontier = [state]
        for _ in range(4):
            grown: list[State] = []
            for reading in frontier:
                grown.extend(self._heads_above(reading, eager=eager))
            if not grown:
                break
            frontier = self._best(grown)
            done.extend(frontier)
        return done

    def _heads_above(self, state: State, *, eager: bool) -> Iterator[State]:
        stack = state.stack
        places = [at for at in range(len(stack) - 1, max(-1, len(stack) - 1 - self.reach), -1) if stack[at] != MARK]
        near = [stack[at] for at in places]
        met = self.numbers.met(near[1:], near[:-1])
        for count, (place, item) in enumerate(zip(places[1:], near[1:], strict=True), 1):
            if item not in state.heads and (self.hinted[item] or count - 1 in met):
                parts = tuple((part, 1) for part in reversed(near[:count]))
                shape = self.weights.above + (self.weights.mixed if MARK in stack[place:] else 0.0)
                if count == 1:
                    shape += 2 * self.weights.single
                gain = self._gain(item, parts, shape)
                if gain is not None and self.hinted[item]:
                    # it paid for being a total without parts while it waited; that is paid back
                    gain += self.weights.hinted
                    if not eager and not self.numbers.weigh(item, parts).closes:
                        gain = None
                if gain is not None:
                    gain += self.weights.turned * any(not found.above for found in state.sums)
                    found = Found(item, parts, (*self._by(item), "order"), gain)
                    yield State(state.score + gain, stack[: place + 1], (*state.sums, found), state.heads | {item})

    def _by(self, index: int) -> tuple[str, ...]:
        row = self.rows[index]
        by = ("label",) if self.hinted[index] else ()
        styled = (row.bold and self.bold_tells) or (row.rule_above and self.rule_tells)
        return (*by, "style") if styled else by
