"""Rows without numbers: a section, a total left blank, or a line that has nothing this time."""

from __future__ import annotations

from collections.abc import Sequence

from normalize.models import Role
from normalize.sums.rows import SumRow

TOTALS = (Role.TOTAL, Role.SUBTOTAL)
OUTSIDE = (Role.MEMO, Role.PAYBACK)


def blank_role(rows: Sequence[SumRow], index: int) -> Role:
    """The role of `rows[index]`, which holds no number: SECTION, TOTAL or DETAIL.

    A section is named so by the vocabulary, set in another style than the details, or stands where one must begin:
    first, or right after a total.  Elsewhere a blank row is a line without figures.
    """
    row, after = rows[index], rows[index + 1 :]
    if row.hint in (Role.SECTION, *OUTSIDE):
        return row.hint or Role.SECTION
    if row.hint in TOTALS:
        return Role.TOTAL if all(r.blank or r.hint in OUTSIDE for r in after) else Role.SECTION
    before = rows[index - 1] if index else None
    follows_blank = before is not None and before.blank and before.hint is None
    if follows_blank or not after or after[0].blank or after[0].hint in OUTSIDE:
        return Role.DETAIL
    begins = before is None or before.hint in TOTALS
    return _by_style(row, [r for r in rows if not r.blank and r.hint is None]) or (
        Role.SECTION if begins and after[0].hint not in TOTALS else Role.DETAIL
    )


def _by_style(row: SumRow, details: Sequence[SumRow]) -> Role | None:
    """The role that a blank row's style gives it beside the details of its table; None where they look alike."""
    if row.bold and sum(r.bold for r in details) * 3 <= len(details):
        return Role.SECTION
    if row.shaded and not any(r.shaded for r in details):
        return Role.SECTION
    if details and sum(r.texts > 0 for r in details) * 2 > len(details):
        return Role.DETAIL if row.texts else Role.SECTION
    return None
