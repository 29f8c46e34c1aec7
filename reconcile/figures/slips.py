"""Likely causes: how an intended figure may have become the printed one."""

from __future__ import annotations

from decimal import Decimal

ZERO = Decimal(0)

_THOUSAND = Decimal(1000)

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
        differ = [frozenset(pair) for pair in zip(r, i, strict=True) if pair[0] != pair[1]]
        return len(differ) == 1 and differ[0] in _ALIKE
    return abs(len(r) - len(i)) == 1 and _is_without_one(min(r, i, key=len), max(r, i, key=len))


def _digits(value: Decimal, other: Decimal) -> tuple[str, str]:
    """The digits of two figures on one scale, without sign and leading zeros."""
    scale = max(_places(value), _places(other))
    return tuple(str(int(abs(v).scaleb(scale))) for v in (value, other))  # type: ignore[return-value]


def digits(value: Decimal) -> int:
    """How many digits a figure has before its final zeros."""
    return len(value.normalize().as_tuple().digits) if value else 0


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
    return _slip_of_digits(*_digits(printed, intended)) if (printed < 0) == (intended < 0) else None


def _slip_of_digits(printed: str, intended: str) -> str | None:
    """The same for figures of one sign, as digits on one scale."""
    if len(printed) == len(intended):
        differ = [k for k, (p, i) in enumerate(zip(printed, intended, strict=True)) if p != i]
        swapped = [intended[k] for k in reversed(differ)] == [printed[k] for k in differ]
        return {1: "mistyped_digit", 2: "transposed_digits" if swapped else None}.get(len(differ))
    shorter, longer = sorted((printed, intended), key=len)
    if len(longer) - len(shorter) > 1 or not _is_without_one(shorter, longer):
        return None
    return "dropped_digit" if shorter is printed else "extra_digit"


def _is_without_one(shorter: str, longer: str) -> bool:
    return any(longer[:k] + longer[k + 1 :] == shorter for k in range(len(longer)))


def is_of_their_size(value: Decimal, row: list[Decimal], times: int) -> bool:
    """Whether a figure is neither so many times smaller than the least of a row's, nor larger than the largest."""
    sizes = [abs(v) for v in row if v]
    return bool(sizes) and min(sizes) / times <= abs(value) <= times * max(sizes)


def looks_like_neighbours(intended: Decimal, printed: Decimal, row: list[Decimal]) -> bool:
    """Whether the row's other years print the intended figure (and not the printed one)."""
    return intended != ZERO and intended in row and printed not in row
