"""A dash alone is a nil, a dash before a figure its sign: the columns tell which where they are set close."""

from __future__ import annotations

from extract.page.model import Token, VisualLine
from extract.page.tokens import make_token
from lexicon.figures import is_dash

_BLANK = 0.45  # of the font size: a sign stands no farther from its figure than a blank, unless it is set in a column
_FAR = 200.0  # points up or down within which a column's other figures are looked for
_SAME = 1.0  # points within which two right edges are one


def part_nils(lines: list[VisualLine]) -> None:
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
