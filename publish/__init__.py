"""What a run leaves behind: relations (Parquet, DuckDB) and the auditors' reports (HTML, XLSX).

In: the cases that `normalize` understood and the findings of `reconcile`.  Out: files in a folder, the relations as
docs/data-dictionary.md describes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normalize.models import CaseFile
    from publish.dictionary import data_dictionary, schema
    from reconcile.models import Finding

if TYPE_CHECKING:
    from publish.pictures import Draw
    from publish.projections import Level

__all__ = ["data_dictionary", "publish", "publish_parts", "report", "schema"]


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
    draw: Draw | None = None,
    level: Level | None = None,
    add: bool = False,
    by_year: bool = False,
) -> None:
    """Write the relations of `files` and `findings` to `out`, and unless `reports` is False the reports as well.

    The decisions that auditors left in `out/review` become a relation too.  `out/parquet/*.parquet` and
    `out/afstem.duckdb` do not depend on `language` ("da" or "en"), `out/report.html` and `out/report.xlsx` do.
    `sources` tells by document_id where the input files lie, so that the report can show a picture of the place that a
    finding speaks of; `draw` draws it, in place of this process.  `level` is the one price level that amounts are
    brought to as well; with `csv` the workbook's sheets also lie in `out/csv`.  Each file is replaced in one step, when
    all of them are written and counted.

    With `by_year` the figures also lie in `out/parquet-by-year`, a folder for each year; without it none are left
    there.

    With `add` the documents that `out` holds from earlier runs, and that are not among `files`, stay with all that was
    found in them; only what is read now is checked anew.

    Raises ValueError where two things have the same id, the language is unknown or the decisions cannot be read,
    OSError where `out` cannot be written.
    """
    from publish.relations import parts

    publish_parts(
        parts(files, findings),
        out,
        language=language,
        reports=reports,
        csv=csv,
        sources=sources,
        draw=draw,
        level=level,
        add=add,
        by_year=by_year,
    )


def publish_parts(
    parts: Iterable[Mapping[str, Any]],
    out: Path,
    *,
    language: str = "da",
    reports: bool = True,
    csv: bool = False,
    sources: Mapping[str, Path] | None = None,
    draw: Draw | None = None,
    level: Level | None = None,
    add: bool = False,
    by_year: bool = False,
) -> None:
    """Likewise of the rows of one document after the other (see `publish.relations.parts`), in their order.

    Reports that would come out the same are left as they are (`publish.standing`).
    But for the reports, `add` and `by_year`, which look at all relations together, no more is held at once than a
    document and a row group of each relation.
    """
    from publish.by_year import drop_by_year, write_by_year
    from publish.merging import merge, merge_with_earlier
    from publish.standing import kept, standing
    from publish.store import read

    drop_by_year(out)
    if add and (out / "parquet").is_dir():
        merge_with_earlier(parts, level, out)
    else:
        merge(parts, level, out)
    reports = reports and not standing(out, language, sources or {}, csv=csv)
    if not (by_year or reports):
        return
    tables = read(out)
    if by_year:
        write_by_year(tables, out)
    if reports:
        from publish.reports import write_reports

        write_reports(tables, out, language, sources or {}, draw, csv=csv)
        kept(out, language, sources or {}, csv=csv)


def report(out: Path, language: str = "da", *, csv: bool = False, sources: Mapping[str, Path] | None = None) -> None:
    """Write `out/report.html` and `out/report.xlsx` again, from the Parquet relations and the decisions in `out`.

    With `csv` the workbook's sheets also lie in `out/csv`.

    Where these were decided on since, the relation `decisions` is brought up to date.  Raises FileNotFoundError where
    `out` holds no relations.
    """
    from publish.reports import write_reports
    from publish.review.relation import NAME, with_decisions
    from publish.store import read, write

    tables = read(out)
    judged = with_decisions(tables, out)
    if not judged[NAME].equals(tables[NAME]):
        write(judged, out)
    write_reports(judged, out, language, sources or {}, csv=csv)
