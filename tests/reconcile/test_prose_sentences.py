"""Sentences about a table, wrong and right: what the prose checks say of each, and that they stay quiet."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract import read
from normalize import understand
from normalize.models import StatementKind
from reconcile import check

HALLS = """Bilag 3. Investeringsforslag

IN07 Fælles nøgleordning for kommunens haller

Forvaltning: Kultur- og Fritidsforvaltningen

1. Økonomi

{sentence}

Tabel 1. Varige ændringer i service
1.000 kr. 2024 p/l\tStyringsområde\t2024\t2025\t2026\t2027
Færre vagttimer\tService\t-400\t-1.100\t-1.450\t-1.450
Licens til låsesystem\tService\t150\t150\t150\t150
Administration af adgange (1 årsværk)\tService\t0\t520\t520\t520
Samlet varig ændring\t\t-250\t-430\t-780\t-780

Tabel 2. Implementeringsomkostninger
1.000 kr. 2024 p/l\tStyringsområde\t2024\t2025\t2026\t2027\tI alt
Elektroniske låse\tAnlæg\t1.900\t900\t0\t0\t2.800
Projektledelse (2 årsværk)\tService\t1.160\t1.160\t0\t0\t2.320
Uddannelse af halinspektører\tService\t85\t240\t0\t0\t325
Investeringer i alt\t\t3.145\t2.300\t0\t0\t5.445
"""

CLEANING = """Omstillingskatalog 2026 - Strandby Kommune

Forslag nr. 14: Samlet rengøring af skoler og haller

Udvalg: Børne- og Skoleudvalget

Økonomi

t.kr. (2026-pl)\tBudget 2026\tOverslag 2027\tOverslag 2028\tOverslag 2029
Lavere udgifter til rengøringspersonale\t-620\t-1.340\t-1.340\t-1.340
Leasing af gulvvaskemaskiner\t210\t210\t210\t210
Kontrakt med vinduespolerer\t-85\t-85\t-85\t-85
Drift i alt\t-495\t-1.215\t-1.215\t-1.215
Anlæg: rengøringsdepoter\t450\t300\t0\t0
Projektleder\t310\t310\t0\t0
Engangsudgifter i alt\t760\t610\t0\t0
Netto\t265\t-605\t-1.215\t-1.215

{sentence}
"""

WARD = """Forslag 12 Flere timer til genoptræning

Økonomi

{sentence}

Tabel 1. Udgifter
1.000 kr. (2026-pl)\t2026\t2027\t2028\t2029
Terapeuter\t1.253\t1.328\t1.401\t1.415
Lokaler\t323\t335\t348\t354
Udgifter i alt\t1.576\t1.663\t1.749\t1.769

Tabel 2. Personale
Antal årsværk\t2026\t2027\t2028\t2029
Terapeuter\t3\t3\t3\t3
Assistenter\t2\t2\t2\t2
I alt\t5\t5\t5\t5
"""

KITCHENS = """Investeringsforslag

Forslagets titel: BC41 Nye komfurer i plejehjemmenes køkkener

1. Økonomi

Tabel 1. Forslagets samlede økonomi
1.000 kr. 2024 p/l\tStyringsområde\t2024\t2025\t2026\t2027
Lavere energiforbrug\tService\t0\t-300\t-600\t-600
Samlet varig ændring\t\t0\t-300\t-600\t-600
Nye komfurer\tAnlæg\t900\t200\t0\t0
Samlede implementeringsomkostninger\t\t900\t200\t0\t0
Samlet økonomisk påvirkning\t\t900\t-100\t-600\t-600
Tilbagebetalingstid baseret på totaløkonomi\t\t4 år\t\t\t

2. Baggrund

