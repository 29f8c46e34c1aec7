"""What the reports say of the rates by which amounts were brought to one price level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow.compute as pc

from publish.texts import say


def rates_text(relations: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """Sentences on the level, the rates that were used, and the amounts that could not be brought there; none where no
    level was asked for.
    """
    projections = relations["projections"]
    levels = sorted(pc.unique(projections.column("price_level").combine_chunks()).to_pylist())
    if not levels:
        return ()
    used = Counter(rate for rates in projections.column("rates").to_pylist() for rate in rates)
    rates = [rate for rate in relations["rates"].to_pylist() if rate["rate_id"] in used]
    told = [say(language, "rates.level", level=level) for level in levels]
    told += [
        say(
            language,
            "rates.rate",
            series=rate["series"],
            year=rate["year"],
            percent=rate["percent"],
            source=rate["source"],
            vintage=rate["vintage"].isoformat(),
        )
        for rate in rates
    ]
    if any(rate["made_up"] for rate in rates):
        told.append(say(language, "rates.made_up"))
    reasons = Counter(reason for reason in projections.column("reason").to_pylist() if reason is not None)
    told += [say(language, f"rates.{reason}", count=count) for reason, count in sorted(reasons.items())]
    return tuple(told)
