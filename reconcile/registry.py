"""The register of checks: every check is one function, announced here, and documented from its own docstring.

A check's docstring has a fixed form: a first line (its title), then three paragraphs that begin with `Rule:`,
`Example:` and `Source:`.  `afstem checks` and `docs/checks.md` are made from these.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterable

from extract.records import record
from reconcile.figures.draft import Draft, Identity
from reconcile.figures.view import Batch
from reconcile.messages import MEANINGS
from reconcile.models import Check

Outcome = Identity | Draft
CheckFunction = Callable[[Batch], Iterable[Outcome]]


@record
class CheckInfo:
    """What a check is: `code` as in `findings.check`, its title, rule, an example and where the rule comes from."""

    code: str
    title: str
    rule: str
    example: str
    source: str


@record
class Registered:
    check: Check
    function: CheckFunction
    info: CheckInfo


_REGISTER: dict[Check, Registered] = {}


def _info(check: Check, function: CheckFunction) -> CheckInfo:
    doc = inspect.getdoc(function) or ""
    title, _, rest = doc.partition("\n")
    parts = {
        m[1]: " ".join(m[2].split()) for m in re.finditer(r"(?ms)^(Rule|Example|Source): (.*?)(?=^\w+: |\Z)", rest)
    }
    missing = {"Rule", "Example", "Source"} - parts.keys()
    if missing or not title:
        raise ValueError(f"the docstring of {function.__name__} lacks {', '.join(sorted(missing)) or 'a title'}")
    return CheckInfo(check.value, title.rstrip("."), parts["Rule"], parts["Example"], parts["Source"])


def register(check: Check) -> Callable[[CheckFunction], CheckFunction]:
    """Announce a function as the one that does `check`.  A check may be announced once; ValueError otherwise."""

    def announce(function: CheckFunction) -> CheckFunction:
        if check in _REGISTER:
            raise ValueError(f"{check} is registered twice")
        _REGISTER[check] = Registered(check, function, _info(check, function))
        return function

    return announce


def registered() -> list[Registered]:
    """All registered checks, in the order of `Check`."""
    return [_REGISTER[check] for check in Check if check in _REGISTER]


def catalogue() -> list[CheckInfo]:
    """What every check is, in the order of `Check`: what `afstem checks` shows."""
    return [r.info for r in registered()]


def page() -> str:
    """The text of `docs/checks.md`."""
    out = [
        "# The checks",
        "",
        "Generated from the checks' own docstrings by `python -m reconcile`; do not edit.",
        "",
        "A finding is an `error` where the figures cannot all be right, a `warning` where they probably are not, and",
        "`info` where something is worth knowing. Printed figures are intervals: see `reconcile/figures/intervals.py`.",
        "",
    ]
    for info in catalogue():
        out += [
            f"## `{info.code}`: {info.title}",
            "",
            f"**Rule.** {info.rule}",
            "",
            f"**Example.** {info.example}",
            "",
            f"**Source.** {info.source}",
            "",
        ]
    out += [
        "## Causes",
        "",
        "A finding names the likely cause where one slip explains what is seen; where none does, it names none. One",
        "cause is one finding, however many figures it shows in: the others follow it (`consequence_of`).",
        "",
        "| cause | means |",
        "|---|---|",
        *(f"| `{code}` | {meaning} |" for code, meaning in MEANINGS.items()),
        "",
    ]
    return "\n".join(out)
