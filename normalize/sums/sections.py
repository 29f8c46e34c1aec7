"""Rows without numbers: a section, a total left blank, or a line that has nothing this time."""

from __future__ import annotations

from collections.abc import Sequence

from extract.records import record
from normalize.models import Role
from normalize.sums.rows import SumRow

TOTALS = (Role.TOTAL, Role.SUBTOTAL)
OUTSIDE = (Role.MEMO, Role.PAYBACK)


def blank_roles(rows: Sequence[SumRow]) -> list[Role | None]:
    """The role of each row that holds no number: SECTION, TOTAL or DETAIL, or what its label says; None of the others.

    A section is named so by the vocabulary, set in another style than the details, or stands where one must begin:
    first, or right after a total.  Elsewhere a blank row is a line without figures.
    """
    details = _Details.of([row for row in rows if not row.blank and row.hint is None])
    last = max((n for n, row in enumerate(rows) if not row.blank and row.hint not in OUTSIDE), default=-1)
    return [_role(rows, index, details, last) if row.blank else None for index, row in enumerate(rows)]


@record
class _Details:
    """How the rows with figures look, and so what a blank row's style beside them tells; told once a table."""

    plain: bool  # few are bold
    shaded: bool  # one at least
    worded: bool  # most hold words beside their label

    @classmethod
    def of(cls, rows: Sequence[SumRow]) -> _Details:
        plain = sum(row.bold for row in rows) * 3 <= len(rows)
        worded = sum(row.texts > 0 for row in rows) * 2 > len(rows)
        return cls(plain, any(row.shaded for row in rows), worded)


def _role(rows: Sequence[SumRow], index: int, details: _Details, last: int) -> Role:
    """The role of a row beside the details of its table; `last` is the last row that has figures."""
    row = rows[index]
    above = rows[index - 1] if index else None
    below = rows[index + 1] if index + 1 < len(rows) else None
    if row.hint in TOTALS:
        return Role.TOTAL if index > last else Role.SECTION
    if row.hint is not None:
        return row.hint
    follows_blank = above is not None and above.blank and above.hint is None
    if follows_blank or below is None or below.blank or below.hint in OUTSIDE:
        return Role.DETAIL
    begins = (above is None or above.hint in TOTALS) and below.hint not in TOTALS
    return _by_style(row, details) or (Role.SECTION if begins else Role.DETAIL)


def _by_style(row: SumRow, details: _Details) -> Role | None:
    """The role that a blank row's style gives it beside the details of its table; None where they look alike."""
    if (row.bold and details.plain) or (row.shaded and not details.shaded):
        return Role.SECTION
    if details.worded:
        return Role.DETAIL if row.texts else Role.SECTION
    return None
