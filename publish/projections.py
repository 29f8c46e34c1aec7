"""The relations of amounts in one price level."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from extract.models import Placement
from extract.records import record
from publish.contract.levels import PROJECTIONS, RATES
from publish.levels import Missing, Projected, Rates


@record
class Level:
    """The price level that is wanted, and the rates that lead there."""

    year: int
    rates: Rates


def projections(amounts: Any, level: Level | None) -> dict[str, Any]:
    """`rates` and `projections` of an Arrow table of amounts: a row for each amount of money; empty without a level."""
    rows = [] if level is None else _rows(amounts, level)
    rates = [] if level is None else level.rates.all()
    return {
        "rates": pa.Table.from_pylist(
            [{name: getattr(rate, name) for name in RATES.names()} for rate in rates], schema=RATES.arrow()
        ),
        "projections": pa.Table.from_pylist(rows, schema=PROJECTIONS.arrow()),
    }


def _rows(amounts: Any, level: Level) -> list[dict[str, Any]]:
    wanted = ("amount_id", "amount_dkk", "price_level", "steering_area", "placement", "confidential")
    columns = (amounts[name].to_pylist() for name in wanted)
    rows = []
    for amount_id, dkk, of_level, area, placement, confidential in zip(*columns, strict=True):
        if dkk is None:
            continue
        if placement == Placement.UNDECIDED:
            made = Projected(None, Missing.UNDECIDED)
        else:
            made = level.rates.project(dkk, of_level, area, level.year)
        rows.append(
            {
                "projection_id": f"{amount_id}.p{level.year}",
                "amount_id": amount_id,
                "price_level": level.year,
                "amount_dkk": made.amount,
                "reason": None if made.reason is None else str(made.reason),
                "rates": list(made.rates),
                "confidential": confidential,
            }
        )
    return rows
