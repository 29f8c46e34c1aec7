"""`record`: the dataclass of this project's models, whose fields are set once, when it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def record(cls: type[_T]) -> type[_T]:
    """A dataclass with slots, hashed by its fields, that nobody may change: mypy holds everybody to that.

    Python's own `frozen=True` checks it at run time as well and takes three times as long to make an object, and a
    batch makes millions of cells, boxes and amounts.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
