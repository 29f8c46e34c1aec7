"""What a finance office, an auditor and a warehouse get of a small run, told in plain text: `kept/*.txt`.

The run is of made-up files: Lindeby's case with a wrong total and its consequences, a file in quarantine, and a case of
text with a catalogue.  `python -m tests.publish.kept_outputs` writes what they get now; the difference is looked at.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import duckdb
import openpyxl
import pymupdf

import publish
from normalize.models import CaseFile, Kind
from publish.annotated import annotate
from publish.memo import memos
from publish.review.decisions import Choice, add, on
from publish.store import read
from reconcile import check
from reconcile.models import Check, Finding, Severity
from tests.publish.lindeby import case, document, files, table, wrong_total
from tests.publish.page_data import data_of
from tests.reconcile import build

FOLDER = Path(__file__).with_name("kept")
_WHEN = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
_MOMENT = re.compile(
    r"\d{1,2}\.\s?(?:\d{1,2}\.|[a-z]+ )\d{4} \d\d[.:]\d\d(?: UTC)?"
    r"|\d{4}-\d\d-\d\d[T ]\d\d:\d\d[\d:.]*(?:Z|\+\d\d:\d\d)?"
)
_PLACES = 1  # decimals of a point on the page, which fonts may move
_OF_A_MOMENT = ("run_id", "read_at", "began", "made", "time", "version", "program", "decided_at", "at")


def kept(name: str) -> list[str]:
    """What was handed out when somebody last looked at it."""
    return FOLDER.joinpath(f"{name}.txt").read_text(encoding="utf-8").split("\n")


def told(folder: Path) -> dict[str, list[str]]:
    """What is handed out now, by name of the kept file."""
    out = _run(folder)
    told = {
        "relations": _relations(out),
        "views": _views(out),
        "workbook": _workbook(out / "report.xlsx"),
        "csv": _csv(out),
        "page": _page(out),
        "annotated": _annotated(out),
        "memos": _memos(out),
    }
    digest = sha256((folder / "lindeby.pdf").read_bytes()).hexdigest()
    run = str(json.loads((out / "run.json").read_text(encoding="utf-8"))["run_id"])
    masked = {str(folder): "FOLDER", digest: "DIGEST", run: "RUN"}
    return {name: [_masked(line, masked) for line in lines] for name, lines in told.items()}


def _masked(line: str, masked: dict[str, str]) -> str:
    """A line without what differs from run to run."""
    for text, name in masked.items():
        line = line.replace(text, name)
    return _MOMENT.sub("NOW", line)


def _run(folder: Path) -> Path:
    source, out = folder / "lindeby.pdf", folder / "out"
    with pymupdf.open() as pdf:
        pdf.new_page()
        page = pdf.new_page()
        for line in table().lines:
            for figure in line.amounts:
                assert figure.place.box is not None
                page.insert_text((figure.place.box.x0, figure.place.box.y1), figure.printed, fontsize=9)
        pdf.save(source, no_new_id=True)
    digest = sha256(source.read_bytes()).hexdigest()
    of_pdf = CaseFile(replace(document(), sha256=digest), (case(),))
    text, found_in_text = of_text()
    found = [wrong_total(), *followers(), *found_in_text]
    publish.publish([of_pdf, files()[1], text], found, out, csv=True, sources={of_pdf.document.document_id: source})
    rows = read(out)["findings"].to_pylist()
    add(out, [on(rows[0], Choice.DISMISSED, note="Kender vi", who="Revisor", when=_WHEN)])
    publish.report(out, csv=True, sources={of_pdf.document.document_id: source})
    return out


def followers() -> list[Finding]:
    """What goes with the wrong total: a consequence, a remark, a figure to read again."""
    return [
        replace(wrong_total("f1"), check=Check.CROSS_TABLE, severity=Severity.WARNING, consequence_of="f0"),
        replace(wrong_total("f2"), severity=Severity.INFO, year=2025, stated=Decimal(-1500), expected=Decimal(-1502)),
        replace(wrong_total("f3"), reread=True, cause=None, cause_params=(), line_id="l1", evidence=("a11",)),
    ]


def of_text() -> tuple[CaseFile, list[Finding]]:
    """A case of text whose lasting change is 100 less in a table than in the other, and what the checks say."""
    lasting = build.table(
        Kind.RECURRING,
        """| 2022 | 2023 | I alt
        Energi | -1.200 | -1.300 | -2.500
        Drift | 200 | 210 | 410
        = Samlet varig ændring | -1.000 | -1.190 | -2.190""",
        label="Tabel 2",
        title="Varige ændringer",
    )
    summary = build.table(
        Kind.SUMMARY,
        """| 2022 | 2023
        # Varige ændringer | |
        Energi | -1.200 | -1.300
        Drift | 200 | 210
        + Samlet varig ændring | -1.000 | -1.090
        # Implementeringsomkostninger | |
        System | 450 | -
        + Samlede implementeringsomkostninger | 450 | -
        = Samlet økonomisk påvirkning | -550 | -1.090
        % Tilbagebetalingstid | 1 |""",
        label="Tabel 1",
        title="Økonomi",
    )
    said = build.statement("9900000", "Energi koster 9.900 t.kr. i 2022.", table=0, line=1, years=(2022,))
    file = build.file(build.case(summary, lasting, statements=[said], stated_level=2022), name="energi.txt")
    return file, check([file])


def _relations(out: Path) -> Iterator[str]:
    for path in sorted((out / "parquet").glob("*.parquet")):
        yield f"[{path.stem}]"
        with duckdb.connect() as db:
            yield from _rows(db, f"SELECT * FROM read_parquet('{path}')")


def _views(out: Path) -> Iterator[str]:
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as db:
        names = db.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY 1").fetchall()
        for (name,) in names:
            yield f"[{name}]"
            yield from _rows(db, f'SELECT * FROM "{name}"')


def _rows(db: Any, query: str) -> Iterator[str]:
    found = db.execute(query)
    names = [column[0] for column in found.description]
    rows = (dict(zip(names, row, strict=True)) for row in found.fetchall())
    yield from sorted(
        "  " + "; ".join(f"{k}={v}" for k, v in row.items() if v is not None and k not in _OF_A_MOMENT) for row in rows
    )


def _workbook(path: Path) -> Iterator[str]:
    book = openpyxl.load_workbook(path)
    for sheet in book:
        yield f"[{sheet.title}] frozen {sheet.freeze_panes}, filter {sheet.auto_filter.ref}, {sheet.sheet_state}"
        columns = sheet.column_dimensions.items()
        widths = [f"{name} {column.width:.1f}{' hidden' * column.hidden}" for name, column in columns]
        yield f"  widths {', '.join(widths)}; merged {sorted(map(str, sheet.merged_cells.ranges))}"
        for ranges, rules in sheet.conditional_formatting._cf_rules.items():
            yield f"  marks {ranges.sqref}: {[(rule.type, rule.operator, rule.formula) for rule in rules]}"
        for valid in sheet.data_validations.dataValidation:
            yield f"  choices {valid.sqref}: {valid.formula1}"
        for row in sheet.iter_rows():
            height = sheet.row_dimensions[row[0].row].height
            yield f"  {row[0].row}{f' ({height:.0f} high)' if height else ''}: " + " | ".join(map(_xcell, row))


def _xcell(cell: Any) -> str:
    if cell.value is None:
        return "."
    style = [cell.number_format] if cell.number_format != "General" else []
    style += ["bold"] * bool(cell.font.bold) + ["wrap"] * bool(cell.alignment.wrap_text)
    style += [cell.font.color.rgb[2:]] if cell.font.color is not None and isinstance(cell.font.color.rgb, str) else []
    style += [f"on {cell.fill.fgColor.rgb[2:]}"] if cell.fill.fill_type else []
    style += [f"to {cell.hyperlink.target or ''}#{cell.hyperlink.location or ''}"] if cell.hyperlink else []
    style += [f"says {cell.comment.text!r}"] if cell.comment else []
    return repr(cell.value) + (f" ({', '.join(style)})" if style else "")


def _csv(out: Path) -> Iterator[str]:
    for path in sorted(out.rglob("*.csv")):
        yield f"[{path.name}]"
        yield from path.read_text(encoding="utf-8-sig").splitlines()


def _page(out: Path) -> Iterator[str]:
    yield from json.dumps(_steady(data_of(out)), ensure_ascii=False, indent=1, sort_keys=True).splitlines()


def _steady(value: Any) -> Any:
    """The page's data without what differs from run to run and the pictures."""
    if isinstance(value, dict):
        return {k: _steady(v) for k, v in value.items() if k not in _OF_A_MOMENT}
    if isinstance(value, list):
        return [_steady(one) for one in value]
    return "a picture" if isinstance(value, str) and value.startswith("data:image") else value


