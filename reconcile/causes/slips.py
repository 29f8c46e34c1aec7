"""Likely causes: how an intended figure may have become the printed one."""

from __future__ import annotations

from decimal import Decimal

from reconcile.figures.view import ZERO

_THOUSAND = Decimal(1000)

LIKELIHOOD: dict[str | None, float] = {
    "misread": 0.8,
    "sign": 0.6,
    "factor_1000": 0.6,
    "transposed_digits": 0.5,
    "extra_digit": 0.4,
    "dropped_digit": 0.4,
    "blank_figure": 0.1,
    "missing_part": 0.35,
    "part_twice": 0.35,
    "total_of_other_row": 0.4,
    "mistyped_digit": 0.3,
    None: 0.0,
}
"""How much more readily a correction is believed that such a slip explains; only ever decides between equals."""


_ALIKE = frozenset(frozenset(pair) for pair in ("01", "06", "08", "68", "38", "17", "56"))
"""Digits that OCR takes for each other."""


def may_be_misread(read: Decimal, intended: Decimal) -> bool:
    """Whether OCR may have made `read` of a printed `intended`: a digit like another, lost or invented, or the sign."""
    if read == intended:
        return False
    if read == -intended:
        return True
    if read * intended < 0:
        return False
    r, i = _digits(read, intended)
    if len(r) == len(i):
        differ = [k for k in range(len(r)) if r[k] != i[k]]
        return len(differ) == 1 and frozenset((r[differ[0]], i[differ[0]])) in _ALIKE
    return abs(len(r) - len(i)) == 1 and _is_without_one(min(r, i, key=len), max(r, i, key=len))


def _digits(value: Decimal, other: Decimal) -> tuple[str, str]:
    """The digits of two figures on one scale, without sign and leading zeros."""
    scale = max(_places(value), _places(other))
    return tuple(str(int(abs(v).scaleb(scale))) for v in (value, other))  # type: ignore[return-value]


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def slip(printed: Decimal | None, intended: Decimal) -> str | None:
    """The slip of hand that turns `intended` into `printed` (None: a blank); None where no single one does."""
    if printed is None or (printed == 0 and intended != 0):
        return "blank_figure" if intended != 0 else None
    if printed == intended or intended == 0:
        return None
    if printed == -intended:
        return "sign"
    if printed == intended * _THOUSAND or printed * _THOUSAND == intended:
        return "factor_1000"
    if (printed < 0) != (intended < 0):
        return None
    p, i = _digits(printed, intended)
    if len(p) == len(i):
        differ = [k for k in range(len(p)) if p[k] != i[k]]
        if len(differ) == 1:
            return "mistyped_digit"
        if len(differ) == 2 and p[differ[0]] == i[differ[1]] and p[differ[1]] == i[differ[0]]:
            return "transposed_digits"
        return None
    if len(p) == len(i) - 1 and _is_without_one(p, i):
        return "dropped_digit"
    if len(p) == len(i) + 1 and _is_without_one(i, p):
        return "extra_digit"
    return None


def _is_without_one(shorter: str, longer: str) -> bool:
    return any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))


def looks_like_neighbours(intended: Decimal, printed: Decimal, row: list[Decimal]) -> bool:
    """Whether the row's other years print the intended figure (and not the printed one)."""
    return intended != ZERO and intended in row and printed not in row
