"""The code of a case in its title line: "BC41", "Forslag 7", "A-12", "2.3", "Budgetområde: 318"."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise

import regex

from extract.records import record
from lexicon.figures import GROUPED
from lexicon.folding import fold_accents
from lexicon.years import YEAR, read_year
from normalize.vocabulary.forms import words

_ROMAN = {"I": 1, "V": 5, "X": 10}
_TITLE_HEAD = regex.compile(r"[\p{Lu}\d'\"„“”’(«]")
_COMPOUND = 6  # letters of a word from which another that ends in it means the same
_YEARS = range(13, 41)  # two digits that may stand for a year
_YEAR = regex.compile(YEAR)
_LETTER_YEAR = regex.compile(r"\p{Lu}+[./\s]?\d+")
_AMOUNT = regex.compile(GROUPED)
_DATE = regex.compile(r"\d{1,2}[.-]\d{1,2}[.-](?:\d\d|\d{4})")
_PARTED = (
    r"(?P<parted>\s*(?:[:–—|·…]|//|\.{3})\s*|\s+/\s+|,\s+(?=\p{Lu})|\s+-(?:\s+|$)|\s*[.-]\s+"
    r"|\s*[.)]\s*(?=\p{Lu})|\s+|$)"
)
_OWN = (
    r"(?<!\p{L})(?P<own>(?P<letters>\p{Lu}{1,6}(?:-\p{Lu}{1,6})*)[-./\s]?\d{1,4}(?:[-./](?:\d{1,4}|\p{Lu}{1,4}(?=[-./]\d)))*"
    r"[a-zæøå]?(?![\d\p{L}]))"
)
_LOT = regex.compile(r"0\d{2,7}|\d{4,8}")  # a number of figures alone in brackets behind a title
_ASIDE = regex.compile(r"\p{L}[\p{L}.-]*(?: \p{L}+){0,2}:\s*(?P<value>\S.*)|\([^()]{1,20}\)")
_NAME = regex.compile(r"(?:[\p{Lu}\d]\S*\s+){1,3}[\p{Lu}\d]\S*|[\d./-]+")
_OPEN_ITEM = (  # "12 (Åben) …", "12. punkt …": an item of an agenda
    r"(?:\.?\s?(?P<open>\((?i:åb(?:en|ent)|lukket)(?:\s\p{Ll}+)?\)|(?:punkt|pkt)\b))?"
)
_NUMBER = (
    r"(?P<number>\d{1,4}(?:\.?[a-zæøå]|-\p{Lu}(?!\p{L}))?(?:(?:[.-]\d{1,4}){1,2}|/(?:"
    + YEAR
    + r"|\d\d))?(?![\d\p{L}]))"
)
_WORD = (
    r"(?P<word>\p{Lu}[\p{L}-]+\p{L}(?:\s(?!(?:nr|no|nummer)\b)\p{Ll}[\p{L}-]*){0,2}(?:\s\p{Lu}(?=\snr\b))?"
    r"|[Bb]usiness\s[Cc]ase)"
)
_NR = r"(?:(?i:nr|no|nummer)\b\.?|\#)"
_LETTERED = regex.compile(
    r"(?P<code>(?P<word>\p{Lu}\p{L}{3,})\s(?P<letter>\p{Lu}|[IVX]{2,5}))\s*[:–—|·.]\s*(?P<title>.+)", regex.DOTALL
)
_BEHIND = regex.compile(
    r"(?P<title>\p{Lu}.{3,}?)(?:\s*[(\[](?P<code>[^()\[\]]{2,25})[)\]]|,\s(?P<code>nr\.\s?\d{1,3}))", regex.DOTALL
)
_CODED = regex.compile(
    rf"(?:{_WORD}(?:\s?{_NR}|\.)?(?:\s*(?P<colon>:)|\s*(?P<dash>[–—]))?\s*)?{_OWN}{_PARTED}(?P<title>.*)"
    rf"|(?:{_WORD}(?:\s?(?P<nr>{_NR})|\.)?\s*:?\s*|(?P<nr>{_NR})\s*)?{_NUMBER}{_OPEN_ITEM}{_PARTED}(?P<title>.*)",
    regex.DOTALL,
)


class Form(StrEnum):
    """How a code is made."""

    OWN = "own"  # letters and digits: AB07, PLE-02
    RUNNING = "running"  # a document's word and a running number: Forslag 7
    NUMBER = "number"  # figures alone: 2.3, 301.02, 3145
    ITEM = "item"  # an item of an agenda, which is no code: Punkt 14


@record
class Coded:
    """A line taken apart.  `code` is as a case bears it; `word` is the folded word before it, "" for none."""

    code: str
    title: str
    form: Form
    word: str
    numbers: tuple[int, ...]  # the numbers in the code, to see whether codes run on
    letters: str = ""  # the folded letters of a code of its own
    known: bool = False  # whether the vocabulary knows the word as one for proposals
    marked: bool = False  # whether a colon, a dash or a bar parts code and title

    @property
    def family(self) -> tuple[str, str, str, int]:
        """What the codes of one series share."""
        return self.form.value, self.word, self.letters, len(self.numbers)


@cache
def _banned() -> frozenset[str]:
    return frozenset(words("not_codes"))


@cache
def _known() -> frozenset[str]:
    return frozenset(words("code_words"))


@cache
def _compounds() -> tuple[str, ...]:
    return tuple(word for word in _known() if len(word) >= _COMPOUND and " " not in word)


def _is_known(word: str) -> bool:
    """Whether a folded word is one for proposals: "forslag", or one made of it: "handlingsforslag"."""
    return word in _known() or _last(word) in _known() or _last(word).endswith(_compounds())


@lru_cache(maxsize=8192)
def read_code(text: str) -> Coded | None:
    """The code at the head of a line and what follows it; None where the line begins with none.

    Never a code: a year, a date, an amount, a unit, the number of a table, an annex or a section's only digit.
    """
    plain = " ".join(text.split())
    if not plain[:1].isupper() and not plain[:1].isdigit() and plain[:2].casefold() != "nr" and plain[:1] != "#":
        return None
    found = _CODED.fullmatch(plain) if any(map(str.isdigit, plain)) else None
    if found is None or not _opens_title(found["title"]):
        return _lettered(plain) or _behind(plain)
    word = fold_accents(found["word"] or "").strip()
    if (behind := _behind(plain)) is not None:
        return behind  # "Jord ved afkørsel 61 (002214)"
    if _is_aside(found["title"]):
        return None if found["colon"] and not _is_known(word) else read_code(plain[: found.start("parted")])
    word = regex.sub(r"(?:s?nr|s?nummer)$", "", word)  # "Anlægsnr.", "Nr."
    if found["own"] is not None:
        return _own(found, word)
    return _numbered(found, word)


def _opens_title(title: str) -> bool:
    """Whether what follows a code may be a title: "Forslag 1 er …" is a sentence."""
    return not title or _TITLE_HEAD.match(title) is not None or _is_aside(title)


def _is_aside(title: str) -> bool:
    """Whether what follows a code is no title but a field of a name or a number, or a word in brackets: "ejer: Team
    Veje", "(Liste B)"."""
    found = _ASIDE.fullmatch(title)
    return found is not None and (found["value"] is None or _NAME.fullmatch(found["value"]) is not None)


