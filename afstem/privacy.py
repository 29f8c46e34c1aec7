"""CPR numbers: counted and masked as soon as a document is read, so that no relation, report or log holds one.

A CPR number (Danish personal identification number) is a date of birth, `DDMMYY`, and four digits.  It is held for one
where the date is one and the weighted sum of all ten digits is divisible by eleven, as it was for all numbers given
before 2007 (CPR-kontoret, "Personnumre uden kontrolciffer (modulus 11 kontrol)").
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from afstem import kept
from normalize.models import CaseFile

MASK = "●●●●●●-●●●●"
_LIKE = re.compile(r"(?<![\w.,-])(\d{2})(\d{2})(\d{2})[- ]?(\d{4})(?![\w,]|\.\d|-\d)")
_LIKE_BYTES = re.compile(rb"\d{6}[- ]?\d{4}")
_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
#: Fields that hold numbers and ids rather than text.
_NO_TEXT = frozenset({"value", "half_step", "alternatives", "sha256", "file_name", "path"})


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


def without_cpr(file: CaseFile) -> CaseFile:
    """The document with every CPR number of its cases masked, and how many different ones there were.

    Most documents hold nothing that looks like one and come back as they are.
    """
    nameless = replace(file, document=replace(file.document, file_name=""))  # a name may be of any bytes
    data = kept.encode(nameless)
    if not _LIKE_BYTES.search(data):
        return file
    found: set[str] = set()
    head, cases = msgspec.msgpack.decode(data)
    hidden = kept.decode(msgspec.msgpack.encode((head, _walked(cases, found))))
    if not found:
        return file
    return CaseFile(replace(file.document, cpr_numbers=len(found)), hidden.cases)


def _walked(value: Any, found: set[str]) -> Any:
    if isinstance(value, str):
        return masked(value, found) if len(value) >= 10 else value
    if isinstance(value, list):
        return [_walked(item, found) for item in value]
    if isinstance(value, dict):
        return {key: item if key in _NO_TEXT else _walked(item, found) for key, item in value.items()}
    return value
