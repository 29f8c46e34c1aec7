"""Where cases begin: every line that may open one is weighed, and the best partition of the whole document is chosen.

In: the traits of a document's lines.  Out: the `Start`s of its cases.  No single term decides: what a line says, how it
is printed, whether its like comes before and after, what lies between it and the next, and what would come twice in one
case if it were none.  The best partition is found by dynamic programming over the lines that may open a case.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise, takewhile

import regex

from extract.records import record
from lexicon.captions import split_caption
from lexicon.folding import fold_accents, squash_accents
from normalize.cases.codes import Coded, Form, read_code
from normalize.cases.evidence import START, Term
from normalize.cases.fields import VALUE
from normalize.cases.headings import names_catalogue
from normalize.cases.traits import Trait, What, is_body
from normalize.forms.labels import READ
from normalize.vocabulary.forms import words

_LEAST = 1.0  # bits a line must have before anything is asked of its neighbours
_MOST = 240  # lines of a document that are weighed as openings; the strongest, in longer ones
_REACH = 12  # lines above a title that may still belong to its head
_SAME_SIZE = 0.04  # share by which sizes may differ and still be one
_LONG_TEXT = 24  # characters from which a line that comes again says something
_LONGEST = 200  # characters of a title
_NEAR = 16  # lines below an opening that are held against those below another
_FORM_ROWS = 2  # fields right below a line that make it a form's title
_FACTS = 6  # lines of fields and facts between a title and the first section's heading
_TITLE_LINES = 3  # lines that a title may have
_ENOUGH = 4  # lines of nothing but figures that are a table whose grid was lost
_THIN = 100  # a number below it, alone, may as well be a section's
_CODES = ("own_code", "running_code", "running_unknown", "running_part", "number_code", "thin_number", "item")
_TABLED = 40  # lines that a table before a form's title may have
_KICKERS = 2  # lines between a banner and the title below it
_TABLES = (What.TABLE, What.CAPTION, What.FACT)
_NEVER = (What.PROSE, What.TABLE, What.CAPTION, What.FACT)
_HEAD = (What.BANNER, What.PAPER, What.MUNICIPALITY, What.ITEM, What.OFFICE)


@record
class Start:
    """A line that may open a case.  `top` is the first line of its head; `row` the line that speaks for it."""

    top: int
    row: int
    terms: tuple[Term, ...]
    coded: Coded | None
    title: str  # folded
    shape: tuple[bool, bool, float | None]

    @property
    def large(self) -> bool:
        """Whether it is printed as large as anything in the document."""
        return any(term.name == "large" for term in self.terms)

    @property
    def bits(self) -> float:
        """What its own line says, without what stands around it."""
        return sum(term.bits for term in self.terms)


@record
class Partition:
    """The cases' starts in print order, and whether figures stand before the first."""

    starts: tuple[Start, ...]
    fronted: bool


def partition(traits: Sequence[Trait], listed: Collection[str]) -> Partition:
    """The likeliest partition into cases; `listed` are the folded titles that an overview in the document lists."""
    starts = _starts(traits, listed)
    if not starts:
        return Partition((), False)
    held = Held(traits)
    best = [_first(held, start, starts[0]) for start in starts]
    before: list[int | None] = [None] * len(starts)
    ends: list[float] = []
    for n, start in enumerate(starts):
        stops = [s.top for s in starts[n + 1 :]] + [len(traits)]
        *parts, whole = held.from_start(start.top, stops)
        for at, part in enumerate(parts, n + 1):
            bits = best[n] + part + START.prior + starts[at].bits + _link(start, starts[at])
            bits += held.parallel(start.top, starts[at].top)
            if bits > best[at]:
                best[at], before[at] = bits, n
        ends.append(best[n] + whole)
    chain: list[Start] = []
    last: int | None = ends.index(max(ends))
    while last is not None:
        chain.insert(0, starts[last])
        last = before[last]
    return Partition(tuple(chain), held.figures(0, chain[0].top))


