"""The header of a table without a grid: which of its lines head it, and which columns their words stand over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from extract.grids.columns import Columns, column_of, spans
from extract.grids.evidence import Bands, Region, cut_between, figures_of, is_named_year, year_header
from extract.grids.named import (
    BLANK,
    EDGE,
    EDGES,
    Home,
    beside_each_other,
    goes_on_below,
    groups_over,
    in_order,
    names_of,
)
from extract.grids.raw import RawCell, RawRow
from extract.page.model import Token, VisualLine, Word
from extract.page.tokens import make_token
from lexicon.figures import FigureUnit, own_unit
from lexicon.formulas import counts_columns, goes_on
from lexicon.units import are_units, find_unit, is_only_unit
from lexicon.years import ends_span, is_outside_years

_SET_IN = 4.0  # font sizes right of where labels begin, from which on words over their column are not theirs
_WRAPPED = 0.6  # font sizes of white between the lines of one name, at most
_CENTRED = 4.0  # points between the middle of words and that of the columns they head
_OVER = 0.6  # of a header's width that stands over the labels' column and makes it theirs
_SPAN_OF_YEARS = re.compile(r"\d\s?[-/–]\s?\d")


def header_lines(region: Region, columns: Columns, bands: Bands) -> tuple[int, int]:
    """How many of the region's first lines head it for certain, and how many do at most."""
    lines = region.lines
    first = next((i for i, x in enumerate(lines) if _holds_amounts(x, region)), None)
    if first is None:
        count = _behind_last(lines, year_header)
        return count, count
    above = lines[:first]
    count = _behind_last(above, lambda x: any(t.year for t in x.tokens) or _numbers_columns(x, region))
    if count == 0:
        count = _behind_last(above, lambda x: any(t.x1 > region.value_left for t in x.tokens))
        return count, count
    groups = sum(t.year for t in lines[count - 1].tokens)
    most = count
    while most < first and not cut_between(lines[most - 1], lines[most], region, bands):
        most += 1
    while count < first and _is_unit_below(lines[count], region):
        count += 1
    while count < most and all(t.x0 >= region.value_left - 1 for t in lines[count].tokens):
        count += 1
    while count < first and _is_lower_level(lines[count], columns, region, groups):
        count += 1
    return count, max(most, count)


def _behind_last(lines: list[VisualLine], holds: Callable[[VisualLine], bool]) -> int:
    """How many lines there are down to the last one of which this holds."""
    return max((i for i, x in enumerate(lines, 1) if holds(x)), default=0)


def _holds_amounts(line: VisualLine, region: Region) -> bool:
    """Whether a line is the first of the body: figures that name no columns."""
    names = _names_columns(line) or _numbers_columns(line, region) or _ends_names(line, region)
    return line in region.anchors and not names


def _ends_names(line: VisualLine, region: Region) -> bool:
    """Whether the figures of a line are the ends of names that the lines above it begin."""
    return _dates_names(line, region) or _ends_spans(line, region)


def _dates_names(line: VisualLine, region: Region) -> bool:
    """Whether the only figures of a line are years, among words over other columns: "2026" below "Kan lånes", beside
    "kontant", or "Budget 2026" beside "Andel i pct."."""
    figures = figures_of(line)
    beside = [t for t in line.tokens if t.x1 > region.value_left and t not in figures]
    years = all(t.year and (t.text.isdigit() or is_named_year(t.text)) for t in figures)
    return years and (bool(beside) or _ends_wrapped(line, region)) and not _of_years(region, figures)


def _ends_wrapped(line: VisualLine, region: Region) -> bool:
    """Whether a line without label holds nothing but the second lines of names in the one right above: "2026" below
    "Før"."""
    at = region.lines.index(line)
    above = region.lines[at - 1] if at else None
    if above is None or line.y0 - above.y1 > _WRAPPED * line.size:
        return False
    return all(any(not (a.figure or a.year) and _at_one_edge(a, t) for a in above.tokens) for t in line.tokens)


def _at_one_edge(one: Token, other: Token) -> bool:
    """Whether two tokens begin, end or have their middle at the same place."""
    return any(abs(edge(one.x0, one.x1) - edge(other.x0, other.x1)) < EDGE for edge in EDGES)


