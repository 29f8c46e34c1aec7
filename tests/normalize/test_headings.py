"""Headings of a case, and the title of a document without a form."""

from __future__ import annotations

from normalize.cases.headings import document_title, headings_of, is_annex, names_catalogue, words_of
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


def test_the_catalogue_names_itself() -> None:
    title = document_title(
        [heading("Bilag 5", size=20), paragraph("Katalog med forslag til effektivisering"), heading("Note")]
    )
    assert title is not None
    assert words_of(title) == "Katalog med forslag til effektivisering"


def test_the_largest_heading_of_the_first_page_titles_a_document() -> None:
    title = document_title(
        [heading("Kommunen", size=9), heading("Nye cykelstier", size=18), heading("Mål", page=2, size=30)]
    )
    assert title is not None
    assert words_of(title) == "Nye cykelstier"


def test_nothing_titles_an_empty_document() -> None:
    assert document_title([]) is None


def test_a_numbered_heading_like_the_others_titles_nothing() -> None:
    sections = [heading("Baggrund", "1", size=12), heading("Økonomi", "2", size=12)]
    assert document_title(sections) is None
    assert document_title(sections[:1]) is None
    title = document_title([heading("Nye cykelstier", "4", size=18), *sections])
    assert title is not None
    assert words_of(title) == "Nye cykelstier"


def test_annexes_and_catalogues() -> None:
    assert is_annex("BILAG 1")
    assert not is_annex("Bilag 1: Tidsplan for alle projekter")
    assert names_catalogue("Oversigt over forslag")


def test_the_line_above_the_first_numbered_section_titles_a_text_file() -> None:
    title = document_title(
        [
            paragraph("Fælles vagtplan i plejen"),
            paragraph("Fagområde: Sundhed"),
            heading("Baggrund", "1", size=0.0),
            heading("Økonomi", "2", size=0.0),
        ]
    )
    assert title is not None
    assert words_of(title) == "Fælles vagtplan i plejen"