def _first(held: Held, start: Start, top: Start) -> float:
    """What speaks for a case being the document's first; `top` is what begins with its first line."""
    hidden = max(top.bits, 0.0)
    if start.top == 0:
        return hidden
    return start.bits + START.prior_first - hidden + _front(held, start)


def _front(held: Held, start: Start) -> float:
    """What stands before the first case speaks for its being a cover or an overview."""
    if start.top == 0:
        return 0.0
    if not held.figures(0, start.top):
        cover = START.front_cover if held.overview(start.top) else START.front_prose
        return cover if held.prose(0, start.top) else 0.0
    listed = any(term.name == "catalogued" for term in start.terms) or held.overview(start.top)
    return START.front_overview if listed else START.front_figures


class Held:
    """What the lines between two openings hold: figures, fields, and what comes twice."""

    def __init__(self, traits: Sequence[Trait]) -> None:
        self._traits = traits
        self._figures = [0]
        self._fields = [0]
        self._prose = [0]
        self._known: dict[tuple[int, int], frozenset[tuple[str, str]]] = {}
        for before, t in pairwise([None, *traits]):
            assert t is not None
            self._figures.append(self._figures[-1] + _figured(before, t))
            self._fields.append(self._fields[-1] + (t.field is not None and t.field[0] in READ))
            self._prose.append(self._prose[-1] + (t.what is What.PROSE))

    def figures(self, first: int, stop: int) -> bool:
        """Whether a table with figures stands there."""
        return self._figures[stop] - self._figures[first] >= _ENOUGH

    def prose(self, first: int, stop: int) -> bool:
        """Whether running text stands there."""
        return self._prose[stop] > self._prose[first]

    def _is_list(self, first: int, stop: int) -> bool:
        """Whether nothing but titles and figures stands there, and not two rows of figures to a title."""
        body = (What.PROSE, What.SECTION, What.CAPTION, What.FIELD)
        own = self._traits[first:stop]
        titles = sum(t.coded is not None and t.what is What.LINE for t in own)
        few = self._figures[stop] - self._figures[first] < 2 * _ENOUGH * max(1, titles)
        return few and not any(t.what in body and not t.text[:1].islower() for t in own[1:])

    def overview(self, stop: int) -> bool:
        """Whether the document's first lines name an overview of many proposals."""
        return any(names_catalogue(t.text) for t in self._traits[: min(stop, _REACH)] if not is_body(t))

    def fields(self, first: int, stop: int) -> int:
        """How many fields of a form stand there."""
        return self._fields[stop] - self._fields[first]

    def parallel(self, one: int, other: int) -> float:
        """How much of what follows the one line, in the head and below it, follows the other as well."""
        a, b = self._following(one, other), self._following(other, other + _NEAR)
        shared = len(a & b)
        return START.parallel * shared / max(len(a), len(b)) if shared > 1 else 0.0

    def _following(self, first: int, stop: int) -> frozenset[tuple[str, str]]:
        stop = min(stop, first + _NEAR)
        if (first, stop) not in self._known:
            near = self._traits[first:stop]
            self._known[first, stop] = frozenset(token for t in near if (token := _token(t) or _kicker(t)) is not None)
        return self._known[first, stop]

    def from_start(self, first: int, stops: Sequence[int]) -> Iterator[float]:
        """For each stop in turn: what the lines from `first` to it say of being one case."""
        seen: set[tuple[str, str]] = set()
        again = 0.0
        at = first
        for stop in stops:
            for trait in self._traits[at:stop]:
                token = _token(trait)
                if token is None:
                    continue
                if token in seen:
                    again += getattr(START, f"{token[0]}_again")
                seen.add(token)
            at = stop
            yield max(again, START.most_again) + self._holds(first, stop)

    def _holds(self, first: int, stop: int) -> float:
        if self.figures(first, stop):
            return START.rows_alone if self._is_list(first, stop) else START.figures
        if self.fields(first, stop):
            return START.form
        return START.prose_only if self.prose(first, stop) else START.empty


