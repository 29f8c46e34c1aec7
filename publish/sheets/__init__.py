"""The workbook's sheets as data: what each row says, before it becomes cells of a workbook or lines of a CSV file.

In: the relations, and the `Report` made of them.  Out: `sheets(...)`, the `Sheet`s in their order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from publish.review.reach import Said
from publish.run import Run
from publish.sheets.context import Context
from publish.sheets.data import documents, figures, tables
from publish.sheets.findings import cases, findings
from publish.sheets.model import Sheet
from publish.sheets.structure import structure
from publish.view import Report

__all__ = ["sheets"]


def sheets(
    report: Report, relations: Mapping[str, Any], run: Run, pictures: Mapping[str, Path], words: Sequence[Said] = ()
) -> list[Sheet]:
    """Findings, cases, tables, figures, files and the auditors' `words` on structure.

    `pictures` are paths of the evidence's pictures, as seen from the folder of the workbook, by finding_id.
    """
    context = Context(report, relations, run, pictures)
    return [
        findings(context),
        cases(context),
        tables(context),
        figures(context),
        documents(context),
        structure(context, words),
    ]
