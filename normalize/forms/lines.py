"""What a line of a case is that is no label: a banner, a budget round, a caption, a phrase that breaks off."""

from __future__ import annotations

from functools import cache

import regex

from lexicon.characters import MINUS
from lexicon.folding import fold_accents
from lexicon.years import YEAR
from normalize.vocabulary.forms import words

FIGURE = regex.compile(rf"[{MINUS}(]?\s*\d[\d.,\s]*[{MINUS})]?\s*(?:%|år|kr\.?)?")
_BANNER_NUMBER = regex.compile(r"(?:nr\.?\s*)?[\p{L}-]{0,4}\s?\d{1,4}[\d-]*")


@cache
def _banner_heads() -> tuple[str, ...]:
    return tuple({banner[:4] for banner in words("banners")})


def is_banner(text: str) -> bool:
    """Whether the line opens a case: "INVESTERINGSFORSLAG", also with a number or a budget round behind it."""
    if len(text) > 100:
        return False
    plain = fold_accents(text).rstrip(" :.–-")
    if not plain.startswith(_banner_heads()):
        return False
    for banner in words("banners"):
        if plain == banner:
            return True
        if plain.startswith(f"{banner} "):
            rest = plain[len(banner) :].strip()
            if round_of(rest, whole=True) or _BANNER_NUMBER.fullmatch(rest):
                return True
    return False


@cache
def _round_pattern() -> regex.Pattern[str]:
    names = "|".join(sorted(map(regex.escape, words("budget_rounds")), key=len, reverse=True))
    years = rf"{YEAR}(?:\s*[-–/]\s*(?:{YEAR}|\d\d))?|\d\d\s*[-–/]\s*\d\d"
    return regex.compile(rf"(?i)\b(?:til\s+|i\s+)?(?P<round>(?:{names})\s+(?:{years}))(?!\d)")


def round_of(text: str, *, whole: bool = False) -> str | None:
    """The budget round a short line names ("OFS 2020-21", "Budget 2022"), None where it names none."""
    plain = " ".join(text.split())
    pattern = _round_pattern()
    found = pattern.fullmatch(plain) if whole else pattern.search(plain)
    return found["round"] if found else None
