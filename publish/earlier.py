"""What a folder holds of an earlier run, asked before a run begins: quick to load."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from publish.contract import SCHEMA_VERSION
from publish.settling import settle


def earlier_documents(out: Path) -> list[dict[str, Any]] | None:
    """The documents of the run that left its data in `out`; None where there is none.

    Raises ValueError where they follow another version of the contract.
    """
    settle(out)
    path = out / "parquet" / "documents.parquet"
    if not path.is_file():
        return None
    version = int((pq.read_schema(path).metadata or {}).get(b"schema_version", b"1"))
    if version != SCHEMA_VERSION:
        raise ValueError(f"{out}: version {version} of the contract, now {SCHEMA_VERSION}")
    rows: list[dict[str, Any]] = pq.ParquetFile(path).read().to_pylist()  # `read_table` would load pandas
    return rows
