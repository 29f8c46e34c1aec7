"""The JSON schema of what `afstem show --json` prints, made from the stages' models: `docs/show.schema.json`."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from extract.models import Document
from normalize.models import Case
from reconcile.models import Finding

Schema = dict[str, Any]
_PLAIN: dict[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}
_DECIMAL = {"type": "string", "format": "decimal", "description": "A decimal number, every digit kept."}


def schema() -> Schema:
    """The JSON schema of one document as `afstem show --json` prints it; several documents are an array of these."""
    made = _Schemas()
    document = {"$ref": made.of(Document)["$ref"]}
    properties = {
        "document": document,
        "cases": {"type": "array", "items": made.of(Case)},
        "findings": {"type": "array", "items": made.of(Finding)},
    }
    # The document's printed blocks are left out, and a finding has its text in the language of the command.
    made.without("Document", "blocks")
    made.definitions["Finding"]["properties"]["text"] = {"type": "string"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "afstem show --json",
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "$defs": dict(sorted((n, d) for n, d in made.definitions.items() if n in made.reached(properties))),
    }


class _Schemas:
    """Schemas of models by name; two models of one name in different stages are told apart by their stage."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}
        self._names: dict[Any, str] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of values of this type."""
        if kind is Decimal:
            return dict(_DECIMAL)
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if get_origin(kind) in (Union, UnionType):
            return {"anyOf": [self.of(k) for k in get_args(kind)]}
        if get_origin(kind) is tuple:
            return self._sequence(get_args(kind))
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return {"enum": [str(value) for value in kind]}
        return {"$ref": f"#/$defs/{self._record(kind)}"}

    def _sequence(self, kinds: tuple[Any, ...]) -> Schema:
        if kinds[-1] is Ellipsis:
            return {"type": "array", "items": self.of(kinds[0])}
        return {"type": "array", "prefixItems": [self.of(k) for k in kinds], "items": False}

    def _record(self, kind: Any) -> str:
        """A dataclass or a named tuple, both printed as objects."""
        if kind in self._names:
            return self._names[kind]
        name = (
            kind.__name__
            if kind.__name__ not in self.definitions
            else f"{kind.__module__.split('.')[0]}.{kind.__name__}"
        )
        self._names[kind] = name
        self.definitions[name] = {}
        hints = get_type_hints(kind)
        names = [f.name for f in fields(kind)] if is_dataclass(kind) else list(kind._fields)
        self.definitions[name] = {
            "type": "object",
            "properties": {n: self.of(hints[n]) for n in names},
            "required": names,
        }
        return name

    def without(self, name: str, member: str) -> None:
        """Leaves out a member."""
        del self.definitions[name]["properties"][member]
        self.definitions[name]["required"].remove(member)

    def reached(self, start: Any) -> set[str]:
        """The definitions that are still referred to."""
        found: set[str] = set()
        waiting = [start]
        while waiting:
            at = waiting.pop()
            if isinstance(at, dict):
                name = str(at.get("$ref", "")).removeprefix("#/$defs/")
                if name and name not in found:
                    found.add(name)
                    waiting.append(self.definitions[name])
                waiting.extend(at.values())
            elif isinstance(at, list):
                waiting.extend(at)
        return found


def written() -> str:
    """The text of `docs/show.schema.json`."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path("docs/show.schema.json").write_text(written(), encoding="utf-8")
