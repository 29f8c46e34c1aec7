"""Which lines are headings by their shape, and their levels."""

from __future__ import annotations

import pytest

from extract.headings import is_annex, is_sentence, is_title, levels, numbered
from lexicon.captions import is_caption, is_note


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3. Økonomi", ("3", "Økonomi")),
        ("3.1. Økonomi", ("3.1", "Økonomi")),
        ("2.1 Fordeling på udvalg ", ("2.1", "Fordeling på udvalg")),
        (" 10. Hvem er hørt? ", ("10", "Hvem er hørt?")),
        ("4 Risici", ("4", "Risici")),
        ("1.Baggrund", ("1", "Baggrund")),
        ("1. 'Ny hjælp' (fælles medarbejdere)", ("1", "'Ny hjælp' (fælles medarbejdere)")),
        ("1. januar 2022 træder ordningen i kraft", None),
        ("1. Januar 2022", None),
        ("1.000 kr.", None),
        ("1. klasses billetter svarende til to ture", None),
        ("2. Bedre data. Det kræver, at systemerne taler sammen", None),
        ("3. Nye arbejdsgange i alle afdelinger fra næste år.", None),
        ("1. Bedre indkøb,", None),
        ("3,5 mio. kr.", None),
        ("2024 Budget", None),
        ("Økonomi", None),
    ],
)
def test_numbered(text: str, expected: tuple[str, str] | None) -> None:
    assert numbered(text) == expected


@pytest.mark.parametrize(
    "text", ["Tabel 2. Varige ændringer", "Table C. Effekt", "Tabel 3 . Anlæg", "Oversigt 1", "Figur 2: Plan"]
)
def test_captions(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize("text", ["Tabel 2 viser udgifterne", "Tabellen nedenfor", "I tabel 2. Det", "Tabel"])
def test_sentences_about_tables_are_no_captions(text: str) -> None:
    assert not is_caption(text)


def test_notes() -> None:
    assert is_note("Note: Beløb er afrundede")
    assert is_note("* Ekskl. moms")
    assert is_note("Anm.: Afrundet")
    assert not is_note("Note til alle tabeller: Besparelser er negative")
    assert not is_note("Notat om økonomi")


def test_annexes() -> None:
    assert is_annex("Bilag 1: Fremtidig drift")
    assert is_annex("BILAG A")
    assert not is_annex("Bilag")
    assert not is_annex("Bilag vedlægges")


def test_titles_and_sentences() -> None:
    assert is_title("Varig drift")
    assert not is_title("og derefter")
    assert not is_title("Forventes at koste mindre i")  # wrapped, not ended
    assert is_title("Investeringer: i alt 2 mio. kr.")
    assert not is_title("Tilbagebetalingstid baseret på")
    assert is_sentence("Det koster penge. Derfor spares der")
    assert not is_sentence("Udgifter i alt 2.400 t.kr.")


def test_levels_follow_the_numbers() -> None:
    assert levels(["1", "2", "2.1", "2.1.1", "3"]) == [1, 1, 2, 3, 1]


def test_a_run_that_starts_again_is_a_level_deeper() -> None:
    assert levels(["1", "2", "1", "2", "3", "3", "4"]) == [1, 1, 2, 2, 2, 1, 1]


def test_a_new_case_starts_again_on_the_first_level() -> None:
    assert levels(["1", "2", "3", "1", "2", "3"]) == [1, 1, 1, 1, 1, 1]


def test_headings_without_number_stand_below_the_numbered() -> None:
    assert levels(["1", None, "2"]) == [1, 2, 1]
    assert levels([None, "1"]) == [1, 1]
