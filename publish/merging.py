"""The rows of one document after the other, merged in a stream into the relations of a run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from publish.contract import RELATIONS
from publish.projections import Level, projections
from publish.review.relation import NAME, decisions, with_decisions
from publish.store import Stage, read, staged, write

_SCHEMAS = {relation.name: relation.arrow() for relation in RELATIONS}


def packed(part: Mapping[str, Any]) -> list[tuple[str, bytes]]:
    """The rows of a document as bytes, without their schemas."""
    return [(name, rows.serialize().to_pybytes()) for name, rows in part.items()]


def unpacked(data: Iterable[tuple[str, bytes]]) -> dict[str, Any]:
    """The rows that `packed` made bytes of."""
    return {name: pa.ipc.read_record_batch(pa.py_buffer(rows), _SCHEMAS[name]) for name, rows in data}


def merge(parts: Iterable[Mapping[str, Any]], level: Level | None, out: Path) -> None:
    """Writes the relations of `parts` to `out`, with the projections to `level` and the decisions that lie there."""
    with staged(out) as stage:
        rates = None
        for part in parts:
            projected = projections(part["amounts"], level) if "amounts" in part else {}
            rates = projected.pop("rates", rates)
            stage.add({**part, **projected})
        stage.add({} if rates is None else {"rates": rates})
        stage.add({NAME: decisions(_Held(stage), out)})


def merge_with_earlier(parts: Iterable[Mapping[str, Any]], level: Level | None, out: Path) -> None:
    """Likewise, and the documents that `out` holds from earlier runs stay; all of it is held at once."""
    from publish.keeping import with_earlier

    made = list(parts)
    tables = {
        name: pa.Table.from_batches([part[name] for part in made if name in part], schema=schema)
        for name, schema in _SCHEMAS.items()
    }
    tables = with_earlier(tables | projections(tables["amounts"], level), read(out))
    write(with_decisions(tables, out), out)


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
