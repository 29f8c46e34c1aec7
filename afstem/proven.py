"""Which checks a run may do in its own process: those that an earlier run did, on the same, far within all limits.

A process of its own costs more than the checks of a few documents.  What says that they keep within their limits is
that they did: the same program, on the same documents under the same names and words of the auditor.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from afstem.cache import FOLDER, fingerprint
from publish.review import FOLDER as REVIEW

_FILE = "checked"  # in the cache's folder: the name of what was checked last
#: Documents; more are worth the processes.
FEW = 50
#: Seconds in which all of them were checked, processes and all.
QUICK = 10.0
_STAGES = ("extract", "normalize", "lexicon", "reconcile", "publish", "afstem")


class Proven:
    """What a folder knows of the checks that were done last; `tasks` are those of the run, as processes are told."""

    def __init__(self, out: Path, tasks: Iterable[bytes]) -> None:
        self._path = out / FOLDER / _FILE
        digest = hashlib.sha256(fingerprint(_STAGES).encode())
        for words in sorted((out / REVIEW).glob("*.toml")):
            digest.update(words.read_bytes())
        for task in tasks:
            digest.update(hashlib.sha256(task).digest())
        self._name = digest.hexdigest()

    def __bool__(self) -> bool:
        """Whether the very same was checked before."""
        try:
            return self._path.read_text(encoding="ascii") == self._name
        except (OSError, ValueError):
            return False

    def remember(self) -> None:
        """They were done within their limits.  Raises OSError where the folder cannot be written."""
        self._path.write_text(self._name, encoding="ascii")
