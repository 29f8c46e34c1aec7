"""The figures in folders by year, as query engines read them without opening the other years."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from publish.contract import CONTRACT

FOLDER = "parquet-by-year"
_RELATION, _COLUMN = "amounts", "year"
_AT_ONCE = 1 << 14  # rows


def write_by_year(parquet: Path, folder: Path) -> list[Path]:
    """`folder/amounts/year=2026/amounts-0.parquet`: the relation `amounts` of a folder of Parquet files.

    The year stands in the folder's name alone, as Hive, Spark, DuckDB and Arrow expect; figures without a year lie in
    `year=__HIVE_DEFAULT_PARTITION__`.  The same rows give the same bytes; no more is held at once than some rows of
    each year.  Gives the files.  Raises OSError where the folder cannot be written or does not hold all rows then.
    """
    import pyarrow.dataset as ds  # imported here: most runs write no such folder

    year = CONTRACT.relation(_RELATION).column(_COLUMN)
    with pq.ParquetFile(parquet / f"{_RELATION}.parquet") as figures:
        years = (batch.column(_COLUMN).unique() for batch in figures.iter_batches(_AT_ONCE, columns=[_COLUMN]))
        count = len({value for some in years for value in some.to_pylist()})
        ds.write_dataset(
            figures.iter_batches(_AT_ONCE),
            folder / _RELATION,
            schema=figures.schema_arrow,
            format="parquet",
            partitioning=ds.partitioning(pa.schema([(year.name, year.type.names.arrow)]), flavor="hive"),
            basename_template=_RELATION + "-{i}.parquet",
            file_options=ds.ParquetFileFormat().make_write_options(compression="zstd"),
            use_threads=False,  # rows stay in their order
            max_partitions=count + 1,
            max_open_files=count + 1,
            min_rows_per_group=_AT_ONCE,
            max_rows_per_group=_AT_ONCE,
        )
        written = sorted((folder / _RELATION).rglob("*.parquet"))
        if sum(_rows(written)) != figures.metadata.num_rows:
            raise OSError(errno.EIO, f"{folder.name} does not hold the {figures.metadata.num_rows} figures of the run")
    return written


def _rows(files: list[Path]) -> Iterator[int]:
    return (pq.read_metadata(path).num_rows for path in files)
