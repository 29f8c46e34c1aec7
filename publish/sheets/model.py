"""What a sheet is: columns with a kind each, and rows of values of that kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from enum import StrEnum

from extract.records import record


class Kind(StrEnum):
    """What a column holds, which decides how it is shown."""

    FIGURE = "figure"  # an amount: thousands separators, negative in red
    COUNT = "count"
    YEAR = "year"  # no thousands separator
    SHARE = "share"  # from 0 to 1, two decimals
    TEXT = "text"
    LONG = "text of several lines"
    DECISION = "decision"  # one of the column's choices, or nothing yet; meant to be filled in
    FREE = "free text"  # likewise, any words


@record
class Link:
    """Words that lead somewhere: `target` is a path or address as a URL, with `#page=N` for a page of a PDF."""

    text: str
    target: str


@record
class Coded:
    """A word that stands for a code by which its cell is coloured."""

    code: str
    text: str


@record
class Year:
    """A year among figures."""

    value: int


Value = None | str | int | float | Decimal | Link | Coded | Year


@record
class Column:
    """A column: its header, its kind, what it means (for the page that explains), and the words to choose from."""

    header: str
    kind: Kind
    about: str = ""
    choices: tuple[str, ...] = ()


@record
class Sheet:
    """A sheet; `rows` makes its rows anew at each call, since there may be a million of them.

    The first `frozen` columns stay in view, and the first `printed` go on paper (0: all).
    """

    code: str
    name: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Sequence[Value]]]
    frozen: int = 1
    printed: int = 0
