"""The sheets of findings and of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from publish.arithmetic import Arithmetic, Way, stated_in
from publish.sheets.context import Context
from publish.sheets.model import Coded, Kind, Link, Sheet, Value, Year
from publish.store import keyed
from publish.texts import MINUS, say
from publish.view import SEVERITIES, FindingView
from publish.wording import YEAR_CHECKS
from reconcile.models import Check

Row = Mapping[str, Any]
_DECISIONS = ("confirmed", "dismissed", "mended")
_PRINTED = 19  # columns of the findings that go on paper
_MOST_TERMS = 30  # of a calculation that is written out in a cell


def findings(context: Context) -> Sheet:
    """One row a finding, each cause followed by its consequences."""
    columns = (
        context.column("no", Kind.TEXT),
        context.column("severity", Kind.TEXT),
        context.column("decision", Kind.DECISION, tuple(context.say(f"page.status_{code}") for code in _DECISIONS)),
        context.column("note", Kind.FREE),
        context.column("decided_by", Kind.FREE),
        context.column("file", Kind.LONG),
        context.column("place", Kind.TEXT),
        context.column("case", Kind.LONG),
        context.column("table", Kind.LONG),
        context.column("line", Kind.LONG),
        context.column("column", Kind.TEXT),
        context.column("stated", Kind.FIGURE),
        context.column("expected", Kind.FIGURE),
        context.column("difference", Kind.FIGURE),
        context.column("unit", Kind.TEXT),
        context.column("kroner", Kind.FIGURE),
        context.column("explanation", Kind.LONG),
        context.column("arithmetic", Kind.LONG),
        context.column("cause", Kind.LONG),
        context.column("check", Kind.TEXT),
        context.column("administration", Kind.LONG),
        context.column("tolerance", Kind.FIGURE),
        context.column("quote", Kind.LONG),
        context.column("other_place", Kind.LONG),
        context.column("picture", Kind.TEXT),
        context.column("root", Kind.TEXT),
        context.column("finding_id", Kind.TEXT),
    )
    return Sheet("findings", context.say("sheet.findings"), columns, lambda: _finding_rows(context), 2, _PRINTED)


def _finding_rows(context: Context) -> Iterator[Sequence[Value]]:
    evidence = {a for f in context.relations["findings"]["evidence"].to_pylist() for a in f}
    amounts = keyed(context.relations["amounts"], "amount_id", evidence)
    decided = _decided(context)
    for case in context.report.cases:
        for root in case.findings:
            yield _finding(context, root, case.row, amounts, decided, None)
            for follower in root.consequences:
                yield _finding(context, follower, case.row, amounts, decided, root.number)


def _decided(context: Context) -> dict[str, Row]:
    """What was decided last, by finding_id."""
    relation = context.relations.get("decisions")
    rows = relation.to_pylist() if relation is not None else []
    return {row["finding_id"]: row for row in rows}


def _finding(
    context: Context,
    finding: FindingView,
    case: Row,
    amounts: Mapping[str, Row],
    decided: Mapping[str, Row],
    root: str | None,
) -> Sequence[Value]:
    raw, decision = finding.raw, decided.get(finding.finding_id)
    picture = context.pictures.get(finding.finding_id)
    return [
        finding.number if root else int(finding.number),
        Coded(finding.severity, context.say(f"severity.{finding.severity}")),
        context.say(f"page.status_{decision['decision']}") if decision else None,
        decision["note"] if decision else None,
        decision["decided_by"] if decision else None,
        context.file(raw["document_id"]),
        context.place(raw["document_id"], finding.place.page, raw["source_line"]),
        context.case_name(raw["case_id"]),
        context.table_name(raw["table_id"]),
        finding.line,
        _column(raw, amounts),
        *_figures(finding),
        finding.unit,
        finding.kroner,
        finding.message,
        sum_text(finding.arithmetic, context.language),
        finding.cause,
        context.say(f"check.{finding.check}"),
        ", ".join(case.get("administrations") or ()),
        raw["tolerance"],
        finding.quote,
        _other(context, finding),
        Link(context.say("column.picture"), picture.as_posix()) if picture else None,
        root,
        finding.finding_id,
    ]


def _figures(finding: FindingView) -> list[Value]:
    """Stated, expected and difference; a check of years has years, and between them no difference."""
    stated, expected, difference = (finding.raw[name] for name in ("stated", "expected", "difference"))
    if finding.check not in YEAR_CHECKS:
        return [stated, expected, difference]
    return [*(None if year is None else Year(int(year)) for year in (stated, expected)), None]


def _column(raw: Row, amounts: Mapping[str, Row]) -> str | None:
    """The column of the figure that the finding is about, as the table calls it ("2026", "I alt"); else its year."""
    if raw["check"] == Check.PAYBACK:
        return None  # the print puts it under whichever column has room
    evidence = [amounts[a] for a in raw["evidence"] if a in amounts]
    stated = stated_in(evidence, raw)
    labels = dict.fromkeys(a["column_label"] for a in evidence if a["amount_id"] in stated)
    if len(labels) == 1:
        return str(next(iter(labels)))
    return None if raw["year"] is None else str(raw["year"])


def _other(context: Context, finding: FindingView) -> Value:
    """The place that it was compared with."""
    other = finding.other
    if other is None:
        return None
    place = context.place(other.document_id, other.page, None)
    words = ", ".join(t for t in (other.file if other.file != finding.file else "", other.text, other.name) if t)
    return Link(words, place.target) if isinstance(place, Link) else words


def sum_text(arithmetic: Arithmetic | None, language: str) -> str | None:
    """The calculation on one line, "450 + 300 − 50 = 700"; of one figure, which; None where there is none."""
    if arithmetic is None or arithmetic.way is Way.LISTED:
        return None
    shown = [term.value for term in arithmetic.terms[:_MOST_TERMS]]
    more = ["…"] if len(arithmetic.terms) > _MOST_TERMS else []
    if arithmetic.way is Way.RUNNING:
        return say(language, "column.running", sums="; ".join(shown + more), years=arithmetic.result)
    first, *rest = shown
    if not rest:  # "470 = 470" tells nobody anything
        only = arithmetic.terms[0]
        return say(
            language, "column.one_figure", name=", ".join(t for t in (only.label, only.column) if t), value=first
        )
    signed = [f" {MINUS} {v.removeprefix(MINUS)}" if v.startswith(MINUS) else f" + {v}" for v in rest]
    return first + "".join(signed) + (" + …" if more else "") + f" = {arithmetic.result}"


def cases(context: Context) -> Sheet:
    """One row a case."""
    columns = (
        context.column("case_code", Kind.TEXT),
        context.column("case_title", Kind.LONG),
        context.column("file", Kind.TEXT),
        context.column("case_kind", Kind.TEXT),
        context.column("administrations", Kind.LONG),
        context.column("affected", Kind.LONG),
        context.column("budget", Kind.TEXT),
        context.column("case_price_level", Kind.YEAR),
        context.column("confidential", Kind.TEXT),
        context.column("first_page", Kind.TEXT),
        context.column("last_page", Kind.COUNT),
        context.column("tables", Kind.COUNT),
        context.column("figures", Kind.COUNT),
        *(context.column(f"of_{severity}", Kind.COUNT) for severity in SEVERITIES),
        context.column("version_of", Kind.TEXT),
        context.column("case_id", Kind.TEXT),
    )
    return Sheet("cases", context.say("sheet.cases"), columns, lambda: _case_rows(context))


def _case_rows(context: Context) -> Iterator[Sequence[Value]]:
    for case in context.report.cases:
        row = case.row
        if not row:
            continue
        yield [
            row["code"],
            row["title"],
            context.file(row["document_id"]),
            context.say(f"case_kind.{row['kind']}"),
            ", ".join(row["administrations"]),
            ", ".join(row["affected"] or ()),
            row["budget_round"],
            row["stated_price_level"],
            context.say("column.yes") if row["confidential"] else None,
            context.place(row["document_id"], row["first_page"], None),
            row["last_page"],
            case.tables,
            case.figures,
            *(case.counts.get(severity, 0) for severity in SEVERITIES),
            context.case_name(row["version_of"]),
            case.case_id,
        ]
