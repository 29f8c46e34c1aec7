"""Hyphens at the ends of lines: `join_lines` undoes a hyphenation, and only a hyphenation.

A hyphen at the end of a line may be the typesetter's ("forvalt-/ningen") or the word's own ("it-/støtte", "løn-/og
personale").  The document's own vocabulary decides where it knows the word; otherwise the word's shape does.
`mend` does the same for dumps that joined their lines and left the typesetter's hyphen inside ("mobilhånd-teringen").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from lexicon.characters import HYPHENS, SOFT_HYPHEN
from lexicon.data import HyphensData, load

_LONGEST_WORD = 80  # characters
_LETTER = r"[^\W\d_]"
_TAIL = re.compile(rf"(?P<word>[^\W_][\w.’'&/-]*)[{HYPHENS}]$")
_HEAD = re.compile(r"[^\W_]+(?:[/-][^\W_]+)*\.?")
_WORD = re.compile(rf"{_LETTER}[^\W_]*(?:-[^\W_]+)*")
_INNER = re.compile(rf"(?<![\w-])({_LETTER}+)[{HYPHENS}]({_LETTER}+)(?![\w-])")
_INNER_BLANK = re.compile(rf"(?<![\w-])({_LETTER}{{3,}})[{HYPHENS}] ({_LETTER}{{2,}})(?![\w-])")
_VOWEL = re.compile(r"[aeiouyæøåéäöü]", re.IGNORECASE)


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(getattr(load("hyphens", HyphensData), key))


def join_lines(lines: Sequence[str], known: Collection[str] = frozenset()) -> str:
    """The lines as one line of text, white space folded, hyphenation undone.

    `known` are words of the document in lower case (see `vocabulary`); they outrank the word's shape.
    """
    parts: list[str] = []  # what is written so far; only the last part can still be changed
    for line in lines:
        piece = " ".join(line.split())
        if not piece:
            continue
        if parts:
            parts[-1:] = _joint(parts[-1], piece, known)
        else:
            parts.append(piece)
    return "".join(parts).replace(SOFT_HYPHEN, "")


def _joint(text: str, piece: str, known: Collection[str]) -> tuple[str, str]:
    """What a line becomes before the next, and that next, with what stands between them."""
    if text.endswith(SOFT_HYPHEN):
        return text[:-1], piece
    if text.endswith("/") and len(text) > 1 and not text[-2].isspace() and piece[0].isalpha():
        return text, piece
    tail = _TAIL.search(text, max(len(text) - _LONGEST_WORD, 0)) if text[-1] in HYPHENS else None
    if tail is None:
        return f"{text} ", piece
    head = _HEAD.match(piece)
    if head is None:
        # "udviklings-" + "/progression", "finans-" + ", løn-": the hyphen is the word's own
        return (text, piece) if piece[0] in "/,;:)" else (f"{text} ", piece)
    word, rest = tail["word"], head[0]
    if rest.casefold() in _words("conjunctions"):
        return f"{text} ", piece
    return (text[:-1], piece) if _is_typesetters(word, rest, known) else (text, piece)


def _is_typesetters(word: str, rest: str, known: Collection[str]) -> bool:
    """Whether the hyphen between the two was put there because the line ended."""
    stem = re.split(r"[\W_]", word)[-1]
    head = re.split(r"[\W_]", rest)[0]
    if not stem or not head or stem[-1].isdigit() or head[0].isdigit():
        return False
    joined, apart = (stem + head).casefold(), f"{stem}-{head}".casefold()
    if (joined in known) != (apart in known):
        return joined in known
    if head[0].isupper():  # "Børne-Ungdom" is the word's own; "FORVALT-/NINGEN" is not
        return stem.isupper() and head.isupper() and len(stem) > 3
    if len(stem) == 1 or stem.casefold() in _words("first_parts"):
        return False
    # "KK-designguide", "ServiceNow-platform": a name or abbreviation keeps its hyphen
    return _VOWEL.search(stem) is not None and not any(c.isupper() for c in stem[1:])


def mend(text: str, known: Collection[str] = frozenset()) -> str:
    """The text without hyphens that a dump left inside its lines, where there is evidence that a line ended there.

    Evidence is the joined word among `known`, or an ending that is no word ("udval-get").  "it-støtte" stays.
    """

    def inner(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        joined, apart = (first + second).casefold(), f"{first}-{second}".casefold()
        if not second.islower() or first.casefold() in _words("first_parts") or any(c.isupper() for c in first[1:]):
            return match[0]
        if joined in known and apart not in known:
            return first + second
        shaped = second in _words("endings") and len(first) > 3 and apart not in known
        return first + second if shaped else match[0]

    def blank(match: re.Match[str]) -> str:
        first, second = match[1], match[2]
        following = text[match.end() : match.end() + 40].split()
        listed = any(w.casefold() in _words("conjunctions") or w.endswith("-") for w in (second, *following[:2]))
        if listed or not second.islower() or not _is_typesetters(first, second, known):
            return match[0]
        return first + second

    mended = _INNER.sub(inner, text.replace(SOFT_HYPHEN, ""))
    return _INNER_BLANK.sub(blank, mended)


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words that stand whole in the lines, in lower case; hyphenated ones with their hyphen.

    A word beside a line's end that ends in a hyphen is no evidence.  A word found hyphenated at two different
    places ("profit-center", "pro-fitcenter") is in the vocabulary without its hyphen, and neither form with it.
    """
    counts = Counter(_whole_words(lines))
    forms: dict[str, set[str]] = {}
    for word in counts:
        if "-" in word:
            forms.setdefault(word.replace("-", ""), set()).add(word)
    broken = {joined: apart for joined, apart in forms.items() if len(apart) > 1 or joined in counts}
    unsure = {w for apart in broken.values() for w in apart}
    # one hyphenated form alone is known only if it is written so more than once
    seldom = {w for apart in forms.values() for w in apart if counts[w] == 1}
    return frozenset((set(counts) - unsure - seldom) | set(broken))


def _whole_words(lines: Iterable[str]) -> Iterator[str]:
    """The words of the lines in lower case, without those that a hyphen at a line's end may have cut."""
    after_hyphen = False
    for line in lines:
        text = line.strip()
        if not text:
            continue
        words = [(m[0].casefold(), m.end()) for m in _WORD.finditer(text)]
        ends_in_hyphen = text[-1] in HYPHENS + SOFT_HYPHEN
        if ends_in_hyphen and words and words[-1][1] >= len(text) - 1:
            words.pop()
        if after_hyphen and words and text.casefold().startswith(words[0][0]):
            words.pop(0)
        yield from (word for word, _ in words)
        after_hyphen = ends_in_hyphen
