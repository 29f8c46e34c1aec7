"""The numbered migrations: they lead to the contract, from any version, and no further."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from publish import sql
from publish.contract import CONTRACT, RELATIONS, SCHEMA_VERSION
from publish.warehouse import WarehouseError, migrations, schema
from publish.warehouse.migrations import Migration
from publish.warehouse.migrations import migrations as all_migrations
from publish.warehouse.source import loaded_columns
from tests.warehouse.conftest import Warehouse
from tests.warehouse.weeks import file

Run = Callable[..., Path]
WANTED = "publish/warehouse/migrations needs a statement for every column that came, went or changed"
#: How the databases' own catalogues spell the types.
SPELLED = {"double precision": "DOUBLE", "timestamp with time zone": "TIMESTAMP WITH TIME ZONE", "text": "VARCHAR"}


def spelled(kind: str) -> str:
    """A type as DuckDB spells it, whichever database says it."""
    for theirs, ours in SPELLED.items():
        kind = kind.replace(theirs, ours)
    return kind.upper().replace("NUMERIC", "DECIMAL").replace(" ", "").replace("TIMESTAMPTZ", "TIMESTAMPWITHTIMEZONE")


def test_migrations_are_numbered_without_gaps_up_to_the_contract_s_version() -> None:
    assert [m.number for m in all_migrations()] == list(range(1, SCHEMA_VERSION + 1))


def test_a_new_warehouse_has_the_columns_types_and_rules_of_the_contract(warehouse: Warehouse, run: Run) -> None:
    warehouse.load(run("w1", [file("a")]))
    if warehouse.is_postgres:
        found = warehouse.ask(
            "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull FROM pg_attribute a "
            f"JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = '\"{warehouse.schema}\"'::regnamespace "
            "AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind = 'r'"
        )
    else:
        found = warehouse.ask("SELECT table_name, column_name, data_type, NOT is_nullable FROM duckdb_columns()")
    there = {(table, column): (spelled(kind), needed) for table, column, kind, needed in found}
    for relation in CONTRACT.relations:
        for column in relation.columns:
            wanted = (spelled(sql.sql_type(column, sql.Dialect.DUCKDB)), not column.nullable)
            assert there[relation.name, column.name] == wanted, f"{relation.name}.{column.name}: {WANTED}"
    for relation in RELATIONS:
        for name in loaded_columns(relation):
            assert there[f"{relation.name}_history", name][0] == there[relation.name, name][0], WANTED


def test_postgresql_holds_the_keys_and_references_of_the_contract(postgres: Warehouse, run: Run) -> None:
    postgres.load(run("w1", [file("a")]))
    told = postgres.ask(
        "SELECT conrelid::regclass::text, contype, pg_get_constraintdef(oid) FROM pg_constraint "
        f"WHERE connamespace = '\"{postgres.schema}\"'::regnamespace AND contype IN ('p', 'f')"
    )
    keys = {f"PRIMARY KEY ({r.key})" for r in CONTRACT.relations}
    assert {rule for _, kind, rule in told if kind == "p"} == keys
    found = {
        (table.strip('"'), *re.fullmatch(r'FOREIGN KEY \("?(\w+)"?\) REFERENCES (\w+)\((\w+)\)', rule).groups())
        for table, kind, rule in told
        if kind == "f"
    }
    assert found == {(r.name, *reference) for r in RELATIONS for reference in sql.references(r)}


def test_meanings_are_kept_in_the_database(warehouse: Warehouse, run: Run) -> None:
    warehouse.load(run("w1", [file("a")]))
    if warehouse.is_postgres:
        told = warehouse.ask(
            "SELECT col_description('amounts'::regclass, 1), obj_description('case_economy'::regclass)"
        )
    else:
        told = warehouse.ask(
            "SELECT (SELECT comment FROM duckdb_columns() WHERE table_name = 'amounts' AND column_name = 'amount_id'), "
            "(SELECT comment FROM duckdb_views() WHERE view_name = 'case_economy')"
        )
    assert told[0][0] == "Stable id."
    assert told[0][1].startswith("What a case costs")


@pytest.fixture
def as_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Makes the program one of an earlier version, which writes a schema of that number."""

    def of(number: int) -> None:
        known: list[Migration] = [m for m in all_migrations() if m.number <= number]
        monkeypatch.setattr(schema, "migrations", lambda: known)
        monkeypatch.setattr(schema, "SCHEMA_VERSION", number)
        monkeypatch.setattr(schema, "_check", lambda target, where: None)
        monkeypatch.setattr(schema, "warehouse_views", list)
        monkeypatch.setattr(schema.sql, "comments", lambda relation: iter(()))

    return of