def _annotated(out: Path) -> Iterator[str]:
    annotate(read(out), out, "da")
    for path in sorted(out.rglob("*.pdf")):
        with pymupdf.open(path) as pdf:
            yield f"[{path.name}] {pdf.get_toc()}"
            for page in pdf:
                for note in page.annots():
                    box = [round(x, _PLACES) for x in note.rect]
                    colour = [round(x, 2) for x in (note.colors.get("stroke") or ())]
                    line = f"{colour} {note.border.get('width')} {note.opacity:.2f}"
                    yield f"  {page.number + 1} {note.type[1]} {box} {line}"
                    yield f"    {note.info['title']}: {note.info['content']!r}"


def _memos(out: Path) -> Iterator[str]:
    for path in memos(read(out), out, "da"):
        memo = docx.Document(str(path))
        yield f"[{path.relative_to(out)}]"
        for paragraph in memo.paragraphs:
            style = paragraph.style.name if paragraph.style is not None else ""
            yield f"  {style}: {paragraph.text}"
        for grid in memo.tables:
            for row in grid.rows:
                yield "  " + " | ".join(cell.text for cell in row.cells)


def main() -> None:
    """Write what is handed out now."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name, lines in told(Path(folder)).items():
            FOLDER.joinpath(f"{name}.txt").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