def _ends_spans(line: VisualLine, region: Region) -> bool:
    """Whether a line holds nothing but the ends of spans that break off above it: "30" below "Sum 2027-"."""
    at = region.lines.index(line)
    above = region.lines[at - 1].tokens if at else []
    return all(any(t.x0 < a.x1 and a.x0 < t.x1 and ends_span(a.text, t.text) for a in above) for t in line.tokens)


def _of_years(region: Region, tokens: list[Token]) -> bool:
    """Whether one of the tokens stands in a column of years."""
    body = [t for x in region.bodies for t in figures_of(x) if t not in tokens]
    under = [[b.year for b in body if b.x0 < t.x1 and t.x0 < b.x1] for t in tokens]
    return any(2 * sum(some) >= len(some) for some in under)


def _numbers_columns(line: VisualLine, region: Region) -> bool:
    """Whether a line counts the columns: "(1)", "(2)", "(3)=(1)-(2)"."""
    label = " ".join(t.text for t in line.tokens if t.x1 <= region.value_left)
    return counts_columns([t.text for t in line.tokens if t.x1 > region.value_left], label)


def _names_columns(line: VisualLine) -> bool:
    """Whether a line with figures names columns: years, or percentages without a label ("1 pct. 3 pct. 5 pct.")."""
    percentages = len(line.tokens) > 1 and all(own_unit(t.text) is FigureUnit.PERCENT for t in line.tokens)
    return percentages or year_header(line) or not figures_of(line)


def _is_unit_below(line: VisualLine, region: Region) -> bool:
    """Whether a line under the names of the columns says their unit, in brackets: "(in thousands)"."""
    text = line.text
    return len(line.tokens) == 1 and line.x0 > region.value_left and text[0] == "(" and text[-1] == ")"


def _is_lower_level(line: VisualLine, columns: Columns, region: Region, groups: int) -> bool:
    """Whether a line under `groups` years names several columns under each, beside the table's unit or nothing."""
    told = beside_each_other(line.tokens, columns)
    names = [t for t in line.tokens if t in told or (not told and t.x1 > region.value_left)]
    label = " ".join(t.text for t in line.tokens if t not in names)
    repeats = bool(names) and len({t.text for t in names}) * groups == len(names)  # the same under each year
    plain = not any(t.figure or t.year for t in names) and (not label or repeats or find_unit(label) is not None)
    homes = told or {column_of(columns, t) for t in names}
    return plain and len(names) == len(homes) >= 2 * groups > 0


def header_rows(lines: Sequence[VisualLine], columns: Columns, bands: Bands) -> list[RawRow]:
    """Header lines as rows: what spans columns (a unit line over the years) stands in a row of its own, above.

    So do the upper lines over a year, below what spans, and the lines that say every column's unit or count the
    columns, below all.
    """
    named: list[VisualLine] = []
    apart: list[list[Token]] = []
    above: list[Token] = []  # the line above, where it stands in a row of its own
    for number, line in enumerate(lines):
        if _goes_on(above, line):
            above += line.tokens
            continue
        above = [*(_apart(line) if number else ())]
        if above:
            apart.append(above)
        else:
            named.append(line)
    header = _Header(named, columns, bands)
    rows = [_row_of(cells) for cells in (header.spanning, header.upper, header.single, header.lower) if cells]
    for tokens in apart:
        cells: dict[int, RawCell] = {}
        for token in tokens:
            _add_line(cells, (column_of(columns, token), 1), token.words)
        rows.append(_row_of(cells))
    return rows


def _apart(line: VisualLine) -> Sequence[Token]:
    """What a line that counts the columns, or says the unit of each, puts into them; nothing of any other line."""
    return _numbers(line) or (line.tokens if are_units([t.text for t in line.tokens]) else ())


def _goes_on(tokens: Sequence[Token], below: VisualLine) -> bool:
    """Whether the line below holds the rest of a formula that breaks off among these."""
    return goes_on([t.text for t in tokens], [t.text for t in below.tokens])


