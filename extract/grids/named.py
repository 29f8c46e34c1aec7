"""Which columns the words of a header stand over, told by the places of all of them together.

A cell holds its column's name and its figures, and no cell reaches into the next one; names that come again under each
of several words are those words' columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.grids.columns import Columns, column_of, spans
from extract.page.model import Token, Word, extent
from extract.page.tokens import make_token

BLANK = 0.5  # of the font size: no blank between words of one header is wider
EDGE = 1.2  # points between edges that are one
_AS_WIDE = 1.0  # font sizes between the edges of words as wide as those above them
_EVEN = 2.5  # points that the distances of headers from their columns differ
_TOUCHING = 0.5  # points by which cells beside each other may overlap
_LEAST_IN_ORDER = 2  # columns whose headers may be told by their order alone
_LEAST_REPEATED = 3  # names of columns after the first one, two of which come again
_OFF_GROUP = 0.6  # of the distance between names: so far from the middle of its group the name of one stands at most

Home = tuple[int, int]
"""The first column that words head, and how many they do."""


def groups_over(parts: list[Token], below: list[list[Token]], columns: Columns) -> dict[Token, Home]:
    """The columns that the words of a header's line head as groups: a line below it names each column by itself.

    Every column that is named below belongs to the group whose middle is nearest; the columns before the first name
    below are labels.  Empty where the line heads no groups.
    """
    heads = (_repeated(parts, line, columns) or _over_names(parts, line, columns) for line in below)
    return next(filter(None, heads), {})


def _over_names(parts: list[Token], line: list[Token], columns: Columns) -> dict[Token, Home]:
    """The same by one line of names below."""
    homes = in_order(line, columns)
    names = [t for t in line if not (t.year or t.figure)]
    name_of = {homes[t][0] if t in homes else column_of(columns, t): t for t in names}
    named = sorted(name_of.keys() - {0})
    begins = min([min(columns[c][0], name_of[c].x0) for c in named], default=0.0)
    over = [t for t in parts if t.x1 > begins - t.size] if named else []
    if len(over) < 2 or len(named) < 2 * len(over) or named[-1] - named[0] >= len(named):
        return {}
    if all(any(goes_on_below(t, n) for n in names) for t in over):
        return {}
    starts = [next((c for c in named if abs(name_of[c].x0 - t.x0) < EDGE), -1) for t in over]
    if starts[0] == named[0] and starts == sorted(set(starts)):  # set left, as the names below are
        return {t: (a, b - a) for t, a, b in zip(over, starts, [*starts[1:], named[-1] + 1], strict=True)}
    return _centred_groups(over, name_of, named)


def _centred_groups(over: list[Token], name_of: dict[int, Token], named: list[int]) -> dict[Token, Home]:
    """Every column that is named goes to the words whose middle is nearest; empty where these are not its middle."""
    under: dict[Token, list[int]] = {}
    for c in named:
        under.setdefault(min(over, key=lambda t: abs(t.centre - name_of[c].centre)), []).append(c)
    pitch = min(name_of[b].centre - name_of[a].centre for a, b in pairwise(named))
    off = [abs(t.centre - (name_of[own[0]].centre + name_of[own[-1]].centre) / 2) for t, own in under.items()]
    return {t: (own[0], len(own)) for t, own in under.items()} if max(off) <= _OFF_GROUP * pitch else {}


def _repeated(parts: list[Token], line: list[Token], columns: Columns) -> dict[Token, Home]:
    """The columns that words head where the names below come again under each of them ("Plan Total Plan Total")."""
    for groups in _groups_of_names(_names(line, columns)):
        places = [(min(columns[a[0]][0], a[1].x0), max(columns[b[0]][1], b[1].x1)) for a, *_, b in groups]
        heads = [[t for t in parts if x0 <= t.centre <= x1] for x0, x1 in places]
        if all(some and some[-1].x1 - some[0].x0 <= _width(some) for some in heads):
            return {t: (own[0][0], len(own)) for some, own in zip(heads, groups, strict=True) for t in some}
    return {}


def _names(line: list[Token], columns: Columns) -> list[tuple[int, Token]]:
    """The columns that a line names, and their names; those of neighbours set close are parted."""
    names: dict[int, list[Word]] = {}
    told = in_order(line, columns)
    for token in line:
        if token in told:  # a name wider than its figures may stand over the labels
            names.setdefault(told[token][0], []).extend(token.words)
            continue
        first, span = spans(columns, token)
        for words in [[w] for w in token.words] if first > 0 and span > 1 else [token.words]:
            names.setdefault(column_of(columns, make_token(words)), []).extend(words)
    return [(c, make_token(words)) for c, words in sorted(names.items()) if c > 0]


def _groups_of_names(cells: list[tuple[int, Token]]) -> Iterator[list[list[tuple[int, Token]]]]:
    """The names of columns beside each other in groups of the same names, two groups of two names or more."""
    texts = [t.text for _, t in cells]
    for start in range(len(texts) - _LEAST_REPEATED):
        period = texts.index(texts[start], start + 1) - start if texts[start] in texts[start + 1 :] else 0
        if period > 1 and cells[-1][0] - cells[start][0] == len(cells) - 1 - start:
            parts = [range(at, at + period) for at in range(start, len(texts) - period + 1, period)]
            alike = [[cells[i] for i in r] for r in parts if texts[r.start : r.stop] == texts[start : start + period]]
            if len(alike) > 1:
                yield alike


def _width(tokens: list[Token]) -> float:
    """How wide tokens are that are one text, with blanks between."""
    return sum(t.x1 - t.x0 for t in tokens) + BLANK * tokens[0].size * (len(tokens) - 1)


def goes_on_below(upper: Token, lower: Token) -> bool:
    """Whether words of a header go on in those below them: in lower case, at the same edge or as wide as these."""
    if not lower.text[0].islower():
        return False
    off = [abs(edge(upper.x0, upper.x1) - edge(lower.x0, lower.x1)) for edge in EDGES]
    return min(off) < EDGE or max(off) < _AS_WIDE * lower.size


def in_order(tokens: list[Token], columns: Columns) -> dict[Token, Home]:
    """The columns of words that stand beside theirs: as many words as columns of figures, each in its column's cell.

    Empty where every word stands over its column.
    Words set left in cells of which the figures are set right may stand over no figure at all, or over the neighbours'.
    But a cell holds its name and its figures, and no cell reaches into the next one: what tells the columns.
    """
    told = beside_each_other(tokens, columns)
    return told if any(column_of(columns, t) != home[0] for t, home in told.items()) else {}


def beside_each_other(tokens: list[Token], columns: Columns) -> dict[Token, Home]:
    """The same, whatever the words stand over."""
    places = columns[1:]
    names = tokens[len(tokens) - len(places) :]
    if len(names) != len(places) or len(places) < _LEAST_IN_ORDER or len(tokens) > len(columns):
        return {}
    return {t: (i, 1) for i, t in enumerate(names, 1)} if _are_names([(t.x0, t.x1) for t in names], columns) else {}


def _are_names(names: Columns, columns: Columns) -> bool:
    """Whether words stand in the cells of the columns behind the first, or all as far from them."""
    places = columns[1:]
    if names[0][0] < columns[0][0] + _TOUCHING:
        return False  # that is the labels' name
    cells = [(min(a, x0), max(b, x1)) for (a, b), (x0, x1) in zip(names, places, strict=True)]
    if all(b[0] - a[1] > -_TOUCHING for a, b in pairwise(cells)):
        return True
    pitch = min(b[1] - a[1] for a, b in pairwise(places))
    for edge in EDGES:
        apart = [edge(*name) - x1 for name, (_, x1) in zip(names, places, strict=True)]
        if max(apart) - min(apart) < _EVEN and max(map(abs, apart)) < 1.2 * pitch:
            return True
    return False


def _stacks(lines: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """The tokens of a header's lines that stand over each other, left to right; empty where one stands over two."""
    found: list[list[Token]] = []
    for token in sorted((t for line in lines for t in line), key=lambda t: t.x0):
        if found and token.x0 < max(t.x1 for t in found[-1]):
            found[-1].append(token)
        else:
            found.append([token])
    heights = [[round(t.middle) for t in stack] for stack in found]
    return found if all(len(set(ys)) == len(ys) for ys in heights) else []


def names_of(lines: Sequence[Sequence[Token]], columns: Columns) -> list[list[Token]]:
    """The names of every column but the first, which is the labels', by a header's lines read together.

    Empty where they do not name every one.
    """
    names = _stacks(lines)
    places = columns[1:]
    if not len(places) <= len(names) <= len(columns) or len(places) < _LEAST_IN_ORDER:
        return []
    names = names[-len(places) :]
    return names if _are_names([extent(stack)[::2] for stack in names], columns) else []


def _left(x0: float, _: float) -> float:
    return x0


def _right(_: float, x1: float) -> float:
    return x1


def _centre(x0: float, x1: float) -> float:
    return (x0 + x1) / 2


EDGES = (_left, _right, _centre)
"""Of what stands between two places: where it begins, where it ends, its middle."""
