"""What goes into the choice of readings and what comes out: rows with loose fragments in, placed figures out."""

from __future__ import annotations

from extract.models import Placement
from extract.records import record
from normalize.models import Role
from normalize.sums import Interval, Structure


@record
class ReadingRow:
    """A row whose figures may have lost their columns.

    Either `fixed` holds its values, one a column and already placed, or `fragments` holds its loose tokens in reading
    order.  `hint`, `bold`, `rule_above`, `shaded` and `group` are as in `SumRow`.
    """

    label: str
    fragments: tuple[str, ...] = ()
    fixed: tuple[Interval | None, ...] | None = None
    hint: Role | None = None
    bold: bool = False
    rule_above: bool = False
    shaded: bool = False
    group: str | None = None


@record
class KnownRow:
    """A row of another table of the same case, its values in the columns of this one (None: blank or not there)."""

    label: str
    values: tuple[Interval | None, ...]


@record
class Placed:
    """A figure in its column.

    It is printed in the fragments `first` to `last` of its row.  `value` is None where the fragment takes a column but
    is no figure.  `placement` is TABBED where the row leaves no choice, ARITHMETIC where the figures of the case
    settled it, UNDECIDED where nothing did; `confidence` is the probability that column and value are right.
    """

    column: int
    first: int
    last: int
    text: str
    value: Interval | None
    placement: Placement
    confidence: float


@record
class RowReading:
    """A row as read: one entry a column, and the indices of the fragments that stand in no value column."""

    cells: tuple[Placed | None, ...]
    words: tuple[int, ...] = ()


@record
class Readings:
    """The rows as read and the sums that were found on the way."""

    rows: tuple[RowReading, ...]
    structure: Structure
