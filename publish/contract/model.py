"""What a contract consists of: relations, their columns, keys and references, checked when they are put together."""

from __future__ import annotations

from typing import Any, Self

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, model_validator

from publish.contract.types import Type

#: Rises by one whenever a column or relation comes, goes or changes its meaning; the warehouse's migrations say how
#: a loaded schema follows.  1 was the contract before it had a number.
SCHEMA_VERSION = 8
_NAME = r"^[a-z][a-z0-9_]*$"


class _Frozen(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(_Frozen):
    """A column: its type, what it means, whether it may be null, the column it refers to and the words it may hold."""

    name: str = Field(pattern=_NAME)
    type: Type
    description: str = Field(min_length=1)
    nullable: bool = True
    refers_to: str | None = Field(None, pattern=r"^[a-z_]+\.[a-z_]+$")  # "cases.case_id"
    #: Whether the database holds the reference.  Not where another column already implies it (an amount's row lies in
    #: the amount's table), not within a relation, and not where what it names may be gone.
    enforced: bool = False
    values: tuple[str, ...] = ()

    def required(self) -> Column:
        """The same column, never null."""
        return self.model_copy(update={"nullable": False})

    @property
    def meaning(self) -> str:
        """The description, with the words that the column may hold."""
        return f"{self.description} {', '.join(f'`{v}`' for v in self.values)}." if self.values else self.description


class Relation(_Frozen):
    """A relation; `key` names the column that identifies a row.

    `warehouse` relations are kept by the loader alone and are no part of a run's folder.
    """

    name: str = Field(pattern=_NAME)
    description: str = Field(min_length=1)
    columns: tuple[Column, ...] = Field(min_length=1)
    key: str
    warehouse: bool = False

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        names = self.names()
        if len(set(names)) != len(names):
            raise ValueError(f"{self.name}: a column is named twice")
        if self.key not in names or self.column(self.key).nullable:
            raise ValueError(f"{self.name}: its key {self.key} is no required column")
        return self

    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(c.name for c in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name.  Raises KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    def arrow(self) -> Any:
        """The Arrow schema, with the meanings as metadata of its fields, and the contract's version as its own."""
        fields = [
            pa.field(c.name, c.type.names.arrow, nullable=c.nullable, metadata={"description": c.meaning})
            for c in self.columns
        ]
        return pa.schema(fields, metadata={"description": self.description, "schema_version": str(SCHEMA_VERSION)})


class Contract(_Frozen):
    """All relations, parents before children."""

    version: int = Field(ge=1)
    relations: tuple[Relation, ...]

    @model_validator(mode="after")
    def _references_point_to_keys(self) -> Self:
        keys: set[str] = set()
        for relation in self.relations:
            keys.add(f"{relation.name}.{relation.key}")
            for column in relation.columns:
                if column.refers_to is not None and column.refers_to not in keys:
                    raise ValueError(
                        f"{relation.name}.{column.name}: {column.refers_to} is no key that stands before it"
                    )
        return self

    def relation(self, name: str) -> Relation:
        """The relation of that name.  Raises KeyError where there is none."""
        for relation in self.relations:
            if relation.name == name:
                return relation
        raise KeyError(name)


def need(
    name: str, kind: Type, description: str, refers_to: str | None = None, *, values: tuple[str, ...] = ()
) -> Column:
    """A column that is never null; a reference is one that the database holds."""
    return Column(
        name=name,
        type=kind,
        description=description,
        nullable=False,
        refers_to=refers_to,
        enforced=refers_to is not None,
        values=values,
    )


def may(
    name: str,
    kind: Type,
    description: str,
    refers_to: str | None = None,
    *,
    enforced: bool = False,
    values: tuple[str, ...] = (),
) -> Column:
    """A column that may be null."""
    return Column(name=name, type=kind, description=description, refers_to=refers_to, enforced=enforced, values=values)


#: Whoever shares some rows need not look for their case to know that they may not.
CONFIDENTIAL = need("confidential", Type.FLAG, "True where the case it belongs to says it is confidential (fortrolig).")
#: Where something is printed.
PLACE = (
    may("page", Type.WHOLE, "Page where it is printed, from 1."),
    may("x0", Type.REAL, "Left edge in PDF points from the page's top left, as shown; null for text files."),
    may("y0", Type.REAL, "Top edge, likewise."),
    may("x1", Type.REAL, "Right edge, likewise."),
    may("y1", Type.REAL, "Bottom edge, likewise."),
    may("source_line", Type.WHOLE, "Line of the text file, from 1; null for a PDF."),
)