def _numbers(line: VisualLine) -> Sequence[Token]:
    """The numbers of columns and formulas of a line that counts the columns, behind whatever it begins with, words set
    close each by itself; none where it does not count them."""
    for tokens in (line.tokens, [make_token([word]) for token in line.tokens for word in token.words]):
        texts = [t.text for t in tokens]
        if counts_columns(texts) or counts_columns(texts[1:], texts[0]):
            return tokens
    return ()


class _Header:
    """The cells of a header: over several columns, the upper ones over a year, all others, and a unit below them."""

    def __init__(self, lines: list[VisualLine], columns: Columns, bands: Bands) -> None:
        self.spanning: dict[int, RawCell] = {}
        self.upper: dict[int, RawCell] = {}
        self.single: dict[int, RawCell] = {}
        self.lower: dict[int, RawCell] = {}
        self._columns, self._bands = columns, bands
        self._first: list[Token] = []  # words over the first column of figures
        years = [t for x in lines for t in x.tokens if _is_one_year(t)]
        left = min((t.x0 for t in years), default=0.0)
        parted = [_parted(line, lines, columns) for line in lines]
        self._leaves = years or (parted[-1] if parted else [])
        dated = (t for x in lines if year_header(x) for t in x.tokens)
        self._heads = [t for t in dated if t.x0 >= left and not _SPAN_OF_YEARS.search(t.text)]
        self._told = _in_stacks(parted, columns, bands) or {
            t: home for parts in parted for t, home in in_order(parts, columns).items()
        }
        for number, parts in enumerate(parted):
            self._place(parts, parted[number + 1 :])

    def _place(self, parts: list[Token], below: list[list[Token]]) -> None:
        """Puts the words of a line, parted by columns, into the cells they belong to."""
        groups = groups_over(parts, below, self._columns)
        for token in parts:
            taken = {column_of(self._columns, t) for t in parts if t is not token}
            told = (
                groups.get(token)
                or self._of_all(token, parts, below)
                or self._beside(token)
                or self._going_on(token, below)
            )
            first, span = told or self._home(token, taken)
            if first == 0 < len(self._columns) - 1 and self._heads_first(token, parts, taken):
                first, span = 1, 1
            if (first, span) == (1, 1):
                self._first.append(token)
            if first == 0:
                _add_line(self.single, (0, 1), token.words)
            elif span > 1 and told is None and not any(t.y0 > token.middle for t in self._leaves):
                for word in token.words:  # neighbours' headers set close: each word to the column it stands over
                    _add_word(self.single, column_of(self._columns, make_token([word])), word)
            else:
                _add_line(self._level(token, (first, span), last=not below), (first, span), token.words)

    def _level(self, token: Token, home: Home, *, last: bool) -> dict[int, RawCell]:
        """The level of the header that words over those columns belong to; `last`: no line is below them."""
        if home[1] > 1:
            return self.lower if last and any(t.y1 < token.middle for t in self._leaves) else self.spanning
        return self.upper if self._over_year(token, home[0]) else self.single

    def _heads_first(self, token: Token, parts: list[Token], taken: set[int]) -> bool:
        """Whether words over the labels head the first column of figures: they go on below others of it, or stand
        behind those over the labels, and no others over that column."""
        below = any(t.y0 < token.y0 and abs(t.x0 - token.x0) < EDGE for t in self._first)
        return below or (token is not parts[0] and 0 in taken and 1 not in taken)

    def _beside(self, token: Token) -> Home | None:
        """The column of words that stand beside theirs, or above or below such; None where none are."""
        if token in self._told:
            return self._told[token]
        homes = {home for t, home in self._told.items() if t.x0 < token.x1 and token.x0 < t.x1}
        return homes.pop() if len(homes) == 1 else None

    def _going_on(self, token: Token, below: list[list[Token]]) -> Home | None:
        """The column of words that go on in the line right below theirs, over figures; None where they do not."""
        rest = next((t for t in (below[0] if below else ()) if goes_on_below(token, t)), None)
        first, span = spans(self._columns, rest) if rest is not None else (0, 1)
        return (first, 1) if first > 0 and span == 1 else None

    def _of_all(self, token: Token, parts: list[Token], below: list[list[Token]]) -> Home | None:
        """All columns of figures for a unit alone on its line: set right over the last, or in brackets amid them."""
        last = len(self._columns) - 1
        if len(parts) > 1 or last < 1:
            return None
        right = spans(self._columns, token) == (last, 1) and any(len(x) > 1 for x in below)
        middle = (self._columns[1][0] + self._columns[last][1]) / 2
        centred = abs(middle - token.centre) < _CENTRED and token.text[0] == "(" and token.text[-1] == ")"
        return (1, last) if (right and is_only_unit(token.text)) or centred else None

    def _home(self, token: Token, taken: set[int]) -> Home:
        """The columns that words head by their place; `taken` are those that other words of the line stand over."""
        columns = self._columns
        first, span = spans(columns, token)
        if (first, span) == (0, 2) and (_mostly_over(token, columns[1]) or _set_in(token, columns[0])):
            return 1, 1
        if token.year or token.figure:
            return column_of(columns, token), 1
        return self._over_leaves(token, (first, span), taken) if first > 0 else (first, span)

    def _over_leaves(self, token: Token, home: Home, taken: set[int]) -> Home:
        """The columns that words head whose own names stand below them; `home` are those that they stand over.

        Words at the edge of the one name below them, which is no two set close, are its upper line; others head a
        group, or all of the columns.
        """
        lower = [t for t in self._leaves if t.y0 > token.middle]
        under = [t for t in lower if t.x0 < token.x1 and t.x1 > token.x0]
        own = under[0] if len(under) == 1 and spans(self._columns, under[0])[1] == 1 else None
        if own is not None and min(abs(own.x0 - token.x0), abs(own.x1 - token.x1)) < EDGE:
            return column_of(self._columns, own), 1
        ends = [t.x1 for t in lower]
        amid = home[1] > 1 and bool(ends) and min(ends) < token.x0 and token.x1 < max(ends)
        if not under and not amid:
            return home
        first, span = _spanned(self._columns, token, self._bands, taken, min(t.middle for t in under or lower))
        bare = {column_of(self._columns, t) for t in lower if t.figure}
        told = bare.issuperset(range(first, first + span))
        if own is not None and own.figure and find_unit(token.text) is None and not told:
            return column_of(self._columns, own), 1  # the name of a year alone, beside columns that have theirs
        return first, span

    def _over_year(self, token: Token, column: int) -> bool:
        """Whether words are the upper line of a column that a year, or what stands beside years, names below.

        Not so "Før" above "2026": together they are no year.
        """
        below = [t for t in self._heads if t.y0 >= token.middle and column_of(self._columns, t) == column]
        return bool(below) and not token.year and not any(is_outside_years(f"{token.text} {t.text}") for t in below)


