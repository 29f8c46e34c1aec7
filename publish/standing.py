"""Whether the reports that lie in a folder are still those of what it holds: then a run writes none of them again.

`out/.cache/reports.json` names what the reports were made of and the bytes that were written.  It is a matter of time
alone: without it, or where anything differs, the reports are made as they always are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path

FILE = Path(".cache/reports.json")
#: What decides how a report comes out, besides our own source.
_LIBRARIES = ("afstem", "jinja2", "xlsxwriter", "pymupdf", "pillow")
_SOURCE = (".py", ".toml", ".js", ".css", ".j2")
#: What people and earlier runs left for the report to show, and the reports themselves: told by their bytes.
_READ = ("parquet/*.parquet", "review/*")
_WRITTEN = ("report.html", "report.xlsx", "run.json", "csv/*.csv")
#: Large, many, and only named by a report: told by their size and time.
_NAMED = ("evidence/*", "annotated/*")


def standing(out: Path, language: str, sources: Mapping[str, Path], *, csv: bool) -> bool:
    """Whether the reports in `out` are those that `kept` was told of, and would come out the same today."""
    try:
        known = json.loads((out / FILE).read_text(encoding="utf-8"))
        return bool(known == _told(out, language, sources, csv=csv))
    except (OSError, ValueError):
        return False


def kept(out: Path, language: str, sources: Mapping[str, Path], *, csv: bool) -> None:
    """Remembers the reports that were just written to `out`."""
    # imported here: it loads Arrow, and `standing` is there to be quick
    from publish.store import replacing

    told = _told(out, language, sources, csv=csv)
    with replacing(out / FILE) as path:
        path.write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8")


def _told(out: Path, language: str, sources: Mapping[str, Path], *, csv: bool) -> dict[str, str]:
    made_of = {"program": _program(), "language": language, "csv": str(csv), "inputs": _inputs(sources)}
    return made_of | dict(_bytes(out, (*_READ, *_WRITTEN))) | dict(_sizes(out, _NAMED))


def _program() -> str:
    digest = sha256(" ".join(f"{library} {version(library)}" for library in _LIBRARIES).encode())
    own = Path(__file__).parent
    for file in sorted(p for p in own.rglob("*") if p.suffix in _SOURCE):
        digest.update(file.relative_to(own).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


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
