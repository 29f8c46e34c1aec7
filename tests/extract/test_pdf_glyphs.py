"""Glyphs that tell the wrong character: ligatures, private and byte-swapped code points, glyphs that tell none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.pdf.glyphs import needs_repair, repair
from tests.extract.pages import Column, Sheet, body, pdf, reading, the_grid


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("eﬀektiv", "effektiv"),
        ("ﬁnansiering", "finansiering"),
        ("ﬂytning", "flytning"),
        ("administraƟon", "administration"),
        ("aŌale", "aftale"),
        ("\uf0fe", "☒"),
        ("\uf0a8", "☐"),
        ("☑", "☒"),
        ("\uf031\uf032", "12"),
        ("\u3100\u3200", "12"),
        ("1\ufffd200", "1\u2009200"),
        ("-1\ufffd234\ufffd567", "-1\u2009234\u2009567"),
        ("løn\u00adudgift", "lønudgift"),
    ],
)
def test_repairs(told: str, shown: str) -> None:
    assert needs_repair(told)
    assert repair(told) == shown


@given(st.text(alphabet="abcæøåÆØÅ0123456789.,-−–() %½§»«°/", min_size=1))
def test_what_is_right_stays_as_it_is(text: str) -> None:
    assert not needs_repair(text)
    assert repair(text) == text


@given(st.text(min_size=1))
def test_repairing_twice_changes_nothing_more(text: str) -> None:
    once = repair(text)
    assert repair(once) == once


def test_ligatures_in_a_table_read_as_letters_and_keep_the_print(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(300), Column(380))
    sheet = Sheet()
    sheet.table(70, columns, [("1.000 kr.", "2025", "2026"), ("E§ektiv dri¶", "-1", "-2"), ("I alt", "-1", "-2")])
    grid = the_grid(reading(tmp_path, pdf(sheet, unicode={"§": "\ufb00", "¶": "\u014c"})))
    assert body(grid)[0] == ["Effektiv drift", "-1", "-2"]


def test_digits_told_with_their_bytes_swapped(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(300), Column(380))
    sheet = Sheet()
    sheet.table(70, columns, [("1.000 kr.", "2025", "2026"), ("Færre møder", "-14", "-25"), ("I alt", "-14", "-25")])
    swapped = {c: chr(ord(c) << 8) for c in "0123456789"}
    cells = the_grid(reading(tmp_path, pdf(sheet, unicode=swapped))).rows[1].cells
    assert [(c.text, c.raw) for c in cells[1:] if c] == [("-14", "-\u3100\u3400"), ("-25", "-\u3200\u3500")]
