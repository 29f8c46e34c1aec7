"""Which mark a document prints between thousands, where a figure alone does not tell.

In: the figures of a table as they are printed, and those of the document's other tables.  Out: the figures read by the
notation that they prove together: "606,000" beside "2,191,000" is no amount with three decimals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.models import Block, Grid
from lexicon.characters import MINUS
from lexicon.figures import parse_figure
from normalize.tables.lines import RawLine

FEWEST = 2  # figures with a comma before three digits that show a table's commas to stand between thousands

_AROUND = f"()+ {MINUS}"
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_PROVEN = re.compile(r"[1-9]\d{0,2}(?:(?:,\d{3}){2,}|(?:,\d{3})+\.\d+)")  # no decimals are parted twice
_BELOW = re.compile(r"\d{1,3}(?:\.\d{1,2})?")


def settle_notation(lines: Sequence[RawLine], blocks: Sequence[Block], own: Grid, *, kroner: bool) -> None:
    """Reads the figures of the grid `own` by the notation that it proves, or that the other grids of `blocks` do.

    "1.000" is one beside "0.62"; "606,000" is a thousand times as much beside "2,191,000", or where the figures count
    whole kroner, which have no third decimal.
    """
    printed = [p for line in lines for p in line.figures.values()]
    if all(p.figure.other is None for p in printed):
        return
    digits = [p.figure.printed.strip(_AROUND) for p in printed]
    if _dots_part_decimals(digits):
        mark, shift = ".", Decimal("0.001")
    elif _may_part_thousands(digits) and (kroner or _commas_part_thousands(digits) or _proven_beside(blocks, own)):
        mark, shift = ",", Decimal(1000)
    else:
        return
    for line in lines:
        for index, p in line.figures.items():
            if p.figure.other is not None and mark in p.figure.printed:
                figure = replace(
                    p.figure, value=p.figure.other, half_step=p.figure.half_step * shift, other=p.figure.value
                )
                line.figures[index] = replace(p, figure=figure)


def _dots_part_decimals(digits: Sequence[str]) -> bool:
    """Whether full stops part decimals: "0.62", or as many figures with one or two digits behind a stop as with three.

    A single one may be torn.
    """
    dotted = [d for d in digits if "." in d and d[:1].isdigit()]
    few = [d for d in dotted if len(d.rsplit(".", 1)[1]) in (1, 2)]
    told = 2 * len(few) >= len(dotted) or any(d.startswith("0") for d in few)
    return bool(few) and told and not any("," in d or d.count(".") > 1 for d in digits)


def _commas_part_thousands(digits: Sequence[str]) -> bool:
    """Whether a table proves it: a figure has two such commas or decimals behind one, or always three digits follow
    one and some figures without one are hundreds (thousands with three decimals beside them are another scale)."""
    if not _may_part_thousands(digits):
        return False
    hundreds = any(len(d) == 3 and _BELOW.fullmatch(d) for d in digits)
    large = sum(bool(_GROUPED.fullmatch(d)) for d in digits)
    return any(_PROVEN.fullmatch(d) for d in digits) or (large >= FEWEST and hundreds)


def _may_part_thousands(digits: Iterable[str]) -> bool:
    """Whether nothing speaks against it: no full stop before three digits, no comma before two, no thousand without."""
    return all(_GROUPED.fullmatch(d) or _BELOW.fullmatch(d) for d in digits if any(c.isdigit() for c in d))


def _proven_beside(blocks: Sequence[Block], own: Grid) -> bool:
    """Whether another table proves that commas part thousands, and none says otherwise."""
    tables = [_printed(block) for block in blocks if isinstance(block, Grid) and block is not own]
    large = [digits for digits in tables if any("," in d or "." in d for d in digits)]
    return any(map(_commas_part_thousands, large)) and all(map(_may_part_thousands, large))


def _printed(grid: Grid) -> list[str]:
    texts = [cell.text for row in grid.rows if not row.header for cell in row.cells if cell is not None]
    return [text.strip(_AROUND) for text in texts if parse_figure(text) is not None]
