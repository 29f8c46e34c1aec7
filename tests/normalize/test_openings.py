"""Ways in which a case begins that no list of words knows: what recurs, what stands around a line, what names it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read
from normalize.cases.codes import read_code
from normalize.understanding import understand

SENTENCE = "Forslaget handler om at bruge færre penge på møder og rejser i forvaltningen."
TABLE = """1.000 kr.                 2031      2032      2033
Løn                       -100      -200      -200
Varer                       50         0         0
I alt                      -50      -200      -200
"""


def cases(folder: Path, *paragraphs: str) -> list[tuple[str | None, str | None]]:
    file = folder / "paper.txt"
    file.write_text("\n\n".join(paragraphs), encoding="utf-8")
    return [(case.code, case.title) for case in understand(read(file)).cases]


def test_titles_alone_part_what_is_said_twice(tmp_path: Path) -> None:
    found = cases(tmp_path, "FÆRRE MØDER", SENTENCE, TABLE, "FÆRRE REJSER", SENTENCE, TABLE)
    assert found == [(None, "FÆRRE MØDER"), (None, "FÆRRE REJSER")]


@pytest.mark.parametrize("head", ["Bygherre: {}", "J.nr. {}", "Kilde: Puljen for {}"])
def test_a_label_that_no_list_knows_stands_in_every_head(tmp_path: Path, head: str) -> None:
    value = "27.12.00-Ø34-3-31" if "J.nr" in head else "Socialforvaltningen"
    fact = head.format(value)
    found = cases(
        tmp_path, "Lys på stier", fact, "Udvalg: Socialudvalget", SENTENCE, TABLE, "Fælles lager", fact,
        "Udvalg: Socialudvalget", SENTENCE, TABLE,
    )  # fmt: skip
    assert found == [(None, "Lys på stier"), (None, "Fælles lager")]


def test_a_heading_that_every_case_has_is_no_title(tmp_path: Path) -> None:
    head = ("Socialudvalget", "{}", "Stand pr. 3. februar 2031", "Hvor står vi?")
    found = cases(
        tmp_path,
        *(line.format("Genbrugsplads nord") for line in head), SENTENCE, TABLE,
        *(line.format("Idrætspark ved åen") for line in head), SENTENCE, TABLE,
    )  # fmt: skip
    assert found == [(None, "Genbrugsplads nord"), (None, "Idrætspark ved åen")]


def test_what_a_list_of_contents_names_is_the_title(tmp_path: Path) -> None:
    found = cases(
        tmp_path, "Dagsorden for Ældreudvalget", "15. juni 2031 kl. 16.30 Mødelokale 9", "Sager på mødet",
        "Ny station i Sundby ...... 3", "Åben sag", "Ny station i Sundby",
        "Acadre-nr.: 27.12.00-Ø34-3-31 Ansvarlig: Lis Rosen",
        "Sagens kerne", SENTENCE, TABLE,
    )  # fmt: skip
    assert found == [(None, "Ny station i Sundby")]


@pytest.mark.parametrize(
    ("line", "code", "title"),
    [
        ("SF-14 // Færre møder", "SF-14", "Færre møder"),
        ("B.03 … Færre møder", "B.03", "Færre møder"),
        ("Handlingsforslag 3.b | Færre møder", "Handlingsforslag 3.b", "Færre møder"),
        ("Mulighed B – Færre møder", "Mulighed B", "Færre møder"),
        ("Færre møder, nr. 4", "nr. 4", "Færre møder"),
        ("Budgetnotat – SO28", "SO28", ""),
        ("Kort nr. 8", "Kort nr. 8", ""),
    ],
)
def test_a_code_and_what_it_stands_before(line: str, code: str, title: str) -> None:
    found = read_code(line)
    assert found is not None
    assert (found.code, found.title) == (code, title)


def test_a_name_and_a_room_are_no_code() -> None:
    assert read_code("Hallen – A12") is None


def two(one: tuple[str, ...], other: tuple[str, ...]) -> list[str]:
    """The paragraphs of two cases that share heading, text and table, each below its head."""
    return [*one, "Økonomi", SENTENCE, TABLE, *other, "Økonomi", SENTENCE, TABLE]


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (("Kapitel 5. Lys på stier",), ("Kapitel 6. Fælles lager",), "Kapitel {}"),
        (("Rum 5 af 30", "Lys på stier"), ("Rum 6 af 30", "Fælles lager"), "Rum {}"),
        (("Lys på stier", "[QX-5] Socialudvalget"), ("Fælles lager", "[QX-6] Teknisk Udvalg"), "QX-{}"),
        (("5.", "Lys på stier"), ("6.", "Fælles lager"), "{}"),
        (("§ 5. Lys på stier",), ("§ 6. Fælles lager",), "§ {}"),
        (("V31.TM.5 Lys på stier",), ("V31.TM.6 Fælles lager",), "V31.TM.{}"),
    ],
)
def test_what_counts_on_from_case_to_case_is_its_code(
    tmp_path: Path, one: tuple[str, ...], other: tuple[str, ...], code: str
) -> None:
    assert cases(tmp_path, *two(one, other)) == [(code.format(5), "Lys på stier"), (code.format(6), "Fælles lager")]


def test_lines_whose_first_words_come_again_in_order_are_a_form(tmp_path: Path) -> None:
    def form(number: str, what: str) -> tuple[str, ...]:
        return (f"Kortløb {number}", f"Ærinde {what}", "Tovholder Bodil Lind", "Rykkes til foråret 2031")

    found = cases(tmp_path, *two(form("R.07", "Lys på stier ved åen"), form("R.08", "Fælles lager i havnen")))
    assert found == [("R.07", "Lys på stier ved åen"), ("R.08", "Fælles lager i havnen")]


def test_numbers_of_sections_are_no_series_of_cases(tmp_path: Path) -> None:
    sections = ("1.1. Idéen", SENTENCE, "1.2. Deltagerne", "De kommer fra hele byen hver uge.", "2.1. Pengene", TABLE)
    assert cases(tmp_path, "En bro til øen", *sections, "2.2. Pladserne", TABLE) == [(None, "En bro til øen")]


@pytest.mark.parametrize(
    "line", ["Til bestyrelsen for Havnen", "Fortroligt, til bestyrelsen", "Bilag til mødet i juni"]
)
def test_to_whom_a_paper_goes_is_no_title(tmp_path: Path, line: str) -> None:
    assert cases(tmp_path, "Kassen og gælden", line, SENTENCE, TABLE) == [(None, "Kassen og gælden")]


def test_a_title_stands_above_its_code_where_what_follows_stands_in_every_case(tmp_path: Path) -> None:
    one, other = ("Boliger på Mejerigrunden", "Ark A nr. 5", "Ansøger"), ("Boliger ved åen", "Ark A nr. 6", "Ansøger")
    found = cases(tmp_path, *two(one, other))
    assert found == [("Ark A nr. 5", "Boliger på Mejerigrunden"), ("Ark A nr. 6", "Boliger ved åen")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Budgetønske nr. 13 / Færre møder", "Budgetønske nr. 13"),
        ("Færre møder (forslag 12)", "Forslag 12"),
        ("Forslag IV: Færre møder", "Forslag IV"),
    ],
)
def test_a_code_in_other_print(line: str, code: str) -> None:
    found = read_code(line)
    assert found is not None
    assert (found.code, found.title) == (code, "Færre møder")


@pytest.mark.parametrize(
    ("line", "code", "title"),
    [
        ("Punkt nr. 4 -", "", ""),
        ("Sag 5/31: Ny hal", "5/31", "Ny hal"),
        ("Jord ved afkørsel 61 (002214)", "002214", "Jord ved afkørsel 61"),
        ("Kort M/01 / ejer: Team Byrum", "M/01", ""),
        ("Ændringsforslag 2 (Liste B)", "Ændringsforslag 2", ""),
        ("BC41 Klima: Færre biler", "BC41", "Klima: Færre biler"),
    ],
)
def test_what_stands_behind_a_code_is_a_title_or_an_aside(line: str, code: str, title: str) -> None:
    found = read_code(line)
    assert found is not None
    assert (found.code, found.title) == (code, title)


@pytest.mark.parametrize(
    "line", ["Bruger: B8245 Regnskabsår: 2031", "Kirkegade 1", "30/9 Forbrug", "Hus ved afkørsel 61"]
)
def test_an_address_a_date_and_a_field_are_no_code(line: str) -> None:
    assert read_code(line) is None


def test_a_letterhead_with_its_motto_is_no_head(tmp_path: Path) -> None:
    found = cases(
        tmp_path, "Museet ved Sundet", "Havnegade 4, 6789 Tangby", "Vi passer på fortiden, så den har en fremtid.",
        "Flere åbningsdage om vinteren", "1 Hvad vi søger om", SENTENCE, "2 Hvad det koster", TABLE,
    )  # fmt: skip
    assert found == [(None, "Flere åbningsdage om vinteren")]


def test_a_subject_without_a_colon_is_the_title(tmp_path: Path) -> None:
    assert cases(tmp_path, "Tangby Menighedsråd", "Vedr. nyt varmeanlæg", SENTENCE, TABLE) == [(None, "nyt varmeanlæg")]


def test_the_first_section_of_a_paper_is_not_its_title(tmp_path: Path) -> None:
    found = cases(tmp_path, "Hvad koster en ny station?", "1. Grunden", SENTENCE, TABLE, "2. Huset", SENTENCE, TABLE)
    assert found == [(None, "Hvad koster en ny station?")]


@pytest.mark.parametrize(
    "table",
    ["Kr.           2031    2032\nHeldagsplads  2.580   2.647\nModul           483     493\n",
     "Antal         2031    2032\n0-5 år        5.442   3.984\n6-16 år       8.600   8.741\n"],
)  # fmt: skip
def test_a_sheet_of_fees_and_a_table_of_inhabitants_are_no_case(tmp_path: Path, table: str) -> None:
    file = tmp_path / "paper.txt"
    file.write_text(f"Takstblad 2031\n\n{table}" if "Kr." in table else f"Befolkning\n\n{table}", encoding="utf-8")
    assert [case.kind_of for case in understand(read(file)).cases] == ["document"]
