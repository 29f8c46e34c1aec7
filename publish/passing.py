"""A folder for passing files, of which nothing stays: after a process that was killed, the next such one removes it."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout

_LOCK = ".lock"  # held by the process whose folder it is, and by the system let go when that ends, however it ends


class PassingFolder:
    """A new folder among the system's temporary ones; `close` removes it.

    Raises OSError where none can be made.
    """

    def __init__(self, prefix: str) -> None:
        _sweep(Path(tempfile.gettempdir()), prefix)
        self.path = Path(tempfile.mkdtemp(prefix=prefix))
        self._lock = FileLock(self.path / _LOCK)
        self._lock.acquire()

    def close(self) -> None:
        """The folder and all in it are gone."""
        self._lock.release()
        shutil.rmtree(self.path, ignore_errors=True)


def _sweep(parent: Path, prefix: str) -> None:
    """Removes such folders of processes that are no more; one without a lock is just being made."""
    for folder in parent.glob(f"{prefix}*"):
        if folder.is_symlink() or not (folder / _LOCK).is_file():
            continue
        lock = FileLock(folder / _LOCK)
        try:
            lock.acquire(blocking=False)
        except (Timeout, OSError):  # at work, or another user's
            continue
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)
