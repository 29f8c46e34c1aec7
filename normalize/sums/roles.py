"""From the best reading to roles and sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from normalize.models import Role, Sum
from normalize.sums.rows import Structure, SumRow
from normalize.sums.search import Found, Search, State
from normalize.sums.sections import OUTSIDE, TOTALS, blank_role

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
    return Structure(_roles(rows, best), sums)


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


def _roles(rows: Sequence[SumRow], best: State) -> tuple[Role, ...]:
    parts = {part for found in best.sums for part, _ in found.parts}
    totals = {found.total for found in best.sums}
    roots = [total for total in sorted(totals) if total not in parts]
    filled = [i for i, row in enumerate(rows) if not row.blank]
    roles: list[Role] = []
    for index, (row, follows_total) in enumerate(zip(rows, _after_totals(rows, totals), strict=True)):
        if row.hint in OUTSIDE:
            roles.append(row.hint)
        elif index in totals:
            top = index in roots and (len(roots) == 1 or row.hint is Role.TOTAL)
            roles.append(Role.TOTAL if top else Role.SUBTOTAL)
        elif row.blank:
            roles.append(blank_role(rows, index))
        elif row.hint in TOTALS and (parts or len(filled) == 1):
            roles.append(row.hint)
        elif row.hint is Role.SECTION and index not in parts:
            roles.append(Role.SECTION)
        elif index not in parts and parts and follows_total:
            roles.append(Role.MEMO)
        else:
            roles.append(Role.DETAIL)
    return tuple(roles)


def _after_totals(rows: Sequence[SumRow], totals: set[int]) -> Iterator[bool]:
    """Of each row whether it follows a total, nothing but other such rows between: a remark, not a part."""
    follows = False
    for index, row in enumerate(rows):
        yield follows
        follows = index in totals or (follows and not row.blank)
