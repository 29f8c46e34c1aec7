"""The types of columns, and what each is called in Arrow, DuckDB, PostgreSQL, JSON and in the dictionary."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

import pyarrow as pa

#: 21 digits before the comma and 6 after: exact for every figure a budget prints, in kroner or in millions.
PRECISION, DECIMALS = 28, 6
_MONEY = f"DECIMAL({PRECISION}, {DECIMALS})"
_DECIMAL_TEXT = {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}


class Names(NamedTuple):
    """One type by its names: the Arrow type, the two SQL types, the JSON schema, ODCS's logical type, plain words."""

    arrow: Any
    duckdb: str
    postgres: str
    json: dict[str, Any]
    odcs: str
    words: str


class Type(StrEnum):
    """The type of a column; lists hold no nulls."""

    TEXT = "text"
    WHOLE = "whole"
    MONEY = "money"
    REAL = "real"
    FLAG = "flag"
    DAY = "day"
    TIME = "time"
    TEXTS = "texts"
    NUMBERS = "numbers"
    MONEYS = "moneys"

    @property
    def names(self) -> Names:
        """What it is called elsewhere."""
        return _NAMES[self]

    @property
    def item(self) -> Type | None:
        """For a list the type of what it holds, else None."""
        return _ITEMS.get(self)


_ITEMS = {Type.TEXTS: Type.TEXT, Type.NUMBERS: Type.WHOLE, Type.MONEYS: Type.MONEY}
_NAMES = {
    Type.TEXT: Names(pa.string(), "VARCHAR", "text", {"type": "string"}, "string", "text"),
    Type.WHOLE: Names(pa.int32(), "INTEGER", "integer", {"type": "integer"}, "integer", "integer"),
    Type.MONEY: Names(
        pa.decimal128(PRECISION, DECIMALS),
        _MONEY,
        f"numeric({PRECISION}, {DECIMALS})",
        _DECIMAL_TEXT,
        "number",
        f"decimal({PRECISION}, {DECIMALS})",
    ),
    Type.REAL: Names(pa.float64(), "DOUBLE", "double precision", {"type": "number"}, "number", "real"),
    Type.FLAG: Names(pa.bool_(), "BOOLEAN", "boolean", {"type": "boolean"}, "boolean", "true/false"),
    Type.DAY: Names(pa.date32(), "DATE", "date", {"type": "string", "format": "date"}, "date", "date"),
    Type.TIME: Names(
        pa.timestamp("us", "UTC"),
        "TIMESTAMPTZ",
        "timestamptz",
        {"type": "string", "format": "date-time"},
        "timestamp",
        "time (UTC)",
    ),
}
_NAMES |= {
    many: Names(
        pa.list_(_NAMES[one].arrow),
        f"{_NAMES[one].duckdb}[]",
        f"{_NAMES[one].postgres}[]",
        {"type": "array", "items": _NAMES[one].json},
        "array",
        f"list of {_NAMES[one].words}",
    )
    for many, one in _ITEMS.items()
}
