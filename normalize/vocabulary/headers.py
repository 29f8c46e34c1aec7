"""What the headers of columns say: years in any notation, totals, investments, shares, words."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

import regex

from lexicon.folding import fold_dashes, fold_label, squash
from normalize.vocabulary.load import compiled, load


class TextRole(StrEnum):
    """What a column of words holds."""

    STEERING_AREA = "steering_area"
    APPROPRIATION = "appropriation"
    COMMITTEE = "committee"
    NUMBER = "number"
    WORDS = "words"


@cache
def _whole(section: str) -> regex.Pattern[str]:
    return compiled(load("columns")[section]["patterns"], whole=True)


@cache
def _totals() -> tuple[regex.Pattern[str], ...]:
    return tuple(regex.compile(p, regex.IGNORECASE) for p in load("columns")["total"]["patterns"])


@cache
def _text_roles() -> tuple[tuple[TextRole, regex.Pattern[str], frozenset[str]], ...]:
    return tuple(
        (TextRole(t["role"]), compiled(t["patterns"], whole=True), frozenset(squash(p) for p in t["patterns"]))
        for t in load("columns")["text"]
    )


@lru_cache(maxsize=4096)
def total_span(header: str) -> tuple[int, int] | tuple[None, None] | None:
    """Whether a header names a total of years: its first and last year, (None, None) where it names none; else None."""
    folded = fold_label(header)
    for pattern in _totals():
        if match := pattern.fullmatch(folded):
            groups = match.groupdict()
            first, last = groups.get("first"), groups.get("last")
            if first and last:
                start = int(first) if len(first) == 4 else 2000 + int(first)
                end = int(last) if len(last) == 4 else start // 100 * 100 + int(last)
                return start, end
            return None, None
    return None


@lru_cache(maxsize=4096)
def is_investment_header(header: str) -> bool:
    """Whether a header names the whole investment of a proposal."""
    return _whole("investment").fullmatch(fold_label(header)) is not None


@lru_cache(maxsize=4096)
def is_percent_header(header: str) -> bool:
    """Whether a header names shares; one that opens with a number ("3 pct.") names a scenario instead."""
    named = says_percent(header) or _whole("share").fullmatch(fold_label(header)) is not None
    return named and not header.strip()[:1].isdigit()


@lru_cache(maxsize=4096)
def says_percent(header: str) -> bool:
    """Whether a header says that its figures are percent."""
    return _whole("percent").fullmatch(fold_label(header)) is not None


@lru_cache(maxsize=4096)
def is_count_header(header: str) -> bool:
    """Whether a header names a number of things."""
    return _whole("count").fullmatch(fold_label(header)) is not None


@lru_cache(maxsize=4096)
def text_role(header: str) -> TextRole | None:
    """What a column of words holds by its header; hyphens and blanks inside the words do not matter."""
    folded, squashed = fold_label(header), squash(header)
    if not squashed:
        return None
    for role, pattern, spellings in _text_roles():
        if pattern.fullmatch(folded) or squashed in spellings:
            return role
    return None


@lru_cache(maxsize=4096)
def sums_savings_positive(header: str) -> bool:
    """Whether a header's words mean that a positive figure under it is a saving."""
    return _whole("savings_positive").fullmatch(fold_label(header)) is not None


@lru_cache(maxsize=4096)
def sign_of_notes(text: str) -> int | None:
    """What a note says of signs: -1 where savings are printed positive, +1 where negative, None where silent."""
    notes = load("columns")["sign_notes"]
    folded = fold_dashes(text)
    if compiled(notes["savings_negative"]).search(folded):
        return 1
    if compiled(notes["savings_positive"]).search(folded):
        return -1
    return None
