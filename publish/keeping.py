"""How a run that adds to a folder keeps what that holds of earlier runs.

Rows belong to the document that they came with.  Documents that a run holds itself, or that lie where one of its own
lies, are the run's; all others stay as they were, with all their rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from publish.contract import CONTRACT

#: By relation the column that names the row's parent, and the relation that the parent is in; parents come first.
_PARENTS = {
    "unplaced": ("document_id", "documents"),
    "cases": ("document_id", "documents"),
    "case_administrations": ("case_id", "cases"),
    "case_metadata": ("case_id", "cases"),
    "headings": ("case_id", "cases"),
    "tables": ("case_id", "cases"),
    "lines": ("table_id", "tables"),
    "amounts": ("line_id", "lines"),
    "projections": ("amount_id", "amounts"),
    "findings": ("document_id", "documents"),
    "statements": ("case_id", "cases"),
}
_WITH_CHILDREN = frozenset(parent for _, parent in _PARENTS.values())
_AT_ONCE = 1 << 14  # rows


def kept(now: Mapping[str, Any], parquet: Path) -> Iterator[tuple[str, Any]]:
    """Those rows of the relations in a folder whose documents the run does not hold: the name of a relation and an
    Arrow table of some of its rows, again and again.

    `now` gives the run's own `documents`, `cases`, `findings` and `rates` (Arrow tables).  A case of an earlier run
    gives way to the run's own version of it.  Of lines and amounts no more is held than their ids.
    """
    documents = _kept_documents(now["documents"], _whole(parquet, "documents"))
    yield "documents", documents
    keys = {"documents": _column(documents, "document_id")}
    for name, (column, parent) in _PARENTS.items():
        found = []
        for some in _with_parent(parquet, name, column, keys[parent]):
            if name in _WITH_CHILDREN:
                found.append(_column(some, CONTRACT.relation(name).key))
            yield name, _own_gives_way(name, some, now)
        keys[name] = pa.concat_arrays(found) if found else pa.array([], pa.string())
    yield "rates", _absent(_whole(parquet, "rates"), now["rates"], "rate_id")


def _with_parent(parquet: Path, name: str, column: str, parents: Any) -> Iterator[Any]:
    """The rows with such a parent, some after the others; cases all at once, for one may be the version of another."""
    if name == "cases":
        cases = _whole(parquet, name)
        yield cases.filter(pc.is_in(cases.column(column), parents))
        return
    with pq.ParquetFile(parquet / f"{name}.parquet") as file:
        for batch in file.iter_batches(_AT_ONCE):
            some = pa.Table.from_batches([batch]).filter(pc.is_in(batch.column(column), parents))
            if some.num_rows:
                yield some


def _own_gives_way(name: str, rows: Any, now: Mapping[str, Any]) -> Any:
    if name == "findings":
        return _absent(rows, now[name], "finding_id")
    return _giving_way(rows, now[name]) if name == "cases" else rows


def _whole(parquet: Path, name: str) -> Any:
    return pq.ParquetFile(parquet / f"{name}.parquet").read()


def _column(table: Any, name: str) -> Any:
    return table.column(name).combine_chunks()


def _absent(before: Any, now: Any, column: str) -> Any:
    return before.filter(pc.invert(pc.is_in(before.column(column), _column(now, column))))


def _kept_documents(now: Any, before: Any) -> Any:
    here = {(folder, path) for folder, path in _places(now) if path is not None}
    apart = pa.array([place not in here for place in _places(before)], pa.bool_())
    return _absent(before.filter(apart), now, "document_id")


def _places(documents: Any) -> list[tuple[str | None, str | None]]:
    folders, paths = documents.column("source_folder").to_pylist(), documents.column("path").to_pylist()
    return list(zip(folders, paths, strict=True))


def _giving_way(kept: Any, now: Any) -> Any:
    rows = now.to_pylist()
    counted = {row["case_key"]: row["case_id"] for row in reversed(rows) if row["case_key"] and not row["version_of"]}
    there = {row["case_id"] for row in rows} | set(kept.column("case_id").to_pylist())
    versions = [
        counted.get(key) or (version if version in there else None)
        for key, version in zip(kept.column("case_key").to_pylist(), kept.column("version_of").to_pylist(), strict=True)
    ]
    position = kept.schema.get_field_index("version_of")
    return kept.set_column(position, kept.schema.field(position), pa.array(versions, pa.string()))