def _own(found: regex.Match[str], word: str) -> Coded | None:
    """A code of letters and digits; the word before it is the document's and no part of it."""
    code, letters = found["own"], fold_accents(found["letters"])
    if letters in words("items"):  # "PUNKT 4"
        return Coded("", found["title"], Form.ITEM, letters, _numbers(code), known=True, marked=_is_marked(found))
    if any(part in _banned() for part in letters.split("-")) or _last(word) in _banned():
        return None
    if found["dash"] is not None and not _is_known(word):
        return None  # "Hallen – A12"
    spaced = " " in code
    dated = letters in words("year_letters") and _LETTER_YEAR.fullmatch(code) is not None and not _is_marked(found)
    if (dated and _is_year(code) and not found["word"]) or (spaced and _YEAR.search(code)):
        return None  # "B 26", "SUF 2022"
    if found["title"] and all(map(read_year, found["title"].split())):
        return None  # a table's header: "Stilling B2026 BF2027"
    if letters in _known():  # "BLOK 3"
        return Coded(code, found["title"], Form.RUNNING, letters, _numbers(code), known=True, marked=_is_marked(found))
    return Coded(code, found["title"], Form.OWN, "", _numbers(code), letters, True, _is_marked(found))


def _is_year(code: str) -> bool:
    return _YEAR.search(code) is not None or _numbers(code)[0] in _YEARS


