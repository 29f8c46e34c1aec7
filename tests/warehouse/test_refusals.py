"""Whatever keeps a load from being made is said in a clear line, and nothing has changed."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Callable
from pathlib import Path

import duckdb
import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from afstem.texts import LANGUAGES, say
from publish.contract import SCHEMA_VERSION
from publish.warehouse import WarehouseError, load
from tests.warehouse.conftest import Warehouse
from tests.warehouse.weeks import file, finding

Run = Callable[..., Path]


def refused(out: Path, url: str, schema: str = "afstem") -> WarehouseError:
    """The refusal, which both languages have words for."""
    with pytest.raises(WarehouseError) as caught:
        load(out, url, schema=schema)
    for language in LANGUAGES:
        text = say(language, f"usage.warehouse_{caught.value.code}", **caught.value.params)
        assert "\n" not in text
        assert "{" not in text
    return caught.value


def rewritten(out: Path, relation: str, change: Callable[[pa.Table], pa.Table]) -> None:
    path = out / "parquet" / f"{relation}.parquet"
    pq.write_table(change(pq.read_table(path)), path)


def test_a_server_that_does_not_answer(run: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"postgresql://nobody:secret@127.0.0.1:{taken.getsockname()[1]}/x"
        error = refused(run("w1", [file("a")]), url)
    assert error.code == "unreachable"
    assert "secret" not in str(error.params)


@pytest.mark.parametrize("url", ["mysql://x/y", "duckdb:///", "warehouse", "postgresql://localhost/?what=ever"])
def test_an_address_that_is_none(run: Run, url: str) -> None:
    assert refused(run("w1", [file("a")]), url).code == "bad_url"


def test_a_user_who_may_not_write(postgres: Warehouse, run: Run) -> None:
    out = run("w1", [file("a")])
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        role = postgres.schema.replace(" ", "_")
        connection.execute(f'CREATE ROLE "{role}" LOGIN')
        try:
            url = postgres.url.replace("postgres:", f"{role}:", 1).replace("postgres@", f"{role}@", 1)
            with psycopg.connect(url) as known:
                assert known.execute("SELECT current_user").fetchone() == (role,)
            assert refused(out, url, postgres.schema).code == "no_rights"
            postgres.load(out)
            assert refused(out, url, postgres.schema).code == "no_rights"
        finally:
            connection.execute(f'DROP ROLE "{role}"')
    assert postgres.ask("SELECT count(*) FROM loads") == [(1,)]


def test_a_folder_that_no_run_left(duck: Warehouse, tmp_path: Path) -> None:
    assert refused(tmp_path, duck.url).code == "no_run"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_a_relation_missing(duck: Warehouse, run: Run) -> None:
    out = run("w1", [file("a")])
    (out / "parquet" / "lines.parquet").unlink()
    assert refused(out, duck.url).code == "half_run"


def test_a_folder_in_which_two_runs_are_mixed(warehouse: Warehouse, run: Run) -> None:
    out, other = run("w1", [file("a"), file("b")]), run("w2", [file("c")])
    shutil.copy(other / "parquet" / "amounts.parquet", out / "parquet")
    assert refused(out, warehouse.url, warehouse.schema).code == "half_run"
    same_size = run("w3", [file("d"), file("e")])
    shutil.copy(same_size / "parquet" / "amounts.parquet", out / "parquet")
    assert refused(out, warehouse.url, warehouse.schema).code == "half_run"


def test_a_file_that_is_no_parquet(duck: Warehouse, run: Run) -> None:
    out = run("w1", [file("a")])
    (out / "parquet" / "cases.parquet").write_bytes(b"PAR1 but not really")
    assert refused(out, duck.url).code == "unreadable"


def test_a_column_that_the_contract_does_not_know(duck: Warehouse, run: Run) -> None:
    out = run("w1", [file("a")])
    rewritten(out, "cases", lambda t: t.append_column("mayor", pa.array(["x"] * t.num_rows)))
    error = refused(out, duck.url)
    assert (error.code, error.params["columns"]) == ("unknown_column", "mayor")


@pytest.mark.parametrize(("version", "code"), [(SCHEMA_VERSION + 1, "newer_run"), (SCHEMA_VERSION - 1, "older_run")])
def test_a_run_of_another_version_of_the_contract(duck: Warehouse, run: Run, version: int, code: str) -> None:
    out = run("w1", [file("a")])
    rewritten(out, "tables", lambda t: t.replace_schema_metadata({"schema_version": str(version)}))
    assert refused(out, duck.url).code == code


def test_a_schema_that_holds_something_else(warehouse: Warehouse, run: Run) -> None:
    out = run("w1", [file("a")])
    if warehouse.is_postgres:
        with psycopg.connect(warehouse.url, autocommit=True) as connection:
            connection.execute(f'CREATE SCHEMA "{warehouse.schema}"')
            connection.execute(f'CREATE TABLE "{warehouse.schema}".payroll (name text)')
    else:
        with duckdb.connect(warehouse.url.removeprefix("duckdb:///")) as connection:
            connection.execute("CREATE SCHEMA afstem; CREATE TABLE afstem.payroll (name text)")
    assert refused(out, warehouse.url, warehouse.schema).code == "not_a_warehouse"
    assert warehouse.ask("SELECT count(*) FROM payroll") == [(0,)]


def test_a_table_with_a_column_of_somebody_else(warehouse: Warehouse, run: Run) -> None:
    out = run("w1", [file("a")])
    warehouse.load(out)
    warehouse.ask("ALTER TABLE headings ADD COLUMN mine text")
    error = refused(out, warehouse.url, warehouse.schema)
    assert (error.code, error.params["columns"]) == ("unknown_columns", "headings.mine")


def test_the_database_of_a_run_is_no_warehouse(run: Run) -> None:
    out = run("w1", [file("a")])
    before = (out / "afstem.duckdb").read_bytes()
    assert refused(out, f"duckdb:///{out / 'afstem.duckdb'}").code == "database_of_a_run"
    assert (out / "afstem.duckdb").read_bytes() == before


def test_a_file_that_is_no_database(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no database at all, but long enough to be looked at " * 200)
    assert refused(run("w1", [file("a")]), f"duckdb:///{tmp_path / 'notes.txt'}").code == "not_a_warehouse"
    assert (tmp_path / "notes.txt").read_text().startswith("no database")


def test_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    url = f"duckdb:///{tmp_path / 'no' / 'such' / 'folder.duckdb'}"
    assert refused(run("w1", [file("a")]), url).code == "unreachable"


def test_a_warehouse_that_another_program_has_open(duck: Warehouse, run: Run) -> None:
    import subprocess
    import sys

    out = run("w1", [file("a")])
    duck.load(out)
    program = (
        f"import duckdb; c = duckdb.connect({duck.url.removeprefix('duckdb:///')!r}); print(1, flush=True); input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        error = refused(out, duck.url)
        other.communicate("\n")
    assert error.code == "locked"


def test_a_fault_in_the_middle_leaves_everything_as_it_was(
    warehouse: Warehouse, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    warehouse.load(run("w1", [file("a")]))
    before = warehouse.ask("SELECT * FROM amounts_versions ORDER BY amount_id")

    def broken(*_: object) -> None:
        raise RuntimeError("the light went out")

    monkeypatch.setattr("publish.warehouse.keep_digests", broken)
    with pytest.raises(RuntimeError, match="light"):
        warehouse.load(run("w2", [file("a", saved=-2000), file("b")], [finding("b")]))
    assert warehouse.ask("SELECT * FROM amounts_versions ORDER BY amount_id") == before
    monkeypatch.undo()
    assert warehouse.load(run("w2", [file("a", saved=-2000), file("b")], [finding("b")])).loaded == 2


@pytest.mark.parametrize(
    ("happens", "code"),
    [
        ("RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'", "full"),
        ("PERFORM pg_terminate_backend(pg_backend_pid())", "lost"),
    ],
)
def test_a_server_that_gives_out_at_the_very_end(postgres: Warehouse, run: Run, happens: str, code: str) -> None:
    """Its drive is full, or it is shut down, as the last row of all is written."""
    postgres.load(run("w1", [file("a")]))
    before = postgres.ask("SELECT * FROM amounts_versions ORDER BY amount_id")
    doubled = happens.replace("'", "''")
    postgres.ask(f"CREATE FUNCTION gives_out() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {doubled}; END'")
    postgres.ask("CREATE TRIGGER last BEFORE INSERT ON loads EXECUTE FUNCTION gives_out()")
    out = run("w2", [file("a", saved=-2000), file("b")], [finding("b")])
    assert refused(out, postgres.url, postgres.schema).code == code
    assert postgres.ask("SELECT * FROM amounts_versions ORDER BY amount_id") == before
    postgres.ask("DROP TRIGGER last ON loads")
    assert postgres.load(out).loaded == 2


_LOAD_WITHIN = """
import resource, sys
from pathlib import Path
from publish.warehouse import WarehouseError, load
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
try:
    load(Path(sys.argv[2]), sys.argv[3])
except WarehouseError as error:
    print(error.code)
"""


@pytest.mark.parametrize("room", [20_000, 200_000, 500_000, 900_000])
def test_a_drive_that_fills_up_while_loading(duck: Warehouse, run: Run, room: int) -> None:
    """A bound on the size of a file stands for the drive: whatever was said to be loaded is there, and nothing else."""
    import subprocess
    import sys

    out = run("w1", [file("a"), file("b")], [finding("a")])
    command = [sys.executable, "-c", _LOAD_WITHIN, str(room), str(out), duck.url]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]).stdout
    path = Path(duck.url.removeprefix("duckdb:///"))
    assert told.strip() in {"full", "full_but_loaded"}
    if told.strip() == "full":
        assert not path.exists()
    else:
        assert duck.ask("SELECT count(*) FROM amounts") == [(12,)]
    assert duck.load(out).loaded == (2 if told.strip() == "full" else 0)
