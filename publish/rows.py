"""The rows of a relation while they are collected, and what of a value its columns hold."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

import pyarrow as pa

from extract.models import Place
from publish import contract

_STEP = Decimal(1).scaleb(-contract.DECIMALS)
_WHOLE_DIGITS = contract.PRECISION - contract.DECIMALS - 1  # one to spare for rounding up
#: The relations whose rows come with a document; what else there is comes from the run as a whole.
OF_A_DOCUMENT = {
    relation.name: relation
    for relation in contract.RELATIONS
    if relation.name not in ("rates", "projections", *contract.SAID)
}
_SCHEMAS = {name: relation.arrow() for name, relation in OF_A_DOCUMENT.items()}


class Rows:
    """The rows of one relation, collected column by column."""

    def __init__(self, relation: contract.Relation) -> None:
        self.relation = relation
        self.columns: dict[str, list[Any]] = {name: [] for name in relation.names()}

    def add(self, **values: Any) -> None:
        """One row; every column must be named."""
        if len(values) != len(self.columns):
            raise TypeError(f"{self.relation.name}: {sorted(values.keys() ^ self.columns.keys())} missing or unknown")
        for name, value in values.items():
            self.columns[name].append(value)

    def __len__(self) -> int:
        return len(self.columns[self.relation.key])

    def batch(self) -> Any:
        """The Arrow record batch.  Raises ValueError where a key names two rows."""
        keys = self.columns[self.relation.key]
        if len(set(keys)) != len(keys):
            twice = sorted({k for k in keys if keys.count(k) > 1})[:5]
            raise ValueError(f"{self.relation.name}: {self.relation.key} is not unique: {', '.join(twice)}")
        schema = _SCHEMAS[self.relation.name]
        arrays = [pa.array(self.columns[f.name], type=f.type) for f in schema]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


def printed_at(place: Place) -> dict[str, int | float | None]:
    x0, y0, x1, y1 = place.box if place.box else (None, None, None, None)
    return {"page": place.page, "x0": x0, "y0": y0, "x1": x1, "y1": y1, "source_line": place.line}


def exact(value: Decimal | None) -> Decimal | None:
    """The value as the columns hold it: rounded only beyond the sixth decimal, None where too long to be a figure."""
    if value is None or not value.is_finite() or value.adjusted() >= _WHOLE_DIGITS:
        return None
    return value.quantize(_STEP, ROUND_HALF_EVEN)
