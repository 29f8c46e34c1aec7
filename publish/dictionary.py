"""The schema as others need it: a page for people (docs/data-dictionary.md) and a JSON schema for programs."""

from __future__ import annotations

from typing import Any

from publish.contract import CONTRACT, RELATIONS, SCHEMA_VERSION, Column, Relation
from publish.views import VIEWS


def data_dictionary() -> str:
    """The page docs/data-dictionary.md, as Markdown."""
    parts = [
        "# Data dictionary",
        "",
        "Every run leaves these relations as `parquet/<relation>.parquet` and as tables of `afstem.duckdb`. "
        f"Its schema has the version {SCHEMA_VERSION}. This page is generated from `publish/contract` "
        f"(`python -m publish`).",
        "",
        "Amounts are exact decimals, never binary fractions. A column that is not *required* may be null. "
        'Null always means "not there": a printed zero is 0, an empty text is empty.',
        "",
        "| relation | one row is | key |",
        "|---|---|---|",
        *(f"| [`{r.name}`](#{r.name}) | {_cell(r.description)} | `{r.key}` |" for r in CONTRACT.relations),
    ]
    for relation in CONTRACT.relations:
        parts += ["", *_section(relation)]
    parts += ["", "## Views of the database", "", "| view | what it shows |", "|---|---|"]
    parts += [f"| `{view.name}` | {_cell(view.description)} |" for view in VIEWS]
    return "\n".join(parts) + "\n"


def schema() -> dict[str, Any]:
    """The relations as a JSON schema (draft 2020-12): an object with an array of rows for each relation.

    Decimals are strings, as in every JSON export that must not lose a digit.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Afstem relations",
        "version": SCHEMA_VERSION,
        "type": "object",
        "properties": {r.name: {"type": "array", "description": r.description, "items": _rows(r)} for r in RELATIONS},
        "required": [r.name for r in RELATIONS],
    }


def _section(relation: Relation) -> list[str]:
    rows = [
        f"| `{c.name}` | {c.type.names.words} | {'' if c.nullable else 'required'} | {_meaning(c)} |"
        for c in relation.columns
    ]
    heading = [f"## {relation.name}", "", relation.description, ""]
    return [*heading, "| column | type | | meaning |", "|---|---|---|---|", *rows]


def _meaning(column: Column) -> str:
    target = f" → `{column.refers_to}`" if column.refers_to else ""
    return _cell(column.meaning) + target


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _rows(relation: Relation) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {c.name: _json_column(c) for c in relation.columns},
        "required": list(relation.names()),
        "additionalProperties": False,
    }


def _json_column(column: Column) -> dict[str, Any]:
    shape = dict(column.type.names.json)
    if column.values and column.type.item is not None:
        shape["items"] = {**shape["items"], "enum": list(column.values)}
    elif column.values:
        shape["enum"] = [*column.values, *([None] if column.nullable else [])]
    if column.nullable:
        shape["type"] = [shape["type"], "null"]
    return {**shape, "description": column.description}
