"""Text of a document is only ever text: one hostile document, and every surface that people or programs look at.

Each surface gives the texts that it shows, as the program that opens it sees them, once it has been seen that nothing
in them acts.  What is asked of all of them: no character that steers, and the words themselves still to be read.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import duckdb
import openpyxl
import pymupdf
import pytest
from docx import Document
from rich.console import Console
from starlette.testclient import TestClient

import publish
from afstem.places import log_to
from afstem.review_server import COOKIE, server
from afstem.show import print_document, to_json
from normalize.models import CaseFile
from publish.annotated import annotate
from publish.memo import memos
from publish.review import structure
from publish.review.decisions import Choice, add, on
from publish.store import read
from reconcile.models import Finding
from tests.publish.lindeby import case, document, table, wrong_total
from tests.publish.test_annotated import printed

#: What a document may hold: a name for it, the text, and a part of it that must stay readable everywhere.
TEXTS = {
    "script": ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    "end of script": ("</script><script>alert(1)</script>", "</script><script>alert(1)</script>"),
    "formula": ('=HYPERLINK("https://example.org";"klik")', 'HYPERLINK("https://example.org";"klik")'),
    "image": ('"><img src=x onerror=alert(1)>', '"><img src=x onerror=alert(1)>'),
    "escapes": ("\x1b[31mrød\x1b]0;titel\x07\x9b2J", "rød"),
    "markup": ("[bold red]fed[/bold red] [link=https://example.org]x[/link]", "[bold red]fed[/bold red]"),
    "direction": ("\u202e0052-\u202c \u2066x\u2069", "0052-"),
    "long": ("æ" * 10_000, "æææ"),
    "nul": ("før\x00efter", "før"),
}
TOKEN, HOST = "t0ken-of-this-run", "http://127.0.0.1:8000"


class Made(NamedTuple):
    """A run of the hostile document: its folder, what was read, what was found, and where the log was written."""

    out: Path
    file: CaseFile
    finding: Finding


@pytest.fixture(scope="module", params=TEXTS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Made, str]:
    """Everything that has a name in the example is called so; and what people wrote quotes it."""
    text, readable = TEXTS[request.param]
    folder = tmp_path_factory.mktemp("hostile")
    source = printed(folder / "lindeby.pdf")
    digest = sha256(source.read_bytes()).hexdigest()
    odd = replace(
        table(), label=text, title=text, notes=(text,), lines=tuple(replace(x, label=text) for x in table().lines)
    )
    of = replace(case(tables=[odd]), title=text, code=None, summary=text, administrations=(text,), budget_round=text)
    file = CaseFile(document(text, digest), (of,))
    params = tuple((k, text if k in ("line", "table") else v) for k, v in wrong_total().params)
    finding = replace(wrong_total(), params=params, quote=text)
    out = folder / "out"
    publish.publish([file], [finding], out, csv=True, sources={digest[:16]: source})
    add(out, [on(read(out)["findings"].to_pylist()[0], Choice.CONFIRMED, note=text[:120], who=text[:120])])
    structure.add(out, structure.Total(table=text[:2000], row=text[:2000], parts=(text[:2000],)))
    publish.report(out, csv=True)
    annotate(read(out), out, "da")
    memos(read(out), out, "da")
    return Made(out, file, finding), readable


class _Tags(HTMLParser):
    """The texts of a page, and every element and attribute by which something could act."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.scripts = 0
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.scripts += tag == "script"
        self.acting += [f"{tag} {name}" for name, _ in attrs if name.startswith("on")]
        self.acting += [tag] * (tag in ("iframe", "object", "embed", "base"))
        self.texts += [value for name, value in attrs if name in ("title", "alt") and value]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def strings(value: object) -> Iterable[str]:
    """Every string in what JSON gave."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from (*strings(key), *strings(inner))
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def of_page(html: str) -> list[str]:
    """The page has its data and its one script, and nothing else that acts."""
    page = _Tags()
    page.feed(html)
    assert (page.scripts, page.acting) == (2, [])
    data = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert data is not None
    script = re.compile(r"<script\b.*?</script>|<style\b.*?</style>", re.DOTALL)
    seen = _Tags()
    seen.feed(script.sub("", html))
    return [*seen.texts, *strings(json.loads(data[1]))]


def html(of: Made) -> list[str]:
    return of_page((of.out / "report.html").read_text(encoding="utf-8"))


def served(of: Made) -> list[str]:
    """The same from the server, under a policy that lets nothing else run; and what it answers to a program."""
    client = TestClient(server(of.out, "da", TOKEN, 8000), base_url=HOST, follow_redirects=False)
    client.cookies.set(COOKIE, TOKEN)
    answer, decisions = client.get("/"), client.get("/decisions")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe-inline" not in answer.headers["content-security-policy"]
    assert decisions.headers["content-type"].startswith("application/json")
    return [*of_page(answer.text), *strings(decisions.json())]


def workbook(of: Made) -> list[str]:
    """No formula, and no link to where the document wants."""
    book = openpyxl.load_workbook(of.out / "report.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [c for c in cells if c.hyperlink is not None and "example.org" in (c.hyperlink.target or "")] == []
    return [str(cell.value) for cell in cells]


def csv_files(of: Made) -> list[str]:
    """No cell begins like a formula."""
    texts = []
    for path in (of.out / "csv").iterdir():
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), delimiter=";")
        texts += [cell for row in rows for cell in row]
    assert [text for text in texts if text.startswith(("=", "@", "\t", "＝"))] == []
    return texts


def annotated(of: Made) -> list[str]:
    """Notes and bookmarks are plain; nothing in the copy runs or leads out."""
    (copy,) = (of.out / "annotated").glob("*.pdf")
    with pymupdf.open(copy) as opened:
        objects = [opened.xref_object(x, compressed=True) for x in range(1, opened.xref_length())]
        acting = ("/JavaScript", "/JS", "/URI", "/Launch", "/OpenAction", "/AA")
        assert [o for o in objects if any(f"{name}" in re.sub(r"\((?:\\.|[^()\\])*\)", "", o) for name in acting)] == []
        notes = [note.info[key] for page in opened for note in page.annots() for key in ("content", "subject")]
        return [*notes, *(title for _, title, _ in opened.get_toc())]


def memo(of: Made) -> list[str]:
    """No field and no link."""
    (path,) = (of.out / "memo").glob("*.docx")
    opened = Document(str(path))
    assert [rel for rel in opened.part.rels.values() if rel.is_external] == []
    assert list(opened.element.iter("{*}instrText", "{*}fldSimple", "{*}hyperlink")) == []
    cells = [cell.text for t in opened.tables for row in t.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in opened.paragraphs), *cells]


def terminal(of: Made) -> list[str]:
    stream = io.StringIO()
    console = Console(file=stream, width=120, force_terminal=False)
    print_document(of.file, [of.finding], console, "da")
    return stream.getvalue().splitlines()


def terminal_json(of: Made) -> list[str]:
    """JSON escapes what steers, so a terminal may show it; a program gets the text as it is printed."""
    written = json.dumps(to_json(of.file, [of.finding], "da"))
    assert written.isascii()
    return [plain_ for plain_ in strings(json.loads(written)) if not steering(plain_)] + [written]


def log(of: Made) -> list[str]:
    (label,) = {line.label for line in of.file.cases[0].tables[0].lines}
    logger = logging.getLogger("afstem")
    before, passing = list(logger.handlers), logger.propagate
    log_to(of.out)
    try:
        raise ValueError(label)
    except ValueError:
        logger.exception("%s", label)
    for handler in [handler for handler in logger.handlers if handler not in before]:
        logger.removeHandler(handler)
        handler.close()
    logger.propagate = passing
    return (of.out / "afstem.log").read_text(encoding="utf-8").splitlines()


SURFACES = (html, served, workbook, csv_files, annotated, memo, terminal, terminal_json, log)


def steering(text: str) -> list[str]:
    """Characters that a terminal or a viewer might obey rather than show."""
    bidi = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"
    return [c for c in text if (unicodedata.category(c) == "Cc" and c not in "\n\t") or c in bidi]


@pytest.mark.parametrize("surface", SURFACES)
def test_text_of_a_document_is_inert_on_every_surface(
    made: tuple[Made, str], surface: Callable[[Made], list[str]]
) -> None:
    of, readable = made
    texts = surface(of)
    assert [(text[:80], found) for text in texts if (found := steering(text))] == []
    joined = " ".join(texts)
    assert any(form in joined for form in (readable, json.dumps(readable)[1:-1])), f"{surface.__name__} shows it"


def test_what_people_wrote_is_kept_as_they_wrote_it(made: tuple[Made, str]) -> None:
    of, _ = made
    (line,) = {line.label for line in of.file.cases[0].tables[0].lines}
    (word,) = structure.structure(of.out).total
    assert (word.row, word.parts) == (line[:2000], (line[:2000],))


def test_the_data_hold_the_text_as_it_is_printed(made: tuple[Made, str]) -> None:
    of, _ = made
    (line,) = {line.label for line in of.file.cases[0].tables[0].lines}
    assert set(read(of.out)["lines"]["label"].to_pylist()) == {line}
    with duckdb.connect(str(of.out / "afstem.duckdb"), read_only=True) as database:
        assert set(database.execute("SELECT label FROM lines").fetchall()) == {(line,)}
