"""Reads a vocabulary file of this package; each is read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

import regex


@cache
def load(name: str) -> dict[str, Any]:
    """The content of `<name>.toml` in this package."""
    return tomllib.loads(files("normalize.vocabulary").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def compiled(patterns: list[str], *, whole: bool = False, lines: bool = False) -> regex.Pattern[str]:
    """One pattern for several; `whole` makes it match a whole text only, `lines` begin and end with each line."""
    source = "|".join(f"(?:{p})" for p in patterns)
    flags = regex.IGNORECASE | (regex.MULTILINE if lines else 0)
    return regex.compile(rf"^(?:{source})$" if whole else source, flags)
