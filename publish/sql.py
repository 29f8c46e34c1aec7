"""Statements that make the contract's relations in a database, DuckDB or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from publish.contract import Column, Relation


class Dialect(StrEnum):
    DUCKDB = "duckdb"
    POSTGRES = "postgres"


def sql_type(column: Column, dialect: Dialect) -> str:
    """The column's type as the database calls it."""
    names = column.type.names
    return names.postgres if dialect is Dialect.POSTGRES else names.duckdb


def columns_of(relation: Relation, dialect: Dialect) -> list[str]:
    """The definitions of its columns, without its key."""
    return [f"{quoted(c.name)} {sql_type(c, dialect)}{'' if c.nullable else ' NOT NULL'}" for c in relation.columns]


def references(relation: Relation) -> Iterator[tuple[str, str, str]]:
    """(column, relation, column there) of every reference that the database holds."""
    for column in relation.columns:
        if column.enforced and column.refers_to:
            yield (column.name, *column.refers_to.split("."))  # type: ignore[misc]


def create(relation: Relation, dialect: Dialect) -> str:
    """The table with its key and references."""
    keys = [f"PRIMARY KEY ({quoted(relation.key)})"]
    keys += [
        f"FOREIGN KEY ({quoted(column)}) REFERENCES {quoted(other)} ({quoted(key)})"
        for column, other, key in references(relation)
    ]
    return f"CREATE TABLE {quoted(relation.name)} ({', '.join(columns_of(relation, dialect) + keys)})"


def comments(relation: Relation) -> Iterator[str]:
    """What the relation and its columns mean, as the database keeps it."""
    yield f"COMMENT ON TABLE {quoted(relation.name)} IS {literal(relation.description)}"
    for column in relation.columns:
        yield f"COMMENT ON COLUMN {quoted(relation.name)}.{quoted(column.name)} IS {literal(column.meaning)}"


def quoted(name: str) -> str:
    """A name that may be a word of SQL (`check`)."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def listed(names: Iterable[str]) -> str:
    """Names, quoted and parted by commas."""
    return ", ".join(map(quoted, names))
