"""Text made comparable: lower case and single blanks, and what else the name of each function says."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches
from functools import cache, lru_cache

import regex

from normalize.vocabulary.load import load

_MARKS = regex.compile(r"(?:\s*(?:\*+|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+|(?<=\p{L})\d\)|[†‡]))+(?=[\s.,:]*$)")
_DASHES = str.maketrans("\u2010\u2011\u2212", "---")
_NO_WORD = regex.compile(r"[\W_]+")
_END = regex.compile(r"[\s.:;,]+$")


@lru_cache(maxsize=16_384)
def fold_dashes(text: str) -> str:
    """Lower case, single blanks, dashes alike; nothing left out."""
    return " ".join(text.split()).translate(_DASHES).casefold()


@lru_cache(maxsize=8192)
def fold_accents(text: str) -> str:
    """Lower case, single blanks, no accents on é; nothing left out."""
    return " ".join(text.casefold().replace("é", "e").split())


@lru_cache(maxsize=16_384)
def fold_label(text: str) -> str:
    """`fold_dashes`, without footnote marks and closing punctuation: what a label or a header says."""
    return _END.sub("", _MARKS.sub("", fold_dashes(text))).strip()


@cache
def _phrases() -> tuple[str, ...]:
    return tuple(load("labels")["template"]["phrases"])


@lru_cache(maxsize=16_384)
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


@lru_cache(maxsize=16_384)
def squash(text: str) -> str:
    """Letters and digits only, lower case: equal for "Styrings- område", "Styringso mråde" and "Styringsområde"."""
    return _NO_WORD.sub("", text).casefold()


def squash_accents(text: str) -> str:
    """`squash`, without accents on é: equal for a title that is hyphenated over lines and one that is not."""
    return squash(fold_accents(text))
