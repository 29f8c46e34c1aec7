"""A warehouse in a DuckDB file, without a server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from publish.contract import Relation
from publish.database import STORAGE_VERSION
from publish.sql import Dialect, listed, literal, quoted
from publish.warehouse.errors import WarehouseError, first_line
from publish.warehouse.source import RunFolder

_CATALOG = "warehouse"
#: What DuckDB says, and what it means to the one who loads.
_MEANINGS = (
    ("set lock on file", "locked"),
    ("no space left", "full"),
    ("file too large", "full"),
    ("out of memory", "full"),
    ("permission denied", "no_rights"),
    ("read-only", "no_rights"),
    ("not a valid duckdb", "not_a_warehouse"),
    ("cannot open", "unreachable"),
)


class Duck:
    """See `publish.warehouse.target.Target`.  It works in the connection that reads the run."""

    dialect = Dialect.DUCKDB

    def __init__(self, path: Path, schema: str, run: RunFolder) -> None:
        self.path, self.schema = path, schema
        self.connection = run.connection
        self.is_new = not path.exists()
        with self._clear():
            storage = f" (STORAGE_VERSION {literal(STORAGE_VERSION)})" if self.is_new else ""
            self.connection.execute(f"ATTACH {literal(str(path))} AS {_CATALOG}{storage}")
            self.connection.execute(f"USE {_CATALOG}")
            self.connection.execute("BEGIN")
        self.open = True
        self.committed = False

    def execute(self, statement: str) -> int:
        """Runs a statement; how many rows it changed, where DuckDB says so."""
        with self._clear():
            told = self.connection.execute(statement).fetchone()
        return int(told[0]) if told and isinstance(told[0], int) else 0

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._clear():
            return self.connection.execute(query).fetchall()

    def columns(self) -> dict[str, set[str]]:
        """The tables of the schema with the names of their columns."""
        found: dict[str, set[str]] = {}
        here = f"database_name = '{_CATALOG}' AND schema_name = {literal(self.schema)}"
        told = self.rows(
            "SELECT table_name, column_name FROM duckdb_columns() JOIN duckdb_tables() "
            f"USING (database_name, schema_name, table_name) WHERE {here}"
        )
        for table, column in told:
            found.setdefault(table, set()).add(column)
        return found

    def create_schema(self) -> None:
        """Makes the schema where there is none.  Raises WarehouseError for the database of a run."""
        # A run makes its database anew each time: what was loaded into it would be gone.
        own = f"SELECT 1 FROM duckdb_tables() WHERE database_name = '{_CATALOG}' AND table_name = 'schema_version'"
        if self.rows(own):
            raise WarehouseError("database_of_a_run", path=str(self.path))
        self.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(self.schema)}")
        self.execute(f"USE {_CATALOG}.{quoted(self.schema)}")

    def stage(self, run: RunFolder, relation: Relation, columns: Sequence[str], query: str) -> None:
        """A passing table of the same connection."""
        stage = quoted(f"stage_{relation.name}")
        self.execute(f"CREATE OR REPLACE TEMP TABLE {stage} AS SELECT {listed(columns)} FROM ({query})")

    def commit(self) -> None:
        """Makes everything visible at once."""
        self.open = False  # also where it fails: DuckDB then takes everything back
        with self._clear():
            self.connection.execute("COMMIT")
        self.is_new = False
        self.committed = True

    def close(self) -> None:
        """Lets go of the file, which is not left behind where it is new and nothing came of the load.

        Raises WarehouseError where all is loaded, but the drive has no room to put it in order.
        """
        try:
            if self.open:
                self.connection.execute("ROLLBACK")
            self.connection.execute("USE memory")
            self.connection.execute(f"DETACH {_CATALOG}")
        except duckdb.Error as error:
            # What was committed stands in the file beside the database, and the next to open it takes it over.
            # Where nothing was, the caller is on its way out with the reason already.
            if self.committed:
                raise WarehouseError("full_but_loaded", path=str(self.path), error=first_line(error)) from error
        finally:
            if self.is_new:
                self.path.unlink(missing_ok=True)
                self.path.with_name(self.path.name + ".wal").unlink(missing_ok=True)

    @contextmanager
    def _clear(self) -> Iterator[None]:
        """Says what DuckDB refused in words of ours."""
        try:
            yield
        except duckdb.Error as error:
            said = first_line(error)
            code = next((meaning for part, meaning in _MEANINGS if part in str(error).casefold()), "refused")
            raise WarehouseError(code, where=str(self.path), path=str(self.path), error=said) from error
