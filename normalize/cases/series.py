"""What recurs in a document whatever its words: lines that count on, and heads below which the same lines come again.

In: the traits of a document's lines.  Out: the same traits, the lines of a series with the code that they count, and
the rows where a template begins once more.  A file of many cases is a template filled in again and again: the same
labels, headings and columns below each head, one place of the head a number higher each time, and a table of figures
in each.  No word list is asked; a series that restarts, or whose members hold no figures, numbers sections.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extract.records import record
from lexicon.captions import split_caption
from lexicon.folding import fold_accents
from lexicon.lines import ends_sentence
from lexicon.years import YEAR
from normalize.cases.codes import Coded, Form
from normalize.cases.held import Held, said_of
from normalize.cases.naming import is_fact, is_journal, is_office, is_section
from normalize.cases.traits import Trait, What
from normalize.forms.labels import match_label
from normalize.vocabulary.forms import words


@record
class Limits:
    """From where what recurs is a template and not chance."""

    words: int = 10  # of a line that ends in a stop and may be a head all the same
    figured: float = 0.8  # share of a series' members that hold figures
    stepped: float = 0.6  # of its steps that go to the next number
    alike: float = 0.5  # of its neighbours below which something else recurs, too
    tabled: float = 0.5  # of its members that stand right above a table, from which they are captions
    letters: int = 3  # of a line that says something when it comes again
    ahead: int = 4  # recurring lines below an opening that are held against those of the first
    in_order: int = 2  # of them that come in the same order
    sections: int = 3  # lines with a number from which they may be a paper's sections
    sectioned: float = 0.6  # share of them that holds figures, from which they are none
    labels: int = 3  # lines of a form that come again in the same order
    head: int = 4  # lines above a template's first that may be its head


LIMITS = Limits()
_COUNTED = regex.compile(
    r"(?P<before>[\[(]?(?:\p{L}[\p{L}-]*\.?[ :]{0,2}){0,3}|§{1,2}\s?|[\[(]?\p{L}{1,5}[-/.]?)"
    r"(?P<count>\d{1,4}(?:[-./]\p{L}{0,4}[-./]?\d{1,4}){0,3})(?P<after>[\])]?[.:)]?)"
    r"(?:\s(?:ud\s)?af\s\d{1,3}(?!\d))?(?P<rest>(?:\s.*|[:|].*)?)"
)
_THIN = 100  # a number below it may be a section's
_TOKEN = regex.compile(r"(?=\S*\d)[\p{Lu}\d][\p{L}\d./-]*")
_DIGITS = regex.compile(r"\d+")
_YEAR = regex.compile(YEAR)
_COUNTING = (What.LINE, What.CAPTION, What.FACT, What.PAPER, What.ITEM, What.ANNEX, What.SECTION, What.PROSE)
_HEAD = (What.LINE, What.PAPER, What.BANNER, What.MUNICIPALITY, What.ITEM, What.OFFICE, What.FACT, What.FIELD)


@record
class _Member:
    """A line that counts: `shape` is what it shares with the others, `rest` what stands behind its number."""

    row: int
    shape: str
    code: str
    word: str
    numbers: tuple[int, ...]
    rest: str


def counted(traits: Sequence[Trait]) -> list[Trait]:
    """The traits, those of each series with the code that it counts."""
    held = Held(traits)
    by_shape: defaultdict[str, list[_Member]] = defaultdict(list)
    for trait in traits:
        if (member := _member(trait)) is not None:
            by_shape[member.shape].append(member)
    out = list(traits)
    for members in by_shape.values():
        if _is_series(members, traits, held):
            same = len({fold_accents(m.rest) for m in members}) == 1
            for member in members:
                out[member.row] = _coded(traits[member.row], member, "" if same else member.rest)
    return out


def sectioned(traits: Sequence[Trait]) -> list[Trait]:
    """The traits, lines with a number of one part or two as sections' headings where hardly half of such lines hold
    figures, or they begin anew, and nothing that stands below one of them stands below the next."""
    held = Held(traits)
    by_shape: defaultdict[tuple[int, bool], list[Trait]] = defaultdict(list)
    for trait in traits:
        if trait.what is What.LINE and not trait.grid and trait.coded is not None and _numbers_section(trait.coded):
            by_shape[len(trait.coded.numbers), trait.heading].append(trait)
    out = list(traits)
    for members in by_shape.values():
        for trait in members if _are_sections(members, len(traits), held) else ():
            out[trait.row] = replace(trait, what=What.SECTION)
    return out


def _are_sections(members: Sequence[Trait], end: int, held: Held) -> bool:
    """Whether lines with numbers head sections of one case and not cases of their own."""
    rows = [t.row for t in members]
    spans = list(pairwise([*rows, end]))
    figured = sum(held.figures(first, stop) for first, stop in spans)
    numbers = [t.coded.numbers for t in members if t.coded is not None]
    loose = figured < LIMITS.sectioned * len(rows) or any(a >= b for a, b in pairwise(numbers))
    return loose and len(rows) >= LIMITS.sections and not any(held.shared(a, b) for a, b in pairwise(rows))


def _numbers_section(coded: Coded) -> bool:
    """Whether a code may be a section's number: figures alone, of one part or two, none of three digits."""
    return coded.form is Form.NUMBER and not coded.word and len(coded.numbers) < 3 and max(coded.numbers) < _THIN


