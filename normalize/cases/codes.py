"""The code of a case in its title line: "BC41", "Forslag 7", "A-12"."""

from __future__ import annotations

from functools import cache

import regex

from lexicon.folding import fold_accents
from normalize.vocabulary.forms import words

_TITLE_HEAD = regex.compile(r"[\p{Lu}\d'\"„“”’(]")


@cache
def _coded() -> regex.Pattern[str]:
    names = "|".join(sorted(map(regex.escape, words("code_words")), key=len, reverse=True))
    return regex.compile(
        rf"""
        (?P<code>
            (?i:(?:{names}))\s*(?:(?i:nr|no)\.?\s*)?(?:\d{{1,3}}[a-zæøå]?(?:[.-]\d{{1,3}})*(?!\d)|\p{{Lu}}{{1,3}}-?\d{{1,3}})
          | (?P<letters>\p{{Lu}}{{1,6}}(?:-\p{{Lu}}{{1,6}})*)[-\s]?\d{{1,4}}(?:[-./]\d{{1,4}})*[a-z]?
        )
        (?:\s*[:–—.-]\s*|\s+|$)
        (?P<title>.*)
        """,
        regex.VERBOSE | regex.DOTALL,
    )


def split_code(text: str) -> tuple[str | None, str]:
    """(code, title) of a title line: "BC41 Ny telefoni" is ("BC41", "Ny telefoni"); code None where there is none."""
    plain = " ".join(text.split())
    found = _coded().fullmatch(plain)
    if found is None:
        return None, plain
    letters, title = found["letters"], found["title"].strip()
    if letters is not None:
        year = fold_accents(letters) in words("year_letters") and "-" not in found["code"]
        year = year or regex.search(r"\s(?:19|20)\d\d$", found["code"]) is not None  # "SUF 2022"
        wrong = year or any(fold_accents(part) in words("not_codes") for part in letters.split("-"))
        if wrong or (title and not _TITLE_HEAD.match(title)):
            return None, plain
    elif title and not _TITLE_HEAD.match(title):
        return None, plain  # "Forslag 1 er …" is a sentence
    whole = regex.search(r"\p{Lu}{1,3}-\d+$", found["code"])  # "Anlægsforslag A-12" is A-12
    return whole[0] if whole is not None and letters is None else found["code"].strip(), title
