"""Words that are struck out: a drawn line runs through the middle of them and no further."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from extract.page.model import Page, Word, extent

_OVER = 4.0  # points by which the line may be longer than what it strikes out, at either end
_COVERED = 0.8  # share of a word's width that is struck out
_FROM, _TO = 0.35, 0.75  # of the word's height, from its top: where a line strikes it out rather than underlines it
_LONGEST = 200.0  # points: rules of tables are longer, or no word's middle lies on them
_middle = attrgetter("middle")


def set_struck_apart(content: Page) -> None:
    """Moves struck-out words of a page from its words to `struck`, and the lines through them from its rules."""
    by_height = sorted(content.words, key=_middle)
    middles = [w.middle for w in by_height]
    near = (_TO - 0.5) * max((w.y1 - w.y0 for w in by_height), default=0.0)  # from a word's middle to a line through it
    rules: list[tuple[float, float, float]] = []
    gone: set[int] = set()
    for rule in content.horizontals:
        there = by_height[bisect_left(middles, rule[0] - near) : bisect_right(middles, rule[0] + near)]
        words = _struck_by(rule, there)
        if words:
            gone.update(map(id, words))
        else:
            rules.append(rule)
    if gone:
        content.struck += [w for w in content.words if id(w) in gone]
        content.words = [w for w in content.words if id(w) not in gone]
        content.horizontals = rules


def _struck_by(rule: tuple[float, float, float], there: list[Word]) -> list[Word]:
    """The words at a line's height that it strikes out: all it runs through, where it ends with them."""
    y, x0, x1 = rule
    words = [w for w in there if _is_through(y, x0, x1, w)] if x1 - x0 <= _LONGEST else []
    if not words:
        return []
    first, _, last, _ = extent(words)
    return words if first - x0 <= _OVER and x1 - last <= _OVER else []


def _is_through(y: float, x0: float, x1: float, word: Word) -> bool:
    high = word.y1 - word.y0
    within = word.y0 + _FROM * high <= y <= word.y0 + _TO * high
    return within and min(x1, word.x1) - max(x0, word.x0) > _COVERED * (word.x1 - word.x0)