def _member(trait: Trait) -> _Member | None:
    """The line as one that counts; None for a figure, a date, a caption, a field, a row, furniture of the pages."""
    if trait.what not in _COUNTING or trait.grid or trait.running or is_journal(trait.text):
        return None
    if trait.what is What.PROSE and len(trait.text.split()) > LIMITS.words:
        return None
    found = _COUNTED.fullmatch(trait.text)
    if found is None or _YEAR.search(found["count"]) or split_caption(trait.text).label is not None:
        return None
    word = fold_accents(found["before"]).strip(" .:[(")
    if word in words("not_codes") and word not in words("counted"):
        return None
    rest = found["rest"].strip(" :–—|·-")
    if not found["before"] and rest and found["after"] in ("", "."):  # "3. Økonomi", as sections are numbered
        return None
    shape = fold_accents(found["before"]) + _DIGITS.sub("0", found["count"]) + found["after"]
    code = (found["before"].lstrip("[(") + found["count"]).strip()
    numbers = tuple(map(int, _DIGITS.findall(found["count"])))
    return _Member(trait.row, shape, code, word, numbers, rest)


def _is_series(members: Sequence[_Member], traits: Sequence[Trait], held: Held) -> bool:
    """Whether lines of one shape count cases: on and on, a table below each, and more than their numbers alike."""
    if not _counts_on(members) or not _holds_tables([m.row for m in members], traits, held):
        return False
    if all(m.shape == "0." and traits[m.row].alone for m in members):
        return True  # a number and its stop alone above a line
    if members[0].word and members[0].numbers[-1] > 1:
        return True  # a case's own parts begin with the first
    alike = [held.shared(one.row, other.row) for one, other in pairwise(members)]
    return sum(alike) >= LIMITS.alike * len(alike)


def _counts_on(members: Sequence[_Member]) -> bool:
    """Whether the numbers run on, mostly to the next, and none of the lines names a section."""
    steps = [_step(a.numbers, b.numbers) for a, b in pairwise(members)]
    on = bool(steps) and min(steps) > 0 and steps.count(1) >= LIMITS.stepped * len(steps)
    return on and not any(is_section(m.rest) for m in members)


def _holds_tables(rows: Sequence[int], traits: Sequence[Trait], held: Held) -> bool:
    """Whether a table of figures stands below nearly each line, and right below hardly one, as below a caption."""
    spans = list(pairwise([*rows, len(traits)]))
    figured = sum(held.figures(first, stop) for first, stop in spans)
    tabled = sum(t.what in (What.TABLE, What.CAPTION) for row in rows for t in traits[row + 1 : row + 2])
    return figured >= LIMITS.figured * len(spans) and tabled <= LIMITS.tabled * len(rows)


