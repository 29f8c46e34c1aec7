"""What speaks for and against a column's name being what is printed over its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from extract.records import record
from lexicon.codes import code_in
from lexicon.formulas import without_formulas
from lexicon.lines import ends_open, heads_labels
from lexicon.units import find_unit, is_only_unit
from lexicon.years import is_outside_years, single_year, without_price_years, without_years, years_in
from normalize.models import Column, ColumnKind, Table
from normalize.tables.halves import header
from normalize.trust.fills import are_moved
from normalize.trust.labels import Terms
from normalize.vocabulary import committees_in, text_role, total_span

_MANY_WORDS, _MANY_STUB_WORDS, _MOST_WORDS = 5, 6, 8
_LEVEL = 2  # names that end in a word which is the lower level of a header
_FEWEST_YEARS = 3  # columns of years that show an order, or how years are named here


@record
class _Context:
    """What a column is compared with: the table's other columns of figures and how many figures each holds."""

    said: Counter[tuple[str, int | None]]
    endings: Counter[str]  # the names that end in these words
    names: Counter[str]  # what years are called besides the year
    years: Counter[int | None]  # of the columns that have a name besides the year
    columns: int
    half_dated: frozenset[str]  # names with and without a year
    dated: int
    rows: int
    used: Counter[int]
    shifted: bool  # whether what heads the labels names the first figures: all names are likely the next column's
    united: bool  # whether a unit stands in every name: so this table names its columns


def columns_of(table: Table) -> dict[int, Terms]:
    """The evidence on every column that holds figures, by its index."""
    used = Counter(a.column for line in table.lines for a in line.amounts)
    columns = [c for c in table.columns if used[c.index]]
    context = _context(table, columns, used)
    own = {c.index: dict(_column(c, context)) for c in columns}
    for column, term in _among(columns, context):
        own[column.index][term] = 1.0
    return own


def _context(table: Table, columns: Sequence[Column], used: Counter[int]) -> _Context:
    dated = [c for c in columns if c.kind is ColumnKind.YEAR]
    return _Context(
        said=Counter(map(_said, columns)),
        endings=Counter(end for c in columns for end in _endings(c.label)),
        names=Counter(map(_name, dated)),
        years=Counter(c.year for c in dated if _name(c)),
        half_dated=_half_dated(columns),
        columns=len(columns),
        dated=len(dated),
        rows=max(1, sum(bool(line.amounts) for line in table.lines)),
        used=used,
        shifted=_are_shifted(table, columns),
        united=all(find_unit(c.label) is not None for c in columns),
    )


def _among(columns: Sequence[Column], context: _Context) -> Iterator[tuple[Column, str]]:
    """What is odd in a column beside its neighbours: a name amid years, the same name and year as another's."""
    for left, column, right in zip((None, *columns), columns, (*columns[1:], None), strict=False):
        named = column.kind is ColumnKind.AMOUNT and bool(column.label)
        if named and left and right and left.year is not None and right.year == left.year + 1:
            yield column, "amid_years"
        if column.label and column.year is not None and context.said[_said(column)] > 1:
            if right and _said(right) == _said(column):
                yield column, "twice_first"
            elif not (left and _said(left) == _said(column)):
                yield column, "twice_apart"


def _are_shifted(table: Table, columns: Sequence[Column]) -> bool:
    """Whether what heads the labels names the first figures: the names of all columns are likely the next one's."""
    return table.loose and any(c.kind is ColumnKind.AMOUNT and heads_labels(c.label) for c in columns[:1])


def _said(column: Column) -> tuple[str, int | None]:
    return column.label.casefold(), column.year


def _half_dated(columns: Sequence[Column]) -> frozenset[str]:
    """The names that one column has with a year and another without."""
    named = [c for c in columns if c.label]
    without = {c.label.casefold() for c in named if c.year is None}
    return frozenset(without & {c.label.casefold() for c in named if c.year is not None})


def _endings(label: str) -> set[str]:
    """The words that a name of several ends in: "Oprindeligt budget" ends in "budget"."""
    words = label.casefold().split()
    return {" ".join(words[n:]) for n in range(1, len(words))}


def _name(column: Column) -> str:
    return without_years(column.label).casefold()


def _are_alike(columns: Sequence[Column]) -> bool:
    """Whether every year stands over the same names, several of them: "Udgifter" and "Indtægter" of each."""
    names: dict[int | None, list[str]] = {}
    for column in columns:
        names.setdefault(column.year, []).append(_name(column))
    first, *others = names.values() or ([],)
    return len(set(first)) == len(first) > 1 and all(other == first for other in others)


