"""The rows of one document after the other, merged in a stream into the relations of a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from publish.contract import RELATIONS
from publish.projections import Level, projections
from publish.review.reviewed import reviewed
from publish.store import ROW_GROUP, Stage, staged

_SCHEMAS = {relation.name: relation.arrow() for relation in RELATIONS}


def packed(part: Mapping[str, Any]) -> list[tuple[str, bytes]]:
    """The rows of a document as bytes, without their schemas."""
    return [(name, rows.serialize().to_pybytes()) for name, rows in part.items()]


def unpacked(data: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    """The rows that `packed` made bytes of."""
    return {name: pa.ipc.read_record_batch(pa.py_buffer(rows), _SCHEMAS[name]) for name, rows in data}


def merge(
    parts: Iterable[Mapping[str, Any]],
    level: Level | None,
    out: Path,
    *,
    by_year: bool | None = None,
    add: bool = False,
) -> None:
    """Writes the relations of `parts` to `out`, with the projections to `level` and what people said that lies there.

    With `add` the documents that `out` holds from earlier runs stay.  `by_year` is as `staged` has it.
    """
    with staged(out, by_year) as stage:
        if add:
            _added(stage, parts, level, out / "parquet")
        else:
            _fill(stage, parts, level)
        stage.add(reviewed(_Held(stage), out))


def _fill(stage: Stage, parts: Iterable[Mapping[str, Any]], level: Level | None) -> None:
    rates = None
    for part in parts:
        projected = projections(part["amounts"], level) if level is not None and "amounts" in part else {}
        rates = projected.pop("rates", rates)
        stage.add({**part, **projected})
    stage.add({} if rates is None else {"rates": rates})


def _added(stage: Stage, parts: Iterable[Mapping[str, Any]], level: Level | None, parquet: Path) -> None:
    """Adds what the folder `parquet` keeps, then the run's own rows, which are written aside to know what they hold."""
    from publish.keeping import kept

    aside = stage.folder.parent / "own"
    aside.mkdir()
    own = Stage(aside)
    try:
        _fill(own, parts, level)
        for name, rows in kept(_Held(own), parquet):
            stage.add({name: rows})
    finally:
        own.close()
    for name in _SCHEMAS:
        with pq.ParquetFile(aside / f"{name}.parquet") as file:
            for rows in file.iter_batches(ROW_GROUP):
                stage.add({name: rows})
    shutil.rmtree(aside)


class _Held(Mapping[str, Any]):
    """The relations that a stage holds, each read when it is asked for."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def __getitem__(self, name: str) -> Any:
        return self._stage.held(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_SCHEMAS)

    def __len__(self) -> int:
        return len(_SCHEMAS)
