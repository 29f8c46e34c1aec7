"""From when to when an administration has had its name: dated, sourced data of `administrations.toml`."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

_FILE = "administrations.toml"


class Name(BaseModel):
    """A name of an administration, with the days on which it is valid (None: not known, or not come yet)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    municipality: str = Field(min_length=1)
    administration: str = Field(min_length=1)
    first_day: date | None = None
    last_day: date | None = None
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_day is not None and self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"{self.administration}: its last day is before its first")
        return self


class _Names(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    name: tuple[Name, ...]


def valid(municipality: str | None, administration: str) -> tuple[date | None, date | None]:
    """The first and the last day on which that municipality's administration has this name, None where not known.

    An administration whose municipality is not known may be anybody's: nothing is said of it.
    """
    found = _by_name().get((municipality or "", administration))
    return (found.first_day, found.last_day) if found else (None, None)


def read(text: str) -> tuple[Name, ...]:
    """The names in a file's text.  Raises ValueError where it cannot be used, or says a name twice."""
    names = _Names.model_validate(tomllib.loads(text)).name
    if len({(n.municipality, n.administration) for n in names}) != len(names):
        raise ValueError("an administration's name stands there twice")
    return names


@cache
def _by_name() -> dict[tuple[str, str], Name]:
    text = (files("publish") / _FILE).read_text(encoding="utf-8")
    return {(name.municipality, name.administration): name for name in read(text)}
