"""How a run is done: what the command line's options say, for every part of the run."""

from __future__ import annotations

from dataclasses import field

from extract.models import ReadOptions
from extract.records import record

#: Seconds of reading after which a document is given up; the slowest real one, a scan of 60 pages, takes a quarter.
TIME_LIMIT = 900.0


@record
class RunOptions:
    """`language` ("da" or "en") is that of the reports; `workers` None lets the run choose by the number of files.

    `time_limit` is in seconds for one document; without `cache` everything is read again and nothing is kept.
    """

    language: str = "da"
    reports: bool = True
    read: ReadOptions = field(default_factory=ReadOptions)
    workers: int | None = None
    time_limit: float = TIME_LIMIT
    cache: bool = True
    csv: bool = False  # the workbook's sheets as CSV files besides the reports
