"""How what a run wrote takes the place of what was there: all of it, also where the run is killed between two files.

What is whole and counted lies in a folder of its own.  Giving that folder its second name is the one step that decides:
from then on whoever looks next, a run or a reader, brings to an end what was begun.
"""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

DATABASE = "afstem.duckdb"
STAGE = ".next"  # the folder in `out` where what is written waits to be whole
READY = ".ready"  # its name once it is
_NO_ROOM = 1 << 20  # bytes; with fewer a drive is full
_PARTED = "parquet"  # the folder of which each file takes the place of its like; all else takes it as a whole


class NotWrittenError(OSError):
    """What was written does not hold what it should: the disk is full, or a library failed in silence."""


def failed(error: Exception, folder: Path) -> NotWrittenError:
    """What a library says in words of its own, with the system's number for it."""
    full = "No space left" in str(error) or shutil.disk_usage(folder).free < _NO_ROOM
    return NotWrittenError(errno.ENOSPC if full else errno.EIO, str(error))


def flush(path: Path) -> None:
    """Waits until the disk has the file; says so where it has not.  Raises OSError."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def commit(out: Path) -> None:
    """What lies in the stage is whole, and takes the place of what `out` holds.  Raises OSError."""
    os.replace(out / STAGE, out / READY)
    settle(out)


def settle(out: Path) -> None:
    """Brings to an end what a run that was killed had begun to put in its place; does nothing where none had.

    An empty folder takes the place of a folder that is wanted no more.  Raises OSError.
    """
    ready = out / READY
    if not ready.is_dir():
        return
    (out / _PARTED).mkdir(exist_ok=True)
    for path in (*sorted((ready / _PARTED).glob("*")), *sorted(ready.iterdir())):
        if path.name != _PARTED:
            _put(path, out / path.relative_to(ready))
    shutil.rmtree(ready, ignore_errors=True)


def _put(path: Path, target: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(target, ignore_errors=True)
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
        else:
            os.replace(path, target)
    except FileNotFoundError:
        return  # another process that looked brought it there
