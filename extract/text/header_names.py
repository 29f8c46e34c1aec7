"""The words above a table's first row as the names of its columns, where a dump printed them one after the other.

Given how many columns there are, the words are parted into that many names (and one over the labels, which often is
the unit): every place between two words has a price for parting there and one for not, and the cheapest way wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, combinations, pairwise

from extract.records import record
from extract.text.head_words import (
    PRICES,
    HeadLine,
    Name,
    Word,
    corner_of,
    head_words,
    name_of,
    parted,
    prices_of,
    starts_name,
    text_of,
)
from lexicon.figures import has_stops, is_stopless
from lexicon.hyphens import join_lines
from lexicon.lines import ends_open, heads_labels, is_committee, is_section, starts_within
from lexicon.units import is_only_unit, unit_end
from lexicon.years import (
    columns_in,
    is_column_header,
    is_date,
    is_outside_years,
    is_year,
    names_column,
    value_columns_in,
    years_in,
)

# Prices, in the same currency as a row of figures that bears a count of columns out (1).
_BARE = 4.0  # a year alone is a name, and another one is that year's with words
_SECTION = 1.5  # a line below the header is no part of it
_USUAL = 0.3  # the same, where as many lines stand before the labels of other rows
_LEFT_OUT = 7.0  # the line right above the header names a column, too
_OWN = 0.3  # words behind the unit head the labels
_OWN_BELOW = 1.0  # and stand below the unit: a gain
_LABEL = 2.0  # they are known to: a gain
_BESIDE = 1.2  # and name a column of words beside them: a gain
_STUB = 1.5  # words head the labels where no unit does: a gain
_UNIT = 3.0  # the header begins with its unit: a gain
_NAMED = 4.0  # every column has a name: a gain
_NAMED_ALONE = 2.5  # the same, where nothing else tells a header
_ABOVE = 3.0  # years end the header, and lines above name the columns behind them: a gain
_KNOWN = 1.0  # a column's name is known: a gain
_LONG = 5.0  # a name of more characters than LONGEST
_ACROSS = 6.0  # names may be set line by line across the columns, and nobody can tell how
_YEARS = 8.0  # a name holds the years of two columns
_TWICE = 2.0  # a column has the name of another
_TWICE_BARE = 5.0  # and it is a year and nothing else
_ALL_BELOW = 1.5  # the last lines hold as many names as there are columns: a gain
_LEAST_GROUPED = 3  # columns under such words
_WORDS = 2.5  # the words behind the rows' figures have a name, too: a gain
_NO_WORDS = 4.0  # and it is one that only figures have
LONGEST = 40
MOST_LABEL = 4  # words over the labels
_LEAST_BARE = 3  # years, of which all but the first have no name
LEAST_ACROSS = 2  # names that begin in a line set across the columns
_MOST_RESTS = 8
_MOST_STUB_LINES = 4  # of a header's unit and what heads the labels
_AHEAD_TIMES, _AHEAD_LESS = 2.5, 0.7  # bits that the names are right for a bit that they are ahead, as papers show
_CLEAR = 2.5  # bits ahead that leave no doubt
_FAR_AHEAD = 20.0  # bits, where there is no other way


@record
class Habits:
    """What a stretch's rows tell of the header above them.

    `floor`: bits that speak for a header, whatever it is; `spare`: lines that stand before the labels of other rows;
    `behind`: how many names head words behind the figures; `beside`: a column of words stands beside the labels'.
    """

    floor: float = 0.0
    spare: int = 0
    behind: int = 0
    beside: bool = False


HABITS = Habits()


@dataclass(slots=True)
class Names:
    """The header found: the lines `first` to `last` (half open) hold it, `levels` are its rows, the corner first.

    `columns` of them hold figures; the last `behind` names head words.  `ahead`: bits by which no other way of parting
    the words is as likely.
    """

    columns: int
    score: float
    first: int = 0
    last: int = 0
    behind: int = 0
    ahead: float = _FAR_AHEAD
    levels: list[list[Name]] = field(default_factory=list)
    begins: tuple[int, ...] = ()  # the words with which the names of one level begin

    @property
    def sure(self) -> float:
        """How probable it is that the names are parted where they are."""
        bits = _AHEAD_TIMES * max(0.0, self.ahead) - _AHEAD_LESS
        return 1.0 if self.ahead >= _CLEAR or all(map(is_column_header, self.texts)) else 1.0 / (1.0 + 2.0**-bits)

    @property
    def texts(self) -> list[str]:
        """The names of all levels in print order, what heads the labels left out."""
        return [name.text for level in self.levels for name in level[1:]]


def best_names(lines: Sequence[HeadLine], columns: int, habits: Habits = HABITS) -> Names:
    """The names of that many columns of figures in the lines; without levels for none."""
    best = Names(columns, -habits.floor, len(lines), len(lines))
    second = -habits.floor
    years = [line.years for line in lines]
    rests = [max(line.years, line.rest) for line in lines]
    most = _UNIT + _NAMED + _LABEL + _STUB + _KNOWN * columns + _WORDS * habits.behind
    begun = [not line.text[:1].islower() for line in lines]
    for first in range(len(lines)):
        left = _LEFT_OUT * (sum(years[:first]) + (first > 0 and _names_on(lines[first - 1].text, lines[first].text)))
        for last in range(len(lines), first, -1):
            usual = min(len(lines) - last, habits.spare)
            rest = _SECTION * (len(lines) - last - usual) + _USUAL * usual + left + _LEFT_OUT * sum(rests[last:])
            joined = sum(begun[first:last]) - columns - habits.behind - _MOST_STUB_LINES
            if most - rest - PRICES.join_wrapped * max(0, joined) <= best.score:
                continue
            found = _names(lines[first:last], columns, habits)
            if found is None:
                continue
            score = found.score - rest - _BARE * _repeated(found, lines[:first], lines[last:])
            if best.levels and found.texts != best.texts:
                second = max(second, min(score, best.score))
            if score > best.score:
                best = replace(found, score=score, first=first, last=last)
    if best.levels:
        best.ahead = min(best.score - second, _ahead(lines[best.first : best.last], best, habits))
    return best


def _repeated(names: Names, above: Sequence[HeadLine], below: Sequence[HeadLine]) -> int:
    """How many names are a year and nothing else, with which a line below, or right above the only one, ends, too: that
    of another name."""
    bare = {text for text in names.texts if text.isdigit()}
    beside = [*below, *(above[-1:] if len(bare) == 1 else [])]
    ends = {line.text.rpartition(" ")[2] for line in beside if " " in line.text}
    return sum(text in ends for text in bare)


def _ahead(lines: Sequence[HeadLine], best: Names, habits: Habits) -> float:
    """By how many bits the names are likelier than those that do not all begin where these do."""
    lines, columns = _filled(lines), best.columns + best.behind
    ways = (_best_level(lines, columns, habits, begin) for begin in best.begins)
    others = [found.score for found in ways if found is not None and found.texts != best.texts]
    own = _best_level(lines, columns, habits)
    return own.score - max(others) if own is not None and others else _FAR_AHEAD


def _names_on(above: str, text: str) -> bool:
    """Whether a line names columns of the header that the line below it is of; a unit begins a header of its own."""
    return is_column_header(above) or (heads_labels(above) and not unit_end(text))


def _filled(lines: Sequence[HeadLine]) -> Sequence[HeadLine]:
    """The lines, where the last one is the rest of a name that breaks off amid the line above: "Nøgle i 2027 2028" over
    "pct."."""
    if len(lines) < 2 or not starts_within(lines[-1].text) or lines[-1].gap:
        return lines
    found = lines[-2].text.split()
    open_ = [at for at, (word, after) in enumerate(pairwise(found), 1) if ends_open(word) and is_year(after)]
    if len(open_) != 1:
        return lines
    return [*lines[:-2], replace(lines[-2], text=" ".join([*found[: open_[0]], lines[-1].text, *found[open_[0] :]]))]


def _names(lines: Sequence[HeadLine], columns: int, habits: Habits) -> Names | None:
    lines = _filled(lines)
    words = head_words(lines)
    corner = corner_of(words)
    if not words or words[-1].text.endswith(":") or (words[0].text[0].islower() and not corner):
        return None  # a sentence, or its rest, heads nothing
    single = _best_level(lines, columns + habits.behind, habits)
    if habits.behind:
        return None if single is None else _with_words(single, habits.behind)
    double = _two_levels(words, corner, columns)
    stacked = _stacked(lines, columns)
    if single is not None and stacked is None and _across(lines) and _is_lone(lines):
        single.score -= _ACROSS
    others = (_named_above(lines, columns), stacked, _below_groups(lines, columns))
    found = [x for x in (single, double, *others) if x is not None]
    return max(found, key=lambda x: x.score) if found else None


def _with_words(names: Names, behind: int) -> Names:
    """The names, of which the last head words behind the figures."""
    odd = sum(is_column_header(name.text) for level in names.levels for name in level[-behind:])
    score = names.score + _WORDS * behind - (_NO_WORDS + _KNOWN) * odd
    return replace(names, columns=names.columns - behind, behind=behind, score=score)


def _best_level(lines: Sequence[HeadLine], columns: int, habits: Habits, never: int | None = None) -> Names | None:
    """The names in one level, by the habit of setting blank lines that fits best; none begins with the word `never`."""
    gaps = any(line.gap for line in lines[1:])
    ways = [head_words(lines, habit) for habit in ((None, False, True) if gaps else (None,))]
    found = [x for words in ways if (x := _single_level(words, columns, habits, never)) is not None]
    return max(found, key=lambda x: x.score) if found else None


def _single_level(words: Sequence[Word], columns: int, habits: Habits, never: int | None) -> Names | None:
    best: Names | None = None
    corner = corner_of(words)
    for own in range(corner, min(corner + MOST_LABEL, len(words) - columns) + 1):
        if own == never:
            continue
        priced = parted(words[own:], columns, never - own if never is not None else None)
        if priced is None:
            continue
        cost, groups = priced
        texts = [text_of(g) for g in groups]
        known = sum(is_column_header(t) for t in texts)
        labels = any(heads_labels(text_of(words[corner:end])) for end in range(corner + 1, own + 1))
        gain = (_NAMED if corner or known or labels else _NAMED_ALONE) + _UNIT * (corner > 0)
        gain += _KNOWN * known + _LABEL * labels
        cost += _LONG * sum(len(t) > LONGEST or not _can_name(t) for t in texts)
        dated = any(is_year(text) and not text.isdigit() for text in texts[1:])
        cost += _corner_cost(words, corner, own, beside=habits.beside, dated=dated)
        cost += PRICES.part_open * ends_open(words[-1].text)
        cost += _texts_cost(texts) + _heading_cost(groups)
        cost += _YEARS * (own > corner and _runs_into(text_of(words[corner:own]), texts[0]))
        if best is None or gain - cost > best.score:
            level = [name_of(words[:own]), *map(name_of, groups)]
            begins = tuple(accumulate(map(len, groups[:-1]), initial=own))
            best = Names(columns, gain - cost, levels=[_unglued(level)], begins=begins)
    return best


def _texts_cost(texts: Sequence[str]) -> float:
    """What it costs that names are the same, are years that others have with words, or hold years of two columns."""
    bare = [text for text in texts if text.isdigit()]
    cost = _TWICE * (len(texts) - len(set(texts))) + _TWICE_BARE * (len(bare) - len(set(bare)))
    cost += _BARE * _bare_years(texts)
    cost += _YEARS * sum(_runs_into(a, b) for a, b in pairwise(texts[1:]))  # the first name is parted below
    return cost + _YEARS * sum(_holds_two_years(text) and not is_column_header(text) for text in texts)


def _bare_years(texts: Sequence[str]) -> int:
    """How many names are a year and nothing else, that another name has with words beside it."""
    dated = [years_in(text) for text in texts if not text.isdigit()]
    named = {years[0] for years in dated if len(years) == 1}
    return sum(text in named for text in texts)


def _holds_two_years(name: str) -> bool:
    """Whether a name holds years of two columns, not of one span: "Ændring 2012-2014"."""
    years = [len(years_in(word)) for word in name.split()]
    return sum(years) > max(years, default=0)


def _runs_into(name: str, year: str) -> bool:
    """Whether a name ends in the year before the one that is the next name alone: that year is a column by itself."""
    last = name.rpartition(" ")[2]
    alone = year.isdigit() and last.isdigit() and not is_column_header(name)
    return alone and is_year(year) and int(last) + 1 == int(year)


def _heading_cost(groups: Sequence[list[Word]]) -> float:
    """What it costs that the last name may be what heads the first rows: known to, or set apart from the others."""
    if len(groups) < LEAST_ACROSS:
        return 0.0
    last, before = groups[-1], groups[-2]
    text = text_of(last)
    apart = last[0].gap and last[0].line == last[-1].line and before[0].line == groups[0][-1].line
    return PRICES.part_heading * (is_committee(text) or is_section(text)) + PRICES.part_behind * apart


def _can_name(text: str) -> bool:
    """Whether a text has letters, or is a year, a date, a percent sign or the like: a figure or unit names none, nor
    does a label with its row's figures."""
    if any(has_stops(word) or (is_stopless(word) and not is_year(word)) for word in text.split()):
        return False
    return is_column_header(text) or is_date(text) or (any(c.isalpha() for c in text) and not is_only_unit(text))


