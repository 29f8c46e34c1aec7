"""Brings a warehouse's schema to the version that this program writes, and no further."""

from __future__ import annotations

from publish import sql
from publish.contract import CONTRACT, RELATIONS, SCHEMA_VERSION
from publish.warehouse.errors import WarehouseError
from publish.warehouse.migrations import migrations
from publish.warehouse.source import loaded_columns
from publish.warehouse.target import Target
from publish.warehouse.views import views_digest, warehouse_views

_KEPT = "schema_migrations"
#: What the loader adds to every row.
LOADER_COLUMNS = ("load_id", "valid_from")
_HISTORY_COLUMNS = (*LOADER_COLUMNS, "valid_to", "closed_by")


def prepare(target: Target, where: str) -> None:
    """Makes or upgrades the schema.

    Raises WarehouseError where it is of a later version than this program knows, holds tables that are not ours, or
    differs from what its version says.
    """
    there = target.columns()
    if there and _KEPT not in there:
        raise WarehouseError("not_a_warehouse", where=where)
    target.create_schema()
    if not there:
        target.execute(f"CREATE TABLE {_KEPT} (number integer NOT NULL, name text NOT NULL, applied_at timestamptz)")
        target.execute("CREATE TABLE schema_views (digest text NOT NULL)")
    version = target.rows(f"SELECT coalesce(max(number), 0) FROM {_KEPT}")[0][0]
    if version > SCHEMA_VERSION:
        raise WarehouseError("newer_warehouse", where=where, found=str(version), known=str(SCHEMA_VERSION))
    views = warehouse_views()
    digest = views_digest(views)
    current = target.rows("SELECT digest FROM schema_views") == [(digest,)]
    if version == SCHEMA_VERSION and current:
        _check(target, where)
        return
    _drop_views(target)
    for migration in migrations():
        if migration.number > version:
            for statement in migration.statements(target.dialect):
                target.execute(statement)
            name = sql.literal(migration.name)
            target.execute(f"INSERT INTO {_KEPT} VALUES ({migration.number}, {name}, CURRENT_TIMESTAMP)")
    _check(target, where)
    for relation in CONTRACT.relations:
        for comment in sql.comments(relation):
            target.execute(comment)
    for view in views:
        target.execute(f"CREATE VIEW {sql.quoted(view.name)} AS {view.query}")
        target.execute(f"COMMENT ON VIEW {sql.quoted(view.name)} IS {sql.literal(view.description)}")
    target.execute("DELETE FROM schema_views")
    target.execute(f"INSERT INTO schema_views VALUES ({sql.literal(digest)})")


def _drop_views(target: Target) -> None:
    # Not CASCADE: a view that somebody built on ours is not ours to drop; the database then says which it is.
    for view in reversed(warehouse_views()):
        target.execute(f"DROP VIEW IF EXISTS {sql.quoted(view.name)}")


def _check(target: Target, where: str) -> None:
    """Raises WarehouseError where tables and columns are not those that this version has."""
    expected = {"loads": set(CONTRACT.relation("loads").names())}
    for relation in RELATIONS:
        names = loaded_columns(relation)
        expected[relation.name] = {*names, *LOADER_COLUMNS}
        expected[f"{relation.name}_history"] = {*names, *_HISTORY_COLUMNS}
    there = target.columns()
    for table, columns in expected.items():
        found = there.get(table, set())
        if found != columns:
            differing = ", ".join(f"{table}.{column}" for column in sorted(found ^ columns))
            raise WarehouseError("unknown_columns", where=where, columns=differing)
