"""Families, areas and words read from their files, and choices among what they offer."""

from __future__ import annotations

import random
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class TableSpec:
    """How a family's table is drawn; `families/README.md` explains the keys."""

    kind: str
    columns: list[str]
    captions: list[str]
    rows: list[str] = field(default_factory=list)
    each: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    groups: tuple[int, int] = (1, 1)
    kinds: list[str] = field(default_factory=list)
    measure: str = "DKK"
    units: list[str] = field(default_factory=lambda: ["t"])
    corner: list[str] = field(default_factory=lambda: [""])
    unit_place: str = ""
    scale: tuple[float, float] = (100, 1000)
    shape: str = "lasting"
    price: float = 0.0
    fine: bool = False
    formula_row: float = 0.0
    below_names: list[str] = field(default_factory=list)
    levels: list[str] = field(default_factory=list)
    total_of: str = ""
    marks: float = 0.0
    decimals: int | None = None
    said: list[str] = field(default_factory=list)
    group_names: list[str] = field(default_factory=list)
    dress: str = "{}"
    plus: bool = False


@dataclass(frozen=True)
class GridSpec:
    """A table of words alone, such as a time plan: no figures are asked for, and none may be read."""

    columns: list[str]
    rows: list[str]
    corner: str = ""
    caption: str = ""


@dataclass(frozen=True)
class Family:
    """One way in which a municipality sets its papers."""

    name: str
    form: str
    years: tuple[int, int]
    cases: tuple[int, int]
    running: list[str]
    front: list[list[str]]
    heads: list[dict[str, Any]]
    body: list[str]
    tables: dict[str, TableSpec]
    held_out: bool = False
    overview: str = ""
    overview_heads: list[dict[str, Any]] = field(default_factory=list)
    catalogue: bool = False
    area: str = ""
    titles: list[str] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    minus: list[str] = field(default_factory=list)
    stocks: dict[str, list[str]] = field(default_factory=dict)
    grids: dict[str, GridSpec] = field(default_factory=dict)


@cache
def words() -> dict[str, Any]:
    """Names and sentences."""
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


@cache
def areas() -> dict[str, dict[str, list[str]]]:
    """What a municipality's areas are made of."""
    return tomllib.loads((HERE / "areas.toml").read_text(encoding="utf-8"))


@cache
def families() -> dict[str, Family]:
    """All families by name."""
    found = {}
    for file in sorted((HERE / "families").glob("*.toml")):
        raw = tomllib.loads(file.read_text(encoding="utf-8"))
        tables = {name: TableSpec(**spec) for name, spec in raw.pop("tables").items()}
        grids = {name: GridSpec(**spec) for name, spec in raw.pop("grids", {}).items()}
        found[file.stem] = Family(name=file.stem, tables=tables, grids=grids, **raw)
    return found


def kept(rng: random.Random, specs: list[str]) -> list[str]:
    """The specs without those that a "?" leaves out; a block that depends on a left-out heading goes with it."""
    out: list[str] = []
    skip = False
    for spec in specs:
        if spec.startswith("?"):
            skip = rng.random() < 0.5
            if not skip:
                out.append(spec[1:])
        elif skip and re.match(r"[plr]:", spec):
            skip = False  # the text of a heading that was left out
        else:
            skip = False
            out.append(spec)
    return out


def one(rng: random.Random, alternatives: str) -> str:
    """One of the words parted by bars."""
    return rng.choice(alternatives.split("|"))


def span(rng: random.Random, text: str) -> int:
    """A number of "2-4" or "3"."""
    low, _, high = text.partition("-")
    return rng.randint(int(low), int(high or low))
