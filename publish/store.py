"""Writing the relations: Parquet files and a DuckDB database, each replaced in one step when it is whole."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from publish.contract import RELATIONS, Relation

_DUCKDB_TYPES = {
    pa.string(): "VARCHAR",
    pa.int32(): "INTEGER",
    pa.float64(): "DOUBLE",
    pa.bool_(): "BOOLEAN",
}

DATABASE = "afstem.duckdb"
_STAGE = ".next"  # the folder in `out` where what is written waits to be seen
_PARTIAL = ".partial"

#: Views of the database: name, what it shows, and its query.
VIEWS = (
    (
        "amounts_long",
        "Every figure with its file, case, table and row written out.",
        """
        SELECT d.file_name, c.code AS case_code, c.title AS case_title, t.label AS table_label, t.kind, t.measure,
               t.unit, l.label AS line_label, l.role, l.steering_area, l.appropriation, l.committee,
               a.year, a.column_label, a.printed, a.value, a.amount_dkk, a.price_level, a.placement, a.confidence,
               a.page, a.source_line, a.amount_id, a.line_id, a.table_id, a.case_id, c.document_id
        FROM amounts a JOIN lines l USING (line_id) JOIN tables t ON t.table_id = a.table_id
        JOIN cases c ON c.case_id = a.case_id JOIN documents d USING (document_id)
        """,
    ),
    (
        "open_findings",
        "Errors and warnings that are causes of their own, with file, case, table and row written out.",
        """
        SELECT f.finding_id, f.severity, f."check", d.file_name, c.code AS case_code, c.title AS case_title,
               t.label AS table_label, l.label AS line_label, f.year, f.stated, f.expected, f.difference, f.tolerance,
               f.message_da, f.message_en, f.cause, f.page, f.source_line,
               (SELECT count(*) FROM findings s WHERE s.consequence_of = f.finding_id) AS consequences
        FROM findings f LEFT JOIN documents d USING (document_id) LEFT JOIN cases c USING (case_id)
        LEFT JOIN tables t ON t.table_id = f.table_id LEFT JOIN lines l ON l.line_id = f.line_id
        WHERE f.severity IN ('error', 'warning') AND f.consequence_of IS NULL
        """,
    ),
    (
        "lowest_level_dkk",
        "Detail rows only, in kroner: may be added up without counting a krone twice within a table.",
        """
        SELECT a.case_id, a.table_id, t.kind, l.label AS line_label, l.steering_area, l.committee, a.year,
               a.price_level, a.amount_dkk
        FROM amounts a JOIN lines l USING (line_id) JOIN tables t ON t.table_id = a.table_id
        WHERE l.role = 'detail' AND a.amount_dkk IS NOT NULL AND a.year IS NOT NULL
        """,
    ),
)


class NotWrittenError(OSError):
    """What was written does not hold what it should: the disk is full, or a library failed in silence."""


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """A temporary path beside `target`: takes its place when the block ends well, is removed when it does not."""
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(f".{target.name}.{os.getpid()}{_PARTIAL}")
    partial.unlink(missing_ok=True)
    try:
        yield partial
        _flush(partial)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)


def tidy(out: Path) -> None:
    """Removes what a run that was killed has left half written."""
    shutil.rmtree(out / _STAGE, ignore_errors=True)
    for half in (*out.glob(f".*{_PARTIAL}"), *out.glob(f"*/.*{_PARTIAL}")):
        half.unlink(missing_ok=True)


def write(tables: Mapping[str, Any], out: Path) -> None:
    """`out/parquet/<relation>.parquet` and `out/afstem.duckdb` of these Arrow tables.

    All of it is written aside, opened again and counted before any of it takes the place of what is there.  The same
    tables give the same Parquet bytes.  Raises NotWrittenError where a count is wrong, OSError where `out` cannot be
    written.
    """
    tidy(out)
    stage = out / _STAGE
    rows = {name: table.num_rows for name, table in tables.items()}
    try:
        (stage / "parquet").mkdir(parents=True)
        for name, table in tables.items():
            pq.write_table(table, stage / "parquet" / f"{name}.parquet", compression="zstd")
        _write_duckdb(tables, stage / DATABASE)
        _verify(stage, rows)
        (out / "parquet").mkdir(exist_ok=True)
        for path in (*sorted((stage / "parquet").iterdir()), stage / DATABASE):
            os.replace(path, out / path.relative_to(stage))
    except (duckdb.Error, pa.ArrowException) as error:
        raise NotWrittenError(str(error)) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _verify(stage: Path, rows: Mapping[str, int]) -> None:
    """Opens again what was written and counts.  Raises NotWrittenError where rows are missing or too many."""
    for name, count in rows.items():
        path = stage / "parquet" / f"{name}.parquet"
        _flush(path)
        if pq.ParquetFile(path).metadata.num_rows != count:
            raise NotWrittenError(f"{path.name} does not hold the {count} rows that were written")
    path = stage / DATABASE
    _flush(path)
    if path.with_name(f"{path.name}.wal").exists():
        raise NotWrittenError(f"{path.name} was not closed in good order")
    with duckdb.connect(str(path), read_only=True) as connection:
        for name, count in rows.items():
            found = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            if found != (count,):
                raise NotWrittenError(f"{path.name}: {name} does not hold the {count} rows that were written")


def _flush(path: Path) -> None:
    """Waits until the disk has the file; says so where it has not.  Raises OSError."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


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


def _write_duckdb(tables: Mapping[str, Any], path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.begin()
        for relation in RELATIONS:
            connection.execute(_create(relation))
            connection.register("incoming", tables[relation.name])
            connection.execute(f'INSERT INTO "{relation.name}" SELECT * FROM incoming')
            connection.unregister("incoming")
            connection.execute(f'COMMENT ON TABLE "{relation.name}" IS {_quoted(relation.description)}')
            for column in relation.columns:
                target = f'"{relation.name}"."{column.name}"'
                connection.execute(f"COMMENT ON COLUMN {target} IS {_quoted(column.description)}")
        for name, description, query in VIEWS:
            connection.execute(f'CREATE VIEW "{name}" AS {query}')
            connection.execute(f'COMMENT ON VIEW "{name}" IS {_quoted(description)}')
        connection.commit()
        # Closing does this as well, but keeps silent where it fails.
        connection.execute("CHECKPOINT")


def _create(relation: Relation) -> str:
    columns = [f'"{c.name}" {_sql(c.type)}{"" if c.nullable else " NOT NULL"}' for c in relation.columns]
    return f'CREATE TABLE "{relation.name}" ({", ".join(columns)}, PRIMARY KEY ("{relation.key}"))'


def _sql(kind: Any) -> str:
    if pa.types.is_list(kind):
        return f"{_sql(kind.value_type)}[]"
    if pa.types.is_decimal(kind):
        return f"DECIMAL({kind.precision}, {kind.scale})"
    return _DUCKDB_TYPES[kind]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
