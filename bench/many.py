"""Many documents that are none of them alike, made of words by chance: for what a large batch costs.

Each is a text file with a case of its own title and code, three tables whose sums hold, and some prose; one in twenty
is a catalogue that lists proposals which lie in other files.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

_WORDS = """
biblioteker cykelstier dagtilbud energi fjernvarme genoptræning haller idræt jordforurening kantiner ledelse museer
natursti ombygning parkering renhold skolegårde teater ungdomshuse vejbelysning affald boligråd digitalisering
ejendomme fritidsjob graffiti havne indkøb jobcentre klimasikring legepladser musikskole nattevagter overnatning
plejehjem rådgivning sundhedspleje tandpleje uddannelse værksteder akutpladser befordring cafeer drivhuse
"""
_LINES = "Lønninger Lejemål Materialer Konsulenter Rengøring Kørsel Uddannelse Licenser Vikarer Møbler"
_YEARS = (2026, 2027, 2028, 2029)
_CATALOGUE_OF = 20  # documents to one catalogue


def title(chance: random.Random) -> str:
    return " ".join(chance.sample(_WORDS.split(), 4)).capitalize()


def table(number: int, chance: random.Random) -> Iterator[str]:
    yield f"Tabel {number}. Ændringer, service"
    yield "\t".join(["1.000 kr. 2026 p/l", "Styringsområde", *map(str, _YEARS)])
    rows = [[chance.randint(-900, 900) for _ in _YEARS] for _ in range(chance.randint(3, 8))]
    for label, row in zip(chance.sample(_LINES.split(), len(rows)), rows, strict=True):
        yield "\t".join([label, "Service", *(f"{figure:,}".replace(",", ".") for figure in row)])
    totals = (sum(row[n] for row in rows) for n in range(len(_YEARS)))
    yield "\t".join(["I alt", "", *(f"{figure:,}".replace(",", ".") for figure in totals)])
    yield ""


def case(code: str, name: str, chance: random.Random) -> str:
    lines = [f"Forslagets titel: {code} {name}", "", "Fremstillende forvaltning: Kultur- og Fritidsforvaltningen", ""]
    lines += [
        "1. Resumé",
        "",
        f"Forslaget om {name.lower()} ændrer driften fra {_YEARS[0]} og frem.",
        "",
        "2. Økonomi",
        "",
    ]
    for number in range(1, 4):
        lines += table(number, chance)
    return "\n".join(lines) + "\n"


def catalogue(names: list[tuple[str, str]], chance: random.Random) -> str:
    lines = ["Katalog over forslag", "", "Tabel 1. Oversigt over forslag"]
    lines.append("\t".join(["1.000 kr. 2026 p/l", "Forslag", *map(str, _YEARS)]))
    rows = [(code, name, [chance.randint(1, 900) for _ in _YEARS]) for code, name in names]
    lines += ["\t".join([code, name, *map(str, figures)]) for code, name, figures in rows]
    lines.append("\t".join(["I alt", "", *(str(sum(r[2][n] for r in rows)) for n in range(len(_YEARS)))]))
    return "\n".join(lines) + "\n"


def write(folder: Path, count: int, seed: int = 1) -> Path:
    """A folder of its own with so many documents; the same number and seed give the same documents."""
    folder.mkdir(parents=True)
    chance = random.Random(seed)
    known: list[tuple[str, str]] = []
    for number in range(count):
        if number % _CATALOGUE_OF == _CATALOGUE_OF - 1:
            text = catalogue(known[1 - _CATALOGUE_OF :], chance)
        else:
            known.append((f"XB{number:05}", title(chance)))
            text = case(*known[-1], chance)
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return folder
