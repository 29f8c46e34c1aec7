"""What a table does, whatever it is called: its columns of one time, its rows, its figures over the years."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from itertools import combinations, pairwise

import regex

from extract.records import record
from lexicon.folding import fold_label
from lexicon.years import is_outside_years, single_year
from normalize.models import Column, ColumnKind, Line, Role, Table
from normalize.vocabulary import committee
from normalize.vocabulary.concepts import Concept, Trait, concepts_of
from normalize.vocabulary.load import compiled, load

_STEP = regex.compile(r"år \d+")
_CODED = regex.compile(r"^\d+(?:\.\d+)+\s+(?=\p{L})")  # the account before a row's name
_OERE = regex.compile(r",\d\d$")
_TOTALS = (Role.TOTAL, Role.SUBTOTAL)
_GIVEN = frozenset({Concept.BUDGET, Concept.GRANT})
_SPENT = frozenset({Concept.ACTUAL, Concept.EXPECTED})
_UNDER_WAY = frozenset({Concept.EXPECTED, Concept.CHANGE})
_COUNTED = (ColumnKind.AMOUNT, ColumnKind.YEAR, ColumnKind.TOTAL, ColumnKind.COUNT)

#: By year and kroner the rows that print them: the table's ordinal, the row's, and kroner by year.
Printed = dict[tuple[int, Decimal], list[tuple[int, Line, dict[int, Decimal]]]]


@record
class Limits:
    """From when on a table is said to show a trait."""

    run: int = 3  # years
    most: float = 0.65  # share of the rows
    nearly: float = 0.8  # share of the rows, where a column is a sum
    compared: int = 2  # rows in which a difference, other than nil, holds
    unsummed: int = 3  # rows
    thousand: int = 1000  # kroner
    widest: int = 9  # columns among which a difference is looked for


LIMITS = Limits()


def traits_of(tables: Sequence[Table]) -> list[frozenset[Trait]]:
    """The traits of each table of a case."""
    printed = _printed(tables)
    return [
        frozenset((*_of_columns(t), *_of_rows(t), *_over_years(t), *_beside(tables, n, printed)))
        for n, t in enumerate(tables)
    ]


def _of_columns(table: Table) -> Iterator[Trait]:
    columns = [c for c in table.columns if c.kind in _COUNTED]
    years = _years(columns)
    said = {c.index: concepts_of(c.label) for c in columns}
    spoken = _spoken(said.values())
    priced = sum(Concept.PRICE in concepts for concepts in said.values())
    by_income = {c.year for c in columns if Concept.INCOME in said[c.index]} if Concept.EXPENSE in spoken else set()
    back = sum(Concept.ACTUAL in said[c.index] for c in columns if c.year is not None)
    yield from _shown(
        {
            Trait.LOOKS_BACK: 0 < back < len(years),
            Trait.YEARS: len(years) > 1,
            Trait.SPREAD: _is_spread(table, [c.index for c in columns if c.year is not None]),
            Trait.SHARED: bool(years) and any(c.kind is ColumnKind.PERCENT for c in table.columns),
            Trait.RUN: _run(years),
            Trait.ONE_YEAR: len(years) == 1,
            Trait.UNDATED: not years,
            Trait.OUTSIDE: any(map(_is_outside, (c.label for c in columns))),
            Trait.GRANTED: Concept.GRANT in spoken and not spoken & _SPENT,
            Trait.PRICED: 2 * priced > len(columns),
            Trait.MULTIPLIED: {Concept.PRICE, Concept.QUANTITY} <= spoken,
            Trait.IN_AND_OUT: len(by_income) == 1,
            Trait.BOTH_BY_YEAR: len(by_income) > 1,
        }
    )
    for fellows in _of_one_time(columns):
        yield from _of_fellows(table, _spoken(said[c.index] for c in fellows), fellows)


def _is_outside(label: str) -> bool:
    """Whether a column is the time before or after the years, a word before it or not: "Brugt før 2026"."""
    return is_outside_years(label) or is_outside_years(label.partition(" ")[2])


def _shown(traits: Mapping[Trait, bool]) -> Iterator[Trait]:
    return (trait for trait, there in traits.items() if there)


def _spoken(said: Iterable[frozenset[Concept]]) -> frozenset[Concept]:
    return frozenset().union(*said)


def _years(columns: Sequence[Column]) -> list[int]:
    """The years, or the numbers of the steps ("År 1"), that head columns, each once, in print order."""
    steps = (int(c.label.split()[-1]) if _STEP.fullmatch(fold_label(c.label)) else c.year for c in columns)
    return list(dict.fromkeys(year for year in steps if year is not None))


def _run(years: Sequence[int]) -> bool:
    return len(years) >= LIMITS.run and all(b == a + 1 for a, b in pairwise(years))


def _of_one_time(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns that speak of one time: those of each year, with all that name none."""
    undated = [c for c in columns if c.year is None]
    dated: dict[int, list[Column]] = defaultdict(list)
    for column in columns:
        if column.year is not None:
            dated[column.year].append(column)
    alone = [year for year, own in dated.items() if len(own) == 1]
    if len(alone) > 1:  # a run of years beside its total
        return [own for own in dated.values() if len(own) > 1]
    return [[*own, *undated] for own in dated.values()] or [undated]


