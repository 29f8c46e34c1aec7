"""Processes with limits: whatever a job does, it ends, the others are done, and nothing is left behind."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from afstem.isolation import Ended, Job, Limits, Outcome, Pool
from afstem.isolation.limits import GIB
from afstem.isolation.pool import _BOOT

QUICK = Limits(timeout=2.0, memory=GIB // 2, page_share=0.5)


def job(name: str, payload: bytes = b"", seconds: float | None = None) -> Job:
    return Job(name, f"tests.afstem.jobs:{name}", payload, seconds)


@pytest.fixture
def outcomes(tmp_path: Path) -> Iterator[object]:
    """Runs jobs in so many processes and gives what came of them, by name."""

    def run(*jobs: Job, workers: int = 1, limits: Limits = QUICK) -> dict[str, Outcome]:
        with Pool(workers, limits, tmp_path, ("tests.afstem.jobs",)) as pool:
            for each in jobs:
                pool.submit(each)
            return {each.key: outcome for each, outcome in pool.results()}

    yield run
    assert [child for child in psutil.Process().children() if child.status() != psutil.STATUS_ZOMBIE] == []


def test_a_job_gives_back_what_its_function_returns(outcomes) -> None:  # type: ignore[no-untyped-def]
    done = outcomes(job("echo", b"abc"))["echo"]
    assert (done.ended, done.result) == (Ended.DONE, b"cba")


def test_what_hangs_is_killed_with_what_it_started_and_told_by_its_page(outcomes) -> None:  # type: ignore[no-untyped-def]
    mark = f"marked {time.time_ns()}"
    ended = outcomes(job("hang", mark.encode()), job("echo", b"abc"))
    assert (ended["hang"].ended, ended["hang"].step, ended["hang"].page) == (Ended.TIMEOUT, "page", 2)
    assert ended["hang"].seconds < 2
    assert ended["echo"].result == b"cba"
    assert [p for p in psutil.process_iter(["cmdline"]) if mark in " ".join(p.info["cmdline"] or ())] == []


def test_pages_that_are_finished_add_to_the_time(outcomes) -> None:  # type: ignore[no-untyped-def]
    assert outcomes(job("pages", seconds=0.6))["pages"].ended is Ended.DONE  # takes a second, on ten pages
    slow = Limits(timeout=2.0, page_adds=0.0)
    assert outcomes(job("pages", seconds=0.6), limits=slow)["pages"].ended is Ended.TIMEOUT


def test_what_takes_too_much_memory_ends(outcomes) -> None:  # type: ignore[no-untyped-def]
    ended = outcomes(job("hoard"), limits=Limits(timeout=30, memory=GIB // 4))["hoard"]
    assert (ended.ended, ended.step, ended.page) == (Ended.MEMORY, "tables", 3)


def test_the_watchdog_alone_sees_memory_where_the_system_has_no_limit(
    outcomes,  # type: ignore[no-untyped-def]
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from afstem.isolation import pool

    without = "import psutil; sys.modules['resource'] = None; from afstem.isolation.child import main"
    monkeypatch.setattr(pool, "_BOOT", pool._BOOT.replace("from afstem.isolation.child import main", without))
    ended = outcomes(job("hoard"), limits=Limits(timeout=30, memory=GIB // 4))["hoard"]
    assert ended.ended is Ended.MEMORY


def test_a_process_that_dies_costs_only_its_own_job(outcomes) -> None:  # type: ignore[no-untyped-def]
    ended = outcomes(job("die"), job("echo", b"abc"), workers=2)
    assert (ended["die"].ended, ended["die"].page) == (Ended.CRASHED, 7)
    assert ended["echo"].result == b"cba"


def test_a_failure_comes_with_its_traceback(outcomes) -> None:  # type: ignore[no-untyped-def]
    ended = outcomes(job("fail"))["fail"]
    assert ended.ended is Ended.CRASHED
    assert ended.error == "ZeroDivisionError: a stage divides by nothing"
    assert "jobs.py" in ended.trace


def test_what_a_library_prints_disturbs_nothing(outcomes, capfd: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert outcomes(job("noisy"))["noisy"].result == b"quiet"
    assert capfd.readouterr() == ("", "")


def test_temporary_files_are_made_in_the_given_folder(outcomes, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    left = Path(outcomes(job("temporary"))["temporary"].result.decode())
    assert left.parent == tmp_path


def test_a_process_that_does_not_come_up_is_started_anew(
    outcomes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    fails = (
        f"import os, sys; p = {str(tmp_path / 'tried')!r}; os.path.exists(p) or sys.exit(open(p, 'w').close() or 3)\n"
    )
    monkeypatch.setattr("afstem.isolation.pool._BOOT", fails + _BOOT)
    assert outcomes(job("echo", b"abc"))["echo"].result == b"cba"


def test_it_is_said_when_no_process_comes_up(outcomes, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("afstem.isolation.pool._BOOT", "import sys; sys.exit(3)")
    with pytest.raises(RuntimeError, match="could not be started: it ended with 3"):
        outcomes(job("echo", b"abc"))


def test_a_process_is_used_again_and_replaced_after_a_number_of_jobs(tmp_path: Path) -> None:
    with Pool(1, Limits(recycle_after=2), tmp_path) as pool:
        for _ in range(4):
            pool.submit(job("whoami"))
        pids = [outcome.result for _, outcome in pool.results()]
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_jobs_may_be_added_while_results_come(tmp_path: Path) -> None:
    with Pool(1, QUICK, tmp_path) as pool:
        pool.submit(job("fail"))
        seen = []
        for done, outcome in pool.results():
            seen.append(outcome.ended)
            if done.key == "fail":
                pool.submit_first(job("echo"))
    assert seen == [Ended.CRASHED, Ended.DONE]


def test_processes_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    code = (
        "from pathlib import Path; from afstem.isolation import Job, Limits, Pool\n"
        f"with Pool(1, Limits(), Path({str(tmp_path)!r})) as pool:\n"
        "    pool.submit(Job('x', 'tests.afstem.jobs:pages', b''))\n"
        "    pool._hand_out()\n"
        "    print(pool._children[0].process.pid, flush=True)\n"
        "    list(pool.results())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = psutil.Process(int(parent.stdout.readline()))
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert child.wait(timeout=10) in (None, 0, -9)
