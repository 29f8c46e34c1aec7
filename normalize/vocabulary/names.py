"""Administrations and committees: canonical names, abbreviations, and who belongs to whom."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from extract.records import record
from lexicon.folding import fold_label, squash
from normalize.vocabulary.load import load


@record
class Administration:
    """An administration with its committee."""

    name: str
    committee: str
    abbreviations: tuple[str, ...] = ()
    committee_abbreviations: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    unit_abbreviations: tuple[str, ...] = ()


@cache
def administrations() -> tuple[Administration, ...]:
    """All administrations known by name, the ones of today first."""
    return tuple(
        Administration(
            name=a["name"],
            committee=a["committee"],
            abbreviations=tuple(a.get("abbreviations", ())),
            committee_abbreviations=tuple(a.get("committee_abbreviations", ())),
            units=tuple(a.get("units", ())),
            unit_abbreviations=tuple(a.get("unit_abbreviations", ())),
        )
        for a in load("administrations")["administration"]
    )


@cache
def _by_name() -> dict[str, Administration]:
    table: dict[str, Administration] = {}
    for one in administrations():
        for name in (one.name, *one.abbreviations):
            table.setdefault(squash(name), one)
    return table


@cache
def _committees() -> dict[str, str]:
    table: dict[str, str] = {}
    for one in administrations():
        for name in (one.committee, *one.committee_abbreviations):
            table.setdefault(squash(name), one.committee)
    return table


@cache
def _ending(kind: str) -> regex.Pattern[str]:
    words = "|".join(load("administrations")["endings"][kind])
    return regex.compile(rf"\p{{Lu}}[\p{{L}} ,/-]*(?:{words})", regex.IGNORECASE)


@lru_cache(maxsize=4096)
def administration(text: str) -> Administration | None:
    """The administration a text names in full or by its abbreviation; hyphens and blanks inside do not matter.

    An unknown name with the right ending is an administration too, its committee by the habit "…forvaltningen" /
    "…udvalget".  None where the text is something else.
    """
    if found := _by_name().get(squash(text)):
        return found
    plain = " ".join(text.split()).strip(" .:,*")
    if not 8 < len(plain) <= 80 or plain[:1].islower() or not _ending("administration").fullmatch(plain):
        return None
    return Administration(plain, regex.sub(r"forvaltning(en)?$", "udvalget", plain, flags=regex.IGNORECASE))


@lru_cache(maxsize=4096)
def committee(text: str) -> str | None:
    """The canonical name of the committee a text names (also by its abbreviation, or its administration's name)."""
    if found := _committees().get(squash(fold_label(text))):
        return found
    plain = " ".join(text.split()).strip(" .:,*")
    if len(plain) <= 60 and " og " not in plain.replace("- og ", "-og-") and _ending("committee").fullmatch(plain):
        return plain
    known = administration(text)
    return known.committee if known else None


@cache
def _units() -> dict[str, str]:
    return {squash(unit): one.committee for one in administrations() for unit in one.units}


@lru_cache(maxsize=4096)
def committee_of_unit(text: str) -> str | None:
    """The committee of a unit of an administration ("Koncern IT"), None where the text names no known unit."""
    return _units().get(squash(fold_label(text)))


@lru_cache(maxsize=4096)
def committees_in(text: str) -> tuple[str, ...]:
    """The committees a section row names: "Socialudvalget og Børne- og Ungdomsudvalget" are two."""
    if one := committee(text):
        return (one,)
    parts = regex.split(r"(?<=udvalget|udvalg)\s*(?:,|og|/|samt|&)\s+", " ".join(text.split()))
    found = [committee(part) for part in parts]
    return tuple(f for f in found if f) if len(parts) > 1 and all(found) else ()