def _of_fellows(table: Table, spoken: frozenset[Concept], columns: Sequence[Column]) -> Iterator[Trait]:
    """What columns of one time do: budget beside spending, one the difference of two others."""
    measured = bool(spoken & _GIVEN) and bool(spoken & _SPENT)
    yield from _shown(
        {
            Trait.MEASURED: measured,
            Trait.FORECAST: measured and bool(spoken & _UNDER_WAY),
            Trait.COMPARED: Concept.DIFFERENCE in spoken or _is_compared(table, [c.index for c in columns]),
        }
    )


def _is_compared(table: Table, columns: Sequence[int]) -> bool:
    """Whether one of the columns is the difference of two others, in every row that has all three."""
    rows = [{a.column: a.value for a in line.amounts} for line in table.lines]
    triples = combinations(columns[: LIMITS.widest], 3)
    return any(_differs(rows, a, b, c) for a, b, c in triples)


def _differs(rows: Sequence[dict[int, Decimal]], a: int, b: int, c: int) -> bool:
    found = 0
    for row in rows:
        if a in row and b in row and c in row:
            if abs(row[a] - row[b]) != abs(row[c]):
                return False
            found += row[c] != 0 and row[b] != 0
    return found >= LIMITS.compared


def _is_spread(table: Table, years: Sequence[int]) -> bool:
    """Whether a column without a year is the sum of the years in nearly every row, and of several of them in some."""
    rows = [{a.column: a.value for a in line.amounts} for line in table.lines if line.amounts]
    summed = [(row, [row[y] for y in years if row.get(y)]) for row in rows]
    return any(
        LIMITS.nearly * len(rows) <= sum(row.get(c.index) == sum(parts) for row, parts in summed)
        and any(len(parts) > 1 for _, parts in summed)
        for c in table.columns
        if c.year is None and c.kind in (ColumnKind.AMOUNT, ColumnKind.TOTAL)
    )


def _of_rows(table: Table) -> Iterator[Trait]:
    filled = [line for line in table.lines if line.amounts]
    labels = [_CODED.sub("", fold_label(line.label)) for line in table.lines]
    totals = [line for line in filled if line.role in _TOTALS]
    ends_nil = bool(totals) and not any(a.value for a in filled[-1].amounts)
    return _shown(
        {
            Trait.SUMMED: bool(totals),
            Trait.UNSUMMED: not totals and not table.sums and len(filled) >= LIMITS.unsummed,
            Trait.BALANCED: ends_nil and any(a.value for line in filled for a in line.amounts),
            Trait.YEARS_DOWN: 2 * sum(single_year(label) is not None for label in labels) > len(labels),
            Trait.BY_COMMITTEE: 2 * sum(committee(line.label) is not None for line in table.lines) > len(labels),
            Trait.FINANCED: 0 < 2 * _matching("financing", labels) < len(labels),
            Trait.THOUSANDS: (table.unit or 1) >= LIMITS.thousand,
            Trait.TO_THE_OERE: _is_to_the_oere(filled),
            Trait.CARRIED: _is_carried(filled),
            Trait.NETTED: _is_netted(filled),
            Trait.PARTED: _matching("running", labels) > 0 and _matching("building", labels) > 0,
        }
    )


