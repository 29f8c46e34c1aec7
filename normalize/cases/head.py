"""The head block of a case: which of its lines is the title, and which code the case bears.

In: the traits of a case's lines.  Out: `Head` with the terms that chose the title.  A title that leads by
little before the next best, or that nothing but its place speaks for, is marked as doubtful.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from extract.models import Place
from extract.records import record
from lexicon.folding import fold_accents, squash_accents
from lexicon.lines import ends_open
from lexicon.years import read_year
from normalize.cases.codes import Coded, Form, read_code
from normalize.cases.evidence import CODE, TITLE, Term
from normalize.cases.fields import VALUE
from normalize.cases.headings import names_catalogue
from normalize.cases.naming import ends_in_date, is_addressed, is_fact, is_office, opens_as_paper
from normalize.cases.starts import opens_sections
from normalize.cases.traits import Trait, What, is_body
from normalize.forms.rows import join
from normalize.prose.words import tokens
from normalize.vocabulary.forms import words

_LONGEST_HEAD = 40  # lines
_REACH = 3  # lines of a body within which a title may still follow a head without one
_LONGEST_TITLE = 160  # characters
_LONGEST_CODE = 30  # characters
_WEAK = 3  # letters of a word that tells little
_FEW_WORDS = 3  # words from which a line may say what a case is about
_ITEM_DIGITS = 2  # of the number of an item of an agenda, at most
_LINES = (What.LINE, What.PAPER)
_CUT = regex.compile(r"\p{Ll}[-\u2010\u00ad]$")
_ENDED = regex.compile(r"[.!?:]$")
_GOES_ON = regex.compile(r"\p{Ll}|[-–—]\s*\p{L}")
_SUBJECTS = ("other", "centre")  # fields that may hold what a case is about
_BELOW = {
    What.MUNICIPALITY: "municipality",
    What.PAPER: "paper",
    What.BANNER: "banner",
    What.OFFICE: "office",
    What.ANNEX: "annex",
    What.ITEM: "item",
    What.FACT: "fact",
    What.FIELD: "fact",
    What.SECTION: "section",
    What.CONTENTS: "section",
    What.PROSE: "prose",
    What.CAPTION: "prose",
    What.TABLE: "prose",
}


@record
class Head:
    """Code and title of a case.  `rows` are the lines of the title, as indices of the traits they were read from."""

    code: str | None = None
    title: str | None = None
    rows: frozenset[int] = frozenset()
    terms: tuple[Term, ...] = ()
    doubtful: bool = False
    place: Place | None = None


@record
class Candidate:
    """A line weighed as the title: `first` and `last` are the indices of its lines."""

    text: str
    terms: tuple[Term, ...]
    first: int
    last: int
    coded: Coded | None
    place: Place | None

    @property
    def bits(self) -> float:
        """What speaks for it, all in all."""
        return sum(term.bits for term in self.terms)


def head_of(traits: Sequence[Trait]) -> Sequence[Trait]:
    """The lines before the case's first paragraph, table or section."""
    stop = next((n for n, t in enumerate(traits) if is_body(t) and _ends_head(traits, n)), len(traits))
    return traits[: min(stop, _LONGEST_HEAD)]


def _ends_head(traits: Sequence[Trait], n: int) -> bool:
    """Whether a line of the body ends the head: not a first line without anything above it that could be a title."""
    if _goes_on(traits, n):
        return False
    above = any(t.what in (What.LINE, What.PAPER, What.ANNEX) or t.field is not None for t in traits[:n])
    return above or n >= _REACH


def _goes_on(traits: Sequence[Trait], n: int) -> bool:
    """Whether a line is a further one of a title that begins above."""
    if n == 0 or not _runs_on(traits[n - 1], traits[n]):
        return False
    return traits[n - 1].what is What.LINE or _goes_on(traits, n - 1)


