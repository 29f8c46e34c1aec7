"""Small tables with the sums found in them: `sums.txt`, each table with what is read in it below.

A row is its marks, its label and its figures; `.` is a blank.  The first mark says what the label says (`=` a total,
`+` a subtotal, `#` a section, `~` a memo, `?` a payback time, `-` nothing); then `b` bold, `i` italic, `r` a rule
above, `s` shaded, `>` indented, `t` words in another column, `A` and `S` its area.  `found` tells the roles and the
sums; a sum with a `?` is not certain.  `python -m tests.normalize.kept_sums` writes what is found now.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from normalize.models import Role
from normalize.sums import Interval, Structure, SumRow, find_sums

FILE = Path(__file__).with_name("sums.txt")
_HINTS = {"+": Role.SUBTOTAL, "=": Role.TOTAL, "#": Role.SECTION, "~": Role.MEMO, "?": Role.PAYBACK}
_AREAS = {"A": "Anlæg", "S": "Service"}
_INDENT = 10.0  # points


def kept() -> list[tuple[str, str]]:
    """The tables, each with what was found when somebody last looked."""
    tables = FILE.read_text(encoding="utf-8").strip().split("\n\n")
    return [(rows, said.strip()) for rows, _, said in (table.partition("\nfound:") for table in tables)]


def found(table: str) -> str:
    """The roles of a table's rows and its sums, in one line."""
    rows = [_row(line) for line in table.splitlines()]
    return _told(find_sums(rows, max(len(row.values) for row in rows)))


def _row(line: str) -> SumRow:
    marks, label, figures = (part.strip() for part in line.split("|"))
    hint, style = _HINTS.get(marks[0]), marks[1:]
    return SumRow(
        label,
        tuple(None if f == "." else Interval(Decimal(f), Decimal("0.5")) for f in figures.split()),
        hint,
        bold="b" in style,
        rule_above="r" in style,
        shaded="s" in style,
        italic="i" in style,
        indent=_INDENT * style.count(">"),
        group=next((area for mark, area in _AREAS.items() if mark in style), None),
        texts=style.count("t"),
    )


def _told(structure: Structure) -> str:
    said = [" ".join(structure.roles)]
    for one in structure.sums:
        parts = " ".join(f"{'+' if sign > 0 else '-'}{part}" for part, sign in one.parts)
        said.append(f"{one.total} = {parts} {one.by}{'' if one.certain else ' ?'}")
    return "; ".join(said)


if __name__ == "__main__":
    FILE.write_text("\n\n".join(f"{table}\nfound: {found(table)}" for table, _ in kept()) + "\n", encoding="utf-8")
