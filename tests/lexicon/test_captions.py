"""Captions and notes of tables."""

from __future__ import annotations

import pytest

from lexicon.captions import is_caption, is_continued_caption, is_marker, is_note, is_note_to_all, split_caption


@pytest.mark.parametrize(
    ("text", "label", "title"),
    [
        ("Tabel 2. Varige ændringer", "Tabel 2", "Varige ændringer"),
        ("Tabel 3 . Investeringer", "Tabel 3", "Investeringer"),
        ("Skema 1.", "Skema 1", None),
        ("Tabel A", "Tabel A", None),
        ("Bilagstabel 3: Lån", "Bilagstabel 3", "Lån"),
        ("Takstoversigt 2. Priser", "Takstoversigt 2", "Priser"),
        ("Oversigt 1 Alle forslag", "Oversigt 1", "Alle forslag"),
        ("Tabel 1a: Leje", "Tabel 1a", "Leje"),
    ],
)
def test_a_caption_is_taken_apart(text: str, label: str, title: str | None) -> None:
    parts = split_caption(text)
    assert (parts.label, parts.title) == (label, title)
    assert is_caption(text)


@pytest.mark.parametrize(
    "text", ["Tabel 1 viser udgiften", "Oversigt over forslag", "Tabellen", "Tabel i bilaget", "Figuren 3", ""]
)
def test_what_is_no_caption(text: str) -> None:
    assert not is_caption(text)


def test_a_caption_that_goes_on() -> None:
    assert is_continued_caption("Tabel 1 (fortsat)")
    assert is_continued_caption("Tabel 1 Leje, forts.")
    assert not is_continued_caption("Tabel 1 Leje")


@pytest.mark.parametrize(
    "text",
    ["Note: foreløbigt", "* uden moms", "1) foreløbigt", "Anm.: foreløbigt", "Kilde: eget skøn", "- = besparelse"],
)
def test_notes(text: str) -> None:
    assert is_note(text)


def test_a_note_to_all_tables_is_none_of_one_table() -> None:
    assert is_note_to_all("Note til alle tabeller: 2025-priser")
    assert not is_note("Note til alle tabeller: 2025-priser")


def test_markers() -> None:
    assert is_marker("1)")
    assert is_marker("**")
    assert not is_marker("1")
