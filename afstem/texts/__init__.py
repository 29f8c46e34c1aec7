"""What the command line says, in Danish and English: `da.toml` and `en.toml`.

Findings, reasons and reports have their words in `publish.texts`; here is only what the terminal shows around them.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from publish.texts import LANGUAGES, number

#: The environment variable that chooses the language of help and messages.
VARIABLE = "AFSTEM_LANG"


def preferred() -> str:
    """The language of help and messages: what AFSTEM_LANG says, Danish where it says nothing that we speak."""
    wanted = os.environ.get(VARIABLE, "").casefold()
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language by code, "run.nothing"."""
    content = tomllib.loads((files(__package__) / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": text for section, texts in content.items() for key, text in texts.items()}


def say(language: str, code: str, **params: str | int) -> str:
    """The text of that code, its `{placeholders}` filled, whole numbers in the language's notation."""
    shown = {name: number(value, language) if isinstance(value, int) else value for name, value in params.items()}
    return catalogue(language)[code].format(**shown)
