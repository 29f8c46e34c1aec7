"""Where cases begin: every line that may open one is weighed, and the best partition of the whole document is chosen.

In: the traits of a document's lines.  Out: the `Start`s of its cases.  No single term decides: what a line says and how
it is printed (`starts.py`), whether its like comes before and after, what lies between it and the next, and what would
come twice in one case if it were none (`held.py`).  The best partition is found by dynamic programming over the lines
that may open a case.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import SequenceMatcher

from extract.records import record
from normalize.cases.codes import Form
from normalize.cases.evidence import START
from normalize.cases.held import Held
from normalize.cases.starts import Start, is_thin, starts_of
from normalize.cases.traits import Trait

_LEAD = 3  # lines of prose that a cover or a letterhead may have


@record
class Partition:
    """The cases' starts in print order, and whether figures stand before the first."""

    starts: tuple[Start, ...]
    fronted: bool


def partition(traits: Sequence[Trait], listed: Collection[str]) -> Partition:
    """The likeliest partition into cases; `listed` are the folded titles that an overview in the document lists."""
    starts = starts_of(traits, listed)
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
    return start.bits + START.prior_first - (0.0 if start.told else hidden) + _front(held, start)


def _front(held: Held, start: Start) -> float:
    """What stands before the first case speaks for its being a cover or an overview."""
    if start.top == 0:
        return 0.0
    if not held.figures(0, start.top):
        known = held.overview(start.top) or any(term.name == "template" for term in start.terms)
        lines = held.prose(0, start.top)
        lead = START.front_lead if lines <= _LEAD else START.front_prose
        return (START.front_cover if known else lead) if lines else 0.0
    listed = any(term.name == "catalogued" for term in start.terms) or held.overview(start.top)
    return START.front_overview if listed else START.front_figures


def _link(one: Start, other: Start) -> float:
    """What one opening says of the next: codes that run on, the same shape, the same title once more."""
    bits = START.same_shape if one.shape == other.shape else 0.0
    if _same(one, other):
        return bits + START.same_title
    if one.coded is None or other.coded is None:
        return bits + (START.other_family if one.coded is not None else 0.0)
    if one.coded.family != other.coded.family:
        return bits + START.other_family
    if is_thin(one.coded) and not (_is_headed(one) and _is_headed(other)):
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
