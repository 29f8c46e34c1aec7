"""The sheet of the auditors' words on structure, with room for new ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from publish.review.reach import Said
from publish.review.structure import KINDS, NoError, Same, Total, Word
from publish.review.words import check_name
from publish.sheets.context import Context
from publish.sheets.model import Kind, Sheet, Value

#: The columns that people fill in, in their order; `publish.review.words_workbook` reads them back.
FIELDS = (
    "word_case",
    "word_table",
    "word_row",
    "word_kind",
    "word_parts",
    "word_minus",
    "word_other_table",
    "word_other_row",
    "word_check",
    "note",
    "decided_by",
)
_EMPTY = 20  # rows for new words


def structure(context: Context, words: Sequence[Said]) -> Sheet:
    """One row a word, then empty ones."""
    kinds = tuple(context.say(f"word.kind_{kind}") for kind in KINDS.values())
    columns = [
        context.column(code, Kind.DECISION, kinds) if code == "word_kind" else context.column(code, Kind.FREE)
        for code in FIELDS
    ]
    columns.append(context.column("reach", Kind.COUNT))
    return Sheet("structure", context.say("sheet.structure"), tuple(columns), lambda: _rows(context, words), frozen=1)


def _rows(context: Context, words: Sequence[Said]) -> Iterator[Sequence[Value]]:
    for said in words:
        own = {"word_kind": context.say(f"word.kind_{said.kind}"), **_fields(said.word, context.language)}
        yield [*(own.get(field) for field in FIELDS), said.reach]
    for _ in range(_EMPTY):
        yield [None] * (len(FIELDS) + 1)


def _fields(word: Word, language: str) -> dict[str, str]:
    """What the word says, by the fields that it says it in."""
    own = {"word_case": word.case, "word_table": word.table, "note": word.note, "decided_by": word.who}
    match word:
        case Total(row=row, parts=parts, minus=minus):
            return own | {"word_row": row, "word_parts": "\n".join(parts), "word_minus": "\n".join(minus)}
        case Same(row=row, other_table=table, other_row=other):
            return own | {"word_row": row, "word_other_table": table, "word_other_row": other}
        case NoError(row=row, check=check):
            return own | {"word_row": row, "word_check": check_name(check, language)}
