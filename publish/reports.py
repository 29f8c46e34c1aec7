"""The auditors' reports: one HTML page and one workbook, made from the relations alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publish.csv_files import write_csv
from publish.flow import flows
from publish.page import write_page
from publish.pictures import FOLDER, cut, spots
from publish.run import remember
from publish.sheets import sheets
from publish.texts import catalogue
from publish.view import view
from publish.workbook import write_workbook


def write_reports(
    relations: Mapping[str, Any], out: Path, language: str, sources: Mapping[str, Path], *, csv: bool = False
) -> None:
    """`out/report.html` and `out/report.xlsx` of these relations (Arrow tables), and `out/run.json`.

    With `csv` the workbook's sheets also lie in `out/csv`.
    `sources` (document_id → file) tells where the inputs lie; without, it is as an earlier report remembered.  The
    pictures in `out/evidence` are those that an earlier run left there, and what is missing of them is cut anew.
    Raises ValueError for a language without texts.
    """
    catalogue(language)
    report = view(relations, language)
    run = remember(report.documents, sources, out)
    found = {d["document_id"]: path for d in report.documents if (path := run.source(d["document_id"], out))}
    pictures = cut(spots(relations), found, out)
    write_page(report, run, flows(relations), pictures, out, out / "report.html")
    shown = {finding_id: Path(FOLDER) / f"{finding_id}.png" for finding_id in pictures}
    made = sheets(report, relations, run, shown)
    write_workbook(report, run, made, out / "report.xlsx")
    if csv:
        write_csv(made, out)
