"""PDFs to text by the tools that archives use."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
JARS = [Path(f"/usr/share/java/{name}.jar") for name in ("pdfbox2", "fontbox2", "commons-logging")]

#: PDFBox's modes by form.
PDFBOX = {"tika": "tika", "pdfbox": "plain", "pdfbox-sorted": "sorted"}


def pdfbox(jobs: list[tuple[str, Path, Path]]) -> None:
    """Many dumps (mode, PDF, text file) in one virtual machine."""
    lines = "".join(f"{mode}\t{pdf}\t{target}\n" for mode, pdf, target in jobs)
    command = ["java", "-cp", ":".join(map(str, JARS)), str(HERE / "Dump.java")]
    subprocess.run(command, input=lines.encode(), check=True, capture_output=True)


def poppler(*flags: str) -> Callable[[Path], str]:
    """pdftotext with these flags."""

    def text(pdf: Path) -> str:
        command = ["pdftotext", *flags, "-enc", "UTF-8", str(pdf), "-"]
        return subprocess.run(command, check=True, capture_output=True).stdout.decode()

    return text


def mupdf(pdf: Path) -> str:
    """MuPDF's plain text, pages parted by form feeds."""
    import pymupdf

    with pymupdf.open(pdf) as document:
        return "\f".join(page.get_text() for page in document)


def pypdf(mode: str) -> Callable[[Path], str]:
    """pypdf in one of its two modes."""

    def text(pdf: Path) -> str:
        from pypdf import PdfReader

        return "\n".join(page.extract_text(extraction_mode=mode) for page in PdfReader(pdf).pages)  # type: ignore[arg-type]

    return text


def pdfminer(pdf: Path) -> str:
    """pdfminer's text."""
    from pdfminer.high_level import extract_text

    return str(extract_text(pdf))


def pdfium(pdf: Path) -> str:
    """PDFium's text, as a browser copies it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [document[i].get_textpage().get_text_range() for i in range(len(document))]
    finally:
        document.close()
    return "\n".join(pages).replace("\r\n", "\n")


#: Forms made of a PDF, besides PDFBox's.
FORMS: dict[str, Callable[[Path], str]] = {
    "poppler": poppler(),
    "poppler-layout": poppler("-layout"),
    "poppler-raw": poppler("-raw"),
    "mupdf": mupdf,
    "pypdf": pypdf("plain"),
    "pypdf-layout": pypdf("layout"),
    "pdfminer": pdfminer,
    "pdfium": pdfium,
}


def missing(form: str) -> str:
    """Why a form cannot be made here; "" where it can."""
    if form in PDFBOX:
        if not shutil.which("java"):
            return "java is not installed"
        return "" if all(j.exists() for j in JARS) else "PDFBox is not installed"
    if form.startswith("poppler"):
        return "" if shutil.which("pdftotext") else "pdftotext is not installed"
    return ""
