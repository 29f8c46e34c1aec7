"""Pages that came as one line of source: their words are parted into the lines of a case."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract import read
from extract.models import Block, Heading, Line, Paragraph, Place
from normalize.cases.flat import unrun
from normalize.understanding import understand

ONE = Place(1, None, 1)
SENTENCE = "Borgerne i Vesterby får svar hurtigere, fordi sagsgangen bliver kortere."


def page(*lines: str, of: Place = ONE) -> Paragraph:
    return Paragraph(" ".join(lines), tuple(Line(text, of) for text in lines), of)


def words_of(*blocks: Block) -> str:
    return " ".join(b.title if isinstance(b, Heading) else b.text for b in blocks if isinstance(b, Heading | Paragraph))


def lines(*texts: str) -> list[str]:
    """The lines of a page that holds these and three sentences below."""
    found = unrun([page(*texts, SENTENCE, SENTENCE, SENTENCE)])
    return [text for b in found for text in ([b.title] if isinstance(b, Heading) else [x.text for x in b.lines])][:-3]


@pytest.mark.parametrize(
    ("run_together", "parted"),
    [
        (
            f"Sparekatalog 2031 Forslag nr. 4 Fælles lager Udvalg Socialudvalget Beskrivelse {SENTENCE}",
            ["Sparekatalog 2031", "Forslag nr. 4 Fælles lager", "Udvalg Socialudvalget", "Beskrivelse", SENTENCE],
        ),
        (
            f"Socialudvalget Mødedato: 9. april 2031 Lys på stier Beslutningstema {SENTENCE}",
            ["Socialudvalget", "Mødedato: 9. april 2031", "Lys på stier", "Beslutningstema", SENTENCE],
        ),
        (
            f"SOCIALUDVALGET Budgetopfølgning pr. 30. april 2031 Det går som ventet. {SENTENCE}",
            ["SOCIALUDVALGET", "Budgetopfølgning pr. 30. april 2031", "Det går som ventet.", SENTENCE],
        ),
        (
            f"Bro over åen ved Vestre Stadion Beskrivelse {SENTENCE}",
            ["Bro over åen ved Vestre Stadion", "Beskrivelse", SENTENCE],
        ),
        ("57. punkt Lys på stier Resumé", ["57. punkt Lys på stier", "Resumé"]),
    ],
)
def test_titles_fields_and_headings_stand_on_lines_of_their_own(run_together: str, parted: list[str]) -> None:
    assert lines(run_together) == parted


def test_a_number_that_the_reader_cut_off_goes_to_its_title() -> None:
    found = unrun([page(SENTENCE, SENTENCE, f"{SENTENCE} 550.04"), page("Lys på stier Udvalg: Socialudvalget")])
    assert "550.04 Lys på stier" in [line.text for b in found if isinstance(b, Paragraph) for line in b.lines]


def test_the_cases_of_such_a_page_are_parted(tmp_path: Path) -> None:
    table = "Tabel 1. Økonomi 1.000 kr. 2031 2032 2033 Løn -11 -22 -22 Varer -1 -1 -1 I alt -12 -23 -23"
    one = f"AB-01 Lys på stier Udvalg: Socialudvalget Indhold {SENTENCE} Økonomi {table}"
    other = f"AB-02 Fælles lager Udvalg: Socialudvalget Indhold {SENTENCE} Økonomi {table}"
    file = tmp_path / "page.txt"
    file.write_text(f"{one} {SENTENCE} {other} {SENTENCE}", encoding="utf-8")
    found = understand(read(file)).cases
    assert [(case.code, case.title) for case in found] == [("AB-01", "Lys på stier"), ("AB-02", "Fælles lager")]
    assert [[h.title for h in case.headings] for case in found] == [["Indhold", "Økonomi"]] * 2


def test_pages_with_lines_of_their_own_stay_as_they_are() -> None:
    blocks = [page(f"Lys på stier Beskrivelse {SENTENCE}", of=Place(1, None, n)) for n in range(1, 6)]
    assert unrun(blocks) == tuple(blocks)


@given(
    st.lists(
        st.sampled_from([*SENTENCE.split(), "Udvalg:", "7", "Forslag", "Økonomi", "2031", "–", "Nr."]), max_size=40
    )
)
def test_nothing_is_left_out_and_nothing_is_moved(words: list[str]) -> None:
    blocks = [page(" ".join(words) or "-", SENTENCE, SENTENCE, SENTENCE)]
    assert words_of(*unrun(blocks)) == words_of(*blocks)
