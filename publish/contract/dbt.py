"""The contract as dbt's sources: `sources.yml` with freshness, and a test for every promise."""

from __future__ import annotations

from typing import Any

import yaml

from publish.contract import CONTRACT, Column, Relation, Type

#: Weekly runs: a day late is a warning, two weeks late an error.
_WARN_DAYS, _ERROR_DAYS = 8, 14
_WIDTH = 120  # characters of a line


def dbt_sources(schema: str = "afstem") -> str:
    """The file as YAML, for a warehouse in this schema."""
    source = {
        "name": "afstem",
        "description": "Economic figures of municipal business cases, loaded by `afstem load`.",
        "schema": schema,
        "tables": [_table(relation) for relation in CONTRACT.relations],
    }
    told = {"version": 2, "sources": [source]}
    text: str = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text


def _table(relation: Relation) -> dict[str, Any]:
    made: dict[str, Any] = {"name": relation.name, "description": relation.description}
    if relation.warehouse:
        made["config"] = {
            "loaded_at_field": "finished_at",
            "freshness": {
                "warn_after": {"count": _WARN_DAYS, "period": "day"},
                "error_after": {"count": _ERROR_DAYS, "period": "day"},
            },
        }
    made["columns"] = [_column(column, relation) for column in relation.columns]
    return made


def _column(column: Column, relation: Relation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "description": column.meaning,
        "data_type": column.type.names.postgres,
        "quote": True,  # `check` is a word of SQL
    }
    tests: list[Any] = []
    if column.name == relation.key:
        tests.append("unique")
    if not column.nullable:
        tests.append("not_null")
    if column.values and column.type is Type.TEXT:
        tests.append({"accepted_values": {"arguments": {"values": list(column.values)}}})
    if column.refers_to and column.enforced:
        other, field = column.refers_to.split(".")
        tests.append({"relationships": {"arguments": {"to": f"source('afstem', '{other}')", "field": field}}})
    return made | ({"data_tests": tests} if tests else {})
