"""What nobody can use of a file's figures: cells with digits that are no figures are counted, and a text file that
leaves much of its tables open says so: the document that it was made from would tell more."""

from __future__ import annotations

from dataclasses import replace

from extract.models import Placement, Reason, ReasonCode, Unplaced
from normalize.models import CaseFile, Line

_FEWEST = 6  # figures; fewer are looked up on the page sooner than a file is made anew
_SHARE = 0.2  # of a document's figures: dumps that print a page column after column leave half of them and more


def with_unread(file: CaseFile) -> CaseFile:
    """The file, its document's figures without a place together with those that spoilt cells hold ("1.6x96")."""
    document = file.document
    spoilt = [line for case in file.cases for table in case.tables for line in table.lines if line.unread]
    if not spoilt or document.unplaced_figures is None:
        return file
    named = [Unplaced(text, line.place) for line in spoilt for text in _unread(line)]
    return replace(
        file,
        document=replace(
            document,
            unplaced_figures=document.unplaced_figures + sum(len(line.unread) for line in spoilt),
            unplaced=(*document.unplaced, *named),
        ),
    )


def _unread(line: Line) -> list[str]:
    """The texts of a row's spoilt cells: of its other texts those with digits, the last ones where there are more."""
    return [text for text in line.texts if any(map(str.isdigit, text))][-len(line.unread) :]


def with_advice(file: CaseFile) -> CaseFile:
    """The file, with the reason `open_tables` where it is text and so many of its figures have no sure place."""
    document = file.document
    if document.reason is not None or not document.media_type.startswith("text/"):
        return file
    tables = [table for case in file.cases for table in case.tables]
    placed = [amount.placement for table in tables for line in table.lines for amount in line.amounts]
    lost = document.unplaced_figures or 0
    left = lost + sum(placement is Placement.UNDECIDED for placement in placed)
    if left < _FEWEST or left < _SHARE * (len(placed) + lost):
        return file
    reason = Reason(ReasonCode.OPEN_TABLES, (("count", str(left)),))
    return replace(file, document=replace(document, reason=reason))
