"""From placed figures to the finished `Table`: columns, lines with roles and amounts, sums, kind and sign."""

from __future__ import annotations

from decimal import Decimal

from extract.models import Placement
from lexicon.figures import is_number
from normalize.models import Amount, ColumnKind, Line, Measure, Role, Table
from normalize.tables.draft import Draft
from normalize.tables.kind import counts, read_kind, read_sign
from normalize.tables.lines import MISFIT, Printed
from normalize.tables.placing import Placing
from normalize.vocabulary import committee_of_unit, committees_in, steering_area_of_caption


def build_table(one: Draft, placing: Placing, ordinal: int, case_sign: int | None) -> Table:
    """The table a draft and its placed figures make; unit and price level as printed, ids empty."""
    roles = placing.structure.roles
    meaning, title = one.meaning, one.title
    kind = read_kind(title, one.header, one.lines, roles, meaning.measure)
    lines = _lines(one, placing)
    level = meaning.price_level
    return Table(
        ordinal=ordinal,
        label=title.label,
        title=title.title,
        kind=kind,
        measure=meaning.measure,
        unit=meaning.unit,
        price_level=level.year if level else None,
        columns=one.header.columns,
        lines=lines,
        sums=placing.structure.sums,
        first_page=one.grid.first_page,
        last_page=one.grid.last_page,
        place=one.grid.place,
        cost_sign=read_sign(one.grid, title, one.header, one.lines, case_sign) if meaning.measure is Measure.DKK else 1,
        notes=tuple(n.text for n in one.grid.notes),
        price_level_printed=level.printed if level else None,
        ledger=one.grid.ledger,
        unplaced_figures=sum(map(is_number, one.grid.ledger.orphans)) + sum(len(line.unread) for line in lines),
        reader=one.grid.reader,
        loose=any(row.loose for row in one.grid.rows),
        steering_area=steering_area_of_caption(title.title),
    )


def _lines(one: Draft, placing: Placing) -> tuple[Line, ...]:
    section: int | None = None
    committee: str | None = None
    lines: list[Line] = []
    for ordinal, (raw, role) in enumerate(zip(one.lines, placing.structure.roles, strict=True)):
        named = _committee(raw.committee_text or raw.label)
        if role is Role.SECTION:
            section, committee = ordinal, named
        elif role is Role.TOTAL or role is Role.PAYBACK:
            section, committee = None, None
        own = named or (committee if role in (Role.DETAIL, Role.SUBTOTAL, Role.MEMO) else None)
        figures = sorted(placing.figures[ordinal].items())
        lines.append(
            Line(
                ordinal=ordinal,
                label=raw.label,
                role=role,
                amounts=tuple(_amount(one, index, printed, role) for index, printed in figures),
                place=raw.row.place,
                steering_area=raw.area,
                appropriation=raw.appropriation,
                committee=own,
                section=section if role is not Role.SECTION else None,
                bold=raw.bold,
                texts=(*raw.texts, *placing.words[ordinal]),
                unread=tuple(sorted(raw.unread - placing.figures[ordinal].keys())),
                measure=counted if one.meaning.measure is Measure.DKK and (counted := counts(raw)) else None,
            )
        )
    return tuple(lines)


def _committee(text: str) -> str | None:
    """The committee a label or a section names, or whose unit it names; several are joined as printed ("… og …")."""
    return " og ".join(committees_in(text)) or committee_of_unit(text)


def _amount(one: Draft, index: int, printed: Printed, role: Role) -> Amount:
    column, figure = one.header.columns[index], printed.figure
    value, half_step, others = figure.value, figure.half_step, _other_values(printed)
    unit = column.unit or one.meaning.unit
    factor = figure.unit.factor if figure.unit is not None and not figure.implied else None
    if factor is not None and unit is not None and factor != unit:  # "0,62 mio. kr." in a table of 1.000 kr.
        scale = Decimal(factor) / unit
        value, half_step, others = value * scale, half_step * scale, tuple(other * scale for other in others)
    sure = min(printed.confidence, MISFIT) if index in _nameless(one) else printed.confidence
    exact = one.exact or column.kind is ColumnKind.COUNT or role is Role.PAYBACK
    return Amount(
        column=index,
        year=column.year if column.kind is ColumnKind.YEAR and role is not Role.PAYBACK else None,
        column_label=column.label,
        printed=figure.printed,
        value=value,
        half_step=Decimal(0) if exact else half_step,
        place=printed.cell.place,
        placement=printed.placement if sure >= 0.5 else Placement.UNDECIDED,
        confidence=sure,
        bold=printed.cell.bold,
        alternatives=others,
    )


def _nameless(one: Draft) -> tuple[int, ...]:
    """The columns of figures without a header, where several have none: what their figures are, nobody knows."""
    columns = tuple(i for i in one.header.values if not one.header.columns[i].label)
    return columns if len(columns) > 1 else ()


def _other_values(printed: Printed) -> tuple[Decimal, ...]:
    """The values a doubtful print may have: the reader's other readings, and "1.000" as one with three decimals."""
    other = printed.figure.other
    notation = (other,) if other is not None and printed.confidence < 0.9 else ()
    return tuple(dict.fromkeys((*printed.alternatives, *notation)))
