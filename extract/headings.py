"""Which lines are headings, by their shape alone: numbers, length, case, punctuation; and their levels.

Used by every reader; what a reader knows beside the text (fonts, blank lines, what follows) is the reader's to weigh.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from lexicon.captions import is_caption
from lexicon.lines import ends_sentence, words

_NUMBERED = re.compile(
    r"\s*(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})(?P<stop>\.?)"
    r"(?:\s+|(?<=\.)(?=[^\W\d_]))(?P<title>\S.*?)\s*\Z"
)
_SENTENCE_BREAK = re.compile(r"(?<![A-ZÆØÅ])(?<!\b\w\w)(?<!\b\w)[.!?] [A-ZÆØÅ]")
_FORM_LABEL = re.compile(r"\s*[A-ZÆØÅ][^.:?!\t]{0,45}:(?:\s|\Z)")
LONGEST_TITLE = 120
_LOOK_AHEAD = 80  # headings that tell whether a numbering goes on


def numbered(text: str) -> tuple[str, str] | None:
    """Number and title of a numbered heading, None for what is none.

    "3.1. Økonomi" is ("3.1", "Økonomi").  Dates, amounts and the sentences of a numbered list are none.
    """
    match = _NUMBERED.match(text)
    if match is None or len(match["title"]) > LONGEST_TITLE:
        return None
    number, title = match["number"], match["title"]
    dotted = bool(match["stop"]) or "." in number
    if not dotted and (len(title) > 60 or number == "0"):
        return None
    first = title.split()[0].casefold().rstrip(".")
    opens = title.lstrip("”\"'’‘“(»")
    if not opens or not opens[0].isupper() or first in words("months"):
        return None
    if any(int(part) > 40 for part in number.split(".")):
        return None
    return None if is_sentence(title) else (number, title)


def is_sentence(text: str) -> bool:
    """Whether it reads like running text or an item of a list rather than a title."""
    stripped = text.rstrip()
    if stripped.endswith((",", ";")) or _SENTENCE_BREAK.search(stripped):
        return True
    if not stripped.endswith(".") or len(stripped.split()) <= 4:
        return False
    stated = stripped.endswith("kr.") and not words("verbs").isdisjoint(stripped.casefold().split()[1:])
    return stated or ends_sentence(stripped)


def is_title(text: str) -> bool:
    """Whether a line standing alone may be a heading without number: short, opening upper case, no sentence."""
    stripped = text.strip()
    if not 3 < len(stripped) <= LONGEST_TITLE or is_sentence(stripped) or is_caption(stripped):
        return False
    opens = stripped.lstrip("”\"'’‘“(»")
    if not opens or not (opens[0].isupper() or opens[0].isdigit()) or stripped[-1] in "-/":
        return False
    letters = sum(c.isalpha() for c in stripped)
    last = stripped.split()[-1].casefold()
    return letters >= max(3, 0.5 * len(stripped.replace(" ", ""))) and last not in words("unfinished")


def is_capitals(text: str) -> bool:
    """Whether its letters are all upper case (and it has at least five)."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 5 and all(c.isupper() for c in letters)


def is_annex(text: str) -> bool:
    """Whether it opens an annex: "Bilag 1: …", "BILAG 2"."""
    parts = text.split(maxsplit=2)
    return (
        len(text.strip()) <= LONGEST_TITLE
        and len(parts) >= 2
        and parts[0].casefold() in words("annexes")
        and re.fullmatch(r"(?:\d{1,2}|[A-ZÆØÅ])[a-z]?[.:]?", parts[1]) is not None
        and not is_sentence(text)
    )


def is_form_label(text: str) -> bool:
    """Whether it opens with a form's label and a colon: "Fremstillende forvaltning: …"."""
    return _FORM_LABEL.match(text) is not None


def levels(numbers: Sequence[str | None]) -> list[int]:
    """The level of each heading of a document, from the headings' numbers in print order; None has no number.

    "3.1" is level 2.  A run that starts again at 1 is one level deeper when the outer run goes on after it.  A
    heading without number is one deeper than the numbered one before it.
    """
    result: list[int] = []
    outer, inner = 0, 0
    for index, number in enumerate(numbers):
        if number is None:
            result.append(1 + (outer > 0) + (inner > 0))
            continue
        depth = number.count(".") + 1
        if depth > 1:
            result.append(depth)
            continue
        value = int(number)
        later = [int(n) for n in numbers[index + 1 : index + _LOOK_AHEAD] if n is not None and "." not in n]
        if inner and value == inner + 1 and (value != outer + 1 or _comes_again(value, later)):
            inner = value
            result.append(2)
        elif value == 1 and outer > 0 and _goes_on(outer + 1, later):
            inner = 1
            result.append(2)
        else:
            outer, inner = value, 0
            result.append(1)
    return result


def _comes_again(value: int, later: Sequence[int]) -> bool:
    """Whether the value comes again before the numbering starts anew."""
    for number in later:
        if number == value:
            return True
        if number == 1:
            return False
    return False


def _goes_on(value: int, later: Sequence[int]) -> bool:
    """Whether, after an inner run 1, 2, 3 …, the outer run goes on with the value."""
    expected = 2
    for number in later:
        if number == value and number != expected:
            return True
        if number == value and number == expected:
            return _comes_again(value, later[later.index(number) + 1 :])
        if number != expected:
            return False
        expected += 1
    return False
