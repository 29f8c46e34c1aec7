"""Checks in processes with limits: what goes over one is tried in smaller parts, and what is lost is said."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from afstem import checking
from afstem.isolation import Ended, Job, Outcome
from afstem.options import RunOptions
from afstem.pipeline import run_batch
from tests.afstem.sample import write_case

QUICK = RunOptions(reports=False, workers=1)


class Refusing:
    """A pool in which jobs end otherwise than well as long as `refuses` says so; the others are done here."""

    def __init__(self, refuses: int) -> None:
        self.refuses = refuses
        self.waiting: list[Job] = []

    def submit(self, job: Job) -> None:
        self.waiting.append(job)

    def submit_first(self, job: Job) -> None:
        self.waiting.insert(0, job)

    def results(self) -> Iterator[tuple[Job, Outcome]]:
        while self.waiting:
            job = self.waiting.pop(0)
            if job.key[1] < self.refuses:
                yield job, Outcome(Ended.TIMEOUT)
            else:
                yield job, Outcome(Ended.DONE, checking.job(job.payload))

    def __enter__(self) -> Refusing:
        return self

    def __exit__(self, *_: object) -> None:
        self.waiting.clear()


def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refuses: int, second: str = "02"
) -> tuple[pd.DataFrame, pd.DataFrame]:
    write_case(tmp_path / "in" / "one.txt", number="01", total="-510")
    write_case(tmp_path / "in" / "two.txt", number=second, total="-520")
    monkeypatch.setattr("afstem.holding.Pool", lambda *_: Refusing(refuses))
    run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    documents, findings = (
        pd.read_parquet(tmp_path / "out" / "parquet" / f"{name}.parquet") for name in ("documents", "findings")
    )
    return documents, findings


def test_groups_that_take_too_long_together_are_checked_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, findings = run(tmp_path, monkeypatch, checking.Try.GROUP)
    assert list(findings.check) == ["column_total", "column_total"]


def test_a_group_that_takes_too_long_is_checked_document_by_document_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, findings = run(tmp_path, monkeypatch, checking.Try.ALONE, second="01")
    assert sorted(findings.check) == ["column_total", "column_total", "diagnostic", "diagnostic"]


def test_what_cannot_be_checked_has_its_rows_and_a_finding_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents, findings = run(tmp_path, monkeypatch, checking.Try.UNCHECKED)
    assert set(documents.figures) == {12}
    assert list(findings.check) == ["diagnostic", "diagnostic"]
    assert "timeout" in findings.message_en[0]


def test_what_cannot_even_be_written_down_is_quarantined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents, _ = run(tmp_path, monkeypatch, checking.Try.UNCHECKED + 1)
    assert set(documents.status) == {"quarantined"}


def test_a_disk_that_is_full_is_nobody_s_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    write_case(tmp_path / "in" / "a.txt")
    monkeypatch.setattr("afstem.holding.Pool", lambda *_: Refusing(0))
    ours = checking.job

    def job(payload: bytes) -> bytes:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "write_bytes", full)
            return ours(payload)

    monkeypatch.setattr(checking, "job", job)
    with pytest.raises(Exception, match=r"(?i)out_full|full|fuld"):
        run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    assert not (tmp_path / "out" / "parquet").exists()
