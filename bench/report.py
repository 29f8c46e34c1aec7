"""What a large report costs: `python -m bench.report [CASES [EACH]]`.

CASES made-up cases (1,000) with EACH findings (10), each case a PDF of two pages, every second one with a coloured
header.  Pictures are drawn as a run draws them, in processes with limits, one for each processor.  Prints what writing
all that a run leaves behind takes, with a picture of every place, and how long a browser takes to open and to filter.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf

import publish
from afstem.drawing import drawing
from afstem.isolation import Limits
from tests.publish.many import many

_BROWSER = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
_FILTERS = {
    "search": "form.elements.search.value = 'nummer 77'",
    "search cleared": "form.elements.search.value = ''",
    "severity": "form.querySelector('[name=severity]').click()",
    "administration": "form.elements.administration.value = 'Forvaltning 3'",
    "all": "form.elements.administration.value = ''; form.querySelector('[name=severity]').click()",
    "grouped by case": "form.elements.group.value = 'case'",
    "sorted by kroner": "document.querySelector('th[data-sort=kroner] button').click()",
}
_TIMED = """code => {
  const form = document.getElementById("filter");
  const start = performance.now();
  CODE; form.dispatchEvent(new Event("input")); document.body.offsetHeight;
  return performance.now() - start;
}"""


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds on the clock and of CPU."""
    clock, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - clock, time.process_time() - cpu


def printed(folder: Path, name: str, *, coloured: bool) -> Path:
    """A PDF of two pages with a table on the second."""
    with pymupdf.open() as made:
        made.new_page(width=595, height=842)
        page = made.new_page(width=595, height=842)
        if coloured:
            page.draw_rect((60, 82, 560, 100), color=None, fill=(0.82, 0.89, 0.95))
        for row in range(12):
            page.insert_text((70, 112 + 20 * row), f"Linje {row} om mindre papir og færre breve", fontsize=9)
            for column in range(4):
                page.insert_text((350 + 50 * column, 112 + 20 * row), f"-{row}.{column}50", fontsize=9)
        made.save(folder / name)
    return folder / name


def main() -> None:
    """Prints a table."""
    cases, each = (int(n) for n in (*sys.argv[1:], *("1000", "10")[len(sys.argv) - 1 :]))
    files, findings = many(cases, each)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        sources = {
            f.document.document_id: printed(folder, f.document.file_name, coloured=k % 2 == 1)
            for k, f in enumerate(files)
        }
        out = folder / "out"
        draw = drawing(Limits(), folder, os.cpu_count() or 1)
        clock, cpu = timed(lambda: publish.publish(files, findings, out, sources=sources, draw=draw))
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        drawn = resource.getrusage(resource.RUSAGE_CHILDREN)
        pictures = len(list((out / "evidence").glob("*.png")))
        size = (out / "report.html").stat().st_size / 2**20
        print(f"{cases} cases, {len(findings)} findings, {pictures} pictures")
        print(f"written in {clock:.1f} s ({cpu:.1f} s of CPU here), {memory:.2f} GiB, report.html {size:.1f} MiB")
        print(f"of it drawn elsewhere: {drawn.ru_utime + drawn.ru_stime:.1f} s of CPU")
        clock, cpu = timed(lambda: publish.report(out))
        print(f"the report alone, pictures known: {clock:.1f} s ({cpu:.1f} s of CPU)")
        browse(out / "report.html")


def browse(report: Path) -> None:
    """Opens the page and uses every filter once."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        print("no chromium: make tools")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*_BROWSER])
        page = browser.new_page(viewport={"width": 1200, "height": 900})
        clock, _ = timed(lambda: (page.goto(report.as_uri()), page.wait_for_selector("#rows tr")))
        print(f"opened in {clock:.2f} s, {page.evaluate('document.querySelectorAll(`*`).length')} elements")
        for name, code in _FILTERS.items():
            print(f"{name}: {page.evaluate(_TIMED.replace('CODE', code)):.0f} ms")
        browser.close()


if __name__ == "__main__":
    main()
