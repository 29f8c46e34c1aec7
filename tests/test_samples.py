"""The sample documents: written again they are the same, and a run over them finds exactly what is planted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.typeset import samples
from bench.typeset.samples import Slip
from bench.typeset.score import fold
from bench.typeset.spec import wrong_sums
from extract import read
from normalize import understand
from normalize.models import CaseFile
from reconcile import check
from reconcile.models import Finding, Severity


def test_the_samples_are_what_the_issue_asks_for() -> None:
    documents = list(samples.documents())
    slips = samples.planted()
    checks = {s.checks[0] for s in slips}
    assert len(documents) >= 6
    assert len(checks) >= 8
    assert {p for _, p, _ in documents} >= {"reportlab", "weasyprint", "text-lost", "text-tabbed"}
    assert max(len(d.cases) for d, _, _ in documents) >= 3
    flawed = {(s.file, s.case) for s in slips}
    assert any((d.name, c.code or c.title) not in flawed for d, _, _ in documents for c in d.cases)


def test_only_what_is_planted_breaks_a_sum() -> None:
    flawed = {(s.file, s.case) for s in samples.planted()}
    for doc, _, _ in samples.documents():
        for case in doc.cases:
            if (doc.name, case.code or case.title) not in flawed and case.code:
                assert all(not wrong_sums(t) for t in case.tables()), case.code


def test_the_folder_holds_what_the_generator_writes(tmp_path: Path, repository: Path) -> None:
    pytest.importorskip("weasyprint", reason="WeasyPrint or a library it needs is not installed", exc_type=Exception)
    written = samples.write(tmp_path)
    kept = repository / "data" / "raw"
    assert {p.name for p in written} | {"README.md"} == {p.name for p in kept.iterdir()}
    for name in ("README.md", *(p.name for p in written if p.suffix == ".txt")):  # PDFs depend on the machine's fonts
        assert (tmp_path / name).read_bytes() == (kept / name).read_bytes(), name


@dataclass(frozen=True)
class Told:
    """A root finding in the words of the print."""

    file: str
    case: str
    check: str
    table: str | None
    rows: tuple[str | None, ...]
    year: int | None

    def tells(self, slip: Slip) -> bool:
        """Whether this is the planted discrepancy."""
        return (
            self.file == slip.file
            and self.case == slip.case
            and self.check in slip.checks
            and (slip.table is None or self.table == slip.table or self.check in ("committee", "text_amount"))
            and (
                not slip.rows
                or any(fold(r).endswith(fold(w)) or fold(w) in fold(r) for r in self.rows if r for w in slip.rows)
            )
            and (slip.year is None or self.year == slip.year)
        )


def told(files: Iterable[CaseFile], findings: Iterable[Finding]) -> list[Told]:
    """The errors and warnings that are nobody's consequence."""
    cases = {c.case_id: (f, c) for f in files for c in f.cases}
    out = []
    for finding in findings:
        if finding.severity is Severity.INFO or finding.consequence_of is not None:
            continue
        file, case = cases[finding.case_id]
        tables = {t.table_id: t.label for t in case.tables}
        rows = {line.line_id: line.label for t in case.tables for line in t.lines}
        named = tuple(rows.get(x or "") for x in (finding.line_id, finding.other_line_id))
        stem = Path(file.document.file_name).stem
        name = case.code or case.title or ""
        out.append(Told(stem, name, finding.check.value, tables.get(finding.table_id or ""), named, finding.year))
    return out


@pytest.fixture(scope="module")
def found() -> list[Told]:
    """The root findings of one run over data/raw."""
    folder = Path(__file__).parent.parent / "data" / "raw"
    files = [understand(read(p)) for p in sorted(folder.iterdir()) if p.suffix in (".pdf", ".txt")]
    return told(files, check(files))


@pytest.mark.parametrize("slip", samples.planted(), ids=lambda s: f"{s.case[:9]}-{s.checks[0]}")
def test_a_run_finds_what_is_planted(slip: Slip, found: list[Told]) -> None:
    assert [f for f in found if f.tells(slip)], [f for f in found if f.file == slip.file]


def test_a_run_finds_nothing_else(found: list[Told]) -> None:
    slips = samples.planted()
    assert [f for f in found if not any(f.tells(s) for s in slips)] == []
    assert len(found) == len(slips)
