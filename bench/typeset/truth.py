"""What a perfect reader would find in a document, in the format of the hand-checked truth files.

`document_truth` gives one dict per file: `cases`, each with its metadata, headings, tables (columns, rows, roles,
canonical cells) and findings.  A year column is named by its year alone, whatever words the print puts around it.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.typeset.spec import Case, Column, Doc, Heading, Planted, Table


def _column_name(column: Column) -> str:
    return str(column.year) if column.kind == "year" else column.label


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def table_truth(table: Table) -> dict[str, Any]:
    """One table; `kinds` lists every kind that would be right, `kind` the best."""
    head = " ".join(p for p in (table.stub, table.unit_phrase) if p)
    out: dict[str, Any] = {
        "label": table.label,
        "title": table.title,
        "kind": table.kinds[0],
        "kinds": list(table.kinds),
        "unit": table.unit,
        "measure": table.measure,
        "price_level": table.price_level,
        "columns": [head, *(_column_name(c) for c in table.columns)],
        "column_kinds": [c.kind for c in table.columns],
        "printed_columns": [c.label for c in table.columns],
    }
    if table.measure == "text":
        return out | {"n_rows": len(table.rows)}
    return out | {"rows": [{"label": r.label, "role": r.role, "cells": list(r.cells)} for r in table.rows]}


def finding_truth(planted: Planted) -> dict[str, Any]:
    return {
        "check": planted.check,
        "table": planted.table,
        "row": planted.row,
        "year": None if planted.year is None else str(planted.year),
        "other_table": planted.other_table,
        "stated": _number(planted.stated),
        "expected": _number(planted.expected),
        "grade": planted.shape,
        "why": planted.why,
        **({"root": planted.root} if planted.root else {}),
    }


def case_truth(case: Case) -> dict[str, Any]:
    headings = [b for b in case.blocks if isinstance(b, Heading)]
    return {
        "code": case.code,
        "title": case.title,
        "summary": case.summary,
        "administrations": list(case.administrations),
        "affected": None if case.affected is None else list(case.affected),
        "round": case.budget_round,
        "angiv_pl": None if case.stated_price_level is None else str(case.stated_price_level),
        "headings": [{"number": h.number, "title": h.title, "level": h.level} for h in headings],
        "tables": [table_truth(t) for t in case.tables()],
        "findings": [finding_truth(p) for p in case.planted],
        "rounding": [],
        "debatable": [],
    }


def document_truth(doc: Doc, **about: str | dict[str, str]) -> dict[str, Any]:
    """The whole file; `about` (producer, layout) is kept beside the cases."""
    return {"source": "typeset", "style": doc.template, **about, "cases": [case_truth(c) for c in doc.cases]}


def write_truth(doc: Doc, path: Path, **about: str | dict[str, str]) -> None:
    """Write `path` (NAME.truth.json)."""
    path.write_text(json.dumps(document_truth(doc, **about), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
