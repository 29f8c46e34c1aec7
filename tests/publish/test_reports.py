"""The auditors' reports: all escaped, nothing from elsewhere, causes with their consequences, text stays text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
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


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text outside style and script."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            continue

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["style"], ["script"]):
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str, css: str = "") -> list[dict[str, str | None]]:
        return [a for t, a in self.elements if t == tag and css in [*(a.get("class") or "").split(), ""]]


def page(out: Path) -> Page:
    return Page((out / "report.html").read_text(encoding="utf-8"))


def made(findings: Sequence[Finding], language: str = "da") -> Report:
    return view(relations(files(), findings), language)


def consequence(finding_id: str, of: str) -> Finding:
    return replace(wrong_total(finding_id), check=Check.CROSS_TABLE, severity=Severity.WARNING, consequence_of=of)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with all outputs of the example: one wrong total with a consequence."""
    publish.publish(files(), [wrong_total(), consequence("f1", "f0")], tmp_path)
    return tmp_path


def test_markup_in_a_document_is_shown_and_not_run(out: Path) -> None:
    html = (out / "report.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in html
    assert "Færre breve <script>alert(1)</script>" in page(out).text
    assert len(page(out).all("script")) == 1


def test_the_page_needs_nothing_from_elsewhere(out: Path) -> None:
    for tag, attributes in page(out).elements:
        assert tag not in {"link", "iframe", "object"}
        assert (attributes.get("src") or "data:").startswith("data:")
        assert (attributes.get("href") or "#").startswith("#")
        assert not any(name.startswith("on") or name == "style" for name in attributes)
    (policy,) = [m["content"] for m in page(out).all("meta") if m.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'")


def test_the_page_is_accessible(out: Path) -> None:
    shown = page(out)
    assert shown.all("html")[0]["lang"] == "da"
    assert len(shown.all("main")) == len(shown.all("h1")) == 1
    assert all(header.get("scope") in {"col", "row"} for header in shown.all("th"))
    assert all(picture.get("alt") for picture in shown.all("img"))
    ids = [a["id"] for _, a in shown.elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert {a["href"] for a in shown.all("a")} <= {f"#{i}" for i in ids}


def test_a_finding_is_shown_with_all_an_auditor_asks_for(out: Path) -> None:
    text = page(out).text
    for part in (
        "Tabel 1, »I alt«, 2026: Der står −400, men 2 rækker giver tilsammen −500.",
        "Der står −400 Ventet −500 Forskel +100 Enhed 1.000 kr. Afrunding kan forklare ± 1,5",
        "Sandsynlig årsag Ét ciffer er forkert: −400 i stedet for −500.",
        "Regel En subtotal eller total er summen",
        "Tabel 1, lindeby.pdf, side 2",
        "PDF-filen er låst med adgangskode.",
    ):
        assert part in text


def test_the_figures_are_marked_in_the_table(out: Path) -> None:
    assert len(page(out).all("td", "stated")) == 1
    assert len(page(out).all("td", "part")) == 2
    assert "-400 ventet −500" in page(out).text


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
    (grid,) = view(relations([blank], [finding]), "da").cases[0].findings[0].grids
    assert [(c.printed, c.mark, c.expected) for c in grid.rows[2].cells] == [("-1.500", "", ""), ("", "stated", "−500")]


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
    assert (found.grids[0].unit_marked, found.grids[0].header_marked) == (True, False)


def test_what_a_sentence_states_is_not_marked_in_the_table() -> None:
    prose = replace(wrong_total(), check=Check.TEXT_AMOUNT, message="text_value", quote="Der spares 400 t.kr. i 2026.")
    (grid,) = made([prose]).cases[0].findings[0].grids
    assert {c.mark for r in grid.rows for c in r.cells} == {"", "part"}


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
    shown = view(relations([file], [replace(wrong_total(), page=None)]), "da").cases[0]
    assert (shown.where, shown.findings[0].where, shown.findings[0].grids[0].where) == ("", "linje 42", "linje 38")


def test_of_a_long_table_only_what_matters_is_shown() -> None:
    years = ("2025", "2026")
    rows = [row(i, f"Linje {i}", Role.DETAIL, (("1", "1"), ("2", "2")), years) for i in range(60)]
    long = CaseFile(document(), (case(tables=[replace(table(), lines=tuple(rows))]),))
    finding = replace(wrong_total(), line_id="l50", stated=Decimal(2), evidence=("a501", "a101"))
    (grid,) = view(relations([long], [finding]), "da").cases[0].findings[0].grids
    shown = [r for r in grid.rows if not r.left_out]
    assert [r.label for r in shown] == [f"Linje {i}" for i in (0, 9, 10, 11, 49, 50, 51, 59)]
    assert len(shown) + sum(r.left_out for r in grid.rows) == 60


def test_the_report_can_be_made_again_from_the_relations_alone_in_english(out: Path) -> None:
    danish = (out / "report.html").read_bytes()
    publish.report(out, "en")
    assert page(out).all("html")[0]["lang"] == "en"
    assert "−400 is printed, but 2 rows together make −500." in page(out).text
    publish.report(out, "da")
    assert (out / "report.html").read_bytes() == danish


def test_a_report_without_relations_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        publish.report(tmp_path)


def test_an_empty_run_has_a_report_too(tmp_path: Path) -> None:
    publish.publish([], [], tmp_path)
    assert "Ingen afvigelser." in page(tmp_path).text


def test_the_same_input_leaves_the_same_reports(out: Path) -> None:
    names = ("report.html", "report.xlsx")
    before = [sha256((out / name).read_bytes()).digest() for name in names]
    publish.publish(files()[::-1], [consequence("f1", "f0"), wrong_total()], out)
    assert [sha256((out / name).read_bytes()).digest() for name in names] == before


def workbook(out: Path) -> Any:
    return openpyxl.load_workbook(out / "report.xlsx")


def test_the_workbook_has_a_row_a_finding_under_a_frozen_filtered_header(out: Path) -> None:
    sheet = workbook(out)["Afvigelser"]
    header, *rows = [[cell.value for cell in cells] for cells in sheet.iter_rows()]
    first = dict(zip(header, rows[0], strict=True))
    assert len(rows) == 2
    assert (first["Fil"], first["Side"], first["Tabel"], first["Række"], first["År"]) == (
        "lindeby.pdf",
        2,
        "Tabel 1",
        "I alt",
        2026,
    )
    assert (first["Der står"], first["Ventet"], first["Forskel"], first["Afrunding kan forklare"]) == (
        -400,
        -500,
        100,
        1.5,
    )
    assert (first["Alvor"], first["Nr."]) == ("Fejl", "f0")
    assert dict(zip(header, rows[1], strict=True))["Følge af"] == "f0"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:R3"


@pytest.mark.parametrize(
    "label", ["=1+1", "+4512", "@SUM(A1)", "https://example.org", '=HYPERLINK("x")', "1.250", "{=1}"]
)
def test_text_of_a_document_stays_text_in_the_workbook(tmp_path: Path, label: str) -> None:
    odd = replace(table(), lines=(*table().lines[:2], replace(table().lines[2], label=label)))
    publish.publish([CaseFile(document(label), (replace(case(tables=[odd]), title=label),))], [wrong_total()], tmp_path)
    book = workbook(tmp_path)
    for sheet in book:
        assert all(cell.data_type != "f" and cell.hyperlink is None for cells in sheet.iter_rows() for cell in cells)
    cells = [cell for cell in book["Afvigelser"][2] if cell.value == label]
    assert {cell.data_type for cell in cells} == {"s"}
    assert len(cells) == 2


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
    (picture,) = page(tmp_path / "out").all("img")
    assert (picture["src"] or "").startswith("data:image/png;base64,")
    pixels = pymupdf.Pixmap(tmp_path / "out" / "evidence" / "f0.png")
    colours = pixels.color_count(colors=True)
    assert bytes((184, 28, 28)) in colours  # the figure that deviates
    assert bytes((33, 92, 153)) in colours  # those it was compared with
    publish.report(tmp_path / "out", "en")
    assert len(page(tmp_path / "out").all("img")) == 1


def test_of_a_sentence_the_picture_shows_the_sentence() -> None:
    sentence = case().statements[0]
    placed = replace(case(), statements=(replace(sentence, place=Place(1, Box(70, 300, 400, 312))),))
    prose = replace(wrong_total(), check=Check.TEXT_AMOUNT, quote=sentence.sentence, page=1)
    (spot,) = spots(relations([CaseFile(document(), (placed,))], [prose]))
    assert (spot.page, spot.stated, spot.part) == (1, ((70, 300, 400, 312),), ())


def test_a_source_that_is_gone_costs_only_the_picture(tmp_path: Path) -> None:
    publish.publish(files(), [wrong_total()], tmp_path, sources={document().document_id: tmp_path / "gone.pdf"})
    assert page(tmp_path).all("img") == []
    assert len(page(tmp_path).all("article")) == 1
