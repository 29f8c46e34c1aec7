"""The lines of a case that running text may speak of, and whether their figures are what it states.

In: the case's tables.  Out: `Target`s, and for an amount of the text whether a target agrees with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

import regex

from extract.records import record
from lexicon.characters import FRACTIONS
from lexicon.figures import parse_number
from normalize.models import ColumnKind, Kind, Line, Measure, Role, Table
from normalize.prose.numbers import Found
from normalize.prose.sentences import prose
from normalize.prose.words import letters_of, plain, same_word, stem, tokens

DETAILED = {Kind.RECURRING, Kind.INVESTMENT_SERVICE, Kind.INVESTMENT_CAPITAL}
_KINDS_OF = {
    "recurring": (Kind.RECURRING, Kind.CATALOGUE),
    "investment": (Kind.INVESTMENT_CAPITAL, Kind.INVESTMENT_SERVICE),
}
_LINKED_KINDS = {*DETAILED, Kind.SUMMARY, Kind.OTHER_MONEY, Kind.FTE, Kind.CATALOGUE}
_NUMBER = regex.compile(r"\s*(\d{1,2})[.)]\s")
_FTE_IN_LABEL = regex.compile(r"(?i)(?P<n>\d+(?:,\d+)?|[½¼¾])\s*(?:\p{L}+e\s+)?(?:årsværk|åv)\b")


@record
class Target:
    """A line as the prose may speak of it; figures in kroner (or in årsværk where `measure` is FTE)."""

    table: int
    line: int
    kind: Kind
    measure: Measure
    role: Role
    tokens: tuple[str, ...]
    letters: str
    number: str | None
    fte: Decimal | None
    by_year: dict[int, Decimal]
    others: tuple[Decimal, ...]  # figures of columns that are no years
    sum: Decimal | None  # over the years, None where it means nothing
    group: int = 0


def targets(tables: Sequence[Table]) -> list[Target]:
    """The lines of a case that prose may speak of."""
    found: list[Target] = []
    for table in tables:
        if table.kind not in _LINKED_KINDS:
            continue
        found += [_target(table, line) for line in table.lines if line.amounts and line.role is not Role.PAYBACK]
    return _grouped(found)


def _target(table: Table, line: Line) -> Target:
    by_year: dict[int, Decimal] = {}
    others: list[Decimal] = []
    for amount in line.amounts:
        column = next((c for c in table.columns if c.index == amount.column), None)
        unit = (column.unit if column is not None else None) or table.unit or 1
        value = amount.value * (unit if table.measure is Measure.DKK else 1)
        if amount.year is not None and (column is None or column.kind is ColumnKind.YEAR):
            by_year.setdefault(amount.year, value)
        elif column is None or column.kind not in (ColumnKind.PERCENT, ColumnKind.COUNT):
            others.append(value)
    total = sum(by_year.values(), Decimal(0)) if by_year and _comes_to_an_end(table, by_year) else None
    number = _NUMBER.match(line.label)
    fte = _FTE_IN_LABEL.search(line.label)
    return Target(
        table.ordinal,
        line.ordinal,
        table.kind,
        table.measure,
        line.role,
        tokens(line.label),
        letters_of(line.label),
        number[1] if number else None,
        _fte(fte["n"]) if fte else None,
        by_year,
        tuple(others),
        total,
    )


def _comes_to_an_end(table: Table, by_year: dict[int, Decimal]) -> bool:
    """Whether the sum over the years means anything: not for a lasting change, which goes on after the last column."""
    if table.kind in (Kind.INVESTMENT_CAPITAL, Kind.INVESTMENT_SERVICE):
        return True
    last = max((c.year for c in table.columns if c.year is not None), default=None)
    return table.kind is not Kind.RECURRING and last is not None and not by_year.get(last, Decimal(0))


def _fte(text: str) -> Decimal | None:
    return Decimal(FRACTIONS[text]) if text in FRACTIONS else parse_number(text)


def _grouped(found: Sequence[Target]) -> list[Target]:
    """The targets with equal numbers for lines of different tables that have the same label."""
    by_letters: dict[str, int] = {}
    by_length: dict[int, list[tuple[int, Target]]] = defaultdict(list)  # only labels of as many words can be the same
    out: list[Target] = []
    for target in found:
        alike = by_length[len(target.tokens)]
        new = len(by_letters)
        group = min(
            by_letters.get(target.letters, new),
            next((n for n, first in alike if _same_words(first, target)), new),
        )
        if group == new:
            by_letters[target.letters] = group
            alike.append((group, target))
        out.append(replace(target, group=group))
    return out


def _same_words(a: Target, b: Target) -> bool:
    return bool(a.tokens) and all(any(same_word(x, y) for y in b.tokens) for x in a.tokens)


@cache
def _labels(concept: str) -> frozenset[str]:
    """The stems by which a line's label tells that it sums up a whole."""
    return frozenset(stem(plain(n)) for n in (*prose("concepts", concept), *prose("concepts", f"{concept}_labels")))


def sums_up(target: Target, concept: str) -> bool:
    """Whether a line sums up a whole: all investments, all lasting changes or the net of both."""
    return is_of(target, concept) or is_called(target, concept)


def is_called(target: Target, concept: str) -> bool:
    """Whether the line's label says that it sums up a whole."""
    return bool(_labels(concept) & set(target.tokens))


def is_of(target: Target, concept: str) -> bool:
    """Whether the line stands in a table that holds nothing but that whole."""
    return target.kind in _KINDS_OF.get(concept, ())


def agrees(found: Found, target: Target) -> bool:
    """Whether the line's figures are what is stated, signs aside (prose prints savings either way)."""
    if found.years:
        return _agrees_from_year_on(found, target) if found.onwards else _agrees_in_years(found, target)
    if found.total and not found.per_year and target.sum is not None and len(target.by_year) > 1:
        varying = {abs(v) for v in target.by_year.values() if v}
        return _is_one_of(found, [target.sum, *target.others, *(varying if len(varying) == 1 else ())])
    whole = [target.sum] if target.sum is not None else []
    return _is_one_of(found, [*target.by_year.values(), *target.others, *whole])


def _agrees_in_years(found: Found, target: Target) -> bool:
    """Whether each of the years has the amount, or all of them together, or the line over all its years."""
    figures = [target.by_year.get(y, Decimal(0)) for y in found.years]
    if all(_is_one_of(found, [v]) for v in figures):
        return True
    whole = [target.sum] if target.sum is not None else []
    return len(figures) > 1 and not found.per_year and _is_one_of(found, [sum(figures, Decimal(0)), *whole])


def _agrees_from_year_on(found: Found, target: Target) -> bool:
    """Whether every year from the first one on has the amount, or all of them together."""
    later = [v for y, v in target.by_year.items() if y >= found.years[0]]
    if not later or all(_is_one_of(found, [v]) for v in later):
        return bool(later)
    return target.sum is not None and not found.per_year and _is_one_of(found, [sum(later, Decimal(0))])


def _is_one_of(found: Found, figures: Iterable[Decimal]) -> bool:
    """Whether the amount is one of the figures, signs aside."""
    return any(abs(abs(v) - abs(found.value)) <= found.half_step for v in figures)


def elsewhere(found: Found, target: Target) -> bool:
    """Whether the line has the stated figure, but in another year."""
    return _is_one_of(found, target.by_year.values())
