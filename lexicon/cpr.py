"""CPR numbers: what one looks like, and how it is masked.

A CPR number (Danish personal identification number) is a date of birth, `DDMMYY`, and four digits.  It is held for one
where the date is one and the weighted sum of all ten digits is divisible by eleven, as it was for all numbers given
before 2007 (CPR-kontoret, "Personnumre uden kontrolciffer (modulus 11 kontrol)").
"""

from __future__ import annotations

import re
from datetime import date

MASK = "●●●●●●-●●●●"
_LIKE = re.compile(r"(?<![\w.,-])(\d{2})(\d{2})(\d{2})[- ]?(\d{4})(?![\w,]|\.\d|-\d)")
#: In the name of a file, where words are parted by anything.
_LIKE_IN_A_NAME = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[-_ ]?(\d{4})(?!\d)")
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def is_cpr(digits: str) -> bool:
    """Whether ten digits can be a CPR number: a date that exists in some century, and the check digit."""
    day, month, year = int(digits[:2]), int(digits[2:4]), int(digits[4:6])
    return (_exists(day, month, 1900 + year) or _exists(day, month, 2000 + year)) and (
        sum(w * int(d) for w, d in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
    )


def _exists(day: int, month: int, year: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def masked(text: str, found: set[str] | None = None) -> str:
    """The text with every CPR number masked; the numbers are added to `found`."""

    def cover(match: re.Match[str]) -> str:
        digits = "".join(match.groups())
        if not is_cpr(digits):
            return match[0]
        if found is not None:
            found.add(digits)
        return MASK

    return _LIKE.sub(cover, text)


def masked_name(name: str) -> str:
    """The name of a file, or the way to it, with every CPR number masked."""
    return _LIKE_IN_A_NAME.sub(lambda match: MASK if is_cpr("".join(match.groups())) else match[0], name)


def found_in(text: str) -> list[tuple[int, int]]:
    """Where CPR numbers stand in a text: from which character up to which."""
    return [match.span() for match in _LIKE.finditer(text) if is_cpr("".join(match.groups()))]
