"""Everything that users see, in Danish and English: one catalogue a language, `da.toml` and `en.toml`.

A text is named by its section and key ("finding.column_total"); its placeholders are filled by `say`:

- `{table}`: a text as it is; a Decimal in the language's notation (−1.250,5 or −1,250.5); an int (a year) as digits;
- `{count:n}`: an int with thousands separators;
- `{count:sag|sager}`: the first word for one, the second for any other number.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files

LANGUAGES = ("da", "en")
Param = str | int | Decimal | None

_MARKS = {"da": (".", ","), "en": (",", ".")}
MINUS = "\N{MINUS SIGN}"


def number(value: Decimal | int, language: str) -> str:
    """A number as the language writes it: 1250.50 is "1.250,5" in Danish, -707 is "−707" (a true minus sign)."""
    thousands, comma = _MARKS[language]
    whole, _, fraction = format(abs(Decimal(value)), ",f").partition(".")
    fraction = fraction.rstrip("0")
    text = whole.replace(",", thousands) + (comma + fraction if fraction else "")
    return MINUS + text if value < 0 else text


def signed(value: Decimal | int, language: str) -> str:
    """A difference likewise, with its sign also where it is above 0."""
    return ("+" if value > 0 else "") + number(value, language)


class _Filler(string.Formatter):
    def __init__(self, language: str) -> None:
        self.language = language

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" in format_spec:
            one, other = format_spec.split("|", 1)
            return one if value == 1 else other
        if isinstance(value, Decimal) or (format_spec == "n" and isinstance(value, int)):
            return number(value, self.language)
        return "" if value is None else str(value)


_FILLERS = {language: _Filler(language) for language in LANGUAGES}


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """All texts of a language by code.  Raises ValueError for a language that is not there."""
    if language not in LANGUAGES:
        raise ValueError(f"no texts in the language {language!r}; there are {', '.join(LANGUAGES)}")
    content = tomllib.loads((files(__package__) / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{key}": text for section, texts in content.items() for key, text in texts.items()}


@cache
def placeholders(language: str, code: str) -> frozenset[str]:
    """The names of the parameters that a text needs."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(catalogue(language)[code]) if name)


def has(code: str, params: Mapping[str, Param] | None = None) -> bool:
    """True where the catalogues know the code and, if `params` are given, these fill every placeholder of it."""
    return code in catalogue("da") and (params is None or placeholders("da", code) <= params.keys())


def say(language: str, code: str, /, **params: Param) -> str:
    """The text of that code in that language, its placeholders filled.

    Raises KeyError for a code that the catalogue does not know or a placeholder without its parameter.
    """
    return fill(language, catalogue(language)[code], params)


def fill(language: str, text: str, params: Mapping[str, Param]) -> str:
    """A text with its placeholders filled.  Raises KeyError for one without its parameter."""
    return _FILLERS[language].vformat(text, (), params)
