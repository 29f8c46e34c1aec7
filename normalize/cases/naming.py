"""What a line of a head names by its own words: a municipality, an office, a paper, a section, a date, a title."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

import regex

from lexicon.characters import MINUS
from lexicon.folding import fold_accents
from lexicon.years import MONTH, YEAR
from normalize.vocabulary.forms import word_table, words

_FIGURES = regex.compile(
    rf"(?:^|[\s|])(?:[{MINUS}(]?\d[\d.,]*\)?[\s|]+){{1,}}[{MINUS}(]?\d[\d.,]*\)?[\s|]*$"
)  # two or more at a line's end
_MUNICIPALITY = regex.compile(r"(?P<name>\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?)\s+[Kk]ommune\b(?P<rest>.*)")
_DAY = rf"(?:den\s)?\d{{1,2}}\.?\s{MONTH}\s{YEAR}|\d{{1,2}}[.-]\d{{1,2}}[.-](?:{YEAR}|\d\d)"
_BEFORE_DATE = r"(?:.{0,60}[,·|–]\s*(?:\p{Ll}+\s)?|\p{L}+(?:\s\p{Ll}+)?:?\s|(?:\p{L}+\s){0,3}møde\s)?"
_DATE = regex.compile(
    rf"{_BEFORE_DATE}(?:{_DAY}|{MONTH}\s{YEAR})\.?|(?:{_DAY})\.?,?\s(?:kl|klokken)\b.*", regex.IGNORECASE
)
_ENDS_IN_DATE = regex.compile(rf".*\s(?:{_DAY})\.?", regex.IGNORECASE)
_JOURNAL = regex.compile(r"\d\d\.\d\d\.\d\d(?:-[\p{L}\d]+)*.{0,12}|\d{2,4}[-/]\d{3,}")
_CONTENTS = regex.compile(r"(?P<title>[\p{L}\d§].*?)\s*(?:\.{3,}|…|(?:\s\.){3,})\s*\d{1,3}")
_LONGEST_DATE = 60  # characters of a line with a date
_LONGEST_PAPER = 90  # characters of a line that says what kind of paper it is
_STRONG_TITLE = regex.compile(r"vedr\b\.?|\w+\s+(?:titel|navn)\b|\w*titel|overskrift|navn på|\w+navn\b")
_ADDRESSED = regex.compile(r"(?:(?:[\p{L}-]+,?\s){0,2})[Tt]il:?\s(?P<to>\p{L}.{3,60})")
_CONTACT = regex.compile(r"\b(?:kl\.\s?\d|tlf\.|telefon:|CVR|www\.)|\w@\w", regex.IGNORECASE)
_TWO_SENTENCES = regex.compile(r"\p{Ll}{3}[.!?]\s+\p{Lu}")


def two_sentences(text: str) -> bool:
    """Whether one sentence ends within the text and another begins."""
    return _TWO_SENTENCES.search(text) is not None


def is_row(text: str) -> bool:
    """Whether a line ends in two figures or more, or has cells parted by bars."""
    return _FIGURES.search(text) is not None or text.count("|") > 1


def listed_in_contents(text: str) -> str | None:
    """What a line of a list of contents names, before its leader dots and the number of a page; None for others."""
    found = _CONTENTS.fullmatch(text) if text[-1:].isdecimal() else None
    return found["title"] if found is not None else None


def is_journal(text: str) -> bool:
    """Whether a text is the number of a case in a journal: "17.01.10-G01-23-18", "2024/1182"."""
    return _JOURNAL.fullmatch(text) is not None


def ends_in_date(text: str) -> bool:
    """Whether a line ends in a day: "Etapeplan pr. 3. februar 2031"."""
    return _ENDS_IN_DATE.fullmatch(text) is not None


def is_fact(text: str) -> bool:
    """Whether a line is a date, with a word or an office before it at most, a journal number, or how to get in touch:
    hours, a telephone, an address of mail."""
    short = len(text) < _LONGEST_DATE
    told = short and (_DATE.fullmatch(text) or _CONTACT.search(text) or _address().fullmatch(text)) is not None
    return told or is_journal(text)


@cache
def _address() -> regex.Pattern[str]:
    """A street's name and a number, with a town or not."""
    return regex.compile(
        rf"(?:\p{{L}}+\s)?\p{{L}}*(?:{_any_of(words('streets'))})\s\d{{1,3}}\p{{L}}?(?:,\s\d{{4}}\s.+)?",
        regex.IGNORECASE,
    )


