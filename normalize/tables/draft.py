"""One grid read as far as its own print goes: header, lines, title, measure; figures of loose rows not yet placed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.models import Block, Grid, Row
from extract.records import record
from lexicon.figures import GROUPED, FigureUnit, parse_figure
from lexicon.units import is_only_unit
from lexicon.years import single_year
from normalize.models import ColumnKind, Measure, Role
from normalize.tables.caption import Title, read_title
from normalize.tables.columns import Header, bare_header, read_columns
from normalize.tables.header import Parts, cell_text, split_header
from normalize.tables.kind import Meaning, read_meaning
from normalize.tables.lines import RawLine, read_lines
from normalize.tables.notation import settle_notation
from normalize.vocabulary import TextRole, role_hint, says_percent, text_role


@record
class Draft:
    """A grid's own words: what it prints, before sums place and weigh the figures.  `index` is that of its block."""

    index: int
    grid: Grid
    header: Header
    title: Title
    lines: tuple[RawLine, ...]
    meaning: Meaning
    hints: tuple[Role | None, ...]

    @property
    def exact(self) -> bool:
        """Whether its figures are exact as printed (positions, numbers of things)."""
        return self.meaning.measure is not Measure.DKK


def draft(blocks: Sequence[Block], index: int, grid: Grid) -> Draft | None:
    """The draft of a grid that is (or is a part of) `blocks[index]`; None where it has no body."""
    parts = split_header(grid)
    if not parts.body:
        return None
    loose = any(row.loose for row in parts.body)
    columns = max([grid.columns, *(len(r.cells) for r in (*parts.header, *parts.body))])
    labels = 0 if _figures_first(parts.header, parts.body) else 1
    shares = _shares(parts.body, columns, loose)
    for column in _references(parts, columns):
        shares[column] = 0.0
    header = read_columns(parts.header, columns, shares, loose=loose, labels=labels)
    lines = read_lines(parts.body, header)
    header = _with_percentages(header, lines)
    title = read_title(blocks, index, grid)
    meaning = read_meaning(grid, title, header, lines)
    money = meaning.measure is Measure.DKK
    settle_notation(lines, blocks, grid, kroner=money and meaning.unit == 1)
    _move_strangers(lines, header, meaning.measure)
    hints = tuple(role_hint(line.label, figures=not line.blank, money=money) for line in lines)
    return Draft(index, grid, header, title, tuple(lines), meaning, hints)


def _figures_first(header: Sequence[Row], body: Sequence[Row]) -> bool:
    """Whether the grid has no column of labels: its first column is a year like the others."""
    return any(single_year(cell_text(r, 0)) and any(single_year(cell_text(r, 1)) for _ in (0,)) for r in header) and (
        sum(parse_figure(cell_text(r, 0)) is not None for r in body) == len(body)
    )


def _shares(body: Sequence[Row], columns: int, loose: bool) -> list[float | None]:
    """For each column the share of its filled cells that hold figures; a lone dash says nothing either way."""
    shares: list[float | None] = []
    for column in range(columns):
        texts = [t for r in body if (t := cell_text(r, column))]
        if loose and column and not texts:
            shares.append(1.0)
            continue
        if _only_units(texts) or (_only_codes(texts) and _parts_thousands(body, column)):
            shares.append(0.0)
            continue
        figures = [parse_figure(t) for t in texts]
        told = [f for f in figures if f is None or not f.is_dash]
        if told:
            shares.append(sum(f is not None for f in told) / len(told))
        else:
            shares.append(1.0 if texts else None)
    return shares


_CODE = re.compile(r"[1-9]\d{3,7}")
_GROUPED = re.compile(rf"[-−–(]?{GROUPED}(?:,\d+)?\)?")
_FEWEST_CODES = 3


def _only_codes(texts: Sequence[str]) -> bool:
    """Whether a column holds numbers that each stand for something: of one length, none twice, without stops."""
    return (
        len(texts) >= _FEWEST_CODES
        and len(set(texts)) == len(texts)
        and len({len(t) for t in texts}) == 1
        and all(_CODE.fullmatch(t) and not single_year(t) for t in texts)
    )


def _parts_thousands(body: Sequence[Row], but: int) -> bool:
    """Whether the other columns print thousands with stops between them."""
    texts = [cell_text(r, c) for r in body for c in range(1, len(r.cells)) if c != but]
    large = [t for t in texts if _CODE.fullmatch(t) or _GROUPED.fullmatch(t)]
    return len(large) >= _FEWEST_CODES and all(_GROUPED.fullmatch(t) for t in large)


LARGEST_SHARE = 1000  # percent
_REFERENCE = re.compile(r"\d{1,2}[.)]?")
_REFERRING = (TextRole.WORDS, TextRole.NUMBER)


def _references(parts: Parts, columns: int) -> Iterator[int]:
    """The columns of numbers that refer to something: under "Note" or "Nr.", and none larger than two digits."""
    for column in range(1, columns):
        if any(text_role(bare_header(cell_text(r, column))) in _REFERRING for r in parts.header):
            texts = [t for r in parts.body if (t := cell_text(r, column))]
            if texts and all(map(_REFERENCE.fullmatch, texts)):
                yield column


def _only_units(texts: Sequence[str]) -> bool:
    """Whether a column says what each row counts in ("1.000 kr.") and holds no figures."""
    return len(texts) > 1 and len(set(texts)) == 1 and is_only_unit(texts[0])


def _with_percentages(header: Header, lines: Sequence[RawLine]) -> Header:
    """Columns whose figures carry a percent sign hold shares, whatever their header says; under a name without one
    ("Andel af gæld") figures that no share can be are amounts."""
    columns = list(header.columns)
    for column in header.columns:
        figures = [line.figures[column.index].figure for line in lines if column.index in line.figures]
        shares = sum(f.unit is FigureUnit.PERCENT for f in figures)
        if column.kind is ColumnKind.AMOUNT and shares and shares * 2 >= len(figures):
            columns[column.index] = replace(column, kind=ColumnKind.PERCENT)
        large = sum(abs(figure.value) > LARGEST_SHARE for figure in figures)
        if column.kind is ColumnKind.PERCENT and 2 * large > len(figures) and not says_percent(column.label):
            columns[column.index] = replace(column, kind=ColumnKind.AMOUNT)
    return replace(header, columns=tuple(columns))


def _move_strangers(lines: Sequence[RawLine], header: Header, measure: Measure) -> None:
    """Figures that carry a unit their column does not count in are words: "12 %" or "2 årsværk" among kroner."""
    for line in lines:
        for index, printed in list(line.figures.items()):
            unit, column = printed.figure.unit, header.columns[index]
            if unit is None or column.kind is ColumnKind.PERCENT or line.payback:
                continue
            counts = column.measure or measure
            fits = (unit.factor is not None and counts is Measure.DKK) or (
                unit is FigureUnit.FTE and counts is Measure.FTE
            )
            if not fits:
                del line.figures[index]
                line.texts.append(printed.figure.printed)
