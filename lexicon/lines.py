"""What the words of a line tell: whether its text goes on in the next, sentences, list items, furniture, codes."""

from __future__ import annotations

import re
from functools import cache

from lexicon.characters import HYPHENS, SOFT_HYPHEN
from lexicon.data import LinesData, alternatives, load
from lexicon.units import unit_end

_FIELD = re.compile(r"[A-ZÆØÅ][\w./-]*(?: [\w./-]+){0,2}:\s+\S")


@cache
def _data() -> LinesData:
    return load("lines", LinesData)


@cache
def words(key: str) -> frozenset[str]:
    """The list of that name of `lines.toml` as a set, in lower case."""
    return frozenset(word.casefold() for word in getattr(_data(), key))


@cache
def pattern(key: str) -> re.Pattern[str]:
    """The expressions of that name of `lines.toml` as one pattern, any case."""
    return re.compile(alternatives(getattr(_data(), key)), re.IGNORECASE)


def ends_open(text: str) -> bool:
    """Whether a line breaks off amid a phrase: at a hyphen, a comma, an open bracket, a preposition, a conjunction."""
    end = text.rstrip()
    if not end:
        return False
    if end[-1] in HYPHENS + SOFT_HYPHEN:
        return len(end) > 1 and end[-2].isalpha()
    return end[-1] in ",/&(" or end.count("(") > end.count(")") or end.split()[-1].casefold() in words("unfinished")


def starts_within(text: str) -> bool:
    """Whether a line begins as the rest of another does: in lower case, with a closing bracket; no row of its own."""
    start = text.lstrip()
    if not start:
        return False
    opener = start.casefold()
    return start[0] in ")](&" or (start[0].islower() and not opener.startswith(tuple(words("row_starters"))))


def goes_on(text: str, following: str) -> bool:
    """Whether a label or title that ends so is continued by a line that starts so."""
    end, start = text.rstrip(), following.lstrip()
    if not end or not start:
        return False
    if ends_open(end) or (start[0].isdigit() and end.split()[-1].casefold() in words("code_words")):
        return True
    return starts_within(start) and not (start[0] == "(" and end.endswith("."))


_SENTENCE_END = re.compile(r"[.!?:]['\"”’)]*\Z")
_ITEM = re.compile(r"\s*(?:[-–•▪*·o]|\d{1,2}[.)]|[a-z]\))\s+\S")


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends with the text: a full stop and the like, but not an abbreviation's."""
    stripped = text.rstrip()
    if not _SENTENCE_END.search(stripped):
        return False
    return stripped.split()[-1].casefold().strip("'\"”’()") not in words("abbreviations")


def is_list_item(text: str) -> bool:
    """Whether a line opens an item of a list: "- …", "• …", "1) …", "a) …"."""
    return _ITEM.match(text) is not None


def is_furniture(text: str) -> bool:
    """Whether a line is a page's number and nothing else: "Side 3 af 12", "- 4 -"."""
    return pattern("furniture").fullmatch(text.strip()) is not None


def says_unit(text: str) -> bool:
    """Whether a line holds words of a unit or a price level, or heads a column of appropriations."""
    return pattern("unit_lines").search(text) is not None


def heads_words(text: str) -> bool:
    """Whether a header names a column of words beside the labels ("Styringsområde", "Bevilling")."""
    return pattern("word_columns").search(text) is not None


def heads_labels(text: str) -> bool:
    """Whether a header stands over the rows' labels: "Nr. Forslag", "Område", "Projekt"."""
    found = [word.strip(".,:/-") for word in text.casefold().split()]
    return bool(found) and all(word in words("label_columns") for word in found)


def is_field_line(text: str) -> bool:
    """Whether a line opens with a label of a few words, its colon and a value: "Forslagets titel: Nye stier"."""
    return _FIELD.match(text) is not None


def code_header(text: str) -> tuple[str, str] | None:
    """The headers of a column of codes and of the names beside it: "Nr." and "Forslag", "1.000 kr." and "Forslag"."""
    end = unit_end(text)
    if not heads_labels(text[end:]):
        return None
    found = text[end:].split()
    coded = [at for at, word in enumerate(found[:-1], 1) if word.casefold().strip(".,:/-") in words("code_columns")]
    if not coded and not end:
        return None
    cut = coded[-1] if coded else 0
    return " ".join([*text[:end].split(), *found[:cut]]), " ".join(found[cut:])


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(_data().closings)}\b", re.IGNORECASE)


def closes(label: str) -> bool:
    """Whether a row's label closes a table or a part of it: "I alt", "Samlet …"."""
    return _closing().search(label) is not None


def closes_what(label: str) -> str:
    """What a row's label says it is the sum of: "Teknisk Udvalg" of "I alt Teknisk Udvalg"; "" for nothing."""
    found = _closing().search(label)
    if found is None:
        return ""
    before, behind = label[: found.start()].strip(), label[found.end() :].strip()
    named = before if not behind else behind if not before else ""
    return "" if ends_open(named) else named


def is_section(label: str) -> bool:
    """Whether a label stands over rows and has no figures itself ("Varige ændringer")."""
    return label.strip().rstrip(":").casefold() in words("sections")


def is_committee(label: str) -> bool:
    """Whether a line is the name of a committee or an administration and nothing else ("Udvalget for Omsorg")."""
    return pattern("committees").fullmatch(label.strip()) is not None


def precedes_code(text: str) -> bool:
    """Whether the number behind the text is an account's, not an amount ("profitcenter", "konto", "nr.")."""
    last = text.split()[-1:] or [""]
    return last[0].casefold() in words("code_words")