@record
class _Around:
    """What a head's lines are held against.

    `listed` and `again` as in `read_head`; what stands right `below` the head; the words `told` below it; the
    `lengths` of its lines, in words.
    """

    listed: Collection[str]
    again: Collection[str]
    below: What | None
    told: Collection[str]
    lengths: Mapping[int, int]


def read_head(traits: Sequence[Trait], listed: Collection[str], again: Collection[str] = ()) -> Head:
    """Code and title by the head's lines; `listed` are the folded titles and codes of an overview in the same file,
    `again` the folded lines that other cases of it have as well."""
    head = head_of(traits)
    ranked = sorted(_candidates(traits, head, listed, again), key=lambda c: -c.bits)
    best = ranked[0] if ranked and ranked[0].bits > TITLE.least else None
    own = _code(traits, head, best)
    if best is None:
        return Head(own)
    title = best.coded.title if best.coded is not None and _numbers_it(best) else best.text
    rival = next((c for c in ranked[1:] if _differs(c, best)), None)
    doubtful = best.bits < TITLE.margin or (rival is not None and best.bits - rival.bits < TITLE.margin)
    rows = frozenset(range(best.first, best.last + 1)) if best.first >= 0 else frozenset[int]()
    return Head(own, title.strip(" :–-") or None, rows, best.terms, doubtful, best.place)


def _candidates(
    traits: Sequence[Trait], head: Sequence[Trait], listed: Collection[str], again: Collection[str]
) -> Iterator[Candidate]:
    """The lines that may be the title, weighed: those of the head, and what a title's field holds."""
    below = traits[len(head)].what if len(head) < len(traits) else None
    around = _Around(listed, again, below, _told(traits[len(head) :]), _lengths(head, again))
    lines = any(t.what in _LINES and squash_accents(t.text) not in again for t in head)
    first = _first_section(traits, head)
    for n, trait in enumerate(head[:first]):
        if trait.field is not None and trait.field[0] in _SUBJECTS and trait.field[1] and not lines:
            yield _valued(head, n, around)
        elif not _titles(trait):
            yield _weighed(head, n, around)
    reach = traits[: _LONGEST_HEAD * 2]  # a form may put a table before its title
    for n, trait in enumerate(reach):
        if _titles(trait) and (trait.strong or n < len(head)):
            yield _labelled(reach, n)


def _first_section(traits: Sequence[Trait], head: Sequence[Trait]) -> int:
    """Where a head ends in the line of a section: the number 1 below another line, and the number 2 further down."""
    lines = [n for n, t in enumerate(head) if t.what is What.LINE]
    second = any(t.coded is not None and t.coded.form is Form.NUMBER and t.coded.numbers == (2,) for t in traits)
    return next((n for n in lines[1:] if second and opens_sections(head[n])), len(head))


def _titles(trait: Trait) -> bool:
    return trait.field is not None and trait.field[0] == "title"


def _differs(one: Candidate, other: Candidate) -> bool:
    a, b = squash_accents(one.text), squash_accents(other.text)
    return a not in b and b not in a


def _is_code(coded: Coded, traits: Sequence[Trait]) -> bool:
    """Whether a code is one, and not the number of a section ("1.") or of an item of an agenda ("16.")."""
    if coded.form is not Form.NUMBER or coded.word or len(coded.numbers) > 1:
        return True
    digits = len(str(coded.numbers[0]))
    if digits > _ITEM_DIGITS:
        return True
    sections = {fold_accents(t.text).strip(" :.") for t in traits if t.what is What.SECTION}
    bits = CODE.number if digits > 1 else CODE.digit
    bits += CODE.agenda * len(sections.intersection(words("agenda")))
    return bits + CODE.journal * any(t.field is not None and t.field[0] == "case_number" for t in traits) > 0


def _numbers_it(line: Candidate) -> bool:
    """Whether what stands before a title is no part of it: a single digit with nothing behind it may as well be."""
    coded = line.coded
    if coded is None or coded.form is not Form.NUMBER or len("".join(map(str, coded.numbers))) > 1 or coded.word:
        return True
    return coded.marked or regex.match(r"\d\s?[.)]", line.text) is not None


