"""What a folder holds of earlier runs, and how a run that adds to it keeps that.

Rows belong to the document that they came with.  Documents that a run holds itself, or that lie where one of its own
lies, are the run's; all others stay as they were, with all their rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from publish.contract import RELATIONS, SCHEMA_VERSION

#: By relation the column that names the row's parent, and the relation that the parent is in.
_PARENTS = {
    "cases": ("document_id", "documents"),
    "case_administrations": ("case_id", "cases"),
    "headings": ("case_id", "cases"),
    "tables": ("case_id", "cases"),
    "lines": ("table_id", "tables"),
    "amounts": ("line_id", "lines"),
    "projections": ("amount_id", "amounts"),
    "findings": ("document_id", "documents"),
    "statements": ("case_id", "cases"),
}


def earlier_documents(out: Path) -> list[dict[str, Any]] | None:
    """The documents of the run that left its data in `out`; None where there is none.

    Raises ValueError where they follow another version of the contract.
    """
    path = out / "parquet" / "documents.parquet"
    if not path.is_file():
        return None
    version = int((pq.read_schema(path).metadata or {}).get(b"schema_version", b"1"))
    if version != SCHEMA_VERSION:
        raise ValueError(f"{out}: version {version} of the contract, now {SCHEMA_VERSION}")
    rows: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()  # `read_table` would load pandas
    return rows


def with_earlier(tables: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The relations of a run (Arrow tables) with those rows of `before` whose documents the run does not hold.

    A case of an earlier run gives way to the run's own version of it.  `decisions` are the run's.
    """
    kept = _kept_documents(tables["documents"], before["documents"])
    made: dict[str, Any] = {"documents": kept}
    for name, (column, parent) in _PARENTS.items():
        keys = made[parent].column(_key(parent)).combine_chunks()
        made[name] = before[name].filter(pc.is_in(before[name].column(column), keys))
    made["findings"] = _absent(made["findings"], tables["findings"], "finding_id")
    made["cases"] = _giving_way(made["cases"], tables["cases"])
    made["rates"] = _absent(before["rates"], tables["rates"], "rate_id")
    return {
        r.name: pa.concat_tables([made[r.name], tables[r.name]]) if r.name in made else tables[r.name]
        for r in RELATIONS
    }


def _key(relation: str) -> str:
    return next(r.key for r in RELATIONS if r.name == relation)


def _absent(before: Any, now: Any, column: str) -> Any:
    return before.filter(pc.invert(pc.is_in(before.column(column), now.column(column).combine_chunks())))


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
