"""Papers to PDF: LibreOffice, Chromium, WeasyPrint, ReportLab."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.foundry.html import html
from bench.foundry.looks import look
from bench.foundry.model import Paper
from bench.foundry.writer import document

#: Seconds that a program may take for one paper, or for all papers where it takes them together.
LIMIT = 600


def libreoffice(papers: list[Paper], folder: Path) -> None:
    """All papers in one call, since the program starts slowly."""
    with tempfile.TemporaryDirectory() as work:
        sources = []
        for paper in papers:
            source = Path(work) / f"{paper.name}.fodt"
            source.write_text(document(paper, look(paper)), encoding="utf-8")
            sources.append(str(source))
        profile = f"-env:UserInstallation=file://{work}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)


def chromium(papers: list[Paper], folder: Path) -> None:
    """One call a paper."""
    with tempfile.TemporaryDirectory() as work:
        for paper in papers:
            page = Path(work) / f"{paper.name}.html"
            page.write_text(html(paper, look(paper)), encoding="utf-8")
            command = [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={work}/profile",
                "--no-pdf-header-footer",
            ]
            command += [f"--print-to-pdf={folder / f'{paper.name}.pdf'}", page.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)


def weasyprint(papers: list[Paper], folder: Path) -> None:
    """In this process."""
    from weasyprint import HTML

    for paper in papers:
        HTML(string=html(paper, look(paper))).write_pdf(folder / f"{paper.name}.pdf")


def reportlab(papers: list[Paper], folder: Path) -> None:
    """In this process."""
    from bench.foundry.lab import set_paper

    for paper in papers:
        set_paper(paper, look(paper), folder / f"{paper.name}.pdf")


#: Producers by name, and the program each needs.
PRODUCERS: dict[str, tuple[Callable[[list[Paper], Path], None], str]] = {
    "libreoffice": (libreoffice, "soffice"),
    "chromium": (chromium, "chromium"),
    "weasyprint": (weasyprint, ""),
    "reportlab": (reportlab, ""),
}


def available() -> list[str]:
    """Producers whose program is installed."""
    return [name for name, (_, program) in PRODUCERS.items() if not program or shutil.which(program)]
