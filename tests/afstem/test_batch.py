"""The batch: every input has its row, a second run reads nothing, and one bad document stops nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pytest

import afstem
from afstem import reading
from afstem.inputs import Input
from afstem.options import RunOptions
from afstem.pipeline import RunResult, run_batch
from afstem.workers import read_all
from extract.models import ReadOptions, Status
from normalize.models import CaseFile
from tests.afstem.sample import write_case

QUICK = RunOptions(reports=False, workers=1)


def relation(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / "parquet" / f"{name}.parquet")


def bytes_of(out: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((out / "parquet").iterdir())}


def test_a_wrong_total_comes_out_as_a_finding(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "right.txt")
    write_case(tmp_path / "in" / "wrong.txt", number="02", total="-510")
    result = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    assert [file.document.file_name for file in result.files] == ["right.txt", "wrong.txt"]
    wrong = result.files[1].cases[0].case_id
    assert {(f.case_id, str(f.check), f.year) for f in result.findings} == {(wrong, "column_total", 2025)}


def test_every_input_has_a_row_and_equal_bytes_are_a_duplicate_of_the_first_name(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "b.txt")
    write_case(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "empty.txt").touch()
    run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.status.to_dict() == {"a.txt": "imported", "b.txt": "duplicate", "empty.txt": "quarantined"}
    assert documents.duplicate_of["b.txt"] == documents.document_id["a.txt"]
    assert documents.document_id.is_unique
    assert documents.reason["empty.txt"]
    assert len(relation(tmp_path / "out", "cases")) == 1


def test_a_second_run_reads_nothing_and_leaves_the_same_bytes(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.txt")
    write_case(tmp_path / "in" / "b.txt", number="02")
    first = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    left = bytes_of(tmp_path / "out")
    second = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    assert (first.read, second.read) == (2, 0)
    assert bytes_of(tmp_path / "out") == left


def test_only_what_is_new_is_read(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.txt")
    run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    write_case(tmp_path / "in" / "b.txt", number="02")
    (tmp_path / "in" / "a.txt").rename(tmp_path / "in" / "renamed.txt")
    result = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    assert result.read == 1
    assert set(relation(tmp_path / "out", "documents").file_name) == {"b.txt", "renamed.txt"}


def test_a_document_that_crashes_a_stage_is_quarantined_and_the_run_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write_case(tmp_path / "in" / "bad.txt")
    write_case(tmp_path / "in" / "good.txt", number="02")
    read = reading.read

    def crash(path: Path, options: ReadOptions | None = None) -> CaseFile:
        if path.name == "bad.txt":
            raise ZeroDivisionError("a stage divides by nothing")
        return read(path, options)

    monkeypatch.setattr(reading, "read", crash)
    result = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.status.to_dict() == {"bad.txt": "quarantined", "good.txt": "imported"}
    assert documents.reason_code["bad.txt"] == "crashed"
    assert "ZeroDivisionError" in caplog.text
    assert "Traceback" in caplog.text
    assert result.count(Status.QUARANTINED) == 1


def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_case(tmp_path / "slow.txt")

    def forever(path: Path, options: ReadOptions | None = None) -> CaseFile:
        while True:
            path.exists()

    monkeypatch.setattr(reading, "read", forever)
    given_up = reading.read_safely(Input(path, "slow.txt"), "ab" * 32, ReadOptions(), time_limit=0.05)
    assert given_up.file.document.status is Status.QUARANTINED
    assert given_up.crash is not None
    assert "TimeoutError" in given_up.crash


def test_a_file_without_access_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_case(tmp_path / "in" / "closed.txt")

    opened = Path.open

    def closed(path: Path, *how: Any, **more: Any) -> IO[Any]:
        if path.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *how, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", closed)
        result = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    assert [(f.document.status, f.document.reason.code) for f in result.files if f.document.reason] == [
        (Status.QUARANTINED, "no_access")
    ]


def test_several_processes_give_the_same_as_one(tmp_path: Path) -> None:
    for number in range(3):
        write_case(tmp_path / "in" / f"{number}.txt", number=f"0{number}", total=str(-150 - 9 * number))
    run_batch([tmp_path / "in"], tmp_path / "one", QUICK)
    run_batch([tmp_path / "in"], tmp_path / "two", RunOptions(reports=False, workers=2))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


def test_a_process_that_dies_costs_only_its_own_document(tmp_path: Path) -> None:
    good = [Input(write_case(tmp_path / f"{n}.txt", number=f"0{n}"), f"{n}.txt") for n in range(2)]
    tasks = [(good[0], "aa"), (_Deadly(good[0].path, "deadly.txt"), "bb"), (good[1], "cc")]
    readings = {source.name: reading for (source, _), reading in read_all(tasks, RunOptions(workers=2))}
    assert {name: r.file.document.status.value for name, r in readings.items()} == {
        "0.txt": "imported",
        "1.txt": "imported",
        "deadly.txt": "quarantined",
    }


class _Deadly(Input):
    """An input that kills the process that it is handed to."""

    def __reduce__(self) -> tuple[object, ...]:
        return (_die, ())


def _die() -> None:
    import os

    os._exit(9)


def test_the_small_interface_for_notebooks(tmp_path: Path) -> None:
    path = write_case(tmp_path / "in" / "wrong.txt", total="-510")
    file = afstem.read(path)
    findings = afstem.check([file])
    result: RunResult = afstem.run([tmp_path / "in"], str(tmp_path / "out"), QUICK)
    assert [f.finding_id for f in findings] == [f.finding_id for f in result.findings]
    assert len(findings) == 1
    assert afstem.frames(tmp_path / "out")["findings"].stated.to_list() == [Decimal(-510)]


def test_frames_of_a_folder_without_a_run_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="afstem run"):
        afstem.frames(tmp_path)
