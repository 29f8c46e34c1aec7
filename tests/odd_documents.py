"""Small odd documents: pieces of the kept ones with a line lost, doubled, joined, a cell blank, a sign turned …

They stand where rules end: half a table, a header without its unit, a total without its parts.  What each stage makes
of them is kept as a digest (`odd_documents.txt`: the blocks, the cases, the findings of each), so that a slip is seen
that no whole document shows.  `python -m tests.odd_documents` writes the digests anew; with a number it
tells that document and all that is read in it, to compare before and after a change.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from extract import read
from normalize import understand
from reconcile import check
from tests import documents

FILE = Path(__file__).with_name("odd_documents.txt")
MANY = 300
_SEED = "odd"
_LINES = (9, 26)  # of a piece, fewest and most
_TRIES, _ROWS = 4, 6  # pieces looked at for one that holds so many lines with figures
_NOTES = (
    "Note: Beløb er afrundet.",
    "*) Heraf løn 40 t.kr.",
    "Der spares 1.200 t.kr. i 2025 og 2026.",
    "2022 p/l",
    "Side 2",
)


def kept() -> list[str]:
    """The digests as they were when somebody last looked, a document a line."""
    return FILE.read_text(encoding="utf-8").splitlines()


def text(number: int) -> str:
    """The odd document of that number: the same each time."""
    chance = random.Random(f"{_SEED} {number}")
    names = documents.names()
    lines = documents.FOLDER.joinpath(f"{names[number % len(names)]}.txt").read_text(encoding="utf-8").splitlines()
    pieces = [_piece(lines, chance) for _ in range(_TRIES)]
    piece = max(pieces, key=lambda some: min(_ROWS, sum(any(c.isdigit() for c in line) for line in some)))
    for _ in range(chance.randint(1, 3)):
        chance.choice(_CHANGES)(piece, chance.randrange(len(piece)), chance)
    return "\n".join(piece) + "\n"


def _piece(lines: list[str], chance: random.Random) -> list[str]:
    start = chance.randrange(max(1, len(lines) - _LINES[0]))
    return lines[start : start + chance.randint(*_LINES)]


def told(number: int) -> tuple[list[str], list[str], list[str]]:
    """What is printed in it, what it means, what does not agree."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{number}.txt"
        path.write_text(text(number), encoding="utf-8")
        document = read(path)
    file = understand(document)
    return [*documents.printed(document)], [*documents.understood(file)], [*documents.found(check([file]), file)]


def digest(number: int) -> str:
    """The three in twelve characters each."""
    parts = ["\n".join(part) for part in told(number)]
    return " ".join([str(number), *(sha256(part.encode()).hexdigest()[:12] for part in parts)])


def _lost(lines: list[str], at: int, _: random.Random) -> None:
    if len(lines) > 1:
        del lines[at]


def _doubled(lines: list[str], at: int, _: random.Random) -> None:
    lines.insert(at, lines[at])


def _joined(lines: list[str], at: int, _: random.Random) -> None:
    if at + 1 < len(lines):
        lines[at : at + 2] = [f"{lines[at]} {lines[at + 1]}"]


def _moved(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(chance.randrange(len(lines)), lines.pop(at))


def _noted(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(at, chance.choice(_NOTES))


def _blanked(lines: list[str], at: int, chance: random.Random) -> None:
    cut = next((sign for sign in ("\t", "|") if sign in lines[at]), " ")
    cells = lines[at].split(cut)
    cells[chance.randrange(len(cells))] = ""
    lines[at] = cut.join(cells)


def _turned(lines: list[str], at: int, _: random.Random) -> None:
    lines[at] = lines[at].replace("-", "") if "-" in lines[at] else lines[at].replace("1", "-1", 1)


def _mistyped(lines: list[str], at: int, chance: random.Random) -> None:
    places = [n for n, sign in enumerate(lines[at]) if sign.isdigit()]
    if places:
        n = chance.choice(places)
        lines[at] = lines[at][:n] + str((int(lines[at][n]) + 3) % 10) + lines[at][n + 1 :]


def _unparted(lines: list[str], at: int, _: random.Random) -> None:
    lines[at:] = [line.replace("\t", "  ").replace("|", "  ") for line in lines[at:]]


def _parted(lines: list[str], at: int, _: random.Random) -> None:
    lines.insert(at, "")


_CHANGES: tuple[Callable[[list[str], int, random.Random], None], ...] = (
    _lost,
    _doubled,
    _joined,
    _moved,
    _noted,
    _blanked,
    _turned,
    _mistyped,
    _unparted,
    _parted,
)


def main(arguments: list[str]) -> None:
    """Write the digests, or tell one document."""
    if arguments:
        number = int(arguments[0])
        sys.stdout.write("\n".join([text(number), *(line for part in told(number) for line in part)]) + "\n")
    else:
        FILE.write_text("\n".join(digest(number) for number in range(MANY)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
