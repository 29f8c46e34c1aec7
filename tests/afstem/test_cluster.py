"""A real Dask scheduler and workers as processes of their own; S3 served by a program that the tests start."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from afstem import cluster
from afstem.errors import UsageError
from afstem.isolation import Limits
from afstem.options import RunOptions
from afstem.pipeline import run_batch
from extract.models import Status
from tests.afstem.sample import write_case
from tests.afstem.test_batch import bytes_of, relation

pytest.importorskip("distributed", reason="the extra [dask] is not installed")
SECONDS = 60  # in which the processes must be up, on a busy machine
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Start]:
    """Starts programs of Python packages; they end with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def start(module: str, *words: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
            "DASK_DISTRIBUTED__DIAGNOSTICS__NVML": "false",
            "DASK_TEMPORARY_DIRECTORY": str(tmp_path / "dask"),
        }
        nowhere = subprocess.DEVNULL
        program = subprocess.Popen(
            [sys.executable, "-m", module, *words], env=environment, stdout=nowhere, stderr=nowhere
        )
        running.append(program)
        return program

    yield start
    for program in running:
        _kill(program.pid)
        program.wait()


def _kill(pid: int) -> None:
    try:
        root = psutil.Process(pid)
        for process in [*root.children(recursive=True), root]:
            process.kill()
    except psutil.NoSuchProcess:
        return


@pytest.fixture
def scheduler(tmp_path: Path, started: Start) -> str:
    """The address of a scheduler with two workers."""
    from distributed import Client

    file = tmp_path / "scheduler.json"
    started("distributed.cli.dask_scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", str(file))
    until = time.monotonic() + SECONDS
    while not file.exists():
        assert time.monotonic() < until
        time.sleep(0.1)
    for _ in range(2):
        started("distributed.cli.dask_worker", "--nthreads", "1", "--no-dashboard", "--scheduler-file", str(file))
    with Client(scheduler_file=str(file), set_as_default=False) as client:
        client.wait_for_workers(2, timeout=SECONDS)
        return str(client.scheduler.address)


def cases(folder: Path, count: int) -> Path:
    for number in range(count):
        write_case(folder / f"{number:02}.txt", number=f"{number:02}", total=str(-150 - 9 * (number % 3)))
    return folder


def is_worker(command: list[str], folder: Path) -> bool:
    return "distributed.cli.dask_worker" in command and str(folder / "scheduler.json") in command


def test_a_cluster_leaves_the_same_bytes_as_one_machine_also_when_a_worker_is_lost(
    tmp_path: Path, scheduler: str, started: Start
) -> None:
    folder = cases(tmp_path / "in", 24)
    run_batch([folder], tmp_path / "one", RunOptions(reports=False))
    lost = next(p for p in psutil.process_iter(["cmdline"]) if is_worker(p.info["cmdline"] or [], tmp_path))
    seen: list[int] = []

    def progress(done: int, of: int, name: str) -> None:
        if done == 3 and not seen:
            seen.append(done)
            _kill(lost.pid)

    result = run_batch([folder], tmp_path / "many", RunOptions(reports=False, scheduler=scheduler), progress)
    assert seen == [3]
    assert result.count(Status.IMPORTED) == 24
    assert bytes_of(tmp_path / "many") == bytes_of(tmp_path / "one")


def test_what_takes_workers_down_is_given_up_after_the_second(
    tmp_path: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.afstem import jobs

    monkeypatch.setattr(cluster, "read_there", jobs.read_there_or_die)
    folder = cases(tmp_path / "in", 2)
    write_case(folder / "deadly.txt", number="99")
    run_batch([folder], tmp_path / "out", RunOptions(reports=False, scheduler=scheduler))
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.status.to_dict() == {"00.txt": "imported", "01.txt": "imported", "deadly.txt": "quarantined"}
    assert documents.reason_code["deadly.txt"] == "crashed"


def test_a_document_that_hangs_costs_its_process_and_not_the_worker(tmp_path: Path, scheduler: str) -> None:
    import pymupdf

    (tmp_path / "in").mkdir()
    cases(tmp_path / "in", 2)
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((50, 50), "Forslag 1")
    # Forms that draw each other twice, forty deep.
    forms = [pdf.get_new_xref() for _ in range(40)]
    for at, form in enumerate(forms):
        inner = f"/Resources<</XObject<</X {forms[at + 1]} 0 R>>>>" if at + 1 < len(forms) else ""
        pdf.update_object(form, f"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]{inner}>>")
        pdf.update_stream(form, b"/X Do /X Do" if inner else b"0 0 1 1 re f")
    resources = int(pdf.xref_get_key(page.xref, "Resources")[1].split()[0])
    pdf.xref_set_key(resources, "XObject", f"<</X {forms[0]} 0 R>>")
    xref = page.get_contents()[0]
    pdf.update_stream(xref, pdf.xref_stream(xref) + b"\n/X Do\n")
    pdf.save(tmp_path / "in" / "hang.pdf")
    options = RunOptions(reports=False, scheduler=scheduler, limits=Limits(timeout=4))
    run_batch([tmp_path / "in"], tmp_path / "out", options)
    documents = relation(tmp_path / "out", "documents").set_index("file_name")
    assert documents.reason_code["hang.pdf"] == "timeout"
    assert documents.status["00.txt"] == documents.status["01.txt"] == "imported"


def test_a_scheduler_that_does_not_answer_is_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 1)
    folder = cases(tmp_path / "in", 1)
    with pytest.raises(UsageError, match="no_cluster"):
        run_batch([folder], tmp_path / "out", RunOptions(reports=False, scheduler="tcp://127.0.0.1:9"))