def _code(traits: Sequence[Trait], head: Sequence[Trait], best: Candidate | None) -> str | None:
    """The code in the title's own line, else in a field, else alone on a line of the head."""
    if best is not None and best.coded is not None and best.coded.code and _is_code(best.coded, traits):
        return best.coded.code
    fields = [_alone(t.field[1]) for t in head if t.field is not None and t.field[0] == "code"]
    alone = [t.coded.code for t in head if t.coded is not None and t.bare_code and t.what is not What.ITEM]
    return next((c for c in (*fields, *alone) if c and regex.search(r"\d", c) and len(c) < _LONGEST_CODE), None)


def _alone(value: str) -> str:
    """The code in a field's value, without another field behind it: "R-104 · Ejer: …"."""
    coded = read_code(value)
    return coded.code if coded is not None and coded.code and ":" in coded.title else value


def _labelled(head: Sequence[Trait], n: int) -> Candidate:
    """A title's field, its value behind the label or on the next line."""
    field = head[n].field
    value = field[1] if field is not None else ""
    at = n if n + 1 == len(head) or head[n + 1].field != VALUE else n + 1
    last, value = _whole(head, at, value)
    names = ["labelled" if head[n].strong else "labelled_weakly"] if value else ["fact"]
    if len(value) > _LONGEST_TITLE or (not head[n].strong and regex.search(r"[.!?]$", value.strip())):
        names.append("prose")
    terms = tuple(Term(name, getattr(TITLE, name)) for name in names)
    return Candidate(value, terms, n, last, read_code(value), head[last].place)


def _valued(head: Sequence[Trait], n: int, around: _Around) -> Candidate:
    """The value of a field whose label nobody knows, in a head of nothing but fields."""
    value = (head[n].field or VALUE)[1]
    values = [t.field[1] for t in head if t.field is not None and t.field[0] in _SUBJECTS]
    names = ["value", *["longest"] * (len(value.split()) == max(len(v.split()) for v in values))]
    names += ["fact"] * (is_fact(value) or is_office(value)) + ["again"] * (squash_accents(value) in around.again)
    terms = [Term(name, getattr(TITLE, name), head[n].place) for name in names]
    terms.append(Term("told", TITLE.told * _share_told(value, around.told), head[n].place))
    terms.append(Term("later", TITLE.later * n, head[n].place))
    return Candidate(value, tuple(terms), n, n, read_code(value), head[n].place)


def _weighed(head: Sequence[Trait], n: int, around: _Around) -> Candidate:
    """The line at `n` and what speaks for its being the title."""
    trait = head[n]
    last, text = _whole(head, n, head[n].text)
    coded = _coded(trait, text)
    terms = [Term(name, getattr(TITLE, name), trait.place) for name in _names(head, n, last, coded, around)]
    terms += _by_size(head, n)
    if trait.what is What.LINE and (share := _share_told(text, around.told)):
        terms.append(Term("told", TITLE.told * share, trait.place))
    if n:
        terms.append(Term("later", TITLE.later * n, trait.place))
    known = {squash_accents(text), squash_accents(coded.title if coded is not None else "")} - {""}
    if known & set(around.listed):
        terms.append(Term("listed", TITLE.listed, trait.place))
    if squash_accents(trait.text) in around.again:
        terms.append(Term("again", TITLE.again, trait.place))
    if trait.what is What.LINE and any(t.field is not None and t.field[1] == text for t in head):
        terms.append(Term("stated", TITLE.stated, trait.place))
    return Candidate(text, tuple(terms), n, last, coded, trait.place)


def _coded(trait: Trait, text: str) -> Coded | None:
    """The code at the head of a title that begins with a line and may go on in others."""
    if trait.coded is None:
        return read_code(text)
    more = text[len(trait.text) :] if text.startswith(trait.text) else ""
    return replace(trait.coded, title=f"{trait.coded.title}{more}") if more or text == trait.text else read_code(text)


