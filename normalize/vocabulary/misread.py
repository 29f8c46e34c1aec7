"""Labels of the templates in which a letter or two are misread."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

from normalize.vocabulary.load import load


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(load("labels")["template"]["phrases"])


@lru_cache(maxsize=65_536)
def mended(folded: str) -> str | None:
    """The template's phrase that a folded label was meant to be, where a letter or two are misread; else None."""
    if len(folded) < 10 or folded in _phrases():
        return None
    close = get_close_matches(folded, _phrases(), n=1, cutoff=0.9)
    return close[0] if close and _misread(folded, close[0]) else None


def _misread(text: str, phrase: str) -> bool:
    """Whether the text is the phrase word for word but for a letter or two; another word is another meaning."""
    words, meant = text.split(), phrase.split()
    return len(words) == len(meant) and all(
        a == b or (abs(len(a) - len(b)) <= 1 + (len(b) > 8) and SequenceMatcher(None, a, b).ratio() >= 0.6)
        for a, b in zip(words, meant, strict=True)
    )
