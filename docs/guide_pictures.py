"""Makes the pictures of the guides from a run over the samples: `make pictures`.

Needs Debian's Chromium and LibreOffice (`make tools`).  What a picture shows is chosen here; nothing is retouched.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image, ImageChops

import afstem
from afstem.options import RunOptions
from publish.annotated import annotate
from publish.memo import memos
from publish.store import read

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = REPOSITORY / "data" / "raw"
_DPI = 110
_COLOURS = 128  # of a saved picture: enough for print, a third of the bytes
_BROWSER = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")


def report(out: Path, scratch: Path) -> Image.Image:
    """The report with its first finding."""
    return _page(out, scratch, "#details")


def report_overview(out: Path, scratch: Path) -> Image.Image:
    """The top of the report."""
    return _page(out, scratch, "body")


def workbook(out: Path, scratch: Path) -> Image.Image:
    """The workbook's first sheet."""
    return _printed(out / "report.xlsx", 0, scratch)


def workbook_findings(out: Path, scratch: Path) -> Image.Image:
    """The workbook's findings, with the fields for decisions."""
    sheet = _printed(out / "report.xlsx", 1, scratch, dpi=170)
    return sheet.crop((0, 0, sheet.width, min(sheet.height, 900)))


def memo(out: Path, scratch: Path) -> Image.Image:
    """A memo's first page."""
    written = memos(read(out), out, "da")
    return _printed(next(p for p in written if p.stem == "socialforvaltningen"), 0, scratch)


def annotated(out: Path, scratch: Path) -> Image.Image:
    """A page of an annotated copy."""
    annotate(read(out), out, "da")
    (copy,) = (out / "annotated").rglob("2017-bc07*.pdf")
    with pymupdf.open(copy) as pdf:
        page = pdf[1]
        return _trimmed(page.get_pixmap(dpi=_DPI, clip=page.rect * pymupdf.Matrix(1, 0.4)).pil_image())


#: By file below `docs`: what makes it from a run's folder and a folder for passing files.
PICTURES: dict[str, Callable[[Path, Path], Image.Image]] = {
    "pictures/rapport-overblik.png": report_overview,
    "pictures/rapport-afvigelse.png": report,
    "pictures/regneark-overblik.png": workbook,
    "pictures/regneark-afvigelser.png": workbook_findings,
    "pictures/notat.png": memo,
    "pictures/kopi-med-noter.png": annotated,
}


def _page(out: Path, scratch: Path, selector: str) -> Image.Image:
    """What Chromium shows of the report, from the top of an element on."""
    from playwright.sync_api import sync_playwright

    target = scratch / "page.png"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(_BROWSER))
        page = browser.new_page(viewport={"width": 1180, "height": 900}, color_scheme="light")
        page.goto((out / "report.html").as_uri())
        page.locator(selector).first.evaluate("element => element.scrollIntoView()")
        page.wait_for_timeout(300)
        page.screenshot(path=str(target))
        browser.close()
    return Image.open(target)


def _printed(document: Path, number: int, scratch: Path, dpi: int = _DPI) -> Image.Image:
    """A page of an office document as LibreOffice prints it, without its white edges."""
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(scratch), str(document)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pymupdf.open(scratch / f"{document.stem}.pdf") as pdf:
        return _trimmed(pdf[number].get_pixmap(dpi=dpi).pil_image())


def _trimmed(picture: Image.Image) -> Image.Image:
    box = ImageChops.difference(picture.convert("L"), Image.new("L", picture.size, 255)).getbbox()
    return picture if box is None else picture.crop(tuple(_edges(box, picture.size)))


def _edges(box: tuple[int, int, int, int], size: tuple[int, int]) -> Any:
    margin = 12
    return (
        max(box[0] - margin, 0),
        max(box[1] - margin, 0),
        min(box[2] + margin, size[0]),
        min(box[3] + margin, size[1]),
    )


def main() -> None:
    """Writes all of them."""
    with tempfile.TemporaryDirectory() as temporary:
        scratch = Path(temporary)
        out = scratch / "out"
        afstem.run([SAMPLES], out, RunOptions(language="da"))
        for name, made in PICTURES.items():
            picture = made(out, scratch).convert("RGB").quantize(_COLOURS)
            picture.save(REPOSITORY / "docs" / name, optimize=True)


if __name__ == "__main__":
    main()
