"""Visual lines of a page and their tokens: runs of words that stand together.

A *token* is what a reader takes as one thing in a table: a label's words on one line, or one figure ("- 250", "1 000").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter

from extract.pdf.words import Word, raised
from extract.words import HEADER_ITEM

_DASH = "-–−—_÷"
# a figure standing alone: optional sign, digits in groups, decimals; brackets, a trailing minus, a unit or a footnote
FIGURE = re.compile(
    r"""^[(\[]?\s*[-–−—÷+]?\s*
        (?:(?:\d{1,3}(?:[.\s\u00a0\u2009\u202f']\d{3})+|\d+)(?:,\d+)?|\d+\.\d{1,2}|\d*\s?[½¼¾]|,\d+)
        \s*(?:-|–|−)?[)\]]?\s*(?:%|år|kr\.?|mio\.?|t\.?kr\.?)?\s*(?:\*{1,4}|\d\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+⁾?|\))?$""",
    re.VERBOSE,
)
# a figure that names its own unit, as in "5.000 kr. pr. år"
_OWN_UNIT = re.compile(
    r"^(?:ca\.?\s)?[-–−]?\s?\d[\d.]*(?:,\d+)?\s(?:t\.\s?kr\.?|mio\.\s?kr\.?|kr\.?)(?:\s(?:pr\.?|per|om|i)\s\w+\.?|\sårligt)?\*{0,3}$",
    re.IGNORECASE,
)
_UNITS = {"Kr.", "Kr", "Mio.", "Mia.", "Pct.", "T.kr."}
LONE_DASH = re.compile(r"^[-–−—_÷]{1,2}$")
YEAR = re.compile(
    r"^(?:[BRFO]{1,2}|BO|Budget|Overslag|Regnskab|Forslag|år)?\s?\.?(?:19|20)\d\d(?:\s?[-/–]\s?(?:\d\d)?\d\d)?[*)]*$",
    re.IGNORECASE,
)
_DIGITS3 = re.compile(r"^\d{3}(?:[,.]\d+)?[)\-−–*%⁰¹²³⁴⁵⁶⁷⁸⁹⁾]*$")
_DIGITS13 = re.compile(r"^[(\-–−+÷]?\d{1,3}$")


@dataclass(slots=True)
class Token:
    """Words of one visual line that belong together."""

    words: list[Word]
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    figure: bool = False  # a number or a lone dash
    year: bool = False

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def bold(self) -> bool:
        return self.words[0].bold

    @property
    def size(self) -> float:
        return self.words[0].size


@dataclass(slots=True)
class VisualLine:
    """The words on one baseline, left to right."""

    words: list[Word]
    y0: float
    y1: float
    x0: float
    x1: float
    tokens: list[Token] = field(default_factory=list)
    size: float = 0.0  # of its largest word

    def __post_init__(self) -> None:
        self.size = max([w.size for w in self.words])

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


def visual_lines(words: list[Word], verticals: Sequence[tuple[float, float, float]] = ()) -> list[VisualLine]:
    """The words on common baselines, top to bottom, each line left to right; letters drawn one by one are joined.

    `verticals` are drawn lines (x, y0, y1) across which nothing is joined.
    """
    if len(words) == 1:
        w = words[0]
        return [VisualLine([w], w.y0, w.y1, w.x0, w.x1)]
    if not words:
        return []
    if len(words) < 12 and not verticals and (row := _one_line(words)) is not None:
        return [row]
    lines: list[list[Word]] = []
    middles: list[float] = []
    heights: list[float] = []
    for twice, _, _, word in sorted([(w.y0 + w.y1, w.x0, i, w) for i, w in enumerate(words)]):
        middle = twice / 2
        height = word.y1 - word.y0
        if lines and middle - middles[-1] <= 0.36 * (height if height < heights[-1] else heights[-1]):
            lines[-1].append(word)  # the usual case
            continue
        for back in range(len(lines) - 1, max(len(lines) - 5, -1), -1):
            if middle - middles[back] <= 0.36 * (height if height < heights[back] else heights[back]):
                lines[back].append(word)
                break
            if len(word.text) <= 3 and _superscript(lines[back], word):
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
    uneven = 0.2 * (y1 - y0)
    if max(tops) - y0 > uneven or y1 - min(bottoms) > uneven:
        return None
    words = sorted(words, key=_left)
    joined = _join_letters(words, ())
    return VisualLine(joined, y0, y1, joined[0].x0, joined[-1].x1)


_left = attrgetter("x0")


def _settle_markers(lines: list[list[Word]]) -> None:
    """Footnote markers met before the words they stand at: small digits alone on a line join the line below."""
    for i, line in enumerate(lines[:-1]):
        for word in [w for w in line if len(w.text) <= 3 and w.text[0] in "0123456789*)"]:
            if not all(c.isdigit() or c in "*)" for c in word.text):
                continue
            for below in lines[i + 1 : i + 4]:
                base = next(
                    (
                        w
                        for w in below
                        if w.size * 0.8 > word.size
                        and -1 <= word.x0 - w.x1 <= 0.3 * w.size
                        and w.y0 - 0.5 * w.size <= word.y0 <= w.y1
                    ),
                    None,
                )
                if base is not None:
                    line.remove(word)
                    word.text = raised(word.text)
                    below.append(word)
                    break


def _superscript(line: list[Word], word: Word) -> bool:
    """A footnote marker set high and small right behind a word of the line."""
    first = line[-1]
    return (
        word.size < 0.8 * first.size
        and len(word.text) <= 3
        and all(c.isdigit() or c in "*)" for c in word.text)
        and any(-1 <= word.x0 - w.x1 <= 0.3 * first.size for w in line)
        and first.y0 - 0.5 * first.size <= word.y0 <= first.y1
    )


def _join_letters(line: list[Word], verticals: Sequence[tuple[float, float, float]]) -> list[Word]:
    """Words that touch are one word (text drawn letter by letter, or in pieces); the same word drawn twice is one."""
    joined = line[:1]
    for word in line[1:]:
        last = joined[-1]
        size = word.size
        gap = word.x0 - last.x1
        if gap >= 0.3 * size and gap >= 0.3 * last.size:
            joined.append(word)  # the usual case: a blank between them
            continue
        if word.text == last.text and abs(word.x0 - last.x0) < 1.2 and abs(word.y0 - last.y0) < 1.2:
            last.bold = True  # poor man's bold: the same word drawn twice
            continue
        if (
            size < 0.82 * last.size
            and all(c.isdigit() or c in "*)" for c in word.text)
            and -0.35 * size < gap < 0.3 * last.size
        ):
            last.text += raised(word.text)
            last.raw += word.raw
            last.x1 = word.x1
            continue
        if (
            -0.35 * size < gap < 0.09 * size
            and not _apart(last, word)
            and not any(last.x1 - 1.5 <= x <= word.x0 + 1.5 and y0 <= word.middle <= y1 for x, y0, y1 in verticals)
        ):
            last.text += word.text
            last.raw += word.raw
            last.x1, last.y0, last.y1 = word.x1, min(last.y0, word.y0), max(last.y1, word.y1)
            last.confidence = min(last.confidence, word.confidence)
            continue
        joined.append(word)
    return joined


def _apart(last: Word, word: Word) -> bool:
    """Touching words that are different things all the same: figures of neighbouring columns, a box and its text."""
    if last.text in "☒☐" or word.text in "☒☐":
        return True
    return bool(FIGURE.match(last.text) and FIGURE.match(word.text) and len(last.text) > 1 and len(word.text) > 1)


def tokenize(line: VisualLine) -> list[Token]:
    """The tokens of a line."""
    group = line.words[:1]
    groups = [group]
    for word in line.words[1:]:
        if _starts_token(group, word):
            group = [word]
            groups.append(group)
        else:
            group.append(word)
    tokens = [make_token(g) for g in groups]
    if len(tokens) > 1 and sum([t.figure or t.year for t in tokens]) >= 2:
        tokens = [part for t, after in zip(tokens, [*tokens[1:], None], strict=True) for part in _parted(t, after)]
    return tokens


def _parted(token: Token, after: Token | None) -> list[Token]:
    """A token of a table's line that is two, set close: words and a header's first year, a figure and words."""
    words = token.words
    if len(words) < 2 or token.figure or token.year:
        return [token]
    for i in range(1, len(words)):
        if YEAR.match(words[i - 1].text) and words[i].text[0].isupper():
            head, rest = make_token(words[:i]), make_token(words[i:])
            if head.year or HEADER_ITEM.fullmatch(head.text):
                return [head, *_parted(rest, after)]
    last = words[-1]
    if after is not None and after.year and YEAR.match(last.text):
        year, following = _four_digits(last.text), _four_digits(after.text)
        if year is not None and following is not None and following - year == 1:
            return [make_token(words[:-1]), make_token(words[-1:])]
    if after is None:
        for i in range(1, len(words)):
            behind = words[i].text
            if behind[0].isupper() and behind not in _UNITS and FIGURE.match(" ".join(w.text for w in words[:i])):
                return [make_token(words[:i]), make_token(words[i:])]
    return [token]


def _four_digits(text: str) -> int | None:
    found = re.search(r"(?:19|20)\d\d", text)
    return int(found.group()) if found else None


def make_token(words: list[Word]) -> Token:
    """One token of these words."""
    first = words[0]
    if len(words) == 1:
        text = first.text
        y0, y1 = first.y0, first.y1
    else:
        text = " ".join([w.text for w in words])
        y0, y1 = min([w.y0 for w in words]), max([w.y1 for w in words])
    figure, year = _class(text, len(words) > 1)
    return Token(words, text, first.x0, y0, words[-1].x1, y1, figure, year)


@lru_cache(maxsize=8192)
def _class(text: str, several: bool) -> tuple[bool, bool]:
    """Whether the text of one word or of several is a figure, and whether it is a year."""
    figure = bool(LONE_DASH.match(text) or FIGURE.match(text) or (several and _OWN_UNIT.match(text)))
    return figure, bool(YEAR.match(text))


def _starts_token(group: list[Word], word: Word) -> bool:
    last = group[-1]
    gap = word.x0 - last.x1
    size = word.size if word.size > last.size else last.size
    if gap > 0.75 * size:  # a sign may be set apart from its figure
        return not (len(group) == 1 and gap <= size and _sign(last, word))
    if word.text[0].isalpha() and (gap <= 0.33 * size or not last.text[-1].isdigit()):
        return False  # the usual case: words of running text
    if gap <= 0.33 * size:
        figures = FIGURE.match(last.text) and FIGURE.match(word.text)
        return bool(figures and not _thousands(last, word) and not _sign(last, word))
    return _is_figure(last) and _is_figure(word) and not _thousands(last, word) and not _sign(last, word)


def _is_figure(word: Word) -> bool:
    return bool(FIGURE.match(word.text) or LONE_DASH.match(word.text))


def _thousands(last: Word, word: Word) -> bool:
    return bool(_DIGITS13.match(last.text) and _DIGITS3.match(word.text) and word.x0 - last.x1 <= 0.4 * word.size)


def _sign(last: Word, word: Word) -> bool:
    return len(last.text) == 1 and last.text in _DASH and word.text[0].isdigit()
