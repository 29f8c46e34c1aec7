"""The visual lines of a page: words on one baseline, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from extract.page.model import RAISED_LETTERS, VisualLine, Word, extent, raised
from extract.records import record
from lexicon.figures import is_number


@record
class Closeness:
    """How words of one line stand to each other; in font sizes, unless said otherwise."""

    line: float = 0.36  # of the lower word's height between the middles of words of one line
    few: int = 12  # words of a cell for which their places are looked at together
    uneven: float = 0.2  # of their height by which such words may stand unevenly
    blank: float = 0.3  # between words: no nearer ones are two
    touch: float = 0.09  # between pieces of one word
    overlap: float = 0.35  # by which pieces of one word may overlap
    twice: float = 1.2  # points between a word and itself drawn once more
    piece: float = 0.2  # by which a piece of a word drawn once more lies over the word, at least
    rule: float = 1.5  # points from a word's edge within which a drawn line parts it from the next
    mark: float = 0.82  # times the size of a word beside it: a footnote's mark is smaller
    mark_line: float = 0.8  # the same of one that the line above holds
    mark_letters: int = 3  # of a mark, at most
    mark_high: float = 0.1  # by which a mark before a figure stands higher
    mark_above: float = 0.5  # by which a mark may stand over its word
    mark_near: float = -1.0  # points: so far a mark may reach into its word


CLOSE = Closeness()
_LINES_BACK = 4  # lines above in which a word may belong, words being met by their middles


@dataclass(slots=True)
class _Baseline:
    """Words that stand on one line; its middle and height are those of the first that was met."""

    words: list[Word]
    middle: float
    height: float

    def holds(self, middle: float, height: float) -> bool:
        """Whether a word with that middle and height stands on this line."""
        return middle - self.middle <= CLOSE.line * (height if height < self.height else self.height)


def visual_lines(words: list[Word], verticals: Sequence[tuple[float, float, float]] = ()) -> list[VisualLine]:
    """The words on common baselines, top to bottom, each line left to right; letters drawn one by one are joined.

    `verticals` are drawn lines (x, y0, y1) across which nothing is joined.
    """
    if len(words) < CLOSE.few and not verticals and _is_one_line(words):
        return [_line(words, ())] if words else []
    lines: list[_Baseline] = []
    for word in sorted(words, key=lambda w: (w.y0 + w.y1, w.x0)):
        middle, height = word.middle, word.y1 - word.y0
        for line in reversed(lines[-_LINES_BACK:]):
            if line.holds(middle, height):
                break
            if _superscript(line.words, word):
                word.text = raised(word.text)
                break
        else:
            line = _Baseline([], middle, height)
            lines.append(line)
        line.words.append(word)
    stacked = [line.words for line in lines]
    _settle_markers(stacked)
    return sorted([_line(line, verticals) for line in stacked if line], key=_middle)


_left, _middle = attrgetter("x0"), attrgetter("middle")


def _line(words: list[Word], verticals: Sequence[tuple[float, float, float]]) -> VisualLine:
    """The words of one baseline from left to right, pieces of words joined."""
    joined = _join_letters(sorted(words, key=_left), verticals)
    x0, y0, x1, y1 = extent(joined)
    return VisualLine(joined, y0, y1, x0, x1)


def _is_one_line(words: list[Word]) -> bool:
    """Whether the few words of a cell plainly stand on one line, so that nothing has to be worked out."""
    if len(words) < 2:
        return True
    tops, bottoms = [w.y0 for w in words], [w.y1 for w in words]
    top, bottom = min(tops), max(bottoms)
    uneven = CLOSE.uneven * (bottom - top)
    return max(tops) - top <= uneven and bottom - min(bottoms) <= uneven


def _settle_markers(lines: list[list[Word]]) -> None:
    """Footnote markers met before the words they stand at: small digits alone on a line join the line below."""
    for i, line in enumerate(lines[:-1]):
        for mark in [w for w in line if _is_mark(w.text) or w.text in RAISED_LETTERS]:
            for below in lines[i + 1 : i + 4]:
                near = [w for w in below if _is_raised(mark, w)]
                behind = any(_touches(mark.x0 - w.x1, w.size) for w in near)
                if behind or any(_touches(w.x0 - mark.x1, w.size) and _leads(mark, w) for w in near):
                    line.remove(mark)
                    if behind:
                        mark.text = raised(mark.text)
                    below.append(mark)
                    break


def _is_raised(mark: Word, word: Word) -> bool:
    """Whether a mark is set smaller than a word and begins in its upper part or somewhat over it."""
    return mark.size < CLOSE.mark_line * word.size and word.y0 - CLOSE.mark_above * word.size <= mark.y0 <= word.y1


def _touches(gap: float, size: float) -> bool:
    """Whether a footnote's mark stands right beside a word of that size."""
    return CLOSE.mark_near <= gap <= CLOSE.blank * size


