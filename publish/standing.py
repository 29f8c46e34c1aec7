"""Whether what lies in a folder is still what a run would write: then the run does not write it again.

`out/.cache/reports.json` names what the reports were made of and the bytes that were written, `database.json` there
likewise of the database.  It is a matter of time alone: without them, or where anything differs, both are made as they
always are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path

from extract.installed import source_of
from publish.settling import DATABASE

_REPORTS, _DATABASE = Path(".cache/reports.json"), Path(".cache/database.json")
#: What decides how a report, or the database, comes out, besides our own source.
_OF_REPORTS = ("afstem", "jinja2", "xlsxwriter", "pymupdf", "pillow")
_OF_THE_DATABASE = ("afstem", "duckdb", "pyarrow")
#: What people and earlier runs left for the report to show, and the reports themselves: told by their bytes.
_READ = ("parquet/*.parquet", "review/*")
_WRITTEN = ("report.html", "report.xlsx", "run.json", "csv/*.csv")
#: Large, many, and only named by a report: told by their size and time.
_NAMED = ("evidence/*", "annotated/*")


def reports_stand(out: Path, language: str, sources: Mapping[str, Path], *, csv: bool) -> bool:
    """Whether the reports in `out` are those that `keep_reports` was told of, and would come out the same today."""
    return _stands(out / _REPORTS, lambda: _of_reports(out, language, sources, csv=csv))


def keep_reports(out: Path, language: str, sources: Mapping[str, Path], *, csv: bool) -> None:
    """Remembers the reports that were just written to `out`."""
    _keep(out / _REPORTS, _of_reports(out, language, sources, csv=csv))


def database_stands(out: Path, stage: Path) -> bool:
    """Whether the database in `out` is the one that `keep_database` was told of, and was made of the very Parquet files
    that lie in `stage`."""
    return _stands(out / _DATABASE, lambda: _of_database(out, stage))


def keep_database(out: Path) -> None:
    """Remembers the database in `out`, which was made of the Parquet files there."""
    _keep(out / _DATABASE, _of_database(out, out))


def _stands(known: Path, told: Callable[[], Mapping[str, str]]) -> bool:
    try:
        return bool(json.loads(known.read_text(encoding="utf-8")) == told())
    except (OSError, ValueError):
        return False


def _keep(known: Path, told: Mapping[str, str]) -> None:
    # imported here: it loads Arrow, and to ask what stands is to be quick
    from publish.store import replacing

    with replacing(known) as path:
        path.write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8")


def _of_reports(out: Path, language: str, sources: Mapping[str, Path], *, csv: bool) -> dict[str, str]:
    made_of = {"language": language, "csv": str(csv), "inputs": _inputs(sources)}
    return _program(_OF_REPORTS) | made_of | dict(_bytes(out, (*_READ, *_WRITTEN))) | dict(_sizes(out, _NAMED))


def _of_database(out: Path, stage: Path) -> dict[str, str]:
    return _program(_OF_THE_DATABASE) | dict(_bytes(stage, ("parquet/*.parquet",))) | dict(_bytes(out, (DATABASE,)))


def _program(libraries: Iterable[str]) -> dict[str, str]:
    return {"program": source_of("publish").hex()} | {library: version(library) for library in libraries}


def _inputs(sources: Mapping[str, Path]) -> str:
    """Where the inputs lie, for the links and the pictures; one that came back is another input."""
    found = [f"{document_id} {path} {path.is_file()}" for document_id, path in sorted(sources.items())]
    return sha256("\n".join(found).encode(errors="surrogateescape")).hexdigest()


def _bytes(out: Path, patterns: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in _files(out, patterns):
        with path.open("rb") as stream:
            yield path.relative_to(out).as_posix(), file_digest(stream, "sha256").hexdigest()


def _sizes(out: Path, patterns: Iterable[str]) -> Iterator[tuple[str, str]]:
    for path in _files(out, patterns):
        stat = path.stat()
        yield path.relative_to(out).as_posix(), f"{stat.st_size} {stat.st_mtime_ns}"


def _files(out: Path, patterns: Iterable[str]) -> Iterator[Path]:
    return (path for pattern in patterns for path in sorted(out.glob(pattern)) if path.is_file())