def _names(head: Sequence[Trait], n: int, last: int, coded: Coded | None, around: _Around) -> list[str]:
    """The names of the terms that speak for and against the line at `n`, but for its size and its distance."""
    return [
        *_by_words(head, n, coded),
        *_by_neighbours(head, n, last, around),
        *_by_print(head, n),
        *_by_length(head, n, around.lengths),
    ]


def _by_words(head: Sequence[Trait], n: int, coded: Coded | None) -> Iterator[str]:
    """What the line says."""
    trait = head[n]
    last = trait.what is What.PAPER and not any(t.what is What.LINE for t in head[n + 1 :])
    if last:
        year = read_year(trait.text)
        yield "year_alone" if year is not None and year.name is None else "paper_last"
    elif trait.what in _BELOW:
        yield _BELOW[trait.what]
    if trait.bare_code:
        yield "item"
    elif coded is not None and coded.title and trait.what is What.LINE:
        yield "coded" if coded.known or coded.form is Form.OWN else "numbered"
    if trait.what in (What.LINE, What.PAPER):
        yield from _by_paper(head, trait, last=last)


def _by_paper(head: Sequence[Trait], trait: Trait, *, last: bool) -> Iterator[str]:
    """What a line says of the kind of paper and of whom it is for, where another line of the head may be the title;
    `last` where it only names a kind and no other line stands below it."""
    if any(t.what is What.LINE and t is not trait for t in head) and is_addressed(trait.text):
        yield "addressed"
    if names_catalogue(trait.text):
        yield "catalogue"
    if opens_as_paper(trait.text):
        if trait.what is What.LINE or last:
            yield "paper_of"
    elif trait.what is What.LINE and ends_in_date(trait.text):
        yield "dated"


def _is_kicker(trait: Trait, around: _Around) -> bool:
    """Whether a line between a code and its title is no title: an office, a date, a field, what other cases have."""
    kicker = trait.what in (What.OFFICE, What.FACT, What.FIELD) and not trait.bare_code
    return kicker or squash_accents(trait.text) in around.again


def _by_above(head: Sequence[Trait], n: int, around: _Around) -> Iterator[str]:
    """What stands above the line."""
    trait, above = head[n], head[n - 1]
    speaks = next((t for t in reversed(head[:n]) if not _is_kicker(t, around)), above)
    if (speaks.bare_code or speaks.what is What.ITEM) and squash_accents(trait.text) not in around.again:
        yield "below_code"
    if above.what is What.OFFICE and trait.what is What.LINE:
        yield "below_office"
    if above.what is What.MUNICIPALITY and above.text.casefold().endswith("kommune"):
        yield "after_municipality"


def _by_neighbours(head: Sequence[Trait], n: int, last: int, around: _Around) -> Iterator[str]:
    """What stands above and below the line, which goes on to the one at `last`; below the head stands the body."""
    trait, below = head[n], around.below
    titles = [t for t in head if t.what in _LINES]
    if n and trait.what in _LINES:
        yield from _by_above(head, n, around)
    if trait.what in (What.FIELD, What.FACT):
        return
    if trait.what is What.LINE and last + 1 < len(head) and head[last + 1].bare_code:
        yield "above_code"
    if any(t.text.startswith(f"{trait.text} ") for t in titles):
        yield "shorter"
    ends = last + 1 >= len(head)
    if ends and below in (What.TABLE, What.CAPTION) and any(t.row < trait.row for t in titles):
        yield "above_table"
    elif ends or all(t.what in (What.FIELD, What.FACT, What.OFFICE) for t in head[last + 1 :]):
        yield "before_body"


def _told(body: Sequence[Trait]) -> frozenset[str]:
    """The words of a case below its head."""
    return frozenset(word for trait in body for word in tokens(trait.text))


def _share_told(text: str, told: Collection[str]) -> float:
    """The share of a line's words that come again below the head: a title's do, for the case is about them."""
    own = [word for word in tokens(text) if word.isalpha() and len(word) > _WEAK]
    return sum(word in told for word in own) / len(own) if own else 0.0


