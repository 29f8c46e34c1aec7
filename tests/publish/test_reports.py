"""What the auditors' reports hold: causes with their consequences, figures marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pymupdf
import pytest

import publish
from extract.models import Box, Place
from normalize.models import CaseFile, Role
from publish.pictures import spots
from publish.relations import relations
from publish.view import Report, view
from reconcile.models import Check, Finding, Severity
from tests.publish.lindeby import case, document, files, row, table, wrong_total


def made(findings: Sequence[Finding], language: str = "da") -> Report:
    return view(relations(files(), findings), language)


def consequence(finding_id: str, of: str) -> Finding:
    return replace(wrong_total(finding_id), check=Check.CROSS_TABLE, severity=Severity.WARNING, consequence_of=of)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with all outputs of the example: one wrong total with a consequence."""
    publish.publish(files(), [wrong_total(), consequence("f1", "f0")], tmp_path)
    return tmp_path


def test_a_consequence_stands_under_its_cause_and_is_counted_apart() -> None:
    report = made([consequence("f2", "f1"), consequence("f1", "f0"), wrong_total()])
    (found,) = report.cases[0].findings
    assert [c.finding_id for c in found.consequences] == ["f1", "f2"]
    assert report.totals["findings"] == 1
    assert {c.check: (c.counts["error"], c.consequences) for c in report.checks} == {
        "column_total": (1, 0),
        "cross_table": (0, 2),
    }


def test_findings_that_name_each_other_as_cause_are_both_shown() -> None:
    report = made([consequence("f1", "f2"), consequence("f2", "f1")])
    assert [f.finding_id for f in report.cases[0].findings] == ["f1", "f2"]


def test_a_finding_whose_case_is_unknown_is_not_lost() -> None:
    lost = Finding(
        Check.DIAGNOSTIC,
        Severity.INFO,
        "elsewhere",
        "check_failed",
        (("check", "x"), ("problem", "y")),
        finding_id="f9",
    )
    assert [(c.name, len(c.findings)) for c in made([lost]).cases] == [("F01 · Papirløs post", 0), ("Uden sag", 1)]


def test_a_blank_cell_that_should_hold_a_figure_is_marked() -> None:
    total = replace(table().lines[2], amounts=table().lines[2].amounts[:1])
    blank = CaseFile(document(), (case(tables=[replace(table(), lines=(*table().lines[:2], total))]),))
    finding = replace(
        wrong_total(), stated=None, difference=None, message="column_total_blank", evidence=("a01", "a11")
    )
    report = view(relations([blank], [finding]), "da")
    (marks,) = report.cases[0].findings[0].marks
    assert [(m.line_id, m.column) for m in marks.cells if m.kind == "stated"] == [("l2", 2)]
    assert marks.expected == "−500"
    assert report.grids["t0"].rows[2].cells == ("-1.500", "")


def test_a_wrong_price_level_marks_the_header_and_is_no_amount() -> None:
    level = replace(
        wrong_total(),
        check=Check.PRICE_LEVEL,
        message="price_level_field",
        params=(("table", "Tabel 1"), ("stated", 2024), ("expected", 2025)),
        line_id=None,
        year=None,
        stated=Decimal(2024),
        expected=Decimal(2025),
        difference=Decimal(-1),
    )
    (found,) = made([level]).cases[0].findings
    assert (found.stated, found.expected, found.difference) == ("2024", "2025", "")
    assert (found.marks[0].unit, found.marks[0].header) == (True, False)
    assert found.kroner is None


def test_what_a_sentence_states_is_not_marked_in_the_table() -> None:
    prose = replace(wrong_total(), check=Check.TEXT_AMOUNT, message="text_value", quote="Der spares 400 t.kr. i 2026.")
    (marks,) = made([prose]).cases[0].findings[0].marks
    assert {m.kind for m in marks.cells} == {"part"}


@pytest.mark.parametrize(
    ("check", "unit"),
    [(Check.COLUMN_TOTAL, "1.000 kr."), (Check.PAYBACK, "år"), (Check.TEXT_FTE, "årsværk"), (Check.YEAR_HEADER, "")],
)
def test_a_finding_names_the_unit_of_its_figures(check: Check, unit: str) -> None:
    assert made([replace(wrong_total(), check=check)]).cases[0].findings[0].unit == unit


