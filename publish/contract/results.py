"""Relations of what came of it: findings, what was decided on them, and the loads of a warehouse."""

from __future__ import annotations

from publish.contract.model import CONFIDENTIAL, Relation, may, need
from publish.contract.types import Type
from publish.measures import Counted
from reconcile.models import Check, Severity, Verdict

DECIDED = ("confirmed", "dismissed", "mended")
LOADED = ("done",)

FINDINGS = Relation(
    name="findings",
    description="A discrepancy.",
    columns=(
        need("finding_id", Type.TEXT, "Stable id; survives a re-run and unrelated edits."),
        need("case_id", Type.TEXT, "The case it concerns.", "cases.case_id"),
        need("check", Type.TEXT, "The check that found it:", values=tuple(Check)),
        need(
            "severity",
            Type.TEXT,
            "`error`: the figures cannot all be right; `warning`: they probably are not:",
            values=tuple(Severity),
        ),
        may("table_id", Type.TEXT, "The table that states the figure.", "tables.table_id", enforced=True),
        may("line_id", Type.TEXT, "The row that states the figure.", "lines.line_id", enforced=True),
        may("year", Type.WHOLE, "The year; null where it is none or several."),
        may("other_table_id", Type.TEXT, "The table it was compared with.", "tables.table_id"),
        may("other_line_id", Type.TEXT, "The row it was compared with.", "lines.line_id"),
        may("stated", Type.MONEY, "What is printed, in the table's own unit."),
        may("expected", Type.MONEY, "What the other figures make it, in the same unit."),
        may("difference", Type.MONEY, "`stated` − `expected`."),
        may("tolerance", Type.MONEY, "How large a difference rounding may explain."),
        may("measure", Type.TEXT, "What these figures count; `year` is a year by its number:", values=tuple(Counted)),
        may("unit", Type.WHOLE, "Kroner that a 1 of these figures stands for; null where they are no money."),
        need("message_da", Type.TEXT, "The finding in Danish."),
        need("message_en", Type.TEXT, "The finding in English."),
        need("evidence", Type.TEXTS, "amount_id of every figure involved."),
        need("document_id", Type.TEXT, "The file it concerns.", "documents.document_id"),
        need("message", Type.TEXT, "Code of the message."),
        need("verdict", Type.TEXT, "`unlikely`: rounding explains it in under 1 %:", values=tuple(Verdict)),
        may("cause", Type.TEXT, "Code of the likely cause: `sign`, `factor_1000`, `transposed_digits` …"),
        may("cause_da", Type.TEXT, "The likely cause in Danish."),
        may("cause_en", Type.TEXT, "The likely cause in English."),
        may("consequence_of", Type.TEXT, "The finding that this one follows from.", "findings.finding_id"),
        need("reread", Type.FLAG, "True where the figure may have been misread: look at the page first."),
        may("quote", Type.TEXT, "The sentence, for checks of running text."),
        may("page", Type.WHOLE, "Page to look at, from 1."),
        may("source_line", Type.WHOLE, "Line of the text file to look at, from 1."),
        CONFIDENTIAL,
    ),
    key="finding_id",
)

DECISIONS = Relation(
    name="decisions",
    description="What an auditor decided on a finding. A decision stays when its finding is gone.",
    columns=(
        need("decision_id", Type.TEXT, "Stable id."),
        may("finding_id", Type.TEXT, "The finding.", "findings.finding_id").required(),
        need(
            "decision",
            Type.TEXT,
            "`confirmed`: it is an error; `dismissed`: it is none; `mended`: mended at the source:",
            values=DECIDED,
        ),
        may("note", Type.TEXT, "Why, in the auditor's words."),
        may("decided_by", Type.TEXT, "Who decided."),
        may("decided_at", Type.TIME, "When."),
        may("confidential", Type.FLAG, "True where the finding's case says so; null where the finding is gone."),
    ),
    key="decision_id",
)

LOADS = Relation(
    name="loads",
    description="A load of the warehouse; its row is written last, in the same transaction as what it loaded.",
    columns=(
        need("load_id", Type.TEXT, "Number of the load as text that sorts by time: `20261128T013000.123456Z`."),
        need("run_id", Type.TEXT, "The run that was loaded, as its report says it."),
        need("schema_version", Type.WHOLE, "Version of the contract."),
        need("program_version", Type.TEXT, "Version of the program that loaded."),
        need("status", Type.TEXT, "How it ended:", values=LOADED),
        need("started_at", Type.TIME, "When it began; `valid_from` of the rows that it brought."),
        need("finished_at", Type.TIME, "When it was whole."),
        need("source", Type.TEXT, "Name of the folder that was loaded."),
        need("documents", Type.WHOLE, "Documents in that folder."),
        need("rows_added", Type.WHOLE, "Rows that were not there before."),
        need("rows_changed", Type.WHOLE, "Rows that replaced another with the same id."),
        need("rows_closed", Type.WHOLE, "Rows that were closed without another in their place."),
        need("inputs", Type.TEXTS, "SHA-256 of every input of the run, sorted."),
    ),
    key="load_id",
    warehouse=True,
)
