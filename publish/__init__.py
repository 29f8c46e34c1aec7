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
    from publish.options import PublishOptions
    from reconcile.models import Finding

__all__ = ["PublishOptions", "data_dictionary", "publish", "publish_parts", "report", "schema"]


def __getattr__(name: str) -> Any:
    # Loaded when asked for: `afstem --help` takes the texts from this package and needs none of its libraries.
    if name in ("data_dictionary", "schema"):
        from publish import dictionary

        return getattr(dictionary, name)
    if name == "PublishOptions":
        from publish.options import PublishOptions

        return PublishOptions
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def publish(
    files: Sequence[CaseFile],
    findings: Sequence[Finding],
    out: Path,
    options: PublishOptions | None = None,
    **said: Any,
) -> None:
    """Write the relations of `files` and `findings` to `out`, and unless told otherwise the reports as well.

    `options` may also be `said` one by one, by the names of `PublishOptions`.  The decisions that auditors left in
    `out/review` become a relation too.  `out/parquet/*.parquet` and `out/afstem.duckdb` do not depend on the language,
    `out/report.html` and `out/report.xlsx` do.  Each file is replaced in one step, when all of them are written and
    counted.

    Raises ValueError where two things have the same id, an option is none or the decisions cannot be read, OSError
    where `out` cannot be written.
    """
    from publish.options import PublishOptions
    from publish.relations import parts

    publish_parts(parts(files, findings), out, options or PublishOptions(**said))


def publish_parts(parts: Iterable[Mapping[str, Any]], out: Path, options: PublishOptions) -> None:
    """Likewise of the rows of one document after the other (see `publish.relations.parts`), in their order.

    Reports and a database that would come out the same are left as they are (`publish.standing`).
    But for the reports, which look at all relations together, no more is held at once than a document, a row group of
    each relation and, with `add`, the ids of what stays.
    """
    from publish.merging import merge
    from publish.standing import keep_reports, reports_stand
    from publish.store import read

    add = options.add and (out / "parquet").is_dir()
    merge(parts, options.level, out, by_year=options.by_year, add=add)
    language, sources, csv = options.language, options.sources, options.csv
    if options.reports and not reports_stand(out, language, sources, csv=csv):
        from publish.reports import write_reports

        write_reports(read(out), out, language, sources, options.draw, csv=csv)
        keep_reports(out, language, sources, csv=csv)


def report(out: Path, language: str = "da", *, csv: bool = False, sources: Mapping[str, Path] | None = None) -> None:
    """Write `out/report.html` and `out/report.xlsx` again, from the Parquet relations and the decisions in `out`.

    With `csv` the workbook's sheets also lie in `out/csv`.

    Where people decided or said something since, the relations of that are brought up to date.  Raises
    FileNotFoundError where `out` holds no relations.
    """
    from publish.reports import write_reports
    from publish.review.reviewed import reviewed
    from publish.store import read, write

    tables = read(out)
    now = reviewed(tables, out)
    if any(not rows.equals(tables[name]) for name, rows in now.items()):
        write(tables | now, out)
    write_reports(tables | now, out, language, sources or {}, csv=csv)