def _is_mark(text: str) -> bool:
    """Whether a text may be a footnote's number or star."""
    return len(text) <= CLOSE.mark_letters and all(c.isdigit() or c in "*)" for c in text)


def _superscript(line: list[Word], word: Word) -> bool:
    """A footnote marker set high and small right behind a word of the line."""
    last = line[-1]
    return _is_raised(word, last) and _is_mark(word.text) and any(_touches(word.x0 - w.x1, last.size) for w in line)


def _join_letters(line: list[Word], verticals: Sequence[tuple[float, float, float]]) -> list[Word]:
    """Words that touch are one word (text drawn letter by letter, or in pieces); the same word drawn twice is one."""
    joined = line[:1]
    for word in line[1:]:
        last = joined[-1]
        size = word.size
        gap = word.x0 - last.x1
        if gap >= CLOSE.blank * size and gap >= CLOSE.blank * last.size:
            joined.append(word)  # the usual case: a blank between them
        elif abs(word.y0 - last.y0) < CLOSE.twice and (whole := _drawn_again(last, word)) is not None:
            joined[-1] = whole
        elif _leads(last, word):
            word.text = raised(last.text) + word.text
            word.raw = (last.raw or last.text) + (word.raw or word.text)
            word.x0 = last.x0
            joined[-1] = word
        elif _follows(last, word) and -CLOSE.overlap * size < gap < CLOSE.blank * last.size:
            last.text += raised(word.text)
            last.raw += word.raw
            last.x1 = word.x1
        elif -CLOSE.overlap * size < gap < CLOSE.touch * size and not _apart(last, word, verticals):
            last.text += word.text
            last.raw += word.raw
            last.x1, last.y0, last.y1 = word.x1, min(last.y0, word.y0), max(last.y1, word.y1)
            last.confidence = min(last.confidence, word.confidence)
        else:
            joined.append(word)
    return joined


def _drawn_again(last: Word, word: Word) -> Word | None:
    """The word that stands where one was drawn twice, whole or in pieces ("772" over "2,772,829"); else None."""
    if word.text == last.text and abs(word.x0 - last.x0) < CLOSE.twice:
        last.bold = True  # poor man's bold
        return last
    small, large = sorted((last, word), key=lambda w: w.x1 - w.x0)
    inside = large.x0 - CLOSE.twice < small.x0 and small.x1 < large.x1 + CLOSE.twice
    over = word.x0 - last.x1 < -CLOSE.piece * word.size
    return large if over and inside and small.text in large.text != small.text else None


def _leads(mark: Word, word: Word) -> bool:
    """Whether a word is a footnote's mark set high and small right before a figure."""
    return (
        mark.size < CLOSE.mark * word.size
        and mark.middle < word.middle - CLOSE.mark_high * word.size
        and len(mark.text) <= 2
        and (mark.text.isdigit() or mark.text in RAISED_LETTERS)
        and is_number(word.text)
    )


def _follows(word: Word, mark: Word) -> bool:
    """Whether what stands behind a word is a footnote's mark, set small: a number, or a letter behind a figure."""
    lettered = mark.text in RAISED_LETTERS and word.text[-1].isdigit()
    return mark.size < CLOSE.mark * word.size and (lettered or all(c.isdigit() or c in "*)" for c in mark.text))


def _apart(last: Word, word: Word, verticals: Sequence[tuple[float, float, float]]) -> bool:
    """Whether words that touch are two: a box and its text, figures of neighbouring columns, a drawn line between."""
    if last.text in "☒☐" or word.text in "☒☐":
        return True
    if len(last.text) > 1 and len(word.text) > 1 and is_number(last.text) and is_number(word.text):
        return True
    x0, x1, middle = last.x1 - CLOSE.rule, word.x0 + CLOSE.rule, word.middle
    return any(x0 <= x <= x1 and y0 <= middle <= y1 for x, y0, y1 in verticals)