def _figured(before: Trait | None, trait: Trait) -> int:
    """How much a line is one of figures: a row of a table, or a number alone below another."""
    if trait.what is What.TABLE:
        return _ENOUGH
    return int(before is not None and _number_alone(before) and _number_alone(trait))


def _number_alone(trait: Trait) -> bool:
    return trait.what is What.FACT and regex.fullmatch(r"[^\p{L}]*\d[^\p{L}]*", trait.text) is not None


def _token(trait: Trait) -> tuple[str, str] | None:
    """What of a line would be strange to meet twice in one case."""
    if trait.running or trait.grid or trait.what is What.TABLE or trait.field == VALUE:
        return None
    if trait.field is not None:
        name, value = trait.field
        return "field", fold_accents(trait.text[: len(trait.text) - len(value)]) if name == "other" else name
    if trait.what is What.CAPTION and (label := split_caption(trait.text).label) is not None:
        return "caption", fold_accents(label)
    number = regex.match(r"(\d{1,2})\.?\s+\p{Lu}", trait.text) if trait.heading else None
    if number is not None:
        return "number", number[1]
    folded = fold_accents(trait.text)
    if trait.heading or trait.what is What.SECTION:
        return "heading", folded
    return ("text", folded) if len(folded) > _LONG_TEXT else None


def _kicker(trait: Trait) -> tuple[str, str] | None:
    """What a short line says but for its numbers: "Åben sag", which may stand above every case."""
    if trait.running or trait.grid or trait.what not in (What.LINE, What.PAPER, What.ITEM):
        return None
    return "line", regex.sub(r"\d+", "0", fold_accents(trait.text))


def _starts(traits: Sequence[Trait], listed: Collection[str]) -> list[Start]:
    """The lines that may open a case, in print order; the document's first line always may."""
    sizes = {t.size for t in traits if t.size is not None and t.what is not What.PAPER and not is_body(t)}
    largest = max(sizes) if len(sizes) > 1 else None
    by_top: dict[int, list[Start]] = {}
    for trait in traits:
        terms = _terms(traits, trait, largest, listed) if trait.what not in _NEVER else ()
        if sum(term.bits for term in terms) >= _LEAST:
            start = _start(traits, trait.row, _top(traits, trait.row), terms)
            by_top.setdefault(start.top, []).append(start)
    if traits:
        by_top.setdefault(0, [_start(traits, 0, 0, ())])
    merged = [_merged(by_top[top]) for top in sorted(by_top)]
    strongest = sorted(merged, key=lambda s: -s.bits)[:_MOST]
    return [s for s in merged if s in strongest or s.top == 0]


def _start(traits: Sequence[Trait], n: int, top: int, terms: Sequence[Term]) -> Start:
    trait = traits[n]
    title = trait.coded.title if trait.coded is not None else trait.field[1] if trait.field else trait.text
    if trait.what in _HEAD:
        title = ""
    shape = (trait.heading, trait.capitals, trait.size)
    return Start(top, trait.row, tuple(terms), trait.coded or _stated(traits, n), squash_accents(title), shape)


def _stated(traits: Sequence[Trait], n: int) -> Coded | None:
    """The code that a form's field states right below a line, or above it."""
    below = takewhile(
        lambda t: t.field is not None, traits[n : n + _REACH] if traits[n].field else traits[n + 1 : n + _REACH]
    )
    above = takewhile(lambda t: t.field is not None, reversed(traits[max(0, n - _REACH) : n]))
    values = [t.field[1] for t in (*below, *above) if t.field is not None and t.field[0] == "code"]
    for value in values:
        coded = read_code(value)
        if coded is not None and not coded.title and coded.code:
            return coded
        if value.isdigit():
            return Coded(value, "", Form.RUNNING, "", (int(value),), known=True)
    return None


