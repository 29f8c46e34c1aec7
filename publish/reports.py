"""The auditors' reports: one HTML page and one workbook, made from the relations alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publish.annotated import copies
from publish.covering import nameless
from publish.csv_files import write_csv
from publish.flow import flows
from publish.page import Contents, page
from publish.pictures import FOLDER, Draw, cut, spots
from publish.review.history import changes
from publish.review.reach import said
from publish.review.relation import judged
from publish.run import remember
from publish.sheets import sheets
from publish.store import replacing
from publish.texts import catalogue
from publish.view import view
from publish.workbook import write_workbook


def write_reports(
    relations: Mapping[str, Any],
    out: Path,
    language: str,
    sources: Mapping[str, Path],
    draw: Draw | None = None,
    *,
    csv: bool = False,
) -> None:
    """`out/report.html` and `out/report.xlsx` of these relations (Arrow tables), and `out/run.json`.

    With `csv` the workbook's sheets also lie in `out/csv`.
    `sources` (document_id → file) tells where the inputs lie; without, it is as an earlier report remembered.  The
    pictures in `out/evidence` are those that an earlier run left there, and what is missing of them is cut anew (by
    `draw`, in place of this process).
    Raises ValueError for a language without texts.
    """
    catalogue(language)
    hidden = nameless(relations)
    shown = _gathered(relations, hidden, out, language, sources, draw)
    with replacing(out / "report.html") as path:
        path.write_text(page(shown), encoding="utf-8")
    pictures = {finding_id: Path(FOLDER) / f"{finding_id}.png" for finding_id in shown.pictures}
    made = sheets(shown.report, hidden, shown.run, pictures, shown.structure)
    write_workbook(shown.report, shown.run, made, out / "report.xlsx")
    if csv:
        write_csv(made, out)


def gathered(relations: Mapping[str, Any], out: Path, language: str, token: str = "") -> Contents:
    """All that the page shows of what lies in `out`; with the `token` of a server that takes decisions, it asks for
    them."""
    return _gathered(relations, nameless(relations), out, language, {}, None, token)


def _gathered(
    named: Mapping[str, Any],
    relations: Mapping[str, Any],
    out: Path,
    language: str,
    sources: Mapping[str, Path],
    draw: Draw | None,
    token: str = "",
) -> Contents:
    """Likewise of the relations as reports show them; `named` has the files' own names, by which the run finds them."""
    run = remember(named["documents"].to_pylist(), named["findings"].to_pylist(), sources, out)
    report = view(relations, language)
    found = {d["document_id"]: path for d in report.documents if (path := run.source(d["document_id"], out))}
    files = {d["document_id"]: d["file_name"] for d in report.documents}
    confidential = _confidential(relations["cases"])
    return Contents(
        report=report,
        run=run,
        flows=flows(relations),
        pictures=cut(spots(relations), found, out, draw),
        decisions=judged(relations, out),
        changes=changes(out, run, relations["findings"].to_pylist(), files, confidential),
        out=out,
        copies=copies(out, report.documents),
        structure=said(out, relations),
        token=token,
    )


def _confidential(cases: Any) -> frozenset[str]:
    """The case_ids of confidential cases."""
    return frozenset(cases.filter(cases["confidential"])["case_id"].to_pylist())
