"""What a job may take: time, memory; and when a process has worked enough."""

from __future__ import annotations

from extract.records import record

GIB = 1 << 30

#: Seconds of reading after which a document is given up, besides what its finished pages add.
DOC_TIMEOUT = 60.0
#: Bytes that the process which reads a document may hold.
DOC_MEMORY = 2 * GIB


@record
class Limits:
    """The limits of a job.  Shares are of `timeout`; a page is only ever refused what is left of the whole."""

    timeout: float = DOC_TIMEOUT
    memory: int = DOC_MEMORY
    page_share: float = 0.25  # of a single page, or of the second reader: no sound one takes so long
    reading_share: float = 0.5  # of all pages; the rest is for tables and what they mean
    page_adds: float = 0.25  # seconds that a finished page adds: a thousand pages are not a hang
    ocr_adds: float = 15.0  # seconds that a page adds which text recognition finished
    recycle_after: int = 1000  # jobs after which a process is replaced: libraries leak
    recycle_above: int = 700 << 20  # bytes it holds between jobs, likewise
    start: float = 120.0  # seconds in which a process must be up; the machine may be busy
    poll: float = 0.05  # seconds between two looks of the watchdog
