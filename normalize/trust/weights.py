"""What each kind of evidence is worth, in bits: data, fitted by `python -m bench.trust` on papers of the foundry."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict, ValidationError


class Part(BaseModel):
    """One question about a figure: `base` bits before any evidence, and bits for one unit of each term."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    base: float
    terms: dict[str, float]

    def bits(self, evidence: Iterable[Mapping[str, float]]) -> float:
        """The log-odds, in bits, that the answer is yes."""
        known = self.terms
        return self.base + sum(known.get(name, 0.0) * size for some in evidence for name, size in some.items())


class Weights(BaseModel):
    """Whether a figure's row, its column's name and its place are what is printed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    row: Part
    name: Part
    place: Part


@cache
def weights() -> Weights:
    """The weights of `weights.toml`; raises ValueError with file and key where it is not as it must be."""
    try:
        return Weights.model_validate(
            tomllib.loads(files("normalize.trust").joinpath("weights.toml").read_text(encoding="utf-8"))
        )
    except ValidationError as error:
        raise ValueError(f"normalize/trust/weights.toml: {error}") from error
