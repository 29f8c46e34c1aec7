"""What speaks for and against a row's label being the whole label that is printed beside its figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

import regex

from extract.records import record
from lexicon.lines import ends_open, starts_within
from lexicon.units import find_price_level, find_unit
from lexicon.years import YEAR, single_year
from normalize.models import ColumnKind, Kind, Line, Role, Table

_CODE_INSIDE = regex.compile(r"(?<![\d.,])\d{3,8}(?![\d.,]|\s*(?:kr|pct|%))")
_ONLY_CODE = regex.compile(r"(?:\p{Lu}{1,4}[ .-]?)?\d{1,6}(?:[.-]\d{1,4})*\.?")
_SENTENCE = regex.compile(r"\p{Ll}{5,}\.(?:\s\p{Lu}|$)")
_NOTE = regex.compile(r"(?:^|\s)(?:\p{Ll}|\d|\*+)\)\s")
_YEARS = regex.compile(rf"(?<!\d){YEAR}(?!\d)")


@record
class LabelSigns:
    """What a label shows by itself, each 0 or 1."""

    coded: float
    begins_coded: float
    number: float
    within: float
    open: float
    sentence: float
    note: float
    unit: float
    years: float


@lru_cache(maxsize=8192)
def signs(label: str) -> LabelSigns:
    """The signs of a label, by its words alone."""
    code = _CODE_INSIDE.search(label)
    dated = code is not None and single_year(code[0]) is not None
    return LabelSigns(
        coded=float(code is not None and not dated and code.start() > 0),
        begins_coded=float(code is not None and not dated and code.start() == 0),
        number=float(_ONLY_CODE.fullmatch(label) is not None),
        within=float(starts_within(label)),
        open=float(ends_open(label) or label.count("(") > label.count(")")),
        sentence=float(_SENTENCE.search(label) is not None),
        note=float(_NOTE.search(label) is not None),
        unit=float(find_unit(label) is not None or find_price_level(label) is not None),
        years=float(len(_YEARS.findall(label)) > 1),
    )


@record
class Rows:
    """The rows of a table that hold figures, and what they show together."""

    shared: dict[str, float]
    own: dict[int, dict[str, float]]  # by the line's ordinal


def rows_of(table: Table, elsewhere: Counter[str], *, piece: bool) -> Rows:
    """The evidence on every row of figures; `elsewhere` counts the labels of the case's other tables."""
    figures = [c for c in table.columns if c.kind is not ColumnKind.TEXT]
    named = {c.label.casefold() for c in figures if c.label and len(c.label) > 3}
    years = {str(c.year) for c in table.columns if c.year is not None}
    labels = Counter(line.label.casefold() for line in table.lines if line.amounts)
    own: dict[int, dict[str, float]] = {}
    for above, line in zip((None, *table.lines), table.lines, strict=False):
        if line.amounts:
            own[line.ordinal] = dict(_row(line, above, table, labels, elsewhere, named, years))
    return Rows({**dict(_together(table, own)), "piece": float(piece)}, own)


def _row(
    line: Line,
    above: Line | None,
    table: Table,
    labels: Counter[str],
    elsewhere: Counter[str],
    named: set[str],
    years: set[str],
) -> Iterator[tuple[str, float]]:
    label = line.label
    if not label:
        yield "unlabelled", 1.0
        return
    shown = signs(label)
    yield "coded", shown.coded
    yield "begins_coded", shown.begins_coded
    yield "number_loose" if table.loose else "number", shown.number
    yield "within", shown.within
    yield "open", shown.open
    yield "sentence", shown.sentence
    yield "note", shown.note
    yield "unit", shown.unit
    yield "years", shown.years
    folded = label.casefold()
    yield "names_columns", float(any(name in folded for name in named) or bool(years & set(_YEARS.findall(label))))
    yield "repeated", float(labels[folded] > 1)
    yield "known", float(elsewhere[folded] > 0)
    yield "closing_word", float(line.role in (Role.TOTAL, Role.SUBTOTAL))
    yield "left_over", float(any(any(c.isdigit() for c in text) for text in line.texts))
    yield "said_more", float(bool(line.texts))
    if above is not None and not above.amounts:
        waiting = above.role is Role.DETAIL
        yield "below_code", float(signs(above.label).number)
        yield "below_blank_loose" if table.loose else "below_blank", float(waiting)
        yield "below_section_loose" if table.loose else "below_section", float(not waiting)
        yield "below_open", float(bool(signs(above.label).open))


def _together(table: Table, own: dict[int, dict[str, float]]) -> Iterator[tuple[str, float]]:
    count = max(1, len(own))
    blank = [line for line in table.lines if not line.amounts]
    yield (
        "blank_share_loose" if table.loose else "blank_share",
        sum(x.role is Role.DETAIL for x in blank) / max(1, len(table.lines)),
    )
    number = "number_loose" if table.loose else "number"
    for name in ("unlabelled", "coded", "begins_coded", number, "within", "below_code", "names_columns", "left_over"):
        yield f"{name}_share", sum(row.get(name, 0.0) for row in own.values()) / count
    yield "few_rows", float(len(own) < 3)
    yield "heads_again", float(heads_again(table))
    yield "no_caption", float(not table.title and not table.label)
    yield "kind_unknown", float(table.kind is Kind.OTHER_MONEY)


def heads_again(table: Table) -> bool:
    """Whether a row of the body heads columns: the header of a second table, or one more line of this one's."""
    values = sum(c.kind is not ColumnKind.TEXT for c in table.columns)
    for line in table.lines:
        shown = signs(line.label)
        if not line.amounts and (shown.years or shown.unit or len(line.texts) >= max(2, values)):
            return True
        if shown.unit and not line.texts and line.amounts:
            return True
    return False
