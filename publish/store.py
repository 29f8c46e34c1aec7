"""Writing the relations: Parquet files and a DuckDB database, each replaced in one step when it is whole."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from publish.contract import RELATIONS
from publish.database import write_database


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path beside `target`: takes its place when the block ends well, is removed when it does not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def write(tables: Mapping[str, Any], out: Path) -> None:
    """`out/parquet/<relation>.parquet` and `out/afstem.duckdb` of these Arrow tables.

    The same tables give the same Parquet bytes.
    """
    for name, table in tables.items():
        with replacing(out / "parquet" / f"{name}.parquet") as path:
            pq.write_table(table, path, compression="zstd")
    with replacing(out / "afstem.duckdb") as path:
        write_database(tables, path)


def read(out: Path) -> dict[str, Any]:
    """The relations that `write` left in `out`, as Arrow tables.  Raises FileNotFoundError where there are none."""
    return {r.name: pq.read_table(out / "parquet" / f"{r.name}.parquet", schema=r.arrow()) for r in RELATIONS}


def rows_of(table: Any, column: str, values: Collection[str]) -> list[dict[str, Any]]:
    """The rows of an Arrow table whose `column` is one of `values`."""
    chosen = table.filter(pc.is_in(table[column], pa.array(sorted(values), pa.string())))
    rows: list[dict[str, Any]] = chosen.to_pylist()
    return rows


def keyed(table: Any, key: str, values: Collection[str]) -> dict[str, dict[str, Any]]:
    """Likewise, by that column."""
    return {row[key]: row for row in rows_of(table, key, values)}
