"""One slip of the pen in a sound document: what authors do wrong, and where a checker should say so.

`inject(doc, kind, rng)` gives the document with one slip of that kind and what is to be found, or None where the
document has no place for it.  Only figures that some identity holds are touched, and only by more than rounding hides.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bench.typeset import slips_tables
from bench.typeset.spec import Doc, figure, printed
from bench.typeset.spots import Slipped, exchanged, slack, spots


def _changed_figure(
    doc: Doc, rng: random.Random, kind: str, change: Callable[[str, random.Random], str | None], causes: tuple[str, ...]
) -> Slipped | None:
    held = list(spots(doc))
    rng.shuffle(held)
    for spot in held:
        cell = change(spot.cell, rng)
        value, was = figure(cell or ""), figure(spot.cell)
        if cell is None or value is None or was is None or abs(value - was) <= slack(spot.table):
            continue
        what = f"{spot.place.table} '{spot.place.row}' {spot.place.year}: {spot.cell} is printed {cell}"
        return Slipped(
            exchanged(doc, spot.case, spot.with_cell(cell)),
            kind,
            spot.case.code or spot.case.title or "",
            (spot.place,),
            spot.near(),
            ("column_total", "row_total", "cross_table", "committee", "catalogue"),
            causes,
            what,
        )
    return None


def _digits(cell: str) -> tuple[str, str, int]:
    """Sign, digits without marks, number of decimals."""
    sign, body = ("-", cell[1:]) if cell.startswith("-") else ("", cell)
    whole, _, decimals = body.partition(",")
    return sign, whole.replace(".", "") + decimals, len(decimals)


def _made(sign: str, digits: str, decimals: int) -> str:
    value = Decimal(sign + digits).scaleb(-decimals)
    return printed(value, decimals)


def _transposed(cell: str, rng: random.Random) -> str | None:
    sign, digits, decimals = _digits(cell)
    pairs = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and not (i == 0 and "0" in digits[:2])]
    if not pairs:
        return None
    i = rng.choice(pairs)
    return _made(sign, digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :], decimals)


def _mistyped(cell: str, rng: random.Random) -> str | None:
    sign, digits, decimals = _digits(cell)
    i = rng.randrange(digits.startswith("0"), len(digits))
    other = rng.choice([d for d in "123456789" if d != digits[i]])
    return _made(sign, digits[:i] + other + digits[i + 1 :], decimals)


def _dropped(cell: str, rng: random.Random) -> str | None:
    sign, digits, decimals = _digits(cell)
    if len(digits) - decimals < 2:
        return None
    i = rng.randrange(len(digits) - decimals)
    left = digits[:i] + digits[i + 1 :]
    return None if left[0] == "0" else _made(sign, left, decimals)


def _flipped(cell: str, rng: random.Random) -> str | None:
    return cell.removeprefix("-") if cell.startswith("-") else f"-{cell}"


def _thousandfold(cell: str, rng: random.Random) -> str | None:
    value = figure(cell)
    return None if value is None else printed(value * 1000, _digits(cell)[2])


def _column_off(doc: Doc, rng: random.Random) -> Slipped | None:
    held = [s for s in spots(doc) if s.table.columns[s.column].kind == "year"]
    rng.shuffle(held)
    for spot in held:
        beside = [
            c
            for c in (spot.column - 1, spot.column + 1)
            if 0 <= c < len(spot.table.columns)
            and spot.table.columns[c].kind == "year"
            and not figure(spot.table.rows[spot.row].cells[c])
        ]
        value = figure(spot.cell)
        if not beside or value is None or abs(value) <= slack(spot.table):
            continue
        other = replace(spot, column=rng.choice(beside))
        table = spot.table.with_cell(spot.row, spot.column, other.cell).with_cell(spot.row, other.column, spot.cell)
        return Slipped(
            exchanged(doc, spot.case, spot.case.with_table(spot.table, table)),
            "column_off",
            spot.case.code or spot.case.title or "",
            (spot.place, other.place),
            (*spot.near(), *other.near()),
            ("column_total", "row_total", "cross_table", "committee", "catalogue"),
            ("column_shift",),
            f"{spot.place.table} '{spot.place.row}': {spot.cell} of {spot.place.year} stands in {other.place.year}",
        )
    return None


def _figure_slip(
    kind: str, change: Callable[[str, random.Random], str | None], *causes: str
) -> Callable[[Doc, random.Random], Slipped | None]:
    return lambda doc, rng: _changed_figure(doc, rng, kind, change, causes)


KINDS: dict[str, Callable[[Doc, random.Random], Slipped | None]] = {
    "digits_swapped": _figure_slip("digits_swapped", _transposed, "transposed_digits"),
    "digit_mistyped": _figure_slip("digit_mistyped", _mistyped, "mistyped_digit"),
    "digit_dropped": _figure_slip("digit_dropped", _dropped, "dropped_digit"),
    "sign_flipped": _figure_slip("sign_flipped", _flipped, "sign"),
    "factor_1000": _figure_slip("factor_1000", _thousandfold, "factor_1000"),
    "rows_swapped": slips_tables.rows_swapped,
    "column_off": _column_off,
    "stale_total": slips_tables.stale_total,
    "other_total": slips_tables.other_total,
    "price_level": slips_tables.price_level,
    "repeated_year": slips_tables.repeated_year,
    "prose_amount": slips_tables.prose_amount,
    "committees_swapped": slips_tables.committees_swapped,
}


def inject(doc: Doc, kind: str, rng: random.Random) -> Slipped | None:
    """The document with one slip of that kind (a key of KINDS), or None where it has no place for one."""
    return KINDS[kind](doc, rng)