{sentence}
"""

WRONG = [
    (KITCHENS, "Investeringen har en tilbagebetalingstid på 6 år."),
    (KITCHENS, "Efter syv år er investeringen tjent hjem."),
    (KITCHENS, "De samlede implementeringsomkostninger er 1.010 t.kr."),
    (HALLS, "Der afsættes 2.900 t.kr. til elektroniske låse."),
    (HALLS, "Der afsættes 2,5 mio. kr. til projektledelse i 2024 og 2025."),
    (HALLS, "Licensen til låsesystemet koster 250 t.kr. om året."),
    (HALLS, "Uddannelse af halinspektører koster 85.000 kr. i 2024 og 340.000 kr. i 2025."),
    (HALLS, "Der ansættes 3 årsværk til projektledelse."),
    (HALLS, "Forslaget giver en varig besparelse på 870.000 kr. årligt fra 2026."),
    (HALLS, "Når forslaget er fuldt indfaset, spares der netto 680 t.kr. årligt."),
    (HALLS, "De samlede implementeringsomkostninger er 5,9 mio. kr."),
    (HALLS, "Færre vagttimer giver 1.450.000 kr. årligt fra 2025 og frem."),
    (HALLS, "I 2024 er investeringen 2.300 t.kr."),
    (HALLS, "Der investeres 3,1 mio. kr. i 2025 og 2,3 mio. kr. i 2024."),
    (HALLS, "Projektledelsen svarer til 1.160 t.kr. i hvert af årene 2024-2026."),
    (HALLS, "- Projektledelse: i alt 2.220 t.kr."),
    (CLEANING, "Forslaget giver en nettobesparelse på 1.512.000 kr. fra 2027."),
    (CLEANING, "Rengøringspersonalet reduceres, så der spares 1.430.000 kr. årligt fra 2027 og frem."),
    (CLEANING, "Der er behov for en projektleder i 2027 og 2028, som koster 310.000 kr. pr. år."),
    (CLEANING, "Der investeres 540.000 kr. i rengøringsdepoter i 2026 og 300.000 kr. i 2027."),
    (CLEANING, "Anlægsudgiften til rengøringsdepoter er 750.000 kr. fordelt over 2026 og 2028."),
    (CLEANING, "Engangsudgifterne udgør i alt 1,73 mio. kr."),
    (CLEANING, "I 2026 er der en samlet nettoudgift på 256.000 kr."),
    (CLEANING, "Kontrakten med vinduespoleren giver en besparelse på 58 t.kr. om året."),
    (CLEANING, "Den varige driftsbesparelse er 1.125 t.kr. årligt fra 2027."),
    (HALLS, "Der afsættes i alt 700 t.kr. til licens til låsesystemet i perioden 2024-2027."),
    (HALLS, "Projektledelsen på 2.320 t.kr. betales i 2025 og 2026."),
    (WARD, "Forslaget koster i alt 1.868 t.kr. i 2026."),
    (WARD, "Fuldt indfaset koster forslaget 2.077 t.kr. om året."),
    (WARD, "Forslaget finansierer i alt 7 årsværk."),
    (WARD, "3 årsværk à 585.000 kr. giver en udgift på 2.005.000 kr."),
    (WARD, "Udgiften er beregnet som 3 årsværk × 585 t.kr. = 2.005 t.kr."),
    (WARD, "Prisen er 1.450 kr. pr. forløb for 120 forløb, i alt 194.000 kr."),
    (WARD, "Rammen er 8.400 t.kr., og 5 pct. heraf er 510 t.kr."),
    (WARD, "Besparelsen svarer til 5 pct. af rammen på 8.400 t.kr., dvs. 510 t.kr."),
    (WARD, "Tilskuddet hæves med 4 pct. fra 2.000 t.kr. til 2.240 t.kr."),
    (WARD, "Til terapeuter afsættes en halv million kroner i 2026."),
]

RIGHT = [
    (KITCHENS, "Investeringen har en tilbagebetalingstid på 4 år."),
    (KITCHENS, "Investeringen er tjent hjem i det andet år."),
    (KITCHENS, "Efter fire år er investeringen tjent hjem."),
    (KITCHENS, "Forslaget tjener sig hjem på under 10 år."),
    (KITCHENS, "Komfurerne holder i 12 år."),
    (KITCHENS, "Komfurerne holder i 12 år, og investeringen er tjent hjem på 4 år."),
    (HALLS, "Der afsættes 2.800 t.kr. til elektroniske låse."),
    (HALLS, "Der afsættes 2,3 mio. kr. til projektledelse i 2024 og 2025."),
    (HALLS, "Uddannelse af halinspektører koster 85.000 kr. i 2024 og 240.000 kr. i 2025."),
    (HALLS, "Der ansættes 2 årsværk til projektledelse."),
    (HALLS, "En projektleder koster 580 t.kr. om året."),
    (HALLS, "Af udgiften til låse går 600 t.kr. til montering."),
    (HALLS, "Låsene indkøbes ad to omgange: 1,9 mio. kr. i 2024 og resten i 2025."),
    (HALLS, "Alternativet, en ren licensløsning, ville koste 900 t.kr. årligt i licens."),
    (HALLS, "Nabokommunen brugte 4,2 mio. kr. på elektroniske låse."),
    (HALLS, "Halvdelen af besparelsen på vagttimer, 725 t.kr., kommer fra Nordhallen."),
    (HALLS, "Budgettet til vagttimer er i dag 6,2 mio. kr."),
    (CLEANING, "Forslaget giver en nettobesparelse på 1.215.000 kr. fra 2028."),
    (CLEANING, "Bruttobesparelsen er 1.425.000 kr. årligt fra 2027."),
    (CLEANING, "Engangsudgifterne udgør i alt 1,4 mio. kr."),
    (CLEANING, "De samlede udgifter til rengøring i kommunen er 48 mio. kr. om året."),
    (CLEANING, "Med en lønudgift på 447.000 kr. pr. årsværk svarer det til 3 årsværk."),
    (CLEANING, "Hvis forslaget udskydes et år, falder besparelsen i 2026 til 0 kr. og i 2027 til 620.000 kr."),
    (CLEANING, "En gulvvaskemaskine koster 42.000 kr. om året i leasing, og der er behov for fem."),
    (CLEANING, "Der er i budget 2025 afsat 900.000 kr. til rengøringsdepoter."),
    (CLEANING, "I 2027 er besparelsen dermed fuldt indfaset med 1,2 mio. kr."),
    (CLEANING, "Forslaget ligger i forlængelse af effektiviseringen fra 2024, der gav 700.000 kr. årligt."),
    (CLEANING, "Projektlederens løn på 310.000 kr. dækker et halvt årsværk."),
    (CLEANING, "Over de fire år er nettobesparelsen 2,77 mio. kr."),
    (CLEANING, "Depoterne i hallerne koster 250.000 kr. og i skolerne 500.000 kr."),
    (HALLS, "Licensen til låsesystemet er i alt 150 t.kr. i perioden 2024-2027."),
    (HALLS, "Der afsættes i alt 600 t.kr. til licens til låsesystemet i perioden 2024-2027."),
    (WARD, "Forslaget koster i alt 1.576 t.kr. i 2026 og fuldt indfaset 1.769 t.kr."),
    (WARD, "Fuldt indfaset koster forslaget 1.415 t.kr. til løn."),
    (WARD, "Forslaget koster i alt 1.100 t.kr. mindre end det sidste."),
    (WARD, "Der er i dag i alt 7 årsværk på området."),
    (WARD, "3 årsværk à 585.000 kr. giver en udgift på 1.755.000 kr."),
    (WARD, "Tilskuddet på 2.000 t.kr. øges med 4 procent til 2.080 t.kr."),
    (WARD, "5 procent af 8.600 t.kr. svarer til 430 t.kr."),
]


def _findings(tmp_path: Path, document: str, sentence: str) -> list[str]:
    file = tmp_path / "forslag.txt"
    file.write_text(document.format(sentence=sentence), encoding="utf-8")
    return [finding.check.value for finding in check([understand(read(file))])]


@pytest.mark.parametrize(("document", "sentence"), WRONG, ids=[sentence for _, sentence in WRONG])
def test_a_sentence_that_contradicts_the_table_is_found(tmp_path: Path, document: str, sentence: str) -> None:
    found = _findings(tmp_path, document, sentence)
    assert found
    assert set(found) <= {"text_amount", "text_year", "text_fte", "payback"}


@pytest.mark.parametrize(("document", "sentence"), RIGHT, ids=[sentence for _, sentence in RIGHT])
def test_a_sentence_that_agrees_or_speaks_of_something_else_is_not(
    tmp_path: Path, document: str, sentence: str
) -> None:
    assert _findings(tmp_path, document, sentence) == []


def test_the_year_before_an_amount_is_no_lower_end_of_a_range(tmp_path: Path) -> None:
    file = tmp_path / "forslag.txt"
    file.write_text(HALLS.format(sentence="Kurset koster 85.000 kr. i 2024 og 240.000 kr. i 2025."), encoding="utf-8")
    (case,) = understand(read(file)).cases
    stated = [(s.value, s.years) for s in case.statements if s.kind is StatementKind.MONEY]
    assert stated == [(85_000, (2024,)), (240_000, (2025,))]
