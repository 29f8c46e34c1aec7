"""Memos: a Word document to those who wrote the cases, with the findings that nobody dismissed."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
from docx import Document

import publish
from normalize.models import CaseFile
from publish.memo import Choose, Per, memos
from publish.review.decisions import Choice, add, on
from publish.store import read
from reconcile.models import Check, Finding, Severity
from tests.publish.lindeby import case, document, files, table, wrong_total
from tests.publish.test_workbook import HOSTILE


def out_of(folder: Path, findings: list[Finding]) -> Path:
    """A run of the example with a page to cut pictures from."""
    source = folder / "lindeby.pdf"
    with pymupdf.open() as pdf:
        pdf.new_page()
        pdf.new_page().insert_text((350, 150), "-400")
        pdf.save(source)
    publish.publish(files(), findings, folder / "out", sources={document().document_id: source})
    return folder / "out"


def text_of(memo: Path) -> str:
    opened = Document(str(memo))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in opened.paragraphs), *cells])


def addressee(memo: Path) -> str:
    return str(Document(str(memo)).tables[0].cell(0, 1).text)


def test_a_memo_has_the_finding_its_figures_the_picture_and_room_for_an_answer(tmp_path: Path) -> None:
    follower = replace(wrong_total("f1"), check=Check.CROSS_TABLE, consequence_of="f0")
    out = out_of(tmp_path, [wrong_total(), follower])
    (memo,) = memos(read(out), out, "da")
    assert memo.name == "økonomiforvaltningen.docx"
    text = text_of(memo)
    for part in (
        "Notat: Tal, der ikke stemmer",
        "Økonomiforvaltningen",
        "Ved en gennemgang af 1 sag er der fundet 1 sted",
        "F01 · Papirløs post",
        "1. Rækkerne giver ikke totalen",
        "men der står −400. Forskel 100.",
        "+100",
        "1.000 kr.",
        "Sandsynlig årsag: Ét ciffer er forkert: −400 i stedet for −500.",
        "Følger heraf:",
        "Tabel 1, I alt, lindeby.pdf, side 2",
        "☐ Det er en fejl, og den rettes",
    ):
        assert part in text
    assert len(Document(str(memo)).inline_shapes) == 1


def test_what_was_dismissed_or_mended_and_mere_remarks_are_left_out(tmp_path: Path) -> None:
    remark = replace(wrong_total("f2"), severity=Severity.INFO)
    out = out_of(tmp_path, [wrong_total("f0"), wrong_total("f1"), remark, wrong_total("f3")])
    findings = {row["finding_id"]: row for row in read(out)["findings"].to_pylist()}
    add(out, [on(findings["f0"], Choice.DISMISSED), on(findings["f1"], Choice.MENDED)])
    (memo,) = memos(read(out), out, "da")
    assert text_of(memo).count("Svar:") == 1
    add(out, [on(findings["f3"], Choice.DISMISSED)])
    assert memos(read(out), out, "da") == []


def test_memos_are_for_an_administration_or_for_a_case(tmp_path: Path) -> None:
    two = replace(case("c1", [replace(table(), table_id="t9")]), code="F02", administrations=("A", "B/../C"))
    moved = [replace(line, line_id=f"x{n}", amounts=()) for n, line in enumerate(table().lines)]
    two = replace(two, headings=(), statements=(), tables=(replace(two.tables[0], lines=tuple(moved)),))
    other = CaseFile(replace(document("b.pdf"), document_id="d1", sha256="ef" * 32), (two,))
    second = replace(wrong_total("f1"), case_id="c1", table_id="t9", line_id="x2", evidence=())
    publish.publish([*files(), other], [wrong_total(), second], tmp_path)
    relations = read(tmp_path)
    assert [p.stem for p in memos(relations, tmp_path, "da")] == ["a", "b-c", "økonomiforvaltningen"]
    of_cases = memos(relations, tmp_path, "da", Choose(Per.CASE))
    assert [p.stem for p in of_cases] == ["f02-papirløs-post", "f01-papirløs-post"]
    assert [addressee(p) for p in of_cases] == ["A, B/../C", "Økonomiforvaltningen"]
    assert [p.stem for p in memos(relations, tmp_path, "en", Choose(case="f 02"))] == ["a", "b-c"]
    assert [p.stem for p in memos(relations, tmp_path, "da", Choose(administration="økonomi"))] == [
        "økonomiforvaltningen"
    ]


def test_where_no_administration_is_named_the_addressee_is_left_to_fill_in(tmp_path: Path) -> None:
    publish.publish([CaseFile(document(), (replace(case(), administrations=()),))], [wrong_total()], tmp_path)
    (memo,) = memos(read(tmp_path), tmp_path, "da")
    assert (memo.stem, addressee(memo)) == ("ingen-forvaltning-nævnt", "")


@pytest.mark.parametrize("label", HOSTILE)
def test_text_of_a_document_stays_text_in_a_memo(tmp_path: Path, label: str) -> None:
    odd = replace(table(), label=label, title=label)
    named = replace(case(tables=[odd]), title=label, code=None, administrations=(label,))
    publish.publish([CaseFile(document(label), (named,))], [replace(wrong_total(), quote=label)], tmp_path)
    (memo,) = memos(read(tmp_path), tmp_path, "da")
    assert memo.parent == tmp_path / "memo"
    written = Document(str(memo))
    assert [p for p in written.part.rels.values() if p.is_external] == []
    assert "HYPERLINK" not in [field.text for field in written.element.iter("{*}instrText")]
    if label.isprintable() and len(label) < 100:
        assert label in text_of(memo)


def test_libreoffice_opens_a_memo(tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice: make tools")
    out = out_of(tmp_path, [wrong_total()])
    (memo,) = memos(read(out), out, "da")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(memo)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pymupdf.open(tmp_path / f"{memo.stem}.pdf") as pdf:
        assert "Tal, der ikke stemmer" in pdf[0].get_text()
        assert len(pdf[0].get_images()) == 1