def _corner_cost(words: Sequence[Word], corner: int, own: int, *, beside: bool = False, dated: bool = False) -> float:
    """What it costs that words behind the unit are the header over the labels."""
    if own == corner:
        return 0.0
    joins = [prices_of(a, b)[1] for a, b in zip(words[corner:own], words[corner + 1 : own], strict=False)]
    several = beside and (corner > 0 or any(word.text[0].isupper() for word in words[corner + 1 : own]))
    within = own < len(words) and not words[own].opens
    known = sum(word.known or (word.tail and is_year(word.text)) for word in words[corner:own])
    named = words[own : own + 1] and is_column_header(f"{words[own - 1].text} {words[own].text}")
    broken = own < len(words) and (words[own].tail or ends_open(words[own - 1].text) or words[own].text[0].islower())
    return (
        _OWN
        - _STUB * (corner == 0)
        + (-_BESIDE if several else sum(joins))
        + PRICES.part_open * broken
        + PRICES.join_known * bool(named and dated)
        - _OWN_BELOW * (corner > 0 and words[corner].opens and not known)
        + _LEFT_OUT * known
        + PRICES.part_within * (within and not words[own].known)
    )


def _unglued(level: list[Name], least: int = _LEAST_BARE) -> list[Name]:
    """The names, where the first of the years ran into a word over the labels: that word given back."""
    head, first, *rest = level
    name, _, year = first.text.rpartition(" ")
    years = [other.text for other in rest if is_year(other.text)]
    if is_outside_years(first.text) or not is_year(year) or any(not other.isdigit() for other in years):
        return level
    whole = f"{head.text} {name}".strip()
    if len(years) + 1 < least and not (years and (heads_labels(whole) or not head.text)):
        return level
    return [Name(whole), Name(year, first.span), *rest] if name else level


