"""The ways to read one row: which fragments are one figure, and which columns the figures stand in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise

from extract.records import record
from lexicon.figures import is_dash, is_group, opens_groups, parse_figure
from normalize.readings.rows import ReadingRow
from normalize.sums import Interval

LEAST = 14.0  # bits below the likeliest at which a reading is not considered
MOST = 120  # candidates a row; beyond it the least likely placements go
MOST_GROUPS = 12


@record
class Token:
    """One figure (or opaque fragment) of a row: the fragments it is printed in, and its value."""

    first: int
    last: int
    text: str
    value: Interval | None
    dash: bool = False


@record
class Candidate:
    """One way to read a row: a token or None in each column, and the fragments left over.

    In bits: `habit` is what the habits of such rows say for it, `firm` what figures of the row itself or of other
    tables say.
    """

    cells: tuple[Token | None, ...]
    words: tuple[int, ...]
    habit: float
    firm: float = 0.0
    crowded: bool = False  # there are more figures than columns: some of them were left out

    @property
    def values(self) -> tuple[Interval | None, ...]:
        """The values by column."""
        return tuple(None if cell is None else cell.value for cell in self.cells)


def candidates(
    row: ReadingRow, columns: int, *, text_columns: int, dashes_stand_alone: bool, exact: bool
) -> list[Candidate]:
    """All plausible readings of a row, the likeliest first; exactly one where the row leaves no choice."""
    if row.fixed is not None:
        cells = tuple(
            None if value is None else Token(-1, -1, str(value.value), value)
            for value in (*row.fixed, *([None] * columns))[:columns]
        )
        return [Candidate(cells, (), 0.0)]
    if not row.fragments:
        return [Candidate((None,) * columns, (), 0.0)]
    plain = _plain(row.fragments, exact)
    remarks = _remarks(plain, columns)
    if len(plain) - len(remarks) == columns:
        return [Candidate(tuple(plain[:columns]), remarks, 0.0)]
    found: dict[tuple[Token | None, ...], Candidate] = {}
    for tokens, words, prior in _segmentations(plain, columns, text_columns, dashes_stand_alone, exact):
        for cells, habit in _placements(tokens, columns):
            crowded = len(words) > (text_columns > 0 and plain[0].dash)
            candidate = Candidate(cells, words, prior + habit, crowded=crowded)
            known = found.get(cells)
            if known is None or known.habit < candidate.habit:
                found[cells] = candidate
    if not found:
        return [Candidate(_squeezed(plain, columns), tuple(range(columns, len(plain))), 0.0, crowded=True)]
    ranked = sorted(found.values(), key=lambda c: -c.habit)
    return [c for c in ranked if c.habit > ranked[0].habit - LEAST][:MOST]


def _plain(fragments: Sequence[str], exact: bool) -> list[Token]:
    return [_token(index, index, text, exact) for index, text in enumerate(fragments)]


def _remarks(plain: Sequence[Token], columns: int) -> tuple[int, ...]:
    """The fragments at the row's end that are words and more than its columns hold: a remark right of the figures."""
    end = len(plain)
    while end > columns and plain[end - 1].value is None:
        end -= 1
    return tuple(range(end, len(plain)))


def _token(first: int, last: int, text: str, exact: bool) -> Token:
    figure = _figure(text)
    if figure is None:
        return Token(first, last, text, None)
    return Token(first, last, text, Interval(figure.value, figure.half_step * (not exact)), is_dash(text))


@lru_cache(maxsize=4096)
def _figure(text: str) -> Interval | None:
    figure = parse_figure(text)
    return None if figure is None else Interval(figure.value, figure.half_step)


def _segmentations(
    plain: Sequence[Token], columns: int, text_columns: int, dashes_stand_alone: bool, exact: bool
) -> Iterator[tuple[tuple[Token, ...], tuple[int, ...], float]]:
    """Which fragments are one figure, which are words: tokens, leftover fragments, likelihood in bits."""
    leading = bool(text_columns and plain[0].dash)
    drops = [(1, 0.0), (0, -2.0)] if leading else [(0, 0.0)]
    for dropped, cost in drops:
        rest = plain[dropped:]
        words = tuple(range(dropped))
        for tokens, merged in _merges(rest, columns, dashes_stand_alone, exact):
            if tokens and len(tokens) <= columns:
                yield tokens, words, cost + merged
    extra = len(plain) - columns
    if extra > 0 and not leading:
        yield tuple(plain[extra:]), tuple(range(extra)), -4.0
        yield tuple(plain[:columns]), tuple(range(columns, len(plain))), -4.0


