"""The DuckDB database of a run: the relations with keys, references and comments, and the views on them."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from publish import sql
from publish.contract import RELATIONS, SCHEMA_VERSION
from publish.views import VIEWS

#: The oldest DuckDB that can open the files: those who read them may have an older one than we.
STORAGE_VERSION = "v1.2.0"
_AT_ONCE = 1 << 14  # rows


def write_database(parquet: Path, path: Path) -> None:
    """A new database at `path` of the Parquet files in a folder, one for each of `contract.RELATIONS`."""
    with duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION}) as connection:
        connection.begin()
        connection.execute("CREATE TABLE schema_version (schema_version INTEGER NOT NULL)")
        connection.execute("INSERT INTO schema_version VALUES (?)", [SCHEMA_VERSION])
        for relation in RELATIONS:
            connection.execute(sql.create(relation, sql.Dialect.DUCKDB))
            with pq.ParquetFile(parquet / f"{relation.name}.parquet") as file:
                rows = pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(_AT_ONCE))
                connection.register("incoming", rows)
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
