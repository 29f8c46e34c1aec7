"""How a run is done: what the command line's options say, for every part of the run."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from afstem.isolation.limits import Limits
from extract.models import ReadOptions
from extract.records import record

if TYPE_CHECKING:
    from publish.projections import Level


@record
class RunOptions:
    """`language` ("da" or "en") is that of the reports; `workers` None lets the run choose by the number of files.

    `limits` are those of one document; without `cache` everything is read again and nothing is kept;
    with `exclude_confidential` cases that say they are confidential are in no relation and no report.
    `level` is the one price level that amounts are brought to as well; with `add` earlier documents of the folder stay.
    """

    language: str = "da"
    reports: bool = True
    read: ReadOptions = field(default_factory=ReadOptions)
    workers: int | None = None
    limits: Limits = field(default_factory=Limits)
    cache: bool = True
    level: Level | None = None
    csv: bool = False  # the workbook's sheets as CSV files besides the reports
    exclude_confidential: bool = False
    scheduler: str | None = None  # of a Dask cluster that reads instead of this machine
    add: bool = False
    by_year: bool = False  # the figures as Parquet in a folder for each year besides
