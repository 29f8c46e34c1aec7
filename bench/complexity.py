"""Whether the product's functions are as plain as they were: `python -m bench.complexity`, a part of `make check`.

Radon counts the branches of a function, its conditions and its comprehensions.  `BAR` is where the product stands and
may only be lowered, until it is `GOAL`; a function that becomes plainer gives others no room once the bar follows.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from radon.complexity import cc_visit

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGES = ("lexicon", "extract", "normalize", "reconcile", "publish", "afstem")
#: A function with more is hard to follow, one with more than twice that nobody should be asked to read.
HARD, TOO_HARD = 15, 25


@dataclass(frozen=True, slots=True)
class Bar:
    """How many functions above `HARD` in a thousand, and how many above `TOO_HARD` in all."""

    hard_per_mille: int
    too_hard: int


GOAL = Bar(hard_per_mille=30, too_hard=0)
BAR = Bar(hard_per_mille=41, too_hard=0)


def functions(root: Path = REPOSITORY) -> Iterator[tuple[int, str]]:
    """The complexity and the place of every function and method of the product."""
    for package in PACKAGES:
        for file in sorted((root / package).rglob("*.py")):
            for block in cc_visit(file.read_text(encoding="utf-8")):
                if block.letter != "C":  # a class is the sum of its methods
                    yield block.complexity, f"{file.relative_to(root)}:{block.lineno} {block.name}"


def reached(found: list[tuple[int, str]]) -> Bar:
    """Where these functions stand; a part of a thousandth counts as a whole one."""
    hard = sum(complexity > HARD for complexity, _ in found)
    return Bar(-(-1000 * hard // len(found)), sum(complexity > TOO_HARD for complexity, _ in found))


def told(now: Bar, bar: Bar, found: list[tuple[int, str]]) -> tuple[bool, list[str]]:
    """Whether the bar is kept, and what to say."""
    kept = now.hard_per_mille <= bar.hard_per_mille and now.too_hard <= bar.too_hard
    said = [f"complexity: {now.hard_per_mille / 10} % above {HARD}, {now.too_hard} functions above {TOO_HARD}"]
    if not kept:
        said.append(f"that is more than {bar.hard_per_mille / 10} % or {bar.too_hard}; the hardest:")
        said += [f"  {complexity:3} {place}" for complexity, place in sorted(found, reverse=True)[:10]]
    elif now != bar:
        said.append(f"the bar may be lowered to Bar(hard_per_mille={now.hard_per_mille}, too_hard={now.too_hard})")
    return kept, said


def main() -> int:
    found = list(functions())
    kept, said = told(reached(found), BAR, found)
    print("\n".join(said))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
