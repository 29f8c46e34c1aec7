"""The form at the head of a case: title, code, resumé, administrations, tick boxes, budget round, price level.

In: the blocks of one case's head, as lines of segments (`FormRow`), whatever they came as: running text, two columns of
a page, or a ruled grid of words.  Out: `Form`, with `None` or empty tuples for what the print does not say.
A label may be cut over lines ("Berørte forvaltnin-/ger:") and its value may stand on the same line or below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import cache
from itertools import pairwise

import regex

from extract.models import Place
from extract.records import record
from lexicon.folding import fold_accents
from lexicon.years import YEAR
from normalize.forms.levels import side_by_side
from normalize.forms.lines import is_banner, round_of
from normalize.forms.rows import CUT, NEAR, FormRow, join
from normalize.forms.values import LAST_PART, MARK, Value, read_values
from normalize.vocabulary.forms import words
from normalize.vocabulary.load import load

_BETWEEN_NAMES = regex.compile(r"\s*(?:,|og|samt|,\s*og)\s*")
_SHORT = 70  # characters of a line of a head that is no text
_PART = r"\p{Lu}[\p{L}\p{M}.]*"
_NAME = regex.compile(r"\p{Lu}[\p{L}\p{M},&/. -]{2,70}(?<![.,])")
_ADMINISTRATION = regex.compile(
    rf"(?:{_PART}-,\s+)*(?:{_PART}-\s+og\s+)?{_PART}(?:forvaltning|magistrat|magistratsafdeling)(?:en)?\b"
)
_BLANK = Value("", ())


@record
class Form:
    """What the head of a case says.  `blocks` are the indices of the blocks that hold nothing but the form."""

    summary: str | None = None
    administrations: tuple[str, ...] = ()
    affected: tuple[str, ...] | None = None
    budget_round: str | None = None
    confidential: bool = False
    price_level: int | None = None
    price_level_place: Place | None = None
    blocks: frozenset[int] = field(default_factory=frozenset)


@cache
def _known_administrations() -> dict[str, tuple[str, ...]]:
    """Canonical names by the folded last part of each: "ungdomsforvaltningen" → ("Børne- og Ungdomsforvaltningen",)."""
    table = load("administrations").get("administration", [])
    out: dict[str, tuple[str, ...]] = {}
    for entry in table if isinstance(table, list) else []:
        name = str(entry["name"])
        out[fold_accents(name.split()[-1])] = (*out.get(fold_accents(name.split()[-1]), ()), name)
    return out


def administrations_in(text: str) -> list[tuple[int, str]]:
    """(offset, canonical name) of every administration named in `text`, in print order.

    A name that the vocabulary does not know is given as printed; hyphens at line ends are undone.
    """
    found: list[tuple[int, str]] = []
    for match in LAST_PART.finditer(text):
        full = next((m for m in _ADMINISTRATION.finditer(text, 0, match.end()) if m.end() == match.end()), match)
        start = full.start()
        printed = " ".join(full[0].split())
        known = _known_administrations().get(fold_accents(match[0]), ())
        cut = len(known) == 1 and printed == match[0] and known[0].split()[0] in text
        name = known[0] if cut else printed
        found.append((start, name))
    return found


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _by_columns(value: Value) -> str:
    """The value's text read column by column, so that a name cut over two lines of its column comes whole.

    Each cut is a hyphen or an "og" at a line's end; columns are segments with the same left edge.
    """
    placed = [(s.x0, s.text) for s in value.segments if s.x0 is not None]
    # marks may stand in a column of their own, left of their names: then rows are the safer order
    if len(placed) < len(value.segments) or any(not MARK.sub("", text).strip() for _, text in placed):
        return CUT.sub("", " ".join(s.text for s in value.segments))
    columns: dict[float, list[str]] = {}
    for x0, text in placed:
        left = next((x for x in columns if abs(x - x0) <= NEAR), x0)
        columns.setdefault(left, []).append(text)
    return " ".join(map(join, columns.values()))


def read_affected(value: Value) -> tuple[str, ...] | None:
    """The administrations that a list of tick boxes ticks, or that a sentence names; None where nothing says which.

    A list of names without any box or cross (they were lost, or nobody ticked) says nothing.
    """
    text = _by_columns(value)
    names = administrations_in(text)
    marks = [(m.start(), m["on"] is not None) for m in MARK.finditer(text)]
    if not marks:
        return _listed(text, names)
    if not names:
        return ()
    before = marks[0][0] < names[0][0] or marks[-1][0] < names[-1][0]
    starts = [start for start, _ in names]
    edges = [-1, *starts] if before else [*starts, len(text)]  # each name's marks stand between two of these
    ticked = []
    for n, (_, name) in enumerate(names):
        mine = [on for at, on in marks if edges[n] < at < edges[n + 1]]
        if mine and mine[-1 if before else 0]:
            ticked.append(name)
    return _unique(ticked)


def _listed(text: str, names: Sequence[tuple[int, str]]) -> tuple[str, ...] | None:
    """The administrations that a sentence names; None where more than commas and "og" stands between them."""
    if not names or not all(map(_BETWEEN_NAMES.fullmatch, _gaps(text, names))):
        return None
    return _unique(name for _, name in names)


def _gaps(text: str, names: Sequence[tuple[int, str]]) -> Iterator[str]:
    """What stands between the names."""
    for (a, first), (b, _) in pairwise(names):
        end = text.find(first.split()[-1], a)
        yield text[end + len(first.split()[-1]) : b] if end >= 0 else "?"


def read_administrations(value: Value) -> tuple[str, ...]:
    """The administrations a field names; a short value without a name that ends in "forvaltning" is taken as it is.

    Its commas part nothing: "Teknik, Plan og Miljø" is one administration.
    """
    text = _by_columns(value)
    names = _unique(name for _, name in administrations_in(text))
    if names or not text.strip() or len(text) > 120:
        return names
    return _unique(part.strip() for part in regex.split(r"[;/]", text) if part.strip())


def _proposer(administrations: Value | None, proposer: Value | None, field_of_work: Value | None) -> tuple[str, ...]:
    """Who proposes the case: the administrations named as such, or by who asks, else the field of work where it is a
    name."""
    named = read_administrations(administrations) if administrations is not None else ()
    if not named and proposer is not None:
        named = _unique(name for _, name in administrations_in(proposer.text))
    if named or field_of_work is None or not _NAME.fullmatch(field_of_work.text):
        return named
    return read_administrations(field_of_work)


def _split_ticks(value: Value) -> tuple[Value, Value]:
    """A value's rows before the first tick box, and those from it on."""
    at = next((n for n, row in enumerate(value.rows) if any(MARK.search(s.text) for s in row)), len(value.rows))
    return Value(value.name, value.rows[:at]), Value("affected", value.rows[at:])


