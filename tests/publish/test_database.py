"""A database that is written in a process of its own is the one that is written here."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

import publish
from publish import database, store
from publish.database import write_database_apart
from tests.publish.lindeby import files, wrong_total


def rows(out: Path) -> dict[str, list[object]]:
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as connection:
        names = [name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        return {name: list(connection.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall()) for name in names}


def test_many_rows_are_written_apart_and_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(files(), [wrong_total()], tmp_path / "here", reports=False)
    monkeypatch.setattr(database, "_LARGE", 0)
    monkeypatch.setattr(database, "write_database", None)
    publish.publish(files(), [wrong_total()], tmp_path / "apart", reports=False)
    assert rows(tmp_path / "apart") == rows(tmp_path / "here")
    assert rows(tmp_path / "here")["findings"]


def test_what_goes_wrong_there_is_told_here(tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error, match=r"documents\.parquet"):
        write_database_apart(tmp_path, tmp_path / "afstem.duckdb")


def test_small_row_groups_and_pieces_leave_the_same_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish.publish(files(), [wrong_total()], tmp_path / "whole", reports=False)
    monkeypatch.setattr(store, "ROW_GROUP", 2)
    monkeypatch.setattr(store, "_PIECES", 1)
    publish.publish(files(), [wrong_total()], tmp_path / "small", reports=False)
    assert all(store.read(tmp_path / "small")[n].equals(t) for n, t in store.read(tmp_path / "whole").items())