def _is_one_year(token: Token) -> bool:
    return token.year and not _SPAN_OF_YEARS.search(token.text)


def _row_of(cells: dict[int, RawCell]) -> RawRow:
    words = [w for cell in cells.values() for line in cell.lines for w in line]
    return RawRow(cells, min(w.y0 for w in words), max(w.y1 for w in words), header=True)


def _add_line(cells: dict[int, RawCell], home: Home, words: list[Word]) -> None:
    first, span = home
    cell = cells.setdefault(first, RawCell(first, [], span))
    cell.span = max(cell.span, span)
    cell.lines.append(words)


def _add_word(cells: dict[int, RawCell], column: int, word: Word) -> None:
    cell = cells.setdefault(column, RawCell(column, []))
    if cell.lines and abs(cell.lines[-1][-1].middle - word.middle) < 0.4 * word.size:
        cell.lines[-1] = [*cell.lines[-1], word]
    else:
        cell.lines.append([word])


def _in_stacks(lines: Sequence[Sequence[Token]], columns: Columns, bands: Bands) -> dict[Token, Home]:
    """The columns of a header's words where its lines together name every column, some wrapped."""
    alone = [line[0] for line in lines if len(line) == 1]
    if len(lines) < 2 or any(_heads_many(t, columns, bands) for t in alone):
        return {}
    return {t: (i, 1) for i, stack in enumerate(names_of(lines, columns), 1) for t in stack}