def _column(column: Column, context: _Context) -> Iterator[tuple[str, float]]:
    label, kind = column.label, column.kind
    yield "sparse", 1.0 - context.used[column.index] / context.rows
    yield "shifted", float(context.shifted)
    if not label:
        yield "nameless", 1.0
        return
    shown = {
        "begins_as_words": " " in label and text_role(label.split()[0]) is not None,
        "twice_undated": column.year is None and context.said[label.casefold(), None] > 1,
        "twice": context.said[_said(column)] > 1,
        "heads_words": not context.shifted and (text_role(label) is not None or text_role(_name(column)) is not None),
        "half_dated": label.casefold() in context.half_dated,
        "tail": context.endings[label.casefold()] > 0 and not years_in(label),
        "name_alone": column.year is None and context.names[label.casefold()] > 0,
        "formula": without_formulas(label) != " ".join(label.split()),
        "unit": is_only_unit(label),
        "unit_inside": find_unit(label) is not None and not (is_only_unit(label) or context.united),
        "open": ends_open(label) or (is_outside_years(label) and not years_in(label)),
        "two_names": any(
            word[:1].isupper() and word[1:].islower() and context.endings[word.casefold()] < _LEVEL
            for word in label.split()[1:]
        ),
        "holds_figure": code_in(label) is not None,
        "one_word": kind is ColumnKind.AMOUNT and " " not in label,
        "years": len(years_in(without_price_years(label))) > 1 and not total_span(label),
        "digits": kind is not ColumnKind.YEAR and not total_span(label) and any(c.isdigit() for c in label),
    } | _by_kind(column, context)
    yield from ((name, 1.0) for name, there in shown.items() if there)
    yield "words", float(max(0, min(_MOST_WORDS, len(label.split()) - _MANY_WORDS)))


def _by_kind(column: Column, context: _Context) -> dict[str, bool]:
    """What is odd, or plain, in a column of years, of totals, of other amounts."""
    if column.kind is ColumnKind.YEAR:
        alone = context.names[_name(column)] == 1 and context.dated >= _FEWEST_YEARS
        return {
            "plain_year": single_year(column.label) is not None,
            "bare_beside": not _name(column) and context.years[column.year] > 0,
            "year_from_afar": context.dated == 1 and context.columns >= _FEWEST_YEARS and not years_in(column.label),
            "odd_year": alone and bool(_name(column)),
            "odd_plain_year": alone and not _name(column),
        }
    if column.kind is ColumnKind.TOTAL:
        return {"total": True}
    return {
        "amount": True,
        "stray": context.dated > 1 and not is_outside_years(column.label),
        "within": column.label[:1].islower(),
    }


def _same_year(columns: Sequence[Column], *, loose: bool) -> int:
    """How many columns are of the same year as the one before and have another name: "Nedsættelse 2026", "Ny ramme
    2026"; between these no year is missing.  Where the print kept its columns, "2026" beside "Budget 2026" is one."""
    dated = [c for c in columns if c.kind is ColumnKind.YEAR]
    return (
        0
        if _are_alike(columns)
        else sum(
            a.year == b.year and _name(a) != _name(b) and not (loose and "" in (_name(a), _name(b)))
            for a, b in pairwise(dated)
        )
    )


def _steps(years: Sequence[int]) -> list[bool]:
    """Whether each year follows the one before it, all forwards or, last year's budget behind this one's, backwards."""
    steps = [[b - a == way for a, b in pairwise(years)] for way in (1, -1)]
    return max(steps, key=sum)


def header_terms(table: Table, columns: Sequence[Column], headers: Mapping[tuple[str, ...], int]) -> dict[str, float]:
    """What the row of names shows as a whole; `headers` counts the case's tables with each header."""
    dated = [c.year for c in columns if c.kind is ColumnKind.YEAR and c.year is not None]
    steps = _steps(list(dict.fromkeys(dated)) if _are_alike(columns) else dated)
    gaps = sum(not step for step in steps) - _same_year(columns, loose=table.loose) if not all(steps) else 0
    words = [c for c in table.columns if c.kind is ColumnKind.TEXT and c.index]
    stub = table.columns[0].label if table.columns else ""
    blank = [c for c in table.columns if c.kind is not ColumnKind.TEXT and c not in columns]
    return {
        "in_order": float(len(dated) >= _FEWEST_YEARS and all(steps)),
        "years_missing": max(0, gaps) / len(steps) if steps else 0.0,
        "undated": float(not dated),
        "unnamed_words": float(any(not c.label for c in words)),
        "words_columns": float(bool(words)),
        "lone_year": float(len(dated) == 1 < len(columns) - 1 and any(c.year and not _name(c) for c in columns)),
        "unused": len(blank) / max(1, len(blank) + len(columns)),
        "stub_year": float(bool(years_in(without_price_years(stub)))),
        "stub_long": float(max(0, min(_MOST_WORDS, len(stub.split()) - _MANY_STUB_WORDS))),
        "no_stub": float(not stub),
        "names_rows": float(any(committees_in(c.label) for c in table.columns[1:])),
        "known_header": float(headers[header(table)] > 1),
        "one_column": float(len(columns) == 1),
        "moved": float(are_moved(table, columns)),
    }
