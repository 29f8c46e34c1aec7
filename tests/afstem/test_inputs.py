"""Which files a run reads, and what it calls them."""

from __future__ import annotations

from pathlib import Path

import pytest

from afstem.errors import UsageError
from afstem.inputs import find


def put(folder: Path, *names: str, content: bytes = b"Forslag") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def names(*inputs: Path, out: Path = Path("nowhere")) -> list[str]:
    return [found.name for found in find(inputs, out)]


def test_a_folder_is_searched_through_and_through_in_the_order_of_the_names(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "2021/a.pdf", "2021/anlæg/C.md")
    assert names(tmp_path) == ["a.pdf", "b.txt", "C.md"]


def test_hidden_files_readmes_and_what_is_no_document_stay_out(tmp_path: Path) -> None:
    put(tmp_path, "case.txt", ".hidden.txt", ".git/x.txt", "README.md", "readme.txt", "case.truth.json", "map.png")
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
