"""The lines that may open a case: a banner, a title field or a coded heading.

In: the document as form rows.  Out: `Opening`s in print order: "INVESTERINGSFORSLAG", "Forslagets titel: …",
"Forslag 7: …".
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extract.records import record
from lexicon.folding import fold_accents
from lexicon.lines import ends_open
from normalize.cases.codes import split_code
from normalize.forms.labels import match_label
from normalize.forms.lines import is_banner
from normalize.forms.rows import FormRow, join

_LONGEST_TITLE = 300
FORM_REACH = 14  # rows below a heading within which its form must begin
_STRONG_TITLE = regex.compile(r"(?:forslag|projekt|case)\w*\s+(?:titel|navn)|titel på|navn på|(?:projekt|case)titel")


@record
class Opening:
    """A line that may open a case: `row` is its index among the form rows."""

    row: int
    block: int
    kind: str  # banner, title, coded
    code: str | None = None
    title: str | None = None


def find_openings(rows: Sequence[FormRow]) -> list[Opening]:
    """Every line that may open a case, in print order."""
    out: list[Opening] = []
    for n, row in enumerate(rows):
        text = row.text.strip()
        code, title = split_code(text) if len(text) < _LONGEST_TITLE and text[:1].isupper() else (None, text)
        if text[:1].isupper() and is_banner(text) and (row.heading or _stands_alone(rows, n)):
            out.append(Opening(n, row.block, "banner", code))
            continue
        found = match_label(text, colon=not row.grid) or parted_label(row)
        if found is not None and found[0] == "title" and _is_title_field(rows, n):
            value = _title_value(rows, n, found[1])
            code, title = split_code(value)
            out.append(Opening(n, row.block, "title", code, title or None))
        elif code is not None and _titles(rows, n):
            out.append(Opening(n, row.block, "coded", code, _whole_title(rows, n, title) or None))
    return out


def _whole_title(rows: Sequence[FormRow], n: int, title: str) -> str:
    """The title at row `n` with the paragraph's next line, where it breaks off amid a phrase or that begins small."""
    below = rows[n + 1] if n + 1 < len(rows) else None
    if below is None or below.block != rows[n].block or below.grid:
        return title
    return join((title, below.text)) if ends_open(title) or below.text[:1].islower() else title


def parted_label(row: FormRow) -> tuple[str, str] | None:
    """The field of a label that a wide gap, and no colon, parts from its value."""
    if len(row.segments) != 2 or not regex.search(r"\p{L}{2}", row.segments[1].text):
        return None
    found = match_label(row.segments[0].text, colon=False)
    value = row.segments[1].text
    return (found[0], value) if found is not None and not found[1] and match_label(value, colon=False) is None else None


def _titles(rows: Sequence[FormRow], n: int) -> bool:
    """Whether a coded line stands as a title: a heading, a paragraph of its own, or the first row of a form's grid."""
    row = rows[n]
    if row.grid:
        return len(row.segments) <= 2 and (n == 0 or rows[n - 1].block != row.block) and has_form(rows, n, len(rows))
    return row.heading or _stands_alone(rows, n)


def _is_title_field(rows: Sequence[FormRow], n: int) -> bool:
    """Whether the title label at row `n` is a form's: a label that can be nothing else, or other fields near by."""
    row = rows[n]
    titled = row.heading and match_label(row.text, colon=False) != ("title", "")  # "Forslag: Færre vikarer"
    strong = _STRONG_TITLE.match(fold_accents(row.text)) is not None
    below = n + 1 < len(rows) and parted_label(rows[n + 1]) is not None
    above = n > 0 and parted_label(rows[n - 1]) is not None
    return titled or strong or below or above or has_form(rows, n, len(rows))


def _title_value(rows: Sequence[FormRow], n: int, value: str) -> str:
    """The field's value, from the next row where the label stands alone."""
    if value or n + 1 >= len(rows) or match_label(rows[n + 1].text):
        return value
    return rows[n + 1].text


def _stands_alone(rows: Sequence[FormRow], n: int) -> bool:
    """Whether a line of running text is a paragraph of its own (of two lines at most)."""
    block = rows[n].block
    return (n == 0 or rows[n - 1].block != block) and sum(r.block == block for r in rows[n : n + 4]) <= 2


def has_form(rows: Sequence[FormRow], n: int, stop: int) -> bool:
    """Whether a field of a form opens within reach below row `n`."""
    for row in rows[n + 1 : min(n + 1 + FORM_REACH, stop)]:
        found = match_label(row.segments[0].text, colon=not (row.grid or len(row.segments) > 1))
        if found is not None and found[0] in ("summary", "administrations", "affected", "price_level", "code"):
            return True
    return False
