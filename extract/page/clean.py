"""What typesetting puts between and around figures: leader dots, letters set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from extract.page.model import VisualLine, Word
from lexicon.figures import is_number
from lexicon.years import is_year

_LEADER = re.compile(r"(?:[.·…_]\s?){4,}|…{2,}|\ufffd{4,}")  # the last: dots of a font that tells none
_WIDEST = 1.0  # font sizes between the characters of a figure that is set with spaces
_EVEN = 0.25  # how much the steps between such characters may differ, as a share of the font size
_PROOF = 2  # figures with a stop, comma or sign among them that show a page's figures to be set so
_SINGLE = re.compile(r"[\d.,()%*+÷–−-]")


def without_leaders(words: list[Word]) -> list[Word]:
    """The words without leader dots; those glued to a figure or a label are cut off, where they begin or end it."""
    if not any(_may_lead(w.text) for w in words):
        return words
    kept: list[Word] = []
    for word in words:
        if _may_lead(word.text):
            kept += _parts(word)
        else:
            kept.append(word)
    return kept


def _may_lead(text: str) -> bool:
    return any(run in text for run in ("...", "…", "___", "···", "\ufffd\ufffd\ufffd"))


def _parts(word: Word) -> Iterator[Word]:
    """What a word holds beside leader dots; one without dots enough is as it is."""
    if not _LEADER.search(word.text):
        yield word
        return
    step = (word.x1 - word.x0) / len(word.text)
    at = 0
    for leader in [*_LEADER.finditer(word.text), None]:
        end = leader.start() if leader else len(word.text)
        text = word.text[at:end]
        if text.strip():
            # The right edge of the last part is known, the others are about where letters of one width would end.
            x1 = word.x1 if leader is None else word.x0 + step * end
            x0 = word.x0 if at == 0 else word.x0 + step * at
            yield replace(word, text=text, raw=text, x0=x0, x1=x1)
        at = leader.end() if leader else end


def close_up(lines: list[VisualLine]) -> None:
    """Joins figures that are set with spaces between their characters ("1 . 2 5 0"), in the page's visual lines.

    Digits alone may be figures of neighbouring columns: they are joined only on pages where others, with a stop, comma
    or sign among their characters, show that figures are set so.
    """
    spaced = [(line, run) for line in lines for run in _spaced(line)]
    if sum(not text.isdigit() for text in (_text(run) for _, run in spaced)) < _PROOF:
        return
    for line, run in spaced:
        first, last = run[0], run[-1]
        whole = replace(
            first,
            text=_text(run),
            raw=" ".join(w.raw or w.text for w in run),
            x1=last.x1,
            y0=min(w.y0 for w in run),
            y1=max(w.y1 for w in run),
            confidence=min(w.confidence for w in run),
        )
        at = next(i for i, w in enumerate(line.words) if w is first)
        line.words[at : at + len(run)] = [whole]


def _spaced(line: VisualLine) -> Iterator[list[Word]]:
    """Runs of single characters at even steps, which together are one figure or year."""
    run: list[Word] = []
    for word in [*line.words, None]:
        single = word is not None and len(word.text) == 1 and _SINGLE.match(word.text) is not None
        if single and word is not None and (not run or _next_to(run, word)):
            run.append(word)
            continue
        if len(run) > 2 and (is_number(_text(run)) or is_year(_text(run))):
            yield run
        run = [word] if single and word is not None else []


def _next_to(run: list[Word], word: Word) -> bool:
    gap = word.x0 - run[-1].x1
    if gap > _WIDEST * word.size:
        return False
    before = [b.x0 - a.x1 for a, b in pairwise(run)]
    return not before or abs(gap - before[0]) < _EVEN * word.size


def _text(run: list[Word]) -> str:
    return "".join(w.text for w in run)
