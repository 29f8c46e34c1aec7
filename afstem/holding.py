"""What a run holds of its documents between reading them and publishing them: little in memory, the rest on disk.

In memory a document is its head (how it ended) and an outline as bytes, a few kB; what was understood of it lies in the
cache or beside it, and the rows that its checks gave lie in a file each, until they are merged.
"""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from afstem import kept
from afstem.cache import packed
from afstem.checking import Checks, Found, Row, Sheet, Try, check_all, given_up, open_cases, read_rows
from afstem.inputs import Input
from afstem.isolation import Here, Pool
from afstem.options import RunOptions
from afstem.proven import FEW, QUICK, Proven
from afstem.workers import count
from extract.models import Document, Status
from normalize.models import CaseFile
from reconcile.models import Check

if TYPE_CHECKING:
    from publish.naming import Naming
    from reconcile import Outline

_MODULES = ("reconcile", "publish.relations", "publish.merging", "afstem.checking", "afstem.structure")


class _Held:
    """A document of the run."""

    __slots__ = ("document", "entry", "outline", "row")

    def __init__(self, document: Document, outline: bytes, entry: Path | None) -> None:
        self.document = document
        self.outline = outline
        self.entry = entry
        self.row = Row(document)


class Holding:
    """The documents of a run; `scratch` is an existing folder for what is only there while it goes on."""

    def __init__(self, scratch: Path, out: Path, options: RunOptions) -> None:
        self._scratch = scratch
        self._out = out
        self._options = options
        self._held: dict[Input, _Held] = {}
        self._order: list[_Held] = []
        self._names: list[tuple[int, Naming]] = []

    def keep(self, source: Input, file: CaseFile, entry: Path | None = None) -> None:
        """Keeps a document; `entry` is where the cache has it, None where it must be kept here."""
        from reconcile import outline

        if file.document.status is Status.IMPORTED and entry is None:
            entry = self._scratch / f"{len(self._held)}.entry"
            entry.write_bytes(packed(kept.encode(file)))
        if self._options.exclude_confidential:
            file = open_cases(file)
        self._held[source] = _Held(file.document, kept.encode_outline(outline(file)), entry)

    def to_check(self) -> int:
        """How many documents there are to check."""
        return sum(held.document.status is Status.IMPORTED for held in self._held.values())

    def document(self, source: Input) -> Document:
        """The head of a document."""
        return self._held[source].document

    def check(self, sources: Sequence[Input]) -> tuple[Found, ...]:
        """Checks all documents and makes their rows, in processes with limits; `sources` are all inputs, in order."""
        from publish.naming import named
        from reconcile import apart

        self._order = [self._held[source] for source in sources]
        told = apart(_Outlines(self._order))
        self._names = named([(held.document, kept.decode_outline(held.outline).cases) for held in self._order])
        groups = self._groups(told.groups)
        at = {naming.document_id: place for place, naming in self._names}
        checks = Checks(self._out, self._options.limits, told.shared, self._options.exclude_confidential)
        found: list[Found] = []
        whole, begun = True, time.monotonic()
        proven = self._proven(groups, checks)
        with self._doer(len(groups), here=bool(proven)) as doer:
            for findings, sheets in check_all(doer, groups, checks):
                found += findings
                whole = whole and all(f.check is not Check.DIAGNOSTIC for f in findings)
                for sheet, counts in sheets:
                    whole = whole and counts is not None
                    self._checked(self._order[at[sheet.document_id]], counts)
        if proven is not None and whole and time.monotonic() - begun < QUICK:
            proven.remember()
        place_of = {held.document.document_id: place for place, held in reversed(list(enumerate(self._order)))}
        return tuple(sorted(found, key=lambda f: place_of[f.document_id]))

    def _groups(self, places: Iterable[Sequence[int]]) -> list[list[Sheet]]:
        """The sheets of the documents at these places that hold anything to check, group by group."""
        names = dict(self._names)
        imported = ([p for p in group if self._order[p].document.status is Status.IMPORTED] for group in places)
        return [[self._sheet(place, names[place]) for place in group] for group in imported if group]

    def _proven(self, groups: Sequence[Sequence[Sheet]], checks: Checks) -> Proven | None:
        """What is known of these checks; None where there are many, or where a document is not in the cache."""
        sheets = [sheet for group in groups for sheet in group]
        if not 0 < len(sheets) <= FEW or any(
            Path(os.fsdecode(sheet.entry)).parent == self._scratch for sheet in sheets
        ):
            return None
        return Proven(self._out, (checks.task(group, Try.GROUP, None) for group in groups))

    def _doer(self, groups: int, *, here: bool) -> Pool | Here:
        if here:
            return Here()
        return Pool(count(max(1, groups), self._options), self._options.limits, self._scratch, _MODULES)

    def _checked(self, held: _Held, counts: tuple[int, int, int, int] | None) -> None:
        if counts is None:
            held.document = given_up(held.document).document
            held.row = Row(held.document)
        else:
            held.row = Row(held.document, *counts)

    def parts(self) -> Iterator[dict[str, Any]]:
        """The rows of each document, in the order in which relations hold them."""
        from publish.relations import part

        for place, naming in self._names:
            held = self._order[place]
            if held.document.status is Status.IMPORTED:
                yield read_rows(self._rows(place))
            else:
                yield part(CaseFile(held.document, ()), (), naming)

    def rows(self) -> tuple[Row, ...]:
        """What is said of each input, in their order."""
        return tuple(held.row for held in self._order)

    def _sheet(self, place: int, naming: Naming) -> Sheet:
        held = self._order[place]
        return Sheet(
            entry=os.fsencode(held.entry or ""),
            head=kept.encode(CaseFile(held.document, ())),
            document_id=naming.document_id,
            original=naming.original,
            versions=naming.versions,
            rows=os.fsencode(self._rows(place)),
        )

    def _rows(self, place: int) -> Path:
        return self._scratch / f"{place}.rows"


class _Outlines(Collection[tuple[Document, "Outline"]]):
    """The outlines of documents, each made of its bytes when it is looked at."""

    def __init__(self, held: Sequence[_Held]) -> None:
        self._held = held

    def __iter__(self) -> Iterator[tuple[Document, Outline]]:
        return ((held.document, kept.decode_outline(held.outline)) for held in self._held)

    def __len__(self) -> int:
        return len(self._held)

    def __contains__(self, item: object) -> bool:
        return any(item == each for each in self)
