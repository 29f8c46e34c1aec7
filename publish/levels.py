"""Price levels: an amount of one year's prices in those of another, by rates that somebody else has published.

A rates file (TOML) names the series, which steering areas each is for, and the rates in per cent from the year before,
in vintages: each with its date and its source.  Nothing is guessed: where a level, a series or a rate is missing, there
is no amount but a reason.  See docs/warehouse.md and docs/rates-example.toml.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import ROUND_HALF_EVEN, Context, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from extract.records import record
from publish.contract import DECIMALS, PRECISION

_HUNDRED = 100
_FILE_DIGITS = 8  # hexadecimal digits of the file's sha256 in the id of a rate
_STEP = Decimal(1).scaleb(-DECIMALS)
_EXACT = Context(prec=2 * PRECISION, rounding=ROUND_HALF_EVEN)


class LevelError(ValueError):
    """A rates file that cannot be used; the text says where and why."""


class Missing(StrEnum):
    """Why an amount stands in no other price level, or (`UNPROJECTED`) in the new one with the same kroner."""

    NO_LEVEL = "no_level"  # the print names no price level, or current prices
    NO_AREA = "no_area"  # the print names no steering area, and the file has no series for all others
    NO_SERIES = "no_series"  # the file has no series for this steering area
    NO_RATE = "no_rate"  # the series lacks a rate on the way
    UNDECIDED = "undecided"  # the figure's place is a guess
    UNPROJECTED = "unprojected"  # the file says that this series is not projected


def _exact(value: Any) -> Any:
    # TOML's numbers are read as Decimal; anything else (a text, a truth value) is no rate.
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("not a number")
    return Decimal(value)


Percent = Annotated[Decimal, BeforeValidator(_exact), Field(gt=-_HUNDRED, lt=_HUNDRED)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Series(_Strict):
    """A series of rates: the steering areas it is for; `others` for all areas that no series names, and for none."""

    steering_areas: tuple[str, ...] = ()
    others: bool = False
    projected: bool = True


class Vintage(_Strict):
    """Rates as published on a day: by series and year, in per cent from the year before."""

    date: date
    source: str = Field(min_length=1)
    rates: dict[str, dict[int, Percent]]


class RatesFile(_Strict):
    """A rates file; `made_up` marks one that holds no real rates, and is said wherever they are used."""

    title: str = Field(min_length=1)
    made_up: bool = False
    series: dict[str, Series] = Field(min_length=1)
    vintages: tuple[Vintage, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        areas = [area.casefold() for series in self.series.values() for area in series.steering_areas]
        if len(set(areas)) != len(areas):
            raise ValueError("a steering area belongs to two series")
        if sum(series.others for series in self.series.values()) > 1:
            raise ValueError("two series are for all others")
        unknown = {name for vintage in self.vintages for name in vintage.rates} - self.series.keys()
        if unknown:
            raise ValueError(f"rates of a series that is not described: {', '.join(sorted(unknown))}")
        if len({vintage.date for vintage in self.vintages}) != len(self.vintages):
            raise ValueError("two vintages have the same date")
        return self


@record
class Rate:
    """One rate: from the year before to `year`, in per cent."""

    rate_id: str
    series: str
    year: int
    percent: Decimal
    vintage: date
    source: str
    made_up: bool


@record
class Projected:
    """An amount in the wanted level; None with a reason, or with the rates that led there."""

    amount: Decimal | None
    reason: Missing | None
    rates: tuple[str, ...] = ()


class Rates:
    """The rates of a file as known on a day: of each the newest vintage that is not after it."""

    def __init__(self, file: RatesFile, digest: str, as_of: date | None = None) -> None:
        self.file = file
        self._rates: dict[tuple[str, int], Rate] = {}
        for vintage in sorted(file.vintages, key=lambda v: v.date):
            if as_of is not None and vintage.date > as_of:
                continue
            for series, years in vintage.rates.items():
                for year, percent in years.items():
                    name = f"{series}.{year}.{vintage.date.isoformat()}.{digest[:_FILE_DIGITS]}"
                    self._rates[series, year] = Rate(
                        name, series, year, percent, vintage.date, vintage.source, file.made_up
                    )
        self._areas = {a.casefold(): name for name, s in file.series.items() for a in s.steering_areas}
        self._others = next((name for name, s in file.series.items() if s.others), None)

    @classmethod
    def read(cls, path: Path, as_of: date | None = None) -> Rates:
        """The rates in a file.  Raises LevelError where it is none, OSError where it cannot be read."""
        content = path.read_bytes()
        try:
            told = tomllib.loads(content.decode("utf-8"), parse_float=Decimal)
            file = RatesFile.model_validate(told)
        except UnicodeDecodeError as error:
            raise LevelError(f"{path}: not UTF-8") from error
        except tomllib.TOMLDecodeError as error:
            raise LevelError(f"{path}: {error}") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise LevelError(f"{path}: {where or 'file'}: {first['msg'].removeprefix('Value error, ')}") from error
        return cls(file, sha256(content).hexdigest(), as_of)

    def all(self) -> list[Rate]:
        """Every rate that may be used, by series and year."""
        return [self._rates[key] for key in sorted(self._rates)]

    def factor(self, series: str, level: int, wanted: int) -> tuple[Fraction, tuple[str, ...]] | None:
        """Π(1 + r) from prices of `level` to prices of `wanted`, and the rates in it; None where one is missing."""
        low, high = sorted((level, wanted))
        steps = [self._rates.get((series, year)) for year in range(low + 1, high + 1)]
        product, used = Fraction(1), []
        for step in steps:
            if step is None:
                return None
            product *= 1 + Fraction(step.percent) / _HUNDRED
            used.append(step.rate_id)
        return (product if wanted >= level else 1 / product), tuple(used)

    def project(self, amount: Decimal, level: int | None, steering_area: str | None, wanted: int) -> Projected:
        """The amount of prices of `level` in prices of `wanted`, to the sixth decimal of a krone."""
        if level is None:
            return Projected(None, Missing.NO_LEVEL)
        named = self._areas.get(steering_area.casefold()) if steering_area is not None else None
        series = named or self._others
        if series is None:
            return Projected(None, Missing.NO_AREA if steering_area is None else Missing.NO_SERIES)
        if not self.file.series[series].projected:
            return Projected(amount, Missing.UNPROJECTED)
        found = self.factor(series, level, wanted)
        if found is None:
            return Projected(None, Missing.NO_RATE)
        factor, used = found
        with localcontext(_EXACT):
            whole = Fraction(amount) * factor
            return Projected((Decimal(whole.numerator) / whole.denominator).quantize(_STEP), None, used)
