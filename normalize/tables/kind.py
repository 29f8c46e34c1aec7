"""What kind of table it is, what it counts, in which unit and price level, and which way its signs point."""

from __future__ import annotations

from collections.abc import Sequence

from extract.models import Grid
from extract.records import record
from lexicon.figures import FigureUnit
from lexicon.units import PriceLevel, find_measure, find_price_level, find_unit
from normalize.models import ColumnKind, Kind, Measure, Role
from normalize.tables.caption import Title
from normalize.tables.columns import Header, bare_header
from normalize.tables.lines import RawLine
from normalize.vocabulary import (
    TextRole,
    committee,
    kind_of_caption,
    kind_of_header,
    kind_of_row,
    row_measure,
    sign_of_notes,
    speaks_of_staff,
    sums_savings_positive,
)


@record
class Meaning:
    """A table's measure, unit and price level as far as its own print says; None where it does not."""

    measure: Measure
    unit: int | None
    price_level: PriceLevel | None


def read_meaning(grid: Grid, title: Title, header: Header, lines: Sequence[RawLine]) -> Meaning:
    """Measure, unit and price level: header first, then caption, the lines above, the columns, the figures, notes."""
    caption = grid.caption.text if grid.caption is not None else (title.title or "") if title.own else ""
    printed = [_table_header(header), caption]
    sources = [*printed, *title.above]
    notes = [n.text for n in grid.notes]
    unit = _first_unit(printed) or _unit_of_columns(header) or _unit_of_figures(lines)
    measure = _measure(sources, header, unit, lines)
    if measure is Measure.DKK and unit is None:
        if Measure.DKK not in map(find_measure, sources) and _of_posts(title, lines):
            measure = Measure.FTE
        unit = _first_unit([*title.above, *notes])
    if measure is not Measure.DKK:
        return Meaning(measure, None, None)
    own = [header.columns[i].label for i in header.values]
    level = next((p for s in (*sources, *own, *notes) if (p := find_price_level(s))), None)
    return Meaning(measure, unit, level)


def _first_unit(texts: Sequence[str]) -> int | None:
    """The factor of the first unit that one of the texts says."""
    return next((u.factor for s in texts if (u := find_unit(s))), None)


def _unit_of_columns(header: Header) -> int | None:
    """The unit of the first column of money."""
    return next((c.unit for i in header.values if (c := header.columns[i]).unit is not None), None)


def _table_header(header: Header) -> str:
    """The header's words but for those of single value columns, which speak for themselves only."""
    own = {header.columns[i].label for i in header.values}
    return "\n".join(t for t in header.texts if t not in own)


def _measure(sources: Sequence[str], header: Header, unit: int | None, lines: Sequence[RawLine]) -> Measure:
    """What the figures count: as header and caption say, else as most rows or all columns do, else money."""
    near = [find_measure(s) for s in sources]
    near = [m for m in near[:2] if m is not None] or near[2:3]  # what stands above the table speaks last
    said = next((m for m in (Measure.DKK, Measure.FTE) if m in near), Measure.DKK if unit is not None else None)
    return said or _measure_of_figures(header, lines, counted=Measure.COUNT in near)


def _measure_of_figures(header: Header, lines: Sequence[RawLine], *, counted: bool) -> Measure:
    """What the figures count where no words above them say so: as most rows or all columns do, else money."""
    columns = [header.columns[i] for i in header.values]
    if _most_staffed(lines) or {c.measure for c in columns} == {Measure.FTE}:
        return Measure.FTE
    if any(p.figure.unit is not None and p.figure.unit.factor for line in lines for p in line.figures.values()):
        return Measure.DKK
    counted = counted or {c.kind for c in columns} == {ColumnKind.COUNT}
    return _measure_of_rows(lines) or (Measure.COUNT if counted else Measure.DKK)


def _most_staffed(lines: Sequence[RawLine]) -> bool:
    """Whether the figures of most rows are printed as årsværk."""
    return 2 * sum(_staffed(line) for line in lines) > sum(bool(line.figures) for line in lines)


def _measure_of_rows(lines: Sequence[RawLine]) -> Measure | None:
    """What the rows count, where each of them says it; None where one does not."""
    counted = {counts(line) for line in lines if not line.blank}
    if not counted or None in counted:
        return None
    return Measure.FTE if Measure.FTE in counted else Measure.COUNT


def _of_posts(title: Title, lines: Sequence[RawLine]) -> bool:
    """Whether a heading speaks of staff and the table's total counts posts ("Personale" above "Årsværk i alt")."""
    return speaks_of_staff(title.title or "") and any(find_measure(line.label) is Measure.FTE for line in lines[-1:])


def counts(line: RawLine) -> Measure | None:
    """What a row says it counts, in its label, a cell of its own or its figures ("årsværk"); None for money."""
    if _staffed(line):
        return Measure.FTE
    return next((m for t in (line.label, *line.texts) if (m := row_measure(t)) is not None), None)


