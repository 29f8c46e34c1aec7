"""What the command line says of price levels."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from afstem.errors import UsageError
from publish.levels import LevelError, Rates
from publish.projections import Level


def wanted_level(year: int | None, rates: Path | None, as_of: str | None) -> Level | None:
    """The level that amounts are brought to, None where none is asked for.

    Raises UsageError where the year or the rates are missing, or cannot be used.
    """
    if year is None and rates is None and as_of is None:
        return None
    if year is None or rates is None:
        raise UsageError("level_and_rates")
    try:
        day = None if as_of is None else date.fromisoformat(as_of)
    except ValueError:
        raise UsageError("bad_date", option="--rates-as-of", value=str(as_of)) from None
    try:
        return Level(year, Rates.read(rates, day))
    except (LevelError, OSError) as error:
        raise UsageError("bad_rates", error=str(error)) from error
