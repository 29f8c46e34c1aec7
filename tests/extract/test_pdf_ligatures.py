"""Glyphs that tell no letter at all: ligatures without a code point, with a private one, or with a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.models import Paragraph
from extract.pdf.ligatures import UntoldGlyphs
from tests.extract.pages import Column, Sheet, body, paragraphs, pdf, reading, the_grid

PROSE = (
    "Forslaget e§ektiviserer administra¶onen af cykels¶erne.",
    "Gevinsten ved e§ektivisering begynder ¶dligt og er o§entlig.",
    "Projektet hedder Pi§en, og §¶x er ukendt.",
)


def _sheet() -> Sheet:
    sheet = Sheet()
    for n, text in enumerate(PROSE):
        sheet.text(50, 100 + 60 * n, text)
    return sheet


@pytest.mark.parametrize("told", [("\x00", "\x00"), ("\ue0f0", "\ue0f3"), ("\u01a5", "\u01b1")])
@pytest.mark.parametrize("letters", [False, True])
def test_a_glyph_means_the_same_in_every_word(tmp_path: Path, told: tuple[str, str], letters: bool) -> None:
    first, second = told
    document = reading(tmp_path, pdf(_sheet(), unicode={"§": first, "¶": second}, letters=letters))
    assert paragraphs(document) == [
        "Forslaget effektiviserer administrationen af cykelstierne.",
        "Gevinsten ved effektivisering begynder tidligt og er offentlig.",
        "Projektet hedder Piffen, og fftix er ukendt.",
    ]


def test_the_print_is_kept(tmp_path: Path) -> None:
    document = reading(tmp_path, pdf(_sheet(), unicode={"§": "\ue0f0", "¶": "\ue0f3"}))
    first = next(b for b in document.blocks if isinstance(b, Paragraph))
    assert first.lines[0].segments[0].raw == "Forslaget e\ue0f0ektiviserer administra\ue0f3onen af cykels\ue0f3erne."


def test_what_no_word_settles_stays_as_the_file_has_it(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 100, "Pi§en er et navn.")
    assert paragraphs(reading(tmp_path, pdf(sheet, unicode={"§": "\ue0f0"}))) == ["Pi\ue0f0en er et navn."]


def test_the_documents_own_words_settle_what_no_list_holds(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 100, "Pantografi er dyr.")
    sheet.text(50, 160, "Derfor udgår pantogra§ i år.")
    texts = paragraphs(reading(tmp_path, pdf(sheet, unicode={"§": "\x00"})))
    assert texts == ["Pantografi er dyr.", "Derfor udgår pantografi i år."]


def test_figures_are_never_repaired(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(300), Column(380))
    sheet = Sheet()
    sheet.table(70, columns, [("1.000 kr.", "2025", "2026"), ("E§ektiv dri¶", "-§1", "-2"), ("I alt", "1§2", "-2")])
    rows = body(the_grid(reading(tmp_path, pdf(sheet, unicode={"§": "\ue0f0", "¶": "\ue0f1"}))))
    assert rows == [["Effektiv drift", "-\ue0f01", "-2"], ["I alt", "1\ue0f02", "-2"]]


def test_a_glyph_that_stands_for_this_here_and_that_there_is_settled_word_by_word() -> None:
    glyphs = UntoldGlyphs({("font", 0): "\U000f0000"}, {"\U000f0000": "\ufffd"}, {"\U000f0000"})
    words = ("E\U000f0000ek\U000f0000viseringsforslag", "\U000f0000l", "ne\U000f0000o", "u\U000f0000y")
    read = glyphs.spell(words, frozenset({"netto", "nefto"}))
    assert [read[w] for w in words] == ["Effektiviseringsforslag", "til", "ne\ufffdo", "u\ufffdy"]
