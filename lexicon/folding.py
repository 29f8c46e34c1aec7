"""Text made comparable: lower case and single blanks, and what else the name of each function says."""

from __future__ import annotations

import re
from functools import lru_cache

from lexicon.characters import SUPERSCRIPTS

_MARKS = re.compile(rf"(?:\s*(?:\*+|[{SUPERSCRIPTS}]+|(?<=[^\W\d_])\d\)|[†‡]))+(?=[\s.,:]*$)")
_DASHES = str.maketrans("\u2010\u2011\u2212", "---")
_NO_WORD = re.compile(r"[\W_]+")
_END = re.compile(r"[\s.:;,]+$")


@lru_cache(maxsize=65_536)
def fold_dashes(text: str) -> str:
    """Lower case, single blanks, dashes alike; nothing left out."""
    return " ".join(text.split()).translate(_DASHES).casefold()


@lru_cache(maxsize=8192)
def fold_accents(text: str) -> str:
    """Lower case, single blanks, no accents on é; nothing left out."""
    return " ".join(text.casefold().replace("é", "e").split())


@lru_cache(maxsize=65_536)
def fold_label(text: str) -> str:
    """`fold_dashes`, without footnote marks and closing punctuation: what a label or a header says."""
    return _END.sub("", _MARKS.sub("", fold_dashes(text))).strip()


@lru_cache(maxsize=65_536)
def squash(text: str) -> str:
    """Letters and digits only, lower case: equal for "Styrings- område", "Styringso mråde" and "Styringsområde"."""
    return _NO_WORD.sub("", text).casefold()


def squash_accents(text: str) -> str:
    """`squash`, without accents on é: equal for a title that is hyphenated over lines and one that is not."""
    return squash(fold_accents(text))
