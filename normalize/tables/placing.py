"""Figures into columns: placed rows keep theirs, loose rows get them from the sums' choice of readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extract.models import Box, Cell, Placement
from extract.records import record
from lexicon.figures import Figure, FigureUnit, parse_figure
from normalize.models import ColumnKind
from normalize.readings.choose import KnownRow, ReadingRow, Readings, RowReading, choose_readings
from normalize.sums import Interval, Structure, SumRow, find_sums
from normalize.tables.doubt import settled
from normalize.tables.draft import Draft
from normalize.tables.lines import Printed, RawLine

WITNESS = 0.9  # a figure of another table must be this sure to speak for a place
INDENT = 2.5  # points: labels closer to each other than that begin on one line
PAYBACK = 0.95  # a payback time that stands alone in its row: the figure is sure, its column means nothing


@record
class Placing:
    """A draft's figures by line and table column, the words left over, and the table's roles and sums.

    `undecided` says whether loose figures could stand in more than one column and the table alone does not settle it.
    """

    figures: tuple[dict[int, Printed], ...]
    words: tuple[tuple[str, ...], ...]
    structure: Structure
    undecided: bool


def place(one: Draft, known: Sequence[KnownRow] = ()) -> Placing:
    """Puts every figure of the draft into a column and finds the sums."""
    figures: list[dict[int, Printed]] = [dict(line.figures) for line in one.lines]
    words: list[tuple[str, ...]] = [()] * len(one.lines)
    loose = [n for n, line in enumerate(one.lines) if line.fragments]
    if not one.header.values:
        for n in loose:
            words[n] = tuple(c.text for c in one.lines[n].fragments)
    elif loose:
        read = _readings(one, known).rows
        for n in loose:
            line = one.lines[n]
            figures[n], words[n] = _payback(one, line) if line.payback else _taken(one, line, read[n])
    undecided = any(p.placement is Placement.UNDECIDED for n in loose for p in figures[n].values())
    structure = _structure(one, figures)
    settled_figures = settled(one, figures, structure)
    if settled_figures is not None:
        figures, structure = settled_figures, _structure(one, settled_figures)
    return Placing(tuple(figures), tuple(words), structure, undecided)


def _readings(one: Draft, known: Sequence[KnownRow]) -> Readings:
    """What the table's own arithmetic says of the figures that lost their columns."""
    return choose_readings(
        [_reading_row(one, n) for n in range(len(one.lines))],
        len(one.header.values),
        totals=_totals(one),
        text_columns=sum(c.kind is ColumnKind.TEXT for c in one.header.columns[1:]),
        known=known,
        exact=one.exact,
    )


def _taken(one: Draft, line: RawLine, reading: RowReading) -> tuple[dict[int, Printed], tuple[str, ...]]:
    """The figures of a loose row as a reading places them, and the words that are left."""
    figures, words = dict(line.figures), []
    for found in filter(None, reading.cells):
        cells = line.fragments[found.first : found.last + 1]
        figure = _figure(found.text, found.value)
        index = one.header.values[found.column]
        share = figure is not None and figure.unit is FigureUnit.PERCENT
        if figure is None or (share and one.header.columns[index].kind is ColumnKind.AMOUNT):
            words.append(found.text)
            continue
        sure = min([found.confidence, *(c.confidence for c in cells)])
        figures[index] = Printed(figure, _whole(cells), found.placement, round(sure, 4))
    words += [text for i in reading.words if not _is_nil(text := line.fragments[i].text)]
    return figures, tuple(words)


def _is_nil(text: str) -> bool:
    figure = parse_figure(text)
    return figure is not None and figure.is_dash


def _reading_row(one: Draft, number: int) -> ReadingRow:
    line = one.lines[number]
    loose = bool(line.fragments) and not line.payback
    return ReadingRow(
        label=line.label,
        fragments=tuple(" ".join(c.text.split()) for c in line.fragments) if loose else (),
        fixed=None if loose else _values(one, line.figures),
        hint=one.hints[number],
        bold=line.bold,
        rule_above=line.row.rule_above,
        shaded=line.row.shaded,
        group=line.area,
    )


def _values(one: Draft, figures: dict[int, Printed]) -> tuple[Interval | None, ...]:
    return tuple(_interval(one, figures.get(i)) for i in one.header.values)


def _interval(one: Draft, printed: Printed | None) -> Interval | None:
    if printed is None:
        return None
    return Interval(printed.figure.value, Decimal(0) if one.exact else printed.figure.half_step)


