"""Sentences beside a case's tables with what they are taken to state and what does not agree: `sentences.txt`.

`python -m tests.reconcile.kept_sentences` writes what is said of each now; a new sentence is a line of its own.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from extract import read
from normalize import understand
from publish.wording import finding_text
from reconcile import check
from tests.reconcile.test_prose_lists import DEPOTS

FILE = Path(__file__).with_name("sentences.txt")
_ANSWER = "    "


def kept() -> dict[str, list[str]]:
    """By sentence what was said of it when somebody last looked."""
    told: dict[str, list[str]] = {}
    sentence = ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith(_ANSWER):
            told[sentence].append(line.strip())
        elif line:
            sentence = line
            told[sentence] = []
    return told


def said(sentence: str) -> list[str]:
    """What the sentence states, each with the table and the row it is taken to speak of, and what is found."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sag.txt"
        path.write_text(DEPOTS.format(sentence=sentence), encoding="utf-8")
        file = understand(read(path))
    states = []
    for one in (s for c in file.cases for s in c.statements):
        flags = [name for name in ("onwards", "per_year", "total", "approximate") if getattr(one, name)]
        of = f"table {one.table} row {one.line}" if one.table is not None else f"likely {one.likely}"
        states.append(f"{one.kind} {one.value}±{one.half_step} {list(one.years)} {' '.join(flags)} of {of}")
    return [*states, *(f"{f.severity} {f.message}: {finding_text(f, 'da')}" for f in check([file]))]


if __name__ == "__main__":
    lines = []
    for sentence in kept():
        lines += [sentence, *(_ANSWER + line for line in said(sentence)), ""]
    FILE.write_text("\n".join(lines), encoding="utf-8")
