"""Small documents for the batch's tests: a text case, with and without a slip in it."""

from __future__ import annotations

from pathlib import Path

CASE = """Forslagets titel: BC{number} Fælles booking af lokaler i Lindeby

Fremstillende forvaltning: Kultur- og Fritidsforvaltningen

1. Økonomi

Tabel 1. Varige ændringer, service
1.000 kr. 2024 p/l\tStyringsområde\t2025\t2026\t2027\t2028
Færre lejemål\tService\t-200\t-400\t-400\t-400
Drift af systemet\tService\t50\t60\t60\t60
Varige ændringer i alt\t\t{total}\t-340\t-340\t-340
"""


def write_case(path: Path, *, number: str = "01", total: str = "-150") -> Path:
    """A case in a text file.  The first year's total is right as -150."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(CASE.format(number=number, total=total), encoding="utf-8")
    return path
