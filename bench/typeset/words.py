"""The vocabulary of the made-up municipalities (words.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def words() -> dict[str, Any]:
    """The whole vocabulary as read from words.toml."""
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def administrations() -> tuple[str, ...]:
    """The administrations of the made-up municipalities that follow the large template."""
    return tuple(words()["administrations"])


def committee(administration: str) -> str:
    """The committee an administration answers to."""
    return str(words()["administrations"][administration])


def some(section: str, key: str = "list") -> list[str]:
    """The words of one list."""
    return list(words()[section][key])
