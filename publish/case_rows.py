"""The rows of one case: its metadata, headings, tables with lines and amounts, statements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from extract.records import record
from normalize.models import Amount, Case, ColumnKind, Kind, Line, Statement, Table
from normalize.models import Column as TableColumn
from publish import administrations
from publish.economy import component
from publish.measures import Counting, Figure, of_amount, of_table
from publish.rows import Rows, exact, printed_at

#: What a table of this kind is about, whatever its rows say.
_AREAS = {Kind.INVESTMENT_SERVICE: "Service", Kind.INVESTMENT_CAPITAL: "Anlæg"}


class Known:
    """What findings are ordered and measured by: where tables and rows stand, what tables and their figures count.

    Of figures those in `evidence` (amount_id).
    """

    def __init__(self, evidence: frozenset[str]) -> None:
        self.evidence = evidence
        self.places: dict[str, tuple[int, int]] = {}
        self.tables: dict[str, Counting] = {}
        self.figures: dict[str, Figure] = {}


def amount_dkk(amount: Amount, line: Line, table: Table, column: TableColumn | None) -> Decimal | None:
    """The figure in kroner, a cost positive and a saving negative; None where it is not an amount of money.

    A column of investments is a cost also in a catalogue that prints its savings as positive contributions.
    """
    unit = of_amount(line, table, column).unit
    sign = 1 if column is not None and column.kind == ColumnKind.INVESTMENT else table.cost_sign
    return None if unit is None else amount.value * unit * sign


@record
class _OfCase:
    """The rows of one case among those of its document."""

    rows: Mapping[str, Rows]
    known: Known
    confidential: bool

    def add(self, relation: str, **values: Any) -> None:
        self.rows[relation].add(**values, confidential=self.confidential)


@record
class Home:
    """A case's own id, its document's, and the id of the version of it that counts where that is another."""

    case_id: str
    document_id: str
    version_of: str | None


def add_case(rows: Mapping[str, Rows], case: Case, home: Home, known: Known) -> None:
    case_id = home.case_id
    rows["cases"].add(
        case_id=case_id,
        document_id=home.document_id,
        ordinal=case.ordinal,
        code=case.code,
        title=case.title,
        summary=case.summary,
        administrations=list(case.administrations),
        affected=None if case.affected is None else list(case.affected),
        budget_round=case.budget_round,
        case_key=case.case_key,
        version_of=case.version_of or home.version_of,
        municipality=case.municipality,
        confidential=case.confidential,
        first_page=case.first_page,
        last_page=case.last_page,
        kind=case.kind_of,
        stated_price_level=case.stated_price_level,
        title_doubtful=case.title_doubtful,
    )
    own = _OfCase(rows, known, case.confidential)
    for part, names in (("proposes", case.administrations), ("affected", case.affected or ())):
        _administrations(own, case_id, part, names, case.municipality)
    for ordinal, field in enumerate(case.metadata):
        own.add(
            "case_metadata",
            case_metadata_id=f"{case_id}.m{ordinal}",
            case_id=case_id,
            ordinal=ordinal,
            name=field.name,
            label=field.label,
            value=field.value,
            page=field.place.page,
            line=field.place.line,
        )
    headings = {}
    for heading in case.headings:
        headings[heading.ordinal] = heading.heading_id or f"{case_id}.h{heading.ordinal}"
        own.add(
            "headings",
            heading_id=headings[heading.ordinal],
            case_id=case_id,
            ordinal=heading.ordinal,
            number=heading.number,
            title=heading.title,
            level=heading.level,
            page=heading.place.page,
            line=heading.place.line,
        )
    tables = {}
    for table in case.tables:
        table_id = table.table_id or f"{case_id}.t{table.ordinal}"
        lines = {line.ordinal: line.line_id or f"{table_id}.l{line.ordinal}" for line in table.lines}
        tables[table.ordinal] = (table_id, lines)
        known.places |= {line_id: (table.ordinal, ordinal) for ordinal, line_id in lines.items()}
        known.places[table_id] = (table.ordinal, -1)
        known.tables[table_id] = of_table(table)
        _table(own, table, table_id, case_id)
        for line in table.lines:
            _line(own, line, table, lines, table_id, case_id)
    for ordinal, statement in enumerate(case.statements):
        _statement(own, statement, ordinal, case_id, tables, headings)


def _administrations(own: _OfCase, case_id: str, part: str, names: Sequence[str], municipality: str | None) -> None:
    each = tuple(dict.fromkeys(names))
    for ordinal, name in enumerate(each):
        first, last = administrations.valid(municipality, name)
        own.add(
            "case_administrations",
            case_administration_id=f"{case_id}.{part}{ordinal}",
            case_id=case_id,
            part=part,
            ordinal=ordinal,
            shared_by=len(each),
            administration=name,
            name_valid_from=first,
            name_valid_to=last,
        )


def _table(own: _OfCase, table: Table, table_id: str, case_id: str) -> None:
    place = printed_at(table.place)
    del place["page"]
    own.add(
        "tables",
        table_id=table_id,
        case_id=case_id,
        ordinal=table.ordinal,
        label=table.label,
        title=table.title,
        kind=str(table.kind),
        measure=str(table.measure),
        unit=table.unit,
        price_level=table.price_level,
        first_page=table.first_page,
        last_page=table.last_page,
        price_level_printed=table.price_level_printed,
        cost_sign=table.cost_sign,
        column_labels=[column.label for column in table.columns],
        column_kinds=[str(column.kind) for column in table.columns],
        notes=list(table.notes),
        reader=table.reader,
        tokens=table.ledger.tokens,
        orphans=list(table.ledger.orphans),
        unplaced_figures=table.unplaced_figures,
        **place,
    )


def _carried(line: Line, section: Line | None, table: Table) -> dict[str, str | None]:
    """What a row's figures belong to: as it says itself, else as its section or its table does."""
    above = section or line
    return {
        "steering_area": line.steering_area or above.steering_area or table.steering_area or _AREAS.get(table.kind),
        "appropriation": line.appropriation or above.appropriation,
        "committee": line.committee or above.committee,
    }


