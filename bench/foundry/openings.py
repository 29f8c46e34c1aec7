"""Two cases a file for every way in which a case may begin (`openings.toml`)."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from functools import cache
from typing import Any

from bench.foundry.draw import paper
from bench.foundry.family import HERE, families
from bench.foundry.model import Paper

#: The family whose tables the cases have.
TABLES = "sparekatalog"

RUNNING = ["", "", "{kommune} Kommune", "Budget {y1}-{y4}"]


@cache
def openings() -> dict[str, Any]:
    """The openings' file."""
    return tomllib.loads((HERE / "openings.toml").read_text(encoding="utf-8"))


def papers(seed: int, *, held_out: bool = False, only: list[str] | None = None) -> list[Paper]:
    """One paper of two cases for every opening (or for every one that is held out, or only those named);
    the opening is its family."""
    out = []
    offered = openings()["held_out" if held_out else "openings"]
    for name, head in ((name, offered[name]) for name in only or offered):
        rng = random.Random(f"{seed}/opening/{name}")
        family = replace(
            families()[TABLES],
            name=name,
            held_out=held_out,
            form="opening",
            cases=(2, 2),
            running=RUNNING,
            front=[[]],
            heads=[head],
            body=rng.choice(openings()["bodies"]),
        )
        out.append(paper(family, seed, 0))
    return out
