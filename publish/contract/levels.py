"""Relations of amounts in one price level, which are there where a run was asked for them."""

from __future__ import annotations

from publish.contract.model import CONFIDENTIAL, Relation, may, need
from publish.contract.types import Type

REASONS = ("no_level", "no_area", "no_series", "no_rate", "undecided", "unprojected")

RATES = Relation(
    name="rates",
    description="A rate by which amounts are brought to another price level. Empty unless a run was given rates.",
    columns=(
        need("rate_id", Type.TEXT, "Stable id: series, year, vintage, and the file it comes from."),
        need("series", Type.TEXT, "The series it belongs to: `drift`, `anlæg` …"),
        need("year", Type.WHOLE, "It leads from prices of the year before to prices of this year."),
        need("percent", Type.MONEY, "The rate in per cent."),
        need("vintage", Type.DAY, "The day on which it was published."),
        need("source", Type.TEXT, "Where it was published."),
        need("made_up", Type.FLAG, "True where the file says that it holds no real rates."),
    ),
    key="rate_id",
)

PROJECTIONS = Relation(
    name="projections",
    description="An amount of money in the one price level that a run was asked for. Empty unless it was asked.",
    columns=(
        need("projection_id", Type.TEXT, "Stable id."),
        need("amount_id", Type.TEXT, "The figure.", "amounts.amount_id"),
        need("price_level", Type.WHOLE, "Year of the price level it is brought to."),
        may("amount_dkk", Type.MONEY, "The figure in kroner of that price level; null where `reason` says why not."),
        may(
            "reason",
            Type.TEXT,
            "Why there is no amount: the print names no price level or no steering area, the rates have no "
            "series or no "
            "rate, the figure's place is a guess; or (`unprojected`) why the kroner are as printed:",
            values=REASONS,
        ),
        need("rates", Type.TEXTS, "rate_id of every rate on the way; empty where the figure is of that level already."),
        CONFIDENTIAL,
    ),
    key="projection_id",
)
