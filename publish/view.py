"""What the reports show, from the relations alone: findings by case with their consequences and their evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal
from itertools import count
from typing import Any

from extract.records import record
from publish.arithmetic import Arithmetic, written_out
from publish.grid import Grid, Marks, by_place, counted_text, grid, marks, where_text
from publish.rates_text import rates_text
from publish.store import rows_of
from publish.texts import number, say, signed
from publish.wording import PROSE_CHECKS, YEAR_CHECKS

SEVERITIES = ("error", "warning", "info")
Row = Mapping[str, Any]


@record
class Spot:
    """A place to look at: the file with the row or table that stands there; `text` is the page or line in words."""

    document_id: str
    file: str
    page: int | None
    text: str
    name: str  # the table and row, empty for running text


@record
class FindingView:
    """A finding as it is shown.  Figures are texts in the language's notation, empty where there is none.

    `number` runs through the report ("12"; a consequence is "12.1"); `kroner` is the difference in kroner.
    """

    finding_id: str
    number: str
    severity: str
    check: str
    message: str
    cause: str | None
    file: str
    where: str
    case: str
    table: str
    line: str
    year: int | None
    unit: str
    stated: str
    expected: str
    difference: str
    tolerance: str
    kroner: Decimal | None
    quote: str | None
    reread: bool
    place: Spot
    other: Spot | None
    arithmetic: Arithmetic | None
    marks: tuple[Marks, ...]
    raw: Row
    consequences: tuple[FindingView, ...] = ()


@record
class CaseView:
    """A case with its findings, causes first."""

    case_id: str
    name: str
    file: str
    where: str
    row: Row
    findings: tuple[FindingView, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)  # causes by severity
    tables: int = 0
    figures: int = 0


@record
class CheckCount:
    """How many causes of each severity a check found, and how many consequences."""

    check: str
    counts: Mapping[str, int]
    consequences: int


@record
class Report:
    """All that a report shows."""

    language: str
    documents: Sequence[Row]
    totals: Mapping[str, int]
    checks: Sequence[CheckCount]
    cases: Sequence[CaseView]
    grids: Mapping[str, Grid]  # by table_id, those that a finding marks
    lost: Sequence[tuple[str, str, str, str, Sequence[str]]]  # file, case, table, place, what found none there
    rates: Sequence[str] = ()  # what is to be said of the rates by which amounts were brought to one price level


def view(relations: Mapping[str, Any], language: str) -> Report:
    """The report of these relations (Arrow tables) in "da" or "en"."""
    data = _Data(relations, language)
    by_case: dict[str, list[Row]] = defaultdict(list)
    followers: dict[str, list[Row]] = defaultdict(list)
    findings = {f["finding_id"]: f for f in data.findings}
    for finding in data.findings:
        root = _root(finding, findings)
        if root is finding:
            by_case[finding["case_id"]].append(finding)
        else:
            followers[root["finding_id"]].append(finding)
    numbers = count(1)
    cases = [data.case(row, by_case.pop(row["case_id"], []), followers, numbers) for row in data.cases.values()]
    for case_id, left in by_case.items():  # findings of a case that is not among the relations
        cases.append(data.unknown_case(case_id, left, followers, numbers))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        for shown in case.findings:
            counts[shown.check][shown.severity] += 1
            for consequence in shown.consequences:
                counts[consequence.check]["consequence"] += 1
    checks = [
        CheckCount(check, {s: found[s] for s in SEVERITIES}, found["consequence"])
        for check, found in sorted(counts.items(), key=lambda item: [-item[1][s] for s in SEVERITIES])
    ]
    return Report(
        language,
        data.documents,
        data.totals(cases),
        checks,
        cases,
        data.grids(),
        data.lost(),
        rates_text(relations, language),
    )


def _root(finding: Row, findings: Mapping[str, Row]) -> Row:
    """The finding that this one follows from, in as many steps as it takes; itself where there is none."""
    seen: set[str] = set()
    at = finding
    while (above := findings.get(at["consequence_of"] or "")) is not None:
        if above["finding_id"] in seen:
            return finding  # a ring has no cause
        seen.add(at["finding_id"])
        at = above
    return at


class _Data:
    """The relations as rows, with what the findings need at hand."""

    def __init__(self, relations: Mapping[str, Any], language: str) -> None:
        self.language = language
        self.documents: list[Row] = relations["documents"].to_pylist()
        self.files = {d["document_id"]: d["file_name"] for d in self.documents}
        self.paged = {d["document_id"] for d in self.documents if not d["media_type"].startswith("text/")}
        self.cases: dict[str, Row] = {c["case_id"]: c for c in relations["cases"].to_pylist()}
        self.findings: list[Row] = relations["findings"].to_pylist()
        self.tables: dict[str, Row] = {t["table_id"]: t for t in relations["tables"].to_pylist()}
        self.unplaced: list[Row] = relations["unplaced"].to_pylist()
        shown = self._shown_tables(relations["amounts"])
        self.lines = grouped(rows_of(relations["lines"], "table_id", shown), "table_id")
        amounts = rows_of(relations["amounts"], "table_id", shown)
        self.amounts = grouped(amounts, "table_id")
        self.figures = {a["amount_id"]: a for a in amounts}
        self.involved: dict[str, set[str]] = defaultdict(set)  # rows that findings speak of, by table_id
        self.labels = {line["line_id"]: line for rows in self.lines.values() for line in rows}
        self.tables_of_case = Counter(t["case_id"] for t in self.tables.values())
        self.figures_of_case = Counter(relations["amounts"]["case_id"].to_pylist())

    def _shown_tables(self, amounts: Any) -> set[str]:
        """The tables that a finding speaks of."""
        named = {f[key] for f in self.findings for key in ("table_id", "other_table_id") if f[key]}
        evidence = {amount_id for f in self.findings for amount_id in f["evidence"]}
        return named | {amount["table_id"] for amount in rows_of(amounts, "amount_id", evidence)}

    def totals(self, cases: Sequence[CaseView]) -> dict[str, int]:
        status = Counter(d["status"] for d in self.documents)
        return {
            "documents": len(self.documents),
            "imported": status["imported"],
            "quarantined": status["quarantined"],
            "duplicates": status["duplicate"],
            "cases": len(self.cases),
            "tables": len(self.tables),
            "figures": sum(d["figures"] for d in self.documents),
            "orphans": sum(d["orphans"] for d in self.documents),
            "unplaced": sum(unplaced(d) for d in self.documents),
            "findings": sum(len(c.findings) for c in cases),
            "with_findings": sum(1 for c in cases if any(f.severity != "info" for f in c.findings)),
            **{s: sum(c.counts.get(s, 0) for c in cases) for s in SEVERITIES},
        }

    def case(
        self, row: Row, roots: Sequence[Row], followers: Mapping[str, Sequence[Row]], numbers: Iterator[int]
    ) -> CaseView:
        case_id = row["case_id"]
        findings = self.causes(roots, followers, numbers)
        return CaseView(
            case_id=case_id,
            name=self.case_name(row),
            file=self.files[row["document_id"]],
            where=self.pages(row),
            row=row,
            findings=findings,
            counts=Counter(f.severity for f in findings),
            tables=self.tables_of_case[case_id],
            figures=self.figures_of_case[case_id],
        )

    def pages(self, row: Row) -> str:
        """The pages of a case; a text file has none to speak of."""
        if row["document_id"] not in self.paged:
            return ""
        first, last = row["first_page"], row["last_page"]
        return say(self.language, "report.page", page=first if first == last else f"{first}–{last}")

    def unknown_case(
        self, case_id: str, roots: Sequence[Row], followers: Mapping[str, Sequence[Row]], numbers: Iterator[int]
    ) -> CaseView:
        findings = self.causes(roots, followers, numbers)
        counts = Counter(f.severity for f in findings)
        name = say(self.language, "report.unknown_case")
        return CaseView(case_id, name, "", "", {}, findings, counts)

    def case_name(self, row: Row | None) -> str:
        if row is None:
            return say(self.language, "report.unknown_case")
        name = " · ".join(t for t in (row["code"], row["title"]) if t) or say(self.language, "report.untitled")
        return f"{say(self.language, 'report.confidential')} · {name}" if row["confidential"] else name

    def causes(
        self, roots: Sequence[Row], followers: Mapping[str, Sequence[Row]], numbers: Iterator[int]
    ) -> tuple[FindingView, ...]:
        """The findings of a case with what follows from them, the gravest first, numbered on."""
        shown = []
        for row in sorted(roots, key=_rank):
            number = str(next(numbers))
            after = sorted(followers.get(row["finding_id"], ()), key=_rank)
            below = tuple(self.finding(f, f"{number}.{k}") for k, f in enumerate(after, 1))
            shown.append(self.finding(row, number, below))
        return tuple(shown)

    def finding(self, row: Row, number: str, consequences: tuple[FindingView, ...] = ()) -> FindingView:
        table = self.tables.get(row["table_id"] or "")
        line = self.labels.get(row["line_id"] or "")
        agree = row["stated"] == row["expected"]  # then it is about something else, the year of an amount for one
        place = self.place(row, table, line)
        return FindingView(
            finding_id=row["finding_id"],
            number=number,
            severity=row["severity"],
            check=row["check"],
            message=row[f"message_{self.language}"],
            cause=row[f"cause_{self.language}"],
            file=place.file,
            where=place.text,
            case=self.case_name(self.cases.get(row["case_id"])),
            table=(table["label"] or table["title"] or "") if table else "",
            line=line["label"] if line else "",
            year=row["year"],
            unit=counted_text(row["measure"], row["unit"], self.language),
            stated="" if agree else self.figure(row["stated"], row["check"]),
            expected="" if agree else self.figure(row["expected"], row["check"]),
            difference=self.difference(row),
            tolerance=self.figure(row["tolerance"], row["check"]) if row["tolerance"] else "",
            kroner=None if row["difference"] is None or row["unit"] is None else row["difference"] * row["unit"],
            quote=row["quote"],
            reread=row["reread"],
            place=place,
            other=self.other(row, table, line),
            arithmetic=None
            if agree or row["check"] in YEAR_CHECKS
            else written_out(row, self.figures, self.labels, self.tables, self.language),
            marks=() if row["consequence_of"] else self.marks(row),
            raw=row,
            consequences=consequences,
        )

    def place(self, row: Row, table: Row | None, line: Row | None) -> Spot:
        """Where the finding is stated: in a table, or in the text about it."""
        name = _name(table, line)
        if row["check"] in PROSE_CHECKS:
            name = say(self.language, "report.sentence_on" if name else "report.sentence", place=name)
        at = row if line is None or row["page"] or row["source_line"] else line
        document_id = row["document_id"] or ""
        text = where_text(at["page"], at["source_line"], self.language)
        return Spot(document_id, self.files.get(document_id, ""), at["page"], text, name)

    def other(self, row: Row, table: Row | None, line: Row | None) -> Spot | None:
        """Where that stands which it was compared with, if it is another table; of a sentence it is the table."""
        if row["check"] not in PROSE_CHECKS or row["other_table_id"]:
            table = self.tables.get(row["other_table_id"] or "")
            line = self.labels.get(row["other_line_id"] or "")
        if table is None:
            return None
        document_id = self.cases[table["case_id"]]["document_id"]
        page, source_line = (line["page"], line["source_line"]) if line else (table["first_page"], table["source_line"])
        text = where_text(page, source_line, self.language)
        return Spot(document_id, self.files[document_id], page, text, _name(table, line))

    def figure(self, value: Decimal | None, check: str) -> str:
        if value is None:
            return ""
        return str(int(value)) if check in YEAR_CHECKS else number(value, self.language)

    def difference(self, row: Row) -> str:
        if row["difference"] is None or row["check"] in YEAR_CHECKS:
            return ""
        return signed(row["difference"], self.language)

    def marks(self, row: Row) -> tuple[Marks, ...]:
        """What a finding marks in the tables that show it: the one that states it first, at most three."""
        evidence = (self.figures[a]["table_id"] for a in row["evidence"] if a in self.figures)
        named = dict.fromkeys((row["table_id"], row["other_table_id"], *evidence))
        made = []
        for t in [t for t in named if t and t in self.tables][:3]:
            found = marks(self.tables[t], self.lines.get(t, ()), self.amounts.get(t, ()), row, self.language)
            self.involved[t].update(found.rows)
            made.append(found)
        return tuple(made)

    def grids(self) -> dict[str, Grid]:
        """The tables that findings mark."""
        return {
            t: grid(self.tables[t], self.lines.get(t, ()), self.amounts.get(t, ()), rows, self.language)
            for t, rows in self.involved.items()
        }

    def lost(self) -> list[tuple[str, str, str, str, Sequence[str]]]:
        """Figures without a place by their document and page or line, then words without one by their table."""
        named = {(u["document_id"], u["page"], u["printed"]) for u in self.unplaced}
        found: list[tuple[str, str, str, str, Sequence[str]]] = []
        for document_id, rows in grouped(self.unplaced, "document_id").items():
            for place, figures in unplaced_at(rows, self.language).items():
                found.append((self.files[document_id], "", "", place, figures))
        for table in self.tables.values():
            case = self.cases[table["case_id"]]
            home = case["document_id"], table["first_page"]
            if words := [word for word in table["orphans"] if (*home, word) not in named]:
                name = table["label"] or table["title"] or ""
                place = where_text(table["first_page"], table["source_line"], self.language)
                found.append((self.files[case["document_id"]], self.case_name(case), name, place, words))
        return found


def unplaced_at(rows: Iterable[Row], language: str) -> dict[str, list[str]]:
    """The figures without a place (of `unplaced`), as printed, by where they are."""
    return by_place(((u["page"], u["line"], u["printed"]) for u in rows), language)


def unplaced(document: Row) -> int:
    """What of a document found no place: figures, where these were counted, else words and figures of its tables."""
    counted: int | None = document["unplaced_figures"]
    return int(document["orphans"]) if counted is None else counted


def _name(table: Row | None, line: Row | None) -> str:
    """The table and the row in it, as printed."""
    named = (table["label"] or table["title"]) if table else None
    return ", ".join(t for t in (named, line["label"] if line else None) if t)


def _rank(finding: Row) -> int:
    return SEVERITIES.index(finding["severity"])


def grouped(rows: Iterable[Row], key: str) -> dict[str, list[Row]]:
    """The rows by what they hold under a key."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[key]].append(row)
    return found