def _is_to_the_oere(lines: Sequence[Line]) -> bool:
    """Whether most figures have two decimals."""
    printed = [a.printed for line in lines for a in line.amounts]
    return 2 * sum(_OERE.search(text) is not None for text in printed) > len(printed)


def _is_carried(lines: Sequence[Line]) -> bool:
    """Whether each row begins with the figure in which the one above it ends: what is owed, what is left."""
    ends = [(line.amounts[0].value, line.amounts[-1].value) for line in lines if len(line.amounts) > 1]
    return len(ends) >= LIMITS.run and all(above[1] == below[0] != 0 for above, below in pairwise(ends))


def _is_netted(lines: Sequence[Line]) -> bool:
    """Whether a sum of cost and one of relief stand among the rows, each of its own sign throughout."""
    sums = [[a.value for a in line.amounts if a.value] for line in lines if line.role is Role.SUBTOTAL]
    signs = {min(own) > 0 for own in sums if own and (min(own) > 0 or max(own) < 0)}
    return len(signs) > 1


def _matching(what: str, labels: Sequence[str]) -> int:
    """How many labels are of a family of rows."""
    return sum(_rows(what).match(label) is not None for label in labels)


@cache
def _rows(what: str) -> regex.Pattern[str]:
    return compiled(load("tables")[what]["rows"])


def _over_years(table: Table) -> Iterator[Trait]:
    """What the figures do over the years: spent once, or lasting to the last year."""
    years = [c.index for c in table.years()]
    rows = [[bool(a and a.value) for a in map(line.at, years)] for line in table.lines if line.role is Role.DETAIL]
    rows = [row for row in rows if any(row)]
    if len(years) < LIMITS.run or not rows:
        return
    lasting = sum(row[-1] for row in rows)
    if len(rows) - lasting >= LIMITS.most * len(rows):
        yield Trait.ONCE
    elif lasting >= LIMITS.most * len(rows):
        yield Trait.LASTING


def _printed(tables: Sequence[Table]) -> Printed:
    """The rows of a case's tables, each under every year and kroner that it prints."""
    found: Printed = defaultdict(list)
    for k, table in enumerate(tables):
        for line in table.lines if table.unit is not None else ():
            kroner = _kroner(line, table.unit)
            for said in kroner.items():
                found[said].append((k, line, kroner))
    return found


def _kroner(line: Line, unit: int | None) -> dict[int, Decimal]:
    return {a.year: a.value * unit for a in line.amounts if a.year is not None and a.value} if unit else {}


def _beside(tables: Sequence[Table], n: int, printed: Printed) -> Iterator[Trait]:
    """Whether a table's total is a row of another one of the case, or a row of it another one's total."""
    lines, unit = tables[n].lines, tables[n].unit
    totals = [line for line in lines if line.role in _TOTALS]
    if totals and any(line.role is Role.DETAIL for line in _elsewhere(totals[-1], n, unit, printed)):
        yield Trait.PART
    details = [line for line in lines if line.role is Role.DETAIL]
    if any(line.role in _TOTALS for own in details for line in _elsewhere(own, n, unit, printed)):
        yield Trait.WHOLE


def _elsewhere(line: Line, n: int, unit: int | None, printed: Printed) -> list[Line]:
    """The rows of other tables than the nth that print the same amounts in all of a row's years, at least two."""
    wanted = _kroner(line, unit)
    if len(wanted) < 2:
        return []
    alike = printed[next(iter(wanted.items()))]
    return [other for k, other, kroner in alike if k != n and wanted.items() <= kroner.items()]
