"""The batch: every input has its row, a second run reads nothing, and one bad document stops nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pytest

import afstem
from afstem import workers
from afstem.errors import UsageError
from afstem.exits import Exit, of_run
from afstem.isolation import Limits
from afstem.options import RunOptions
from afstem.pipeline import RunResult, run_batch
from afstem.places import owned
from afstem.runlog import RUN_LOG
from extract.models import ReasonCode, Status
from tests.afstem.sample import write_case
from tests.extract.test_pdf_damaged import a_case

QUICK = RunOptions(reports=False, workers=1)


def relation(out: Path, name: str) -> pd.DataFrame:
    return pd.read_parquet(out / "parquet" / f"{name}.parquet")


def bytes_of(out: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted((out / "parquet").iterdir())}


def test_a_wrong_total_comes_out_as_a_finding(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "right.txt")
    write_case(tmp_path / "in" / "wrong.txt", number="02", total="-510")
    result = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    assert [file.document.file_name for file in result.rows] == ["right.txt", "wrong.txt"]
    wrong = result.rows[1].document.document_id
    assert {(f.document_id, str(f.check), f.year) for f in result.findings} == {(wrong, "column_total", 2025)}


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


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents end as their names say (see `tests.afstem.jobs`)."""
    monkeypatch.setattr(workers, "JOB", "tests.afstem.jobs:read_with_faults")


@pytest.mark.usefixtures("faulty")
def test_a_document_that_crashes_a_stage_is_quarantined_and_the_run_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write_case(tmp_path / "in" / "bad.txt")
    write_case(tmp_path / "in" / "good.txt", number="02")
    result = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.status.to_dict() == {"bad.txt": "quarantined", "good.txt": "imported"}
    assert documents.reason_code["bad.txt"] == "crashed"
    assert "ZeroDivisionError" in caplog.text
    assert "Traceback" in caplog.text
    assert result.count(Status.QUARANTINED) == result.broken() == 1
    assert of_run(result, None, strict=False) is Exit.OUR_FAULT


@pytest.mark.usefixtures("faulty")
def test_a_document_that_kills_its_process_costs_only_itself(tmp_path: Path) -> None:
    for number, name in enumerate(("a.txt", "deadly.txt", "z.txt")):
        write_case(tmp_path / "in" / name, number=f"0{number}")
    run_batch([tmp_path / "in"], tmp_path / "out", RunOptions(reports=False, workers=2))
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.status.to_dict() == {"a.txt": "imported", "deadly.txt": "quarantined", "z.txt": "imported"}
    assert documents.reason_code["deadly.txt"] == "crashed"


@pytest.mark.usefixtures("faulty")
def test_a_document_that_takes_too_long_is_given_up_and_tried_again_by_the_next_run(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "hanging.txt")
    write_case(tmp_path / "in" / "z.txt", number="02")
    options = RunOptions(reports=False, workers=1, limits=Limits(timeout=1.5))
    first = run_batch([tmp_path / "in"], tmp_path / "out", options)
    assert [f.document.reason.code for f in first.rows if f.document.reason] == [ReasonCode.TIMEOUT]
    assert run_batch([tmp_path / "in"], tmp_path / "out", options).read == 1


@pytest.mark.usefixtures("faulty")
def test_a_file_that_changes_while_it_is_read_says_so(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "changing.txt")
    write_case(tmp_path / "in" / "good.txt", number="02")
    run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.status.to_dict() == {"changing.txt": "quarantined", "good.txt": "imported"}
    assert documents.reason_code["changing.txt"] == "changed"


@pytest.mark.usefixtures("faulty")
def test_a_file_that_changes_while_it_is_read_leaves_its_figures_to_its_copy(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "changing.txt")
    write_case(tmp_path / "in" / "copy.txt")
    write_case(tmp_path / "in" / "later copy.txt")
    result = run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.status.to_dict() == {
        "changing.txt": "quarantined",
        "copy.txt": "imported",
        "later copy.txt": "duplicate",
    }
    assert documents.duplicate_of["later copy.txt"] == documents.document_id["copy.txt"]
    assert documents.document_id.is_unique
    assert set(relation(tmp_path / "out", "cases").document_id) == {documents.document_id["copy.txt"]}
    assert run_batch([tmp_path / "in"], tmp_path / "out", QUICK).read == result.read - 1  # the copy is known


def test_a_wrong_ending_does_not_hide_the_copy_with_the_right_one(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.doc")
    write_case(tmp_path / "in" / "b.doc")
    write_case(tmp_path / "in" / "c.txt")
    run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.status.to_dict() == {"a.doc": "quarantined", "b.doc": "duplicate", "c.txt": "imported"}
    assert documents.duplicate_of["b.doc"] == documents.document_id["c.txt"]


def test_a_page_that_hangs_costs_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first attempt hangs on page 2; the second leaves it out."""
    monkeypatch.setattr(workers, "JOB", "tests.afstem.jobs:read_hanging_on_page_two")
    (tmp_path / "in").mkdir()
    a_case(pages=3).save(tmp_path / "in" / "case.pdf")
    run_batch([tmp_path / "in"], tmp_path / "out", RunOptions(reports=False, limits=Limits(timeout=6)))
    (document,) = relation(tmp_path / "out", "documents").to_dict("records")
    assert (document["status"], document["reason_code"], list(document["partial_pages"])) == (
        "imported",
        "timeout",
        [2],
    )
    assert sorted(relation(tmp_path / "out", "tables").first_page) == [1, 3]


def test_the_run_log_tells_how_each_document_ended_and_when_all_will(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "empty.txt").touch()
    run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    lines = [json.loads(line) for line in (tmp_path / "out" / RUN_LOG).read_text("utf-8").splitlines()]
    ended = {line["file"]: line for line in lines if line["event"] == "document"}
    assert {name: (line["status"], line["reason"]) for name, line in ended.items()} == {
        "a.txt": ("imported", None),
        "empty.txt": ("quarantined", "empty_file"),
    }
    assert [line["done"] for line in ended.values()] == [1, 2]
    assert all(line["per_second"] > 0 and line["eta_seconds"] >= 0 for line in ended.values())
    assert [line["phase"] for line in lines if line["event"] == "phase"] == ["known", "read", "check", "publish"]
    assert lines[-1]["event"] == "end"


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.txt")
    with owned(tmp_path / "out"), pytest.raises(UsageError, match="out_busy"):
        run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    run_batch([tmp_path / "in"], tmp_path / "out", QUICK)


def test_what_a_killed_run_left_is_tidied_away(tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.txt")
    out = tmp_path / "out"
    for left in (".work/tmp1", ".next/parquet/amounts.parquet", ".report.html.17.partial"):
        (out / left).parent.mkdir(parents=True, exist_ok=True)
        (out / left).write_text("half")
    run_batch([tmp_path / "in"], out, QUICK)
    assert sorted(p.name for p in out.iterdir()) == [".cache", ".lock", "afstem.duckdb", RUN_LOG, "parquet"]


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
    assert [(f.document.status, f.document.reason.code) for f in result.rows if f.document.reason] == [
        (Status.QUARANTINED, "no_access")
    ]


def test_several_processes_give_the_same_as_one(tmp_path: Path) -> None:
    for number in range(3):
        write_case(tmp_path / "in" / f"{number}.txt", number=f"0{number}", total=str(-150 - 9 * number))
    run_batch([tmp_path / "in"], tmp_path / "one", QUICK)
    run_batch([tmp_path / "in"], tmp_path / "two", RunOptions(reports=False, workers=2))
    assert bytes_of(tmp_path / "one") == bytes_of(tmp_path / "two")


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
