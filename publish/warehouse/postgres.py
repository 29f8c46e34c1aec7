"""A warehouse in PostgreSQL: rows come by COPY."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import psycopg

from publish.contract import Column, Relation, Type
from publish.sql import Dialect, listed, literal, quoted, sql_type
from publish.warehouse.errors import WarehouseError, first_line
from publish.warehouse.source import RunFolder

_CONNECT_SECONDS = 10
_CHUNK = 1 << 20  # bytes of a file that are sent at once
#: What sorting and joining of a load may use in the server's memory before it goes to disk.
_WORK_MEMORY = "64MB"
#: PostgreSQL's text holds no NUL; it becomes the character that stands for what cannot be shown.
_NUL_REPLACED = "\N{REPLACEMENT CHARACTER}"


class Postgres:
    """See `publish.warehouse.target.Target`.  Loads of one schema wait for each other."""

    dialect = Dialect.POSTGRES

    def __init__(self, url: str, schema: str) -> None:
        self.schema = schema
        try:
            self.connection = psycopg.connect(
                url, connect_timeout=_CONNECT_SECONDS, application_name="afstem load", client_encoding="UTF8"
            )
        except psycopg.ProgrammingError as error:
            raise WarehouseError("bad_url", url="postgresql://…", error=first_line(error)) from error
        except psycopg.Error as error:
            raise WarehouseError("unreachable", error=first_line(error)) from error
        with self._clear():
            self._run(f"SET LOCAL work_mem = '{_WORK_MEMORY}'")
            self._run(f"SET LOCAL search_path TO {quoted(schema)}")
            self._run("SET LOCAL timezone TO 'UTC'")
            self._run(f"SELECT pg_advisory_xact_lock(hashtext({literal('afstem load ' + schema)}))")

    def execute(self, statement: str) -> int:
        """Runs a statement; how many rows it changed."""
        with self._clear():
            return self._run(statement).rowcount

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._clear():
            return self._run(query).fetchall()

    def columns(self) -> dict[str, set[str]]:
        """The tables of the schema with the names of their columns."""
        found: dict[str, set[str]] = {}
        told = self.rows(
            "SELECT c.relname, a.attname FROM pg_catalog.pg_class c "
            "LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped "
            f"WHERE c.relnamespace = to_regnamespace({literal(quoted(self.schema))}) AND c.relkind IN ('r', 'p')"
        )
        for table, column in told:
            found.setdefault(table, set()).add(column)
        return found

    def create_schema(self) -> None:
        """Makes the schema where there is none: only then is the right to make one needed."""
        there = f"to_regnamespace({literal(quoted(self.schema))})::oid"
        if self.rows(f"SELECT {there}") == [(None,)]:
            self.execute(f"CREATE SCHEMA {quoted(self.schema)}")
        # Without the right to use it, its tables would only seem not to be there.
        elif self.rows(f"SELECT has_schema_privilege({there}, 'USAGE')") == [(False,)]:
            raise WarehouseError("no_rights", where=self.schema, error="USAGE")

    def stage(self, run: RunFolder, relation: Relation, columns: Sequence[str], query: str) -> None:
        """By way of a file that DuckDB writes and COPY sends."""
        kinds = {c.name: c for c in relation.columns}
        defined = ", ".join(
            f"{quoted(name)} {sql_type(kinds[name], self.dialect) if name in kinds else 'text'}" for name in columns
        )
        stage = quoted(f"stage_{relation.name}")
        self.execute(f"CREATE TEMP TABLE {stage} ({defined}) ON COMMIT DROP")
        told = ", ".join(_as_text(name, kinds.get(name)) for name in columns)
        file = run.spill / f"{relation.name}.csv"
        try:
            with _disk(file):
                written = f"{literal(str(file))} (FORMAT csv, HEADER false, NULLSTR '')"
                run.connection.execute(f"COPY (SELECT {told} FROM ({query})) TO {written}")
                self._send(file, f"COPY {stage} ({listed(columns)}) FROM STDIN (FORMAT csv)")
        finally:
            file.unlink(missing_ok=True)
        self.execute(f"ANALYZE {stage}")

    def commit(self) -> None:
        """Makes everything visible at once."""
        with self._clear():
            self.connection.commit()

    def close(self) -> None:
        """Ends the connection."""
        self.connection.close()

    def _run(self, statement: str) -> psycopg.Cursor[tuple[Any, ...]]:
        # Every statement is put together here from the contract's names and quoted literals.
        return self.connection.execute(statement)

    def _send(self, file: Path, statement: str) -> None:
        with (
            self._clear(),
            file.open("rb") as stream,
            self.connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            while chunk := stream.read(_CHUNK):
                copy.write(chunk)

    @contextmanager
    def _clear(self) -> Iterator[None]:
        """Says what the server refused in words of ours."""
        try:
            yield
        except psycopg.errors.InsufficientPrivilege as error:
            raise WarehouseError("no_rights", where=self.schema, error=first_line(error)) from error
        except (psycopg.errors.DiskFull, psycopg.errors.ProgramLimitExceeded) as error:
            raise WarehouseError("full", where=self.schema, error=first_line(error)) from error
        except psycopg.OperationalError as error:
            raise WarehouseError("lost", error=first_line(error)) from error
        except psycopg.Error as error:
            raise WarehouseError("refused", error=first_line(error)) from error


def _as_text(name: str, column: Column | None) -> str:
    """The column as PostgreSQL's COPY reads it."""
    it = quoted(name)
    kind = column.type if column else Type.TEXT
    if kind is Type.TEXT:
        return f"replace({it}, chr(0), '{_NUL_REPLACED}') AS {it}"
    if kind is Type.TEXTS:
        escaped = f"replace(replace(replace(x, chr(0), '{_NUL_REPLACED}'), '\\', '\\\\'), '\"', '\\\"')"
        listing = f"array_to_string(list_transform({it}, lambda x: '\"' || {escaped} || '\"'), ',')"
        return f"CASE WHEN {it} IS NOT NULL THEN '{{' || coalesce({listing}, '') || '}}' END AS {it}"
    if kind.item is not None:
        listing = f"array_to_string(list_transform({it}, lambda x: x::VARCHAR), ',')"
        return f"CASE WHEN {it} IS NOT NULL THEN '{{' || coalesce({listing}, '') || '}}' END AS {it}"
    return it


@contextmanager
def _disk(file: Path) -> Iterator[None]:
    """Says in words of ours that the passing files found no room."""
    try:
        yield
    except duckdb.Error as error:
        raise WarehouseError("full", where=str(file.parent), error=first_line(error)) from error
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise WarehouseError("full", where=str(file.parent), error=first_line(error)) from error
