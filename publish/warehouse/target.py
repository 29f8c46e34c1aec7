"""What a loader asks of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from publish.contract import Relation
from publish.sql import Dialect
from publish.warehouse.source import RunFolder


class Target(Protocol):
    """A database in one open transaction, in which names without a schema are the warehouse's own.

    Every method raises WarehouseError where the database refuses.
    """

    dialect: Dialect

    def execute(self, statement: str) -> int:
        """Runs a statement that changes something; how many rows it changed, where that is what it does."""

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """All rows of a query."""

    def columns(self) -> dict[str, set[str]]:
        """The tables of the schema with the names of their columns, no views; empty where there is no schema yet."""

    def create_schema(self) -> None:
        """Makes the schema where there is none."""

    def stage(self, run: RunFolder, relation: Relation, columns: Sequence[str], query: str) -> None:
        """Puts the rows of `query`, which the run answers, into a passing table `stage_<relation>`."""

    def commit(self) -> None:
        """Makes everything visible at once."""

    def close(self) -> None:
        """Ends the connection; what was not committed never was."""