def _totals(one: Draft) -> dict[int, tuple[int, ...]]:
    """The columns that add up others, by their place among the value columns."""
    at = {column: n for n, column in enumerate(one.header.values)}
    return {
        at[c.index]: tuple(at[p] for p in c.total_of if p in at)
        for c in one.header.columns
        if c.total_of and c.index in at
    }


def _figure(text: str, value: Interval | None) -> Figure | None:
    """The figure a reading chose; None for a fragment of words that only takes up a column."""
    if value is None:
        return None
    figure = parse_figure(text)
    if figure is not None and figure.value == value.value:
        return figure
    return Figure(value.value, value.half_step, text)


def _whole(cells: Sequence[Cell]) -> Cell:
    """Fragments of one figure as one cell."""
    first = cells[0]
    box = first.place.box
    for cell in cells[1:]:
        box = box.union(cell.place.box) if box is not None and cell.place.box is not None else box
    text = " ".join(c.text for c in cells)
    others = first.alternatives if len(cells) == 1 else ()  # a piece's other readings are none of the whole
    raw = " ".join(c.raw for c in cells)
    return replace(first, text=text, raw=raw, place=replace(first.place, box=box), alternatives=others)


def _payback(one: Draft, line: RawLine) -> tuple[dict[int, Printed], tuple[str, ...]]:
    """A payback time's figure, in the first column after the label: where it stands says nothing."""
    for cell in line.fragments:
        figure = parse_figure(cell.text)
        if figure is not None and not figure.is_dash:
            rest = tuple(c.text for c in line.fragments if c is not cell and not _is_nil(c.text))
            column = min(1, len(one.header.columns) - 1)
            sure = round(PAYBACK * min(1.0, cell.confidence), 4)
            return {column: Printed(figure, cell, Placement.TABBED, sure)}, rest
    return {}, tuple(c.text for c in line.fragments)


def _structure(one: Draft, figures: Sequence[dict[int, Printed]]) -> Structure:
    columns = [c.index for c in one.header.columns if c.kind not in (ColumnKind.TEXT, ColumnKind.PERCENT)]
    zebra = _is_zebra([line.row.shaded for line in one.lines])
    rows = [
        SumRow(
            label=line.label,
            values=tuple(None if line.payback else _interval(one, placed.get(i)) for i in columns),
            hint=hint,
            bold=line.bold,
            rule_above=line.row.rule_above,
            shaded=line.row.shaded and not zebra,
            indent=indent,
            italic=line.italic,
            group=line.area,
            texts=len(line.texts) + (line.area is not None) + (line.appropriation is not None),
        )
        for line, placed, hint, indent in zip(one.lines, figures, one.hints, _indents(one.lines), strict=True)
    ]
    return find_sums(rows, len(columns))


def _indents(lines: Sequence[RawLine]) -> list[float]:
    """How deep each label is indented: the first of the left edges (in points) that are hardly apart from its own.

    A row without a label of known place counts as not indented.
    """
    edges = [box.x0 if line.label and (box := _label_box(line)) is not None else None for line in lines]
    levels: dict[float, float] = {}
    level = last = None
    for edge in sorted({e for e in edges if e is not None}):
        level = edge if level is None or last is None or edge - last > INDENT else level
        levels[edge], last = level, edge
    least = min(levels.values(), default=0.0)
    return [levels[e] if e is not None else least for e in edges]


def _label_box(line: RawLine) -> Box | None:
    first = line.row.cells[0] if line.row.cells else None
    return first.place.box if first is not None and first.text.strip() else None


def _is_zebra(shaded: Sequence[bool]) -> bool:
    """Whether every second row is shaded: that helps the eye and says nothing of the rows."""
    return len(shaded) > 2 and all(a != b for a, b in pairwise(shaded))


def known_rows(one: Draft, others: Sequence[tuple[Draft, Placing]]) -> list[KnownRow]:
    """The surely placed rows of the case's other tables, in this draft's value columns (by year)."""
    columns = [one.header.columns[i] for i in one.header.values]
    rows: list[KnownRow] = []
    for other, placing in others:
        if other.exact != one.exact:
            continue
        by_year = {c.year: c.index for c in other.header.columns if c.kind is ColumnKind.YEAR}
        shared = [c.year for c in columns if c.kind is ColumnKind.YEAR and c.year in by_year]
        if not shared:
            continue
        for line, figures in zip(other.lines, placing.figures, strict=True):
            if line.payback or not figures or min(p.confidence for p in figures.values()) < WITNESS:
                continue
            values = tuple(
                _interval(other, figures.get(by_year[c.year])) if c.year in by_year else None for c in columns
            )
            rows.append(KnownRow(line.label, values))
    return rows
