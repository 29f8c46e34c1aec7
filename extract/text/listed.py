"""The codes of a list that a dump printed before the names: "TM1 Lys på stier" under "Nr. Forslag".

In the document they stand in a column of their own, and are the rows' labels there; so they are in a dump of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.models import Cell, Row
from lexicon.codes import code_and_name
from lexicon.lines import closes, code_header

_LEAST = 2  # rows with a code
_MOST_WITHOUT = 0.2  # share of the rows with figures, sums not counted, that may have none


def with_codes_apart(rows: Sequence[Row]) -> list[Row]:
    """The rows with codes and names in two columns, where the header names both and the labels begin with codes."""
    stubs = [code_header(_label(row)) for row in rows if row.header]
    labels = [_label(row) for row in rows if not row.header and row.loose]
    coded = [label for label in labels if code_and_name(label) is not None]
    without = sum(not closes(label) for label in labels if label not in coded)
    if not any(stubs) or len(coded) < _LEAST or without > _MOST_WITHOUT * (len(coded) + without):
        return list(rows)
    return [_parted(row) for row in rows]


def _label(row: Row) -> str:
    return row.cells[0].text if row.cells[0] is not None else ""


def _parted(row: Row) -> Row:
    first, *others = row.cells
    found = code_header(_label(row)) if row.header else code_and_name(_label(row)) if row.loose else None
    if first is None or found is None:
        return replace(row, cells=(first, None, *others))
    return replace(row, cells=(*_cut(first, *found), *others))


def _cut(cell: Cell, code: str, name: str) -> tuple[Cell, Cell]:
    """The cell as two; of what is printed, the first has the words of the code."""
    size, printed = len(code.split()), cell.raw.split()
    raw = " ".join(printed[:size]), cell.raw.split(maxsplit=size)[size]
    return replace(cell, text=code, raw=raw[0]), replace(cell, text=name, raw=raw[1])
