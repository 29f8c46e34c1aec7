"""The workbook and its CSV files: every sheet, real numbers, links to the place, and text that stays text."""

from __future__ import annotations

import csv
import shutil
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

import publish
from normalize.models import CaseFile
from publish.csv_files import _shown
from publish.workbook import LIMITS
from reconcile.models import Check, Finding, Severity
from tests.publish.lindeby import case, document, files, table, wrong_total

SHEETS = ["Overblik", "Afvigelser", "Sager", "Tabeller", "Tal", "Dokumenter", "Rettelser", "Læs mig"]
#: Text that a document may hold and no spreadsheet may obey.
HOSTILE = [
    "=1+1",
    "+4512",
    "@SUM(A1)",
    "-cmd|' /C calc'!A0",
    "https://example.org",
    '=HYPERLINK("https://example.org";"x")',
    "1.250",
    "{=1}",
    '"><img src=x onerror=alert(1)>',
    "<script>alert(1)</script>",
    "\x1b[31mrød\x00\x07",
    "[bold]x[/bold]",
    "\u202e0052-\u202c",
    "_x0041_",
    "x" * 10_000,
]


def follower() -> Finding:
    return replace(wrong_total("f1"), check=Check.CROSS_TABLE, severity=Severity.WARNING, consequence_of="f0")


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the outputs of the example, which knows where its file lies: one wrong total with a consequence."""
    out = tmp_path_factory.mktemp("out")
    source = out.parent / "kilde #1" / "lindeby.pdf"
    source.parent.mkdir(exist_ok=True)
    with pymupdf.open() as pdf:
        pdf.new_page()
        pdf.new_page()
        pdf.save(source)
    sources = {document().document_id: source}
    publish.publish(files(), [wrong_total(), follower()], out, csv=True, sources=sources)
    return out


def workbook(out: Path) -> Any:
    return openpyxl.load_workbook(out / "report.xlsx")


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    header, *cells = workbook(out)[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in cells]


def test_the_workbook_has_its_sheets_in_order_each_frozen_and_filtered(out: Path) -> None:
    book = workbook(out)
    assert book.sheetnames == SHEETS
    for name in SHEETS[1:-1]:
        assert book[name].freeze_panes in ("B2", "C2"), name
        assert book[name].auto_filter.ref.startswith("A1:"), name


def test_a_finding_has_its_figures_column_arithmetic_and_place(out: Path) -> None:
    first, second = rows(out, "Afvigelser")
    assert (first["Nr."], first["Alvor"], first["Fil"], first["Sted"]) == (1, "Fejl", "lindeby.pdf", "side 2")
    named = (first["Sag"], first["Tabel"], first["Række"], first["Kolonne"])
    assert named == ("F01 · Papirløs post", "Tabel 1", "I alt", "2026")
    assert (first["Der står"], first["Ventet"], first["Forskel"], first["Forskel i kr."]) == (-400, -500, 100, 100_000)
    assert (first["Afrunding kan forklare"], first["Enhed"]) == (1.5, "1.000 kr.")
    assert first["Regnestykke"] == "0 − 500 = −500"
    assert first["Forvaltning"] == "Økonomiforvaltningen"
    assert (second["Nr."], second["Følge af"], second["Id"]) == ("1.1", "1", "f1")


def test_negative_amounts_are_numbers_shown_as_danes_write_them(out: Path) -> None:
    cells = list(workbook(out)["Tal"].iter_rows(min_row=2))
    header = [cell.value for cell in workbook(out)["Tal"][1]]
    value, kroner = header.index("Værdi"), header.index("I kroner")
    assert [row[value].value for row in cells] == [-1250, 0, -250, -500, -1500, -400]
    assert {row[value].data_type for row in cells} == {"n"}
    assert cells[0][kroner].value == -1_250_000
    assert cells[0][value].number_format == "[$-406]#,##0;[Red][$-406]-#,##0"
    assert [row[header.index("Trykt")].value for row in cells][:2] == ["-1.250", "-"]


def test_the_longest_number_of_a_column_fits_wherever_it_stands(tmp_path: Path) -> None:
    """A number that is wider than its column is shown as "###"."""
    found = [wrong_total(f"f{n}") for n in range(40)]
    long = replace(wrong_total("f99"), stated=Decimal(2_430_000_000), difference=Decimal(2_430_000_400))
    publish.publish(files(), [*found, long], tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["Afvigelser"]
    for header, shown in (("Der står", "2.430.000.000"), ("Forskel i kr.", "2.430.000.400.000")):
        (at,) = [cell.column_letter for cell in sheet[1] if cell.value == header]
        assert sheet.column_dimensions[at].width > len(shown)


def test_places_and_pictures_are_links(out: Path) -> None:
    sheet = workbook(out)["Afvigelser"]
    header = [cell.value for cell in sheet[1]]
    link = sheet.cell(2, header.index("Sted") + 1).hyperlink
    assert (link.target.replace("\\", "/"), link.location) == ("../kilde%20%231/lindeby.pdf", "page=2")
    picture = sheet.cell(2, header.index("Billede") + 1).hyperlink
    assert (out / picture.target.replace("\\", "/")).is_file()


def test_decisions_are_chosen_from_a_list_in_each_row(out: Path) -> None:
    (choice,) = workbook(out)["Afvigelser"].data_validations.dataValidation
    assert choice.formula1 == '"Bekræftet,Afvist,Rettet i kilden"'
    assert str(choice.sqref) == "C2:C3"


def test_the_overview_counts_and_the_last_page_explains_every_column(out: Path) -> None:
    book = workbook(out)
    lines = [row[:2] for row in book["Overblik"].iter_rows(min_row=4, values_only=True) if row[1] is not None]
    overview = dict(lines)
    assert (overview["Filer"], overview["heraf i karantæne"], overview["Tal"]) == (2, 1, 6)
    assert overview["Rækkerne giver ikke totalen"] == 1
    explained = {row[0] for row in book["Læs mig"].iter_rows(values_only=True)}
    for name in SHEETS[1:-1]:
        assert {cell.value for cell in book[name][1]} <= explained


def test_both_languages_have_the_same_sheets(out: Path, tmp_path: Path) -> None:
    shutil.copytree(out, tmp_path / "out")
    publish.report(tmp_path / "out", "en", csv=True)
    english = workbook(tmp_path / "out")
    assert english.sheetnames == [
        "Overview",
        "Findings",
        "Cases",
        "Tables",
        "Figures",
        "Documents",
        "Corrections",
        "Read me",
    ]
    assert sorted(path.stem for path in (tmp_path / "out" / "csv").iterdir()) == [
        "cases",
        "corrections",
        "documents",
        "figures",
        "findings",
        "tables",
    ]


def hostile(label: str, out: Path) -> Path:
    """The outputs of the example in which everything is called so."""
    lines = [
        replace(line, label=label, amounts=tuple(replace(a, printed=label) for a in line.amounts))
        for line in table().lines
    ]
    odd = replace(table(), label=label, title=label, lines=tuple(lines))
    named = replace(case(tables=[odd]), title=label, code=None, administrations=(label,))
    finding = replace(
        wrong_total(), quote=label, params=tuple((k, label if k == "line" else v) for k, v in wrong_total().params)
    )
    publish.publish([CaseFile(document(label), (named,))], [finding], out, csv=True)
    return out


@pytest.mark.parametrize("label", HOSTILE)
def test_text_of_a_document_stays_text_in_the_workbook(tmp_path: Path, label: str) -> None:
    book = workbook(hostile(label, tmp_path))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert [c for c in cells if c.hyperlink is not None and label in (c.hyperlink.target or "")] == []
    # What the format would take for a sign of its own ("_x0041_" is "A") is written with one that says it is none.
    texts = [cell.value.replace("_x005F_", "_") for cell in cells if cell.data_type != "n"]
    assert [c for text in texts for c in text if ord(c) < 32 or c in "\u202e\u202c"] == []
    if label.isprintable():
        assert texts.count(label) >= 8


@pytest.mark.parametrize("label", HOSTILE)
def test_text_of_a_document_stays_text_in_csv(tmp_path: Path, label: str) -> None:
    for path in (hostile(label, tmp_path) / "csv").iterdir():
        raw = path.read_bytes()
        assert raw.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8 by this mark only"
        assert b"\x00" not in raw
        assert b"\x1b" not in raw
        for row in csv.reader(raw.decode("utf-8-sig").splitlines(), delimiter=";"):
            assert [cell for cell in row if cell.startswith(("=", "+1", "@", "-c"))] == []


def test_csv_has_real_numbers_with_decimal_commas(out: Path) -> None:
    with (out / "csv" / "tal.csv").open(encoding="utf-8-sig", newline="") as stream:
        first, second, *_ = csv.DictReader(stream, delimiter=";")
    assert (first["Værdi"], first["I kroner"], first["Sikkerhed"]) == ("-1250", "-1250000", "1,0")
    assert (second["Trykt"], second["Værdi"]) == ("-", "0")
    with (out / "csv" / "afvigelser.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(csv.DictReader(stream, delimiter=";"))["Afrunding kan forklare"] == "1,5"


@given(st.decimals(-(10**12), 10**12, places=3))
def test_any_amount_reads_back_from_csv_as_itself(value: Decimal) -> None:
    assert Decimal(_shown(value).replace(",", ".")) == value


def test_more_rows_than_a_sheet_can_hold_are_left_to_the_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("publish.workbook.LIMITS", replace(LIMITS, rows=4))
    publish.publish(files(), [wrong_total()], tmp_path, csv=True)
    assert len(rows(tmp_path, "Tal")) == 4
    assert len((tmp_path / "csv" / "tal.csv").read_bytes().splitlines()) == 1 + 6


def test_libreoffice_opens_every_sheet(out: Path, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("no LibreOffice: make tools")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        program,
        "--headless",
        profile,
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(out / "report.xlsx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pymupdf.open(tmp_path / "report.pdf") as pdf:
        words = " ".join(page.get_text() for page in pdf)
        links = {link.get("file") for page in pdf for link in page.get_links()}
    assert [
        word for word in ("Afvigelser fordelt på kontrol", "−500", "-1.250.000", "Læs mig") if word not in words
    ] == []
    assert any(str(link).endswith("lindeby.pdf") for link in links)
