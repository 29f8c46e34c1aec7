"""What a run is to leave behind, checked where it is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, InstanceOf

from publish.projections import Level


class PublishOptions(BaseModel):
    """`language` is that of the reports, which are left out without `reports`; with `csv` the workbook's sheets also
    lie in `out/csv`.

    `sources` tells by document_id where the input files lie, so that the report can show a picture of the place that
    a finding speaks of; `draw` (see `publish.pictures.Draw`) draws it, in place of this process. `level` is the one
    price level that amounts are brought to as well. With `by_year` the figures also lie in `out/parquet-by-year`, a
    folder for each year; without it none are left there. With `add` the documents that `out` holds from earlier runs,
    and that the run does not hold, stay with all that was found in them; only what is read now is checked anew.

    Raises ValidationError (a ValueError) for a word that is no option, or a value that is none of the option's.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    language: str = Field("da", pattern=r"^(da|en)$")
    reports: bool = True
    csv: bool = False
    sources: Mapping[str, Path] = Field(default_factory=dict)
    draw: Callable[..., Any] | None = None
    level: InstanceOf[Level] | None = None
    add: bool = False
    by_year: bool = False
