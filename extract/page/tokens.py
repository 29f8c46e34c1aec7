"""The tokens of visual lines: runs of words that stand together.

A *token* is what a reader takes as one thing in a table: a label's words on one line, or one figure ("- 250", "1 000").
"""

from __future__ import annotations

import re
from functools import lru_cache

from extract.page.model import Token, VisualLine, Word
from lexicon.figures import (
    FOREIGN_SIGNS,
    figures_in,
    is_figure,
    is_group,
    is_number,
    is_sign,
    opens_groups,
    stands_as_figure,
)
from lexicon.years import YEAR, is_column_header, is_outside_years, is_year

_OPENERS, _CLOSERS = "([", ")]"
_SIGN_APART = 20.0  # font sizes between a currency's sign, at the left edge of a cell, and its figure
_UNITS = {"Kr.", "Kr", "Mio.", "Mia.", "Pct.", "T.kr."}


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
    tokens = [t for g in groups for t in _figures_apart(g)]
    if len(tokens) > 1 and sum([t.figure or t.year or _holds_years(t) for t in tokens]) >= 2:
        tokens = [part for t, after in zip(tokens, [*tokens[1:], None], strict=True) for part in _parted(t, after)]
    return tokens


def _figures_apart(words: list[Word]) -> list[Token]:
    """Words that stand close as the tokens they are; figures with their units ("1 pct. 3 pct.") are several."""
    whole = make_token(words)
    if len(words) < 4 or whole.figure or not words[0].text[0].isdigit():
        return [whole]
    spans = figures_in(whole.text)
    if "".join(whole.text[a:b] for a, b in spans).replace(" ", "") != whole.text.replace(" ", ""):
        return [whole]
    tokens: list[Token] = []
    left = list(words)
    for a, b in spans:
        count = len(whole.text[a:b].split())
        tokens.append(make_token(left[:count]))
        left = left[count:]
    return tokens


def _parted(token: Token, after: Token | None) -> list[Token]:
    """A token of a table's line that is two, set close: words and a header's first year, a figure and words."""
    words = token.words
    if len(words) < 2 or token.figure or token.year:
        return [token]
    for i in range(1, len(words)):
        begins = words[i].text[0].isupper() and words[i].text not in _UNITS
        if begins and any(is_year(w.text) for w in words[:i]):
            head = make_token(words[:i])
            if head.year or is_column_header(head.text):
                return [head, *_parted(make_token(words[i:]), after)]
    cut = _end_of_figure(words) if after is None else _first_year(token, after)
    return [token] if cut is None else [make_token(words[:cut]), make_token(words[cut:])]


def _first_year(token: Token, after: Token) -> int | None:
    """How many words stand before a header's first year: the year before the one that follows them."""
    last = token.words[-1].text
    if not after.year or not is_year(last) or is_outside_years(token.text):
        return None
    year, following = re.search(YEAR, last), re.search(YEAR, after.text)
    if year is None or following is None or int(following[0]) - int(year[0]) != 1:
        return None
    return len(token.words) - 1


def _end_of_figure(words: list[Word]) -> int | None:
    """How many words at the end of a line are a figure that other words, and no unit of it, stand behind."""
    for i, word in enumerate(words[1:], 1):
        if word.text[0].isupper() and word.text not in _UNITS and is_figure(" ".join(w.text for w in words[:i])):
            return i
    return None


def _holds_years(token: Token) -> bool:
    """Whether a token is two names with a year, set close: "2027 t.kr. Budget 2027 t.kr."."""
    return len(token.words) > 2 and sum(is_year(w.text) for w in token.words) > 1


def make_token(words: list[Word]) -> Token:
    """One token of these words."""
    first = words[0]
    if len(words) == 1:
        text = first.text
        y0, y1 = first.y0, first.y1
    else:
        text = " ".join([w.text for w in words])
        y0, y1 = min([w.y0 for w in words]), max([w.y1 for w in words])
    figure, year = _class(text)
    return Token(words, text, first.x0, y0, words[-1].x1, y1, figure, year)


@lru_cache(maxsize=8192)
def _class(text: str) -> tuple[bool, bool]:
    """Whether the text is a figure, and whether it is a year."""
    return stands_as_figure(text), is_year(text)


def _starts_token(group: list[Word], word: Word) -> bool:
    """Whether a word is a token of its own beside the words of a group."""
    last = group[-1]
    gap = word.x0 - last.x1
    size = max(word.size, last.size)
    if last.text in FOREIGN_SIGNS:
        return gap > _SIGN_APART * size or not is_number(word.text)
    if is_sign(last.text) and word.text[0].isdigit():  # a sign may be set apart from its figure
        return gap > (size if len(group) == 1 else 0.75 * size)
    if gap > 0.75 * size:
        return True
    if gap > 0.33 * size and _opens_cell(last, word):
        return True
    if word.text[0].isalpha() and (gap <= 0.33 * size or not last.text[-1].isdigit()):
        return False  # the usual case: words of running text
    if _thousands(last, word):
        return False
    apart = is_number if gap <= 0.33 * size else is_figure
    return apart(last.text) and apart(word.text)


def _opens_cell(last: Word, word: Word) -> bool:
    """Whether a word is the bracket of the next column's figure, at the left edge of its cell."""
    return word.text in _OPENERS and (last.text[-1] in _CLOSERS or is_figure(last.text))


def _thousands(last: Word, word: Word) -> bool:
    return opens_groups(last.text) and is_group(word.text) and word.x0 - last.x1 <= 0.4 * word.size
