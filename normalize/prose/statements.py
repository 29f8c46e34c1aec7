"""What running text states: amounts, årsværk and price levels with their sentence, their years and the line they name.

In: the blocks of one case, its headings and its tables.  Out: `Statement`s in print order; money in kroner.  `table`
and `line` are set only where the text leaves no doubt which line it speaks of (see `normalize.prose.links`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import regex

from extract.models import Block
from lexicon.folding import fold_accents
from lexicon.years import YEAR
from normalize.models import Heading, Statement, StatementKind, Table
from normalize.prose.links import Context, Linker
from normalize.prose.numbers import Found, find
from normalize.prose.sentences import Passage, may_state, passages, prose, sentences
from normalize.prose.words import same_word, tokens
from normalize.prose.years import find_years

_YEAR_OR_BLANK = regex.compile(rf"{YEAR}|\W+")
_SHARED_WORDS = 12  # letters between two amounts under which they share their words ("40 t.kr. i 2027 og 90 t.kr. …")


def find_statements(
    blocks: Sequence[Block],
    headings: Sequence[Heading],
    tables: Sequence[Table],
    tabled: Mapping[int, int],
    form: Collection[int] = (),
) -> tuple[Statement, ...]:
    """All statements of a case; `tabled` maps the blocks that were read as tables to the table's ordinal.

    `form` are the blocks of the case's form; a price level there is the form's own field and no statement.
    """
    places = {heading.place: heading.ordinal for heading in headings}
    linker = Linker(tables)
    found: list[Statement] = []
    for passage in passages(blocks, places, tabled.keys()):
        stated = _of_passage(passage, linker, tabled.get(passage.block + 1))
        found += [s for s in stated if passage.block not in form or s.kind is not StatementKind.PRICE_LEVEL]
    return tuple(found)


def _of_passage(passage: Passage, linker: Linker, next_table: int | None) -> list[Statement]:
    """The statements of one passage, sentence by sentence."""
    if not may_state(passage.text):
        return []
    out: list[Statement] = []
    last: list[int] = []  # indices in `out` of the sentence before
    for start, end in sentences(passage.text):
        sentence = passage.text[start:end]
        found = find(sentence)
        if not found:
            if last:
                _take_years_up(out, last, sentence)
            last = []
            continue
        last = list(range(len(out), len(out) + len(found)))
        closing = end >= len(passage.text.rstrip())
        stated = [
            _statement(
                f, passage, sentence, start, linker, _words_of(sentence, found, n), next_table if closing else None
            )
            for n, f in enumerate(found)
        ]
        out += _priced(_listed(_with_siblings(stated, found, sentence), found, sentence, linker))
    return out


def _with_siblings(stated: Sequence[Statement], found: Sequence[Found], sentence: str) -> list[Statement]:
    """The statements of a sentence, amounts of one list ("1 mio. kr. i 2025 og 2 mio. kr. i 2026") linked alike.

    An amount without a line takes its neighbour's, where only years part the two.
    """
    out = list(stated)
    pairs = [(n, n + 1) for n in range(len(out) - 1) if _close(sentence, found[n], found[n + 1])]
    for here, there in [*pairs, *((b, a) for a, b in reversed(pairs))]:
        linked, loose = out[here], out[there]
        alike = bool(linked.years and loose.years and linked.years != loose.years) or found[here].rising
        money = linked.kind is loose.kind is StatementKind.MONEY and not found[there].rate
        if money and alike and linked.table is not None and loose.table is None:
            out[there] = replace(loose, table=linked.table, line=linked.line)
    return out


def _listed(stated: Sequence[Statement], found: Sequence[Found], sentence: str, linker: Linker) -> list[Statement]:
    """The statements of a sentence, a list of amounts by years that is without a line linked by its figures."""
    out = list(stated)
    start = 0
    while start < len(out):
        end = start + 1
        while end < len(out) and _close(sentence, found[end - 1], found[end]):
            end += 1
        run = range(start, end)
        loose = all(out[n].kind is StatementKind.MONEY and out[n].table is None and found[n].years for n in run)
        target = linker.shared(found[start:end]) if loose and len(run) > 2 else None
        for n in run if target is not None else ():
            assert target is not None
            out[n] = replace(out[n], table=target.table, line=target.line, likely=None)
        start = end
    return out


def _priced(stated: Sequence[Statement]) -> list[Statement]:
    """The statements of a sentence, its price level linked to the line of the amount right before it."""
    out: list[Statement] = []
    for n, statement in enumerate(stated):
        amount = stated[n - 1] if n else None
        if statement.kind is StatementKind.PRICE_LEVEL and amount is not None and amount.kind is StatementKind.MONEY:
            out.append(replace(statement, table=amount.table, line=amount.line))
        else:
            out.append(statement)
    return out


def _statement(
    found: Found, passage: Passage, sentence: str, start: int, linker: Linker, words: str, next_table: int | None
) -> Statement:
    introduces = next_table if sentence.rstrip().endswith(":") and _hands_out(sentence) else None
    target = likely = None
    if passage.kind in ("heading", "paragraph"):
        context = Context(words, passage.lead, passage.section, passage.kind == "heading", introduces)
        target = linker.link(found, context)
        likely = linker.likely(found, context) if target is None else None
    # "i alt" of a lasting change sums up its parts, not its years: it is the amount of a year
    lasting = target is not None and target.sum is None and found.kind is StatementKind.MONEY and not found.onwards
    lasting = lasting and not (len(found.years) > 1 and any(w in sentence.casefold() for w in prose("marks", "span")))
    return Statement(
        kind=found.kind,
        value=found.value,
        half_step=found.half_step,
        printed=found.printed,
        sentence=sentence.strip(),
        place=passage.place_at(start + found.start),
        years=found.years,
        onwards=found.onwards,
        per_year=found.per_year or (found.total and lasting),
        total=found.total and not lasting,
        approximate=found.approximate,
        table=target.table if target is not None else None,
        line=target.line if target is not None else None,
        likely=(likely.table, likely.line) if likely is not None else None,
        heading=passage.heading,
    )


def _hands_out(sentence: str) -> bool:
    return any(word in fold_accents(sentence) for word in prose("marks", "introduces"))


def _words_of(sentence: str, found: Sequence[Found], n: int) -> str:
    """The part of the sentence that speaks of the n-th amount: from the amount before it to the next one.

    Amounts that only years part share their words ("40 t.kr. i 2027 og 90 t.kr. i 2028 til lamper"), unless the second
    is a part of the first ("3 mio. kr. i 2027, heraf 1 mio. kr. til lamper").
    """
    first = last = n
    while first > 0 and _close(sentence, found[first - 1], found[first]) and not found[first].partly:
        first -= 1
    while last + 1 < len(found) and _close(sentence, found[last], found[last + 1]) and not found[last + 1].partly:
        last += 1
    start = found[first - 1].end if first else 0
    stop = found[last + 1].start if last + 1 < len(found) else len(sentence)
    return sentence[start:stop]


def _close(sentence: str, a: Found, b: Found) -> bool:
    gap = _YEAR_OR_BLANK.sub("", sentence[a.end : b.start])
    return len(gap) <= _SHARED_WORDS


def _take_years_up(out: list[Statement], last: Sequence[int], sentence: str) -> None:
    """A sentence without an amount that dates the one before it: "Merudgiften begynder først fra 2028".

    It must share two telling words with what the amount was said of, and the amount must have no years of its own.
    """
    years = [y for y in find_years(sentence) if y.onwards] if "først" in fold_accents(sentence) else []
    if len(years) != 1:
        return
    opening = tokens(sentence[: years[0].start])
    for n in last:
        statement = out[n]
        if statement.years:
            continue
        at = statement.sentence.find(statement.printed)
        said = tokens(statement.sentence[at : at + 120]) if at >= 0 else ()
        if sum(any(same_word(a, b) for b in said) for a in opening) >= 2:
            joined = f"{statement.sentence} {sentence.strip()}"
            out[n] = replace(statement, years=years[0].years, onwards=True, sentence=joined)
