"""The words above a table's first row, and the cheapest way to part them into names.

Every place between two words has a price for parting there and one for not: a capital, a line's end, a word that goes
on.  In: the lines.  Out: their words, a known header one of them; so many names, with what they cost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TypeAlias

from extract.records import record
from lexicon.hyphens import join_lines
from lexicon.lines import ends_open, heads_labels
from lexicon.lines import words as lexicon_words
from lexicon.units import is_only_unit, is_unit, unit_end
from lexicon.years import column_at, ends_span, is_column_header, opens_span, years_in


@record
class Prices:
    """What it costs to part words and to join them, in the same currency as a row of figures that bears a count of
    columns out (1)."""

    part_lower: float = 6.0  # a name begins in lower case
    part_open: float = 6.0  # a name begins behind a word that goes on
    part_within: float = 1.0  # a name begins within a line
    part_capital: float = 0.4  # and with a capital
    part_wrapped: float = 2.0  # a name begins in the rest of a cell, by how the dump sets its blank lines
    part_heading: float = 6.0  # a name is one that heads rows
    part_behind: float = 2.5  # a name stands by itself behind the blank line below a line of several names
    join_lines: float = 1.5  # a name goes on in the next line with a capital
    join_blank: float = 4.0  # and over a blank line
    join_known: float = 4.0  # two known headers are one name
    join_before: float = 1.5  # a name goes on with a known header in the next line
    join_behind: float = 2.0  # a name goes on within a line behind a known header
    join_year: float = 1.0  # a year on a line of its own begins a name of several lines: it rather ends one
    join_capital: float = 2.0  # a name holds a second capital within a line
    join_wrapped: float = 0.8  # a name goes on with a capital in a line that is the rest of a cell
    join_again: float = 1.5  # a name goes on with a word that begins another one, too


PRICES = Prices()
_LEAST_NAMED = 2  # words with a capital before the first year, of which one is no name over the labels
MOST_UNIT = 8  # words of a unit and a price level
TOO_DEAR = 1e6
_Start: TypeAlias = "tuple[int, _Start | None]"  # where a name begins among the words, and the name before it
_NO_START: _Start = (0, None)


@record
class HeadLine:
    """A line that may be of a header; `gap`: blank lines stand above it; `years`: how many columns it names years.

    `rest`: it begins with a year, as no label does: if not its first line, it is the header's last one.
    """

    text: str
    gap: bool = False
    years: int = 0
    rest: bool = False


@dataclass(slots=True)
class Name:
    """A column's name; `span` columns wide; `raw` is what is printed, its lines joined by "\\n"."""

    text: str
    span: int = 1
    raw: str | None = None


@dataclass(slots=True)
class Word:
    """A word of a header, or a known header of several words."""

    text: str
    line: int
    opens: bool  # the first of its line
    gap: bool  # blank lines above its line
    known: bool  # a known header begins here
    wraps: bool = False  # the first of a line that is the rest of a cell, by how the dump sets its blank lines
    inside: bool = False  # a bracket is open before it
    again: bool = False  # another name begins with the same word, too
    unit: bool = False  # it says what the name before it stands in
    ends: bool = False  # a year alone, where names stand before the first such year: it begins none
    tail: bool = False  # a year alone among names without one: the end of a name, or a single letter


def head_words(lines: Sequence[HeadLine], behind_blanks: bool | None = None) -> list[Word]:
    """The words of the lines.  Of dumps that part the cells by blank lines the other lines are rests of cells; others
    part by blank lines what is set further down, the rests (`behind_blanks`); None where nothing is known.

    Each stretch of lines is asked for once for every number of columns that it may name.
    """
    return list(_words_of(tuple(lines), behind_blanks))


def natural_names(line: str) -> int:
    """How many names a line holds if each begins with a capital or is known, behind no word that goes on."""
    return sum(starts_name(words, at) for words in (head_words([HeadLine(line)]),) for at in range(len(words)))


def starts_name(words: Sequence[Word], at: int) -> bool:
    """Whether a name begins with a word as names do: with a capital or a known header, behind no word that goes on;
    with a capital at a line's beginning, whatever stands above."""
    word, capital = words[at], words[at].text[0].isupper()
    goes_on = at > 0 and ends_open(words[at - 1].text)
    return (capital and (word.opens or not goes_on)) or (word.known and not goes_on)


@lru_cache(maxsize=1024)
def _words_of(lines: tuple[HeadLine, ...], behind_blanks: bool | None) -> tuple[Word, ...]:
    words: list[Word] = []
    brackets = 0  # open so far
    for number, line in enumerate(lines):
        wraps = number > 0 and line.gap is behind_blanks
        for index, (text, known) in enumerate(_split(line.text)):
            inside = brackets > 0
            brackets += text.count("(") - text.count(")")
            opens = index == 0
            words.append(Word(text, number, opens, line.gap and opens, known and not inside, wraps and opens, inside))
    _mark(words)
    return tuple(words)


