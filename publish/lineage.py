"""A run as OpenLineage events, which lineage servers (Marquez, DataHub …) read: what went in, what came out.

The events are plain data after the OpenLineage specification (spec version 2-0-2); nothing is sent anywhere.
"""

from __future__ import annotations

import json
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pyarrow.parquet as pq

from publish.contract import RELATIONS, SCHEMA_VERSION, Relation
from publish.run import name_of

_SPEC = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
_FACETS = "https://openlineage.io/spec/facets"
_PRODUCER = "urn:afstem"
_NAMESPACE, _JOB = "afstem", "run"


def append_events(out: Path, began: datetime, ended: datetime, file: Path) -> None:
    """Two lines more in `file`: the run whose relations lie in `out` began, and was complete.

    Times carry their zone.  Raises OSError where the file cannot be written or the relations are not there.
    """
    complete = _complete(out, began, ended)
    start = {**complete, "eventType": "START", "eventTime": began.isoformat(), "inputs": [], "outputs": []}
    with file.open("a", encoding="utf-8") as stream:
        for event in (start, complete):
            stream.write(json.dumps(event, ensure_ascii=False) + "\n")


def _complete(out: Path, began: datetime, ended: datetime) -> dict[str, Any]:
    documents = pq.read_table(out / "parquet" / "documents.parquet").to_pylist()
    findings = pq.read_table(out / "parquet" / "findings.parquet").to_pylist()
    run = name_of(documents, findings)
    return {
        "eventType": "COMPLETE",
        "eventTime": ended.isoformat(),
        "producer": _PRODUCER,
        "schemaURL": _SPEC,
        "run": {
            "runId": str(uuid5(NAMESPACE_URL, f"{_PRODUCER}:{run}:{began.isoformat()}")),
            "facets": {
                "processing_engine": _facet("1-1-1/ProcessingEngineRunFacet", name="afstem", version=version("afstem")),
                "externalQuery": _facet("1-0-2/ExternalQueryRunFacet", externalQueryId=run, source="afstem"),
            },
        },
        "job": {"namespace": _NAMESPACE, "name": _JOB},
        "inputs": [_input(document) for document in documents],
        "outputs": [_output(relation, out) for relation in RELATIONS],
    }


def _facet(schema: str, **content: Any) -> dict[str, Any]:
    name = schema.rpartition("/")[2]
    return {"_producer": _PRODUCER, "_schemaURL": f"{_FACETS}/{schema}.json#/$defs/{name}", **content}


def _input(document: dict[str, Any]) -> dict[str, Any]:
    folder, path = document["source_folder"], document["path"] or document["file_name"]
    return {
        "namespace": "file",
        "name": f"{folder}/{path}" if folder else path,
        "facets": {"version": _facet("1-0-1/DatasetVersionDatasetFacet", datasetVersion=document["sha256"])},
    }


def _output(relation: Relation, out: Path) -> dict[str, Any]:
    path = out / "parquet" / f"{relation.name}.parquet"
    fields = [{"name": c.name, "type": c.type.names.duckdb, "description": c.meaning} for c in relation.columns]
    return {
        "namespace": "file",
        "name": path.as_posix(),
        "facets": {
            "schema": _facet("1-1-1/SchemaDatasetFacet", fields=fields),
            "version": _facet("1-0-1/DatasetVersionDatasetFacet", datasetVersion=str(SCHEMA_VERSION)),
        },
        "outputFacets": {
            "outputStatistics": _facet(
                "1-0-2/OutputStatisticsOutputDatasetFacet",
                rowCount=pq.read_metadata(path).num_rows,
                size=path.stat().st_size,
            )
        },
    }
