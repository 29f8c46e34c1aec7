"""The fields on a document's lines: labels with their values behind them, beside them or below.

In: the rows of a document (`FormRow`).  Out: for each row its field's name and value, or None.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import takewhile

import regex

from lexicon.folding import fold_accents
from lexicon.lines import ends_open, ends_sentence
from normalize.cases.codes import read_code
from normalize.cases.naming import is_fact, is_journal, is_office, is_paper, is_row, is_section, is_strong_title
from normalize.forms.labels import match_label
from normalize.forms.lines import is_banner
from normalize.forms.rows import FormRow

VALUE = ("", "")  # the field of a line that is the value of the label above it
_NAMED = regex.compile(r"(?P<label>\p{Lu}[\p{L}.-]*(?: [\p{L}.-]+){0,2}): (?P<value>[\p{Lu}\d].*)")
_SECOND = regex.compile(r"\s\p{Lu}[\p{L}.-]*(?: \p{Ll}[\p{L}.-]*){0,2}: \S")
_WORDS = regex.compile(r"\p{Lu}\p{Ll}+(?: \p{Ll}+)*")
_SUBJECT = regex.compile(r"[Vv]edr\.?\s")  # the only label that stands before words of any case
_LABEL_WORDS = 3
_NEAR = 2  # rows within which another field makes a field of a row that is none by itself
_FORM_ROWS = 6  # likewise in a form's grid
_SHORT_VALUE = 90  # characters of a field's value that stands on the line below its label


def fields_of(rows: Sequence[FormRow], figures: Collection[int]) -> list[tuple[str, str] | None]:
    """The field on each row: with a colon or a gap behind its label, or amid other such rows with neither.

    A label alone on its row has its value on the next one, which is then no line of its own (`("", "")`).
    """
    open_to = [row.block not in figures or (len(row.segments) == 1 and ":" in row.text) for row in rows]
    known = [_field(row) if o else None for row, o in zip(rows, open_to, strict=True)]
    sure = [field or named for field, named in zip(known, _named_fields(rows, open_to, known), strict=True)]
    return _with_values_below(rows, _amid_fields(rows, sure, open_to), open_to)


def _amid_fields(
    rows: Sequence[FormRow], sure: Sequence[tuple[str, str] | None], open_to: Sequence[bool]
) -> list[tuple[str, str] | None]:
    """The fields, and the rows near others that are fields only beside them: no colon, or a label that nobody knows."""
    free = [o and f is None for f, o in zip(sure, open_to, strict=True)]
    loose = [loose_field(row.text) if f and not row.grid else None for row, f in zip(rows, free, strict=True)]
    out = list(sure)
    for n, row in enumerate(rows):
        near = [k for k in _around(n, rows) if abs(k - n) <= _NEAR]
        found = loose[n]
        if found is not None and (_says_so(found, row.text) or any(sure[k] or loose[k] for k in near)):
            out[n] = found
        elif (
            free[n] and len(row.segments) == 2 and any(sure[k] and rows[k].block == row.block for k in _around(n, rows))
        ):
            out[n] = _unknown_field(row)
    return out


def _around(n: int, rows: Sequence[FormRow]) -> list[int]:
    """The rows near the one at `n`."""
    return [k for k in range(max(0, n - _FORM_ROWS), min(len(rows), n + _FORM_ROWS + 1)) if k != n]


def _named_fields(
    rows: Sequence[FormRow], open_to: Sequence[bool], known: Sequence[tuple[str, str] | None]
) -> list[tuple[str, str] | None]:
    """Labels that no list knows, with a colon and a short value: where the value can be nothing else, or where the same
    label stands below other lines of heads in the document, or such a line or a `known` field right beside it."""
    found = [_named_field(row) if o else None for row, o in zip(rows, open_to, strict=True)]
    below = [n > 0 and not rows[n - 1].grid and not ends_sentence(rows[n - 1].text) for n in range(len(rows))]
    again = Counter(f[0] for f, b in zip(found, below, strict=True) if f is not None and b)
    told = [row.block if f or k else None for row, f, k in zip(rows, found, known, strict=True)]
    beside = [
        row.block in (above, under) for row, above, under in zip(rows, [None, *told], [*told[1:], None], strict=False)
    ]
    return [
        ("other", f[1]) if f is not None and (_is_plain(f[1]) or (b and again[f[0]] > 1) or s) else None
        for f, b, s in zip(found, below, beside, strict=True)
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


def _says_so(field: tuple[str, str], text: str) -> bool:
    """Whether a field says so itself: its value is an office or a journal number, or its label a title's only."""
    name, value = field
    told = (name == "case_number" and is_journal(value)) or (name == "title" and is_strong_title(text))
    return is_office(value) or told


def _unknown_field(row: FormRow) -> tuple[str, str] | None:
    """A row of two cells amid a form's fields: its label is none that the vocabulary knows."""
    label, value = (s.text.strip() for s in row.segments)
    told = regex.fullmatch(r"\p{Lu}[\p{L} ./-]{2,40}:?", label) is not None
    return ("other", value) if told and value and not is_section(label) else None


def _with_values_below(
    rows: Sequence[FormRow], fields: Sequence[tuple[str, str] | None], open_to: Sequence[bool]
) -> list[tuple[str, str] | None]:
    """The fields, those alone on their rows with the values that follow: a value each, or all labels and then all
    values, as a form of two columns is read down its columns."""
    out = list(fields)

    def is_value(k: int) -> bool:
        value = rows[k].text
        short = len(value) < _SHORT_VALUE and not value[:1].islower() and not is_section(value)
        return out[k] is None and short and bool(open_to[k])

    n = 0
    while n < len(out):
        labels = list(takewhile(lambda k: _is_bare(out[k]), range(n, len(out))))
        values = list(takewhile(is_value, range(n + len(labels), min(n + 2 * len(labels), len(out)))))
        if len(labels) == 1 or len(values) < len(labels):  # else only the last label has its value below
            labels, values = labels[-1:], values[:1]
        for label, value in zip(labels, values, strict=False):
            out[label], out[value] = ((out[label] or VALUE)[0], rows[value].text), VALUE
        n = max([n, *labels, *values]) + 1
    return out


def _is_bare(field: tuple[str, str] | None) -> bool:
    """Whether a field is a label alone on its row, whose value is a line."""
    return field is not None and not field[1] and field[0] not in ("", "summary", "affected")


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
        opens = not rest or regex.match(r"[\p{Lu}\d]", rest) or _SUBJECT.match(text)
        if label is not None and not label[1] and opens:
            return label[0], rest
    return None
