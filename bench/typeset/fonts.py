"""Fonts for absolute drawing: where they lie, and copies with code points that no reader expects.

Office programs print ticks from Wingdings (private-use code points) and some print `fi` as one glyph whose Unicode
map is wrong.  We make such fonts out of free ones.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"), Path("C:/Windows/Fonts"))
FAMILIES = {
    "sans": ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    "serif": ("LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf"),
    "narrow": ("LiberationSansNarrow-Regular.ttf", "LiberationSansNarrow-Bold.ttf"),
    "bundled": ("Vera.ttf", "VeraBd.ttf"),  # comes with ReportLab: the same on every machine
}
PRIVATE_LIGATURES = {"ff": "\ue0f0", "fi": "\ue0f1", "fl": "\ue0f2", "ti": "\ue0f3"}
UNICODE_LIGATURES = {"fi": "\ufb01", "fl": "\ufb02"}
WINGDINGS_TICKED, WINGDINGS_EMPTY = "\uf078", "\uf0a8"


class FontMissingError(RuntimeError):
    """A font that a layout wants is not installed; the message names it."""


@cache
def find(name: str) -> Path:
    """The file of that name among the installed fonts; raises FontMissingError."""
    bundled = Path(pdfmetrics.__file__).parent.parent / "fonts" / name
    if bundled.exists():
        return bundled
    for folder in FOLDERS:
        for path in sorted(folder.rglob(name)) if folder.exists() else []:
            return path
    raise FontMissingError(name)


@cache
def family(name: str, ligatures: str = "none") -> tuple[str, str]:
    """Register a family and give the names of its regular and bold fonts; falls back on the bundled one."""
    regular, bold = FAMILIES[name]
    try:
        paths = find(regular), find(bold)
    except FontMissingError:
        name, paths = "bundled", (find("Vera.ttf"), find("VeraBd.ttf"))
    names = (f"{name}-{ligatures}", f"{name}-{ligatures}-bold")
    for font, path in zip(names, paths, strict=True):
        source = with_private_ligatures(path) if ligatures == "private" else str(path)
        pdfmetrics.registerFont(TTFont(font, source))
    return names


def with_private_ligatures(path: Path) -> io.BytesIO:
    """A copy of a font whose private-use code points show "ff", "fi", "fl" and "ti" as one glyph each."""
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import-untyped]
    from fontTools.pens.transformPen import TransformPen  # type: ignore[import-untyped]
    from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont as Source  # type: ignore[import-untyped]

    font = Source(str(path))
    glyphs, names = font.getGlyphSet(), font.getBestCmap()
    order = font.getGlyphOrder()
    for pair, code in PRIVATE_LIGATURES.items():
        pen, shift = TTGlyphPen(None), 0
        for letter in pair:
            name = names[ord(letter)]
            record = DecomposingRecordingPen(glyphs)
            glyphs[name].draw(record)
            record.replay(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
            shift += font["hmtx"][name][0]
        new = f"pair_{pair}"
        glyph = pen.glyph()
        font["glyf"][new] = glyph
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][new] = (shift, glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(code)] = new
    order = font.getGlyphOrder()
    font["maxp"].numGlyphs = len(order)
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    return out


@cache
def wingdings() -> str:
    """Register a font called Wingdings that shows a ticked and an empty box at Wingdings' private code points."""
    from fontTools.ttLib import TTFont as Source

    font = Source(str(find("DejaVuSans.ttf")))
    names = font.getBestCmap()
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap = {ord(WINGDINGS_TICKED): names[0x2612], ord(WINGDINGS_EMPTY): names[0x2610], 32: names[32]}
    for record in font["name"].names:
        if record.nameID in (1, 4, 6, 16):
            record.string = "Wingdings"
    out = io.BytesIO()
    font.save(out)
    out.seek(0)
    pdfmetrics.registerFont(TTFont("Wingdings", out))
    return "Wingdings"


@cache
def symbols() -> str:
    """Register a font that has ☒ and ☐; raises FontMissingError."""
    pdfmetrics.registerFont(TTFont("Symbols", str(find("DejaVuSans.ttf"))))
    return "Symbols"
