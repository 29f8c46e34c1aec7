"""What a slip is: a change of a sound paper, and where and as what it should be found."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from bench.foundry.model import Column, Line, Paper, Row, Table

T = TypeVar("T")

#: A figure that a slip touches is at least this many of the table's smallest steps, so that rounding hides nothing.
PLAIN_SIZE = 40


@dataclass
class Planted:
    """Where a slip shows: in any of these tables, rows and years; all of them where a list is empty."""

    tables: list[str] = field(default_factory=list)  # captions, or the paper's names of tables without one
    rows: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    checks: list[str] = field(default_factory=list)
    cause: str = ""  # a pattern of words that name the cause; "" where any is right
    text: str = ""  # the changed sentence

    def record(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


class NoRoomError(Exception):
    """The paper has no place for this slip."""


@dataclass
class Site:
    """A paper about to get a slip: it is a copy, and may be changed."""

    paper: Paper
    rng: random.Random

    def tables(self, *names: str) -> list[Table]:
        """The paper's tables, or those of these names."""
        return [t for c in self.paper.cases for t in c.tables() if not names or t.name in names]

    def table(self, name: str) -> Table:
        """The table of a name."""
        found = self.tables(name)
        if not found:
            raise NoRoomError
        return found[0]

    def summed(self, least: int = 2) -> tuple[Table, int]:
        """A table and the index of a row in it that is the sum of at least so many rows."""
        offers = [
            (t, i) for t in self.tables() for i, r in enumerate(t.rows) if len(r.parts) >= least and self.columns(t)
        ]
        return self.one(offers)

    def columns(self, table: Table) -> list[int]:
        """Indexes of the columns that sums hold of."""
        return [i for i, c in enumerate(table.columns) if c.kind == "figure" and c.make in ("free", "years")]

    def one(self, offers: Sequence[T]) -> T:
        """One of them; no room where there is none."""
        if not offers:
            raise NoRoomError
        return self.rng.choice(offers)

    def sentence(self, *words: str) -> Line:
        """A sentence that holds these words."""
        lines = [b for b in self.paper.blocks() if isinstance(b, Line) and b.style == "text"]
        return self.one([x for x in lines if all(w in x.text for w in words)])


Slip = Callable[[Site], Planted]
SLIPS: dict[str, tuple[Slip, list[str]]] = {}


def slip(*families: str) -> Callable[[Slip], Slip]:
    """Registers a slip and the families (or linked kinds) whose papers it is tried on."""

    def register(made: Slip) -> Slip:
        SLIPS[made.__name__] = (made, list(families))
        return made

    return register


def planted(name: str, paper: Paper, seed: int) -> tuple[Paper, Planted]:
    """A copy of the paper with the slip in it. Raises NoRoomError where it has no place for it."""
    changed = copy.deepcopy(paper)
    return changed, SLIPS[name][0](Site(changed, random.Random(f"{seed}/{name}/{paper.name}")))


def put(table: Table, at: int, row: Row) -> None:
    """A row before the one at this index; sums keep their parts."""
    for r in table.rows:
        r.parts = [p + (p >= at) for p in r.parts]
    table.rows.insert(at, row)


def take(table: Table, at: int) -> None:
    """Takes a row away, also from the parts of sums, whose figures stay."""
    del table.rows[at]
    for r in table.rows:
        r.parts = [p - (p > at) for p in r.parts if p != at]


def big(table: Table, row: Row, columns: list[int]) -> list[int]:
    """Columns in which the row's figure is large enough to be mistyped."""
    step = Decimal(1).scaleb(-table.decimals)
    return [i for i in columns if isinstance(c := row.cells[i], Decimal) and abs(c) >= PLAIN_SIZE * step]


def figure(row: Row, index: int) -> Decimal:
    """A cell that is a figure."""
    cell = row.cells[index]
    if not isinstance(cell, Decimal):
        raise NoRoomError
    return cell


def year_of(columns: list[Column], *indexes: int) -> list[int]:
    """The years of some columns."""
    return [y for i in indexes if (y := columns[i].year)]


def named(table: Table) -> str:
    """What the table is called in the truth."""
    return table.caption or table.name
