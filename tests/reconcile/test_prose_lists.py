"""Sentences that list amounts by years, sum lines up or name one of two like lines; and schedules."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read
from normalize import understand
from reconcile import check

DEPOTS = """Storby Kommune. Katalog over effektiviseringer 2028

E4 Samling af materielgårde

Udvalg: Teknik- og Miljøudvalget

Tabel 1. Varige ændringer
1.000 kr. 2028 p/l\tStyringsområde\t2028\t2029\t2030\t2031
Drift af materielgård - Havnegade\tService\t-430\t-860\t-860\t-860
Drift af materielgård - Skovvej\tService\t-290\t-580\t-580\t-580
Fælles værksted\tService\t125\t250\t250\t250
Varige ændringer i alt\t\t-595\t-1.190\t-1.190\t-1.190

Tabel 2. Serviceinvesteringer
1.000 kr. 2028 p/l\tBevilling\t2028\t2029\t2030\t2031
Flytning af lager - Havnegade\t2210\t310\t0\t0\t0
Flytning af lager - Skovvej\t2210\t0\t240\t0\t0
Oprensning af jord\t2210\t640\t480\t0\t0
Omskoling af medarbejdere\t2210\t95\t140\t35\t0
Serviceinvesteringer i alt\t\t1.045\t860\t35\t0

Beskrivelse

{sentence}
"""

MEALS = """Omstillingsforslag 2027 - Skovby Kommune

Forslag 3: Madservice til hjemmeboende borgere

Udvalg: Sundheds- og Ældreudvalget

{sentence}

1.000 kr. i 2027-pl\tBudget 2027\tOverslag 2028\tOverslag 2029\tOverslag 2030
Afskaffelse af kølet mad fra eget køkken\t-1.250\t-2.500\t-2.500\t-2.500
Leverandør af madkasser\t900\t1.800\t1.800\t1.800
Visitation af borgere\t75\t75\t0\t0
Ændring i alt\t-275\t-625\t-700\t-700
"""

DESKS = """Forslag 18 Samling af borgerservice på rådhuset

Forvaltning: Borgerservice og IT

Tabel 1. Økonomi i kr.
2025-pl\t2025\t2026\t2027\t2028
Husleje på Torvegade\t-310.000\t-620.000\t-620.000\t-620.000
Receptionist\t-245.000\t-490.000\t-490.000\t-490.000
Flytning af inventar\t185.000\t0\t0\t0
Nye skranker\t460.000\t0\t0\t0
I alt\t90.000\t-1.110.000\t-1.110.000\t-1.110.000

Tabel 2. Årsværk
\t2025\t2026\t2027\t2028
Receptionister\t-0,5\t-1,0\t-1,0\t-1,0
Borgerrådgivere\t-1,5\t-3,0\t-3,0\t-3,0
I alt\t-2,0\t-4,0\t-4,0\t-4,0

Uddybning

{sentence}
"""

WRONG = [
    (DEPOTS, "Oprensningen betales med 480 t.kr. i 2028 og 640 t.kr. i 2029."),
    (DEPOTS, "Oprensning af jord koster i alt 1,3 mio. kr., heraf 640 t.kr. i 2028."),
    (DEPOTS, "Driften af materielgården på Havnegade falder med 430 t.kr. i 2028 og 680 t.kr. årligt derefter."),
    (DEPOTS, "Lageret på Havnegade kræver 240 t.kr. til flytning."),
    (DEPOTS, "Fælles værksted koster 250 t.kr. i hvert af årene 2028-2031."),
    (MEALS, "Udgiften til leverandør af madkasser er 0,9 mio. kr. i 2027 og herefter 1,6 mio. kr. årligt."),
    (MEALS, "Virkningen er 275 t.kr. i 2027, 625 t.kr. i 2028 og 750 t.kr. fra 2029 og frem."),
    (MEALS, "Forslaget giver en nettobesparelse på 700 t.kr. i 2028 og frem."),
]

RIGHT = [
    (DEPOTS, "Flytning af lager og oprensning af jord koster tilsammen 1.670 t.kr. i 2028 og 2029."),
    (DEPOTS, "Flytning af lager fra Havnegade koster 310 t.kr., og fra Skovvej koster det 240 t.kr."),
    (DEPOTS, "Serviceinvesteringerne udgør i alt 1.940 t.kr., heraf 1.120 t.kr. til oprensning af jord."),
    (DEPOTS, "Varige ændringer og serviceinvesteringer giver samlet en nettoudgift på 450 t.kr. i 2028."),
    (MEALS, "Udgiften til leverandør af madkasser er 0,9 mio. kr. i 2027 og herefter 1,8 mio. kr. årligt."),
    (MEALS, "Der er ved budget 2026 afsat 700 t.kr. til visitation af borgere i 2027."),
    (MEALS, "Virkningen er 275 t.kr. i 2027, 625 t.kr. i 2028 og 700 t.kr. fra 2029 og frem."),
    (DESKS, "Engangsudgifterne er 645.000 kr. til flytning og nye skranker i 2025."),
    (DESKS, "Receptionist svarer til 1 årsværk fra 2026, dvs. 490.000 kr."),
]


def _checks(tmp_path: Path, document: str, sentence: str) -> list[str]:
    file = tmp_path / "forslag.txt"
    file.write_text(document.format(sentence=sentence), encoding="utf-8")
    return [finding.check.value for finding in check([understand(read(file))])]


@pytest.mark.parametrize(("document", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_list_or_a_part_that_contradicts_the_table_is_found(tmp_path: Path, document: str, sentence: str) -> None:
    found = _checks(tmp_path, document, sentence)
    assert found
    assert set(found) <= {"text_amount", "text_year"}


@pytest.mark.parametrize(("document", "sentence"), RIGHT, ids=[sentence for _, sentence in RIGHT])
def test_a_sum_of_lines_or_a_part_that_agrees_is_not(tmp_path: Path, document: str, sentence: str) -> None:
    assert _checks(tmp_path, document, sentence) == []


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("2029-2030\tOmskoling af medarbejdere", ["text_year"]),
        ("Omskoling af medarbejdere\t2029-30", ["text_year"]),
        ("2028-2030\tOmskoling af medarbejdere", []),
        ("2028-2029\tOmskoling af medarbejdere", []),  # the last bill comes after the end
        ("2029\tOmskoling af medarbejdere", []),  # a milestone
        ("2029-2030\tFælles værksted", []),  # no investment
    ],
)
def test_what_a_schedule_begins_later_is_not_paid_for_before(tmp_path: Path, row: str, found: list[str]) -> None:
    assert _checks(tmp_path, DEPOTS, f"Tidsplan\n\nTidspunkt\tAktivitet\n{row}\n2028-2029\tSalg af grunde") == found
