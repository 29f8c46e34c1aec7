"""The reports' pictures, drawn in a process with limits: a page that hangs or bursts costs its picture."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import msgspec

from afstem.isolation import Ended, Job, Limits, Pool

if TYPE_CHECKING:
    from publish.pictures import Spot

log = logging.getLogger("afstem")


class Drawing:
    """Draws places of files for `publish`, one file after the other; leave it with `with`."""

    def __init__(self, limits: Limits, scratch: Path) -> None:
        self._pool = Pool(1, limits, scratch, ("publish.pictures",))
        self._limits = limits

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.__exit__(kind, error, trace)

    def draw(self, source: Path, here: Sequence[Spot]) -> dict[str, bytes]:
        """PNG pictures by finding_id; those that went over a limit are left out and logged."""
        pictures: dict[str, bytes] = {}
        left = list(here)
        seconds = self._limits.timeout
        while left and seconds > 0:
            payload = msgspec.msgpack.encode((os.fsencode(source), left))
            self._pool.submit(Job(source, "publish.pictures:job", payload, seconds))
            ((_, outcome),) = self._pool.results()
            if outcome.ended is Ended.DONE:
                return pictures | msgspec.msgpack.decode(outcome.result, type=dict[str, bytes])
            seconds -= outcome.seconds
            broken = min(outcome.page, len(left) - 1)
            log.warning("no picture of page %s of %s: %s", left[broken].page, ascii(source.name), outcome.ended)
            # What was drawn before it went with the process, and is drawn again without it.
            same_page = left[broken].page
            left = [spot for spot in left if spot.page != same_page]
        return pictures
