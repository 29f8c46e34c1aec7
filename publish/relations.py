"""From cases and findings to the relations of the contract, as Arrow tables with fixed types and sorted rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from extract.models import ReasonCode, Status
from normalize.models import CaseFile
from publish import contract
from publish.case_rows import Home, Known, add_case
from publish.measures import of_finding
from publish.naming import Naming, case_id_of, named
from publish.projections import Level, projections
from publish.rows import OF_A_DOCUMENT, Rows, exact
from publish.wording import cause_text, finding_text, reason_text
from reconcile.models import Finding

_SEVERITIES = {"error": 0, "warning": 1, "info": 2}


def relations(files: Sequence[CaseFile], findings: Sequence[Finding], level: Level | None = None) -> dict[str, Any]:
    """All relations by name, as Arrow tables in the order of `contract.RELATIONS`; amounts are brought to `level`.

    The order of `files` and `findings` does not matter: rows are sorted by file name and place in the file.
    """
    made = list(parts(files, findings))
    tables = {
        r.name: pa.Table.from_batches([part[r.name] for part in made if r.name in part], schema=r.arrow())
        for r in contract.RELATIONS
    }
    return tables | projections(tables["amounts"], level)


def parts(files: Sequence[CaseFile], findings: Sequence[Finding]) -> Iterator[dict[str, Any]]:
    """The rows of each document (see `part`), in the order in which relations hold them.

    Findings of cases that are in none of them come last.
    """
    home = {case.case_id: n for n, file in enumerate(files) for case in file.cases}
    of_file: dict[int, list[Finding]] = defaultdict(list)
    for finding in findings:
        of_file[home.get(finding.case_id, -1)].append(finding)
    for place, naming in named([(file.document, file.cases) for file in files]):
        yield part(files[place], of_file[place], naming)
    if of_file[-1]:
        strays = Rows(OF_A_DOCUMENT["findings"])
        _findings(strays, of_file[-1], None, {}, Known(frozenset()), {})
        yield {"findings": strays.batch()}


def part(file: CaseFile, findings: Sequence[Finding], naming: Naming) -> dict[str, Any]:
    """The rows of one document, as Arrow record batches by relation, of those relations that it has rows in.

    `findings` are those of its cases.
    """
    rows = {name: Rows(relation) for name, relation in OF_A_DOCUMENT.items()}
    homes: dict[str, int] = {}
    confidential: dict[str, bool] = {}
    known = Known(frozenset(a for finding in findings for a in finding.evidence))
    versions = dict(naming.versions)
    _document(rows["documents"], file, naming.document_id, naming.original)
    _unplaced(rows["unplaced"], file, naming.document_id)
    for case in sorted(file.cases, key=lambda c: c.ordinal):
        case_id = case_id_of(case, naming.document_id)
        homes[case_id] = len(homes)
        confidential[case_id] = case.confidential
        add_case(rows, case, Home(case_id, naming.document_id, versions.get(case_id)), known)
    _findings(rows["findings"], findings, naming.document_id, homes, known, confidential)
    return {name: collected.batch() for name, collected in rows.items() if len(collected)}


def _document(rows: Rows, file: CaseFile, document_id: str, original: str) -> None:
    document = file.document
    tables = [table for case in file.cases for table in case.tables]
    reason = document.reason
    rows.add(
        document_id=document_id,
        file_name=document.file_name,
        path=document.path,
        source_folder=document.source_folder,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=document.pages,
        status=str(document.status),
        reason=reason_text(reason, "da") if reason else None,
        duplicate_of=original if document.status == Status.DUPLICATE and original != document_id else None,
        cases=len(file.cases),
        tables=len(tables),
        figures=sum(len(line.amounts) for table in tables for line in table.lines),
        reason_code=reason.code if reason else None,
        reason_en=reason_text(reason, "en") if reason else None,
        tokens=sum(table.ledger.tokens for table in tables),
        orphans=sum(len(table.ledger.orphans) for table in tables),
        unplaced_figures=document.unplaced_figures,
        captions_without_table=document.captions_without_table,
        partial_pages=list(document.partial_pages),
        active_content=list(document.active_content),
        cpr_numbers=document.cpr_numbers,
        confidential=_is_confidential(file),
        scanned_pages=list(document.scanned_pages),
        second_opinion_pages=list(document.second_opinion_pages),
    )


<<<<<<< HEAD
def _unplaced(rows: _Rows, file: CaseFile, document_id: str) -> None:
    for ordinal, figure in enumerate(file.document.unplaced):
        rows.add(
            unplaced_id=f"{document_id}.u{ordinal}",
            document_id=document_id,
            ordinal=ordinal,
            printed=figure.text,
            page=figure.place.page,
            line=figure.place.line,
            confidential=_is_confidential(file),
        )


def _is_confidential(file: CaseFile) -> bool:
    """Whether a case of the file is confidential, or one that was left out was."""
    reason = file.document.reason
    left_out = reason is not None and reason.code == ReasonCode.CONFIDENTIAL
    return left_out or any(case.confidential for case in file.cases)


class _Known:
    """What findings are ordered and measured by: where tables and rows stand, what tables and their figures count.

    Of figures those in `evidence` (amount_id).
    """

    def __init__(self, evidence: frozenset[str]) -> None:
        self.evidence = evidence
        self.places: dict[str, tuple[int, int]] = {}
        self.tables: dict[str, Counting] = {}
        self.figures: dict[str, Figure] = {}


@record
class _OfCase:
    """The rows of one case among those of its document."""

    rows: Mapping[str, _Rows]
    known: _Known
    confidential: bool

    def add(self, relation: str, **values: Any) -> None:
        self.rows[relation].add(**values, confidential=self.confidential)


@record
class _Home:
    """A case's own id, its document's, and the id of the version of it that counts where that is another."""

    case_id: str
    document_id: str
    version_of: str | None


def _case(rows: Mapping[str, _Rows], case: Case, home: _Home, known: _Known) -> None:
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
    place = _place(table.place)
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
        **_place(line.place),
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
            value=_exact(amount.value),
            amount_dkk=_exact(dkk),
            price_level=None if dkk is None else ((column.price_level if column else None) or table.price_level),
            placement=str(amount.placement),
            **carried,
            confidence=amount.confidence,
            column_index=position,
            half_step=_exact(amount.half_step),
            alternatives=[exact for value in amount.alternatives if (exact := _exact(value)) is not None],
            second_reading=amount.second,
            **_place(amount.place),
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
        value=_exact(statement.value),
        half_step=_exact(statement.half_step),
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
        **_place(statement.place),
    )


=======
>>>>>>> findings
def _findings(
    rows: Rows,
    findings: Sequence[Finding],
    document_id: str | None,
    homes: Mapping[str, int],
    known: Known,
    confidential: Mapping[str, bool],
) -> None:
    nowhere = (10**6, -1)

    def order(finding: Finding) -> tuple[Any, ...]:
        at = known.places.get(finding.line_id or finding.table_id or "", nowhere)
        severity = _SEVERITIES[finding.severity]
        return (homes.get(finding.case_id, 0), severity, at, finding.year or 0, finding.check, finding.finding_id)

    for number, finding in enumerate(sorted(findings, key=order)):
        counting = of_finding(finding, known.figures, known.tables)
        rows.add(
            finding_id=finding.finding_id or f"{finding.case_id}.f{number}",
            case_id=finding.case_id,
            check=str(finding.check),
            severity=str(finding.severity),
            table_id=finding.table_id,
            line_id=finding.line_id,
            year=finding.year,
            other_table_id=finding.other_table_id,
            other_line_id=finding.other_line_id,
            stated=exact(finding.stated),
            expected=exact(finding.expected),
            difference=exact(finding.difference),
            tolerance=exact(finding.tolerance),
            measure=counting and str(counting.of),
            unit=counting and counting.unit,
            message_da=finding_text(finding, "da"),
            message_en=finding_text(finding, "en"),
            evidence=list(finding.evidence),
            document_id=document_id,
            message=finding.message,
            verdict=str(finding.verdict),
            cause=finding.cause,
            cause_da=cause_text(finding, "da"),
            cause_en=cause_text(finding, "en"),
            consequence_of=finding.consequence_of,
            reread=finding.reread,
            quote=finding.quote,
            page=finding.page,
            source_line=finding.source_line,
            confidential=confidential.get(finding.case_id, True),  # what is not known is not told to everybody
        )
