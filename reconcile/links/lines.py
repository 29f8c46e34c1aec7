"""Which lines of two tables are the same, though worded differently, split or joined.

Rows of one label are one line (an appropriation each); a line may be split ("…, nord", "…, syd") or joined ("A og b").
What is left is assigned by wording; figures, as intervals, break ties and stand in where wording says nothing.  A link
that neither makes sure is no link.  Years are matched by year, never by column.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from itertools import combinations
from typing import NamedTuple

from extract.records import record
from reconcile.figures.view import ZERO, TableView
from reconcile.links.labels import joined, stem
from reconcile.wording import likeness, squash, words


@record
class Limits:
    """What makes a link: likeness of labels and shares of years run from 0 to 1."""

    sure: float = 0.8  # labels this alike name the same line
    possible: float = 0.45  # labels this alike may, when figures say so too
    alone: float = 0.6  # labels this alike do so where every line of both tables finds its own
    blank: float = 0.6  # labels this alike make a blank on one side a blank on the other
    most_rows: int = 10  # subsets of more leftover lines are not searched
    letters: int = 4  # first letters that two words must share for their labels to be compared
    common: int = 40  # lines that share such letters: of more, the letters tell nothing
    figures_weigh: float = 0.4  # what agreement of all figures adds to likeness
    place_weighs: float = 0.1  # what the same place in the table adds


LIMITS = Limits()


class Printed(NamedTuple):
    """A figure in kroner, and half a unit of its last printed digit."""

    value: Decimal
    half: Decimal = ZERO

    def meets(self, other: Printed) -> bool:
        """Whether both may be prints of one figure: equal, or equal but for a coarser print."""
        off = abs(self.value - other.value)
        return off == 0 or (self.half != other.half and off <= max(self.half, other.half))


NIL = Printed(ZERO)
Figures = Mapping[int, Printed]
"""Year → figure."""


@record
class Link:
    """Some lines of the left table are, together, some lines of the right one.

    `sure_blank` says that even a blank on one side must be a blank on the other: the wording leaves no doubt.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    wording: float
    sure_blank: bool


@record
class _Row:
    """Lines of one label: their figures together, and where in the table they stand, 0 to 1."""

    lines: tuple[int, ...]
    label: str
    place: float
    figures: dict[int, Printed]

    @property
    def told(self) -> bool:
        """Whether the figures say something: not all nil."""
        return any(v.value for v in self.figures.values())


def agreement(left: Figures, right: Figures) -> tuple[int, int]:
    """(years that agree, years compared): among the years where either side prints something other than nil."""
    same = of = 0
    for year in left.keys() | right.keys():
        a, b = left.get(year, NIL), right.get(year, NIL)
        if a.value or b.value:
            of += 1
            same += a.meets(b)
    return same, of


def printed(table: TableView, lines: Iterable[int], years: Iterable[int]) -> dict[int, Printed]:
    """Year → what those lines come to in kroner, costs positive; only years in which one of them prints a figure."""
    out: dict[int, Printed] = {}
    wanted = set(years)
    for line in lines:
        for year, value in table.vector(line).items():
            if year in wanted:
                column = table.year_columns[year]
                known = out.get(year, NIL)
                half = table.half(line, column) * table.unit(column)
                out[year] = Printed(known.value + value, known.half + half)
    return out


def added(one: Figures, other: Figures) -> dict[int, Printed]:
    """Two rows together, year by year."""
    out = dict(one)
    for year, figure in other.items():
        known = out.get(year, NIL)
        out[year] = Printed(known.value + figure.value, known.half + figure.half)
    return out


def link(left: TableView, left_lines: Sequence[int], right: TableView, right_lines: Sequence[int]) -> list[Link]:
    """The sure links between lines of two tables (years that both print); each line is linked once."""
    years = left.year_columns.keys() & right.year_columns.keys()
    if not years or not left_lines or not right_lines:
        return []
    linking = _Linking(_rows(left, left_lines, years), _rows(right, right_lines, years))
    linking.run()
    return sorted(linking.out, key=lambda item: item.left)


def _rows(table: TableView, lines: Sequence[int], years: Iterable[int]) -> list[_Row]:
    last = max(len(lines) - 1, 1)
    of_label: dict[str, list[int]] = defaultdict(list)
    for line in lines:
        of_label[squash(_label(table, line)) or str(line)].append(line)
    place = {line: k / last for k, line in enumerate(lines)}
    years = tuple(years)
    return [
        _Row(tuple(same), _label(table, same[0]), place[same[0]], printed(table, same, years))
        for same in of_label.values()
    ]


