"""The visual lines of a page: words on one baseline, from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from extract.page.model import RAISED_LETTERS, VisualLine, Word, raised
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
_LINES_BACK = 5  # lines above in which a word may belong, words being met by their middles


def visual_lines(words: list[Word], verticals: Sequence[tuple[float, float, float]] = ()) -> list[VisualLine]:
    """The words on common baselines, top to bottom, each line left to right; letters drawn one by one are joined.

    `verticals` are drawn lines (x, y0, y1) across which nothing is joined.
    """
    if len(words) == 1:
        w = words[0]
        return [VisualLine([w], w.y0, w.y1, w.x0, w.x1)]
    if not words:
        return []
    if len(words) < CLOSE.few and not verticals and (row := _one_line(words)) is not None:
        return [row]
    lines: list[list[Word]] = []
    middles: list[float] = []
    heights: list[float] = []
    for twice, _, _, word in sorted([(w.y0 + w.y1, w.x0, i, w) for i, w in enumerate(words)]):
        middle = twice / 2
        height = word.y1 - word.y0
        if lines and middle - middles[-1] <= CLOSE.line * (height if height < heights[-1] else heights[-1]):
            lines[-1].append(word)  # the usual case
            continue
        for back in range(len(lines) - 1, max(len(lines) - _LINES_BACK, -1), -1):
            if middle - middles[back] <= CLOSE.line * (height if height < heights[back] else heights[back]):
                lines[back].append(word)
                break
            if len(word.text) <= CLOSE.mark_letters and _superscript(lines[back], word):
                word.text = raised(word.text)
                lines[back].append(word)
                break
        else:
            lines.append([word])
            middles.append(middle)
            heights.append(height)
    _settle_markers(lines)
    made = []
    for line in lines:
        if not line:
            continue
        line.sort(key=_left)
        joined = _join_letters(line, verticals)
        y0, y1 = min([w.y0 for w in joined]), max([w.y1 for w in joined])
        made.append(VisualLine(joined, y0, y1, joined[0].x0, max([w.x1 for w in joined])))
    made.sort(key=lambda m: m.middle)
    return made


def _one_line(words: list[Word]) -> VisualLine | None:
    """The few words of a cell where they plainly stand on one line; None where that has to be worked out."""
    tops, bottoms = [w.y0 for w in words], [w.y1 for w in words]
    y0, y1 = min(tops), max(bottoms)
    uneven = CLOSE.uneven * (y1 - y0)
    if max(tops) - y0 > uneven or y1 - min(bottoms) > uneven:
        return None
    words = sorted(words, key=_left)
    joined = _join_letters(words, ())
    return VisualLine(joined, y0, y1, joined[0].x0, joined[-1].x1)


_left = attrgetter("x0")


def _settle_markers(lines: list[list[Word]]) -> None:
    """Footnote markers met before the words they stand at: small digits alone on a line join the line below."""
    for i, line in enumerate(lines[:-1]):
        for word in [w for w in line if len(w.text) <= CLOSE.mark_letters and _is_mark(w.text)]:
            for below in lines[i + 1 : i + 4]:
                near = [
                    w
                    for w in below
                    if w.size * CLOSE.mark_line > word.size and w.y0 - CLOSE.mark_above * w.size <= word.y0 <= w.y1
                ]
                behind = any(_touches(word.x0 - w.x1, w.size) for w in near)
                if behind or any(_touches(w.x0 - word.x1, w.size) and _leads(word, w) for w in near):
                    line.remove(word)
                    if behind:
                        word.text = raised(word.text)
                    below.append(word)
                    break


def _touches(gap: float, size: float) -> bool:
    """Whether a footnote's mark stands right beside a word of that size."""
    return CLOSE.mark_near <= gap <= CLOSE.blank * size


def _is_mark(text: str) -> bool:
    return all(c.isdigit() or c in "*)" for c in text) or text in RAISED_LETTERS


def _superscript(line: list[Word], word: Word) -> bool:
    """A footnote marker set high and small right behind a word of the line."""
    first = line[-1]
    return (
        word.size < CLOSE.mark_line * first.size
        and len(word.text) <= CLOSE.mark_letters
        and all(c.isdigit() or c in "*)" for c in word.text)
        and any(_touches(word.x0 - w.x1, first.size) for w in line)
        and first.y0 - CLOSE.mark_above * first.size <= word.y0 <= first.y1
    )


def _join_letters(line: list[Word], verticals: Sequence[tuple[float, float, float]]) -> list[Word]:
    """Words that touch are one word (text drawn letter by letter, or in pieces); the same word drawn twice is one."""
    joined = line[:1]
    for word in line[1:]:
        last = joined[-1]
        size = word.size
        gap = word.x0 - last.x1
        if gap >= CLOSE.blank * size and gap >= CLOSE.blank * last.size:
            joined.append(word)  # the usual case: a blank between them
            continue
        if abs(word.y0 - last.y0) < CLOSE.twice and (whole := _drawn_again(last, word)) is not None:
            joined[-1] = whole
            continue
        if _leads(last, word):
            word.text = raised(last.text) + word.text
            word.raw = (last.raw or last.text) + (word.raw or word.text)
            word.x0 = last.x0
            joined[-1] = word
            continue
        if (
            size < CLOSE.mark * last.size
            and (all(c.isdigit() or c in "*)" for c in word.text) or _letter_mark(last, word))
            and -CLOSE.overlap * size < gap < CLOSE.blank * last.size
        ):
            last.text += raised(word.text)
            last.raw += word.raw
            last.x1 = word.x1
            continue
        if (
            -CLOSE.overlap * size < gap < CLOSE.touch * size
            and not _apart(last, word)
            and not any(
                last.x1 - CLOSE.rule <= x <= word.x0 + CLOSE.rule and y0 <= word.middle <= y1 for x, y0, y1 in verticals
            )
        ):
            last.text += word.text
            last.raw += word.raw
            last.x1, last.y0, last.y1 = word.x1, min(last.y0, word.y0), max(last.y1, word.y1)
            last.confidence = min(last.confidence, word.confidence)
            continue
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


def _letter_mark(figure: Word, word: Word) -> bool:
    """Whether a word is a letter that marks a footnote, set small behind a figure."""
    return word.text in RAISED_LETTERS and figure.text[-1].isdigit()


def _apart(last: Word, word: Word) -> bool:
    """Touching words that are different things all the same: figures of neighbouring columns, a box and its text."""
    if last.text in "☒☐" or word.text in "☒☐":
        return True
    return len(last.text) > 1 and len(word.text) > 1 and is_number(last.text) and is_number(word.text)
