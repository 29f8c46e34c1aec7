"""What a run leaves behind: relations (Parquet, DuckDB) and the auditors' reports (HTML, XLSX).

In: the cases that `normalize` understood and the findings of `reconcile`.  Out: files in a folder, the relations as
docs/data-dictionary.md describes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normalize.models import CaseFile
    from publish.dictionary import data_dictionary, schema
    from reconcile.models import Finding

__all__ = ["data_dictionary", "publish", "report", "schema"]


def __getattr__(name: str) -> Any:
    # Loaded when asked for: `afstem --help` takes the texts from this package and needs none of its libraries.
    if name in ("data_dictionary", "schema"):
        from publish import dictionary

        return getattr(dictionary, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def publish(
    files: Sequence[CaseFile],
    findings: Sequence[Finding],
    out: Path,
    *,
    language: str = "da",
    reports: bool = True,
    csv: bool = False,
    sources: Mapping[str, Path] | None = None,
) -> None:
    """Write the relations of `files` and `findings` to `out`, and unless `reports` is False the reports as well.

    `out/parquet/*.parquet` and `out/afstem.duckdb` do not depend on `language` ("da" or "en"), `out/report.html` and
    `out/report.xlsx` do.  `sources` tells by document_id where the input files lie, so that the report can show a
    picture of the place that a finding speaks of.  With `csv` the workbook's sheets also lie in `out/csv`.  Each file
    is replaced in one step.

    Raises ValueError where two things have the same id or the language is unknown, OSError where `out` cannot be
    written.
    """
    from publish.relations import relations
    from publish.store import write

    tables = relations(files, findings)
    write(tables, out)
    if reports:
        from publish.reports import write_reports

        write_reports(tables, out, language, sources or {}, csv=csv)


def report(out: Path, language: str = "da", *, csv: bool = False, sources: Mapping[str, Path] | None = None) -> None:
    """Write `out/report.html`, `out/report.xlsx` and with `csv` `out/csv` again, from the Parquet relations in `out`.

    Raises FileNotFoundError where `out` holds no relations.
    """
    from publish.reports import write_reports
    from publish.store import read

    write_reports(read(out), out, language, sources or {}, csv=csv)
