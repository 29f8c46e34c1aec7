"""Who watches over a reading: hears which page is being read, says when to come to an end, is told of faults.

A reader that runs without limits has the `Watch` of this file, which does nothing.  What runs in a process with limits
puts its own in place with `watched_by`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Watch:
    """Watches nothing; the base of those that do."""

    def at(self, step: str, page: int = 0) -> None:
        """A step begins ("page", "ocr", "tables", "meaning", "second"); `page` is counted from 1, 0 for the whole."""

    def late(self) -> bool:
        """Whether the time for reading pages is used up: what is still unread is left out, and said to be."""
        return False

    def fault(self, page: int, trace: str) -> None:
        """Our own program failed on a page, which is left out; `trace` is the traceback."""


_watch = Watch()


def watch() -> Watch:
    """The one who watches now."""
    return _watch


@contextmanager
def watched_by(who: Watch) -> Iterator[None]:
    """Readings inside the block are watched by `who`."""
    global _watch
    before, _watch = _watch, who
    try:
        yield
    finally:
        _watch = before