def _merged(group: Sequence[Start]) -> Start:
    """The lines of one head as one start: what each says counts once, and only one of their codes."""
    large = any(start.large for start in group)  # a small line above its title says nothing
    told = [term for start in group for term in start.terms if not (large and term.name == "small")]
    best: dict[str, Term] = {}
    for term in sorted(told, key=lambda t: t.bits):
        best["code" if term.name in _CODES else term.name] = term
    speaker = next((s for s in group if s.coded is not None and s.coded.code), None)
    titled = next((s for s in group if s.title and s.title != (speaker.title if speaker else None)), None)
    shown = speaker or max(group, key=lambda s: s.bits)
    title = shown.title or (titled.title if titled is not None else "")
    return Start(shown.top, shown.row, tuple(best.values()), shown.coded, title, shown.shape)


def _top(traits: Sequence[Trait], row: int) -> int:
    """The first line of the head that a title stands in: what is above it and is neither prose nor table."""
    top = row
    while top > max(0, row - _REACH):
        above = traits[top - 1]
        filled = above.field is not None and (bool(above.field[1]) or above.field == VALUE)
        if not (above.what in _HEAD or above.bare_code or filled or (above.running and not is_body(above))):
            break
        top -= 1
    if traits[top].bare_code and top and traits[top - 1].what is What.LINE and not _titled_below(traits, top):
        top -= 1  # the title above its code
    above_table = _banner_above(traits, top) if traits[row].field is not None else None
    return top if above_table is None else above_table


def _titled_below(traits: Sequence[Trait], n: int) -> bool:
    below = traits[n + 1] if n + 1 < len(traits) else None
    return below is not None and below.what is What.LINE and not below.grid


def _banner_above(traits: Sequence[Trait], top: int) -> int | None:
    """The banner above the table, or the line or two, that a form may put before its title."""
    lines = 0
    for n in range(top - 1, max(-1, top - _TABLED), -1):
        if traits[n].what is What.BANNER:
            return n
        lines += traits[n].what is What.LINE
        if lines > _KICKERS or traits[n].what not in (*_TABLES, What.LINE, What.PAPER):
            return None
    return None


def _terms(traits: Sequence[Trait], trait: Trait, largest: float | None, listed: Collection[str]) -> list[Term]:
    """What a line says by itself."""
    names = [*_by_words(trait), *_by_code(trait.coded), *_by_print(trait, largest)]
    if trait.what is What.LINE:
        names += _by_neighbours(traits, trait.row)
        if "running_unknown" in names and trait.row + 1 < len(traits) and _is_tabled(traits[trait.row + 1]):
            names.append("above_table")
    title = squash_accents(trait.coded.title if trait.coded is not None else trait.text)
    if title and title in listed:
        names.append("catalogued")
    return [Term(name, getattr(START, name), trait.place) for name in names]


def _by_print(trait: Trait, largest: float | None) -> Iterator[str]:
    """How a line is set; `largest` is the document's largest size, less than 0 where headings only have levels."""
    said = {
        "heading": trait.heading,
        "alone": trait.alone,
        "capitals": trait.capitals,
        "page_start": trait.page_start and trait.row > 0,
        "in_table": trait.grid,
        "long": len(trait.text) > _LONGEST,
    }
    yield from (name for name, holds in said.items() if holds)
    if trait.size is None or largest is None:
        return
    if trait.size >= largest * (1 - _SAME_SIZE * (largest > 0)):
        yield "large" if largest > 0 else "high"
    elif largest > 0:
        yield "small"


def _is_tabled(trait: Trait) -> bool:
    """Whether a line is a table's: a caption, a row, a figure alone."""
    return trait.what in (What.TABLE, What.CAPTION) or _number_alone(trait)


