"""The lines that may open a case, each with what it says for and against that, and what stands around it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from extract.records import record
from lexicon.folding import fold_accents, squash_accents
from normalize.cases.codes import Coded, Form, read_code
from normalize.cases.evidence import START, Term
from normalize.cases.fields import VALUE
from normalize.cases.series import templates
from normalize.cases.traits import Trait, What, is_body, is_number_alone
from normalize.vocabulary.forms import words

_STRONG = 4.0  # bits from which a line of a head opens the case, and not the first line of that head
_LEAST = 1.0  # bits a line must have before anything is asked of its neighbours
_MOST = 240  # lines of a document that are weighed as openings; the strongest, in longer ones
_REACH = 12  # lines above a title that may still belong to its head
_SAME_SIZE = 0.04  # share by which sizes may differ and still be one
_LONGEST = 200  # characters of a title
_FORM_ROWS = 2  # fields right below a line that make it a form's title
_FACTS = 6  # lines of fields and facts between a title and the first section's heading
_TITLE_LINES = 3  # lines that a title may have
_THIN = 100  # a number below it, alone, may as well be a section's
_CODES = ("own_code", "running_code", "running_unknown", "running_part", "number_code", "thin_number", "item")
_TABLED = 40  # lines that a table before a form's title may have
_KICKERS = 2  # lines between a banner and the title below it
_TABLES = (What.TABLE, What.CAPTION, What.FACT)
_NEVER = (What.PROSE, What.TABLE, What.CAPTION, What.CONTENTS, What.FACT)
_TOLD = ("first_section", "template")  # what tells a case's head from a paper's name above it
_NAMED = ("large", "template", "first_section")  # what opens a case however small it is beside the paper's own name
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
    def told(self) -> bool:
        """Whether what stands below tells it from a paper's name above it."""
        return any(term.name in _TOLD for term in self.terms)

    @property
    def bits(self) -> float:
        """What its own line says, without what stands around it."""
        return sum(term.bits for term in self.terms)


def starts_of(traits: Sequence[Trait], listed: Collection[str]) -> list[Start]:
    """The lines that may open a case, in print order; the document's first line always may."""
    largest = _largest(traits)
    by_top: dict[int, list[Start]] = {}
    for trait in traits:
        terms = _terms(traits, trait, largest, listed) if trait.what not in _NEVER else ()
        if sum(term.bits for term in terms) >= _LEAST:
            start = _start(traits, trait.row, _top(traits, trait.row), terms)
            by_top.setdefault(start.top, []).append(start)
    for row, top in sorted(templates(traits).items()):
        _repeated(traits, by_top, row, top, largest)
    if traits:
        by_top.setdefault(0, [_start(traits, 0, 0, ())])
    merged = [_merged(by_top[top]) for top in sorted(by_top)]
    strongest = sorted(merged, key=lambda s: -s.bits)[:_MOST]
    return [s for s in merged if s in strongest or s.top == 0]


def _largest(traits: Sequence[Trait]) -> float | None:
    """The largest size of a document's lines, none of a body; None where all have one."""
    sizes = {t.size for t in traits if t.size is not None and t.what is not What.PAPER and not is_body(t)}
    return max(sizes) if len(sizes) > 1 else None


def _repeated(
    traits: Sequence[Trait], by_top: dict[int, list[Start]], row: int, top: int, largest: float | None
) -> None:
    """Adds to the lines that may open a case the head above a template's first line, `top` to `row`."""
    term = Term("template", START.template, traits[row].place)
    strong = [start for at in range(top, row + 1) for start in by_top.get(at, ()) if start.bits >= _STRONG]
    if strong:
        best = max(strong, key=lambda s: s.bits)
        above = next((s for s in by_top.get(top, ()) if s.coded is not None and s.title), best)
        if top < best.top and (traits[best.row].bare_code or above is not best):  # the title stands above
            terms = (*best.terms, term)
            by_top.setdefault(top, []).append(Start(top, above.row, terms, above.coded, above.title, above.shape))
        else:
            by_top[best.top].append(Start(best.top, best.row, (term,), best.coded, best.title, best.shape))
        return
    printed = [Term(name, getattr(START, name), traits[top].place) for name in _by_print(traits[top], largest)]
    start = _start(traits, top, _top(traits, top), (*printed, term))
    by_top.setdefault(start.top, []).append(start)


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
        if coded is not None and coded.code and (not coded.title or ":" in coded.title):
            return replace(coded, title="")  # "R-104 · Ejer: …"
        if value.isdigit():
            return Coded(value, "", Form.RUNNING, "", (int(value),), known=True)
    return None


