"""The word lists of every stage, looked over before a document is read with them."""

from __future__ import annotations

import os
from pathlib import Path

from afstem.errors import UsageError


def look_over() -> None:
    """Reads them all.  Raises UsageError with file, key and what is allowed there."""
    # imported here: a command that reads no document, and its help, waits for no grammar
    from lexicon.data import LexiconError
    from lexicon.data import check as check_lexicon
    from normalize import check_vocabulary
    from reconcile import check_wording

    try:
        check_lexicon()
        check_vocabulary()
        check_wording()
    except LexiconError as error:
        raise UsageError("vocabulary", error=str(error)) from error


def look_over_unless_proven(out: Path) -> None:
    """Likewise, unless this very program, word lists included, has kept documents that it read in the folder `out`."""
    from afstem.cache import FOLDER, fingerprint

    # not `Path.is_dir`, which fails where the path is too long to be one
    if not os.path.isdir(out / FOLDER / fingerprint()):
        look_over()