def _staffed(line: RawLine) -> bool:
    """Whether a row's figures are printed as årsværk."""
    units = {p.figure.unit for p in line.figures.values() if p.figure.value}
    return units == {FigureUnit.FTE}


def _unit_of_figures(lines: Sequence[RawLine]) -> int | None:
    """The unit printed beside most of the figures themselves, in figures or in words such as "7.500 kr. pr år"."""
    mentions: list[int] = []
    filled = 0
    for line in lines:
        if line.payback or (line.blank and not line.texts):
            continue
        filled += 1
        printed = [p.figure.printed for p in line.figures.values()]
        texts = [t for t in (*printed, *(c.text for c in line.fragments), *line.texts) if any(map(str.isdigit, t))]
        found = next((u.factor for t in texts if (u := find_unit(t))), None)
        if found is not None:
            mentions.append(found)
    return mentions[0] if len(mentions) * 2 > filled else None


def read_kind(title: Title, header: Header, lines: Sequence[RawLine], roles: Sequence[Role], measure: Measure) -> Kind:
    """The kind by caption, header, the labels of totals and lines, and last the heading above; never refused."""
    if measure is Measure.FTE:
        return Kind.FTE
    if measure is not Measure.DKK:
        return Kind.OTHER_MONEY
    called = title.title or ""
    kind = kind_of_caption(called) if title.own else None
    kind = kind or next((k for t in (*header.spans, *header.texts) if (k := kind_of_header(t))), None)
    kind = kind or _kind_of_rows(lines, roles)
    if kind is None and not title.own and any(c.kind is ColumnKind.YEAR for c in header.columns):
        kind = kind_of_caption(called)
    return _refined(kind or Kind.OTHER_MONEY, title, header, lines)


def _kind_of_rows(lines: Sequence[RawLine], roles: Sequence[Role]) -> Kind | None:
    """The kind that a label names: a summary's own words first, then the totals', then any row's."""
    totals = [x.label for x, r in zip(lines, roles, strict=True) if r in (Role.TOTAL, Role.SUBTOTAL)]
    found = [k for t in (*totals, *(x.label for x in lines if not x.blank)) if (k := kind_of_row(t))]
    return Kind.SUMMARY if Kind.SUMMARY in found else found[0] if found else None


def _refined(kind: Kind, title: Title, header: Header, lines: Sequence[RawLine]) -> Kind:
    """Settles by the rows what a general caption leaves open."""
    areas = [x.area for x in lines if x.area]
    by_committee = _by_committee(header, lines)
    words = (title.title or "").casefold() if title.own else ""
    if kind is Kind.INVESTMENT_SERVICE and "service" not in words and areas and set(areas) == {"Anlæg"}:
        kind = Kind.INVESTMENT_CAPITAL
    if by_committee and kind is Kind.INVESTMENT_CAPITAL:
        return Kind.COMMITTEE_CAPITAL
    if by_committee and kind is Kind.INVESTMENT_SERVICE:
        return Kind.COMMITTEE_SERVICE
    if not by_committee and kind is Kind.COMMITTEE_GROSS and "udvalg" not in words and "bevilling" not in words:
        return Kind.RECURRING
    return kind


def _by_committee(header: Header, lines: Sequence[RawLine]) -> bool:
    """Whether the table's lines are committees or administrations."""
    filled = [x for x in lines if not x.blank]
    named = [x for x in filled if committee(x.label)]
    headed = header.roles.get(0) is TextRole.COMMITTEE or "udvalg" in header.stub.casefold().split()
    return bool(filled) and (len(named) * 2 > len(filled) or (headed and len(named) * 3 > len(filled)))


def read_sign(grid: Grid, title: Title, header: Header, lines: Sequence[RawLine], case_sign: int | None) -> int:
    """+1 where a printed plus is a cost, -1 where it is a saving, and only where the print says so.

    `case_sign` is what a note to all tables of the case says, None where there is none.
    """
    caption = grid.caption.text if grid.caption is not None else ""
    said = next((s for t in (caption, *(n.text for n in grid.notes), *title.above) if (s := sign_of_notes(t))), None)
    if said is not None:
        return said
    headed = _headed_as_savings(title, header)
    figures = [line.figures[i].figure.value for line in lines for i in headed if i in line.figures]
    filled = [v for v in figures if v]
    if filled and sum(v > 0 for v in filled) * 2 > len(filled):
        return -1
    return case_sign if case_sign is not None else 1


def _headed_as_savings(title: Title, header: Header) -> list[int]:
    """The columns of figures that the table's title, its corner or their own headers call savings."""
    if sums_savings_positive(bare_header(header.stub)) or (title.own and sums_savings_positive(title.title or "")):
        return list(header.values)
    return [
        i
        for i in header.values
        if sums_savings_positive(header.groups[i]) or sums_savings_positive(header.columns[i].label)
    ]
