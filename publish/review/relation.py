"""The relation `decisions`: what was decided finding by finding, and what an auditor said of a whole template."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from publish.contract import CONTRACT
from publish.review.decisions import Choice, Decision, latest, on, rows
from publish.review.structure import NoError, case_names, structure, table_names
from publish.store import keyed

NAME = "decisions"
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # of a word written by hand without a time


def decisions(tables: Mapping[str, Any], out: Path) -> Any:
    """That relation (an Arrow table) as `out` holds it now; `tables` may make a relation when it is asked for.

    Raises DecisionsError or StructureError where what people wrote cannot be read.
    """
    made = rows(judged(tables, out), tables["findings"].to_pylist())
    return pa.Table.from_pylist(made, schema=CONTRACT.relation(NAME).arrow())


def judged(tables: Mapping[str, Any], out: Path) -> dict[str, Decision]:
    """The decision that holds for each finding, by finding_id: its own, or else what was said of its template."""
    own = latest(out)
    said = structure(out).no_error
    whole = spoken_of(tables, said) if said else {}
    together = {**whole, **own}
    return {finding_id: d for finding_id, d in together.items() if d.decision is not Choice.OPEN}


def dismissed(out: Path) -> frozenset[str]:
    """The findings that count no more, by the relation that lies in `out`."""
    # `read_table` would load pandas, which takes longer than all else here.
    table = pq.ParquetFile(out / "parquet" / f"{NAME}.parquet").read(columns=["finding_id", "decision"])
    return frozenset(row["finding_id"] for row in table.to_pylist() if row["decision"] == Choice.DISMISSED)


def spoken_of(tables: Mapping[str, Any], said: tuple[NoError, ...]) -> dict[str, Decision]:
    """The findings that are no error in their template by these words, dismissed in those of the one who said so."""
    findings = [f for f in tables["findings"].to_pylist() if f["check"] in {word.check for word in said}]
    cases = keyed(tables["cases"], "case_id", {f["case_id"] for f in findings})
    of_table = keyed(tables["tables"], "table_id", {f["table_id"] for f in findings})
    lines = keyed(tables["lines"], "line_id", {f["line_id"] for f in findings})
    made = {}
    for finding in findings:
        at = cases[finding["case_id"]], of_table.get(finding["table_id"]), lines.get(finding["line_id"])
        word = next((w for w in said if w.check == finding["check"] and _fits(w, *at)), None)
        if word is not None:
            when = word.when or _UNDATED
            made[finding["finding_id"]] = on(finding, Choice.DISMISSED, note=word.note, who=word.who, when=when)
    return made


def _fits(
    word: NoError, case: Mapping[str, Any], table: Mapping[str, Any] | None, line: Mapping[str, Any] | None
) -> bool:
    label, title = (table["label"], table["title"]) if table else (None, None)
    return (
        word.fits_case(*case_names(case["code"], case["title"]))
        and word.fits_table(*table_names(label, title))
        and word.fits_row(line["label"] if line else None)
    )
