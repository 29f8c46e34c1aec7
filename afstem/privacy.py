"""CPR numbers are counted and masked as soon as a document is read, so that no relation, report or log holds one."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import msgspec

from afstem import kept
from lexicon.cpr import is_cpr, masked
from normalize.models import CaseFile

#: A row of digits that may hold one, to its end; most documents have few, and the search leaps from digit to digit.
_DIGITS = re.compile(rb"[0-9][0-9]{5}(?:[- ]?[0-9]){4,}")
#: Wherever one may begin within such a row: text is looked at more closely.
_LIKE_BYTES = re.compile(rb"(?=(\d{6})[- ]?(\d{4}))")
#: Fields that hold numbers and ids rather than text.
_NO_TEXT = frozenset({"value", "half_step", "alternatives", "sha256", "file_name", "path"})


def without_cpr(file: CaseFile) -> CaseFile:
    """The document with every CPR number of its cases masked, and how many different ones there were.

    Most documents hold nothing that looks like one and come back as they are.
    """
    nameless = replace(file, document=replace(file.document, file_name=""))  # a name may be of any bytes
    data = kept.encode(nameless)
    if not _may_hold_cpr(data):
        return file
    found: set[str] = set()
    head, cases = msgspec.msgpack.decode(data)
    hidden = kept.decode(msgspec.msgpack.encode((head, _walked(cases, found))))
    if not found:
        return file
    return CaseFile(replace(file.document, cpr_numbers=len(found)), hidden.cases)


def kept_without_cpr(file: CaseFile) -> bytes:
    """The document as `afstem.kept` keeps it, likewise; its name must be text."""
    data = kept.encode(file)
    return kept.encode(without_cpr(file)) if _may_hold_cpr(data) else data


def _may_hold_cpr(data: bytes) -> bool:
    return any(is_cpr((day + rest).decode()) for row in _DIGITS.findall(data) for day, rest in _LIKE_BYTES.findall(row))


def _walked(value: Any, found: set[str]) -> Any:
    if isinstance(value, str):
        return masked(value, found) if len(value) >= 10 else value
    if isinstance(value, list):
        return [_walked(item, found) for item in value]
    if isinstance(value, dict):
        return {key: item if key in _NO_TEXT else _walked(item, found) for key, item in value.items()}
    return value
