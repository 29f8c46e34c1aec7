"""A dash alone is a nil, a dash before a figure its sign, however far before: the columns tell which.

Set close, a nil and the figure of the next column look like one figure; in accounting format a sign or a bracket stands
at the left edge of its cell, far from its digits, and looks like a nil.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extract.page.model import Token, VisualLine
from extract.page.tokens import make_token
from extract.records import record
from lexicon.captions import is_caption
from lexicon.figures import is_dash, is_number, is_sign

_OPENS, _CLOSES = ("(", "(-", "["), (")", "]")
_LONGEST_HEAD = 3  # words of a header over one column
_BLANK = 0.45  # of the font size: a sign stands no farther from its figure than a blank, unless it is set in a column
_ROW_WORDS = 12  # of one run of words in a table's line, at most
_FAR = 200.0  # points up or down within which a column's other figures are looked for
_SAME = 1.0  # points within which two right edges are one


def settle_dashes(lines: list[VisualLine]) -> None:
    """Tells nils from signs in the lines (tokens made): parts what is two, joins signs to figures set apart."""
    _part_nils(lines)
    _join_signs(lines)


def _part_nils(lines: list[VisualLine]) -> None:
    """Parts tokens of the lines that are a nil and, in the next column, a figure.

    The dash is a nil where it ends as another line's figure, year or lone dash does, or stands under a year that the
    figure does not stand under; a minus sign does so only where its figure does, too.
    """
    if not any(_open_dash(t) for line in lines for t in line.tokens):
        return
    doubtful = [line for line in lines if any(_open_dash(t) for t in line.tokens)]
    found = True
    while found:  # a nil that is found tells the others of its column
        found = False
        for line in doubtful:
            near = [x for x in lines if x is not line and abs(x.middle - line.middle) < _FAR]
            parted = [part for token in line.tokens for part in _parted(token, near)]
            found = found or len(parted) > len(line.tokens)
            line.tokens = parted


def _open_dash(token: Token) -> bool:
    first = token.words[0]
    return (
        len(token.words) > 1
        and token.figure
        and is_dash(first.text)
        and token.words[1].x0 - first.x1 > _BLANK * first.size
    )


def _parted(token: Token, near: list[VisualLine]) -> list[Token]:
    if not _open_dash(token):
        return [token]
    dash, figure = token.words[0], token.words[1]
    others = [t for line in near for t in line.tokens if t.figure or t.year or is_dash(t.text)]
    ends_alike = any(abs(t.x1 - dash.x1) < _SAME and not _open_dash(t) for t in others)
    headed = any(t.year and t.x0 - _SAME < dash.x0 and dash.x1 < t.x1 + _SAME and figure.x0 > t.x1 for t in others)
    return [make_token(token.words[:1]), make_token(token.words[1:])] if ends_alike or headed else [token]


def _join_signs(lines: list[VisualLine]) -> None:
    """Joins a sign or an opening bracket to the figure right of it, where no column lies between them.

    Such a token begins, for the columns' sake, where its digits do.
    """
    for at, line in enumerate(lines):
        if not any(_may_be_sign(a, b) for a, b in pairwise(line.tokens)):
            continue
        columns = _columns([*_around(lines[:at][::-1], line), line, *_around(lines[at + 1 :], line)])
        settled: list[Token] = []
        for token in line.tokens:
            sign = settled[-1] if settled else None
            end = settled[-2].x1 if len(settled) > 1 else 0.0
            if sign is not None and _may_be_sign(sign, token) and _same_cell(end, sign, token, columns):
                settled[-1] = make_token([*sign.words, *token.words])
                settled[-1].x0 = token.x0
            else:
                settled.append(token)
        line.tokens = settled


def _around(lines: list[VisualLine], line: VisualLine) -> Iterator[VisualLine]:
    """The lines from a line on, one way, that may stand in its table: down or up to a caption or running text."""
    for other in lines:
        if abs(other.middle - line.middle) >= _FAR or is_caption(other.text):
            return
        if len(other.tokens) == 1 and len(other.words) > _ROW_WORDS:
            return
        yield other


def _may_be_sign(token: Token, after: Token) -> bool:
    """Whether a token may be the sign, or the open bracket, of the figure after it."""
    if token.text in _OPENS:
        return after.text.endswith(_CLOSES) and is_number(token.text + after.text)
    return is_sign(token.text) and after.figure and not after.year and after.text[0].isdigit()


def _has_its_sign(token: Token) -> bool:
    """Whether a token is a figure with its sign set close: "–50"."""
    return token.figure and len(token.words) == 1 and len(token.text) > 1 and is_sign(token.text[0])


def _is_amount(token: Token) -> bool:
    """Whether a token is a figure with digits, or one whose bracket opens at its cell's left edge."""
    if token.figure:
        return not is_dash(token.text)
    return token.text.endswith(_CLOSES) and is_number(f"({token.text}")


@record
class _Column:
    """The extent of a column of figures, and whether it holds any besides the years that head it."""

    x0: float
    x1: float
    vacant: bool


def _columns(lines: list[VisualLine]) -> list[_Column]:
    """The columns of figures, left to right: figures with digits, years, and other headers over no column of these.

    So are nils.
    """
    tokens = [*(t for x in lines for t in x.tokens if t.year or _is_amount(t)), *_nils(lines)]
    columns: list[_Column] = []
    for token in sorted(tokens, key=lambda t: t.x0):
        last = columns[-1] if columns else None
        if last is not None and token.x0 < last.x1:
            columns[-1] = _Column(last.x0, max(last.x1, token.x1), last.vacant and token.year)
        else:
            columns.append(_Column(token.x0, token.x1, token.year))
    return columns + [h for h in _heads(lines, columns) if not any(h.x0 < c.x1 and h.x1 > c.x0 for c in columns)]


def _nils(lines: list[VisualLine]) -> Iterator[Token]:
    """Dashes that no figure follows, and those that end alike before figures whose sign is set close."""
    pairs = [(a, b) for x in lines for a, b in pairwise(x.tokens) if is_dash(a.text)]
    yield from (a for a, b in pairs if is_dash(b.text))
    signed = [a for a, b in pairs if _has_its_sign(b)]
    yield from (a for a in signed if any(a is not b and abs(a.x1 - b.x1) < _SAME for b in signed))


def _heads(lines: list[VisualLine], columns: list[_Column]) -> Iterator[_Column]:
    """Words short enough to head a column right of where the columns begin."""
    left = columns[0].x0 if columns else 0.0
    for token in (t for x in lines for t in x.tokens[1:]):
        if token.text[0].isalpha() and len(token.words) <= _LONGEST_HEAD and token.x0 > left:
            yield _Column(token.x0, token.x1, True)


def _same_cell(before: float, sign: Token, figure: Token, columns: list[_Column]) -> bool:
    """Whether a sign and a figure have one column.

    Not so where another column, left of the figure, reaches over the sign, or stands empty between the line's token
    before (which ends at `before`) and the figure: then the dash is its nil.
    """
    return not any(c.x1 < figure.x0 and (c.x1 > sign.x0 or (c.vacant and c.x0 > before)) for c in columns)
