"""One page of what two readings of it tell: the text, and what was recognised in its pictures."""

from __future__ import annotations

from dataclasses import replace

from extract.page.model import Area, Page, Word
from lexicon.figures import is_number

_LEAST_SURE = 0.3  # a recognised word's confidence
_FIGURES = 4  # a picture with fewer figures is none of a table


def add_recognised(page: Page, seen: Page, areas: list[Area]) -> None:
    """Adds to a page the words and lines that were seen in areas of it, where it has no words of its own.

    Both pages are as shown.  An area without figures is left alone.
    """
    for area in areas:
        words = [
            word
            for w in seen.words
            if w.confidence >= _LEAST_SURE
            and _within((word := _shown(w, seen)), area)
            and not any(_overlap(word, own) for own in page.words)
        ]
        if sum(is_number(w.text) for w in words) < _FIGURES:
            continue
        page.words += words
        page.horizontals += [r for r in seen.horizontals if area[1] <= r[0] <= area[3] and _reach(r[1:], area[0::2])]
        page.verticals += [r for r in seen.verticals if area[0] <= r[0] <= area[2] and _reach(r[1:], area[1::2])]
        page.pictured.append(area)


def _shown(word: Word, page: Page) -> Word:
    x0, y0, x1, y1 = page.shown(word.x0, word.y0, word.x1, word.y1)
    return replace(word, x0=x0, y0=y0, x1=x1, y1=y1)


def _within(word: Word, area: Area) -> bool:
    x0, y0, x1, y1 = area
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= word.middle <= y1


def _overlap(a: Word, b: Word) -> bool:
    return a.x0 < b.x1 and b.x0 < a.x1 and a.y0 < b.middle < a.y1


def _reach(line: tuple[float, ...], span: tuple[float, ...]) -> bool:
    """Whether a line lies within an extent (with the little that it may be drawn beyond it)."""
    return span[0] - 2 <= line[0] and line[1] <= span[1] + 2