def _two_levels(words: Sequence[Word], corner: int, columns: int) -> Names | None:
    """Names that repeat ("Garanti Eget skøn Garanti Eget skøn") under names of their groups ("2026 2027")."""
    found = (
        _grouped(words, corner, groups, columns // groups)
        for groups in range(2, columns // 2 + 1)
        if columns % groups == 0
    )
    return max((names for names in found if names is not None), key=lambda names: names.score, default=None)


def _grouped(words: Sequence[Word], corner: int, groups: int, period: int) -> Names | None:
    """The names of so many groups of columns over as often the same names of `period` columns."""
    texts = [word.text for word in words]
    for size in range(period, (len(words) - corner) // groups + 1):
        if any(texts[-size:] != texts[-size * n : -size * (n - 1)] for n in range(2, groups + 1)):
            continue
        lower = parted([replace(word, again=False) for word in words[-size:]], period)
        upper, best = words[: -size * groups], None
        if lower is None or lower[0] >= PRICES.part_lower:
            continue
        for own in range(corner, min(corner + MOST_LABEL, len(upper) - groups) + 1):
            priced = parted(upper[own:], groups)
            if priced is None:
                continue
            cost, heads = priced
            gain = _NAMED + _KNOWN * groups * period + _UNIT * (corner > 0)
            gain += _LABEL * heads_labels(text_of(words[corner:own]))
            cost += lower[0] + _corner_cost(words, corner, own) + _LONG * sum(not _can_name(text_of(g)) for g in heads)
            if best is None or gain - cost > best.score:
                above = _unglued([name_of(words[:own]), *(name_of(g, period) for g in heads)], groups)
                levels = [above, [Name(""), *map(name_of, lower[1] * groups)]]
                best = Names(groups * period, gain - cost, levels=levels)
        if best is not None:
            return best
    return None


def _named_above(lines: Sequence[HeadLine], columns: int) -> Names | None:
    """Years at the end of the last line, and behind them the columns that lines above name ("Samlet investering")."""
    last, upper = lines[-1].text, join_lines([line.text for line in lines[:-1]])
    years = columns_in(last)
    others = value_columns_in(upper)
    if (
        len(years) < _LEAST_BARE
        or len(years) + len(others) != columns
        or not others
        or not upper[others[0][0]].isupper()
        or years[-1][1] < len(last.rstrip())
    ):
        return None
    head = upper[: others[0][0]].split() + last[: years[0][0]].split()
    names = [Name(" ".join(head)), *(Name(last[a:b]) for a, b, _ in years), *(Name(upper[a:b]) for a, b in others)]
    unit = unit_end(" ".join(head)) > 0
    return Names(columns, _NAMED + _ABOVE + _KNOWN * columns + _UNIT * unit, levels=[names])


def _stacked(lines: Sequence[HeadLine], columns: int) -> Names | None:
    """Names printed line by line across the columns: "Oprindeligt Korrigeret" over "budget Forbrug budget".

    The upper line has a piece for each column whose piece in the lower one begins in lower case, or is a year; where
    those are fewer than such words, the others go on with the name before them, as the names known tell.
    """
    if not _across(lines):
        return None
    unit, upper, lower = (head_words(part) for part in (lines[:-2], lines[-2:-1], lines[-1:]))
    if corner_of(unit) < len(unit):
        return None
    for words in (upper, lower):
        own = corner_of(words)
        unit, words[:own] = [*unit, *words[:own]], []
    rest = [at for at, word in enumerate(lower) if _is_rest(word)]
    count = columns - len(lower) + len(rest)
    priced = parted(upper, count) if 0 < count <= len(rest) <= _MOST_RESTS else None
    if priced is None or priced[0] >= PRICES.part_lower:
        return None
    ways = [_set_over(priced[1], lower, rest, starts) for starts in combinations(rest, count)]
    ways = [way for way in ways if len(way) == columns]
    known = [sum(is_column_header(text) or names_column(text) for text in map(text_of, way)) for way in ways]
    if not known or known.count(max(known)) > 1 or max(known) < count:
        return None  # nobody can tell
    gain = _NAMED + _KNOWN * max(known) + _UNIT * bool(unit)
    return Names(columns, gain - priced[0], levels=[[name_of(unit), *map(name_of, ways[known.index(max(known))])]])


def _below_groups(lines: Sequence[HeadLine], columns: int) -> Names | None:
    """The names in the last lines, as many as there are columns, under fewer words that stand over the labels and over
    groups of columns, nobody can tell which: "Udgift Heraf dækkes af" over "I alt Åkirke Strandlev"."""
    words = head_words(lines)
    corner = corner_of(words)
    starts = [at for at, word in enumerate(words) if at >= corner and starts_name(words, at)]
    above = len(starts) - columns
    if columns < _LEAST_GROUPED or not 1 < above <= 1 + columns // 2 or not words[starts[above]].opens:
        return None
    upper, lower = words[: starts[above]], words[starts[above] :]
    priced = parted(lower, columns)
    if priced is None or priced[0] >= PRICES.part_lower or any(years_in(word.text) for word in words[corner:]):
        return None
    texts = [text_of(group) for group in priced[1]]
    gain = _NAMED + _ALL_BELOW + _UNIT * (corner > 0) + _KNOWN * sum(map(is_column_header, texts))
    cost = priced[0] + _texts_cost(texts) + _LONG * sum(not _can_name(t) for t in texts)
    return Names(columns, gain - cost, levels=[[name_of(upper), *map(name_of, priced[1])]])


def _across(lines: Sequence[HeadLine]) -> bool:
    """Whether the last two lines may be set one over the other: the lower one begins names of its own, and holds words
    that are the rest of others."""
    if len(lines) < 2 or lines[-1].gap:
        return False
    upper, whole = (head_words([line]) for line in lines[-2:])
    corner = corner_of(whole)
    lower = whole[corner:]
    if not lower or corner_of(upper) == len(upper) or heads_labels(lines[-2].text):
        return False
    first = lower[0].text[0].isupper() or corner > 0 or is_year(lower[0].text)
    several = sum(word.text[0].isupper() or is_year(word.text) for word in lower) >= LEAST_ACROSS
    return first and several and any(map(_is_rest, lower))


def _is_lone(lines: Sequence[HeadLine]) -> bool:
    """Whether the line before the last holds but few of the names that begin in both."""
    upper, lower = (sum(word[0].isupper() for word in line.text.split()) for line in lines[-2:])
    return upper * 3 <= lower


def _is_rest(word: Word) -> bool:
    """Whether a word can be the rest of a name, which begins in the line above."""
    return word.text[0].islower() or is_year(word.text)


def _set_over(
    upper: Sequence[list[Word]], lower: Sequence[Word], rest: Sequence[int], starts: Sequence[int]
) -> list[list[Word]]:
    """The names of the columns where these of the lower line's rests stand below the upper line's pieces."""
    above = dict(zip(starts, upper, strict=True))
    names: list[list[Word]] = []
    for at, word in enumerate(lower):
        if at in rest and at not in above and names:
            names[-1].append(word)
        else:
            names.append([*above.get(at, []), word])
    return names
