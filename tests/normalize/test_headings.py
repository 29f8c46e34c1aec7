"""Headings of a case, and the title of a document without a form."""

from __future__ import annotations

from normalize.cases.headings import headings_of, is_annex, names_catalogue, without_banner
from tests.normalize.blocks import heading, paragraph


def test_banner_title_captions_and_labels_are_no_headings() -> None:
    blocks = [
        heading("INVESTERINGSFORSLAG"),
        heading("Forslagets titel: BC07 Fælles support"),
        heading("Resumé:"),
        heading("Tabel 1. Varige ændringer"),
        heading("Økonomi", "3"),
        paragraph("Udgifterne er små."),
        heading("Bilag 1: Tidsplan"),
    ]
    found = headings_of(blocks, title="Fælles support")
    assert [(h.ordinal, h.number, h.title) for h in found] == [(0, "3", "Økonomi"), (1, None, "Bilag 1: Tidsplan")]


def test_a_heading_that_ends_in_a_colon_or_an_amount_stays() -> None:
    blocks = [heading("Varig drift:"), heading("Flytteteam: i alt 3.100 t.kr.")]
    assert [h.title for h in headings_of(blocks)] == ["Varig drift:", "Flytteteam: i alt 3.100 t.kr."]


def test_a_heading_broken_over_two_lines_is_one() -> None:
    blocks = [heading("Udgifter til drift af nye"), heading("cykelstier fra 2026")]
    assert [h.title for h in headings_of(blocks)] == ["Udgifter til drift af nye cykelstier fra 2026"]


def test_annexes_and_catalogues() -> None:
    assert is_annex("BILAG 1")
    assert not is_annex("Bilag 1: Tidsplan for alle projekter")
    assert names_catalogue("Oversigt over forslag")


def test_a_title_is_without_the_word_for_what_it_titles_and_keeps_its_annex() -> None:
    assert without_banner("Bilag 3: Alle forslag efter udvalg") == "Bilag 3: Alle forslag efter udvalg"
    assert without_banner("Spareforslag: Færre møder") == "Færre møder"
    assert without_banner("Mål og midler: Ældre") == "Mål og midler: Ældre"
