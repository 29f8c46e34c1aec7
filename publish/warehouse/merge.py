"""The merge of staged rows into a warehouse: new rows come, changed ones are replaced, those that went are closed.

What was valid before is kept in `<relation>_history` with the time from which it no longer is.  Rows that say the same
as before are not touched.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice

from extract.records import record
from publish.contract import RELATIONS, Relation
from publish.sql import Dialect, listed, literal, quoted, references
from publish.warehouse.schema import LOADER_COLUMNS
from publish.warehouse.source import APART, DOCUMENT, RunFolder, loaded_columns
from publish.warehouse.target import Target

#: Among the digests of documents, that of all files of the run that was loaded last.
THE_LAST_RUN = "*"
_IDS_AT_ONCE = 500  # document ids in one INSERT


@record
class Changes:
    """How many rows of a relation came, were replaced and were closed."""

    added: int
    changed: int
    closed: int


@record
class Stamp:
    """What the loader writes on every row: the load, and from when the row is valid (a timestamp in SQL)."""

    load_id: str
    at: str


@record
class Scope:
    """The documents whose rows are looked at, and those of the run or closed, whose decisions are."""

    changed: Collection[str]
    gone: Collection[str]
    given: Collection[str]


def merge(target: Target, run: RunFolder, scope: Scope, stamp: Stamp) -> dict[str, Changes]:
    """Brings the rows of the documents in `scope` to what the run says; by relation what that changed."""
    _ids(target, "scope", {*scope.changed, *scope.gone})
    _ids(target, "given", {*scope.given, *scope.gone})
    run.connection.execute(f"CREATE TEMP TABLE to_load ({DOCUMENT} VARCHAR)")
    for values in _chunks(sorted(scope.changed)):
        run.connection.execute(f"INSERT INTO temp.to_load VALUES {values}")
    # Where no document came, changed or went, only what does not come with a document needs a look.
    looked_at = [r for r in RELATIONS if scope.changed or scope.gone or r.name in APART]
    for relation in looked_at:
        wanted = f"SELECT * FROM {run.view(relation)}"
        if relation.name not in APART:
            wanted += f" WHERE {DOCUMENT} IN (SELECT {DOCUMENT} FROM temp.to_load)"
        target.stage(run, relation, loaded_columns(relation), wanted)
        _differences(target, relation)
    with _references_held_at_the_end(target):
        counts = {relation.name: _bring(target, relation, stamp) for relation in looked_at}
    closed = {relation.name: _close(target, relation) for relation in reversed(looked_at)}
    nothing = Changes(0, 0, 0)
    return {r.name: Changes(*counts[r.name], closed[r.name]) if r.name in counts else nothing for r in RELATIONS}


@contextmanager
def _references_held_at_the_end(target: Target) -> Iterator[None]:
    """In the first load of PostgreSQL references are looked at together in the end, which is faster than row by row."""
    first = target.dialect is Dialect.POSTGRES and target.rows("SELECT EXISTS (SELECT 1 FROM documents)") == [(False,)]
    held = [(r, *reference) for r in RELATIONS for reference in references(r)] if first else []
    for relation, column, _, _ in held:
        target.execute(f"ALTER TABLE {quoted(relation.name)} DROP CONSTRAINT {quoted(f'{relation.name}_{column}')}")
    yield
    for relation, column, other, key in held:
        target.execute(
            f"ALTER TABLE {quoted(relation.name)} ADD CONSTRAINT {quoted(f'{relation.name}_{column}')} "
            f"FOREIGN KEY ({quoted(column)}) REFERENCES {quoted(other)} ({quoted(key)})"
        )


def keep_digests(target: Target, scope: Scope, digests: Mapping[str, str], content: str) -> None:
    """Remembers what the documents in `scope`, and the run's files together, were when they were loaded."""
    of_last = literal(THE_LAST_RUN)
    target.execute(
        f"DELETE FROM document_digests WHERE {DOCUMENT} = {of_last} OR {DOCUMENT} IN (SELECT {DOCUMENT} FROM scope)"
    )
    kept = {**{document: digests[document] for document in sorted(scope.changed)}, THE_LAST_RUN: content}
    pairs = (f"({literal(document)}, {literal(digest)})" for document, digest in kept.items())
    while some := ", ".join(islice(pairs, _IDS_AT_ONCE)):
        target.execute(f"INSERT INTO document_digests VALUES {some}")


