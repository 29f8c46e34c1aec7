"""The reports' pictures, drawn in processes with limits: a page that hangs or bursts costs its pictures."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from afstem.isolation import Ended, Job, Limits, Outcome, Pool

if TYPE_CHECKING:
    from publish.pictures import Draw, Strip

log = logging.getLogger("afstem")

#: Strips of a job: few enough for a message, enough to open the file once for most.
_AT_ONCE = 10


def drawing(limits: Limits, scratch: Path, workers: int) -> Draw:
    """Draws for `publish` in at most so many processes; those that go over a limit are left out and logged."""

    def draw(wanted: Mapping[Path, Sequence[Strip]]) -> Iterator[tuple[str, bytes]]:
        jobs = [job for source, here in wanted.items() for job in _jobs(source, here, limits.timeout)]
        with Pool(min(workers, len(jobs)), limits, scratch, ("publish.pictures",)) as pool:
            for job in jobs:
                pool.submit(job)
            for job, outcome in pool.results():
                source, here = job.key
                if outcome.ended is Ended.DONE:
                    yield from msgspec.msgpack.decode(outcome.result, type=dict[str, bytes]).items()
                    continue
                for again in _jobs(source, _spared(source, here, outcome), (job.seconds or 0) - outcome.seconds):
                    pool.submit_first(again)

    return draw


def _jobs(source: Path, here: Sequence[Strip], seconds: float) -> list[Job]:
    if seconds <= 0:
        return []
    parts = [here[i : i + _AT_ONCE] for i in range(0, len(here), _AT_ONCE)]
    return [
        Job((source, part), "publish.pictures:job", msgspec.msgpack.encode((os.fsencode(source), part)), seconds)
        for part in parts
    ]


def _spared(source: Path, here: Sequence[Strip], outcome: Outcome) -> list[Strip]:
    """The strips without the page on which the process broke; what it had drawn went with it and is drawn again."""
    page = here[min(outcome.page, len(here) - 1)][0].page
    log.warning("no pictures of page %s of %s: %s", page, ascii(source.name), outcome.ended)
    return [strip for strip in here if strip[0].page != page]
