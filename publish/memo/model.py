"""What a memo holds."""

from __future__ import annotations

from pathlib import Path

from extract.records import record
from publish.run import Run
from publish.view import CaseView


@record
class Memo:
    """A memo about the findings of `cases`, to an administration or those of a case; empty where none is named.

    `pictures` is the folder of the places' pictures.
    """

    to: str
    cases: tuple[CaseView, ...]
    language: str
    run: Run | None
    pictures: Path
