"""Damages documents at random and looks what becomes of them: `python -m bench.fuzz [FOLDER] [--seconds 60] [--seed 1]`

Bytes are flipped, cut out, doubled and emptied, numbers made huge or negative, text re-encoded; each file is read in a
process with limits as a run does.  What ends otherwise than with a document (our program fails, the process dies) is
printed, and kept with `--keep FOLDER` so that it can become a test.  Hangs and memory count as limits that held.
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

REPOSITORY = Path(__file__).resolve().parent.parent
Damage = Callable[[bytearray, random.Random], bytearray]
_LARGE = (b"0", b"-1", b"65536", b"2147483647", b"-2147483648", b"9" * 30, b"1e308")
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


DAMAGES: tuple[Damage, ...] = (flipped, cut, doubled, other_numbers, emptied, re_encoded)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?", default=REPOSITORY / "data" / "raw")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    chosen = parser.parse_args()
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
