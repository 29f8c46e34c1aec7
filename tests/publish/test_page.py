"""The report as an auditor works in it, in a browser: the list, the details, the places, paper, small and dark."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from axe_playwright_python.sync_playwright import Axe

import publish
from extract.models import Place
from normalize.models import CaseFile
from publish.page import page as page_of
from publish.plain import plain
from publish.reports import gathered
from publish.run import Run
from publish.store import read
from reconcile.models import Check, Finding, Severity
from tests.publish.lindeby import case, document, files, table, wrong_total
from tests.publish.many import many

Opens = Callable[..., Any]
HOSTILE = (
    "<script>document.title = 'run'</script>",
    '"><img src=x onerror="document.title = \'run\'">',
    "</script><script>document.title = 'run'</script>",
    "{{ 7 * 7 }} {count:n}",
    "\u202egnirts\u202c",
    "\x1b[31mrød\x1b[0m [bold]fed[/bold] =HYPERLINK(1)",
    "før\x00efter",
    "x" * 10_000,
)


def consequence(finding_id: str, of: str) -> Finding:
    return replace(wrong_total(finding_id), check=Check.CROSS_TABLE, severity=Severity.WARNING, consequence_of=of)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the example's report: one wrong total with a consequence."""
    publish.publish(files(), [wrong_total(), consequence("f1", "f0")], tmp_path)
    return tmp_path


def words(page: Any, selector: str) -> str:
    """The text of the first such element, on one line."""
    return " ".join(page.locator(selector).first.inner_text().split())


def test_a_finding_is_shown_with_all_an_auditor_asks_for(out: Path, opens: Opens) -> None:
    page = opens(out / "report.html")
    text = words(page, "#details article")
    for part in (
        "Nr. 1 Fejl",
        "F01 · Papirløs post · Økonomiforvaltningen · Budget 2025",
        "Tabel 1, »I alt«, 2026: −300 − 200 = −500, men der står −400.",
        "Der står −400 Ventet −500 Forskel +100 Enhed 1.000 kr. Forskel i kr. +100.000 kr.",
        "Regnestykket Mindre papir 2026 0 Færre breve <script>alert(1)</script> 2026 −500 "
        "Giver −500 Der står −400 Forskel +100",
        "Sandsynlig årsag Ét ciffer er forkert: −400 i stedet for −500.",
        "Her står det Tabel 1, I alt, lindeby.pdf, side 2",
        "Følge heraf 1.1",
        "Regel En subtotal eller total er summen",
        "Id f0",
    ):
        assert part in text
    assert "PDF-filen er låst med adgangskode." in words(page, "main")
    assert page.locator("#details td.stated").all_inner_texts() == ["-400\nventet −500"]
    assert page.locator("#details td.part").count() == 2


def test_head_and_foot_say_which_run_it_is(out: Path, opens: Opens) -> None:
    run = Run.model_validate_json((out / "run.json").read_text(encoding="utf-8"))
    page = opens(out / "report.html")
    for place in (".top", ".bottom"):
        assert f"Afstem {run.version} · kørsel {run.run_id} · " in words(page, place)
    page.click("section[aria-labelledby=files] summary")
    assert "ab" * 32 in words(page, "#document-rows")


def test_that_all_agrees_is_only_said_with_what_was_not_placed(tmp_path: Path, opens: Opens) -> None:
    publish.publish(files(), [], tmp_path)
    page = opens(tmp_path / "report.html")
    assert "Alt, hvad der kan kontrolleres, stemmer. 1 ord eller tal i tabellerne er ikke placeret." in words(
        page, ".lead"
    )
    assert page.locator("#list").is_hidden()


