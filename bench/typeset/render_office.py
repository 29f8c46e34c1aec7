"""Printing by other roads: LibreOffice from HTML, Ghostscript from a PDF, image-only pages as scanners make them."""

from __future__ import annotations

import base64
import io
import random
import re
import shutil
import subprocess
import tempfile
import zlib
from pathlib import Path

from bench.typeset.ink import box_png
from bench.typeset.layout import Layout
from bench.typeset.render_html import ProducerMissingError, document_html, weasyprint_pdf
from bench.typeset.render_reportlab import reportlab_pdf
from bench.typeset.spec import Doc


def office_html(doc: Doc, layout: Layout) -> str:
    """The document as HTML that a word processor understands: borders and shades as attributes, no style rules."""
    text = document_html(doc, layout)
    text = text.replace('<th class=""', f'<th align="{layout.heads}"').replace('<th class="text"', '<th align="left"')
    border = 'border="1"' if layout.rules == "grid" else 'border="0"'
    rules = ' rules="rows" frame="hsides"' if layout.rules == "horizontal" else ""
    text = re.sub(
        r'<table class="money" data-widths="([\d,]+)">',
        lambda m: f'<table {border}{rules} cellspacing="0" cellpadding="2" width="100%">{_columns(m.group(1))}',
        text,
    )
    if layout.rules == "zebra":
        rows = iter(range(10_000))
        text = re.sub(
            r'<tr class="(\w+)">',
            lambda m: m.group(0) if next(rows) % 2 else f'<tr class="{m.group(1)}" bgcolor="#e8eef4">',
            text,
        )
    text = re.sub(
        r'<td( colspan=2)? class="(figure|text|number|label)">',
        lambda m: (
            f'<td{m.group(1) or ""} align="{"right" if m.group(2) == "figure" else "left"}" valign="{layout.valign}">'
        ),
        text,
    )
    text = re.sub(r"<svg.*?</svg>", lambda m: _box_image("<path" in m.group(0)), text)  # Writer drops inline SVG
    text = re.sub(r'<div class="low"></div>', "<p><br></p>" * 14, text)
    text = re.sub(r'<p class="caption">(.*?)</p>', r"<p><b>\1</b></p>", text)
    return re.sub(r'<tr class="(?:total|subtotal|section)"[^>]*>.*?</tr>', lambda m: _bold(m.group(0), layout), text)


def _box_image(ticked: bool) -> str:
    data = base64.b64encode(box_png(ticked)).decode("ascii")
    return f'<img src="data:image/png;base64,{data}" width="11" height="11">'


def _columns(widths: str) -> str:
    return "<colgroup>" + "".join(f'<col width="{w}%">' for w in widths.split(",")) + "</colgroup>"


def _bold(row: str, layout: Layout) -> str:
    if not layout.bold_totals:
        return row
    return re.sub(r"(<td[^>]*>(?:<p[^>]*>)?)([^<]+)", r"\1<b>\2</b>", row)


def libreoffice_pdf(doc: Doc, layout: Layout, path: Path) -> None:
    """Print with LibreOffice Writer; raises ProducerMissingError where there is none."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise ProducerMissingError("libreoffice")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(office_html(doc, layout), encoding="utf-8")
        command = [
            program,
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "pdf:writer_web_pdf_Export" if layout.landscape else "pdf:writer_pdf_Export",
            "--infilter=HTML (StarWriter)",
            "--outdir",
            folder,
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.move(Path(folder) / "page.pdf", path)


def ghostscript_pdf(doc: Doc, layout: Layout, path: Path) -> None:
    """Print with WeasyPrint, distilled again by Ghostscript; raises ProducerMissingError where there is none."""
    program = shutil.which("gs")
    if program is None:
        raise ProducerMissingError("ghostscript")
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.pdf"
        weasyprint_pdf(doc, layout, first)
        command = [
            program,
            "-q",
            "-dNOPAUSE",
            "-dBATCH",
            "-dSAFER",
            "-sDEVICE=pdfwrite",
            f"-sOutputFile={path}",
            str(first),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)


def scanned_pdf(doc: Doc, layout: Layout, path: Path, dots: int = 200) -> None:
    """Pages as a scanner makes them: grey images, a little askew and noisy, compressed, without any text."""
    import pymupdf
    from PIL import Image, ImageFilter

    rng = random.Random(zlib.crc32(doc.name.encode()))
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder) / "first.pdf"
        reportlab_pdf(doc, layout, first)
        printed, scanned = pymupdf.open(first), pymupdf.open()
        for page in printed:
            picture = page.get_pixmap(dpi=dots, colorspace=pymupdf.csGRAY)
            image = Image.frombytes("L", (picture.width, picture.height), picture.samples)
            image = image.rotate(rng.uniform(-0.8, 0.8), resample=Image.Resampling.BICUBIC, fillcolor=255)
            image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.7)))
            noise = Image.effect_noise(image.size, rng.uniform(6, 16)).point(lambda v: 255 - abs(v - 128))
            image = Image.blend(image, noise, 0.06)
            data = io.BytesIO()
            image.save(data, "JPEG", quality=rng.choice((55, 70, 85)))
            new = scanned.new_page(width=page.rect.width, height=page.rect.height)
            new.insert_image(new.rect, stream=data.getvalue())
        scanned.save(path)
