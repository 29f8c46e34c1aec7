"""An auditor's word on structure as a sentence, and where it holds."""

from __future__ import annotations

from collections.abc import Sequence

from publish.review.structure import NoError, Same, Total, Word
from publish.texts import has, say


def sentence(word: Word, language: str) -> str:
    """What is said, of rows as they are printed."""
    match word:
        case Total(row=row, parts=parts, minus=()):
            return say(language, "word.total", row=row, parts=_listed(parts, language))
        case Total(row=row, parts=parts, minus=minus):
            return say(
                language, "word.total_less", row=row, parts=_listed(parts, language), minus=_listed(minus, language)
            )
        case Same(row=row, other_row=other_row):
            return say(language, "word.same", row=row, other_row=other_row)
        case NoError(check=check):
            return say(language, "word.no_error", check=check_name(check, language))


def scope(word: Word, language: str) -> str:
    """Where it holds: the case, the table and the row that it names, everywhere where it names none."""
    named = [("case", word.case)]
    match word:
        case Same():
            named += [("table", word.other_table), ("other_table", word.table)]
        case NoError():
            named += [("table", word.table), ("row", word.row)]
        case Total():
            named += [("table", word.table)]
    told = [say(language, f"word.{what}", name=name) for what, name in named if name]
    return ", ".join(told) or say(language, "word.everywhere")


def check_name(check: str, language: str) -> str:
    """The check as the report calls it; as it is written where there is no such check."""
    return say(language, f"check.{check}") if has(f"check.{check}") else check


def _listed(rows: Sequence[str], language: str) -> str:
    return ", ".join(say(language, "word.quoted", name=row) for row in rows)
