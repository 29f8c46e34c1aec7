"""The words that a text and a line's label share.

In: texts as printed.  Out: their telling words as stems, and how alike two of them are.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache, lru_cache

import regex

from lexicon.folding import fold_accents
from normalize.prose.sentences import prose

_REMEMBERED = 32_768  # words and texts compared before
_ONE_WORD = 0.86  # stems at least this alike are one word
_ENDINGS = (
    *("ingerne", "ingen", "inger", "ing", "elserne", "elsen", "elser", "else"),
    *("ernes", "erne", "ene", "ens", "ets", "ers", "er", "en", "et", "es", "e", "s"),
)
_VOWELS = str.maketrans("øåæ", "oae")
_BRACKETED_NUMBER = regex.compile(r"\([^)]*\d[^)]*\)")
_WORD = regex.compile(r"\p{L}[\p{L}\d]*")
_LETTERS = regex.compile(r"\p{L}+")
_NO_LETTERS = regex.compile(r"[\W_\d]+")
_NUMBERED_NAME = regex.compile(r"\b(\p{Lu}\p{Ll}{2,})\s(\d{1,2})\b(?![.,]?\d|\s*(?:kr|mio))")


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(map(plain, prose("words", "stop")))


@cache
def weak_words() -> frozenset[str]:
    """Stems of words that stand in many labels and tell little of one."""
    return frozenset(stem(plain(w)) for w in prose("words", "weak"))


@lru_cache(maxsize=_REMEMBERED)
def stem(word: str) -> str:
    """A Danish noun or verb without its commonest endings, for comparing only."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] else word


def plain(text: str) -> str:
    """Text as it is compared: lower case, and the Danish vowels that dumps and OCR take for each other made one."""
    return fold_accents(text).translate(_VOWELS)


@lru_cache(maxsize=_REMEMBERED)
def letters_of(text: str) -> str:
    """The letters of a text, as they are compared."""
    return _NO_LETTERS.sub("", plain(text))


@lru_cache(maxsize=_REMEMBERED)
def folded_words(text: str) -> frozenset[str]:
    """The words of a text in lower case, as they are printed otherwise."""
    return frozenset(_LETTERS.findall(fold_accents(text)))


@lru_cache(maxsize=_REMEMBERED)
def tokens(text: str) -> tuple[str, ...]:
    """The words of a text that may point at something: stems, no stop words, no numbers but in names ("Spor 4")."""
    bare = _BRACKETED_NUMBER.sub(" ", text)
    stop = _stop_words()
    said = [stem(w) for w in _WORD.findall(plain(bare)) if len(w) > 1 and w not in stop]
    named = [stem(plain(m[1])) + m[2] for m in _NUMBERED_NAME.finditer(bare)]
    return tuple(dict.fromkeys([*said, *named]))


@lru_cache(maxsize=_REMEMBERED)
def same_word(a: str, b: str) -> bool:
    """Whether two stems are one word: equal, or a slip of a letter apart."""
    if a == b:
        return True
    if _inflected(a, b) or _inflected(b, a):
        return True
    shorter, longer = sorted((len(a), len(b)))
    if shorter < 6 or 2 * shorter < _ONE_WORD * (shorter + longer):  # too short, or no ratio could be high enough
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.quick_ratio() >= _ONE_WORD and matcher.ratio() >= _ONE_WORD


def _inflected(stemmed: str, word: str) -> bool:
    """Whether only an ending parts them: "licen" (of "licens") and "licens" (of "licensen")."""
    return len(stemmed) >= 5 and word.startswith(stemmed) and word[len(stemmed) :] in _ENDINGS


@lru_cache(maxsize=_REMEMBERED)
def likeness(label: str, said: str) -> float:
    """How far a word of the text says a word of the label: 1 for the same word, less where one is only a part.

    A label's word as the first or last part of a longer word ("drift" in "driftsudgifter") says most of it; a shorter
    word in the label's compound ("system" for "systemejerskab") says as much of it as it covers.
    """
    if same_word(label, said):
        return 1.0
    if len(label) >= 5 and len(label) < len(said) and (said.startswith(label) or said.endswith(label)):
        return 0.7
    if len(said) >= 6 and said in label:
        return len(said) / len(label)
    return 0.0
