"""Words on structure that were written in the workbook's sheet, taken over into the file beside the data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from publish.review.structure import KINDS, Structure, Word, add, key, structure
from publish.review.workbook import WorkbookError, rows_below
from publish.sheets.structure import FIELDS
from publish.texts import LANGUAGES, catalogue
from reconcile.models import Check

#: What a word of each kind cannot be without.
_NEEDED = {"total": ("word_row", "word_parts"), "same": ("word_row", "word_other_row"), "no_error": ("word_check",)}


def words_of(workbook: Path) -> list[Word]:
    """The words of the sheet, in its order; none where the workbook has no such sheet.

    Raises WorkbookError where a row says something of no kind, or leaves out what its kind needs.
    """
    return [
        _word(number, row) for number, row in rows_below(workbook, FIELDS) or () if any(v.strip() for v in row.values())
    ]


def keep(words: list[Word], out: Path) -> int:
    """Adds what was not said before; says how many that were.  Raises StructureError where the file cannot be read."""
    known = {key(word) for word in structure(out).words()}
    new = {key(word): word for word in words if key(word) not in known}
    for word in new.values():
        add(out, word)
    return len(new)


def _word(number: int, row: Mapping[str, str]) -> Word:
    said = {name: text.strip() for name, text in row.items()}
    kind = _KINDS.get(said["word_kind"].casefold())
    if kind is None:
        raise WorkbookError(f"{number}: {said['word_kind'][:80]!r}")
    missing = [catalogue("da")[f"column.{name}"] for name in _NEEDED[kind] if not said[name]]
    if missing:
        raise WorkbookError(f"{number}: {', '.join(missing)}")
    common = {"case": said["word_case"], "table": said["word_table"], "note": said["note"], "who": said["decided_by"]}
    match kind:
        case "total":
            rows = {"row": said["word_row"], "parts": _lines(said["word_parts"]), "minus": _lines(said["word_minus"])}
        case "same":
            other = {"other_table": said["word_other_table"], "other_row": said["word_other_row"]}
            rows = {"row": said["word_row"], **other}
        case _:
            rows = {"row": said["word_row"], "check": _check(said["word_check"], number)}
    try:
        made = Structure.model_validate({kind: [common | rows]})  # one way in for what people write
    except ValidationError as error:
        raise WorkbookError(f"{number}: {error.errors()[0]['msg']}") from error
    return made.words()[0]


_KINDS = {catalogue(lang)[f"word.kind_{kind}"].casefold(): kind for lang in LANGUAGES for kind in KINDS.values()}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _check(said: str, number: int) -> str:
    names = {catalogue(lang)[f"check.{c}"].casefold(): str(c) for lang in LANGUAGES for c in Check}
    names |= {str(c): str(c) for c in Check}
    try:
        return names[said.casefold()]
    except KeyError:
        raise WorkbookError(f"{number}: {said[:80]!r}") from None
