"""The contract's other forms say what is written: the standard's file, dbt's sources, the JSON schema."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

import publish
from publish.contract import CONTRACT, RELATIONS, SCHEMA_VERSION
from publish.contract.dbt import dbt_sources
from publish.contract.odcs import odcs
from tests.warehouse.conftest import Warehouse
from tests.warehouse.weeks import file, finding

Run = Callable[..., Path]
#: dbt's and datacontract's parsers take longer than what they run.
SECONDS = 300


@pytest.fixture(scope="session")
def tool(repository: Path) -> Callable[[str], Path]:
    """The path of a program of the environment that `make dbt` builds; the test is skipped where there is none."""

    def of(name: str) -> Path:
        found = repository / ".venv-dbt" / "bin" / name
        if not found.exists():
            pytest.skip(f"no {name}: make dbt")
        return found

    return of


@pytest.fixture
def loaded(duck: Warehouse, run: Run) -> Path:
    """A warehouse file with two documents and a finding."""
    duck.load(run("w1", [file("a"), file("b")], [finding("a")]))
    return Path(duck.url.removeprefix("duckdb:///"))


def test_the_standard_s_file_names_every_column_key_and_reference() -> None:
    contract = OpenDataContractStandard.from_string(odcs())
    assert contract.version == f"{SCHEMA_VERSION}.0.0"
    assert contract.schema_ is not None
    assert [table.name for table in contract.schema_] == [r.name for r in CONTRACT.relations]
    for table, relation in zip(contract.schema_, CONTRACT.relations, strict=True):
        columns = table.properties or []
        assert [c.name for c in columns] == list(relation.names())
        assert [c.name for c in columns if c.primaryKey] == [relation.key]
        assert [bool(c.required) for c in columns] == [not c.nullable for c in relation.columns]
        there = [(c.name, c.relationships[0].to) for c in columns if c.relationships]
        assert there == [(c.name, c.refers_to) for c in relation.columns if c.refers_to]


def test_dbt_s_sources_name_every_column_and_a_test_for_every_promise() -> None:
    (source,) = yaml.safe_load(dbt_sources("finance"))["sources"]
    assert source["schema"] == "finance"
    for table, relation in zip(source["tables"], CONTRACT.relations, strict=True):
        assert [c["name"] for c in table["columns"]] == list(relation.names())
        needed = {c["name"] for c in table["columns"] if "not_null" in c.get("data_tests", [])}
        assert needed == {c.name for c in relation.columns if not c.nullable}
        assert [c["name"] for c in table["columns"] if "unique" in c.get("data_tests", [])] == [relation.key]
    (fresh,) = [t for t in source["tables"] if "freshness" in t.get("config", {})]
    assert fresh["name"] == "loads"


def plain(value: Any) -> Any:
    """A value as JSON has it: decimals as text, lists within."""
    if isinstance(value, Decimal):
        return str(value)
    return [plain(v) for v in value] if isinstance(value, list) else value


def test_what_a_run_writes_is_what_the_json_schema_says(run: Run) -> None:
    out = run("w1", [file("a")], [finding("a")])
    kinds = {"string": str, "integer": int, "number": float, "boolean": bool, "array": list, "null": type(None)}
    for relation in RELATIONS:
        told = publish.schema()["properties"][relation.name]["items"]["properties"]
        for row in pq.read_table(out / "parquet" / f"{relation.name}.parquet").to_pylist():
            for name, value in row.items():
                named = told[name]["type"]
                allowed = tuple(kinds[k] for k in (named if isinstance(named, list) else [named]))
                assert isinstance(plain(value), allowed), (relation.name, name, value)
                enum = told[name].get("enum") or told[name].get("items", {}).get("enum")
                each = value if isinstance(value, list) else [value]
                assert enum is None or set(each) <= set(enum), (relation.name, name, value)


def project(folder: Path, database: Path) -> Path:
    """A dbt project that has nothing but our sources."""
    (folder / "models").mkdir(parents=True)
    (folder / "models" / "sources.yml").write_text(dbt_sources(), encoding="utf-8")
    (folder / "dbt_project.yml").write_text("name: feed\nversion: '1.0'\nprofile: feed\nmodel-paths: [models]\n")
    target = {"type": "duckdb", "path": str(database), "schema": "dbt", "threads": 1}
    (folder / "profiles.yml").write_text(yaml.safe_dump({"feed": {"target": "t", "outputs": {"t": target}}}))
    return folder


def dbt(program: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    quiet = os.environ | {"DBT_SEND_ANONYMOUS_USAGE_STATS": "false", "NO_COLOR": "1"}
    return subprocess.run(
        [program, "--no-use-colors", *words, "--project-dir", folder, "--profiles-dir", folder],
        cwd=folder,
        env=quiet,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )


def test_dbt_parses_the_sources_and_every_test_passes(
    tool: Callable[[str], Path], loaded: Path, tmp_path: Path
) -> None:
    folder = project(tmp_path / "dbt", loaded)
    assert dbt(tool("dbt"), folder, "parse").returncode == 0
    tested = dbt(tool("dbt"), folder, "test")
    assert tested.returncode == 0, tested.stdout
    assert "ERROR=0" in tested.stdout
    fresh = dbt(tool("dbt"), folder, "source", "freshness")
    assert fresh.returncode == 0, fresh.stdout


def test_dbt_sees_a_broken_promise(tool: Callable[[str], Path], loaded: Path, tmp_path: Path) -> None:
    import duckdb

    with duckdb.connect(str(loaded)) as connection:
        connection.execute("UPDATE afstem.amounts SET line_id = 'nowhere' WHERE amount_id = 'a.a00'")
        connection.execute("UPDATE afstem.lines SET role = 'mayor' WHERE line_id = 'a.l0'")
    folder = project(tmp_path / "dbt", loaded)
    tested = dbt(tool("dbt"), folder, "test", "--select", "source:afstem.amounts", "source:afstem.lines")
    assert tested.returncode == 1
    assert "source_relationships_afstem_am" in tested.stdout
    assert "ERROR=2" in tested.stdout


def test_datacontract_finds_the_warehouse_as_the_contract_says(
    tool: Callable[[str], Path], loaded: Path, tmp_path: Path
) -> None:
    shutil.copy(loaded, tmp_path / "feed.duckdb")
    contract = tmp_path / "contract.yaml"
    contract.write_text(odcs().replace("warehouse.duckdb", str(tmp_path / "feed.duckdb")), encoding="utf-8")
    tested = subprocess.run(
        [tool("datacontract"), "test", contract, "--server", "warehouse"],
        cwd=tmp_path,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert tested.returncode == 0, tested.stdout[-3000:]
