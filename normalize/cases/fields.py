"""The fields on a document's lines: labels with their values behind them, beside them or below.

In: the rows of a document (`FormRow`).  Out: for each row its field's name and value, or None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache

import regex

from lexicon.folding import fold_accents
from lexicon.lines import ends_open, ends_sentence
from normalize.cases.codes import read_code
from normalize.cases.naming import is_fact, is_journal, is_office, is_paper, is_row, is_section
from normalize.forms.labels import match_label
from normalize.forms.lines import is_banner
from normalize.forms.rows import FormRow

VALUE = ("", "")  # the field of a line that is the value of the label above it
_NAMED = regex.compile(r"(?P<label>\p{Lu}[\p{L}.-]*(?: [\p{L}.-]+){0,2}): (?P<value>[\p{Lu}\d].*)")
_SECOND = regex.compile(r"\s\p{Lu}[\p{L}.-]*(?: \p{Ll}[\p{L}.-]*){0,2}: \S")
_WORDS = regex.compile(r"\p{Lu}\p{Ll}+(?: \p{Ll}+)*")
_LABEL_WORDS = 3
_SHORT_VALUE = 90  # characters of a field's value that stands on the line below its label


def fields_of(rows: Sequence[FormRow], figures: Collection[int]) -> list[tuple[str, str] | None]:
    """The field on each row: with a colon or a gap behind its label, or amid other such rows with neither.

    A label alone on its row has its value on the next one, which is then no line of its own (`("", "")`).
    """
    open_to = [row.block not in figures or (len(row.segments) == 1 and ":" in row.text) for row in rows]
    named = _named_fields(rows, open_to)
    sure = [(_field(row) or f) if o else None for row, o, f in zip(rows, open_to, named, strict=True)]
    return _with_values_below(rows, _amid_fields(rows, sure, open_to), open_to)


def _amid_fields(
    rows: Sequence[FormRow], sure: Sequence[tuple[str, str] | None], open_to: Sequence[bool]
) -> list[tuple[str, str] | None]:
    """The fields, and the rows near others that are fields only beside them: no colon, or a label that nobody knows."""
    free = [o and f is None for f, o in zip(sure, open_to, strict=True)]
    loose = [loose_field(row.text) if f and not row.grid else None for row, f in zip(rows, free, strict=True)]
    out = list(sure)
    for n, row in enumerate(rows):
        near = [k for k in (n - 2, n - 1, n + 1, n + 2) if 0 <= k < len(rows)]
        found = loose[n]
        if found is not None and (_says_so(found) or any(sure[k] or loose[k] for k in near)):
            out[n] = found
        elif free[n] and len(row.segments) == 2 and any(sure[k] and rows[k].block == row.block for k in near):
            out[n] = _unknown_field(row)
    return out


def _named_fields(rows: Sequence[FormRow], open_to: Sequence[bool]) -> list[tuple[str, str] | None]:
    """Labels that no list knows, with a colon and a short value: where the value can be nothing else, or where the same
    label stands below other lines of heads in the document."""
    found = [_named_field(row) if o else None for row, o in zip(rows, open_to, strict=True)]
    below = [n > 0 and not rows[n - 1].grid and not ends_sentence(rows[n - 1].text) for n in range(len(rows))]
    again = Counter(f[0] for f, b in zip(found, below, strict=True) if f is not None and b)
    return [
        ("other", f[1]) if f is not None and (_is_plain(f[1]) or (b and again[f[0]] > 1)) else None
        for f, b in zip(found, below, strict=True)
    ]


def _is_plain(value: str) -> bool:
    """Whether a value can be no title: an office, a date, a journal number, or one with another label behind it."""
    return is_office(value) or is_fact(value) or _SECOND.search(value) is not None


def _named_field(row: FormRow) -> tuple[str, str] | None:
    """Label and value of a line that may be a field of a label that no list knows."""
    text = " ".join(row.text.split())
    if len(text) >= _SHORT_VALUE or (row.heading and row.size):
        return None
    if (office := _office_behind(text)) is not None:
        return office
    found = _NAMED.fullmatch(text)
    if found is None or ends_sentence(text) or read_code(text) is not None or is_section(found["label"]):
        return None
    label = found["label"]
    return None if is_banner(label) or is_paper(label) or is_row(text) else (fold_accents(label), found["value"])


def _office_behind(text: str) -> tuple[str, str] | None:
    """A label of a word or two and the office behind it, with a blank between: "Puljens ejer Økonomiudvalget"."""
    parts = text.split()
    for cut in range(1, min(_LABEL_WORDS, len(parts) - 1) + 1):
        label, value = " ".join(parts[:cut]), " ".join(parts[cut:])
        plain = not ends_open(label) and _WORDS.fullmatch(label) is not None
        if plain and value[:1].isupper() and is_office(value) and not is_paper(label):
            return fold_accents(label), value
    return None


def _says_so(field: tuple[str, str]) -> bool:
    """Whether a value can be nothing else than its label says: an office, a journal number ("Sagsnr. 24/1182")."""
    name, value = field
    return is_office(value) or (name == "case_number" and is_journal(value))


def _unknown_field(row: FormRow) -> tuple[str, str] | None:
    """A row of two cells amid a form's fields: its label is none that the vocabulary knows."""
    label, value = (s.text.strip() for s in row.segments)
    told = regex.fullmatch(r"\p{Lu}[\p{L} ./-]{2,40}:?", label) is not None
    return ("other", value) if told and value and not is_section(label) else None


def _with_values_below(
    rows: Sequence[FormRow], fields: Sequence[tuple[str, str] | None], open_to: Sequence[bool]
) -> list[tuple[str, str] | None]:
    """The fields, those alone on their row with the value that stands on the next one."""
    out = list(fields)
    for n, found in enumerate(out[:-1]):
        value = rows[n + 1].text
        if found is None or found[1] or out[n + 1] is not None or found[0] in ("summary", "affected"):
            continue
        if len(value) < _SHORT_VALUE and not value[:1].islower() and open_to[n + 1] and not is_section(value):
            out[n], out[n + 1] = (found[0], value), VALUE
    return out


def _field(row: FormRow) -> tuple[str, str] | None:
    first = row.segments[0].text
    if row.grid and len(row.segments) > 2:
        return None
    found = match_label(row.text, colon=not row.grid)
    if found is None and len(row.segments) == 2:
        alone = match_label(first, colon=False)
        found = (alone[0], row.segments[1].text) if alone is not None and not alone[1] else None
    return found


@lru_cache(maxsize=4096)
def loose_field(text: str) -> tuple[str, str] | None:
    """A label of the forms with its value behind it and only a blank between: "Udvalg Teknisk Udvalg"."""
    coded = read_code(text)
    if len(text) > 100 or text.isupper() or (coded is not None and coded.title):
        return None
    parts = text.split()
    for cut in range(1, min(4, len(parts)) + 1):
        label = match_label(" ".join(parts[:cut]).rstrip("."), colon=False)
        rest = " ".join(parts[cut:])
        if label is not None and label[0] == "code" and coded is not None:
            return None
        if label is not None and not label[1] and (not rest or regex.match(r"[\p{Lu}\d]", rest)):
            return label[0], rest
    return None
