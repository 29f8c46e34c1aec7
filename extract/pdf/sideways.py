"""Text set sideways on a page that is read from left to right: the headers of narrow columns, stamps in a margin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.page.model import Word

_APART = 1.6  # font sizes from header to header: lines of sideways text stand nearer
_LEVEL = 3.0  # points within which the ends of a row of headers are level


def joined(words: Sequence[Word]) -> Word:
    """One line of sideways text as one word, in its own order."""
    first = words[0]
    if len(words) == 1:
        return first
    return replace(
        first,
        text=" ".join(w.text for w in words),
        raw=" ".join(w.raw or w.text for w in words),
        x0=min(w.x0 for w in words),
        y0=min(w.y0 for w in words),
        x1=max(w.x1 for w in words),
        y1=max(w.y1 for w in words),
    )


def upright(lines: list[Word]) -> tuple[list[Word], list[Word]]:
    """The headers among lines of sideways text, as words that stand upright at the foot of theirs, and the others.

    Headers come in rows: at least two beside each other, further apart than lines of text, level at foot or top.
    """
    heads: list[Word] = []
    others: list[Word] = []
    for line in lines:
        row = [x for x in lines if x is not line and _in_a_row(line, x)]
        if not row or any(x is not line and _too_near(line, x) for x in lines):
            others.append(line)
            continue
        foot = max(x.y1 for x in (line, *row))
        heads.append(replace(line, y0=foot - line.size, y1=foot))
    return heads, others


def _in_a_row(a: Word, b: Word) -> bool:
    level = abs(a.y1 - b.y1) < _LEVEL or abs(a.y0 - b.y0) < _LEVEL
    return level and abs(a.size - b.size) < 0.5


def _too_near(a: Word, b: Word) -> bool:
    """Whether two stand as near as lines of one text."""
    beside = a.y0 < b.y1 and b.y0 < a.y1
    return beside and abs(a.x0 - b.x0) < _APART * a.size
