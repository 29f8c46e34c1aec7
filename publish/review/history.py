"""What has come and gone since the report before: `out/review/seen.json`.

It remembers the findings of this report and of the last one of another run, so that making the same report again does
not make everything old.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from extract.records import record
from publish.review import FOLDER
from publish.run import Run
from publish.store import replacing

FILE = "seen.json"
Row = Mapping[str, Any]


class Seen(BaseModel):
    """The findings of a report: their figures as a digest, and what they said, by finding_id."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    run_id: str
    made_at: datetime
    findings: dict[str, tuple[str, str, str]]  # digest, file, message in Danish
    private: frozenset[str]  # those of confidential cases, of which neither file nor message is written down


class _Two(BaseModel):
    this: Seen
    before: Seen | None = None


@record
class Changes:
    """What is new, what has other figures than before, and what is gone: (finding_id, file, message)."""

    since: datetime | None
    new: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    gone: tuple[tuple[str, str, str], ...] = ()


def changes(
    out: Path, run: Run, findings: Iterable[Row], files: Mapping[str, str], confidential: Collection[str] = ()
) -> Changes:
    """What differs from the report before, and remembers this one.

    `findings` are rows of the relation, `files` names by document_id.  With nothing before there are no changes.  Of
    findings in `confidential` cases (case_ids) nothing is remembered that could be read in a report without these
    cases: such a finding is new or changed, but is not named when it is gone.
    """
    rows = list(findings)
    private = frozenset(f["finding_id"] for f in rows if f["case_id"] in confidential)
    found = {f["finding_id"]: _remembered(f, files, f["finding_id"] in private) for f in rows}
    this = Seen(run_id=run.run_id, made_at=run.made_at, findings=found, private=private)
    known = _known(out)
    before = None if known is None else known.before if known.this.run_id == this.run_id else known.this
    path = out / FOLDER / FILE
    with replacing(path) as partial:
        partial.write_text(_Two(this=this, before=before).model_dump_json(indent=0) + "\n", encoding="utf-8")
    if before is None:
        return Changes(None)
    return Changes(
        since=before.made_at,
        new=frozenset(found.keys() - before.findings.keys()),
        changed=frozenset(i for i in found.keys() & before.findings.keys() if found[i][0] != before.findings[i][0]),
        gone=tuple((i, *before.findings[i][1:]) for i in before.findings if i not in found and i not in before.private),
    )


def _remembered(finding: Row, files: Mapping[str, str], private: bool) -> tuple[str, str, str]:
    """The figures as a digest, the file and the message."""
    words = ("", "") if private else (files.get(finding["document_id"], ""), finding["message_da"])
    return (_digest(finding), *words)


def _known(out: Path) -> _Two | None:
    """What is remembered; None where nothing is, or nothing that can be read."""
    try:
        return _Two.model_validate_json((out / FOLDER / FILE).read_text(encoding="utf-8"))
    except (OSError, ValidationError):
        return None


def _digest(finding: Row) -> str:
    figures = (finding["severity"], finding["stated"], finding["expected"])
    return sha256(repr(figures).encode()).hexdigest()[:12]
