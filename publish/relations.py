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


def _unplaced(rows: Rows, file: CaseFile, document_id: str) -> None:
    confidential = _is_confidential(file)
    for ordinal, figure in enumerate(file.document.unplaced):
        rows.add(
            unplaced_id=f"{document_id}.u{ordinal}",
            document_id=document_id,
            ordinal=ordinal,
            printed=figure.text,
            page=figure.place.page,
            line=figure.place.line,
            confidential=confidential,
        )


def _is_confidential(file: CaseFile) -> bool:
    """Whether a case of the file is confidential, or one that was left out was."""
    reason = file.document.reason
    left_out = reason is not None and reason.code == ReasonCode.CONFIDENTIAL
    return left_out or any(case.confidential for case in file.cases)
