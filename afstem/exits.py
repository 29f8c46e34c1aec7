"""The exit codes: a promise to those who call the command from a script."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afstem.pipeline import RunResult
    from reconcile.models import Severity


class Exit(IntEnum):
    DONE = 0
    OUR_FAULT = 1  # a fault in the program, on the whole run or on a document that it then gave up
    USAGE = 2  # the command was given something it cannot work with
    FINDINGS = 3  # findings at or above --fail-on
    QUARANTINED = 4  # something was quarantined, and --strict
    INTERRUPTED = 130  # Ctrl-C; what was read is kept


def of_run(result: RunResult, fail_on: Severity | None, strict: bool) -> Exit:
    """How a run ends.  The first that applies of QUARANTINED, OUR_FAULT (a document that the program failed on) and
    FINDINGS: with the first two the findings are not the whole story.  What an auditor dismissed does not count.
    """
    from extract.models import Status
    from reconcile.models import Severity

    rank = {Severity.INFO: 0, Severity.WARNING: 1, Severity.ERROR: 2}
    if strict and result.count(Status.QUARANTINED):
        return Exit.QUARANTINED
    if result.broken():
        return Exit.OUR_FAULT
    counted = [f for f in result.findings if f.finding_id not in result.dismissed]
    if fail_on is not None and any(rank[f.severity] >= rank[fail_on] for f in counted):
        return Exit.FINDINGS
    return Exit.DONE
