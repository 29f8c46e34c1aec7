"""Weights that measured figures make most probable: logistic regression, pulled towards what was believed before."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from normalize.trust.evidence import Evidence

PULL = 4.0  # how many figures of a term its belief weighs as much as, about
ROUNDS = 60
MOST_TIMES = 1.5  # what speaks for a figure is found to weigh so many times what was believed, at most
SETTLED = 0.01  # nats; a round that gains no more is the last
HALVINGS = tuple(0.5**n for n in range(12))  # of a step that leads too far
PARTS = ("row", "name", "place")
PART_OF = {"labels": "row", "names": "name", "rows": "place", "figures": "place"}
Terms = dict[str, float]
Numbers = npt.NDArray[np.float64]


@dataclass(slots=True)
class Judged:
    """A figure as read: where it stands, what speaks for its row, name and place, and whether these are right."""

    form: str
    family: str
    paper: str
    table: str
    evidence: Evidence
    own: tuple[Terms, Terms, Terms]
    right: tuple[bool, bool, bool]
    given: float  # the confidence that it had before


@dataclass(slots=True)
class Fit:
    """The weights of one part in bits, by term."""

    base: float
    terms: Terms

    def bits(self, figure: Judged, part: int) -> float:
        """The log-odds in bits of a figure."""
        known = self.terms
        return self.base + sum(
            known.get(k, 0.0) * x for some in (figure.evidence.shared, figure.own[part]) for k, x in some.items()
        )


class Beliefs:
    """What `beliefs.toml` says."""

    def __init__(self) -> None:
        self.data = tomllib.loads(Path(__file__).with_name("beliefs.toml").read_text(encoding="utf-8"))
        self.told = (
            self.data["speaks_for"] | self.data["speaks_against"] | dict.fromkeys(self.data["unclear"]["terms"], 0.0)
        )

    def of(self, term: str, part: str) -> float:
        """The bits that a term is believed to weigh in a part.  That it holds of others of the table weighs less than
        that it holds of this one, and least where it is another part's; that others are borne out says nothing of one,
        but for those that `shared` names."""
        own, _, room = term.partition("_of_")
        belief = float(self.told.get(own, self.data["unnamed"]))
        if not room:
            return belief
        if belief > 0:
            return float(self.data["shared"].get(term, 0.0))
        return belief * float(self.data["others" if PART_OF[room] == part else "other_part"])

    def bounds(self, term: str, part: str) -> tuple[float, float]:
        """The least and the most bits that a term may be found to weigh.  What speaks for a figure never outweighs a
        plain fault, and what speaks against one never speaks for it."""
        belief = self.of(term, part)
        if belief < 0:
            return -math.inf, 0.0
        if not belief:
            return (-math.inf, 0.0 if "_of_" in term else self.data["most_unclear"])
        return 0.0, MOST_TIMES * belief

    def base(self, part: str) -> float:
        """The bits before any evidence."""
        return float(self.data["base"][part])


def terms_of(figures: Sequence[Judged]) -> tuple[list[str], ...]:
    """The terms that speak of each part of a figure."""
    found: tuple[set[str], ...] = tuple(set() for _ in PARTS)
    for figure in figures:
        for terms, own in zip(found, figure.own, strict=True):
            terms |= figure.evidence.shared.keys() | own.keys()
    return tuple(sorted(terms) for terms in found)


def fit(figures: Sequence[Judged], beliefs: Beliefs, terms: tuple[list[str], ...]) -> dict[str, Fit]:
    """The weights of each part, fitted to figures whose earlier parts are right.  A table counts as the root of its
    figures, since they err together, and a paper as the root of the forms that it is read in.  Of the `terms` of each
    part those that no figure shows keep what was believed."""
    sizes = Counter(f.table for f in figures)
    forms = Counter(paper for paper, _ in {(f.paper, f.form) for f in figures})
    weights = {f.table: (sizes[f.table] * forms[f.paper]) ** -0.5 for f in figures}
    found: dict[str, Fit] = {}
    for n, part in enumerate(PARTS):
        own = [f for f in figures if all(f.right[:n])]
        names = terms[n]
        x, right, wrong = _alike(own, n, names, weights)
        told = np.array([*(beliefs.of(name, part) for name in names), beliefs.base(part)])
        bounds = np.array([*(beliefs.bounds(name, part) for name in names), (told[-1], told[-1])]).T
        nats = math.log(2)
        bits = _most_probable(x, right, wrong, told * nats, (bounds[0] * nats, bounds[1] * nats)) / nats
        found[part] = Fit(float(bits[-1]), dict(zip(names, map(float, bits[:-1]), strict=True)))
    return found


def _alike(
    figures: Sequence[Judged], part: int, names: Sequence[str], weights: dict[str, float]
) -> tuple[Numbers, Numbers, Numbers]:
    """Figures with the same evidence as one row, with the weight of those that are right and of those that are not."""
    at = {name: i for i, name in enumerate(names)}
    rows: dict[bytes, int] = {}
    kept: list[npt.NDArray[np.float32]] = []
    weight: list[list[float]] = []
    for figure in figures:
        row = np.zeros(len(names) + 1, dtype=np.float32)
        row[-1] = 1.0
        for some in (figure.evidence.shared, figure.own[part]):
            for name, size in some.items():
                row[at[name]] = size
        key = row.tobytes()
        if key not in rows:
            rows[key] = len(kept)
            kept.append(row)
            weight.append([0.0, 0.0])
        weight[rows[key]][not figure.right[part]] += weights[figure.table]
    told = np.array(weight).reshape(-1, 2)
    return np.array(kept, dtype=np.float64).reshape(-1, len(names) + 1), told[:, 0], told[:, 1]


def _most_probable(
    x: Numbers, right: Numbers, wrong: Numbers, belief: Numbers, bounds: tuple[Numbers, Numbers]
) -> Numbers:
    """The weights (nats) most probable after the figures, none beyond its bounds."""
    least, most = bounds
    b, weight = belief.copy(), right + wrong

    def unlikely(at: Numbers) -> float:
        z = x @ at
        told = right @ np.logaddexp(0, -z) + wrong @ np.logaddexp(0, z)
        return float(told + PULL / 2 * ((at - belief) ** 2).sum())

    before = unlikely(b)
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -40, 40)))
        slope = x.T @ (weight * p - right) + PULL * (b - belief)
        free = ~(((b <= least) & (slope > 0)) | ((b >= most) & (slope < 0)))
        some = x[:, free]
        bend = (some * (weight * np.maximum(p * (1 - p), 1e-6))[:, None]).T @ some + PULL * np.eye(int(free.sum()))
        step = np.zeros_like(b)
        step[free] = np.linalg.solve(bend, slope[free])
        for part in HALVINGS:
            after = np.clip(b - part * step, least, most)
            now = unlikely(after)
            if now < before:
                break
        gained, b, before = before - now, after, now
        if gained < SETTLED:
            break
    return b


def probability(fits: dict[str, Fit], figure: Judged) -> float:
    """How probable it is that a figure is right."""
    product = 1.0
    for n, part in enumerate(PARTS):
        product *= 1.0 / (1.0 + 2.0 ** max(-40.0, min(40.0, -fits[part].bits(figure, n))))
    return product
