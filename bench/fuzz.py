"""Damages documents at random and looks what becomes of them: `python -m bench.fuzz [FOLDER] [--seconds 60] [--seed 1]`

Bytes are flipped, cut out, doubled and emptied, numbers made huge or negative, text re-encoded, its lines moved,
doubled, joined and turned around; each file is read in a process with limits as a run does.  What ends otherwise than
with a document (our program fails, the process dies) is printed, and kept with `--keep FOLDER` so that it can become a
test (`tests/fuzz`).  Hangs and memory count as limits that held.  `--figures 100000` reads so many damaged figures
instead: each must have a finite value or none.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from afstem import kept
from afstem.inputs import Input
from afstem.isolation import Limits, Pool
from afstem.workers import READERS, read_in
from extract.models import ReadOptions, ReasonCode
from lexicon.figures import parse_figure

REPOSITORY = Path(__file__).resolve().parent.parent
Damage = Callable[[bytearray, random.Random], bytearray]
_LARGE = (b"0", b"-1", b"65536", b"2147483647", b"-2147483648", b"9" * 30, b"1e308")
_BEGINNINGS = (
    "\f",
    "|",
    "||||",
    "\t\t\t",
    "-",
    "Tabel 1. ",
    "2021 2022 2023 ",
    "1.000 kr. ",
    "I alt ",
    "(1)",
    "<br>",
    "½",
    "٣",
)
_FIGURES = (
    "1.000",
    "-1.000",
    "(250)",
    "250-",
    "1 000",
    "0,62 mio. kr.",
    "½",
    "1.200.000,-",
    "12,5 %",
    "1.234,567",
    "-",
    "1e5",
)
_FIGURE_SIGNS = "0123456789.,,-−÷()+ \u00a0\u2009'%½krtmio⁰²٣Ⅷ①٫/*e"
_ENCODINGS = ("utf-16", "utf-32-le", "cp850", "mac_roman", "latin-1")


def flipped(data: bytearray, chance: random.Random) -> bytearray:
    for _ in range(chance.randint(1, 30)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data


def cut(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    del data[start : start + chance.randint(1, 1 + len(data) // 4)]
    return data


def doubled(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 2000)]
    at = chance.randrange(len(data))
    return data[:at] + piece * chance.randint(1, 5) + data[at:]


def other_numbers(data: bytearray, chance: random.Random) -> bytearray:
    """A number of the file becomes another: a length, a reference, a figure."""
    numbers = list(re.finditer(rb"\d+", bytes(data)))
    for match in sorted(chance.sample(numbers, min(len(numbers), 5)), key=lambda m: -m.start()):
        data[match.start() : match.end()] = chance.choice(_LARGE)
    return data


def emptied(data: bytearray, chance: random.Random) -> bytearray:
    start = chance.randrange(len(data))
    end = min(len(data), start + chance.randint(1, 500))
    data[start:end] = bytes(end - start)
    return data


def re_encoded(data: bytearray, chance: random.Random) -> bytearray:
    return bytearray(data.decode("utf-8", "replace").encode(chance.choice(_ENCODINGS), "replace"))


def _lines(data: bytearray) -> list[str]:
    return data.decode("utf-8", "replace").split("\n")


def _joined(lines: list[str]) -> bytearray:
    return bytearray("\n".join(lines).encode())


def moved_lines(data: bytearray, chance: random.Random) -> bytearray:
    lines = _lines(data)
    for _ in range(chance.randint(1, 5)):
        lines.insert(chance.randrange(len(lines)), lines.pop(chance.randrange(len(lines))))
    return _joined(lines)


def doubled_lines(data: bytearray, chance: random.Random) -> bytearray:
    lines = _lines(data)
    start = chance.randrange(len(lines))
    lines[start:start] = lines[start : start + chance.randint(1, 8)] * chance.randint(1, 20)
    return _joined(lines)


def joined_lines(data: bytearray, chance: random.Random) -> bytearray:
    lines = _lines(data)
    start = chance.randrange(len(lines))
    end = start + chance.randint(1, 30)
    lines[start:end] = [" ".join(lines[start:end])]
    return _joined(lines)


def turned_lines(data: bytearray, chance: random.Random) -> bytearray:
    lines = _lines(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(lines))
        lines[at] = lines[at][::-1]
    return _joined(lines)


def strange_beginnings(data: bytearray, chance: random.Random) -> bytearray:
    lines = _lines(data)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(lines))
        lines[at] = chance.choice(_BEGINNINGS) + lines[at]
    return _joined(lines)


def other_separators(data: bytearray, chance: random.Random) -> bytearray:
    one, other = chance.sample(["\t", "|", "  ", ";", ""], 2)
    return bytearray(data.decode("utf-8", "replace").replace(one or "\t", other).encode())


LINE_DAMAGES: tuple[Damage, ...] = (
    moved_lines,
    doubled_lines,
    joined_lines,
    turned_lines,
    strange_beginnings,
    other_separators,
)
DAMAGES: tuple[Damage, ...] = (flipped, cut, doubled, other_numbers, emptied, re_encoded, *LINE_DAMAGES)


def figure(chance: random.Random) -> str:
    """A printed figure with some of its characters changed, doubled or gone."""
    text = list(chance.choice(_FIGURES))
    for _ in range(chance.randint(0, 4)):
        at = chance.randrange(len(text) + 1)
        text[at : at + chance.randint(0, 2)] = chance.choices(_FIGURE_SIGNS, k=chance.randint(0, 2))
    return "".join(text) * chance.choice((1, 1, 1, 1, 50))


def broken_figures(count: int, chance: random.Random) -> list[str]:
    """Damaged figures, of so many, that are read as something that is no number, or not to an end."""
    found = []
    for text in (figure(chance) for _ in range(count)):
        try:
            read_as = parse_figure(text)
            sound = read_as is None or (read_as.value.is_finite() and read_as.half_step >= 0)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            sound, text = False, f"{text} {error}"
        found += [] if sound else [text]
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?", default=REPOSITORY / "data" / "raw")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--figures", type=int, default=0)
    chosen = parser.parse_args()
    if chosen.figures:
        broken = broken_figures(chosen.figures, random.Random(chosen.seed))
        print(f"{len(broken)} of {chosen.figures} figures broke our program {broken[:10]}")
        return bool(broken)
    chance = random.Random(chosen.seed)
    seeds = [f for f in sorted(chosen.folder.rglob("*")) if f.suffix in (".pdf", ".txt", ".md")]
    counts: Counter[str] = Counter()
    finds = 0
    until = time.monotonic() + chosen.seconds
    limits = Limits(timeout=20)
    with tempfile.TemporaryDirectory() as made, Pool(1, limits, Path(made), READERS) as pool:
        while time.monotonic() < until:
            seed = chance.choice(seeds)
            data = bytearray(seed.read_bytes())
            for damage in chance.sample(DAMAGES, chance.randint(1, 2)):
                data = damage(data, chance) or bytearray(b" ")
            path = Path(made) / f"fuzzed{seed.suffix}"
            path.write_bytes(data)
            sha256 = hashlib.sha256(data).hexdigest()
            ((_, reading),) = read_in(
                pool, [(Input(path, path.name), sha256)], ReadOptions(ocr="never"), limits.timeout
            )
            document = kept.decode(reading.data).document
            code = document.reason.code if document.reason else "whole"
            counts[f"{document.status} {code}"] += 1
            if code == ReasonCode.CRASHED or reading.trace:
                finds += 1
                print(f"{seed.name}: {(reading.trace or '').strip().splitlines()[-1:]}")
                if chosen.keep is not None:
                    chosen.keep.mkdir(parents=True, exist_ok=True)
                    (chosen.keep / f"{sha256[:12]}{seed.suffix}").write_bytes(data)
    for ending, count in counts.most_common():
        print(f"{count:6} {ending}")
    print(f"{finds} of {counts.total()} broke our program")
    return finds > 0


if __name__ == "__main__":
    raise SystemExit(main())
