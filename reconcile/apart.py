"""Which documents must be checked together, told from an outline of each, so that not all need be held at once.

Two things lie across documents: versions of one case, and catalogues with their proposals.  What is checked in such
groups comes out as if all documents were checked together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import replace

from extract.models import Document, Place
from extract.records import record
from normalize.models import Case, CaseFile, Line, Role
from reconcile.checks.catalogue import Proposals, listed_lines
from reconcile.figures.view import Batch, CaseView, case_views
from reconcile.links.versions import versions

#: A line's words: its label, and its other texts.
Words = tuple[str, tuple[str, ...]]


@record
class Outline:
    """What must be known of a document to tell which others it is checked with.

    `cases` are bare: what they are called, and no more.  `proposals` are ordinals of those that have figures of years;
    `listed` are, by ordinal, the words of lines that may name proposals.
    """

    cases: tuple[Case, ...] = ()
    proposals: tuple[int, ...] = ()
    listed: tuple[tuple[int, tuple[Words, ...]], ...] = ()


@record
class Apart:
    """Documents in groups, by their place among the outlines, and what several cases are called alike."""

    groups: tuple[tuple[int, ...], ...]
    shared: frozenset[tuple[str, str]]


def outline(file: CaseFile) -> Outline:
    """The outline of a document."""
    views = case_views(file)
    listed = ((v.case.ordinal, tuple((x.label, x.texts) for x in listed_lines(v))) for v in views)
    return Outline(
        cases=tuple(_bare(case) for case in file.cases),
        proposals=tuple(v.case.ordinal for v in views if any(t.year_columns for t in v.tables)),
        listed=tuple(entry for entry in listed if entry[1]),
    )


def apart(outlines: Collection[tuple[Document, Outline]]) -> Apart:
    """The groups, in the order of the documents; they are gone through twice, and may come from a disk each time."""
    batch = Batch([CaseFile(document, told.cases) for document, told in outlines])
    sets = _Sets()
    having_years: set[tuple[str, int]] = set()
    places: dict[str, int] = {}
    for place, (document, told) in enumerate(outlines):
        places.setdefault(document.document_id, place)
        having_years |= {(document.document_id, ordinal) for ordinal in told.proposals}
    for first, *others in versions(batch):
        for other in others:
            sets.join(places[first.document_id], places[other.document_id])
    proposals = Proposals(batch, lambda case: (case.document_id, case.case.ordinal) in having_years)
    homes = {(case.document_id, case.case.ordinal): case for case in batch.cases}
    for document, told in outlines:
        for ordinal, lines in told.listed:
            home = homes.get((document.document_id, ordinal))
            for found in _named(proposals, home, lines) if home is not None else ():
                sets.join(places[document.document_id], places[found])
    keys = Counter(case.key for case in batch.cases)
    return Apart(sets.groups(len(outlines)), frozenset(key for key, count in keys.items() if count > 1))


def _named(proposals: Proposals, home: CaseView, lines: Collection[Words]) -> Iterator[str]:
    """The documents of the proposals that the lines name."""
    for label, texts in lines:
        found = proposals.named(home, Line(0, label, Role.DETAIL, (), Place(0), texts=texts))
        if found is not None:
            yield found.document_id


def _bare(case: Case) -> Case:
    return replace(
        case,
        summary=None,
        affected=None,
        headings=(),
        tables=(),
        statements=(),
        notes=(),
        text=(),
        title_why=(),
        opened_why=(),
    )


class _Sets:
    """Places that belong together: each knows one before it, the first of all stands for them."""

    def __init__(self) -> None:
        self._before: dict[int, int] = {}

    def first(self, place: int) -> int:
        while place in self._before:
            place = self._before[place]
        return place

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.first(one), self.first(other)))
        if low != high:
            self._before[high] = low

    def groups(self, count: int) -> tuple[tuple[int, ...], ...]:
        found: dict[int, list[int]] = {}
        for place in range(count):
            found.setdefault(self.first(place), []).append(place)
        return tuple(map(tuple, found.values()))