@lru_cache(maxsize=4096)
def municipality_of(text: str) -> str | None:
    """The municipality that a line of a letterhead or a running head names, None where it is another line."""
    found = _MUNICIPALITY.match(text.strip())
    if found is None or len(text) > 110 or two_sentences(text) or regex.match(r"\s*\p{Ll}", found["rest"]):
        return None
    return f"{found['name']} Kommune"


def _any_of(names: Sequence[str]) -> str:
    return "|".join(sorted(map(regex.escape, names), key=len, reverse=True))


@cache
def _section_pattern() -> regex.Pattern[str]:
    table = word_table("sections")
    before, names, after = (_any_of(table[k]) for k in ("before", "words", "after"))
    own = rf"(?:(?:{before}) )*(?:{names})(?:(?:,| og| samt)? (?:(?:{before}) )*(?:{names}))*(?: (?:{after}))?"
    whole = "|".join(f"(?:{p})" for p in table["whole"])
    return regex.compile(rf"(?:(?:[a-h]|\d{{1,2}})[.)]? )?(?:{own}|{whole})")


@lru_cache(maxsize=8192)
def is_section(text: str) -> bool:
    """Whether a line is the heading of a section that any case may have: "Baggrund og formål", "B. Økonomi"."""
    return len(text) < 80 and _section_pattern().fullmatch(fold_accents(text).strip(" :.–-")) is not None


@cache
def _office_pattern() -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{p})" for p in words("offices")))


@lru_cache(maxsize=8192)
def is_office(text: str) -> bool:
    """Whether a line names a committee, an administration or a centre and no more."""
    return len(text) < 70 and _office_pattern().fullmatch(fold_accents(text).strip(" .:")) is not None


@cache
def _paper_pattern() -> regex.Pattern[str]:
    names = "|".join(f"(?:{p})" for p in words("papers"))
    years = rf"{YEAR}(?:\s*[-–/]\s*(?:{YEAR}|\d\d))?"
    return regex.compile(
        rf"(?:{names})(?:[ ,:–-]+(?:(?:til|for|fra|i) )?(?:(?:budget|budgettet)? ?{years}|fagudvalgene))?"
    )


@lru_cache(maxsize=8192)
def is_paper(text: str) -> bool:
    """Whether a line says what kind of paper it is and no more: "DRIFTSØNSKE TIL BUDGET 2026", "Notat til Byrådet"."""
    if len(text) >= _LONGEST_PAPER:
        return False
    name, to, office = text.partition(" til ")
    return _is_papers_name(text) or (bool(to) and is_office(office) and _is_papers_name(name))


def _is_papers_name(text: str) -> bool:
    return _paper_pattern().fullmatch(fold_accents(text).strip(" :.")) is not None


@cache
def _paper_opening() -> regex.Pattern[str]:
    names = "|".join(f"(?:{p})" for p in words("papers"))
    return regex.compile(rf"(?:{names}),? (?:(?:og|til|for|fra|af|i|over|pr\.?|på|\d)\b|om\b.*{YEAR})")


@lru_cache(maxsize=4096)
def opens_as_paper(text: str) -> bool:
    """Whether a line says what kind of paper it is and of what, or when: "Budgetopfølgning pr. 31. august 2025"."""
    return _paper_opening().match(fold_accents(text)) is not None and not is_addressed(text)


@lru_cache(maxsize=4096)
def is_addressed(text: str) -> bool:
    """Whether a line says to whom a paper goes, or to which meeting: "Til bestyrelsen", "Notat til Økonomiudvalget"."""
    found = _ADDRESSED.match(text)
    if found is None:
        return False
    to = found["to"].split()
    return to[0].casefold().removesuffix("s") in words("recipients") or any(
        is_office(" ".join(to[:n])) for n in range(1, len(to) + 1)
    )


def is_strong_title(text: str) -> bool:
    """Whether a line opens with the label of a title field that can be nothing else."""
    return _STRONG_TITLE.match(fold_accents(text)) is not None
