"""The auditors' reports: one HTML page and one workbook, made from the relations alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publish.page import write_page
from publish.pictures import FOLDER, Draw, cut, spots
from publish.texts import catalogue
from publish.view import view
from publish.workbook import write_workbook


def write_reports(
    relations: Mapping[str, Any], out: Path, language: str, sources: Mapping[str, Path], draw: Draw | None = None
) -> None:
    """`out/report.html` and `out/report.xlsx` of these relations (Arrow tables).

    With `sources` (document_id → file) the pictures in `out/evidence` are cut anew; without, those that an earlier run
    left there are shown; `draw` draws them, in place of this process.  Raises ValueError for a language without texts.
    """
    catalogue(language)
    places = spots(relations)
    left_out = cut(places, sources, out, draw) if sources else 0
    report = view(relations, language)
    kept = {path.stem: path for path in (out / FOLDER).glob("*.png")}
    pictures = {spot.finding_id: (kept[spot.finding_id], spot.page) for spot in places if spot.finding_id in kept}
    write_page(report, pictures, left_out, out / "report.html")
    write_workbook(report, relations, out / "report.xlsx")
