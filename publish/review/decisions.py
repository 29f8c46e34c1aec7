"""Decisions on findings: a line each in `out/review/decisions.jsonl`, added and never changed; the last one holds.

A decision holds for the figures that it was made on.  Where a later run finds the same discrepancy with other figures,
the decision is kept and shown, and the finding is open again.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from publish.review import FOLDER

log = logging.getLogger("afstem")
FILE = "decisions.jsonl"
Row = Mapping[str, Any]
_LONGEST_NOTE = 4000  # characters
_LONGEST_NAME = 120


class Choice(StrEnum):
    CONFIRMED = "confirmed"  # it is an error
    DISMISSED = "dismissed"  # it is none
    MENDED = "mended"  # it was one, and the source has been put right
    OPEN = "open"  # an earlier decision is taken back


class Decision(BaseModel):
    """One decision; `stated` and `expected` are the finding's figures when it was made, `about` its text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    finding_id: Annotated[str, StringConstraints(pattern=r"^[\w.-]{1,80}$")]
    decision: Choice
    note: Annotated[str, StringConstraints(strip_whitespace=True, max_length=_LONGEST_NOTE)] = ""
    who: Annotated[str, StringConstraints(strip_whitespace=True, max_length=_LONGEST_NAME)] = ""
    when: datetime
    stated: Decimal | None = None
    expected: Decimal | None = None
    about: str = ""

    def holds_for(self, finding: Row) -> bool:
        """Whether the finding (a row of the relation) still has the figures that were decided on."""
        return bool(self.stated == finding["stated"] and self.expected == finding["expected"])

    @property
    def decision_id(self) -> str:
        """Stable: the same decision has the same id."""
        return sha256(f"{self.finding_id}\n{self.when.isoformat()}\n{self.decision}".encode()).hexdigest()[:16]


class DecisionsError(ValueError):
    """The file of decisions cannot be read: `line` of `path`, counted from 1."""

    def __init__(self, path: Path, line: int) -> None:
        super().__init__(f"{path}, line {line}: this is no decision")
        self.path, self.line = path, line


def on(finding: Row, choice: Choice, *, note: str = "", who: str = "", when: datetime | None = None) -> Decision:
    """A decision on this row of the relation `findings`, made now.  Raises ValueError where a text is too long."""
    return Decision(
        finding_id=finding["finding_id"],
        decision=choice,
        note=note,
        who=who,
        when=when or datetime.now(UTC).replace(microsecond=0),
        stated=finding["stated"],
        expected=finding["expected"],
        about=finding["message_da"],
    )


def decided(out: Path) -> dict[str, Decision]:
    """The decision that holds for each finding, by finding_id; also of findings that are gone.

    Raises DecisionsError as `latest` does.
    """
    return {finding_id: d for finding_id, d in latest(out).items() if d.decision is not Choice.OPEN}


def latest(out: Path) -> dict[str, Decision]:
    """The last decision on each finding, by finding_id, also where it takes an earlier one back.

    Raises DecisionsError where a line is no decision; a last line that was not written whole is passed over.
    """
    path = out / FOLDER / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    lines = text.split("\n")
    made: dict[str, Decision] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            decision = Decision.model_validate_json(line)
        except ValidationError as error:
            if number == len(lines):
                log.warning("%s: the last line was not written whole and is passed over", path)
                break
            raise DecisionsError(path, number) from error
        made[decision.finding_id] = decision
    return made


def add(out: Path, decisions: Iterable[Decision]) -> None:
    """Adds these lines to the file, on disk when this returns.  Raises OSError where it cannot be written."""
    path = out / FOLDER / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(decision.model_dump_json(exclude_defaults=True) + "\n" for decision in decisions)
    with path.open("a+b") as stream:
        stream.seek(0, os.SEEK_END)
        if stream.tell():
            stream.seek(-1, os.SEEK_END)
            if stream.read(1) != b"\n":
                stream.write(b"\n")  # what was cut off stays a line of its own
        stream.write(text.encode())
        stream.flush()
        os.fsync(stream.fileno())


def rows(decisions: Mapping[str, Decision], findings: Iterable[Row]) -> list[dict[str, Any]]:
    """Rows of the relation `decisions`: those that hold for what is found now, and those whose finding is gone."""
    now = {f["finding_id"]: f for f in findings}
    return [
        {
            "decision_id": d.decision_id,
            "finding_id": d.finding_id,
            "decision": str(d.decision),
            "note": d.note or None,
            "decided_by": d.who or None,
            "decided_at": d.when,
            "confidential": now[d.finding_id]["confidential"] if d.finding_id in now else None,
        }
        for _, d in sorted(decisions.items())
        if d.finding_id not in now or d.holds_for(now[d.finding_id])
    ]
