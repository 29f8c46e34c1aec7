"""Fields of a case's head that no column holds are kept as name, label and value."""

from __future__ import annotations

import pytest

from extract.models import Block
from normalize.cases.metadata import metadata
from normalize.cases.traits import traits_of
from normalize.forms.rows import rows_of
from tests.normalize.blocks import paragraph


def kept(*blocks: Block) -> list[tuple[str, str, str]]:
    return [(m.name, m.label, m.value) for m in metadata(traits_of(list(rows_of(enumerate(blocks))), blocks))]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        ("Udvalg: Socialudvalget", ("committee", "Udvalg", "Socialudvalget")),
        ("Sagsnr.: 17.01.10-G01-23-18", ("case_number", "Sagsnr.", "17.01.10-G01-23-18")),
        ("Mødedato: 9. april 2031", ("date", "Mødedato", "9. april 2031")),
        ("Prioritet: 2", ("priority", "Prioritet", "2")),
        ("Stillet af: Lis Dalgaard", ("proposer", "Stillet af", "Lis Dalgaard")),
        ("Bygherre: Sundhedsforvaltningen", ("other", "Bygherre", "Sundhedsforvaltningen")),
        ("Puljens ejer Økonomiudvalget", ("other", "Puljens ejer", "Økonomiudvalget")),
    ],
)
def test_a_field_is_kept(line: str, field: tuple[str, str, str]) -> None:
    assert kept(paragraph("Lys på stier"), paragraph(line)) == [field]


def test_two_fields_on_one_line_are_two() -> None:
    assert kept(paragraph("Lys på stier"), paragraph("Udvalg: Socialudvalget    Prioritet: 2")) == [
        ("committee", "Udvalg", "Socialudvalget"),
        ("priority", "Prioritet", "2"),
    ]


def test_the_title_is_no_such_field() -> None:
    assert kept(paragraph("Forslagets titel: Lys på stier"), paragraph("Spareforslag: Lys på stier")) == []
