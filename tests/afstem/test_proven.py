"""A few documents that were checked before are checked in the run's own process, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from afstem.isolation import Here, Job
from afstem.isolation.pool import Ended
from afstem.options import RunOptions
from afstem.pipeline import run_batch
from tests.afstem.sample import write_case
from tests.afstem.test_batch import QUICK, bytes_of, relation


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A run over a case with an error and a sound one."""
    write_case(tmp_path / "in" / "a.txt", total="-510")
    write_case(tmp_path / "in" / "b.txt", number="02")
    run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    return tmp_path / "out"


class ProcessNeededError(Exception):
    """A pool was asked for."""


@pytest.fixture
def no_process(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After that run no pool can be made for checks."""

    def refuse(*_: object) -> None:
        raise ProcessNeededError

    monkeypatch.setattr("afstem.holding.Pool", refuse)


@pytest.mark.usefixtures("no_process")
def test_what_is_known_and_was_checked_needs_no_process_and_comes_out_the_same(out: Path) -> None:
    left = bytes_of(out)
    assert len(run_batch([out.parent / "in"], out, QUICK).findings) == 1
    assert bytes_of(out) == left


def other_name(out: Path) -> RunOptions:
    (out.parent / "in" / "a.txt").rename(out.parent / "in" / "c.txt")
    return QUICK


def a_new_document(out: Path) -> RunOptions:
    write_case(out.parent / "in" / "c.txt", number="03")
    return QUICK


def a_word_of_the_auditor(out: Path) -> RunOptions:
    (out / "review").mkdir()
    (out / "review" / "structure.toml").write_text("# nothing yet\n")
    return QUICK


def other_options(out: Path) -> RunOptions:
    return RunOptions(reports=False, workers=1, exclude_confidential=True)


def without_the_cache(out: Path) -> RunOptions:
    return RunOptions(reports=False, workers=1, cache=False)


@pytest.mark.usefixtures("no_process")
@pytest.mark.parametrize(
    "change", [other_name, a_new_document, a_word_of_the_auditor, other_options, without_the_cache]
)
def test_anything_else_is_checked_in_processes_with_limits(out: Path, change) -> None:  # type: ignore[no-untyped-def]
    options = change(out)
    with pytest.raises(ProcessNeededError):
        run_batch([out.parent / "in"], out, options)


def test_checks_that_broke_are_not_taken_for_proven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_case(tmp_path / "in" / "a.txt")
    with monkeypatch.context() as patch:
        patch.setattr("afstem.checking.JOB", "tests.afstem.jobs:fail")
        run_batch([tmp_path / "in"], tmp_path / "out", QUICK)
    assert list(relation(tmp_path / "out", "documents").reason_code) == ["crashed"]
    assert not (tmp_path / "out" / ".cache" / "checked").exists()


def test_a_job_that_fails_here_is_told_as_one_that_failed_in_a_process() -> None:
    doer = Here()
    doer.submit(Job("second", "tests.afstem.jobs:echo", b"abc"))
    doer.submit_first(Job("first", "tests.afstem.jobs:fail", b""))
    (first, failed), (_, echoed) = doer.results()
    assert (first.key, failed.ended, failed.error) == (
        "first",
        Ended.CRASHED,
        "ZeroDivisionError: a stage divides by nothing",
    )
    assert "Traceback" in failed.trace
    assert (echoed.ended, echoed.result) == (Ended.DONE, b"cba")