def _lengths(head: Sequence[Trait], again: Collection[str]) -> dict[int, int]:
    """How many words each line of a head has that may begin a title, with the lines that it goes on in; none that
    other cases have."""
    own = [n for n, t in enumerate(head) if t.what is What.LINE and squash_accents(t.text) not in again]
    begun = [n for n in own if not head[n].text[:1].islower()]
    return {n: sum(any(map(str.isalpha, w)) for w in _whole(head, n, head[n].text)[1].split()) for n in begun}


def _by_length(head: Sequence[Trait], n: int, lengths: Mapping[int, int]) -> Iterator[str]:
    """How a line stands among several that nothing tells apart: a kicker above a title is short, so is a heading."""
    if n not in lengths:
        return
    if len(lengths) == 1:
        if not any(t.what is What.PAPER for t in head[n + 1 :]):
            yield "only"
        return
    if lengths[n] == max(lengths.values()):
        yield "longest"
    if n == min(lengths):
        yield "opener"
    if lengths[n] < _FEW_WORDS:
        yield "few_words"


def _by_print(head: Sequence[Trait], n: int) -> Iterator[str]:
    """How the line is set."""
    trait = head[n]
    if trait.heading:
        yield "heading" if trait.size is not None and trait.size > 0 else "heading_level"
    if trait.capitals and any(not t.capitals and t.what is What.LINE for t in head[n + 1 : n + 3]):
        yield "capitals"
    if trait.running:
        yield "running"
    if trait.text.endswith("?") and ":" not in trait.text:  # else it first says what of
        yield "asks"
    if len(trait.text) > _LONGEST_TITLE:
        yield "long"


def _by_size(head: Sequence[Trait], n: int) -> list[Term]:
    """What the sizes of the head's headings say of one of them."""
    titled = head[n].what is What.LINE
    other = (What.FACT, What.PAPER, What.OFFICE) if titled else (What.FACT,)
    sizes = sorted({t.size for t in head if t.size is not None and t.what not in other}, reverse=True)
    size = head[n].size
    if size is None or len(sizes) < 2:
        return []
    rank = sizes.index(size) if size in sizes else len(sizes)
    share = 1.0 if size > 0 else TITLE.level_share
    if rank == 0:
        return [Term("largest", TITLE.largest * share, head[n].place)]
    return [Term("smaller", TITLE.smaller * share * rank, head[n].place)]


def _whole(head: Sequence[Trait], n: int, text: str) -> tuple[int, str]:
    """The last line of a title that begins at `n`, and its words: lines that break off, or whose next begins small."""
    last = n
    if head[n].what not in (What.LINE, What.FIELD):
        return last, text
    while last + 1 < len(head) and _runs_on(head[last], head[last + 1]):
        last += 1
        text = join((text, head[last].text))
    return last, text


def _may_follow(line: Trait, following: Trait) -> bool:
    """Whether a line is none of its own kind: a title's last word alone may be one that the vocabulary knows."""
    small = following.text[:1].islower() and following.block == line.block
    office = following.what is What.OFFICE and (small or ends_open(line.text))
    return office or following.what in (What.LINE, What.PROSE, What.SECTION)


def _runs_on(line: Trait, following: Trait) -> bool:
    """Whether a line of a title goes on in the next one."""
    cut = _CUT.search(line.text) is not None
    if cut and following.text[:1].islower():
        return True
    if following.block != line.block and following.what is What.PROSE and following.text[:1].isupper():
        return False
    if following.place.page != line.place.page or not _may_follow(line, following):
        return False
    if following.coded is not None or line.heading != following.heading or _ENDED.search(line.text):
        return False
    if line.size is not None and following.size is not None and abs(line.size - following.size) > 0.12 * abs(line.size):
        return False
    small = _GOES_ON.match(following.text) is not None
    return (ends_open(line.text) or small) and len(line.text) + len(following.text) < _LONGEST_TITLE * 1.5
