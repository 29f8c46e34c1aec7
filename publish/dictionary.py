"""The schema as others need it: a page for people (docs/data-dictionary.md) and a JSON schema for programs."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from publish.contract import RELATIONS, Column, Relation
from publish.store import VIEWS

_NAMES = {pa.string(): "text", pa.int32(): "integer", pa.float64(): "real", pa.bool_(): "true/false"}
_JSON = {pa.string(): "string", pa.int32(): "integer", pa.float64(): "number", pa.bool_(): "boolean"}


def data_dictionary() -> str:
    """The page docs/data-dictionary.md, as Markdown."""
    parts = [
        "# Data dictionary",
        "",
        "Every run leaves these relations as `parquet/<relation>.parquet` and as tables of `afstem.duckdb`. "
        "This page is generated from `publish/contract.py` (`python -m publish`).",
        "",
        "Amounts are exact decimals, never binary fractions. A column that is not *required* may be null. "
        'Null always means "not there": a printed zero is 0, an empty text is empty.',
        "",
        "| relation | one row is | key |",
        "|---|---|---|",
        *(f"| [`{r.name}`](#{r.name}) | {_cell(r.description)} | `{r.key}` |" for r in RELATIONS),
    ]
    for relation in RELATIONS:
        parts += ["", *_section(relation)]
    parts += ["", "## Views of the database", "", "| view | what it shows |", "|---|---|"]
    parts += [f"| `{name}` | {_cell(description)} |" for name, description, _ in VIEWS]
    return "\n".join(parts) + "\n"


def schema() -> dict[str, Any]:
    """The relations as a JSON schema (draft 2020-12): an object with an array of rows for each relation.

    Decimals are strings, as in every JSON export that must not lose a digit.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Afstem relations",
        "type": "object",
        "properties": {r.name: {"type": "array", "description": r.description, "items": _rows(r)} for r in RELATIONS},
        "required": [r.name for r in RELATIONS],
    }


def _section(relation: Relation) -> list[str]:
    rows = [
        f"| `{c.name}` | {_type_name(c.type)} | {'' if c.nullable else 'required'} | {_meaning(c)} |"
        for c in relation.columns
    ]
    heading = [f"## {relation.name}", "", relation.description, ""]
    return [*heading, "| column | type | | meaning |", "|---|---|---|---|", *rows]


def _meaning(column: Column) -> str:
    target = f" → `{column.refers_to}`" if column.refers_to else ""
    return _cell(column.description) + target


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _type_name(kind: Any) -> str:
    if pa.types.is_list(kind):
        return f"list of {_type_name(kind.value_type)}"
    if pa.types.is_decimal(kind):
        return f"decimal({kind.precision}, {kind.scale})"
    return _NAMES[kind]


def _rows(relation: Relation) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {c.name: _json_column(c) for c in relation.columns},
        "required": list(relation.names()),
        "additionalProperties": False,
    }


def _json_column(column: Column) -> dict[str, Any]:
    shape = _json_type(column.type)
    if column.nullable:
        shape["type"] = [shape["type"], "null"]
    return {**shape, "description": column.description}


def _json_type(kind: Any) -> dict[str, Any]:
    if pa.types.is_list(kind):
        return {"type": "array", "items": _json_type(kind.value_type)}
    if pa.types.is_decimal(kind):
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
    return {"type": _JSON[kind]}