def test_the_list_is_sorted_grouped_filtered_and_searched(tmp_path: Path, opens: Opens) -> None:
    publish.publish(*many(4, 30), tmp_path)
    page = opens(tmp_path / "report.html")
    numbers = lambda: page.locator("#rows th.n").all_inner_texts()  # noqa: E731
    assert numbers()[:3] == ["1", "2", "3"]
    assert page.locator("#pager-at").inner_text() == "Side 1 af 2"
    page.click("th[data-sort=kroner] button")
    assert page.locator("#rows td.col-kroner").first.inner_text() == "+219.000"
    assert page.locator("th[data-sort=kroner]").get_attribute("aria-sort") == "descending"
    page.click("th[data-sort=no] button")
    page.uncheck("[name=severity][value='0']")
    assert page.locator("#shown").inner_text() == "80 af 120"
    page.select_option("[name=administration]", "Forvaltning 2")
    assert page.locator("#shown").inner_text() == "20 af 120"
    page.select_option("[name=administration]", "")
    page.fill("[name=search]", "F3 post")
    assert page.locator("#shown").inner_text() == "20 af 120"
    page.select_option("[name=group]", "severity")
    assert page.locator("#rows tr.group").all_inner_texts() == ["Advarsler\n10", "Bemærkninger\n10"]
    page.locator("#rows tr.group button").first.click()
    assert page.locator("#rows tr.pickable").count() == 10
    page.fill("[name=search]", "findes ikke")
    assert page.locator("#nothing").is_visible()


def test_keys_go_from_finding_to_finding_over_the_pages_of_the_list(tmp_path: Path, opens: Opens) -> None:
    publish.publish(*many(4, 30), tmp_path)
    page = opens(tmp_path / "report.html")
    page.click("#pager-on")
    page.click("#rows tr.pickable >> nth=0")
    assert words(page, "#details .no") == "Nr. 101"
    page.keyboard.press("k")
    assert words(page, "#details .no") == "Nr. 100"
    assert page.locator("#pager-at").inner_text() == "Side 1 af 2"
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "101"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "search"


def test_a_link_to_a_finding_opens_it(tmp_path: Path, opens: Opens) -> None:
    publish.publish(*many(4, 30), tmp_path)
    page = opens((tmp_path / "report.html").as_uri() + f"#f-{110:016x}")
    assert words(page, "#details footer code") == f"{110:016x}"
    assert words(page, "#rows tr.current .n") == words(page, "#details .no").removeprefix("Nr. ")


def test_links_lead_to_the_page_of_the_source(tmp_path: Path, opens: Opens) -> None:
    source = tmp_path / "sager æ" / "linde by#1.pdf"
    source.parent.mkdir()
    with pymupdf.open() as made:
        made.new_page()
        made.new_page()
        made.save(source)
    out = tmp_path / "out"
    publish.publish(files(), [wrong_total()], out, sources={document().document_id: source})
    page = opens(out / "report.html")
    href = page.locator("#details .where a").first.evaluate("a => a.href")
    assert href == source.as_uri() + "#page=2"


@pytest.mark.parametrize("label", HOSTILE)
def test_text_of_a_document_is_only_ever_text(tmp_path: Path, label: str, opens: Opens) -> None:
    total = replace(table().lines[2], label=label)
    odd = replace(table(), lines=(*table().lines[:2], total), title=label, label=label)
    hostile = replace(case(tables=[odd]), title=label, administrations=(label,), budget_round=label)
    finding = replace(wrong_total(), quote=label, params=(*wrong_total().params[1:], ("table", label)))
    publish.publish([CaseFile(document(label[:200].replace("/", "∕")), (hostile,))], [finding], tmp_path)
    page = opens(tmp_path / "report.html")
    assert page.title() == "Afstemning af business cases"
    assert page.locator("script").count() == 2
    assert page.locator("img").count() == 0
    shown = page.locator("#details .arithmetic, #details figcaption").all_inner_texts()
    assert any(re.sub(r"\s+", " ", plain(label))[:60] in re.sub(r"\s+", " ", text) for text in shown)
    assert page.evaluate("document.documentElement.scrollWidth") == 1200


def test_a_place_on_a_page_is_shown_and_its_picture_lies_in_the_page_or_beside_it(tmp_path: Path, opens: Opens) -> None:
    source = tmp_path / "lindeby.pdf"
    with pymupdf.open() as made:
        for _ in range(2):
            made.new_page(width=595, height=842)
        made.save(source)
    found = [replace(wrong_total(f"f{k:02}")) for k in range(60)]
    for of, beside in ((found[:1], False), (found, True)):
        out = tmp_path / f"out{len(of)}"
        publish.publish(files(), of, out, sources={document().document_id: source})
        page = opens(out / "report.html")
        picture = page.locator("#details img")
        picture.scroll_into_view_if_needed()
        assert picture.get_attribute("src").startswith("evidence/" if beside else "data:image/png")
        assert picture.evaluate("async p => { await p.decode(); return p.naturalWidth; }") > 100
        assert "Udsnit af lindeby.pdf, side 2" in picture.get_attribute("alt")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1200, 1900])