def _by_neighbours(traits: Sequence[Trait], n: int) -> Iterator[str]:
    """What stands around a title: a form's fields below it, or a line that says whose the case is, below or above."""
    first = n + 1
    while first < min(n + _TITLE_LINES, len(traits)) and traits[first].text[:1].islower():
        first += 1  # the title's next line
    below = traits[first : first + _FORM_ROWS]
    if len(below) == _FORM_ROWS and all(t.field is not None for t in below):
        yield "fields_below"
    elif below and (below[0].field is not None or below[0].what is What.OFFICE):
        yield "field_below"
    if n and traits[n - 1].what is What.OFFICE and traits[n - 1].heading:
        yield "below_office"
    while first < min(n + _FACTS, len(traits)) and traits[first].what in (What.FIELD, What.FACT, What.OFFICE):
        first += 1
    if first < len(traits) and traits[first].what is What.SECTION:
        yield "section_below"


def _by_words(trait: Trait) -> Iterator[str]:
    if trait.what is What.BANNER or is_bannered(trait.text):
        yield "banner"
    if trait.what is What.SECTION:
        yield "section"
    if trait.what in (What.ANNEX, What.MUNICIPALITY) or trait.text.casefold().startswith(tuple(words("annexes"))):
        yield "annex"
    if trait.what in (What.OFFICE, What.PAPER):
        yield trait.what.value
    if trait.field is not None:
        titled = trait.field[0] == "title"
        if titled:
            yield "title_field" if trait.strong else "title_field_weak"
        else:
            yield "section"


def is_bannered(text: str) -> bool:
    """Whether a banner's word stands before the title: "Spareforslag: Færre møder"."""
    head, parted, title = text.partition(":")
    return bool(parted) and title.strip()[:1].isupper() and fold_accents(head) in words("banners")


def _by_code(coded: Coded | None) -> Iterator[str]:
    if coded is None:
        return
    if coded.form is Form.ITEM:
        yield "item"
    elif coded.form is Form.OWN:
        yield "own_code"
    elif coded.form is Form.RUNNING:
        part = coded.word in words("parts")
        yield "running_part" if part else "running_code" if coded.known else "running_unknown"
    else:
        yield "thin_number" if _is_thin(coded) else "number_code"
    if coded.marked:
        yield "marked"


def _is_thin(coded: Coded) -> bool:
    """Whether a code is a number of a digit or two and nothing else."""
    return coded.form is Form.NUMBER and not coded.word and len(coded.numbers) == 1 and coded.numbers[0] < _THIN


def _link(one: Start, other: Start) -> float:
    """What one opening says of the next: codes that run on, the same shape, the same title once more."""
    bits = START.same_shape if one.shape == other.shape else 0.0
    if _same(one, other):
        return bits + START.same_title
    if one.coded is None or other.coded is None:
        return bits + (START.other_family if one.coded is not None else 0.0)
    if one.coded.family != other.coded.family:
        return bits + START.other_family
    if _is_thin(one.coded) and not (_is_headed(one) and _is_headed(other)):
        return bits  # "1.", "2.": the sections of any paper
    step = _step(one.coded.numbers, other.coded.numbers)
    earlier = START.earlier_number if one.coded.form is Form.NUMBER else START.earlier_code
    return bits + START.same_family + (START.next_number if step == 1 else START.later_number if step > 0 else earlier)


def _is_headed(start: Start) -> bool:
    """Whether fields or an office's name stand right below the line."""
    return any(term.name in ("fields_below", "field_below") for term in start.terms)


def _step(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """By how much the numbers of two codes run on, 1 where the other is the next."""
    if one[:-1] == other[:-1]:
        return other[-1] - one[-1]
    if other[-1] - one[-1] == 1:  # "851.01", "724.02": numbered within what stands before the stop
        return 1
    return 1 if other > one and other[-1] == 1 else 2 if other > one else -1


def _same(one: Start, other: Start) -> bool:
    """Whether an opening repeats the title of the case it stands in."""
    if one.coded is not None and other.coded is not None and one.coded.code and other.coded.code:
        return one.coded.code == other.coded.code
    if not one.title or not other.title:
        return False
    shorter = min(len(one.title), len(other.title))
    if shorter > 3 and one.title[:shorter] == other.title[:shorter]:
        return True
    return SequenceMatcher(None, one.title, other.title, autojunk=False).ratio() > 0.9
