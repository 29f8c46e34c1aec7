"""What a run would take away from the folder that it writes to, said before it begins."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

from afstem.errors import UsageError
from afstem.inputs import find
from lexicon.cpr import masked_name
from publish.earlier import earlier_documents

#: Files that are named before the rest is only counted.
_NAMED = 3


def left_out(inputs: Iterable[Path | str], out: Path, *, add: bool) -> tuple[int, str] | None:
    """How many documents of the run in `out` are not among the inputs, and the first of them; None where none is.

    Names are compared, without their folders.  Raises UsageError where the run is to be added to (`add`) and was made
    by another version of the program.
    """
    try:
        before = earlier_documents(out)
    except (ValueError, OSError) as error:
        if add:
            raise UsageError("cannot_add", path=str(out), error=str(error)) from error
        return None
    if not before or add:
        return None
    given = {input.path.name for input in find(inputs, out)}
    names = sorted({PurePath(row["file_name"]).name for row in before} - given)
    if not names:
        return None
    return len(names), ", ".join(map(masked_name, names[:_NAMED])) + (" …" if len(names) > _NAMED else "")