def _step(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """By how much the numbers of two lines run on: 0 where they do not."""
    if one[:-1] == other[:-1]:
        return max(0, other[-1] - one[-1])
    return 2 if other > one else 0


def _coded(trait: Trait, member: _Member, rest: str) -> Trait:
    """A member of a series as a line that may open a case; what all of them say behind their numbers is no title, nor
    is an office."""
    rest = "" if is_office(rest) or is_fact(rest) or rest[:1].islower() else rest
    if trait.coded is not None and trait.coded.code:
        coded = replace(trait.coded, title=trait.coded.title if rest else "")
        form = Form.RUNNING if coded.form is Form.NUMBER else coded.form
        word = "" if coded.word in words("parts") else coded.word  # which here number cases
        coded = replace(coded, form=form, word=word, known=True)
    else:
        coded = Coded(member.code, rest, Form.RUNNING, member.word, member.numbers, known=True)
    return replace(trait, coded=coded, what=What.LINE)


def labelled(traits: Sequence[Trait]) -> list[Trait]:
    """The traits, lines as fields whose first words stand before other words elsewhere, in the same order: the labels
    of a form that is filled in again and again."""
    first = [_opener(t) for t in traits]
    places: defaultdict[tuple[str | None, ...], list[int]] = defaultdict(list)
    for n in range(len(first) - LIMITS.labels + 1):
        run = tuple(first[n : n + LIMITS.labels])
        if None not in run and len(set(run)) == len(run):
            places[run].append(n)
    out = list(traits)
    for starts in places.values():
        for at in range(LIMITS.labels if len(starts) > 1 else 0):
            rows = [start + at for start in starts]
            parted = _parted([traits[row].text for row in rows])
            for row, (label, value) in zip(rows, parted, strict=True):
                if traits[row].what is What.LINE and value:
                    name = (match_label(label, colon=False) or (_named([v for _, v in parted]), ""))[0]
                    out[row] = replace(traits[row], what=What.FIELD, field=(name, value), coded=None)
    return out


def _named(values: Sequence[str]) -> str:
    """What a label is by its values: a code where each is a word of its own with a digit, and no date."""
    coded = all(_TOKEN.fullmatch(value) and not is_fact(value) for value in values)
    return "code" if coded and len(set(values)) == len(values) else "other"


def _opener(trait: Trait) -> str | None:
    """The first word of a line that may be a label with its value behind it."""
    if trait.grid or trait.running or trait.what not in (What.LINE, What.FIELD, What.FACT):
        return None
    coded = trait.coded
    if coded is not None and (coded.form is Form.RUNNING or (coded.known and coded.title)):
        return None
    label, _, value = trait.text.partition(" ")
    return fold_accents(label).strip(".:") if label[:1].isupper() and value else None


def _parted(texts: Sequence[str]) -> list[tuple[str, str]]:
    """Lines that begin alike parted into the words that all of them begin with and the rest, which begins with a
    capital or a figure; where all is alike, the label is the first word and what follows in small letters."""
    alike = len(set(texts)) == 1
    words_of = [text.split() for text in texts]
    shared = 1
    while all(len(own) > shared + 1 for own in words_of) and len({tuple(own[: shared + 1]) for own in words_of}) == 1:
        if alike and not words_of[0][shared][0].islower():
            break
        shared += 1
    parted = [(" ".join(own[:shared]), " ".join(own[shared:])) for own in words_of]
    return [(label, value if value[:1].isupper() or value[:1].isdigit() else "") for label, value in parted]


def templates(traits: Sequence[Trait]) -> dict[int, int]:
    """The rows where a template begins, with the row of the first line of the head above each."""
    again = list(_recurring(traits))
    first: dict[tuple[str, str], int] = {}
    ranks = [first.setdefault(said, len(first)) for _, said in again]
    begins: set[int] = set()
    lowest = ranks[0] if ranks else 0
    for n in range(1, len(ranks)):
        if ranks[n] < ranks[n - 1] and ranks[n] <= lowest + 1 and _in_order(ranks, n):
            begins |= {again[n][0], again[ranks.index(ranks[n])][0]}
    known = {row for row, _ in again}
    heads = {row: _head(traits, row, known) for row in begins}
    return {row: top for row, top in heads.items() if not _amid_sentence(traits, top)}


def _amid_sentence(traits: Sequence[Trait], n: int) -> bool:
    """Whether the paragraph in which a line stands goes on in it."""
    above = traits[n - 1] if n else None
    goes_on = above is not None and above.what is What.PROSE and above.block == traits[n].block
    return above is not None and goes_on and not ends_sentence(above.text)


def _in_order(ranks: Sequence[int], n: int) -> bool:
    """Whether what follows comes in the order in which it came the first time."""
    steps = [a < b for a, b in pairwise(ranks[n : n + LIMITS.ahead + 1])]
    return sum(steps) >= LIMITS.in_order


def _recurring(traits: Sequence[Trait]) -> Iterator[tuple[int, tuple[str, str]]]:
    """The lines of heads and bodies that come again but for their numbers, none of a table."""
    said = [(t.row, found) for t in traits if (found := _line(t)) is not None]
    times = Counter(found for _, found in said)
    return ((row, found) for row, found in said if times[found] > 1)


def _line(trait: Trait) -> tuple[str, str] | None:
    """A field's label, a table's caption, or another line that is no sentence, but for its numbers."""
    if trait.field is not None or trait.what is What.CAPTION:
        return said_of(trait)
    if trait.running or trait.grid or trait.what in (What.TABLE, What.PROSE, What.CONTENTS):
        return None
    if sum(map(str.isalpha, trait.text)) < LIMITS.letters:
        return None
    return "line", _DIGITS.sub("0", fold_accents(trait.text))


def _head(traits: Sequence[Trait], row: int, known: set[int]) -> int:
    """The first line of the head that ends above a template's first recurring line."""
    below = traits[row + 1] if row + 1 < len(traits) else None
    if traits[row].bare_code and below is not None and below.what is What.LINE and below.row not in known:
        return row  # the title stands below the code
    top = row
    while top > max(0, row - LIMITS.head) and traits[top - 1].what in _HEAD and not traits[top - 1].grid:
        if traits[top - 1].row in known:
            break
        top -= 1
    return top
