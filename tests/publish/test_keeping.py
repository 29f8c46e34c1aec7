"""A run that adds keeps what the folder holds of other documents, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

import publish
from publish.contract import RELATIONS
from publish.earlier import earlier_documents
from tests.warehouse.weeks import file, finding

Ask = Callable[[str], list[tuple[Any, ...]]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    def of(query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(tmp_path / "afstem.duckdb"), read_only=True) as connection:
            return connection.sql(query).fetchall()

    return of


def test_the_documents_of_several_weeks_lie_side_by_side(tmp_path: Path, ask: Ask) -> None:
    publish.publish([file("a"), file("b")], [finding("a")], tmp_path, reports=False)
    one = {r.name: ask(f"SELECT count(*) FROM {r.name}")[0][0] for r in RELATIONS}
    publish.publish([file("c"), file("d")], [finding("c")], tmp_path, reports=False, add=True)
    assert {r.name: ask(f"SELECT count(*) FROM {r.name}")[0][0] for r in RELATIONS} == {
        n: 2 * k for n, k in one.items()
    }
    assert ask("SELECT finding_id FROM findings ORDER BY 1") == [("fa",), ("fc",)]


def test_a_document_that_is_read_again_replaces_itself(tmp_path: Path, ask: Ask) -> None:
    publish.publish([file("a"), file("b")], [finding("a")], tmp_path, reports=False)
    publish.publish([file("a", saved=-2000)], [], tmp_path, reports=False, add=True)
    assert ask("SELECT value FROM amounts WHERE amount_id LIKE '%.a00' ORDER BY amount_id") == [(-2000,), (-1250,)]
    assert ask("SELECT count(*) FROM findings") == [(0,)]


def test_other_bytes_in_the_same_place_take_the_place_of_the_old(tmp_path: Path, ask: Ask) -> None:
    place = {"source_folder": "sager", "path": "forslag.pdf", "name": "forslag.pdf"}
    publish.publish([file("a", **place), file("b")], [], tmp_path, reports=False)
    publish.publish([file("c", **place)], [], tmp_path, reports=False, add=True)
    assert ask("SELECT case_id FROM cases ORDER BY 1") == [("cb",), ("cc",)]


def test_the_later_version_of_a_case_counts(tmp_path: Path, ask: Ask) -> None:
    key = {"case_key": "Lindeby|2025|F01"}
    publish.publish([file("a", **key)], [], tmp_path, reports=False)
    publish.publish([file("b", **key)], [], tmp_path, reports=False, add=True)
    assert ask("SELECT case_id, version_of FROM cases ORDER BY 1") == [("ca", "cb"), ("cb", None)]


def test_without_adding_the_folder_holds_the_last_run_alone(tmp_path: Path, ask: Ask) -> None:
    publish.publish([file("a")], [], tmp_path, reports=False)
    publish.publish([file("b")], [], tmp_path, reports=False)
    assert ask("SELECT file_name FROM documents") == [("b.pdf",)]


def test_a_folder_without_a_run_has_no_documents(tmp_path: Path) -> None:
    assert earlier_documents(tmp_path) is None
