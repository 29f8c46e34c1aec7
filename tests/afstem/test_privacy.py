"""CPR numbers are masked wherever a document's text goes; what a file would do is named and not done."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pymupdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

import afstem
from afstem.cli import main
from afstem.options import RunOptions
from afstem.pipeline import run_batch
from lexicon.cpr import MASK, is_cpr, masked
from publish.memo import memos
from publish.store import read
from tests.afstem.sample import CASE, write_case
from tests.extract.test_pdf_damaged import a_case


def fitting(day: int, month: int, year: int, serial: int) -> str | None:
    """A number of that date whose last digit makes it divisible, where there is one."""
    start = f"{day:02}{month:02}{year:02}{serial:03}"
    return next((start + str(last) for last in range(10) if is_cpr(start + str(last))), None)


CPR = next(n for serial in range(100, 200) if (n := fitting(7, 11, 64, serial)))
WRITTEN = f"{CPR[:6]}-{CPR[6:]}"


def told(text: str) -> bool:
    """Whether the number or its end stands there: a checksum, a time or a picture may hold the digits by chance."""
    return re.search(rf"{CPR}|(?<![0-9A-Za-z+/.]){CPR[6:]}(?![0-9A-Za-z+/])", text) is not None


@pytest.mark.parametrize("text", [WRITTEN, CPR, f"{CPR[:6]} {CPR[6:]}", f"({WRITTEN})", f"CPR: {WRITTEN}."])
def test_a_cpr_number_is_masked_however_it_is_written(text: str) -> None:
    assert MASK in masked(text)
    assert CPR[6:] not in masked(text)


@pytest.mark.parametrize(
    "text", ["310264-1234", "1.000-2.000", "2025-2026", "071164-123", f"1{CPR}", "12.071164-1234,5"]
)
def test_other_numbers_stay(text: str) -> None:
    assert masked(text) == text


@given(st.text(alphabet="0123456789-., kr", max_size=40))
def test_masking_changes_nothing_but_cpr_numbers_and_is_done_once(text: str) -> None:
    found: set[str] = set()
    once = masked(text, found)
    assert masked(once) == once
    assert found or once == text


def test_no_cpr_number_reaches_a_relation_a_report_or_a_log(tmp_path: Path) -> None:
    case = CASE.format(number="01", total="-510").replace("Færre lejemål", f"Borger {WRITTEN}")
    case += f"\nSagen om {WRITTEN} koster 500 t.kr. i 2025. Se {CPR}.\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(case, encoding="utf-8")
    out = tmp_path / "out"
    run_batch([tmp_path / "in"], out, RunOptions(workers=1))
    assert afstem.frames(out)["documents"].cpr_numbers.to_list() == [1]
    for file in out.rglob("*"):
        if file.is_file() and file.suffix in (".html", ".jsonl", ".log", ".json"):
            assert not told(file.read_bytes().decode("utf-8", "replace")), file.name
    for name, frame in afstem.frames(out).items():
        assert not told(frame.to_csv()), name
    sheets = pd.read_excel(out / "report.xlsx", sheet_name=None, header=None)
    assert not any(told(sheet.to_csv()) for sheet in sheets.values())
    assert MASK in "".join(sheet.to_csv() for sheet in sheets.values())


def test_scripts_actions_and_embedded_files_are_named(tmp_path: Path) -> None:
    pdf = a_case()
    pdf.embfile_add("regneark.xlsx", b"PK\x03\x04", filename="regneark.xlsx")
    pdf.xref_set_key(pdf.pdf_catalog(), "OpenAction", "<</S/JavaScript/JS(app.alert\\(1\\))>>")
    pdf[0].insert_link({"kind": pymupdf.LINK_LAUNCH, "file": "calc.exe", "from": pymupdf.Rect(9, 9, 20, 20)})
    pdf.save(tmp_path / "active.pdf")
    assert afstem.read(tmp_path / "active.pdf").document.active_content == (
        "embedded_file: regneark.xlsx",
        "javascript",
        "launch",
    )
    a_case().save(tmp_path / "plain.pdf")
    assert afstem.read(tmp_path / "plain.pdf").document.active_content == ()


def test_confidential_cases_are_left_out_where_asked(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "open.txt")
    secret = write_case(tmp_path / "in" / "secret.txt", number="02", total="-777")
    secret.write_text("FORTROLIG\n\n" + secret.read_text("utf-8"), encoding="utf-8")
    out = tmp_path / "out"
    run_batch([tmp_path / "in"], out, RunOptions(workers=1))
    assert sorted(afstem.frames(out)["cases"].confidential) == [False, True]
    assert "FORTROLIG · " in (out / "report.html").read_text("utf-8")
    out = tmp_path / "shared"
    run_batch([tmp_path / "in"], out, RunOptions(workers=1, exclude_confidential=True))
    frames = afstem.frames(out)
    documents = frames["documents"].set_index("file_name")
    assert documents.confidential.to_dict() == {"open.txt": False, "secret.txt": True}
    assert documents.reason_code["secret.txt"] == "confidential"
    assert list(frames["cases"].confidential) == [False]
    assert "−777" not in (out / "report.html").read_text("utf-8")
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as database:
        assert database.execute("SELECT count(*) FROM amounts WHERE value = -777").fetchone() == (0,)


NAMED = [f"sag_{CPR}.txt", f"{WRITTEN} ansøgning.txt", f"Bilag {CPR[:6]}_{CPR[6:]}-1.txt"]


def test_a_cpr_number_in_a_files_name_is_in_no_report_log_or_workbook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, name in enumerate(NAMED, 1):
        write_case(tmp_path / "in" / f"borger {WRITTEN}" / name, number=f"{number:02}", total="-510")
    (tmp_path / "in" / f"kopi {CPR}.txt").write_bytes((tmp_path / "in" / f"borger {WRITTEN}" / NAMED[0]).read_bytes())
    (tmp_path / "in" / f"notat {CPR}.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "in" / f"brev {CPR}.docm").write_bytes(b"PK")
    out = tmp_path / "out"
    monkeypatch.setattr("sys.argv", ["afstem", "run", str(tmp_path / "in"), "--out", str(out), "--csv", "--all"])
    with pytest.raises(SystemExit):
        main()
    memos(read(out), out, "da")
    said = capsys.readouterr()
    shown = {
        "terminal": said.out + said.err,
        "page": (out / "report.html").read_text(encoding="utf-8"),
        "workbook": text_of(out / "report.xlsx"),
        **{path.name: path.read_text(encoding="utf-8") for path in out.glob("afstem*.*l*") if path.suffix != ".duckdb"},
        **{path.name: path.read_text(encoding="utf-8-sig") for path in (out / "csv").iterdir()},
        **{path.name: text_of(path) for path in (out / "memo").iterdir()},
    }
    assert {"report.xlsx", "afstem.run.jsonl"} <= {path.name for path in out.iterdir()}
    assert [name for name, text in shown.items() if told(text) or told(name)] == []
    assert MASK in shown["page"]
    assert MASK in shown["workbook"]


def test_the_relations_keep_the_name_by_which_the_file_is_found_again(tmp_path: Path) -> None:
    write_case(tmp_path / NAMED[0])
    run_batch([tmp_path / NAMED[0]], tmp_path / "out", RunOptions(workers=1))
    assert read(tmp_path / "out")["documents"].column("file_name").to_pylist() == [NAMED[0]]


def text_of(archive: Path) -> str:
    """All that the parts of a workbook or a Word document say."""
    with zipfile.ZipFile(archive) as parts:
        return "\n".join(parts.read(name).decode(errors="replace") for name in parts.namelist())
