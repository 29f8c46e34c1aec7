"""What lies in the output folder: Parquet, DuckDB, and the documentation of both."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest

import publish
from publish.contract import RELATIONS, SCHEMA_VERSION
from publish.store import read, replacing
from tests.publish.lindeby import files, wrong_total


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the relations of the example, without reports."""
    publish.publish(files(), [wrong_total()], tmp_path, reports=False)
    return tmp_path


def digests(folder: Path) -> dict[str, str]:
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in sorted(folder.glob("*.parquet"))}


def test_without_reports_there_are_only_relations(out: Path) -> None:
    assert sorted(p.name for p in out.glob("[!.]*")) == ["afstem.duckdb", "parquet"]
    assert sorted(p.stem for p in (out / "parquet").iterdir()) == sorted(r.name for r in RELATIONS)


def test_pandas_reads_figures_as_numbers(out: Path) -> None:
    amounts = pd.read_parquet(out / "parquet" / "amounts.parquet")
    assert [float(v) for v in amounts["value"]] == [-1250, 0, -250, -500, -1500, -400]
    assert [int(y) for y in amounts["year"]] == [2025, 2026] * 3
    cases = pd.read_parquet(out / "parquet" / "cases.parquet")
    assert list(cases["administrations"][0]) == ["Økonomiforvaltningen"]
    assert cases["affected"][0] is None


def test_the_same_input_leaves_the_same_parquet_bytes(out: Path) -> None:
    before = digests(out / "parquet")
    publish.publish(files()[::-1], [wrong_total()], out, reports=False)
    assert digests(out / "parquet") == before


def test_parquet_and_duckdb_hold_the_same_rows(out: Path) -> None:
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as connection:
        for relation in RELATIONS:
            stored = connection.sql(f"FROM {relation.name}").fetchall()
            rows = pq.read_table(out / "parquet" / f"{relation.name}.parquet").to_pylist()
            assert sorted(map(repr, stored)) == sorted(repr(tuple(row.values())) for row in rows)


def test_the_database_knows_keys_meanings_and_views(out: Path) -> None:
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as connection:
        keys = connection.sql(
            "SELECT table_name, constraint_column_names FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        ).fetchall()
        assert dict(keys) == {r.name: [r.key] for r in RELATIONS}
        comments = connection.sql(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal AND schema_name = 'main'"
        ).fetchall()
        found = {(table, column): comment for table, column, comment in comments}
        assert all(found[r.name, c.name] == c.meaning for r in RELATIONS for c in r.columns)
        assert connection.sql("SELECT stated, line_label, consequences FROM open_findings").fetchall() == [
            (-400, "I alt", 0)
        ]
        assert connection.sql("SELECT count(*) FROM amounts_long WHERE case_code = 'F01'").fetchall() == [(6,)]
        saved = connection.sql("SELECT sum(amount_dkk) FROM lowest_level_dkk WHERE year = 2025").fetchall()
        assert saved == [(-1500000,)]


def test_empty_relations_keep_their_types(tmp_path: Path) -> None:
    publish.publish([], [], tmp_path, reports=False)
    for relation in RELATIONS:
        stored = pq.read_schema(tmp_path / "parquet" / f"{relation.name}.parquet")
        assert stored.equals(relation.arrow())
    assert read(tmp_path)["findings"].num_rows == 0


def test_a_file_that_could_not_be_finished_leaves_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("old")

    def interrupted() -> None:
        with replacing(target) as path:
            path.write_text("half")
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="full"):
        interrupted()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_data_dictionary_is_up_to_date() -> None:
    page = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
    assert page.read_text(encoding="utf-8") == publish.data_dictionary(), "run: python -m publish"


def test_the_json_schema_names_every_column() -> None:
    properties = publish.schema()["properties"]
    for relation in RELATIONS:
        assert tuple(properties[relation.name]["items"]["properties"]) == relation.names()
    assert properties["amounts"]["items"]["properties"]["year"]["type"] == ["integer", "null"]
    assert properties["amounts"]["items"]["properties"]["line_id"]["type"] == "string"


def test_every_reference_points_to_a_key() -> None:
    keys = {f"{r.name}.{r.key}" for r in RELATIONS}
    assert {c.refers_to for r in RELATIONS for c in r.columns if c.refers_to} <= keys


def test_every_file_says_which_version_of_the_contract_it_follows(out: Path) -> None:
    for relation in RELATIONS:
        stored = pq.read_schema(out / "parquet" / f"{relation.name}.parquet")
        assert stored.metadata[b"schema_version"] == str(SCHEMA_VERSION).encode()
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as connection:
        assert connection.sql("FROM schema_version").fetchall() == [(SCHEMA_VERSION,)]