@lru_cache(maxsize=4096)
def _split(line: str) -> tuple[tuple[str, bool], ...]:
    """The words of a line, a known header one of them, and whether one begins there."""
    found: list[str] = []
    known: list[bool] = []
    end = 0
    first = _years_lead(line)
    for index, match in enumerate(re.finditer(r"\S+", line)):
        at = match.start()
        head = column_at(line, at) if at >= end and not _goes_on(found, match[0]) else None
        if first and index and not match[0][0].isdigit() and years_in(found[-1]):
            found[-1] += f" {match[0]}"  # "2026 Udgifter 2026 Indtægter"
            continue
        if head is None and at < end:  # within a known name: the same name
            found[-1] += f" {match[0]}"
            continue
        if head is not None:
            end = head[0]
        found.append(match[0])
        known.append(head is not None and not (head[1] is None and line[end:].lstrip()[:1].islower()))
    return tuple(zip(found, known, strict=True))


def _years_lead(line: str) -> bool:
    """Whether the years of a line stand before their names, some more than once: "2026 Udgifter 2026 Indtægter"."""
    years = years_in(line[unit_end(line) :])
    times = set(Counter(years).values())
    return len(times) == 1 and times != {1} and not line.rstrip().endswith(years[-1])


def _mark(words: list[Word]) -> None:
    """Tells which words begin names again and which end them, by the words around."""
    counts = Counter(word.text for word in words if word.text[0].isupper())
    corner = corner_of(words)
    lone = sum(word.known and word.text.isdigit() for word in words) == 1
    spans = [word for word in words if " " not in word.text and len(years_in(word.text)) > 1]
    span = spans[0] if len(spans) == 1 and any(word.known and word is not spans[0] for word in words) else None
    named = _named_before_years(words[corner:])
    for at, (before, word, after) in enumerate(zip([None, *words], words, [*words[1:], None], strict=False)):
        word.again = counts[word.text] > 1
        word.ends = named and _is_known_year(word)
        word.unit = at > corner and _says_unit(word, after)
        word.tail = _is_tail(before, word, after, first=at <= corner + 1, lone=lone)
        word.tail = word.tail or (word is span and before is not None and not before.known)
        word.known = word.known and not word.tail


def _begins_apart(after: Word | None) -> bool:
    """Whether a known header or a unit follows a word: it is a name by itself, "2025 t.kr."."""
    return after is not None and (after.known or is_unit(after.text))


def _may_end(word: Word) -> bool:
    """Whether a word may end a name as well as begin one: digits, a year behind names."""
    return word.ends or not (word.known or _has_capital(word))


def _says_unit(word: Word, after: Word | None) -> bool:
    """Whether a word says what the name before it stands in: no name "Pct. af netto" begins with it."""
    return is_unit(word.text) and (after is None or after.opens or not after.text[0].islower())


def _is_known_year(word: Word) -> bool:
    """Whether a word is a year alone, which is a column's name."""
    return word.known and word.text.isdigit()


def _named_before_years(words: Sequence[Word]) -> bool:
    """Whether names stand before the first year alone, more than that over the labels."""
    before = takewhile(lambda word: not _is_known_year(word), words)
    return any(map(_is_known_year, words)) and sum(map(_has_capital, before)) >= _LEAST_NAMED


def _is_tail(before: Word | None, word: Word, after: Word | None, *, first: bool, lone: bool) -> bool:
    """Whether a word is the end of a name: a letter or digit by itself, a year alone among names without one; `first`:
    what is before it may head the labels; `lone`: no other name is a year."""
    if before is None or (word.opens and not word.wraps and not lone) or before.known or _begins_apart(after):
        return False
    labels = first and (heads_labels(before.text) or is_only_unit(before.text))
    if opens_span(word.text):
        return True
    year = word.known and word.text.isdigit() and not labels
    return year or (len(word.text) == 1 and word.text.isalnum() and not ends_open(word.text))


def _goes_on(found: Sequence[str], word: str) -> bool:
    """Whether no name begins with a word behind these: they are a date's, or break off before one in lower case."""
    return bool(found) and (_is_dated(found) or (word[0].islower() and ends_open(found[-1])))


def _is_dated(words: Sequence[str]) -> bool:
    """Whether a year behind these words is a date's or a price level's, and heads no column."""
    last = words[-1].casefold().strip("(.,:")
    if last in lexicon_words("price_words"):
        return len(words) < 2 or not words[-2].strip("(-,").isdigit()  # "2022 p/l 2021": told before
    return last in lexicon_words("months")


