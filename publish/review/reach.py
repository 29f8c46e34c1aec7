"""What an auditor's words on structure speak of in a run: one that speaks of nothing is misspelt, and must be seen."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.records import record
from publish.review.relation import spoken_of
from publish.review.structure import KINDS, NoError, Same, Total, Word, case_names, key, plain, structure, table_names
from publish.store import keyed

Row = Mapping[str, Any]


@record
class Said:
    """A word with its key, the kind it is of, and the cases of the tables (findings, of `no_error`) in which it holds,
    each as often as it has such tables.
    """

    key: str
    kind: str
    word: Word
    cases: tuple[str, ...]

    @property
    def reach(self) -> int:
        """In how many tables, or findings, it holds."""
        return len(self.cases)


@record
class _Table:
    """A table as words name it, and how often each of its rows' names stands in it."""

    case_id: str
    case: tuple[str | None, ...]
    names: tuple[str | None, ...]
    rows: Counter[str]


def said(out: Path, relations: Mapping[str, Any]) -> tuple[Said, ...]:
    """What auditors said of structure in that folder, and where in these relations each word holds.

    Raises StructureError where the file cannot be understood.
    """
    words = structure(out).words()
    if not words:
        return ()
    tables = _tables(relations)
    return tuple(Said(key(w), KINDS[type(w)], w, _reach(w, tables, relations)) for w in words)


def _tables(relations: Mapping[str, Any]) -> list[_Table]:
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    lines = relations["lines"].select(["table_id", "label"]).to_pydict()
    for table_id, label in zip(lines["table_id"], lines["label"], strict=True):
        rows[table_id][plain(label)] += 1
    cases = {c["case_id"]: case_names(c["code"], c["title"]) for c in relations["cases"].to_pylist()}
    return [
        _Table(t["case_id"], cases[t["case_id"]], table_names(t["label"], t["title"]), rows[t["table_id"]])
        for t in relations["tables"].to_pylist()
    ]


def _reach(word: Word, tables: Sequence[_Table], relations: Mapping[str, Any]) -> tuple[str, ...]:
    """The case of every table, or finding, that the word speaks of."""
    match word:
        case NoError():
            found = keyed(relations["findings"], "finding_id", spoken_of(relations, (word,)))
            return tuple(finding["case_id"] for finding in found.values())
        case Total():
            return tuple(table.case_id for table in tables if _totals(word, table))
        case Same():
            here = {t.case_id for t in tables if word.fits_table(*t.names) and t.rows[plain(word.row)]}
            return tuple(table.case_id for table in tables if table.case_id in here and _renames(word, table))


def _totals(word: Total, table: _Table) -> bool:
    once = table.rows[plain(word.row)] == 1
    whole = all(table.rows[plain(name)] for name in (*word.parts, *word.minus))
    return once and whole and word.fits_case(*table.case) and word.fits_table(*table.names)


def _renames(word: Same, table: _Table) -> bool:
    once = table.rows[plain(word.other_row)] == 1
    return once and word.fits_case(*table.case) and word.fits_other_table(*table.names)
