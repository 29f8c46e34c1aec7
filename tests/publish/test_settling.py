"""A run that is killed while its files take their places: who looks next finds all of it, never some of each run."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pytest

import publish
from publish import settling
from publish.contract import RELATIONS
from publish.earlier import earlier_documents
from publish.store import read
from publish.warehouse.source import RunFolder
from tests.warehouse.weeks import file, finding


class Killed(BaseException):
    """As kill -9 would: nothing that tidies up may hear of it."""


@pytest.fixture(params=[1, 3, 9, len(RELATIONS), len(RELATIONS) + 1])
def half(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a run over `a`, into which one over `b` was killed after so many of its files took their places."""
    moved = 0

    def replace(source: Path, target: Path) -> None:
        nonlocal moved
        moved += 1
        if moved > request.param + 1:  # the first is the folder's own
            raise Killed
        os.rename(source, target)

    publish.publish([file("a")], [finding("a")], tmp_path, reports=False)
    with monkeypatch.context() as patch:
        patch.setattr(settling.os, "replace", replace)
        try:
            publish.publish([file("b")], [], tmp_path, reports=False)
        except Killed:
            assert (tmp_path / settling.READY).is_dir() == (request.param <= len(RELATIONS))  # else all were
    return tmp_path


def names(out: Path) -> list[str]:
    return read(out)["documents"]["file_name"].to_pylist()


def test_the_relations_are_those_of_one_run(half: Path) -> None:
    assert names(half) == ["b.pdf"]
    assert read(half)["cases"]["case_id"].to_pylist() == ["cb"]
    with duckdb.connect(str(half / "afstem.duckdb"), read_only=True) as database:
        assert database.sql("SELECT file_name FROM documents").fetchall() == [("b.pdf",)]
    assert not (half / settling.READY).exists()


def test_a_loader_finds_them_whole(half: Path) -> None:
    with RunFolder(half) as run:
        run.check_whole()
        assert run.rows("SELECT file_name FROM memory.source.documents") == [("b.pdf",)]


def test_a_run_that_adds_keeps_all_of_it(half: Path) -> None:
    assert [row["file_name"] for row in earlier_documents(half) or ()] == ["b.pdf"]
    publish.publish([file("c")], [], half, reports=False, add=True)
    assert names(half) == ["b.pdf", "c.pdf"]
    assert sorted(read(half)["cases"]["case_id"].to_pylist()) == ["cb", "cc"]


def test_a_folder_without_such_a_run_stays_as_it_is(tmp_path: Path) -> None:
    publish.publish([file("a")], [], tmp_path, reports=False)
    settling.settle(tmp_path)
    assert names(tmp_path) == ["a.pdf"]