def _label(table: TableView, line: int) -> str:
    """The row's label, or what an auditor says that the same line is called elsewhere."""
    return table.lines[line].known_as or table.lines[line].label


def _sum(rows: Iterable[_Row]) -> Figures:
    return reduce(added, (row.figures for row in rows), {})


class _Linking:
    """The rows of two tables while they find each other."""

    def __init__(self, left: list[_Row], right: list[_Row]) -> None:
        self.left = {row.lines: row for row in left}
        self.right = {row.lines: row for row in right}
        self.whole = (_sum(left), _sum(right))
        self.out: list[Link] = []

    def run(self) -> None:
        """Link what is called the same, then what is split or joined, then by wording, by figures, by what is left."""
        self._same_label()
        self._split_or_joined()
        self._by_wording()
        self._by_figures()
        self._by_sums()
        self._what_is_left()

    def _take(self, left: Iterable[_Row], right: Iterable[_Row], wording: float, *, sure_blank: bool) -> None:
        ours, theirs = list(left), list(right)
        for row in ours:
            del self.left[row.lines]
        for row in theirs:
            del self.right[row.lines]
        here, there = (tuple(sorted(i for row in rows for i in row.lines)) for rows in (ours, theirs))
        self.out.append(Link(here, there, wording, sure_blank))

    def _same_label(self) -> None:
        named = {squash(row.label): row for row in self.right.values()}
        for row in list(self.left.values()):
            other = named.get(squash(row.label))
            if other is not None and squash(row.label):
                self._take([row], [other], 1.0, sure_blank=True)

    def _split_or_joined(self) -> None:
        """A line of one table is several of the other by their labels: with suffixes, or as one joined name."""
        for split in (True, False):
            for mine, other in ((self.left, self.right), (self.right, self.left)):
                for row in list(mine.values()):
                    group = list(_suffixed(row, other) if split else _joined(row, mine, other))
                    if len(group) > 1 and all(r.lines in other for r in group) and row.lines in mine:
                        sides = ([row], group) if mine is self.left else (group, [row])
                        self._take(*sides, LIMITS.sure, sure_blank=False)

    def _ranked(self) -> list[tuple[float, float, _Row, _Row]]:
        """(score, likeness, left, right) of rows whose labels have something in common, best first."""
        pairs = []
        for a, b in _comparable(list(self.left.values()), list(self.right.values())):
            wording = likeness(a.label, b.label)
            same, of = agreement(a.figures, b.figures)
            score = wording + LIMITS.figures_weigh * (same / of if of else 0.0)
            pairs.append((score + LIMITS.place_weighs * (1 - abs(a.place - b.place)), wording, a, b))
        return sorted(pairs, key=lambda p: (-p[0], p[2].lines, p[3].lines))

    def _by_wording(self) -> None:
        ranked = self._ranked()
        complete = self._finds_all(ranked)
        for _, wording, a, b in ranked:
            if a.lines not in self.left or b.lines not in self.right:
                continue
            same, of = agreement(a.figures, b.figures)
            certain = wording >= LIMITS.sure and (of == 0 or wording >= 0.9 or same * 3 >= of)
            if certain or (wording >= LIMITS.possible and of and same * 2 > of):
                self._take([a], [b], wording, sure_blank=certain or wording >= LIMITS.blank)
            elif wording >= LIMITS.alone and complete:
                self._take([a], [b], wording, sure_blank=False)

    def _finds_all(self, ranked: Sequence[tuple[float, float, _Row, _Row]]) -> bool:
        """Whether as many rows are left on both sides, and all but one pair are alike: then the last are one too."""
        free_left, free_right = set(self.left), set(self.right)
        for _, wording, a, b in ranked:
            if wording >= LIMITS.possible and a.lines in free_left and b.lines in free_right:
                free_left.discard(a.lines)
                free_right.discard(b.lines)
        return len(self.left) == len(self.right) and len(free_left) < 2

    def _by_figures(self) -> None:
        """The only row on each side with these figures, in more than one year."""
        sides = [[r for r in side.values() if r.told] for side in (self.left, self.right)]
        for a in sides[0]:
            fits = [b for b in sides[1] if _equal(a, b)]
            if len(fits) == 1 and sum(_equal(r, fits[0]) for r in sides[0]) == 1 and fits[0].lines in self.right:
                self._take([a], fits, likeness(a.label, fits[0].label), sure_blank=False)

    def _by_sums(self) -> None:
        """A row that is the sum of two or more rows of the other table in every year, in one way only."""
        for mine, other in ((self.left, self.right), (self.right, self.left)):
            for row in list(mine.values()):
                group = _adding_up(row, list(other.values()))
                if group:
                    sides = ([row], group) if mine is self.left else (group, [row])
                    self._take(*sides, 0.0, sure_blank=False)

    def _what_is_left(self) -> None:
        """One row on a side and the others' rest: they are the same if half of the years, or the words, say so."""
        if len(self.left) != 1 and len(self.right) != 1:
            return
        left, right = list(self.left.values()), list(self.right.values())
        if not left or not right:
            return
        same, of = agreement(_sum(left), _sum(right))
        single = len(left) == len(right) == 1
        if single and self.out and _agree(*self.whole):
            same = of  # all lines together agree: so must these, whatever they are called
        wording = likeness(left[0].label, right[0].label) if single else 0.0
        if not of:
            return
        if (single and (same * 2 >= of or wording >= LIMITS.possible)) or (not single and of > 1 and same * 2 > of):
            self._take(left, right, wording, sure_blank=False)


