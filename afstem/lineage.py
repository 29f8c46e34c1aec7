"""The OpenLineage events of a run, where they are asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from afstem.errors import UsageError
from publish.lineage import append_events


def tell(out: Path, began: datetime, file: Path) -> None:
    """Appends the events of the run that has just ended to `file`.  Raises UsageError where it cannot be written."""
    try:
        append_events(out, began, datetime.now(UTC), file)
    except OSError as error:
        raise UsageError("no_lineage", path=str(file), error=error.strerror or str(error)) from error
