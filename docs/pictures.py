"""Makes the pictures of the report in README.md from the samples in data/raw: `python -m docs.pictures`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDER = REPOSITORY / "docs"
_ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
_WIDTH = 1180


def main() -> None:
    """Runs over the samples, opens the report in Chromium and photographs its parts."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    if program is None:
        sys.exit("no chromium: make tools")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        out = Path(temporary) / "out"
        environment = os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}
        words = ["run", str(REPOSITORY / "data" / "raw"), "--out", str(out), "--lang", "en"]
        command = [sys.executable, "-c", "from afstem.cli import main; main()", *words]
        subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=program, args=[*_ARGUMENTS])
        page = browser.new_page(viewport={"width": _WIDTH, "height": 900})
        page.goto((out / "report.html").as_uri())
        page.click("#rows tr.pickable >> nth=4")
        photograph(page, ".desk", "report.png", 1250)
        page.click("#case-rows tr:nth-child(5) a")
        photograph(page, "#case", "report-case.png", 620)
        browser.close()


def photograph(page: Any, selector: str, name: str, height: int) -> None:
    """The element, from its top and so high at the most, as `docs/NAME`."""
    page.evaluate("async () => { await Promise.all([...document.images].map((image) => image.decode())); }")
    page.evaluate("window.scrollTo(0, 0)")
    box = page.locator(selector).bounding_box()
    clip = {
        "x": box["x"] - 12,
        "y": box["y"] - 12,
        "width": box["width"] + 24,
        "height": min(box["height"] + 24, height),
    }
    page.screenshot(path=str(FOLDER / name), clip=clip, full_page=True)


if __name__ == "__main__":
    main()