def test_the_page_is_accessible_and_fits(tmp_path: Path, width: int, scheme: str, opens: Opens) -> None:
    publish.publish(*many(2, 60), tmp_path)
    page = opens(tmp_path / "report.html", width, color_scheme=scheme)
    page.click("#rows tr.pickable >> nth=1")
    page.click("#case-rows a >> nth=0")
    violations = Axe().run(page).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_wide_table_is_scrolled_to_the_figure(tmp_path: Path, opens: Opens) -> None:
    publish.publish(*many(1, 4), tmp_path)
    page = opens(tmp_path / "report.html", 400)
    page.click("#rows tr.pickable >> nth=3")
    inside = """() => {
      const box = document.querySelector('#details .grid .scroll').getBoundingClientRect();
      const mark = document.querySelector('#details .grid mark.stated').getBoundingClientRect();
      return box.left <= mark.left && mark.right <= box.right;
    }"""
    assert page.evaluate(inside)


def test_on_paper_every_chosen_finding_and_the_number_of_the_page(tmp_path: Path, opens: Opens) -> None:
    publish.publish(*many(2, 20), tmp_path)
    page = opens(tmp_path / "report.html")
    page.uncheck("[name=severity][value='2']")
    paper = tmp_path / "paper.pdf"
    page.pdf(path=str(paper), format="A4", prefer_css_page_size=True)
    with pymupdf.open(paper) as printed:
        text = "".join(sheet.get_text() for sheet in printed)
        assert len(re.findall(r"Nr\. \d+\n", text)) == 27
        assert f"1 / {len(printed)}" in printed[0].get_text()


def test_the_same_run_leaves_the_same_page_and_another_language_the_same_run(out: Path, opens: Opens) -> None:
    danish = (out / "report.html").read_bytes()
    run = json.loads((out / "run.json").read_text(encoding="utf-8"))
    publish.report(out, "en")
    page = opens(out / "report.html")
    assert page.locator("html").get_attribute("lang") == "en"
    assert "−300 − 200 = −500, but −400 is printed." in words(page, "#details")
    publish.report(out, "da")
    assert (out / "report.html").read_bytes() == danish
    assert json.loads((out / "run.json").read_text(encoding="utf-8")) == run


def test_the_time_can_be_fixed_from_outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")
    publish.publish(files(), [wrong_total()], tmp_path)
    assert "01.01.2026 00.00 UTC" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_economy_of_a_case_is_drawn_from_its_list(tmp_path: Path, opens: Opens) -> None:
    summary = replace(table(), kind="summary")
    publish.publish([CaseFile(document(), (case(tables=[summary]),))], [wrong_total()], tmp_path)
    page = opens(tmp_path / "report.html")
    page.click("#case-rows a >> nth=0")
    page.locator("#case svg rect.stated >> nth=1").wait_for(state="attached")
    assert page.locator("#case svg rect.stated").count() == 2
    assert page.locator("#case svg rect.computed").count() == 2
    assert "Rækkerne giver −1,5 −0,5" in words(page, "#case")


def test_ten_thousand_findings_stay_a_page_that_opens_and_answers(tmp_path: Path, opens: Opens) -> None:
    publish.publish(*many(1000, 10), tmp_path, reports=False)
    report = tmp_path / "report.html"
    report.write_text(page_of(gathered(read(tmp_path), tmp_path, "da")), encoding="utf-8")
    assert os.path.getsize(report) < 30 * 2**20
    page = opens(report)
    assert page.locator("#rows tr").count() == 100
    assert page.evaluate("document.querySelectorAll('*').length") < 10_000
    page.fill("[name=search]", "F777 post")
    assert page.locator("#shown").inner_text() == "10 af 10.000"


def test_a_place_on_two_pages_keeps_both(tmp_path: Path, opens: Opens) -> None:
    other = replace(
        table(), table_id="t1", ordinal=1, label="Tabel 2", place=Place(1), lines=(), first_page=1, last_page=1
    )
    found = replace(wrong_total(), other_table_id="t1")
    publish.publish([CaseFile(document(), (case(tables=[table(), other]),))], [found], tmp_path)
    page = opens(tmp_path / "report.html")
    assert words(page, "#details .places") == (
        "Her står det Tabel 1, I alt, lindeby.pdf, side 2 Sammenlignet med Tabel 2, lindeby.pdf, side 1"
    )
