"""End-of-line hyphens: the typesetter's go, the word's own stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.hyphens import join_lines, mend, vocabulary


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["forvalt-", "ningen"], "forvaltningen"),
        (["Serviceom-", "råde"], "Serviceområde"),
        (["it-", "støtte"], "it-støtte"),
        (["IT-", "understøttelse"], "IT-understøttelse"),
        (["KørselsNet-", "platform"], "KørselsNet-platform"),
        (["e-", "læring"], "e-læring"),
        (["løn-", "og personale"], "løn- og personale"),
        (["ud-", "eller indlevering"], "ud- eller indlevering"),
        (["årene 2021-", "2023"], "årene 2021-2023"),
        (["en 0-", "punkts måling"], "en 0-punkts måling"),
        (["udviklings-", "/progressionsmål"], "udviklings-/progressionsmål"),
        (["finans-", ", løn- og personale"], "finans-, løn- og personale"),
        (["for\u00ad", "valtning"], "forvaltning"),
        (["FORVALT-", "NINGEN"], "FORVALTNINGEN"),
        (["Børne-", "Ungdom"], "Børne-Ungdom"),
        (["alene -", "men ikke helt"], "alene - men ikke helt"),
        (["  to   linjer ", "", "tekst"], "to linjer tekst"),
        (["ABC/", "ekstern"], "ABC/ekstern"),
        ([], ""),
    ],
)
def test_lines_are_joined(lines: list[str], joined: str) -> None:
    assert join_lines(lines) == joined


def test_the_documents_own_words_outrank_the_shape() -> None:
    assert join_lines(["web-", "løsning"], {"web-løsning"}) == "web-løsning"
    assert join_lines(["web-", "løsning"], {"webløsning"}) == "webløsning"


def test_vocabulary_leaves_out_what_a_line_end_cut() -> None:
    known = vocabulary(["Forvaltningen bruger web-løsninger og for-", "valtning med web-løsninger"])
    assert "forvaltningen" in known
    assert "web-løsninger" in known
    assert "for" not in known
    assert "valtning" not in known


def test_two_hyphenations_of_one_word_show_that_it_has_none() -> None:
    known = vocabulary(["Bevilling, profit-center", "Bevilling, pro-fitcenter"])
    assert mend("profit-center", known) == "profitcenter"
    assert mend("pro-fitcenter", known) == "profitcenter"


@pytest.mark.parametrize(
    ("text", "known", "mended"),
    [
        ("mobilhånd-teringen", set(), "mobilhåndteringen"),
        ("Integrationsudval-get", set(), "Integrationsudvalget"),
        ("Om-sorgsudvalget", {"omsorgsudvalget"}, "Omsorgsudvalget"),
        ("it-støtten og web-løsningen", {"itstøtten"}, "it-støtten og web-løsningen"),
        ("Styrings- område", set(), "Styringsområde"),
        ("løn- og personale", set(), "løn- og personale"),
        ("drifts- forbrugs- og lejeindtægter", set(), "drifts- forbrugs- og lejeindtægter"),
        ("2023-2024", set(), "2023-2024"),
    ],
)
def test_hyphens_inside_a_line_go_only_on_evidence(text: str, known: set[str], mended: str) -> None:
    assert mend(text, known) == mended


@given(st.lists(st.text(alphabet="abcæøå XY-/.\u00ad019", max_size=12), max_size=6))
def test_no_letter_is_lost_or_added(lines: list[str]) -> None:
    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters(join_lines(lines)) == letters("".join(lines))
    assert letters(mend(" ".join(lines), vocabulary(lines))) == letters(" ".join(lines))