def read_form(rows: Sequence[FormRow]) -> Form:
    """The form that the rows of a case's head hold."""
    rows = side_by_side(rows)
    values, used = read_values(rows)
    by_name = _by_name(values)
    level, level_place = _price_level(by_name.get("price_level", _BLANK))
    short = [r.text for n, r in enumerate(rows) if (len(r.text) < _SHORT and not r.grid) or n in used]
    partly = _blocks(row for n, row in enumerate(rows) if n not in used)
    return Form(
        summary=by_name.get("summary", _BLANK).text or None,
        administrations=_proposer(*(by_name.get(name) for name in ("administrations", "proposer", "field_of_work"))),
        affected=read_affected(by_name["affected"]) if "affected" in by_name else None,
        budget_round=round_of(by_name.get("budget_round", _BLANK).text) or _lone_round(short),
        confidential=any(word in line for line in short for word in words("confidential")),
        price_level=level,
        price_level_place=level_place,
        blocks=frozenset(_blocks(rows[n] for n in used) - partly),
    )


def _blocks(rows: Iterable[FormRow]) -> set[int]:
    """The indices of the blocks that rows come from."""
    return {block for row in rows for block in (row.block, *row.others)}


def _by_name(values: Sequence[Value]) -> dict[str, Value]:
    """The first value of each field that holds anything; tick boxes below who proposes are who is affected."""
    found: dict[str, Value] = {}
    for value in values:
        kept = value
        if value.name == "administrations":
            kept, ticks = _split_ticks(value)
            if ticks.rows:
                found["affected"] = ticks
        elif value.name == "affected" and "affected" in found:
            kept = Value("affected", found.pop("affected").rows + value.rows)
        if kept.name not in found or not found[kept.name].text:
            found[kept.name] = kept
    return found


def _lone_round(lines: Sequence[str]) -> str | None:
    """The budget round that a line names by itself, or a banner."""
    return next((r for t in lines if round_of(t, whole=True) or is_banner(t) if (r := round_of(t))), None)


def _price_level(value: Value) -> tuple[int | None, Place | None]:
    for segment in value.segments:
        found = regex.search(rf"(?<!\d){YEAR}(?!\d)", segment.text)
        if found:
            return int(found[0]), segment.place
    return None, None
