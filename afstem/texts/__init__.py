"""What the command line says, in Danish and English: `da.toml` and `en.toml`.

Findings, reasons and reports have their words in `publish.texts`; here is only what the terminal shows around them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

from publish.texts import LANGUAGES, fill

__all__ = ["LANGUAGES", "VARIABLE", "catalogue", "choose", "preferred", "say"]

#: The environment variable that chooses the language of help and messages.
VARIABLE = "AFSTEM_LANG"


_chosen: str | None = None


def choose(language: str | None) -> None:
    """Sets the language of this process: that of `--lang`; None leaves it to AFSTEM_LANG."""
    global _chosen
    _chosen = language


def preferred() -> str:
    """The language of help and messages: what was chosen, else what AFSTEM_LANG says, Danish where that says nothing
    that we speak.
    """
    wanted = _chosen or os.environ.get(VARIABLE, "").casefold()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language by code, "run.nothing"."""
    content = tomllib.loads((files(__package__) / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": text for section, texts in content.items() for key, text in texts.items()}


def say(language: str, code: str, /, **params: str | int) -> str:
    """The text of that code, filled as `publish.texts` does, whole numbers with their separators."""
    shown = {name: Decimal(value) if isinstance(value, int) else value for name, value in params.items()}
    return fill(language, catalogue(language)[code], shown)
