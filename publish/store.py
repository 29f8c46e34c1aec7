"""Writing the relations: Parquet files and a DuckDB database, each replaced in one step when it is whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from publish.by_year import FOLDER as BY_YEAR
from publish.by_year import write_by_year
from publish.contract import RELATIONS
from publish.settling import DATABASE, STAGE, NotWrittenError, commit, failed, flush, settle
from publish.standing import database_stands, keep_database

_PARTIAL = ".partial"
ROW_GROUP = 1 << 14  # rows
_PIECES = 32  # tables that wait before they become one
#: Relations whose ids are compared across documents; all others begin with an id of these, or with a digest of one.
_COUNTED = ("documents", "cases", "findings")


@contextmanager
def replacing(target: Path, *, flushed: bool = True) -> Iterator[Path]:
    """A temporary path beside `target`: takes its place when the block ends well, is removed when it does not.

    What is written is on disk before it takes the place, unless it is not `flushed` (of thousands of small files that
    can be made again, each would wait for the disk).
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}{_PARTIAL}")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        if flushed:
            flush(partial)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def tidy(out: Path) -> None:
    """Removes what a run that was killed has left half written; what it had written whole takes its place."""
    settle(out)
    shutil.rmtree(out / STAGE, ignore_errors=True)
    for half in (*out.glob(f".*{_PARTIAL}"), *out.glob(f"*/.*{_PARTIAL}")):
        half.unlink(missing_ok=True)


def write(tables: Mapping[str, Any], out: Path) -> None:
    """`out/parquet/<relation>.parquet` and `out/afstem.duckdb` of these Arrow tables (see `staged`)."""
    with staged(out) as stage:
        stage.add(tables)


@contextmanager
def staged(out: Path, by_year: bool | None = None) -> Iterator[Stage]:
    """A stage to add rows to, which take the place of what `out` holds when the block ends well.

    All of it is written aside, opened again and counted before any of it takes the place of what is there.  The same
    rows give the same Parquet bytes, in whatever pieces they come.  With `by_year` the figures are written in folders
    by year besides, with False there are none of them any more; None leaves those that are there.

    Raises NotWrittenError where a count is wrong, ValueError where two things have one id, OSError where `out` cannot
    be written.
    """
    tidy(out)
    folder = out / STAGE
    try:
        (folder / "parquet").mkdir(parents=True)
        stage = Stage(folder / "parquet")
        try:
            yield stage
        finally:
            stage.close()
        _verify(folder / "parquet", stage.rows)
        stands = database_stands(out, folder)
        if not stands:
            # imported here: most runs of a folder find nothing new, and DuckDB takes long to load
            from publish.database import written

            written(folder / "parquet", folder / DATABASE, stage.rows)
        if by_year is not None:
            (folder / BY_YEAR).mkdir()
        if by_year:
            for path in write_by_year(folder / "parquet", folder / BY_YEAR):
                flush(path)
        commit(out)
        if not stands:
            keep_database(out)
    except pa.ArrowException as error:
        raise failed(error, out) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class Stage:
    """Relations that are being written, a Parquet file each; no more of one is held than a row group."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._relations = {r.name: r for r in RELATIONS}
        self._writers = {
            r.name: pq.ParquetWriter(folder / f"{r.name}.parquet", r.arrow(), compression="zstd") for r in RELATIONS
        }
        self._waiting: dict[str, list[Any]] = {name: [] for name in self._writers}
        self._keys: dict[str, set[str]] = {name: set() for name in _COUNTED}
        self.rows = dict.fromkeys(self._writers, 0)

    def add(self, tables: Mapping[str, Any]) -> None:
        """Adds the rows of Arrow tables or record batches, by relation.  Raises ValueError where an id came before."""
        for name, rows in tables.items():
            if not rows.num_rows:
                continue
            self._count(name, rows)
            self.rows[name] += rows.num_rows
            waiting = self._waiting[name]
            waiting.append(rows if isinstance(rows, pa.Table) else pa.Table.from_batches([rows]))
            if len(waiting) >= _PIECES:  # many small pieces take far more memory than what is in them
                self._waiting[name] = [pa.concat_tables(waiting).combine_chunks()]
            while sum(table.num_rows for table in self._waiting[name]) >= ROW_GROUP:
                self._write(name)

    def _count(self, name: str, rows: Any) -> None:
        known = self._keys.get(name)
        if known is None:
            return
        key = self._relations[name].key
        keys = rows.column(key).to_pylist()
        twice = sorted(known.intersection(keys))[:5]
        if twice:
            raise ValueError(f"{name}: {key} is not unique: {', '.join(twice)}")
        known.update(keys)

    def _write(self, name: str) -> None:
        """Writes one row group of what waits."""
        whole = pa.concat_tables(self._waiting[name])
        # In one piece each column, or the bytes would tell in what pieces the rows came.
        self._writers[name].write_table(whole.slice(0, ROW_GROUP).combine_chunks(), row_group_size=ROW_GROUP)
        rest = whole.slice(ROW_GROUP)
        self._waiting[name] = [rest] if rest.num_rows else []

    def held(self, name: str) -> Any:
        """The rows of a relation that were added, as an Arrow table; nothing more can be added to it."""
        self._finish(name)
        return pq.ParquetFile(self.folder / f"{name}.parquet").read()

    def close(self) -> None:
        """Ends all files."""
        for name in self._writers:
            self._finish(name)

    def _finish(self, name: str) -> None:
        if self._waiting[name]:
            self._write(name)
        self._writers[name].close()


def _verify(parquet: Path, rows: Mapping[str, int]) -> None:
    """Opens again what was written and counts.  Raises NotWrittenError where rows are missing or too many."""
    for name, count in rows.items():
        path = parquet / f"{name}.parquet"
        flush(path)
        if pq.ParquetFile(path).metadata.num_rows != count:
            raise NotWrittenError(errno.EIO, f"{path.name} does not hold the {count} rows that were written")


def read(out: Path) -> dict[str, Any]:
    """The relations that `write` left in `out`, as Arrow tables.  Raises FileNotFoundError where there are none."""
    settle(out)
    return {r.name: pq.read_table(out / "parquet" / f"{r.name}.parquet", schema=r.arrow()) for r in RELATIONS}


def rows_of(table: Any, column: str, values: Collection[str | None]) -> list[dict[str, Any]]:
    """The rows of an Arrow table whose `column` is one of `values`; a blank is none."""
    import pyarrow.compute as pc  # here, for it makes all its functions as it loads, and a run needs none

    chosen = table.filter(pc.is_in(table[column], pa.array(sorted(filter(None, values)), pa.string())))
    rows: list[dict[str, Any]] = chosen.to_pylist()
    return rows


def keyed(table: Any, key: str, values: Collection[str | None]) -> dict[str, dict[str, Any]]:
    """Likewise, by that column."""
    return {row[key]: row for row in rows_of(table, key, values)}