def _merged(group: Sequence[Start]) -> Start:
    """The lines of one head as one start: what each says counts once, and only one of their codes."""
    names = {term.name for start in group for term in start.terms}
    named = not names.isdisjoint(_NAMED)
    told = [term for start in group for term in start.terms if not (named and term.name == "small")]
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
    if _is_subsection(traits, trait):
        names.append("subsection")
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
    return trait.what in (What.TABLE, What.CAPTION) or is_number_alone(trait)


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
    if n and traits[n - 1].what is What.OFFICE:
        yield "below_office"
    if not traits[first - 1].text.endswith(":"):  # which brings in a list, whose first item may look like a section
        yield from _by_heading(traits[first : n + _FACTS + 1])


def _by_heading(below: Sequence[Trait]) -> Iterator[str]:
    """What the lines below a title say of the first section's heading: right there, or below fields and facts."""
    if any(map(opens_sections, below[:1])):
        yield "first_section"
    facts = takewhile(lambda t: t.what in (What.FIELD, What.FACT, What.OFFICE), below[:-1])
    if any(t.what is What.SECTION for t in below[len(list(facts)) :][:1]):
        yield "section_below"


def _by_words(trait: Trait) -> Iterator[str]:
    if trait.what is What.BANNER or is_bannered(trait.text):
        yield "banner"
    if trait.what is What.SECTION:
        yield "section"
    counted = trait.coded is not None and trait.coded.known
    if trait.what in (What.ANNEX, What.MUNICIPALITY) or (not counted and _opens_annex(trait.text)):
        yield "annex"
    if trait.what in (What.OFFICE, What.PAPER):
        yield trait.what.value
    if trait.field is not None:
        titled = trait.field[0] == "title"
        if titled:
            yield "title_field" if trait.strong else "title_field_weak"
        else:
            yield "section"


def _opens_annex(text: str) -> bool:
    """Whether a line begins with a word that opens an annex."""
    return text.casefold().startswith(tuple(words("annexes")))


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
        yield "thin_number" if is_thin(coded) else "number_code"
    if coded.marked:
        yield "marked"


def _is_subsection(traits: Sequence[Trait], trait: Trait) -> bool:
    """Whether a number goes on that of the section above it: "3.1" below "3. Økonomi" or below what a section says;
    what stands right above its first number is a chapter of proposals."""
    if trait.coded is None or trait.coded.form is not Form.NUMBER or len(trait.coded.numbers) < 2:
        return False
    numbers = trait.coded.numbers[:-1]
    between = list(takewhile(lambda t: not _is_numbered(t, numbers), reversed(traits[: trait.row])))
    section = traits[trait.row - len(between) - 1] if len(between) < trait.row else None
    if section is None or section.what is What.SECTION:
        return section is not None
    below = takewhile(lambda t: t.coded is None or t.coded.numbers[:-1] != numbers, reversed(between))
    return any(map(is_body, below))


def _is_numbered(trait: Trait, numbers: tuple[int, ...]) -> bool:
    return trait.coded is not None and trait.coded.form is Form.NUMBER and trait.coded.numbers == numbers


def opens_sections(trait: Trait) -> bool:
    """Whether a line bears the number 1 and nothing else, as the first section of a paper does, and is no item of a
    list, which runs on as prose."""
    numbered = trait.coded is not None and is_thin(trait.coded) and trait.coded.numbers == (1,)
    return numbered and trait.what is not What.PROSE


def is_thin(coded: Coded) -> bool:
    """Whether a code is a number of a digit or two and nothing else."""
    return coded.form is Form.NUMBER and not coded.word and len(coded.numbers) == 1 and coded.numbers[0] < _THIN