def _heads_many(token: Token, columns: Columns, bands: Bands) -> bool:
    """Whether words alone on their line may head several columns: centred over all, or with a rule under several."""
    middle = (columns[1][0] + columns[-1][1]) / 2
    if abs(token.centre - middle) < _CENTRED:
        return True
    rules = (r for r in bands.rules if token.y1 - 1 <= r[0] <= token.y1 + token.size and r[1] <= token.centre <= r[2])
    return any(1 < len(_between(columns, x0, x1)) < len(columns) - 1 for _, x0, x1 in rules)


def _mostly_over(token: Token, column: tuple[float, float]) -> bool:
    """Whether a header wider than its column reaches only a little over the labels' column."""
    return min(token.x1, column[1]) - max(token.x0, column[0]) > _OVER * (token.x1 - token.x0)


def _set_in(token: Token, labels: tuple[float, float]) -> bool:
    """Whether a header that reaches over the labels' column begins well right of where labels begin."""
    return token.x0 > labels[0] + _SET_IN * token.size


def _parted(line: VisualLine, lines: list[VisualLine], columns: Columns) -> list[Token]:
    """The tokens of a header's line, those parted that are two neighbours' headers."""
    others = [t for x in lines if x is not line for t in x.tokens]
    return [part for token in line.tokens for part in _by_column(token, others, columns)]


def _by_column(token: Token, others: list[Token], columns: Columns) -> Iterator[Token]:
    """A token as it is, or parted where each part stands over a column of its own.

    More than a blank apart, or each in line with another word of its column's header, or with its column's figures.
    """
    for i in range(1, len(token.words)):
        before, after = make_token(token.words[:i]), make_token(token.words[i:])
        if _ends_with(before, columns) + 1 == _ends_with(after, columns) > 1 and find_unit(token.text) is None:
            yield before
            yield from _by_column(after, others, columns)
            return
        (a, one), (b, other) = spans(columns, before), spans(columns, after)
        if not 0 < a < b or one != 1 or other != 1:
            continue
        close = after.x0 - before.x1 <= BLANK * token.size
        if not close or (find_unit(token.text) is None and _in_line(before, after, others)):
            yield before
            yield from _by_column(after, others, columns)
            return
    yield token


def _ends_with(token: Token, columns: Columns) -> int:
    """The column of figures that ends where a token does, however far left it reaches; 0 for none."""
    return next((c for c, (_, x1) in enumerate(columns) if c and abs(token.x1 - x1) < EDGE), 0)


def _in_line(before: Token, after: Token, others: list[Token]) -> bool:
    """Whether both stand in line with words above or below them, at the same edge."""
    return any(
        all(any(abs(edge(t.x0, t.x1) - edge(o.x0, o.x1)) < EDGE for o in others) for t in (before, after))
        for edge in EDGES
    )


def _spanned(columns: Columns, token: Token, bands: Bands, taken: set[int], names: float) -> Home:
    """The columns that words above them head: under the fill of their cell, under their own rule, or centred below.

    `taken` are the columns that other words of the line stand over; `names` is the height of the words below.
    """
    first, span = spans(columns, token)
    fill = bands.fill_at(token.centre, token.middle)
    if fill is not None:
        under = _between(columns, fill[0] - 2, fill[2] + 2)
        if first in under and len(under) < len(columns):
            return under[0], len(under)
    for y, x0, x1 in bands.rules:
        if token.y1 - 1 <= y <= min(token.y1 + token.size, names) and x0 <= token.centre <= x1:
            under = _between(columns, x0, x1)
            if 1 < len(under) < len(columns) - 1 and taken.isdisjoint(under):
                return under[0], len(under)
    wider = ((i, j) for i in range(1, first + 1) for j in range(first + span - 1, len(columns)))
    centred = ((i, j) for i, j in wider if abs((columns[i][0] + columns[j][1]) / 2 - token.centre) < _CENTRED)
    free = [(i, j - i + 1) for i, j in centred if j - i >= span and taken.isdisjoint(range(i, j + 1))]
    return max(free, key=lambda home: home[1], default=(first, span))


def _between(columns: Columns, x0: float, x1: float) -> list[int]:
    """The columns whose middles lie between two places."""
    return [i for i, c in enumerate(columns) if x0 <= (c[0] + c[1]) / 2 <= x1]
