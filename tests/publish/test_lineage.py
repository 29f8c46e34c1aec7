"""A run's OpenLineage events are such as the standard's own client makes of the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import publish
from publish.contract import CONTRACT, RELATIONS
from publish.lineage import append_events
from tests.publish.lindeby import files, wrong_total

BEGAN, ENDED = datetime(2026, 11, 28, 1, 0, tzinfo=UTC), datetime(2026, 11, 28, 1, 2, tzinfo=UTC)


@pytest.fixture
def events(tmp_path: Path) -> list[dict[str, object]]:
    publish.publish(files(), [wrong_total()], tmp_path / "out", reports=False)
    append_events(tmp_path / "out", BEGAN, ENDED, tmp_path / "lineage.jsonl")
    return [json.loads(line) for line in (tmp_path / "lineage.jsonl").read_text("utf-8").splitlines()]


def test_a_run_begins_and_is_complete(events: list[dict[str, object]]) -> None:
    assert [(e["eventType"], e["eventTime"]) for e in events] == [
        ("START", "2026-11-28T01:00:00+00:00"),
        ("COMPLETE", "2026-11-28T01:02:00+00:00"),
    ]
    assert events[0]["run"] == events[1]["run"]


def test_inputs_are_the_files_by_their_bytes_and_outputs_the_relations_by_their_columns(
    events: list[dict[str, object]],
) -> None:
    complete = events[1]
    assert [i["facets"]["version"]["datasetVersion"] for i in complete["inputs"]] == ["cd" * 32, "ab" * 32]
    assert [Path(o["name"]).stem for o in complete["outputs"]] == [r.name for r in RELATIONS]
    amounts = next(o for o in complete["outputs"] if o["name"].endswith("/amounts.parquet"))
    assert amounts["outputFacets"]["outputStatistics"]["rowCount"] == 6
    assert [f["name"] for f in amounts["facets"]["schema"]["fields"]] == list(CONTRACT.relation("amounts").names())


def test_the_standard_s_client_makes_the_same_of_it(events: list[dict[str, object]]) -> None:
    event_v2 = pytest.importorskip("openlineage.client.event_v2")
    from openlineage.client.facet_v2 import output_statistics_output_dataset, processing_engine_run, schema_dataset
    from openlineage.client.serde import Serde

    complete = events[1]
    first, engine = complete["outputs"][0], complete["run"]["facets"]["processing_engine"]
    statistics, schema = first["outputFacets"]["outputStatistics"], first["facets"]["schema"]
    made = event_v2.RunEvent(
        eventTime=complete["eventTime"],
        producer=complete["producer"],
        eventType=event_v2.RunState.COMPLETE,
        run=event_v2.Run(
            complete["run"]["runId"],
            {"processing_engine": processing_engine_run.ProcessingEngineRunFacet(engine["version"], engine["name"])},
        ),
        job=event_v2.Job(complete["job"]["namespace"], complete["job"]["name"]),
        inputs=[event_v2.InputDataset(i["namespace"], i["name"]) for i in complete["inputs"]],
        outputs=[
            event_v2.OutputDataset(
                first["namespace"],
                first["name"],
                {
                    "outputStatistics": output_statistics_output_dataset.OutputStatisticsOutputDatasetFacet(
                        rowCount=statistics["rowCount"], size=statistics["size"]
                    )
                },
                facets={
                    "schema": schema_dataset.SchemaDatasetFacet(
                        [schema_dataset.SchemaDatasetFacetFields(**field) for field in schema["fields"]]
                    )
                },
            )
        ],
    )
    told = Serde.to_dict(made)
    assert told.keys() == complete.keys()
    assert told["run"]["facets"]["processing_engine"].keys() >= {"name", "version", "_schemaURL", "_producer"}
    theirs = told["outputs"][0]
    assert theirs["outputFacets"]["outputStatistics"]["rowCount"] == statistics["rowCount"]
    assert [{k: f[k] for k in ("name", "type", "description")} for f in theirs["facets"]["schema"]["fields"]] == schema[
        "fields"
    ]