def corner_of(words: Sequence[Word]) -> int:
    """How many words at the beginning are the table's unit and price level, with what a line says of it in lower case:
    "kr. om året"."""
    most = next((i for i, word in enumerate(words) if word.known), len(words))
    for count in range(min(most, MOST_UNIT), 0, -1):
        if is_only_unit(" ".join(w.text for w in words[:count])):
            if count < len(words) and ends_open(words[count].text):
                rest = range(count, len(words))
                return next((i for i in rest if not _goes_on_within(words[i])), len(words))
            return count
    return 0


def _goes_on_within(word: Word) -> bool:
    """Whether a word goes on with its line in lower case."""
    return word.text[0].islower() and not word.opens and not word.known


def parted(words: Sequence[Word], count: int, never: int | None = None) -> tuple[float, list[list[Word]]] | None:
    """The cheapest way to part words into that many names, with its price; none begins with the word `never`."""
    if len(words) < count or not count:
        return None
    # prices[k] is that of the words so far as k names, starts[k] where the last of them begins and the ones before it
    prices, starts = [TOO_DEAR] * (count + 1), [_NO_START] * (count + 1)
    prices[1] = 0.0
    for at in range(1, len(words)):
        part, join = prices_of(words[at - 1], words[at])
        part += TOO_DEAR * (at == never)
        for k in range(min(count, at + 1), 0, -1):  # downwards: k - 1 is still that of the words before
            stay, start = prices[k] + join, prices[k - 1] + part if k > 1 else TOO_DEAR
            if start < stay:
                prices[k], starts[k] = start, (at, starts[k - 1])
            else:
                prices[k] = stay
    if prices[count] >= TOO_DEAR:
        return None
    begins: list[int] = []
    chain: _Start | None = starts[count]
    while chain is not None:
        begins.insert(0, chain[0])
        chain = chain[1]
    return prices[count], [list(words[a:b]) for a, b in zip(begins, [*begins[1:], len(words)], strict=True)]


def prices_of(before: Word, word: Word) -> tuple[float, float]:
    """The prices of parting and of not parting between two words."""
    lower = word.text[0].islower()
    within = not word.opens and not word.known and not before.known
    part = (PRICES.part_capital if _has_capital(word) else PRICES.part_within) * within
    part += PRICES.part_lower * lower + PRICES.part_open * (ends_open(before.text) or word.tail)
    if _is_of_one(before, word):
        return part + PRICES.part_open, 0.0
    if before.unit and not lower:  # "2026 t.kr." is one name, and another begins behind it
        return 0.0, PRICES.join_behind
    if word.opens and not before.ends and is_column_header(f"{before.text} {word.text}"):  # "Budget" over "2026"
        return part + PRICES.join_known, 0.0
    part += PRICES.part_wrapped * (word.wraps and not before.known)
    return part, 0.0 if word.tail else _join(before, word, lower=lower or _may_end(word))


def _has_capital(word: Word) -> bool:
    """Whether a word begins with a capital, as names do: "31/12" and "1." may begin one and may end one."""
    return word.text.lstrip("(")[:1].isupper()


def _is_of_one(before: Word, word: Word) -> bool:
    """Whether two words can only be of one name: within brackets, a unit behind its name, a span of years."""
    return word.inside or (word.unit and not before.unit) or ends_span(before.text, word.text)


def _join(before: Word, word: Word, *, lower: bool) -> float:
    """The price of a name that goes on with a word."""
    if word.opens and not word.wraps and ends_open(before.text):
        return 0.0
    join = PRICES.join_known * word.known if before.known else PRICES.join_again * word.again
    join += _behind_known(before, word)
    if word.opens and word.known and not before.known:
        join += PRICES.join_before
    if word.wraps and not before.known:
        return join + PRICES.join_wrapped * (not lower)
    if word.opens:
        return join + (PRICES.join_lines + PRICES.join_blank * word.gap) * (not lower)
    return join + PRICES.join_capital * (not lower)


def _behind_known(before: Word, word: Word) -> float:
    """The price of a name that goes on behind a known header."""
    if not before.known:
        return 0.0
    if not word.opens:
        return PRICES.join_behind
    return PRICES.join_year * (before.opens and before.text.isdigit())


def name_of(words: Sequence[Word], span: int = 1) -> Name:
    lines = _lines(words)
    return Name(join_lines(lines), span, "\n".join(lines))


def text_of(words: Sequence[Word]) -> str:
    return join_lines(_lines(words))


def _lines(words: Sequence[Word]) -> list[str]:
    lines: list[list[str]] = []
    for i, word in enumerate(words):
        if i == 0 or word.line != words[i - 1].line:
            lines.append([])
        lines[-1].append(word.text)
    return [" ".join(line) for line in lines]
