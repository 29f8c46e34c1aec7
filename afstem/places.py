"""The folder that a command writes to: made, tried, and with its log."""

from __future__ import annotations

import errno
import logging
import tempfile
from pathlib import Path

from afstem.errors import UsageError

LOG = "afstem.log"

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
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            return out
    except OSError as error:
        code = _SAID.get(error.errno or 0, "out_unusable")
        raise UsageError(code, path=str(out), error=error.strerror or str(error)) from error


def log_to(out: Path) -> None:
    """Lets the logger `afstem` write to `out/afstem.log`, anew; the file is made with the first record."""
    handler = logging.FileHandler(out / LOG, mode="w", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("afstem")
    logger.addHandler(handler)
    logger.propagate = False
