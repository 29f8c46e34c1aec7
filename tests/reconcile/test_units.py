"""Amounts that running text gives to another unit than their line does."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read
from normalize import understand
from reconcile import check

CENTRES = """Effektiviseringsforslag

SU07 Kortere forløb

Forvaltning: Socialforvaltningen

Tabel 1. Varige ændringer
1.000 kr. 2025 p/l\tStyringsområde\t2025\t2026\t2027
SOC-CVH kortere forløb, herunder misbrugsbehandling og botilbud\tService\t-400\t-900\t-1.700
SOC-CBF kortere forløb\tService\t-300\t-800\t-1.700
Varige ændringer i alt\t\t-700\t-1.700\t-3.400

Beskrivelse

{text}
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Der ventes færre ophold i botilbud og misbrugsbehandling. Det giver 1,7 mio. kr. i CBF i SOC.", ["label"]),
        ("Der ventes færre ophold i botilbud og misbrugsbehandling. Det giver 1,7 mio. kr. i CVH i SOC.", []),
        ("Der ventes kortere forløb for børn. Det giver 1,7 mio. kr. i CBF i SOC.", []),
        ("Botilbud og misbrugsbehandling hører under CVH. Samlet spares 1,7 mio. kr. i CBF i SOC.", []),
        ("Der ventes færre ophold i botilbud og misbrugsbehandling. I CBF i SOC bruges 2,2 mio. kr.", []),
    ],
)
def test_an_amount_belongs_to_the_unit_of_its_line(tmp_path: Path, text: str, found: list[str]) -> None:
    file = tmp_path / "forslag.txt"
    file.write_text(CENTRES.format(text=text), encoding="utf-8")
    assert [finding.check.value for finding in check([understand(read(file))])] == found