def _ids(target: Target, name: str, documents: Iterable[str]) -> None:
    drop = " ON COMMIT DROP" if target.dialect is Dialect.POSTGRES else ""
    target.execute(f"CREATE TEMP TABLE {name} ({DOCUMENT} text NOT NULL){drop}")
    for values in _chunks(sorted(documents)):
        target.execute(f"INSERT INTO {name} VALUES {values}")
    target.execute(f"ANALYZE {name}")


def _chunks(ids: Sequence[str]) -> Iterator[str]:
    each = iter(ids)
    while some := ", ".join(f"({literal(i)})" for i in islice(each, _IDS_AT_ONCE)):
        yield some


def _differences(target: Target, relation: Relation) -> None:
    """Keys of rows that say something else now (`changed_<relation>`), and of rows that went (`gone_<relation>`)."""
    drop = " ON COMMIT DROP" if target.dialect is Dialect.POSTGRES else ""
    here, stage, key = quoted(relation.name), quoted(f"stage_{relation.name}"), quoted(relation.key)
    columns = [quoted(name) for name in loaded_columns(relation)]
    now, then = (", ".join(f"{row}.{c}" for c in columns) for row in "sc")
    target.execute(
        f"CREATE TEMP TABLE {quoted('changed_' + relation.name)}{drop} AS SELECT c.{key} AS id FROM {here} c "
        f"JOIN {stage} s ON s.{key} = c.{key} WHERE ROW({now}) IS DISTINCT FROM ROW({then})"
    )
    documents = APART.get(relation.name, "scope")
    within = f"c.{DOCUMENT} IN (SELECT {DOCUMENT} FROM {documents})" if documents else "false"
    target.execute(
        f"CREATE TEMP TABLE {quoted('gone_' + relation.name)}{drop} AS SELECT c.{key} AS id FROM {here} c "
        f"WHERE {within} AND NOT EXISTS (SELECT 1 FROM {stage} s WHERE s.{key} = c.{key})"
    )


def _bring(target: Target, relation: Relation, stamp: Stamp) -> tuple[int, int]:
    """History for what will not be valid any more, then new rows and new words of old ones: how many of each."""
    here, stage, key = quoted(relation.name), quoted(f"stage_{relation.name}"), quoted(relation.key)
    changed, gone = quoted(f"changed_{relation.name}"), quoted(f"gone_{relation.name}")
    columns = loaded_columns(relation)
    names, ours = listed(columns), listed(LOADER_COLUMNS)
    stamped = f"{literal(stamp.load_id)}, {stamp.at}"
    target.execute(
        f"INSERT INTO {quoted(relation.name + '_history')} ({names}, {ours}, valid_to, closed_by) "
        f"SELECT {names}, {ours}, {stamp.at}, {literal(stamp.load_id)} FROM {here} "
        f"WHERE {key} IN (SELECT id FROM {changed} UNION ALL SELECT id FROM {gone})"
    )
    added = target.execute(
        f"INSERT INTO {here} ({names}, {ours}) SELECT {names}, {stamped} FROM {stage} s "
        f"WHERE NOT EXISTS (SELECT 1 FROM {here} c WHERE c.{key} = s.{key})"
    )
    news = ", ".join(f"{quoted(name)} = s.{quoted(name)}" for name in columns if name != relation.key)
    replaced = target.execute(
        f"UPDATE {here} SET {news}, load_id = {literal(stamp.load_id)}, valid_from = {stamp.at} FROM {stage} s "
        f"WHERE s.{key} = {here}.{key} AND s.{key} IN (SELECT id FROM {changed})"
    )
    return added, replaced


def _close(target: Target, relation: Relation) -> int:
    """Takes the rows that went out of what is valid now; history has them already."""
    key, gone = quoted(relation.key), quoted(f"gone_{relation.name}")
    return target.execute(f"DELETE FROM {quoted(relation.name)} WHERE {key} IN (SELECT id FROM {gone})")
