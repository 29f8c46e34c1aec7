"""The sample documents of data/raw, written anew from samples.toml.

    python -m bench.typeset.samples [FOLDER]

Sound cases are built from the figures of samples.toml; then the discrepancies that samples.toml plants are put in.
`documents()` gives the documents, `planted()` the list of what is wrong in them; the folder's README says it.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from bench.typeset.catalogue import overview
from bench.typeset.figures import Series, add
from bench.typeset.large_template import Economy, Item, committee_table, detail_table, followup_table, summary_table
from bench.typeset.layout import Layout
from bench.typeset.render_html import weasyprint_pdf
from bench.typeset.render_reportlab import reportlab_pdf
from bench.typeset.render_text import kept_text, lost_text, tabbed_text
from bench.typeset.spec import (
    Block,
    Case,
    Column,
    Doc,
    Field,
    Heading,
    Paragraph,
    Planted,
    Row,
    Sum,
    Table,
    TickBoxes,
    figure,
)
from bench.typeset.words import administrations

FOLDER = Path(__file__).parents[2] / "data" / "raw"
PRODUCERS = {
    "reportlab": reportlab_pdf,
    "weasyprint": weasyprint_pdf,
    "text-kept": kept_text,
    "text-lost": lost_text,
    "text-tabbed": tabbed_text,
}


@cache
def _told() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "samples.toml").read_text(encoding="utf-8"))


def _series(figures: list[int]) -> Series:
    return tuple(Decimal(f) for f in figures)


def economy_of(told: dict[str, Any]) -> Economy:
    """The figures of a case told in samples.toml."""
    span = len(told["recurring"][0]) - 1
    years = tuple(range(told["first_year"], told["first_year"] + span))
    recurring = [Item(label, "Service", _series(figures), "") for label, *figures in told["recurring"]]
    spending = [Item(label, area, _series(figures), "") for label, area, *figures in told["implementation"]]
    return Economy(years, told["price_level"], recurring, spending, "0", told["unit"].format(told["price_level"]))


def case_of(code: str, told: dict[str, Any]) -> Case:
    """The sound case of that code."""
    economy = economy_of(told)
    labels = iter(f"Tabel {n}" for n in range(1, 20))
    sections = iter(str(n) for n in range(1, 20))
    old = told["age"] == "old"
    name = f"{code} {told['title']}"
    front: list[Block] = [Paragraph("INVESTERINGSFORSLAG", "banner")] if old else []
    front.append(Field("Forslagets titel:", name, title=True) if old else Paragraph(name, "title"))
    front.append(Field("Resumé:" if old else "Kort resumé:", told["summary"]))
    front.append(Field("Fremstillende forvaltning:", told["administration"]))
    front.append(TickBoxes("Berørte forvaltninger:", tuple((a, a in told["affected"]) for a in administrations())))
    overview_table = summary_table(economy, next(labels), "Forslagets samlede økonomiske konsekvenser")
    blocks = [*front]
    if old:
        blocks += [Field("Angiv p/l:", str(economy.price_level)), overview_table]
    for title, key in (("Baggrund og formål", "background"), ("Forslagets indhold", "content"), ("Økonomi", "economy")):
        blocks += [Heading(title, next(sections)), Paragraph(told[key])]
    if not old:
        blocks.append(overview_table)
    recurring = economy.recurring, "Varige ændringer, service", "Varige ændringer totalt, service"
    blocks.append(detail_table(economy, "recurring", recurring[0], next(labels), recurring[1], recurring[2], False))
    for area, kind in (("Service", "investment_service"), ("Anlægs", "investment_capital")):
        items = [i for i in economy.implementation if i.area == area.removesuffix("s")]
        if items:
            title, total = f"{area}investeringer i forslaget", f"Investeringer totalt, {area.removesuffix('s').lower()}"
            row_totals = told.get("row_totals", False)
            blocks.append(detail_table(economy, kind, items, next(labels), title, total, False, row_totals))
    blocks += [Heading("Opfølgning", next(sections)), followup_table()]
    blocks += [Heading("Risikovurdering", next(sections)), Paragraph(told["risk"])]
    if "gross" in told:
        blocks += [Heading("Tekniske tabeller til korrektioner", next(sections)), *_committees(economy, told)]
    return Case(
        tuple(blocks),
        code,
        told["title"],
        told["summary"],
        (told["administration"],),
        tuple(told["affected"]),
        stated_price_level=economy.price_level if old else None,
    )


def _committees(economy: Economy, told: dict[str, Any]) -> list[Table]:
    gross = {name: _series(figures) for name, figures in told["gross"].items()}
    running = {name: _series(figures) for name, figures in told["operations"].items()}
    net = {name: add([gross[name], running[name]], len(economy.years)) for name in gross}
    return [
        committee_table(economy, "A", "committee_target", "Måltalseffekt (nettoeffektivisering)", net),
        committee_table(economy, "B", "committee_operations", "Bevillingsmæssig effekt - varig drift", running),
        committee_table(economy, "C", "committee_gross", "Bevillingsmæssig effekt (bruttoeffektivisering)", gross),
    ]


def other_case() -> Case:
    """The sound case in another template: decimals, and sums that hold within rounding only."""
    told = _told()["other"]
    columns = [Column(told["year_words"].format(y), "year", y) for y in told["years"]]
    columns.append(Column(f"I alt {told['years'][0]}-{str(told['years'][-1])[2:]}", "total"))
    rows = tuple(Row(label, role, tuple(cells)) for label, role, *cells in told["rows"])
    table = Table(
        ("other_money", "summary", "recurring"),
        tuple(columns),
        rows,
        "Tabel 1",
        "Hallens drift",
        unit=1_000_000,
        unit_phrase=told["unit"],
        price_level=told["years"][0],
        sums=(Sum(len(rows) - 1, tuple(range(len(rows) - 1))),),
        decimals=1,
    )
    blocks: tuple[Block, ...] = (
        Paragraph(told["title"], "title"),
        Field("Resumé:", told["summary"]),
        Field("Fremstillende forvaltning:", told["administration"]),
        Heading("Baggrund", "1"),
        Paragraph(told["background"]),
        Heading("Økonomi", "2"),
        Paragraph(told["economy"]),
        table,
    )
    return Case(blocks, None, told["title"], told["summary"], (told["administration"],))


@dataclass(frozen=True)
class Slip:
    """One planted discrepancy.

    A run is right when it states a root finding in that file and case whose check is among `checks` and which touches
    one of `places` (table, row, year; None stands for any), and states no other root finding anywhere.
    """

    file: str
    case: str
    checks: tuple[str, ...]
    what: str
    table: str | None
    rows: tuple[str, ...]
    year: int | None
    stated: Decimal | None
    expected: Decimal | None


def _slip(told: dict[str, Any]) -> Slip:
    rows = tuple(told.get("rows") or told.get("swap") or ([told["row"]] if "row" in told else []))
    year = int(told["column"]) if told.get("column", "").isdigit() and "payback" not in told["checks"] else None
    stated, expected = (figure(told[k]) if k in told else None for k in ("stated", "expected"))
    return Slip(
        told["file"], told["case"], tuple(told["checks"]), told["what"], told.get("table"), rows, year, stated, expected
    )


def planted() -> tuple[Slip, ...]:
    """Everything that is wrong on purpose in data/raw."""
    return tuple(_slip(t) for t in _told()["planted"])


def _with_slip(case: Case, told: dict[str, Any]) -> Case:
    """The case with one of its planted discrepancies put in."""
    slip = _slip(told)
    if "sentence" in told:
        blocks = tuple(
            replace(b, text=f"{b.text} {told['sentence']}")
            if isinstance(b, Paragraph) and i and _economy(case, i)
            else b
            for i, b in enumerate(case.blocks)
        )
        case = replace(case, blocks=blocks)
    else:
        old = case.table(told["table"]) if "table" in told else case.tables()[0]
        case = case.with_table(old, _changed(old, told, slip))
    finding = Planted(
        slip.checks[0],
        slip.what,
        slip.table,
        slip.rows[0] if slip.rows else None,
        slip.year,
        stated=slip.stated,
        expected=slip.expected,
        shape="text" if "sentence" in told else "table",
    )
    return replace(case, planted=(*case.planted, finding))


def _economy(case: Case, index: int) -> bool:
    before = case.blocks[index - 1]
    return isinstance(before, Heading) and before.title == "Økonomi"


def _changed(table: Table, told: dict[str, Any], slip: Slip) -> Table:
    if "header" in told:
        names = told["header"]
        columns = tuple(
            replace(c, label=names[c.label], year=int(names[c.label])) if c.label in names else c for c in table.columns
        )
        return replace(table, columns=columns)
    if "unit" in told:
        level = next(int(word) for word in told["unit"].split() if word.isdigit())
        return replace(table, unit_phrase=told["unit"], price_level=level)
    if "swap" in told:
        first, second = (table.row_named(label) for label in told["swap"])
        rows = list(table.rows)
        rows[first], rows[second] = (
            replace(rows[first], cells=rows[second].cells),
            replace(rows[second], cells=rows[first].cells),
        )
        return replace(table, rows=tuple(rows))
    column = next(i for i, c in enumerate(table.columns) if c.label == told["column"])
    for label in slip.rows:
        if slip.expected != figure(table.rows[table.row_named(label)].cells[column]):
            raise ValueError(f"{slip.file}: {label} in {told['column']} is not {told['expected']} before the slip")
        table = table.with_cell(table.row_named(label), column, told["stated"])
    for label, cell in told.get("also", {}).items():
        table = table.with_cell(table.row_named(label), column, cell)
    return table


def documents() -> Iterator[tuple[Doc, str, Layout]]:
    """The documents of data/raw, each with its producer and layout."""
    told = _told()
    for file in told["file"]:
        if "catalogue" in file:
            proposals = [(case_of(c, told["case"][c]), economy_of(told["case"][c])) for c in file["catalogue"]]
            cases = [overview(proposals, file["title"])]
        else:
            cases = [other_case() if c == "other" else case_of(c, told["case"][c]) for c in file["cases"]]
        for number, case in enumerate(cases):
            for slip in told["planted"]:
                if slip["file"] == file["name"] and slip["case"] in (case.code, case.title):
                    case = _with_slip(case, slip)
            cases[number] = case
        doc = Doc(file["name"], tuple(cases), "samples", told["municipality"], told["municipality"])
        yield doc, file["producer"], Layout(**file["layout"])


def readme() -> str:
    """The README of data/raw: what each file is and what is planted in it."""
    lines = [
        "# Sample documents",
        "",
        f"{_told()['municipality']} does not exist. `python -m bench.typeset.samples` writes this folder from",
        "`bench/typeset/samples.toml`; `tests/test_samples.py` holds a run over it to exactly the discrepancies below.",
        "",
        "| file | cases | printed by | what is wrong on purpose |",
        "|---|---|---|---|",
    ]
    for doc, producer, _ in documents():
        slips = [s for s in planted() if s.file == doc.name]
        alone = len(doc.cases) == 1
        wrong = " ".join(f"**{s.checks[0]}**{'' if alone else f' ({s.case})'}: {s.what}" for s in slips)
        ending = "txt" if producer.startswith("text") else "pdf"
        codes = ", ".join(c.code or c.title or "" for c in doc.cases)
        lines.append(f"| `{doc.name}.{ending}` | {codes} | {producer} | {wrong or 'nothing: a clean case'} |")
    clean = sorted({c.code or c.title or "" for d, _, _ in documents() for c in d.cases} - {s.case for s in planted()})
    lines += ["", f"Clean: {', '.join(clean)}. The sums of the case on Havnehallen hold only within rounding.", ""]
    return "\n".join(lines)


def write(folder: Path) -> list[Path]:
    """Write all sample documents and the README; gives the documents' paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for doc, producer, layout in documents():
        path = folder / f"{doc.name}.{'txt' if producer.startswith('text') else 'pdf'}"
        PRODUCERS[producer](doc, layout, path)
        written.append(path)
    (folder / "README.md").write_text(readme(), encoding="utf-8")
    return written


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Write the sample documents of data/raw.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER)
    write(parser.parse_args(arguments).folder)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