def _equal(a: _Row, b: _Row) -> bool:
    return _agree(a.figures, b.figures)


def _agree(left: Figures, right: Figures) -> bool:
    same, of = agreement(left, right)
    return of > 1 and same == of


def _suffixed(row: _Row, other: Mapping[tuple[int, ...], _Row]) -> Iterator[_Row]:
    """The rows of the other table whose labels are the row's with a suffix."""
    own = squash(row.label)
    return (r for r in other.values() if own and stem(r.label) == own)


def _joined(row: _Row, mine: Mapping[tuple[int, ...], _Row], other: Mapping[tuple[int, ...], _Row]) -> Iterator[_Row]:
    """The rows of the other table whose names the row's label joins, where it has no row of such a name itself."""
    for name in joined(row.label):
        fits = [r for r in other.values() if likeness(r.label, name) >= LIMITS.sure]
        if len(fits) != 1 or any(r is not row and likeness(r.label, name) >= LIMITS.sure for r in mine.values()):
            return
        yield fits[0]


def _comparable(left: Sequence[_Row], right: Sequence[_Row]) -> Iterator[tuple[_Row, _Row]]:
    """Pairs of rows with a word that begins alike, or with the same figures; of small tables, all pairs."""
    if len(left) * len(right) <= LIMITS.common**2:
        yield from ((a, b) for a in left for b in right)
        return
    index: dict[object, list[int]] = defaultdict(list)
    for k, b in enumerate(right):
        for key in _keys(b):
            index[key].append(k)
    for a in left:
        found = {k for key in _keys(a) if len(index.get(key, ())) <= LIMITS.common for k in index.get(key, ())}
        yield from ((a, right[k]) for k in sorted(found))


def _keys(row: _Row) -> set[object]:
    keys: set[object] = {w[: LIMITS.letters] for w in words(row.label)}
    return keys | {(y, v.value) for y, v in row.figures.items() if v.value}


def _adding_up(row: _Row, free: Sequence[_Row]) -> list[_Row]:
    """The only subset of two or more free rows whose figures add up to the row's in every year."""
    rows = [r for r in free if r.told]
    if not row.told or not 2 <= len(rows) <= LIMITS.most_rows:
        return []
    years = sorted({y for r in (row, *rows) for y, v in r.figures.items() if v.value})
    if len(years) < 2:
        return []
    found = [
        taken for taken in _subsets(rows) if all(_together(taken, y).meets(row.figures.get(y, NIL)) for y in years)
    ]
    return found[0] if len(found) == 1 else []


def _subsets(rows: list[_Row]) -> Iterator[list[_Row]]:
    """Every choice of two or more rows, in their order."""
    for count in range(2, len(rows) + 1):
        yield from map(list, combinations(rows, count))


def _together(rows: Sequence[_Row], year: int) -> Printed:
    """What rows come to in a year."""
    figures = [row.figures.get(year, NIL) for row in rows]
    return Printed(sum((f.value for f in figures), ZERO), sum((f.half for f in figures), ZERO))
