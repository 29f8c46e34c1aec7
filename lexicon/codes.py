"""Account codes and other marks that stand beside words or figures, and what is no part of a label.

Text in, yes or no out.  `is_code` tells a code that stands alone; `code_in` finds one among words.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from lexicon.years import single_year

_ALONE = regex.compile(r"(?:\p{Lu}{1,4}[ .-]?)?\d{1,6}(?:[.-]\d{1,4})*\.?")
_INSIDE = regex.compile(r"(?<![\d.,])\d{3,8}(?![\d.,]|\s*(?:kr|pct|%))")
_LETTERED = regex.compile(r"\p{Lu}{1,4}[ .-]?\d{1,4}(?:[.-]\d{1,4})*\s+(?P<next>\p{Ll}++)(?!\))")
_AT_END = regex.compile(r"\p{L}.*\s(?:\p{Lu}{1,4}[.-]?\d{1,4}|\d{1,2}\.\d{2})")
_WITH_LETTERS = regex.compile(r"(?<!\S)(?P<letters>\p{Lu}{1,4})[ .-]?\d{1,4}(?!\S)")
_NUMBERED = regex.compile(r"(?:\p{Lu}{1,4}[ .-]?|\d{1,2}\.)?(?P<number>\d{1,3})(?!\S)")
_LISTED = regex.compile(r"(?P<code>(?:\p{Lu}{1,4}[ .-]?)?\d{1,4}(?:[.-]\d{1,4})*)[.:]?\s(?P<name>[\p{Lu}”\"»].*)")
_BARE = regex.compile(r"\d{4,5}|\d{1,2}\.\d{2}")
_SENTENCE = regex.compile(r"\p{Ll}{5,}\.(?:\s\p{Lu}|$)")
_NOTE = regex.compile(r"(?:^|(?<!^\p{Lu}{1,4}[.-]?\d{1,4})\s)(?:\p{Ll}|\d|\*+)\)\s")


def is_code(label: str) -> bool:
    """Whether a label is a code and nothing else: "5.20", "SJ04", "0853"."""
    return _ALONE.fullmatch(label) is not None


def code_in(label: str) -> int | None:
    """Where an account's code stands in a label, None where none does; a year is none."""
    match = _INSIDE.search(label)
    return match.start() if match is not None and single_year(match[0]) is None else None


def lettered_codes(label: str) -> dict[int, str]:
    """Where codes of letters and digits stand in a label, and their letters: "L" at 0 of "L 58 A Lov"."""
    return {match.start(): match["letters"] for match in _WITH_LETTERS.finditer(label)}


def breaks_behind_code(label: str) -> bool:
    """Whether a code in a label is followed by what does not begin there: "P-01 og øvelokaler"."""
    return _LETTERED.match(label) is not None


def ends_in_code(label: str) -> bool:
    """Whether words are followed by a code that begins another label: "Kultur- og SJ01"."""
    return _AT_END.fullmatch(label) is not None


def leading_number(label: str) -> int | None:
    """The running number of the code that a label begins with: 20 of "5.20 Lamper" and of "SJ20", None for none."""
    match = _NUMBERED.match(label)
    return int(match["number"]) if match is not None else None


def code_and_name(label: str) -> tuple[str, str] | None:
    """The code that a list's label begins with, and the name behind it: "TM1" and "Lys på stier"; None for no code."""
    match = _LISTED.fullmatch(label)
    return (match["code"], match["name"]) if match is not None and single_year(match["code"]) is None else None


def may_be_code(printed: str) -> bool:
    """Whether what is printed as a figure may be a code: four or five digits without a stop, or "5.20"."""
    return _BARE.fullmatch(printed) is not None


@lru_cache(maxsize=8192)
def holds_sentence(label: str) -> bool:
    """Whether a sentence ends in a label: running text that got there."""
    return _SENTENCE.search(label) is not None


@lru_cache(maxsize=8192)
def holds_note(label: str) -> bool:
    """Whether a footnote begins in a label: "a) Se bilag"; the mark behind a code is that code's: "RK07 a) Kørsel"."""
    return _NOTE.search(label) is not None
