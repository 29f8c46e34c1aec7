"""The figures in folders by year, as query engines read them without opening the other years."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from publish.contract import CONTRACT

FOLDER = "parquet-by-year"
_STAGE = f".{FOLDER}.partial"
_RELATION, _COLUMN = "amounts", "year"


def write_by_year(tables: Mapping[str, Any], out: Path) -> None:
    """`out/parquet-by-year/amounts/year=2026/amounts-0.parquet`: the relation `amounts` of these Arrow tables.

    The year stands in the folder's name alone, as Hive, Spark, DuckDB and Arrow expect; figures without a year lie in
    `year=__HIVE_DEFAULT_PARTITION__`.  The same tables give the same bytes.  Raises OSError where `out` cannot be
    written; what was there before is gone then, not half replaced.
    """
    import pyarrow.dataset as ds  # imported here: most runs write no such folder

    year = CONTRACT.relation(_RELATION).column(_COLUMN)
    stage = out / _STAGE
    drop_by_year(out)
    try:
        ds.write_dataset(
            tables[_RELATION],
            stage / _RELATION,
            format="parquet",
            partitioning=ds.partitioning(pa.schema([(year.name, year.type.names.arrow)]), flavor="hive"),
            basename_template=_RELATION + "-{i}.parquet",
            file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
            use_threads=False,  # rows stay in their order
            max_partitions=tables[_RELATION].num_rows + 1,
        )
        os.replace(stage, out / FOLDER)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def drop_by_year(out: Path) -> None:
    """Removes what an earlier run left there, or left half: its figures are no longer those of `out`."""
    for name in (FOLDER, _STAGE):
        shutil.rmtree(out / name, ignore_errors=True)
