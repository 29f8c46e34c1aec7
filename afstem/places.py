"""The folder that a command writes to: made, tried, held by one run at a time, and with its log."""

from __future__ import annotations

import errno
import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from afstem.errors import UsageError
from lexicon.cpr import masked_name
from publish.plain import plain

LOG = "afstem.log"
_LOCK = ".lock"
_SCRATCH = ".work"  # what is only there while a run goes on

#: What the system says of a folder, by the code of our own text for it; anything else is told in the system's words.
_SAID = {
    errno.EACCES: "out_no_access",
    errno.EPERM: "out_no_access",
    errno.EROFS: "out_read_only",
    errno.ENOSPC: "out_full",
    errno.EDQUOT: "out_full",
    errno.ENOTDIR: "out_below_file",
    errno.EEXIST: "not_a_folder",
    errno.ENAMETOOLONG: "out_too_long",
}


def made(out: Path) -> Path:
    """The folder, made where it was not there.  Raises UsageError where it cannot be made or written to."""
    with in_our_words(out):
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            return out


@contextmanager
def in_our_words(out: Path) -> Iterator[None]:
    """What the system says against writing to the folder becomes a UsageError: one line, and what to do."""
    try:
        yield
    except OSError as error:
        nowhere = error.errno == errno.ENOENT and not out.exists()
        code = "out_nowhere" if nowhere else _SAID.get(error.errno or 0, "out_unusable")
        named = errno.errorcode.get(error.errno or 0) or str(error)  # the system's own words are English everywhere
        raise UsageError(code, path=str(out), error=named) from error


@contextmanager
def owned(out: Path) -> Iterator[Path]:
    """The folder is this run's alone; gives a folder in it for temporary files, of which nothing is left.

    Raises UsageError where another run holds it, OSError where it cannot be written.
    """
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / _LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise UsageError("out_busy", path=str(out)) from error
    scratch = out / _SCRATCH
    try:
        shutil.rmtree(scratch, ignore_errors=True)  # of a run that was killed
        scratch.mkdir()
        yield scratch
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
        lock.release()


class _Harmless(logging.Formatter):
    """Lines without CPR numbers and what could move a cursor or turn a line around: they quote what documents hold."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, and its traceback."""
        return masked_name(plain(super().format(record)))


def log_to(out: Path) -> None:
    """Lets the logger `afstem` write to `out/afstem.log`, anew; the file is made with the first record."""
    handler = logging.FileHandler(out / LOG, mode="w", encoding="utf-8", delay=True)
    handler.setFormatter(_Harmless("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("afstem")
    logger.addHandler(handler)
    logger.propagate = False
