"""Which files a run reads, and what it calls them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pytest

from afstem.errors import UsageError
from afstem.inputs import find
from afstem.options import RunOptions
from afstem.pipeline import run_batch
from afstem.summary import print_summary
from afstem.terminal import results
from extract.models import ReasonCode, Status
from tests.afstem.sample import write_case
from tests.extract.test_pdf_damaged import a_case


def put(folder: Path, *names: str, content: bytes = b"Forslag") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.fixture
def closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that nobody may look into, whoever runs the tests."""
    folder = tmp_path / "in" / "lukket"
    put(folder, "inside.txt")
    scan = os.scandir

    def scandir(path: Any = ".") -> Any:
        if not isinstance(path, int) and os.fspath(path) == str(folder):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    return folder


def names(*inputs: Path, out: Path = Path("nowhere")) -> list[str]:
    return [found.name for found in find(inputs, out)]


def test_a_folder_is_searched_through_and_through_in_the_order_of_the_names(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "2021/a.pdf", "2021/anlæg/C.md")
    assert names(tmp_path) == ["a.pdf", "b.txt", "C.md"]


def test_hidden_files_readmes_and_what_is_no_document_stay_out(tmp_path: Path) -> None:
    put(tmp_path, "case.txt", ".hidden.txt", ".git/x.txt", "README.md", "readme.txt", "case.truth.json", "map.gif")
    assert names(tmp_path) == ["case.txt"]


def test_a_pdf_under_another_name_is_found_by_how_it_begins(tmp_path: Path) -> None:
    put(tmp_path, "scan-017", "brev.bin", content=b"%PDF-1.7\n")
    put(tmp_path, "noise.dat", content=b"\x00\x01")
    assert names(tmp_path) == ["brev.bin", "scan-017"]


def test_an_office_document_in_a_folder_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    put(tmp_path, "case.txt", "Forslag.docx", "~$rslag.docx")
    assert names(tmp_path) == ["case.txt", "Forslag.docx"]


def test_a_file_that_is_named_is_always_tried(tmp_path: Path) -> None:
    put(tmp_path, "case.json")
    assert names(tmp_path / "case.json") == ["case.json"]


def test_equal_names_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    put(tmp_path, "2021/bc04.pdf", "2022/bc04.pdf", "2022/bc05.pdf")
    assert names(tmp_path) == ["2021/bc04.pdf", "2022/bc04.pdf", "bc05.pdf"]


def test_a_file_is_read_once_however_often_it_is_given(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert names(tmp_path, tmp_path / "a.txt", tmp_path) == ["a.txt"]


def test_the_output_folder_is_no_input(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "out/report.md")
    assert names(tmp_path, out=tmp_path / "out") == ["a.txt"]


def test_a_path_that_does_not_exist_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no_such_input"):
        find([tmp_path / "gone"], tmp_path)


def test_an_empty_folder_is_wrong_usage_so_that_earlier_results_stay(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing_to_read"):
        find([tmp_path], tmp_path / "out")


def test_every_input_knows_its_place_below_what_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "in/2021/a.txt", "alone.txt")
    monkeypatch.chdir(tmp_path)
    found = find([Path("in"), Path("alone.txt")], Path("out"))
    assert [(f.name, f.folder, f.below) for f in found] == [
        ("a.txt", "in", "2021/a.txt"),
        ("alone.txt", ".", "alone.txt"),
    ]


def test_the_place_does_not_depend_on_what_else_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "in/a.txt", "other/a.txt")
    monkeypatch.chdir(tmp_path)
    alone = {f.below for f in find([Path("in")], Path("out"))}
    assert alone <= {f.below for f in find([Path("in"), Path("other")], Path("out"))}


def test_a_folder_that_may_not_be_looked_into_is_an_input_of_its_own(closed: Path) -> None:
    put(closed.parent, "a.txt")
    assert names(closed.parent) == ["a.txt", "lukket"]


def test_what_runs_left_in_their_folders_is_no_input(tmp_path: Path) -> None:
    left = ("afstem.run.jsonl", "report.xlsx", "evidence/b.txt", "parquet/c.txt", "annotated/d.txt")
    put(tmp_path, "a.txt", "evidence/mine.txt", *(f"last year/{name}" for name in left), "last year/e.txt")
    assert names(tmp_path, out=tmp_path / "out") == ["a.txt", "e.txt", "mine.txt"]
    assert names(tmp_path / "last year", out=tmp_path / "last year") == ["e.txt"]


ODD = [b"sag-\xe6\xf8.txt", b"[x] [bold]fed.txt", b"to\nlinjer.txt", b"\x1b[31mrod.txt", "æble.txt".encode()]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="this system's file names are always Unicode")
def test_names_of_any_bytes_can_be_written_and_their_files_are_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(ODD):
        case = write_case(tmp_path / "case.txt", number=f"0{number}", total="-510" if number == 0 else "-150")
        (folder / os.fsdecode(name)).write_bytes(case.read_bytes())
    a_case().save(folder / "plain.pdf")
    os.rename(folder / "plain.pdf", os.fsencode(folder) + b"/\xe6.pdf")
    result = run_batch([folder], tmp_path / "out", RunOptions(workers=1))
    assert {f.document.status for f in result.rows} == {Status.IMPORTED}
    assert {f.document.file_name for f in result.rows} == {
        r"sag-\xe6\xf8.txt",
        "[x] [bold]fed.txt",
        "to\nlinjer.txt",
        "\x1b[31mrod.txt",
        "æble.txt",
        r"\xe6.pdf",
    }
    print_summary(result, results(), "da", reports=True, log=tmp_path / "log", everything=True)
    said = capsys.readouterr().out
    assert "[x] [bold]fed.txt" in said
    assert "\x1b[31m" not in said


def test_a_closed_folder_has_a_row_with_advice(closed: Path, tmp_path: Path) -> None:
    write_case(closed.parent / "a.txt")
    result = run_batch([closed.parent], tmp_path / "out", RunOptions(reports=False, workers=1))
    assert {f.document.file_name: f.document.status for f in result.rows} == {
        "a.txt": Status.IMPORTED,
        "lukket": Status.QUARANTINED,
    }
    (reason,) = [f.document.reason for f in result.rows if f.document.reason is not None]
    assert reason.code == ReasonCode.NO_ACCESS