def test_in_a_text_file_the_place_is_a_line() -> None:
    text = replace(document("lindeby.txt"), media_type="text/plain")
    lines = tuple(replace(line, place=Place(1, line=40 + line.ordinal)) for line in table().lines)
    of = replace(table(), lines=lines, place=Place(1, line=38))
    file = CaseFile(text, (case(tables=[of]),))
    report = view(relations([file], [replace(wrong_total(), page=None)]), "da")
    (shown,) = report.cases
    assert (shown.where, shown.findings[0].where, report.grids["t0"].where) == ("", "linje 42", "linje 38")


def test_of_a_long_table_only_what_matters_is_shown() -> None:
    years = ("2025", "2026")
    rows = [row(i, f"Linje {i}", Role.DETAIL, (("1", "1"), ("2", "2")), years) for i in range(60)]
    long = CaseFile(document(), (case(tables=[replace(table(), lines=tuple(rows))]),))
    finding = replace(wrong_total(), line_id="l50", stated=Decimal(2), evidence=("a501", "a101"))
    grid = view(relations([long], [finding]), "da").grids["t0"]
    shown = [r for r in grid.rows if not r.left_out]
    assert [r.label for r in shown] == [f"Linje {i}" for i in (0, 9, 10, 11, 49, 50, 51, 59)]
    assert len(shown) + sum(r.left_out for r in grid.rows) == 60


def test_a_report_without_relations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        publish.report(tmp_path)


def test_an_empty_run_has_a_report_too(tmp_path: Path) -> None:
    publish.publish([], [], tmp_path)
    assert "Ingen afvigelser." in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_same_input_leaves_the_same_reports(out: Path) -> None:
    names = ("report.html", "report.xlsx")
    before = [sha256((out / name).read_bytes()).digest() for name in names]
    publish.publish(files()[::-1], [consequence("f1", "f0"), wrong_total()], out)
    assert [sha256((out / name).read_bytes()).digest() for name in names] == before


def pdf(path: Path, rotation: int = 0) -> Path:
    """A page with "-400" printed where the example says it stands, as the page is shown."""
    with pymupdf.open() as made:
        page = made.new_page(width=595, height=842)
        page.set_rotation(rotation)
        for line in table().lines:
            for figure in line.amounts:
                assert figure.place.box is not None
                place = pymupdf.Point(figure.place.box.x0, figure.place.box.y1) * page.derotation_matrix
                page.insert_text(place, figure.printed, fontsize=9, rotate=rotation)
        made.save(path)
    return path


@pytest.mark.parametrize("rotation", [0, 90])
def test_the_place_on_the_page_is_cut_out_with_the_figures_framed(tmp_path: Path, rotation: int) -> None:
    lines = [
        replace(
            line,
            place=replace(line.place, page=1),
            amounts=tuple(replace(a, place=Place(1, a.place.box)) for a in line.amounts),
        )
        for line in table().lines
    ]
    placed = replace(table(), lines=tuple(lines), first_page=1, last_page=1)
    files = [CaseFile(document(), (case(tables=[placed]),))]
    source = pdf(tmp_path / "lindeby.pdf", rotation)
    publish.publish(files, [replace(wrong_total(), page=1)], tmp_path / "out", sources={document().document_id: source})
    pixels = pymupdf.Pixmap(tmp_path / "out" / "evidence" / "f0.png")
    colours = pixels.color_count(colors=True)
    assert bytes((184, 28, 28)) in colours  # the figure that deviates
    assert bytes((33, 92, 153)) in colours  # those it was compared with
    before = (tmp_path / "out" / "evidence" / "f0.png").stat().st_mtime_ns
    publish.report(tmp_path / "out", "en")
    assert (tmp_path / "out" / "evidence" / "f0.png").stat().st_mtime_ns == before, "drawn once"


def test_of_a_sentence_the_picture_shows_the_sentence() -> None:
    sentence = case().statements[0]
    placed = replace(case(), statements=(replace(sentence, place=Place(1, Box(70, 300, 400, 312))),))
    prose = replace(wrong_total(), check=Check.TEXT_AMOUNT, quote=sentence.sentence, page=1)
    (spot,) = spots(relations([CaseFile(document(), (placed,))], [prose]))
    assert (spot.page, spot.stated, spot.part) == (1, ((70, 300, 400, 312),), ())


def test_a_source_that_is_gone_costs_only_the_picture(tmp_path: Path) -> None:
    publish.publish(files(), [wrong_total()], tmp_path, sources={document().document_id: tmp_path / "gone.pdf"})
    assert not (tmp_path / "evidence").exists()
    assert "data:image" not in (tmp_path / "report.html").read_text(encoding="utf-8")