def _merges(
    plain: Sequence[Token], columns: int, dashes_stand_alone: bool, exact: bool
) -> Iterator[tuple[tuple[Token, ...], float]]:
    """The tokens as they are, and with signs and groups of thousands joined to the figure they belong to."""
    signed = _join_signs(plain, exact)
    if len(signed) == len(plain):
        yield tuple(plain), 0.0
    else:
        # a lone dash before a figure: a minus sign with a blank behind it, or a nil of its own
        yield tuple(plain), 0.0 if dashes_stand_alone else -2.0
        yield tuple(signed), -3.0 if dashes_stand_alone else 0.0
    if len(signed) > columns:
        yield from ((grouped, 0.0) for grouped in _join_groups(signed, columns, exact))


def _join_signs(plain: Sequence[Token], exact: bool) -> list[Token]:
    joined: list[Token] = []
    for token in plain:
        if joined and joined[-1].dash and joined[-1].text != "_" and token.text[:1].isdigit():
            sign = joined.pop()
            joined.append(_token(sign.first, token.last, f"{sign.text}{token.text}", exact))
        else:
            joined.append(token)
    return joined


def _join_groups(plain: Sequence[Token], columns: int, exact: bool) -> Iterator[tuple[Token, ...]]:
    """The ways to join groups of three digits to the figure before them that leave one figure a column."""
    able = [index for index in range(1, len(plain)) if is_group(plain[index].text)]
    surplus = len(plain) - columns
    if not 0 < surplus <= len(able) <= MOST_GROUPS:
        return
    for chosen in combinations(able, surplus):
        joined: list[Token] = []
        for index, token in enumerate(plain):
            if index in chosen and opens_groups(joined[-1].text.split()[0]):
                head = joined.pop()
                joined.append(_token(head.first, token.last, f"{head.text} {token.text}", exact))
            else:
                joined.append(token)
        if len(joined) == columns and all(token.value is not None for token in joined):
            yield tuple(joined)


def _placements(tokens: Sequence[Token], columns: int) -> Iterator[tuple[tuple[Token | None, ...], float]]:
    """Every order-keeping way to put the tokens into the columns, with the habit that speaks for it."""
    count = len(tokens)
    lasting = _lasting(tokens, columns)
    for chosen in combinations(range(columns), count):
        cells: list[Token | None] = [None] * columns
        for column, token in zip(chosen, tokens, strict=True):
            cells[column] = token
        yield tuple(cells), _habit(chosen, columns, lasting)


def _lasting(tokens: Sequence[Token], columns: int) -> float:
    """Bits by which the figures look like a change that lasts to the end of the table; negative for a one-off."""
    values = [token.value.value for token in tokens if token.value is not None and not token.dash]
    if not values:
        return 0.0
    if values[-1] < 0:
        return 3.0
    steady = len(values) >= 3 and values[-1] == values[-2] == values[-3]
    if len(tokens) == columns - 1 and steady:
        return 2.0
    return -1.0 if steady else -2.0


def _habit(chosen: Sequence[int], columns: int, lasting: float) -> float:
    """Bits for a placement by habit: permanent changes end in the last column, one-off costs begin in the first."""
    gaps = sum(after - before > 1 for before, after in pairwise(chosen))
    left, right = chosen[0], columns - 1 - chosen[-1]
    score = -6.0 * gaps
    if lasting > 0:
        return score - (lasting + 0.7 * right if right else 0.0) - (0.5 * max(0, left - 1) if right else 0.0)
    return score - (0.7 * left - lasting if left else 0.0)


def _squeezed(plain: Sequence[Token], columns: int) -> tuple[Token | None, ...]:
    cells = tuple(plain[:columns])
    return cells + (None,) * (columns - len(cells))


def row_total_bits(values: Sequence[Interval | None], totals: Mapping[int, Sequence[int]]) -> float:
    """What the row's own total columns say of its values: bits for those that close, a cost for those that miss."""
    score = 0.0
    for column, parts in totals.items():
        stated = values[column]
        figures = [values[part] for part in parts]
        summed = sum((figure.value for figure in figures if figure is not None), start=Decimal(0))
        slack = sum((figure.half_step for figure in figures if figure is not None), start=Decimal(0))
        if stated is None:
            score -= 4.0 * any(figure is not None and figure.value for figure in figures)
        elif abs(stated.value - summed) <= slack + stated.half_step:
            score += 6.0 if stated.value else 1.0
        else:
            score -= 5.0
    return score
