"""The run that a report is of: its id, when it was first made, with which version, and where its inputs lie.

A run is named by what it read, with what, and what it found, so the same inputs read again by the same program are the
same run, and its report keeps its time and its bytes.  `out/run.json` remembers that, beside the data.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, unquote_to_bytes

from pydantic import BaseModel, ConfigDict, ValidationError

from lexicon.cpr import masked_name
from publish.store import replacing

FILE = "run.json"
Row = Mapping[str, Any]


class Run(BaseModel):
    """What `run.json` holds; `sources` are paths from the folder of the report to the inputs, by document_id."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    run_id: str
    version: str
    made_at: datetime
    sources: dict[str, str] = {}

    def link(self, document_id: str) -> str:
        """The input as a link from the report; empty where it is not known where the file lies, or its name holds a CPR
        number, which no report shows."""
        path = self.sources.get(document_id, "")
        if masked_name(unquote(path)) != unquote(path):
            return ""
        return path if "://" in path else quote(path)

    def source(self, document_id: str, out: Path) -> Path | None:
        """The input itself; None where it is unknown or gone."""
        path = self.sources.get(document_id)
        if not path:
            return None
        found = Path(os.fsdecode(unquote_to_bytes(path.removeprefix("file://")))) if "://" in path else out / path
        return found if found.is_file() else None


def remembered(out: Path) -> Run | None:
    """The run whose report lies in `out`; None where there is none, or none that can be read."""
    try:
        return Run.model_validate_json((out / FILE).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return None


def remember(documents: Sequence[Row], findings: Sequence[Row], sources: Mapping[str, Path], out: Path) -> Run:
    """The run of these rows of the relations `documents` and `findings`, written to `out/run.json`.

    With no `sources` (document_id → file) those of an earlier report are kept.
    """
    run_id = name_of(documents, findings)
    before = remembered(out)
    links = {d: _from(out, path) for d, path in sorted(sources.items())}
    if not links and before is not None:
        links = before.sources
    made_at = before.made_at if before is not None and before.run_id == run_id else _now()
    run = Run(run_id=run_id, version=version("afstem"), made_at=made_at, sources=links)
    with replacing(out / FILE) as path:
        path.write_text(run.model_dump_json(indent=1) + "\n", encoding="utf-8")
    return run


def name_of(documents: Iterable[Row], findings: Iterable[Row]) -> str:
    """The id of the run with these rows: the same inputs in which the same program finds the same have the same."""
    inputs = sorted((d["sha256"], d["file_name"]) for d in documents)
    found = sorted((f["finding_id"], f["severity"], str(f["stated"]), str(f["expected"])) for f in findings)
    return sha256(json.dumps([version("afstem"), inputs, found]).encode()).hexdigest()[:16]


def _from(out: Path, path: Path) -> str:
    """The path as seen from `out`, with slashes; a file URI where there is no such way (another drive, odd bytes)."""
    try:
        seen = Path(os.path.relpath(path.resolve(), out.resolve())).as_posix()
        seen.encode()
    except ValueError:
        return path.resolve().as_uri()
    return seen


def _now() -> datetime:
    """The time in whole seconds; SOURCE_DATE_EPOCH sets it, as reproducible builds do."""
    fixed = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(fixed), UTC) if fixed else datetime.now(UTC).replace(microsecond=0)


def time_text(made_at: datetime, language: str) -> str:
    """A time in the language's order."""
    return made_at.strftime("%d.%m.%Y %H.%M UTC" if language == "da" else "%d %b %Y %H:%M UTC")
