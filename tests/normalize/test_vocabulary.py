"""The field's words: units, price levels, captions, labels, steering areas, administrations and committees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.captions import split_caption
from lexicon.folding import squash
from lexicon.units import find_measure, find_price_level, find_unit
from lexicon.years import single_year
from normalize.models import Kind, Measure, Role
from normalize.vocabulary import (
    RowWords,
    administration,
    committee,
    committee_of_unit,
    committees_in,
    kind_of_caption,
    kind_of_row,
    names_a_code,
    peel_steering_area,
    role_hint,
    row_words,
    sign_of_notes,
    steering_area,
    steering_area_of_caption,
    text_role,
    total_span,
)


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("1.000 kr. 2022 p/l", 1000),
        ("1000 kr.", 1000),
        ("1 000 kr.", 1000),
        ("t.kr.", 1000),
        ("Tkr.", 1000),
        ("t. kr., 2025-priser", 1000),
        ("i 1.000 kr.", 1000),
        ("hele kr.", 1),
        ("Kr.", 1),
        ("mio. kr.", 1_000_000),
        ("Mio.kr. 2024-PL", 1_000_000),
        ("mia. kr.", 1_000_000_000),
    ],
)
def test_units(text: str, factor: int) -> None:
    found = find_unit(text)
    assert found is not None
    assert found.factor == factor


@pytest.mark.parametrize("text", ["1 NMN kr 2017", "1 N00 kr. 2017 p/l", "1 AM kr"])
def test_a_thousand_that_was_misread_leaves_no_unit_rather_than_one_krone(text: str) -> None:
    assert find_unit(text) is None
    assert find_unit("Tabel 1 hele kr.") is not None


@pytest.mark.parametrize("text", ["Styringsområde", "2024", "Skrankeprojekt", "Krav til løsningen", "Antal enheder"])
def test_words_without_a_unit(text: str) -> None:
    assert find_unit(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1.000 kr. 2022 p/l", 2022),
        ("1000 kr. (2016 p/l.)", 2016),
        ("1.000 kr. 2021p/l", 2021),
        ("1.000 kr. 2025 p/1", 2025),
        ("2024-priser", 2024),
        ("t.kr. 2025-p/l", 2025),
        ("p/l 2022", 2022),
        ("2019-PL", 2019),
        ("PL 2020", 2020),
        ("Prisniveau 2026", 2026),
        ("faste 2023-priser", 2023),
    ],
)
def test_price_levels(text: str, year: int) -> None:
    found = find_price_level(text)
    assert found is not None
    assert found.year == year
    assert str(year) in found.printed


def test_current_prices_are_said_but_have_no_year() -> None:
    found = find_price_level("mio. kr., løbende priser")
    assert found is not None
    assert found.year is None
    assert find_price_level("Budget 2024") is None


def test_what_is_counted() -> None:
    assert find_measure("Årsværk i forvaltningen") is Measure.FTE
    assert find_measure("Antal ÅV") is Measure.FTE
    assert find_measure("Årsværk, 1.000 kr.") is Measure.DKK
    assert find_measure("Antal borgere") is Measure.COUNT
    assert find_measure("Varige ændringer") is None


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Varige ændringer, service", Kind.RECURRING),
        ("Serviceinvesteringer i forslaget", Kind.INVESTMENT_SERVICE),
        ("Varige ændringer, Anlægsinvesteringer i forslaget", Kind.INVESTMENT_CAPITAL),
        ("Varige ændringer, administration", Kind.ADMINISTRATION),
        ("Måltaleffekt - netto", Kind.COMMITTEE_TARGET),
        ("Bevillingsmæssig effekt - varig drift*", Kind.COMMITTEE_OPERATIONS),
        ("Bevillingsmæssig effekt", Kind.COMMITTEE_GROSS),
        ("Fordeling af anlægsinvesteringer mellem udvalg", Kind.COMMITTEE_CAPITAL),
        ("Fordeling af serviceinvesteringer mellem udvalg", Kind.COMMITTEE_SERVICE),
        ("Forslagets samlede økonomiske konsekvenser", Kind.SUMMARY),
        ("Abonnement og antal brugere", None),
    ],
)
def test_kinds_by_caption(title: str, kind: Kind | None) -> None:
    assert kind_of_caption(title) is kind


@pytest.mark.parametrize(
    ("caption", "label", "title"),
    [
        ("Tabel 2. Varige ændringer, service", "Tabel 2", "Varige ændringer, service"),
        ("Tabel 3 . Investeringer", "Tabel 3", "Investeringer"),
        ("Tabel 4: Ændringer", "Tabel 4", "Ændringer"),
        ("Tabel A. Måltal", "Tabel A", "Måltal"),
        ("Table C. Bevilling", "Table C", "Bevilling"),
        ("Tabel 1 Økonomiske konsekvenser", "Tabel 1", "Økonomiske konsekvenser"),
        ("Tabel 5", "Tabel 5", None),
        ("Abonnement", None, "Abonnement"),
    ],
)
def test_captions_fall_apart_into_label_and_title(caption: str, label: str | None, title: str | None) -> None:
    parts = split_caption(caption)
    assert (parts.label, parts.title) == (label, title)


def test_a_sentence_about_a_table_is_no_caption() -> None:
    assert split_caption("Tabellen viser udgifterne").label is None


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Samlet varig ændring*", RowWords.SUBTOTAL),
        ("Samlede implementeringsomkostninger", RowWords.SUBTOTAL),
        ("Varige ændringer totalt, service", RowWords.SUBTOTAL),
        ("Drift i alt", RowWords.SUBTOTAL),
        ("Samlet økonomisk påvirkning", RowWords.TOTAL),
        ("I alt", RowWords.TOTAL),
        ("Sum", RowWords.TOTAL),
        ("Netto", RowWords.TOTAL),
        ("Heraf løn", RowWords.MEMO),
        ("Tilbagebetalingstid baseret på totaløkonomi", RowWords.PAYBACK),
        ("Implementeringsomkostninger", RowWords.SECTION),
        ("Samling af depoter", None),
        ("Samlet vejledning til borgere", None),
        ("Implementeringsomkostninger i havnen", None),
    ],
)
def test_labels_of_rows(label: str, words: RowWords | None) -> None:
    assert row_words(label) is words


def test_a_label_with_a_misread_letter_keeps_its_part() -> None:
    assert row_words("Sam1et økonomisk påvirkning") is RowWords.TOTAL
    assert row_words("Tilbagebetalin\ufffdstid baseret på totaløkonomi") is RowWords.PAYBACK
    assert kind_of_row("Varige \ufffdndringer totalt, administration") is Kind.ADMINISTRATION


def test_the_same_words_head_a_section_or_name_a_line() -> None:
    assert role_hint("Implementeringsomkostninger", figures=False) is Role.SECTION
    assert role_hint("Implementeringsomkostninger", figures=True) is None
    assert role_hint("Heraf:", figures=False) is Role.SECTION
    assert role_hint("Heraf:", figures=True) is Role.MEMO


def test_a_steering_area_comes_off_a_label_only_as_a_word_of_its_own() -> None:
    peeled = peel_steering_area("Udvikling af app (intern/ekstern) Anlæg")
    assert peeled is not None
    assert peeled == ("Udvikling af app (intern/ekstern)", "Anlæg")
    assert peel_steering_area("Varige ændringer totalt, service") is None
    assert peel_steering_area("Service") is None
    assert steering_area("Overførsler mv.") == "Overførsler"


def test_a_caption_gives_its_steering_area_to_all_rows() -> None:
    assert steering_area_of_caption("Varige ændringer, service") == "Service"
    assert steering_area_of_caption("Varige ændringer, service og anlæg") is None
    assert steering_area_of_caption("Service i hjemmet") is None
    assert steering_area_of_caption(None) is None


def test_columns_cut_or_hyphenated_in_odd_places_are_recognised() -> None:
    assert squash("Styringso mråde") == squash("Styrings- område")
    assert text_role("Styringso mråde") is text_role("Styringsområde") is not None
    assert text_role("Bevilling, pro-fitcenter mv.*") is text_role("Bevilling, profitcenter")
    assert text_role("Rengøring") is None


def test_years_and_totals_in_headers() -> None:
    assert single_year("BO26") == single_year("2026")
    assert total_span("I alt 2025-28") == (2025, 2028)
    assert total_span("Samlet") == (None, None)
    assert total_span("2025") is None


def test_notes_about_signs() -> None:
    assert sign_of_notes("Alle besparelser er angivet med negativt (-) fortegn.") == 1
    assert sign_of_notes("Besparelser er angivet positivt.") == -1
    assert sign_of_notes("Beløb er i 2025 p/l.") is None


def test_committees_and_their_administrations() -> None:
    assert committee("Sundheds- og Om-sorgsudvalget") == "Sundheds- og Omsorgsudvalget"
    assert committee("ØU") == "Økonomiudvalget"
    assert committee("Teknik- og Miljøforvaltningen") == "Teknik- og Miljøudvalget"
    assert committee_of_unit("Koncern IT") == "Økonomiudvalget"
    assert committees_in("Socialudvalget og Børne og Ungdomsudvalget") == (
        "Socialudvalget",
        "Børne- og Ungdomsudvalget",
    )
    assert committee("Rengøring af lokaler") is None


def test_other_municipalities_are_known_by_their_endings() -> None:
    unknown = administration("Plan- og Havneforvaltningen")
    assert unknown is not None
    assert (unknown.name, unknown.committee) == ("Plan- og Havneforvaltningen", "Plan- og Havneudvalget")
    assert committee("Havne- og Strandudvalget") == "Havne- og Strandudvalget"


@given(st.text(max_size=40))
def test_any_text_is_looked_up_without_an_exception(text: str) -> None:
    for look in (
        find_unit,
        find_price_level,
        find_measure,
        split_caption,
        row_words,
        committee,
        administration,
        text_role,
    ):
        look(text)
    year = single_year(text)
    assert year is None or 1900 <= year.year < 2100


@pytest.mark.parametrize("label", ["Antal brugere", "Antal årsværk", "Gennemsnit", "Gennemsnit pr. år"])
def test_counts_and_averages_belong_to_no_sum_of_money(label: str) -> None:
    assert role_hint(label, figures=True, money=True) is Role.MEMO


def test_a_count_is_a_line_like_any_other_where_things_are_counted() -> None:
    assert role_hint("Antal brugere", figures=True) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [("1310 It-drift, profitcenter", True), ("1310 It-drift", False), ("Profitcenter til skoler", False)],
)
def test_words_that_a_code_follows(text: str, code: bool) -> None:
    assert names_a_code(text) is code
