"""Feeds a warehouse, PostgreSQL or a DuckDB file, with the relations that a run left behind.

In: the folder of a run.  Out: the warehouse's schema, in which the rows of many runs gather, each with the load that
brought it and the time from which it is valid.  A load is one transaction: readers see all of it or nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from extract.records import record
from publish.contract import CONTRACT, RELATIONS, SCHEMA_VERSION
from publish.sql import listed, literal
from publish.warehouse.duck import Duck
from publish.warehouse.errors import WarehouseError
from publish.warehouse.merge import THE_LAST_RUN, Changes, Scope, Stamp, keep_digests, merge
from publish.warehouse.postgres import Postgres
from publish.warehouse.schema import prepare
from publish.warehouse.source import RunFolder
from publish.warehouse.target import Target

__all__ = ["Changes", "LoadReport", "WarehouseError", "load"]

_LOAD_ID = "%Y%m%dT%H%M%S.%fZ"
_SMALLEST = timedelta(microseconds=1)
_DUCKDB, _POSTGRES = "duckdb:///", ("postgresql://", "postgres://")


@record
class LoadReport:
    """What a load did, or (`dry_run`) would have done.

    `replaced` are the documents that another one took the place of, same path with other bytes, as (path, old id, new
    id); `withdrawn` those that were closed since the run does not hold them; `kept` counts those that it does not hold
    and that stay.
    """

    load_id: str
    run_id: str
    documents: int
    loaded: int
    replaced: tuple[tuple[str, str, str], ...]
    withdrawn: tuple[tuple[str, str], ...]
    kept: int
    changes: Mapping[str, Changes]
    dry_run: bool

    def total(self) -> Changes:
        """Rows of all relations."""
        every = list(self.changes.values())
        return Changes(*(sum(getattr(c, part) for c in every) for part in ("added", "changed", "closed")))


def load(out: Path, url: str, *, schema: str = "afstem", complete: bool = False, dry_run: bool = False) -> LoadReport:
    """Loads the relations in `out` into the database at `url`: `postgresql://…`, or `duckdb:///file` (four slashes for
    a path from the root).

    Documents of earlier loads that the run does not hold stay, unless another one now lies where they did; with
    `complete` the run is all there is, and they are closed.  `dry_run` does everything and takes it back.
    Raises WarehouseError where nothing could be loaded; the warehouse is then as it was.
    """
    with RunFolder(out) as run:
        target = _connect(url, schema, run)
        try:
            prepare(target, schema)
            report = _load(target, run, complete, dry_run)
            if not dry_run:
                target.commit()
        finally:
            target.close()
    return report


def _connect(url: str, schema: str, run: RunFolder) -> Target:
    if url.startswith(_POSTGRES):
        return Postgres(url, schema)
    if url.startswith(_DUCKDB) and len(url) > len(_DUCKDB):
        return Duck(Path(url.removeprefix(_DUCKDB)), schema, run)
    raise WarehouseError("bad_url", url=url.partition("://")[0] + "://…", error="")


def _load(target: Target, run: RunFolder, complete: bool, dry_run: bool) -> LoadReport:
    began, load_id = _begin(target)
    known = dict(target.rows("SELECT document_id, digest FROM document_digests"))
    content = run.content()
    if known.pop(THE_LAST_RUN, None) == content and not complete:
        report = _nothing_new(run, load_id, known.keys(), dry_run)
        _write_down(target, run, report, began)
        return report
    run.check_whole()
    digests = run.digests()
    changed = [document for document, digest in digests.items() if known.get(document) != digest]
    replaced = _replaced(target, run)
    absent = known.keys() - digests.keys() - {old for _, old, _ in replaced}
    there = target.rows("SELECT document_id, file_name FROM documents") if complete and absent else []
    withdrawn = tuple(sorted((str(name), str(document)) for document, name in there if document in absent))
    gone = [old for _, old, _ in replaced] + [document for _, document in withdrawn]
    scope = Scope(changed, gone, digests.keys())
    changes = merge(target, run, scope, Stamp(load_id, _sql_time(began)))
    keep_digests(target, scope, digests, content)
    report = LoadReport(
        load_id,
        run.run_id(),
        len(digests),
        len(changed),
        tuple(replaced),
        withdrawn,
        0 if complete else len(absent),
        changes,
        dry_run,
    )
    _write_down(target, run, report, began)
    return report


def _nothing_new(run: RunFolder, load_id: str, known: Set[str], dry_run: bool) -> LoadReport:
    """What comes of the very files that were loaded last: none of their rows is read."""
    here = {document for (document,) in run.rows("SELECT document_id FROM memory.source.documents")}
    unchanged = {relation.name: Changes(0, 0, 0) for relation in RELATIONS}
    return LoadReport(load_id, run.run_id(), len(here), 0, (), (), len(known - here), unchanged, dry_run)


def _begin(target: Target) -> tuple[datetime, str]:
    """When this load begins, always later than the one before it whatever the clock says, and its id."""
    last = target.rows("SELECT max(load_id) FROM loads")[0][0]
    began = datetime.now(UTC)
    if last is not None:
        began = max(began, datetime.strptime(last, _LOAD_ID).replace(tzinfo=UTC) + _SMALLEST)
    return began, began.strftime(_LOAD_ID)


def _replaced(target: Target, run: RunFolder) -> list[tuple[str, str, str]]:
    """(path, old id, new id) of every document of the warehouse where the run has another one in the same place."""
    where = "SELECT document_id, coalesce(source_folder, ''), path FROM {} WHERE path IS NOT NULL"
    here = {(folder, path): document for document, folder, path in run.rows(where.format("memory.source.documents"))}
    ids = set(here.values())
    old = [(at, document) for document, *at in target.rows(where.format("documents")) if document not in ids]
    return sorted((path, document, here[folder, path]) for (folder, path), document in old if (folder, path) in here)


def _write_down(target: Target, run: RunFolder, report: LoadReport, began: datetime) -> None:
    """The row of the load, after everything that it brought."""
    inputs = ", ".join(map(literal, run.inputs()))
    total = report.total()
    values: dict[str, str] = {
        "load_id": literal(report.load_id),
        "run_id": literal(report.run_id),
        "schema_version": str(SCHEMA_VERSION),
        "program_version": literal(version("afstem")),
        "status": literal("done"),
        "started_at": _sql_time(began),
        "finished_at": _sql_time(max(datetime.now(UTC), began)),
        "source": literal(run.out.resolve().name),
        "documents": str(report.documents),
        "rows_added": str(total.added),
        "rows_changed": str(total.changed),
        "rows_closed": str(total.closed),
        "inputs": f"CAST(ARRAY[{inputs}] AS text[])",
    }
    names = CONTRACT.relation("loads").names()
    target.execute(f"INSERT INTO loads ({listed(names)}) VALUES ({', '.join(values[name] for name in names)})")


def _sql_time(moment: datetime) -> str:
    return f"CAST({literal(moment.isoformat())} AS timestamptz)"
