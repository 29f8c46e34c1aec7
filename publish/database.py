"""The DuckDB database of a run: the relations with keys, references and comments, and the views on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb

from publish import sql
from publish.contract import RELATIONS, SCHEMA_VERSION
from publish.views import VIEWS

#: The oldest DuckDB that can open the files: those who read them may have an older one than we.
STORAGE_VERSION = "v1.2.0"


def write_database(tables: Mapping[str, Any], path: Path) -> None:
    """A new database at `path` of these Arrow tables, one for each of `contract.RELATIONS`."""
    with duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.begin()
        connection.execute("CREATE TABLE schema_version (schema_version INTEGER NOT NULL)")
        connection.execute("INSERT INTO schema_version VALUES (?)", [SCHEMA_VERSION])
        for relation in RELATIONS:
            connection.execute(sql.create(relation, sql.Dialect.DUCKDB))
            connection.register("incoming", tables[relation.name])
            connection.execute(f"INSERT INTO {sql.quoted(relation.name)} SELECT * FROM incoming")
            connection.unregister("incoming")
            for comment in sql.comments(relation):
                connection.execute(comment)
        for view in VIEWS:
            connection.execute(f"CREATE VIEW {sql.quoted(view.name)} AS {view.query}")
            connection.execute(f"COMMENT ON VIEW {sql.quoted(view.name)} IS {sql.literal(view.description)}")
        connection.commit()
        # Closing does this as well, but keeps silent where it fails.
        connection.execute("CHECKPOINT")
