"""What goes in and what comes out of the search for sums: rows of labels and numbers in, roles and sums out."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from extract.records import record
from normalize.models import Role, Sum


class Interval(NamedTuple):
    """A printed number: the interval `value ± half_step`, `half_step` being half a unit of its last printed digit.

    `half_step` is 0 where the number is exact by nature (a dash, a share of a full-time position).
    """

    value: Decimal
    half_step: Decimal = Decimal(0)


@record
class SumRow:
    """One row of a grid of numbers.

    `values` has one entry a column, None where the cell is blank.  `hint` is what the vocabulary says of the label
    (total, subtotal, section, memo or payback words), None where it says nothing.  `group` is a word the row is sorted
    under (its steering area), `texts` the number of its other printed cells that hold words.
    """

    label: str
    values: tuple[Interval | None, ...]
    hint: Role | None = None
    bold: bool = False
    rule_above: bool = False
    shaded: bool = False
    indent: float = 0.0
    italic: bool = False
    group: str | None = None
    texts: int = 0

    @property
    def blank(self) -> bool:
        """Whether the row holds no number at all."""
        return all(value is None for value in self.values)


@record
class Structure:
    """The roles of the rows, one each, and the sums among them, ordered by their total's row."""

    roles: tuple[Role, ...]
    sums: tuple[Sum, ...]
