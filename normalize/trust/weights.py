"""What each kind of evidence is worth, in bits: data, fitted by `python -m bench.trust` on papers of the foundry."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Part(_Data):
    """One question about a figure: `base` bits before any evidence, and bits for one unit of each term."""

    base: float
    terms: dict[str, float]

    def bits(self, evidence: Mapping[str, float]) -> float:
        """What the evidence adds to the log-odds that the answer is yes, in bits."""
        known = self.terms
        return sum(known.get(name, 0.0) * size for name, size in evidence.items())


class Weights(_Data):
    """Whether a figure's row, its column's name and its place are what is printed."""

    row: Part
    name: Part
    place: Part


class Caution(_Data):
    """How many bits more a figure must have than it would need to be right as often as it says: what is measured on
    papers of one hand is less on another's, and a wrong figure that looks right costs more than a right one that is
    doubted."""

    kept: float
    loose: float


class Ways(_Data):
    """The weights for tables whose print keeps its columns, and for those whose figures were counted off."""

    caution: Caution
    kept: Weights
    loose: Weights


@cache
def weights() -> Ways:
    """The weights of `weights.toml`; raises ValueError with file and key where it is not as it must be."""
    try:
        return Ways.model_validate(
            tomllib.loads(files("normalize.trust").joinpath("weights.toml").read_text(encoding="utf-8"))
        )
    except ValidationError as error:
        raise ValueError(f"normalize/trust/weights.toml: {error}") from error
