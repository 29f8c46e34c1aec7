"""What a memo holds."""

from __future__ import annotations

from pathlib import Path

from extract.records import record
from publish.run import Run
from publish.view import CaseView


@record
class Memo:
    """A memo to `name` about the findings of `cases`; `pictures` is the folder of the places' pictures."""

    name: str
    cases: tuple[CaseView, ...]
    language: str
    run: Run | None
    pictures: Path
