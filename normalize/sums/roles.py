"""From the best reading to roles and sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from extract.records import record
from normalize.models import Role, Sum
from normalize.sums.rows import Structure, SumRow
from normalize.sums.search import Found, Search, State
from normalize.sums.sections import OUTSIDE, TOTALS

ENOUGH_BITS = 6.0  # what the columns of another structure must say together to be taken seriously
NEAR = (Fraction(2, 5), Fraction(5, 2))  # a wrong total is hardly ever less or more of its sum than this
FEW = 2  # columns; in more of them nothing but a wrong total is off every time
NARROW = 3  # readings kept a row at first; a table that closes needs no wider search
CERTAIN_MARGIN = 4.0  # bits by which a sum must beat the best reading without it


def find_sums(rows: Sequence[SumRow], columns: int) -> Structure:
    """The roles of the rows and the sums among them.

    `rows` are the body rows of a table in print order, `columns` the number of value columns.  Returns one role a row
    and the sums, each with the rows it adds up and their signs.  A total that does not close is still a total where
    its label, section, style or order says so; figures that add up by chance are not taken for a sum.
    """
    if not rows:
        return Structure((), ())
    search = Search(rows, columns, beam=NARROW)
    readings = search.run()
    if not _clean(search, readings[0]):
        search = Search(rows, columns)
        readings = search.run()
    best = readings[0]
    sums = tuple(
        Sum(
            found.total,
            found.parts,
            _by(found, search),
            _certain(found, best, readings) and not _doubtful(found, search),
        )
        for found in sorted(best.sums, key=lambda f: f.total)
    )
    return Structure(_roles(rows, best, search.blanks), sums)


def _doubtful(found: Found, search: Search) -> bool:
    """Whether a total that does not close may be none, or not the total of all these rows.

    It would close if its first rows were none of its parts; or it is nowhere near their sum, nor that sum with another
    sign or another unit: then it may be a product, an average, or the total of something else.
    """
    evidence = search.numbers.weigh(found.total, found.parts)
    if evidence.closes > evidence.misses or not evidence.misses:
        return False
    if (
        not evidence.closes
        and evidence.misses <= FEW
        and all(_far_off(found, search, column) for column in evidence.miss_columns)
    ):
        return True
    for start in range(1, len(found.parts)):
        other = search.numbers.weigh(found.total, found.parts[start:])
        if other.closes and not other.misses and other.bits >= ENOUGH_BITS:
            return True
    return False


def _far_off(found: Found, search: Search, column: int) -> bool:
    """Whether no usual slip of the pen leads from the sum of the parts to the stated total."""
    value = search.numbers.value
    stated = abs(value[found.total][column] or 0)
    summed = abs(sum(sign * (value[part][column] or 0) for part, sign in found.parts))
    if not stated or not summed:
        return True
    return all(not NEAR[0] * summed < stated * unit < NEAR[1] * summed for unit in (1, 1000, Fraction(1, 1000)))


def _clean(search: Search, best: State) -> bool:
    """Whether every labelled total has its parts and every sum closes: then there is nothing to search for."""
    totals = {found.total for found in best.sums}
    labelled = {i for i, hinted in enumerate(search.hinted) if hinted and not search.rows[i].blank}
    evidence = (search.numbers.weigh(found.total, found.parts) for found in best.sums)
    return bool(labelled) and labelled == totals and all(e.closes and not e.misses for e in evidence)


def _by(found: Found, search: Search) -> str:
    evidence = search.numbers.weigh(found.total, found.parts)
    by = list(dict.fromkeys(found.by))
    if evidence.closes > evidence.misses:
        by.append("arithmetic")
    return "+".join(by or ["order"])


def _certain(found: Found, best: State, readings: Sequence[State]) -> bool:
    for other in readings:
        if all((f.total, f.parts) != (found.total, found.parts) for f in other.sums):
            return best.score - other.score >= CERTAIN_MARGIN
    return True


@record
class _Reading:
    """The rows that the best reading adds up, its totals, those that are no part of another, whether only one row has
    figures, and the roles of those that have none."""

    parts: frozenset[int]
    totals: frozenset[int]
    roots: frozenset[int]
    alone: bool
    blanks: Sequence[Role | None]


def _roles(rows: Sequence[SumRow], best: State, blanks: Sequence[Role | None]) -> tuple[Role, ...]:
    parts = frozenset(part for found in best.sums for part, _ in found.parts)
    totals = frozenset(found.total for found in best.sums)
    read = _Reading(parts, totals, totals - parts, blanks.count(None) == 1, blanks)
    after = _after_totals(rows, totals)
    return tuple(_role(rows, index, read, remark=follows) for index, follows in enumerate(after))


def _role(rows: Sequence[SumRow], index: int, read: _Reading, *, remark: bool) -> Role:
    """The role of a row; `remark` where nothing but such rows parts it from a total."""
    row = rows[index]
    if row.hint in OUTSIDE:
        return row.hint
    if index in read.totals:
        top = index in read.roots and (row.hint is Role.TOTAL or len(read.roots) == 1)
        return Role.TOTAL if top else Role.SUBTOTAL
    blank = read.blanks[index]
    if blank is not None:
        return blank
    if row.hint in TOTALS and (read.parts or read.alone):
        return row.hint
    if index in read.parts:
        return Role.DETAIL
    if row.hint is Role.SECTION:
        return Role.SECTION
    return Role.MEMO if read.parts and remark else Role.DETAIL


def _after_totals(rows: Sequence[SumRow], totals: frozenset[int]) -> Iterator[bool]:
    """Of each row whether it follows a total, nothing but other such rows between: a remark, not a part."""
    follows = False
    for index, row in enumerate(rows):
        yield follows
        follows = index in totals or (follows and not row.blank)