def _line(own: _OfCase, line: Line, table: Table, lines: Mapping[int, str], table_id: str, case_id: str) -> None:
    line_id = lines[line.ordinal]
    section = None if line.section is None else next((s for s in table.lines if s.ordinal == line.section), None)
    own.add(
        "lines",
        line_id=line_id,
        table_id=table_id,
        ordinal=line.ordinal,
        label=line.label,
        role=str(line.role),
        component=component(line, section, table),
        steering_area=line.steering_area,
        appropriation=line.appropriation,
        committee=line.committee,
        section_line_id=None if line.section is None else lines.get(line.section),
        texts=list(line.texts),
        **printed_at(line.place),
    )
    columns = {column.index: (position, column) for position, column in enumerate(table.columns)}
    carried = _carried(line, section, table)
    for amount in line.amounts:
        position, column = columns.get(amount.column, (amount.column, None))
        dkk = amount_dkk(amount, line, table, column)
        amount_id = amount.amount_id or f"{line_id}.a{amount.column}"
        if amount_id in own.known.evidence:
            counting = of_amount(line, table, column)
            own.known.figures[amount_id] = Figure(line_id, amount.year, amount.value, counting)
        own.add(
            "amounts",
            amount_id=amount_id,
            line_id=line_id,
            table_id=table_id,
            case_id=case_id,
            year=amount.year,
            column_label=amount.column_label,
            printed=amount.printed,
            value=exact(amount.value),
            amount_dkk=exact(dkk),
            price_level=None if dkk is None else ((column.price_level if column else None) or table.price_level),
            placement=str(amount.placement),
            **carried,
            confidence=amount.confidence,
            column_index=position,
            half_step=exact(amount.half_step),
            alternatives=[held for value in amount.alternatives if (held := exact(value)) is not None],
            second_reading=amount.second,
            **printed_at(amount.place),
        )


def _statement(
    own: _OfCase,
    statement: Statement,
    ordinal: int,
    case_id: str,
    tables: Mapping[int, tuple[str, Mapping[int, str]]],
    headings: Mapping[int, str],
) -> None:
    table_id, lines = (None, {}) if statement.table is None else tables.get(statement.table, (None, {}))
    own.add(
        "statements",
        statement_id=f"{case_id}.s{ordinal}",
        case_id=case_id,
        ordinal=ordinal,
        kind=str(statement.kind),
        value=exact(statement.value),
        half_step=exact(statement.half_step),
        printed=statement.printed,
        sentence=statement.sentence,
        years=list(statement.years),
        onwards=statement.onwards,
        per_year=statement.per_year,
        total=statement.total,
        approximate=statement.approximate,
        table_id=table_id,
        line_id=None if statement.line is None else lines.get(statement.line),
        heading_id=None if statement.heading is None else headings.get(statement.heading),
        **printed_at(statement.place),
    )
