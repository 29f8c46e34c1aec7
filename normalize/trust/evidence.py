"""All that speaks for and against the figures of a case's tables, by figure: its row, its column's name, its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from extract.records import record
from normalize.models import Amount, Line, Table
from normalize.trust.columns import Columns, columns_of, header
from normalize.trust.places import Places, places_of
from normalize.trust.rows import Rows, rows_of

Terms = dict[str, float]


@record
class Evidence:
    """The evidence on one table."""

    rows: Rows
    columns: Columns
    places: Places

    def of_row(self, line: Line) -> Iterator[Terms]:
        """What bears on a row's label."""
        yield self.way
        yield self.rows.shared
        yield self.rows.own[line.ordinal]

    def of_name(self, amount: Amount) -> Iterator[Terms]:
        """What bears on the name of a figure's column."""
        yield self.way
        yield self.columns.shared
        yield self.columns.own[amount.column]

    def of_place(self, line: Line, amount: Amount) -> Iterator[Terms]:
        """What bears on a figure's place and value."""
        yield self.places.shared
        yield self.places.rows[line.ordinal]
        yield self.places.own[line.ordinal, amount.column]

    @property
    def way(self) -> Terms:
        """How the table was read, and what lies about it."""
        return {name: size for name, size in self.places.shared.items() if name in _WAYS}


_WAYS = frozenset(
    {
        "loose",
        "ruled",
        "parted",
        "aligned_boxes",
        "aligned_text",
        "lost",
        "beside",
        "undecided_share",
        "closing",
        "failing_share",
        "full_share",
        "rows_close",
    }
)


def evidence_of(tables: Sequence[Table], beside: Sequence[int]) -> list[Evidence]:
    """The evidence on each table of a case; `beside[n]` counts the lines next to it that are only figures."""
    labels = [Counter({line.label.casefold() for line in t.lines if line.amounts and line.label}) for t in tables]
    headers = [header(t) for t in tables]
    figures: list[Counter[tuple[str, int | None, Decimal]]] = [
        Counter(
            {(line.label.casefold(), a.year, a.value) for line in t.lines for a in line.amounts if a.value and a.year}
        )
        for t in tables
    ]
    pieces = _pieces(tables, headers)
    found: list[Evidence] = []
    for n, table in enumerate(tables):
        other_labels = _others(labels, n)
        found.append(
            Evidence(
                rows_of(table, other_labels, piece=pieces[n]),
                columns_of(table, Counter(h for k, h in enumerate(headers) if k != n), piece=pieces[n]),
                places_of(table, _others(figures, n), beside[n]),
            )
        )
    return found


def _pieces(tables: Sequence[Table], headers: Sequence[tuple[str, ...]]) -> list[bool]:
    """Which tables are likely the halves of one: a table without a label of its own goes on under the same header."""
    found = [False] * len(tables)
    for n in range(1, len(tables)):
        if tables[n].label is None and headers[n] and headers[n] == headers[n - 1]:
            found[n - 1] = found[n] = True
    return found


_T = TypeVar("_T")


def _others(counted: Sequence[Counter[_T]], but: int) -> Counter[_T]:
    return sum((one for n, one in enumerate(counted) if n != but), start=Counter[_T]())
