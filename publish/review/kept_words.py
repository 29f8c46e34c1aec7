"""The relations of the auditors' words on structure, as Arrow tables: what was said, in which documents it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from publish.contract import CONTRACT
from publish.review.reach import Said, said
from publish.review.structure import NoError, Same, Total
from publish.store import keyed

_OF_KIND = {"total": "structure_totals", "same": "structure_same", "no_error": "structure_no_errors"}
NAMES = tuple(_OF_KIND.values())


def kept_words(relations: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Those relations for what `out` holds now, by name; `relations` may make a relation when it is asked for.

    Raises StructureError where the auditors' file cannot be understood.
    """
    words = {word.key: word for word in said(out, relations)}  # said twice is said once
    holds_in = {case for word in words.values() for case in word.cases}
    cases = keyed(relations["cases"], "case_id", holds_in) if holds_in else {}
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in NAMES}
    for _, word in sorted(words.items()):
        rows[_OF_KIND[word.kind]] += _rows(word, [cases[case_id] for case_id in word.cases])
    return {name: pa.Table.from_pylist(made, schema=CONTRACT.relation(name).arrow()) for name, made in rows.items()}


def _rows(said: Said, cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """A row for each document of these cases, each case as often as the word holds in it."""
    places = Counter(case["document_id"] for case in cases)
    secret = {case["document_id"] for case in cases if case["confidential"]}
    told = {
        "case_name": said.word.case or None,
        "table_name": said.word.table or None,
        "note": said.word.note or None,
        "said_by": said.word.who or None,
        "said_at": said.word.when,
        **_own(said),
    }
    return [
        {
            "word_id": f"{said.key}.{document_id}",
            "document_id": document_id,
            "places": count,
            "confidential": document_id in secret,
            **told,
        }
        for document_id, count in sorted(places.items())
    ]


def _own(said: Said) -> dict[str, Any]:
    """What the kind of word says besides where it holds."""
    match said.word:
        case Total(row=row, parts=parts, minus=minus):
            return {"label": row, "parts": list(parts), "minus": list(minus)}
        case Same(row=row, other_table=table, other_row=other):
            return {"label": row, "other_table_name": table or None, "other_label": other}
        case NoError(row=row, check=check):
            return {"label": row or None, "check": check}
