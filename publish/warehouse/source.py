"""The folder of a run as a loader needs it: checked, every row with its document, and a digest of each document.

All of it happens in a DuckDB in memory that reads the Parquet files and spills to disk, so that a large run needs
little memory.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from publish.contract import RELATIONS, SAID, SCHEMA_VERSION, Relation
from publish.passing import PassingFolder
from publish.run import name_of
from publish.settling import settle
from publish.sql import listed, literal, quoted
from publish.warehouse.errors import WarehouseError, first_line

#: What DuckDB may hold in memory while it reads and writes; more goes to a passing folder.
MEMORY = "384MB"
THREADS = 2
DOCUMENT = "document_id"

#: Relations whose rows do not come and go with a document, and the documents with which they may go: what people said
#: with those of the run, rates never.
APART: dict[str, str | None] = {**dict.fromkeys(SAID, "given"), "rates": None}

#: Where the document of a row is to be found, for relations that do not name it themselves.
_HOMES = {
    "case_administrations": "JOIN cases h ON h.case_id = r.case_id",
    "case_metadata": "JOIN cases h ON h.case_id = r.case_id",
    "headings": "JOIN cases h ON h.case_id = r.case_id",
    "tables": "JOIN cases h ON h.case_id = r.case_id",
    "lines": "JOIN tables t ON t.table_id = r.table_id JOIN cases h ON h.case_id = t.case_id",
    "amounts": "JOIN cases h ON h.case_id = r.case_id",
    "projections": "JOIN amounts a ON a.amount_id = r.amount_id JOIN cases h ON h.case_id = a.case_id",
    "statements": "JOIN cases h ON h.case_id = r.case_id",
    "decisions": "LEFT JOIN findings h ON h.finding_id = r.finding_id",
}


def loaded_columns(relation: Relation) -> tuple[str, ...]:
    """The columns of a relation in a warehouse that come from the run: the contract's, and the row's document."""
    names = relation.names()
    return names if DOCUMENT in names else (*names, DOCUMENT)


class RunFolder:
    """A run's relations as views of a DuckDB connection, each with the columns of `loaded_columns`.

    Raises WarehouseError where the folder holds no run, one of another version of the contract, or not all its files.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        _settled(out)
        for relation in RELATIONS:
            _check_file(out / "parquet" / f"{relation.name}.parquet", relation, out)
        self._spill = PassingFolder("afstem-load-")
        self.spill = self._spill.path
        self.connection = duckdb.connect(
            config={"memory_limit": MEMORY, "threads": THREADS, "temp_directory": str(self.spill)}
        )
        # What is slow would draw a bar into the results.
        self.connection.execute("SET enable_progress_bar = false")
        # Times are told in UTC wherever the program runs.
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("CREATE SCHEMA source")
        for relation in RELATIONS:
            path = literal(str(out / "parquet" / f"{relation.name}.parquet"))
            self.connection.execute(
                f"CREATE VIEW {_given(relation.name)} AS SELECT {listed(relation.names())} FROM read_parquet({path})"
            )
        for relation in RELATIONS:
            self.connection.execute(
                f"CREATE VIEW {self.view(relation)} AS SELECT r.*{_home_column(relation)} "
                f"FROM {_given(relation.name)} r {_home_join(relation)}"
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        self._spill.close()

    def view(self, relation: Relation) -> str:
        """The view that gives the relation's rows, each with its document."""
        return f"memory.source.{quoted(relation.name + '_loaded')}"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.connection.execute(query).fetchall()

    def inputs(self) -> list[str]:
        """The sha256 of every input of the run, sorted."""
        return [sha for (sha,) in self.rows(f"SELECT DISTINCT sha256 FROM {_given('documents')} ORDER BY 1")]

    def run_id(self) -> str:
        """The run's name, as its report says it."""
        told = self.rows(f"SELECT sha256, file_name FROM {_given('documents')}")
        found = self.rows(f"SELECT finding_id, severity, stated, expected FROM {_given('findings')}")
        return name_of(
            (dict(zip(("sha256", "file_name"), row, strict=True)) for row in told),
            (dict(zip(("finding_id", "severity", "stated", "expected"), row, strict=True)) for row in found),
        )

    def content(self) -> str:
        """The SHA-256 of all its files together: the same only where every byte is."""
        made = sha256()
        for relation in RELATIONS:
            made.update((self.out / "parquet" / f"{relation.name}.parquet").read_bytes())
        return made.hexdigest()

    def digests(self) -> dict[str, str]:
        """By document, 128 bits of all that the run says of it, in whatever order its rows stand."""
        parts = " UNION ALL ".join(
            f"SELECT {DOCUMENT}, bit_xor(hash({literal(r.name)}, t)) AS one, sum(hash(t, {literal(r.name)})) AS other "
            f"FROM {self.view(r)} t GROUP BY {DOCUMENT}"
            for r in RELATIONS
            if r.name not in APART
        )
        both = "bit_xor(one)::VARCHAR || '.' || sum(other)::VARCHAR"
        return dict(self.rows(f"SELECT {DOCUMENT}, {both} FROM ({parts}) GROUP BY {DOCUMENT}"))

    def check_whole(self) -> None:
        """Raises WarehouseError where files of different runs stand beside each other, or a file lost rows."""
        counts = "coalesce(sum(cases), 0)::BIGINT, coalesce(sum(tables), 0)::BIGINT, coalesce(sum(figures), 0)::BIGINT"
        told = self.rows(f"SELECT {counts} FROM {_given('documents')}")
        there = ", ".join(f"(SELECT count(*) FROM {_given(name)})" for name in ("cases", "tables", "amounts"))
        if told != self.rows(f"SELECT {there}"):
            raise WarehouseError("half_run", path=str(self.out))
        for relation in RELATIONS:
            for column in relation.columns:
                if not column.enforced or not column.refers_to:
                    continue
                other, key = column.refers_to.split(".")
                lost = self.rows(
                    f"SELECT r.{quoted(column.name)} FROM {_given(relation.name)} r "
                    f"ANTI JOIN {_given(other)} o ON o.{quoted(key)} = r.{quoted(column.name)} "
                    f"WHERE r.{quoted(column.name)} IS NOT NULL LIMIT 1"
                )
                if lost:
                    raise WarehouseError("half_run", path=str(self.out))


def _settled(out: Path) -> None:
    """What a killed run had begun to put in its place is there."""
    try:
        settle(out)
    except OSError as error:
        raise WarehouseError("half_run", path=str(out)) from error


def _check_file(path: Path, relation: Relation, out: Path) -> None:
    try:
        stored = pq.read_schema(path)
    except FileNotFoundError:
        raise WarehouseError("no_run" if relation is RELATIONS[0] else "half_run", path=str(out)) from None
    except (pa.ArrowInvalid, OSError) as error:
        raise WarehouseError("unreadable", path=str(path), error=first_line(error)) from error
    version = int((stored.metadata or {}).get(b"schema_version", b"1"))
    if version > SCHEMA_VERSION:
        raise WarehouseError("newer_run", path=str(out), found=str(version), known=str(SCHEMA_VERSION))
    unknown = [name for name in stored.names if name not in relation.names()]
    if unknown:
        raise WarehouseError("unknown_column", path=str(path), columns=", ".join(unknown))
    if version < SCHEMA_VERSION or stored.names != list(relation.names()):
        raise WarehouseError("older_run", path=str(out), found=str(version), known=str(SCHEMA_VERSION))


def _given(name: str) -> str:
    return f"memory.source.{quoted(name)}"


def _home_column(relation: Relation) -> str:
    if DOCUMENT in relation.names():
        return ""
    return f", h.{DOCUMENT}" if relation.name in _HOMES else f", CAST(NULL AS VARCHAR) AS {DOCUMENT}"


def _home_join(relation: Relation) -> str:
    join = _HOMES.get(relation.name, "")
    for name in ("cases", "tables", "amounts", "findings"):
        join = join.replace(f"JOIN {name} ", f"JOIN {_given(name)} ")
    return join
