"""Text files as printed: running text, headings, forms, page breaks; and that no text is too odd."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import Document, Heading, Paragraph, Status
from tests.extract.dumps import body, read
from tests.extract.pages import grids, headings


def test_a_table_goes_on_after_a_page_break() -> None:
    foot = "Side {} af 3\n\x0cVestby Kommune\n"
    document = read(
        "Vestby Kommune\nTabel 1. Drift\n1.000 kr. 2024 2025\nLøn 1 2\n"
        + foot.format(1)
        + "1.000 kr. 2024 2025\nHusleje 3 4\n"
        + foot.format(2)
        + "Slut på bilaget\n"
    )
    (grid,) = grids(document)
    assert [row.header for row in grid.rows] == [True, False, True, False]
    assert body(grid) == [["Løn", "1", "2"], ["Husleje", "3", "4"]]
    assert (grid.first_page, grid.last_page) == (1, 2)
    assert document.pages == 3


def test_running_text_with_numbers_is_no_table() -> None:
    document = read("""\
        3. Økonomi
        Forslaget koster 2,4 mio. kr. fordelt på årene 2024, 2025 og 2026, hvor der ansættes 3
        årsværk. Der spares 1 årsværk i 2025 og endnu 2 årsværk fra 2026
        og frem, svarende til 1.200 t.kr. i 2025 og 2.400 t.kr. i 2026. Beløbet er beregnet af 505
        t.kr. pr. årsværk.
        """)
    assert grids(document) == []
    assert headings(document) == [("3", "Økonomi")]


def test_tick_boxes_are_a_form_and_no_table() -> None:
    document = read(
        'Berørte:\t<input type="checkbox" checked="checked"/> Skole\t<input type="checkbox"/> Kultur\n'
        '\t<input checked="" type="checkbox"/> Ældre\t<input type="checkbox"/> Teknik\n'
    )
    assert grids(document) == []
    (form,) = [b for b in document.blocks if isinstance(b, Paragraph)]
    segments = [segment.text for line in form.lines for segment in line.segments]
    assert segments == ["Berørte:", "☒ Skole", "☐ Kultur", "☒ Ældre", "☐ Teknik"]


def test_a_segment_cut_by_the_lines_end_is_whole() -> None:
    (form,) = read("X Skoleforvaltningen  Kulturfor-\n\nvaltningen  Ældreforvaltningen\n").blocks
    assert isinstance(form, Paragraph)
    segments = [segment.text for line in form.lines for segment in line.segments]
    assert segments == ["X Skoleforvaltningen", "Kulturforvaltningen", "Ældreforvaltningen"]


def test_paragraphs_are_joined_over_lines_and_blank_lines() -> None:
    document = read("""\
        Der er behov for en fælles løsning i alle byens institutioner, så oplysnin-

        gerne kun skal tastes én gang. Det sparer tid for medarbejderne, og det giver

        bedre data til styring af økonomien.

        Næste afsnit begynder her, fordi det forrige sluttede med et punktum og mere.
        """)
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert len(texts) == 2
    assert "så oplysningerne kun skal tastes" in texts[0]


def test_headings_numbered_and_not() -> None:
    document = read("""\
        1. Baggrund og formål
        Kommunen har i dag mange små systemer, som ikke taler sammen, og det koster tid hver dag.
        Derfor foreslås en samlet løsning for alle forvaltninger fra næste år.
         2. Forslagets indhold
        Der udvikles en fælles løsning, som alle forvaltninger bruger fra første dag i det nye år.

        Effektiviseringer

        Forvaltningerne sparer tid på at taste de samme oplysninger flere gange i flere systemer.

        Gevinsten ligger i:

        1. Færre fejl i de daglige arbejdsgange.
        2. Hurtigere svar til borgerne (også om aftenen)
        3. Bedre data.

        BILAG 1
        """)
    assert headings(document) == [
        ("1", "Baggrund og formål"),
        ("2", "Forslagets indhold"),
        (None, "Effektiviseringer"),
        (None, "BILAG 1"),
    ]


def test_markdown_headings() -> None:
    document = read("# Forslag 1\n\nTekst.\n\n## 2. Økonomi\n\nMere tekst.\n")
    assert [(b.number, b.title, b.level) for b in document.blocks if isinstance(b, Heading)] == [
        (None, "Forslag 1", 1),
        ("2", "Økonomi", 2),
    ]


def test_the_title_is_never_lost() -> None:
    document = read(
        "INVESTERINGSFORSLAG\n\nForslagets titel: BC01 Ny portal til alle medarbejdere i kommunens\n\nforvaltninger\n"
    )
    assert any(
        "BC01 Ny portal til alle medarbejdere i kommunens forvaltninger" in b.text
        for b in document.blocks
        if isinstance(b, Paragraph)
    )


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty_file"), (b"PK\x03\x04x", "unsupported"), (bytes(range(256)) * 9, "binary")]
)
def test_what_is_no_text_is_quarantined(data: bytes, code: str) -> None:
    document = read(data)
    assert document.status is Status.QUARANTINED
    assert document.reason is not None
    assert document.reason.code == code
    assert document.blocks == ()


def check_ledgers(document: Document) -> None:
    for grid in grids(document):
        account = grid.ledger
        assert account.tokens == account.placed + account.captions + account.notes + len(account.orphans)
        held = sum(len(c.raw.split()) for row in grid.rows for c in (*row.cells, *row.loose) if c)
        assert held == account.placed
        for row in grid.rows:
            assert len(row.cells) == grid.columns


LINES = st.sampled_from(
    [
        "", "", " ", "Tabel 1. Drift", "1.000 kr. 2024 p/l 2024 2025 2026", "2024 2025 2026", "2024", "2025", "2026",
        "Løn 1 2 3", "Løn og", "pension - 250 - 1.000", "Varige ændringer", "-5", "100", "3000  Børne-", "familier",
        "Service 10 20 30", "½ årsværk/", "Post\t2024\t2025", "Løn\t1\t2", "Løn\t5", "\t\t", "--\t--", "Note: x",
        "* y", "1. Økonomi", "2. It", "Side 1 af 2", "\x0c", "| a | b |", "|--|--|", "Løn        1      2      3",
        "t.kr.     2024   2025   2026", "      område", "Dette er en lang linje med løbende tekst om 3 årsværk i 2024",
        "☒ Skole  ☐ Kultur", "Titel: Ny portal", "Server  5.000 kr. pr år", "Licens  6.000 kr. pr år", "ab-",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_every_word_of_a_table_is_accounted_for(lines: list[str]) -> None:
    check_ledgers(read("\n".join(lines).encode() + b"\nTekst"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    check_ledgers(read(data))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aÅ-1 2\t\n.,\x0c|()/*:½0", max_size=300))
def test_no_text_raises(text: str) -> None:
    check_ledgers(read(("Tekst " + text).encode()))


def test_a_title_right_above_other_text_stands_by_itself() -> None:
    found = read("""
    Færre vikarer i ældreplejen
    Beløb i t.kr., 2025-p/l. Besparelser er angivet med minus i hele dette notat om vikarer.

                 2025     2026
    Vikarer      -310     -745
    I alt        -310     -745
    """)
    assert headings(found) == [(None, "Færre vikarer i ældreplejen")]
    running = read("Kommunen samler sine vikarer i ét bureau, som\nBørne- og Ungdomsforvaltningen leder fra i dag.\n")
    assert headings(running) == []


def test_a_minus_that_stands_apart_from_its_number() -> None:
    found = read("""
                   2011    2012
    Maskiner      ÷ 100   ÷ 250
    Netto          ÷ 80   ÷ 230
    """)
    assert body(grids(found)[0]) == [["Maskiner", "÷ 100", "÷ 250"], ["Netto", "÷ 80", "÷ 230"]]


def test_rows_that_end_every_page_are_no_running_feet() -> None:
    case = "{1}\n\n1.000 kr.      2025    2026\nVikarer        {0}    {0}\nIndtægt           0       0\n"
    cases = (210, "Færre vikarer"), (315, "Ny telefoni"), (8, "Lukning af pavillon")
    found = read("\f".join(f"{case.format(figure, word)}Side {n}\n" for n, (figure, word) in enumerate(cases)))
    assert [body(grid) for grid in grids(found)] == [
        [["Vikarer", figure, figure], ["Indtægt", "0", "0"]] for figure in ("210", "315", "8")
    ]


def test_titled_tables_of_the_same_years_that_each_close_with_a_total_stay_apart() -> None:
    found = read(
        "Skoler\n2026 2027\nLøn 400 600\nI alt skoler 400 600\n\nVeje\n2026 2027\nLys 150 250\nNetto veje 150 250\n"
    )
    assert [body(grid)[-1][0] for grid in grids(found)] == ["I alt skoler", "Netto veje"]


def test_a_form_overleaf_is_no_part_of_a_table_that_closed() -> None:
    page = """\
Nr.         {}
Titel       Færre møder

t.kr.                2011    2012
Løn                   -60    -120
I alt                 -60    -120
"""
    found = read("\f".join(page.format(number) for number in (12, 13, 14)))
    assert [body(grid) for grid in grids(found)] == [[["Løn", "-60", "-120"], ["I alt", "-60", "-120"]]] * 3
    assert sum("Nr. 1" in block.text for block in found.blocks if isinstance(block, Paragraph)) == 3
