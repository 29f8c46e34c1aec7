"""Glyphs whose font tells no letter (ligatures without a code point, or with a private one): which letters they are.

Each such glyph becomes a placeholder of its own, one per font and glyph, when its page is read (`UntoldGlyphs.mark`).
When all pages are read, the document's other words and common Danish words say which letters it stands for
(`UntoldGlyphs.spell`): a glyph means the same everywhere, so all its words vote; one whose words disagree is settled
word by word.  A glyph beside a digit is left alone: no figure is ever repaired.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from extract.pdf.glyphs import is_told

_ODD = re.compile("[\ufffd\ue000-\uefff\uf100-\uf8ff\u0180-\u02af\x01-\x08\x0e-\x1f]")
_FIRST = 0xF0000  # placeholders are of a plane of Unicode that no text uses
_EXPANSIONS = ("ff", "fi", "fl", "ti", "tt", "ft", "ffi", "ffl", "tti", "tf", "fj", "fft", "th", "æ", "ø", "å", "-")
_PUNCTUATION = ".,;:()[]\"”»«'’‘“?!/"
_SHORTEST_PART = 5  # letters of a known word that counts inside a longer one
_MOST_UNKNOWN = 2  # glyphs of one word
_AGREED = 0.9  # share of a glyph's votes that must agree


@cache
def _common_words() -> frozenset[str]:
    """Common words that hold a pair of letters which fonts print as one glyph."""
    text = files("extract.pdf").joinpath("ligatures.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)["ligature_words"])


@dataclass(slots=True)
class UntoldGlyphs:
    """The glyphs of a document that tell no letter, each with its placeholder."""

    placeholders: dict[tuple[str, int], str] = field(default_factory=dict)  # by font and glyph or private code point
    printed: dict[str, str] = field(default_factory=dict)  # what the file has, by placeholder
    mixed: set[str] = field(default_factory=set)  # placeholders that stand for this here and for that there

    def mark(self, found: Sequence[tuple[Any, ...]], page: Any) -> list[str]:
        """The texts of a page's words (PyMuPDF's word tuples), a placeholder in them for every untold glyph."""
        texts: list[str] = [w[4] for w in found]
        if not _ODD.search("".join(texts)):
            return texts
        traced = [
            ((c[3][0] + c[3][2]) / 2, (c[3][1] + c[3][3]) / 2, span["font"], c[1], chr(c[0]))
            for span in page.get_texttrace()
            for c in span["chars"]
            if _is_untold(chr(c[0]))
        ]
        for n, (x0, y0, x1, y1, text, *_) in enumerate(found):
            untold = _untold_in(text)
            if not untold:
                continue
            here = [t for t in traced if x0 - 0.5 <= t[0] <= x1 + 0.5 and y0 - 0.5 <= t[1] <= y1 + 0.5]
            if len(here) == len(untold):
                letters = list(text)
                for i, (_, _, font, glyph, character) in zip(untold, here, strict=True):
                    letters[i] = self._placeholder(font, glyph, character)
                texts[n] = "".join(letters)
        return texts

    def _placeholder(self, font: str, glyph: int, character: str) -> str:
        key = (font, glyph if character == "\ufffd" else -ord(character))
        if key not in self.placeholders:
            placeholder = self.placeholders[key] = chr(_FIRST + len(self.placeholders))
            self.printed[placeholder] = character
            if glyph == 0:  # the font's sign for "no such glyph"
                self.mixed.add(placeholder)
        return self.placeholders[key]

    def spell(self, texts: Collection[str], known: Collection[str]) -> dict[str, str]:
        """The texts that hold placeholders, and how each reads: glyphs nothing is known about as the file has them."""
        damaged = [t for t in texts if any(c in self.printed for c in t)]
        if not damaged:
            return {}
        meant, alone = self._settle({_stem(t) for t in damaged}, frozenset(known) | _common_words())
        spelled = {}
        for text in damaged:
            own = iter(alone.get(_stem(text), ()))
            letters = []
            for c in text:
                if c in self.printed:
                    one = next(own, None)
                    letters.append(meant.get(c) or (one if c in self.mixed and one else self.printed[c]))
                else:
                    letters.append(c)
            spelled[text] = "".join(letters)
        return spelled

    def _settle(self, stems: Collection[str], known: frozenset[str]) -> tuple[dict[str, str], dict[str, Sequence[str]]]:
        """The letters of each glyph that its words agree about, and the letters in each word that settles its own."""
        meant: dict[str, str] = {}
        alone: dict[str, Sequence[str]] = {}
        for unknown in range(1, _MOST_UNKNOWN + 1):  # words with one unknown glyph first: they help the others
            votes: dict[str, Counter[str]] = defaultdict(Counter)
            for stem in stems:
                glyphs = [c for c in stem if c in self.printed]
                if sum(c not in meant for c in glyphs) == unknown:
                    letters = _letters(stem, [(meant[c],) if c in meant else _EXPANSIONS for c in glyphs], known)
                    if letters is not None:
                        alone[stem] = letters
                        for c, expansion in zip(glyphs, letters, strict=True):
                            votes[c][expansion] += 1
            for c, counted in votes.items():
                expansion, most = counted.most_common(1)[0]
                if most < _AGREED * counted.total():
                    self.mixed.add(c)
                if c not in self.mixed:
                    meant.setdefault(c, expansion)
        return meant, alone


def _is_untold(character: str) -> bool:
    return _ODD.match(character) is not None and not is_told(character)


def _untold_in(text: str) -> list[int]:
    """Where a word's untold glyphs stand; nowhere where one has a digit beside it."""
    untold = [i for i, c in enumerate(text) if _is_untold(c)]
    return [] if any(c.isdigit() for i in untold for c in text[max(i - 1, 0) : i + 2]) else untold


def _stem(text: str) -> str:
    return text.strip(_PUNCTUATION).lower()


def _letters(stem: str, choices: Sequence[Sequence[str]], known: frozenset[str]) -> Sequence[str] | None:
    """The one choice for each placeholder of a word that makes it, or the longest parts of it, known; None for none."""
    pieces = re.split(f"[{chr(_FIRST)}-{chr(_FIRST + 0xFFFD)}]", stem)
    best: list[Sequence[str]] = []
    most = 0
    for letters in product(*choices):
        score = _known_length(pieces, letters, known)
        if score > most:
            best, most = [letters], score
        elif score == most:
            best.append(letters)
    return best[0] if most and len(best) == 1 else None


def _known_length(pieces: Sequence[str], letters: Sequence[str], known: frozenset[str]) -> int:
    """How long the known words are in which the letters stand: the shortest of them counts, 0 where one has none."""
    word = pieces[0] + "".join(a + b for a, b in zip(letters, pieces[1:], strict=True))
    if word in known:
        return len(word) + _SHORTEST_PART
    at = 0
    shortest = len(word)
    for piece, expansion in zip(pieces, letters, strict=False):
        at += len(piece)
        shortest = min(shortest, max(_parts(word, at, at + len(expansion), known), default=0))
        at += len(expansion)
    return shortest


def _parts(word: str, start: int, end: int, known: frozenset[str]) -> Iterator[int]:
    """The lengths of the known words inside a word that cover its letters from `start` to `end`."""
    for a in range(start + 1):
        for b in range(max(end, a + _SHORTEST_PART), len(word) + 1):
            if word[a:b] in known:
                yield b - a
