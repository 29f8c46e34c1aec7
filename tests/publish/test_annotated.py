"""Copies of PDFs with the findings in them: the boxes on the figures, notes, bookmarks; the original as it was."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pymupdf
import pytest

import publish
from extract.models import Place
from normalize.models import CaseFile
from publish.annotated import FOLDER, HASH_KEY, Annotated, Hindrance, annotate
from publish.pictures import spots
from publish.store import read
from publish.view import view
from reconcile.models import Finding
from tests.publish.lindeby import case, document, table, wrong_total
from tests.publish.test_covering import CPR

STATED, PART = (0.72, 0.11, 0.11), (0.13, 0.36, 0.6)


def printed(path: Path, rotation: int = 0, crop: float = 0, toc: bool = False) -> Path:
    """Two pages; on the second "-400" and its parts stand where the example says, as the page is shown."""
    with pymupdf.open() as made:
        for _ in range(2):
            page = made.new_page(width=595 + crop, height=842 + crop)
            page.set_cropbox(pymupdf.Rect(crop, crop, 595 + crop, 842 + crop))
            page.set_rotation(rotation)
        for line in table().lines:
            for figure in line.amounts:
                assert figure.place.box is not None
                at = pymupdf.Point(figure.place.box.x0, figure.place.box.y1) * page.derotation_matrix
                page.insert_text(at, figure.printed, fontsize=9, rotate=rotation)
        if toc:
            made.set_toc([[1, "Baggrund", 1], [2, "Økonomi", 2]])
        made.save(path)
    return path


def copied(
    tmp_path: Path, source: Path, *findings: Finding, label: str = "Tabel 1", **about: Any
) -> tuple[Annotated, Path]:
    """The example about that file, with a copy made; `about` are other fields of its document."""
    digest = sha256(source.read_bytes()).hexdigest()
    of = CaseFile(replace(document(source.name, digest), **about), (case(tables=[replace(table(), label=label)]),))
    out = tmp_path / "out"
    publish.publish([of], findings or (wrong_total(),), out, sources={digest[:16]: source})
    return annotate(read(out), out, "da"), out


class Drawn(NamedTuple):
    """An annotation of a copy; its colour to two decimals."""

    page: int
    kind: str
    colour: tuple[float, ...]
    content: str


def annotations(copy: Path) -> list[Drawn]:
    found = []
    with pymupdf.open(copy) as opened:
        for page in opened:
            for a in page.annots():
                colour = tuple(round(c, 2) for c in a.colors["stroke"])
                found.append(Drawn(page.number + 1, a.type[1], colour, a.info["content"]))
    return found


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [0, 40])
def test_the_figures_are_boxed_where_they_are_shown(tmp_path: Path, rotation: int, crop: float) -> None:
    made, _ = copied(tmp_path, printed(tmp_path / "lindeby.pdf", rotation, crop))
    (copy,) = made.made.values()
    with pymupdf.open(copy) as opened:
        page = opened[1]
        words = {w[4]: pymupdf.Rect(w[:4]) * page.rotation_matrix for w in page.get_text("words")}
        boxes = [
            (tuple(round(c, 2) for c in a.colors["stroke"]), a.rect * page.rotation_matrix)
            for a in page.annots(types=[pymupdf.PDF_ANNOT_SQUARE])
        ]
    assert [colour for colour, _ in boxes].count(STATED) == 1
    assert [colour for colour, _ in boxes].count(PART) == 2
    (stated,) = [box.normalize() for colour, box in boxes if colour == STATED]
    figure = words["-400"].normalize()
    assert stated.x0 < figure.x0
    assert abs((stated.y0 + stated.y1) / 2 - (figure.y0 + figure.y1) / 2) < 8


def test_a_note_says_what_an_auditor_asks_and_lies_clear_of_the_figures(tmp_path: Path) -> None:
    made, _ = copied(tmp_path, printed(tmp_path / "lindeby.pdf"))
    (copy,) = made.made.values()
    with pymupdf.open(copy) as opened:
        page = opened[1]
        (note,) = page.annots(types=[pymupdf.PDF_ANNOT_TEXT])
        content = note.info["content"]
        assert not any(note.rect.intersects(pymupdf.Rect(w[:4])) for w in page.get_text("words"))
    assert content.startswith("Tabel 1, »I alt«, 2026: −300 − 200 = −500, men der står −400.")
    assert "Ventet: −500 (1.000 kr.)" in content
    assert "Regel: En subtotal eller total er summen" in content
    assert content.endswith("Id: f0")


def test_bookmarks_come_after_those_of_the_document(tmp_path: Path) -> None:
    made, _ = copied(tmp_path, printed(tmp_path / "lindeby.pdf", toc=True))
    (copy,) = made.made.values()
    with pymupdf.open(copy) as opened:
        assert [(level, title, page) for level, title, page in opened.get_toc()] == [
            (1, "Baggrund", 1),
            (2, "Økonomi", 2),
            (1, "Afstem: 1 afvigelse", 2),
            (2, "1 · Fejl · Rækkerne giver ikke totalen · Tabel 1, I alt", 2),
        ]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [0, 30])
def test_a_bookmark_leads_to_the_place_as_it_is_shown(tmp_path: Path, rotation: int, crop: float) -> None:
    made, _ = copied(tmp_path, printed(tmp_path / "lindeby.pdf", rotation, crop))
    (copy,) = made.made.values()
    with pymupdf.open(copy) as opened:
        page = opened[1]
        objects = [opened.xref_object(x, compressed=True) for x in range(1, opened.xref_length())]
        aims = [re.search(r"/XYZ ([\d.-]+) ([\d.-]+)", text) for text in objects if "/Title" in text and "/XYZ" in text]
        frames = [a.rect * page.rotation_matrix for a in page.annots() if a.type[1] == "Square"]
        assert len(aims) == 2
        for aim in aims:
            shown = pymupdf.Point(float(aim[1]), float(aim[2])) * page.transformation_matrix * page.rotation_matrix
            assert abs(shown.x) < 1
            assert 20 < max(frame.y0 for frame in frames) - shown.y < 60, "a little above the total, the lowest frame"


def test_the_original_is_untouched_and_named_in_the_copy(tmp_path: Path) -> None:
    source = printed(tmp_path / "lindeby.pdf")
    before = sha256(source.read_bytes()).hexdigest()
    made, _ = copied(tmp_path, source)
    (copy,) = made.made.values()
    assert sha256(source.read_bytes()).hexdigest() == before
    with pymupdf.open(copy) as opened:
        _, info = opened.xref_get_key(-1, "Info")
        assert opened.xref_get_key(int(info.split()[0]), HASH_KEY) == ("string", before)
        assert opened.page_count == 2


def test_text_of_a_document_is_only_text_in_a_note(tmp_path: Path) -> None:
    hostile = "\x1b[31m<script>alert(1)</script>\u202e) /JS (app.alert(1)) (\x00" + "x" * 10_000
    label = hostile.replace("\x00", "")
    finding = replace(wrong_total(), params=(*wrong_total().params[1:], ("table", label)))
    made, _ = copied(tmp_path, printed(tmp_path / "lindeby.pdf"), finding, label=label)
    (copy,) = made.made.values()
    contents = [a.content for a in annotations(copy)]
    assert contents
    assert not any(c in text for text in contents for c in "\x1b\u202e\x00")
    with pymupdf.open(copy) as opened:
        assert all(len(title) <= 120 for _, title, _ in opened.get_toc())
        keys = [opened.xref_get_key(x, "JS")[0] for x in range(1, opened.xref_length())]
        assert set(keys) == {"null"}


def test_a_figure_in_another_document_is_boxed_there_too(tmp_path: Path) -> None:
    sources, cases = {}, []
    for number, name in enumerate(("katalog.pdf", "forslag.pdf")):
        source = printed(tmp_path / name, crop=number)
        digest = sha256(source.read_bytes()).hexdigest()
        lines = tuple(
            replace(
                line,
                line_id=f"{number}{line.line_id}",
                amounts=tuple(replace(a, amount_id=f"{number}{a.amount_id}") for a in line.amounts),
            )
            for line in table().lines
        )
        of = replace(table(), table_id=f"t{number}", lines=lines)
        alone = replace(case(f"c{number}", [of]), headings=(), statements=())
        cases.append(CaseFile(document(name, digest), (alone,)))
        sources[digest[:16]] = source
    found = replace(wrong_total(), line_id="0l2", other_table_id="t1", evidence=("0a21", "1a21"))
    publish.publish(cases, [found], tmp_path / "out", sources=sources)
    made = annotate(read(tmp_path / "out"), tmp_path / "out", "da")
    colours = {
        path.name.split(".")[0]: {a.colour for a in annotations(path) if a.kind == "Square"}
        for path in made.made.values()
    }
    assert colours == {"katalog": {STATED}, "forslag": {PART}}


@pytest.mark.parametrize("hindrance", list(Hindrance))
def test_why_there_is_no_copy(tmp_path: Path, hindrance: Hindrance) -> None:
    source = printed(tmp_path / "lindeby.pdf")
    if hindrance is Hindrance.LOCKED:
        with pymupdf.open(source) as made:
            locked = made.tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="hemmelig", owner_pw="ejer")
        source.write_bytes(locked)
    if hindrance is Hindrance.DAMAGED:
        source.write_bytes(b"%PDF-1.7\nnothing more")
    private: dict[str, Any] = {"cpr_numbers": 1, "scanned_pages": (2,)} if hindrance is Hindrance.PRIVATE else {}
    before, out = copied(tmp_path, source, **private)
    if hindrance is Hindrance.GONE:
        source.unlink()
    if hindrance is Hindrance.CHANGED:
        source.write_bytes(source.read_bytes() + b"\n% changed")
    again = annotate(read(out), out, "da")
    assert again.left_out == (("lindeby.pdf", hindrance),)
    assert list((out / FOLDER).glob("*.pdf")) == []
    assert len(before.made) == (0 if hindrance in (Hindrance.LOCKED, Hindrance.DAMAGED, Hindrance.PRIVATE) else 1)


def test_a_scan_is_boxed_where_its_words_were_read(tmp_path: Path) -> None:
    with pymupdf.open() as made:
        for _ in range(2):
            page = made.new_page(width=595, height=842)
            pixels = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.IRect(0, 0, 100, 140))
            pixels.clear_with(230)
            page.insert_image(page.rect, pixmap=pixels)
        made.save(tmp_path / "scan.pdf")
    annotated, _ = copied(tmp_path, tmp_path / "scan.pdf")
    (copy,) = annotated.made.values()
    box = table().lines[2].amounts[1].place.box
    assert box is not None
    with pymupdf.open(copy) as opened:
        pixels = opened[1].get_pixmap(dpi=72)
        red, green, _ = pixels.pixel(round(box.x0 - 1.5), round((box.y0 + box.y1) / 2))
    assert red > green + 40


def test_a_finding_without_a_figure_marks_the_place_it_speaks_of(tmp_path: Path) -> None:
    level = replace(wrong_total(), line_id=None, year=None, evidence=(), stated=None, expected=None, difference=None)
    made, _ = copied(tmp_path, printed(tmp_path / "lindeby.pdf"), level)
    assert len(made.made) == 1


@pytest.mark.parametrize(
    ("about", "red", "blue"),
    [
        ({}, {"a21"}, {"a01", "a11"}),
        ({"line_id": None, "stated": None}, {"a01", "a11", "a21"}, set()),
        ({"line_id": None, "stated": Decimal(2022)}, set(), {"a01", "a11", "a21"}),
    ],
    ids=["a figure", "a whole table", "what stands above a table"],
)
def test_page_picture_and_copy_have_the_same_figures_in_red_and_in_blue(
    tmp_path: Path, about: dict[str, Any], red: set[str], blue: set[str]
) -> None:
    finding = replace(wrong_total(), **about)
    made, out = copied(tmp_path, printed(tmp_path / "lindeby.pdf"), finding)
    tables = read(out)
    amounts = {a["amount_id"]: a for a in tables["amounts"].to_pylist()}

    (marks,) = view(tables, "da").cases[0].findings[0].marks
    cells = {(a["line_id"], a["column_index"]): i for i, a in amounts.items()}
    for kind, ids in (("stated", red), ("part", blue)):
        assert {cells[m.line_id, m.column] for m in marks.cells if m.kind == kind} == ids

    (spot,) = spots(tables)
    boxes = {tuple(a[edge] for edge in ("x0", "y0", "x1", "y1")): i for i, a in amounts.items()}
    assert ({boxes[b] for b in spot.stated}, {boxes[b] for b in spot.part}) == (red, blue)

    drawn = [a.colour for a in annotations(*made.made.values()) if a.kind == "Square"]
    assert (drawn.count(STATED), drawn.count(PART)) == (len(red), len(blue))


def test_the_report_links_to_the_copy(tmp_path: Path, opens: Any) -> None:
    _, out = copied(tmp_path, printed(tmp_path / "lindeby.pdf"))
    publish.report(out)
    page = opens(out / "report.html")
    (copy,) = (out / FOLDER).glob("*.pdf")
    href = page.locator("text=kopi med noter").evaluate("a => a.href")
    assert href == copy.as_uri() + "#page=2"


def test_a_text_file_has_no_copy(tmp_path: Path) -> None:
    text = replace(document("lindeby.txt"), media_type="text/plain")
    place = Place(1, line=40)
    lines = tuple(
        replace(x, place=place, amounts=tuple(replace(a, place=place) for a in x.amounts)) for x in table().lines
    )
    of = replace(table(), lines=lines, place=place)
    publish.publish([CaseFile(text, (case(tables=[of]),))], [wrong_total()], tmp_path)
    assert annotate(read(tmp_path), tmp_path, "da") == Annotated({}, ())


def test_a_cpr_number_is_in_no_copy(tmp_path: Path) -> None:
    source = printed(tmp_path / "lindeby.pdf")
    with pymupdf.open(source) as made:
        made[0].insert_text((72, 100), f"CPR {CPR}")
        content = made.tobytes()
    source.write_bytes(content)
    annotated, _ = copied(tmp_path, source, cpr_numbers=1)
    (copy,) = annotated.made.values()
    with pymupdf.open(copy) as opened:
        assert CPR not in opened[0].get_text()
        assert "-400" in opened[1].get_text()