def old_warehouse(
    warehouse: Warehouse, out: Path, as_of: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The schema of version 1, with a document in it."""
    from publish.warehouse import _connect
    from publish.warehouse.source import RunFolder

    with RunFolder(out) as source:
        as_of(1)
        target = _connect(warehouse.url, warehouse.schema, source)
        schema.prepare(target, warehouse.schema)
        names = (
            "document_id, file_name, sha256, media_type, pages, status, cases, tables, figures, tokens, orphans, "
            "scanned_pages, second_opinion_pages, load_id, valid_from"
        )
        target.execute(
            f"INSERT INTO documents ({names}) VALUES ('old', 'old.pdf', 'ee', 'application/pdf', 1, 'imported', "
            f"0, 0, 0, "
            "0, 0, CAST(ARRAY[] AS integer[]), CAST(ARRAY[] AS integer[]), '20200101T000000.000000Z', "
            "CURRENT_TIMESTAMP)"
        )
        target.commit()
        target.close()
    monkeypatch.undo()


def test_an_older_warehouse_is_upgraded_and_keeps_its_rows(
    warehouse: Warehouse, run: Run, as_of: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = run("w1", [file("a")])
    old_warehouse(warehouse, out, as_of, monkeypatch)
    assert warehouse.ask("SELECT number FROM schema_migrations") == [(1,)]
    warehouse.load(out)
    numbers = [(number,) for number in range(1, SCHEMA_VERSION + 1)]
    assert warehouse.ask("SELECT number FROM schema_migrations ORDER BY 1") == numbers
    assert warehouse.ask("SELECT file_name, path, partial_pages FROM documents ORDER BY 1") == [
        ("a.pdf", None, []),
        ("old.pdf", None, []),
    ]


def test_a_newer_warehouse_is_refused(warehouse: Warehouse, run: Run) -> None:
    out = run("w1", [file("a")])
    warehouse.load(out)
    warehouse.ask(f"INSERT INTO schema_migrations VALUES ({SCHEMA_VERSION + 1}, 'later', NULL)")
    with pytest.raises(WarehouseError) as refused:
        warehouse.load(out)
    assert refused.value.code == "newer_warehouse"
    assert refused.value.params["found"] == str(SCHEMA_VERSION + 1)


def test_views_are_made_anew_when_their_text_changes(
    warehouse: Warehouse, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from publish.views import View

    out = run("w1", [file("a")])
    warehouse.load(out)
    changed = [*schema.warehouse_views(), View("how_many", "Documents.", "SELECT count(*) AS n FROM documents")]
    monkeypatch.setattr(schema, "warehouse_views", lambda: changed)
    warehouse.load(out)
    assert warehouse.ask("SELECT n FROM how_many") == [(1,)]


def test_statements_for_the_other_database_are_left_out() -> None:
    text = "-- About.\n\nCREATE TABLE t (a text);\n\n-- only: postgres\nCREATE INDEX ON t (a);\n"
    one = migrations.Migration(1, "t", text)
    assert list(one.statements(sql.Dialect.DUCKDB)) == ["CREATE TABLE t (a text)"]
    assert len(list(one.statements(sql.Dialect.POSTGRES))) == 2