def _numbered(found: regex.Match[str], word: str) -> Coded | None:
    """A number with the document's word before it, or a number alone."""
    number, title = found["number"], found["title"]
    item = _last(word) in words("items") or found["open"] is not None
    known = _is_known(word) or bool(found["nr"])
    if _is_dated(found, word) or (_is_other(word) and not known and not item):
        return None
    if (_last(word) in _banned() and not item) or ("/" in number and word and not known):
        return None  # "Side 4 …", "Kvartalsrapport 2/2031"
    if not word and not found["nr"] and not title:
        return None  # a number alone on its line
    marked = _is_marked(found)
    if item:
        return Coded("", title, Form.ITEM, word, _numbers(number), known=True, marked=marked)
    long = sum(map(str.isdigit, number)) > 2
    if not word and not found["nr"]:
        return Coded(number, title, Form.NUMBER, "", _numbers(number), marked=marked)
    if word and long:  # "Projekt 3145": a number of its own
        return Coded(number, title, Form.NUMBER, word, _numbers(number), known=known, marked=marked)
    whole = found[0][: found.end("number")]
    return Coded(whole, title, Form.RUNNING, word, _numbers(number), known=known, marked=marked)


def _is_dated(found: regex.Match[str], word: str) -> bool:
    """Whether a number is a year, a date, an amount, or a journal's: "30/9 …", "Sagsnr. 25/11"."""
    number = found["number"]
    if _YEAR.fullmatch(number[:4]) or _AMOUNT.fullmatch(number) or _DATE.fullmatch(number):
        return True
    journal = found["nr"] is not None or not word or not fold_accents(found["word"]).endswith(word)
    return journal and len(number.partition("/")[2]) == len("27")


def _is_other(word: str) -> bool:
    """Whether a word before a number names a street, or where something lies: "Kirkegade 1", "Jord ved afkørsel 61"."""
    return _last(word).endswith(words("streets")) or not set(word.split()[1:]).isdisjoint(words("openers"))


def _lettered(plain: str) -> Coded | None:
    """A known word, or one that numbers parts, with a letter for a number: "Forslag A: …", "Mulighed B – …"."""
    found = _LETTERED.fullmatch(plain)
    word = fold_accents(found["word"]) if found is not None else ""
    if found is None or not (_is_known(word) or word in words("parts")) or not _opens_title(found["title"]):
        return None
    letter = found["letter"]
    number = _roman(letter) if set(letter) <= set(_ROMAN) else ord(letter) - ord("A") + 1
    return Coded(found["code"], found["title"], Form.RUNNING, word, (number,), known=_is_known(word), marked=True)


def _roman(number: str) -> int:
    """The value of a number in Roman figures."""
    values = [_ROMAN[figure] for figure in number]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _behind(plain: str) -> Coded | None:
    """A code of its own, or a known word's number, behind the title: "Færre møder (KF-3)", "Færre møder, nr. 3"."""
    found = _BEHIND.fullmatch(plain) if plain[-1] in ")]" or plain[-1].isdigit() else None
    said = found["code"] if found is not None else ""
    inner = _CODED.fullmatch(said) or _CODED.fullmatch(f"{said[:1].upper()}{said[1:]}")
    if (lot := _lot(plain, said)) is not None:
        return lot
    if found is None or inner is None or inner["title"]:
        return None
    word = fold_accents(inner["word"] or "")
    running = inner["own"] is None and (inner["nr"] is not None or word in _known())
    coded = _own(inner, word) if inner["own"] is not None else _numbered(inner, word) if running else None
    return None if coded is None or not coded.code else replace(coded, title=found["title"])


def _lot(plain: str, said: str) -> Coded | None:
    """A number of many figures alone in brackets, of a piece of land or a project: "Fjordparken (002220)"."""
    if _LOT.fullmatch(said) is None or _YEAR.fullmatch(said):
        return None
    return Coded(said, plain[: plain.rindex(said)].rstrip(" (["), Form.NUMBER, "", (int(said),))


def _is_marked(found: regex.Match[str]) -> bool:
    return regex.search(r"[:–—|·…]|//|\.{3}|\s-\s", found["parted"]) is not None


def _last(word: str) -> str:
    return word.split()[-1] if word else ""


def _numbers(code: str) -> tuple[int, ...]:
    """The numbers of a code; a letter behind one counts as its place in the alphabet ("3.b")."""
    number, _, year = code.partition("/")
    if len(year) in (2, 4) and number.isdigit():  # "12/2027", "5/26", the twelfth and the fifth of a year
        return int(year), int(number)
    found = regex.findall(r"\d+|(?<=\d\.?)\p{Ll}(?!\p{L})", code)
    return tuple(int(part) if part.isdigit() else ord(part) - ord("a") + 1 for part in found)


def split_code(text: str) -> tuple[str | None, str]:
    """(code, title) of a title line: "BC41 Ny telefoni" is ("BC41", "Ny telefoni"); code None where there is none."""
    plain = " ".join(text.split())
    found = read_code(plain)
    if found is None:
        return None, plain
    return found.code or None, found.title.strip()
