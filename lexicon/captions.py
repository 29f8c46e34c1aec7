"""Captions of tables and figures, taken apart; notes below a table."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from lexicon.data import CaptionsData, alternatives, load

LONGEST_CAPTION = 250  # characters
_NOTE_HEAD = 80  # characters of a note in which it says that it speaks of every table


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption taken apart; `label` is "Tabel 1" without its full stop, None where the text is no caption."""

    label: str | None
    title: str | None


@cache
def _data() -> CaptionsData:
    return load("captions", CaptionsData)


@cache
def _caption() -> re.Pattern[str]:
    # behind the number a mark, the text's end or a capital: "Tabel 1 viser …" is a sentence
    return re.compile(
        rf"\W{{0,3}}(?P<label>(?i:{alternatives(_data().words)})\s*(?:nr\.?\s*)?"
        r"(?:\d{1,3}(?:\.\d{1,2}){0,2}\s?[a-z]?|[A-ZÆØÅ]\d?|[a-z](?=\s*[.:])|[IVXivx]{1,4}(?=\s*[.:–-]|\s*$))(?:\.\d{1,2})?)(?![\w])"
        r"(?:\s*[.:–—-]+|\s*\)|\s*$|\s+(?=[A-ZÆØÅ”\"'»(\d]))\s*(?P<title>.*)$",
        re.DOTALL,
    )


@lru_cache(maxsize=8192)
def split_caption(text: str) -> Caption:
    """A caption taken apart: "Tabel 3 . Investeringer i forslaget" is ("Tabel 3", "Investeringer i forslaget")."""
    plain = " ".join(text.split())
    match = _caption().match(plain)
    if match is None:
        return Caption(None, plain or None)
    label = re.sub(r"\s+", " ", match["label"]).strip(" .")
    return Caption(label, match["title"].strip(" :–—") or None)


def is_caption(text: str) -> bool:
    """Whether a line is a table's or a figure's caption: "Tabel 2. Varige ændringer", "Skema 1.", "Table C. …"."""
    return len(text) <= LONGEST_CAPTION and split_caption(text).label is not None


@cache
def _continued() -> re.Pattern[str]:
    return re.compile(rf"\b{alternatives(_data().continued)}(?!\w)", re.IGNORECASE)


def is_continued_caption(text: str) -> bool:
    """Whether a line is the caption of a table that goes on: "Tabel 1 (fortsat)"."""
    return is_caption(text) and _continued().search(text) is not None


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"\s*{alternatives(_data().notes)}", re.IGNORECASE)


def belongs_to_table(text: str) -> bool:
    """Whether a line is a table's caption or a note to tables, and so no text of its own."""
    return is_caption(text) or is_note(text) or is_note_to_all(text)


@cache
def _note_to_all() -> re.Pattern[str]:
    return re.compile(alternatives(_data().notes_to_all), re.IGNORECASE)


def is_note(text: str) -> bool:
    """Whether it opens a note that belongs under a table ("Note: …", "* …", "1) …"), not one to all tables."""
    return _note().match(text) is not None and not is_note_to_all(text)


def is_note_to_all(text: str) -> bool:
    """Whether it is a note that speaks of every table of the case."""
    return _note_to_all().search(text[:_NOTE_HEAD]) is not None


_MARKER = re.compile(r"\d{1,2}\)|\*{1,3}")


def is_marker(text: str) -> bool:
    """Whether a word is a footnote's marker and nothing else: "1)", "**"."""
    return _MARKER.fullmatch(text) is not None
