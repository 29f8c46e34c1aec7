"""What speaks for and against a column's name, and the table's row of names, being what is printed over the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import regex

from extract.records import record
from lexicon.units import is_only_unit
from lexicon.years import YEAR, is_outside_years, single_year
from normalize.models import Column, ColumnKind, Table
from normalize.trust.rows import heads_again
from normalize.vocabulary import text_role, total_span

_FORMULA = regex.compile(r"\(\d\)|\d\s?[=+]\s?\d")
_PRICED = regex.compile(
    rf"{YEAR}\s?[-–]?\s?(?:\(?p\.?/?l|\(?pl\b|niveau|pris)|(?:p\.?/?l|pl|prisniveau|priser)\.?\s?{YEAR}",
    regex.IGNORECASE,
)
_YEAR = regex.compile(rf"(?<!\d){YEAR}(?!\d)")
_MANY_WORDS = 5


@record
class Columns:
    """A table's columns of figures, and what they show together."""

    shared: dict[str, float]
    own: dict[int, dict[str, float]]  # by the column's index


def columns_of(table: Table, elsewhere: Counter[tuple[str, ...]], *, piece: bool) -> Columns:
    """The evidence on every column that holds figures; `elsewhere` counts the headers of the case's other tables."""
    used = Counter(a.column for line in table.lines for a in line.amounts)
    columns = [c for c in table.columns if used[c.index]]
    said = Counter((c.label.casefold(), c.year) for c in columns)
    names = Counter(_name(c) for c in columns if c.kind is ColumnKind.YEAR)
    dated = sum(c.kind is ColumnKind.YEAR for c in columns)
    rows = max(1, sum(bool(line.amounts) for line in table.lines))
    own = {c.index: dict(_column(c, said, names, dated, used[c.index] / rows)) for c in columns}
    for column, later in pairwise(columns):
        if column.year is not None and column.year == later.year and column.label == later.label:
            own[column.index]["twice_first"] = 1.0
    with_year, without = (
        {c.label.casefold() for c in columns if c.label and (c.year is None) == none} for none in (False, True)
    )
    for column in columns:
        own[column.index]["half_dated"] = float(column.label.casefold() in with_year & without)
    return Columns(dict(_together(table, columns, own, elsewhere, piece=piece)), own)


def _name(column: Column) -> str:
    """What a year's header says besides the year."""
    return _YEAR.sub("", column.label).strip().casefold()


def header(table: Table) -> tuple[str, ...]:
    """The names of a table's columns of figures."""
    return tuple(c.label.casefold() for c in table.columns if c.kind is not ColumnKind.TEXT)


def _column(
    column: Column, said: Counter[tuple[str, int | None]], names: Counter[str], dated: int, filled: float
) -> Iterator[tuple[str, float]]:
    label, kind = column.label, column.kind
    yield "sparse", 1.0 - filled
    if not label:
        yield "nameless", 1.0
        return
    yield "twice", float(said[label.casefold(), column.year] > 1)
    yield "heads_words", float(text_role(label) is not None or text_role(_name(column)) is not None)
    if kind is ColumnKind.YEAR:
        yield "plain_year", float(single_year(label) is not None)
        alone = names[_name(column)] == 1 and dated > 2
        yield "odd_year", float(alone and bool(_name(column)))
        yield "odd_plain_year", float(alone and not _name(column))
    elif kind is ColumnKind.TOTAL:
        yield "total", 1.0
    else:
        yield "stray", float(dated > 1 and not is_outside_years(label))
        yield "within", float(label[:1].islower())
        yield "amount", 1.0
    yield "formula", float(_FORMULA.search(label) is not None)
    yield "unit", float(is_only_unit(label))
    yield "words", float(max(0, min(8, len(label.split()) - _MANY_WORDS)))
    yield "digits", float(kind is not ColumnKind.YEAR and not total_span(label) and any(c.isdigit() for c in label))


def _together(
    table: Table,
    columns: list[Column],
    own: dict[int, dict[str, float]],
    elsewhere: Counter[tuple[str, ...]],
    *,
    piece: bool,
) -> Iterator[tuple[str, float]]:
    count = max(1, len(columns))
    for name in (
        "nameless",
        "twice",
        "heads_words",
        "odd_year",
        "stray",
        "within",
        "formula",
        "unit",
        "sparse",
        "half_dated",
    ):
        yield f"{name}_share", sum(c.get(name, 0.0) for c in own.values()) / count
    dated = [c.year for c in columns if c.kind is ColumnKind.YEAR and c.year is not None]
    steps = [b == a + 1 for a, b in pairwise(dated)]
    yield "in_order", float(len(dated) > 2 and all(steps))
    yield "out_of_order", (len(steps) - sum(steps)) / len(steps) if steps else 0.0
    words = [c for c in table.columns if c.kind is ColumnKind.TEXT and c.index]
    yield "unnamed_words", float(sum(not c.label for c in words))
    yield "words_columns", float(bool(words))
    stub = table.columns[0].label if table.columns else ""
    yield "stub_year", float(bool(_YEAR.search(_PRICED.sub("", stub))))
    yield "stub_long", float(max(0, min(8, len(stub.split()) - 6)))
    yield "no_stub", float(not stub)
    yield "known", float(elsewhere[header(table)] > 0)
    yield "piece", float(piece)
    yield "heads_again", float(heads_again(table))
    yield "one_column", float(len(columns) == 1)
