"""The DuckDB database of a run: the relations with keys, references and comments, and the views on them."""

from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from publish import sql
from publish.contract import RELATIONS, SCHEMA_VERSION
from publish.settling import NotWrittenError, failed, flush
from publish.views import VIEWS

#: The oldest DuckDB that can open the files: those who read them may have an older one than we.
STORAGE_VERSION = "v1.2.0"
_AT_ONCE = 1 << 14  # rows
_LARGE = 100_000  # rows; a database of more is written in a process of its own
#: On Linux the process ends with the one that started it; elsewhere it ends soon by itself, and its file is not used.
_BOOT = """
import ctypes, json, sys
sys.path[:] = json.loads(sys.argv[1])
if sys.platform == "linux":
    ctypes.CDLL(None).prctl(1, 9)
from pathlib import Path
from publish.database import write_database
write_database(Path(sys.argv[2]), Path(sys.argv[3]))
"""


def written(parquet: Path, path: Path, rows: Mapping[str, int]) -> None:
    """A new database at `path` of the Parquet files in a folder, opened again and counted: `rows` by relation.

    Raises NotWrittenError where it could not be written, or rows are missing or too many.
    """
    try:
        (write_database_apart if sum(rows.values()) > _LARGE else write_database)(parquet, path)
        _verify(path, rows)
    except duckdb.Error as error:
        raise failed(error, path.parent) from error


def _verify(path: Path, rows: Mapping[str, int]) -> None:
    flush(path)
    if path.with_name(f"{path.name}.wal").exists():
        raise NotWrittenError(errno.EIO, f"{path.name} was not closed in good order")
    with duckdb.connect(str(path), read_only=True) as connection:
        for name, count in rows.items():
            found = connection.execute(f"SELECT count(*) FROM {sql.quoted(name)}").fetchone()
            if found != (count,):
                raise NotWrittenError(
                    errno.EIO, f"{path.name}: {name} does not hold the {count} rows that were written"
                )


def write_database_apart(parquet: Path, path: Path) -> None:
    """As `write_database`, in a process of its own, so that what DuckDB holds for the keys of many rows goes with it.

    Raises duckdb.Error, in the words of the process, where it fails.
    """
    words = [sys.executable, "-P", "-c", _BOOT, json.dumps([p for p in sys.path if p]), str(parquet), str(path)]
    ended = subprocess.run(words, capture_output=True, text=True, errors="replace", check=False)
    if ended.returncode:
        raise duckdb.Error((ended.stderr.strip().splitlines() or [f"it ended with {ended.returncode}"])[-1])


def write_database(parquet: Path, path: Path) -> None:
    """A new database at `path` of the Parquet files in a folder, one for each of `contract.RELATIONS`."""
    path.write_bytes(_empty())
    with _connected(path) as connection:
        connection.begin()
        for relation in RELATIONS:
            with pq.ParquetFile(parquet / f"{relation.name}.parquet") as file:
                rows = pa.RecordBatchReader.from_batches(file.schema_arrow, file.iter_batches(_AT_ONCE))
                connection.register("incoming", rows)
                connection.execute(f"INSERT INTO {sql.quoted(relation.name)} SELECT * FROM incoming")
                connection.unregister("incoming")
        connection.commit()
        # Closing does this as well, but keeps silent where it fails.
        connection.execute("CHECKPOINT")


@cache
def _empty() -> bytes:
    """A database without a row, the same for every run: its hundreds of comments cost more than a small run's rows."""
    with TemporaryDirectory(prefix="afstem-") as folder:
        path = Path(folder, "empty.duckdb")
        with _connected(path) as connection:
            connection.begin()
            connection.execute("CREATE TABLE schema_version (schema_version INTEGER NOT NULL)")
            connection.execute("INSERT INTO schema_version VALUES (?)", [SCHEMA_VERSION])
            for relation in RELATIONS:
                connection.execute(sql.create(relation, sql.Dialect.DUCKDB))
                for comment in sql.comments(relation):
                    connection.execute(comment)
            for view in VIEWS:
                connection.execute(f"CREATE VIEW {sql.quoted(view.name)} AS {view.query}")
                connection.execute(f"COMMENT ON VIEW {sql.quoted(view.name)} IS {sql.literal(view.description)}")
            connection.commit()
        return path.read_bytes()


def _connected(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), config={"storage_compatibility_version": STORAGE_VERSION})
