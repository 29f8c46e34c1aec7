"""A catalogue of proposals against the proposals themselves, wherever they lie."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.records import record
from normalize.models import ColumnKind, Kind, Line, Measure, Role
from reconcile.figures.doubt import is_shifted
from reconcile.figures.draft import Draft, Identity
from reconcile.figures.summary import summaries
from reconcile.figures.view import ZERO, Batch, CaseView, TableView
from reconcile.links.versions import originals
from reconcile.models import Check, Severity
from reconcile.registry import register
from reconcile.wording import likeness, squash, traces, very_same

_NUMBER = re.compile(r"\d+")
_CODE = re.compile(r"\s*([A-ZÆØÅ]{1,4}(?:-[A-ZÆØÅ]{1,4})*)[-. ]?\d")
_SAME_TITLE = 0.6
_LIKE_TITLE = 0.35
_MOST_NEAR = 20  # cases of other files that a line is compared with word by word: those whose titles share most with it


@register(Check.CATALOGUE)
def catalogue(batch: Batch) -> Iterator[Identity | Draft]:
    """A catalogue's figures are those of its proposals.

    Rule: for each proposal, the contribution of a year is the proposal's "Samlet varig ændring" of that year with the
    sign turned, and "Samlet investering" is the sum over the years of its implementation costs. A proposal is found
    by number and title, in the same file or another; in another file only if figures, or a code of its own with its
    title, show that it is meant, and never another municipality's or budget's. One that is not among the inputs is
    said to be missing, not wrong.

    Example: the catalogue has 1.895 in 2025 for proposal 1, whose Tabel 2 has −1.895.

    Source: the catalogues of the City of Copenhagen's efficiency strategies ("Effektiviseringsbidrag", "Samlet
    investering").
    """
    proposals_at_hand = Proposals(batch)
    for case in batch.cases:
        for table in _overviews(case):
            missing = []
            listed: list[tuple[int, _Proposal, CaseView]] = []
            for index, line in enumerate(table.lines):
                if line.role is not Role.DETAIL or not line.amounts:
                    continue
                found = proposals_at_hand.named(case, line)
                if found is None:
                    missing.append(_name(line))
                    continue
                proposal = _economy(found, table, index, own_file=found.document_id == case.document_id)
                if proposal is None:
                    continue
                if _is_certain(found, line):
                    proposal = replace(proposal, agrees=True)
                listed.append((index, proposal, found))
            proposals = [(index, proposal, _shown(found)) for index, proposal, found in _meant(case, listed)]
            sign = _sign_of_all(table, [(index, proposal) for index, proposal, _ in proposals])
            for index, proposal, shown in proposals if not is_shifted(table) else ():
                yield from _contributions(table, index, proposal, shown, sign)
                yield from _investment(table, index, proposal, shown)
            if missing and table.kind is Kind.CATALOGUE:
                yield Draft(
                    Check.CATALOGUE,
                    Severity.INFO,
                    "catalogue_missing",
                    case.index,
                    table.index,
                    params={"count": len(missing), "proposals": "; ".join(missing)},
                )


@record
class _Proposal:
    """A proposal's table, and the lines of it that a catalogue repeats; None for what it does not tell apart."""

    table: TableView
    effect: int | None
    implementation: int | None
    agrees: bool = True  # most years show that the catalogue means these lines; otherwise its other rows must show it


def _meant(home: CaseView, listed: Sequence[tuple[int, _Proposal, CaseView]]) -> list[tuple[int, _Proposal, CaseView]]:
    """The proposals that the catalogue is about, of those that its lines are called like.

    Of its own file all, if figures show it of one. Of other files those whose figures show it; titles are apt to be
    alike in two municipalities, so that the rest is meant only where it is the smaller part.
    """
    own = [entry for entry in listed if entry[2].document_id == home.document_id]
    others = [entry for entry in listed if entry[2].document_id != home.document_id]
    shown = [entry for entry in others if entry[1].agrees]
    if 2 * len(shown) <= len(others):
        others = shown
    return [*own, *others] if any(proposal.agrees for _, proposal, _ in (*own, *others)) else []


def _overviews(case: CaseView) -> list[TableView]:
    """The tables that may list proposals: catalogues, and other money tables of what is no case itself."""
    if case.case.kind_of == "case":
        return case.of_kind(Kind.CATALOGUE)
    return case.of_kind(Kind.CATALOGUE, Kind.OTHER_MONEY)


def _name(line: Line) -> str:
    return " ".join([line.label, *line.texts[:1]]) if not re.search(r"[^\W\d_]", line.label) else line.label


def _shown(case: CaseView) -> str:
    return case.case.code or case.case.title or ""


def _number(text: str | None) -> int | None:
    found = _NUMBER.search(text or "")
    return int(found[0]) if found else None


def _letters(text: str | None) -> str:
    """The letters of a short code that opens the text: "B-01" has "B"; none in words such as "Forslag 1"."""
    found = _CODE.match(text or "")
    return found[1] if found else ""


def _has_code(line: Line, code: str | None) -> bool:
    """Whether the line prints the proposal's code of letters and digits, alone or before its title."""
    if not _letters(code):
        return False
    return any(
        squash(text) == squash(code or "") or squash(text.split()[0]) == squash(code or "") for text in _texts(line)
    )


def _texts(line: Line) -> list[str]:
    return [text for text in (line.label, *line.texts) if text.strip()]


class Proposals:
    """The cases that a catalogue may list: those with figures of years, each counted once.

    `having_years` says which have some, where `batch` holds cases without their tables.
    """

    def __init__(self, batch: Batch, having_years: Callable[[CaseView], bool] | None = None) -> None:
        firsts = originals(batch)
        self._cases = batch.cases
        self._of_file: dict[str, list[CaseView]] = defaultdict(list)
        self._near: dict[str, list[CaseView]] = defaultdict(list)
        self._of_code: dict[str | int | None, list[CaseView]] = defaultdict(list)
        for case in batch.cases:
            if case.case.kind_of == "case" and (having_years or _has_years)(case):
                self._of_file[case.document_id].append(case)
                for trace in traces(case.case.title or "") if case.index in firsts else ():
                    self._near[trace].append(case)
                for known in (_number(case.case.code), squash(case.case.code or "")):
                    if known not in (None, "") and case.index in firsts:
                        self._of_code[known].append(case)

    def named(self, home: CaseView, line: Line) -> CaseView | None:
        """The proposal that a line of a catalogue in `home` is about, None where it is not among the inputs.

        In the catalogue's own file a code, or a number and a title that is not quite another, will do; in another file
        the title must be the same, or alike with the same number.
        """
        best = self._best(home, line, self._surest(home, line))
        if best is None or best[0] < 1:  # what says neither the number nor the very title is alike at most
            best = self._best(home, line, self._candidates(home, line))
        return best[1] if best is not None else None

    def _best(self, home: CaseView, line: Line, found: Sequence[CaseView]) -> tuple[float, CaseView] | None:
        best: tuple[float, CaseView] | None = None
        for case in found:
            own_file = case.document_id == home.document_id
            if case.index == home.index or (not own_file and _of_another_budget(home, case)):
                continue
            score = _likeness(case, line, own_file)
            if score is not None and (best is None or score > best[0]):
                best = (score, case)
        return best

    def _surest(self, home: CaseView, line: Line) -> list[CaseView]:
        """In the order of the batch: the file's own cases, and those of the line's very title, number or code."""
        found = list(self._of_file.get(home.document_id, ()))
        found += self._of_code.get(_number(line.label), ())
        for text in {_name(line), *_texts(line)}:
            found += self._near.get(very_same(text), ())
            for code in (text, *text.split()[:1]):
                found += self._of_code.get(squash(code), ())
        return _in_order(found)

    def _candidates(self, home: CaseView, line: Line) -> list[CaseView]:
        """Likewise the file's own cases, and those whose title has most of the line's words."""
        shared = Counter(
            case.index
            for trace in {trace for text in {_name(line), *_texts(line)} for trace in traces(text)}
            for case in self._near.get(trace, ())
        )
        nearest = sorted(shared, key=lambda index: (-shared[index], index))[:_MOST_NEAR]
        return _in_order([*self._of_file.get(home.document_id, ()), *(self._cases[index] for index in nearest)])


def _in_order(cases: Iterable[CaseView]) -> list[CaseView]:
    """Each once, in the order of the batch."""
    found = {case.index: case for case in cases}
    return [found[index] for index in sorted(found)]


def _has_years(case: CaseView) -> bool:
    return any(table.year_columns for table in case.tables)


def listed_lines(case: CaseView) -> Iterator[Line]:
    """The lines of the case that may name proposals."""
    for table in _overviews(case):
        yield from (line for line in table.lines if line.amounts)


def _is_certain(case: CaseView, line: Line) -> bool:
    """Whether the line prints the proposal's own code and its title, so that figures need not tell which it is."""
    if not _has_code(line, case.case.code):
        return False
    title = squash(case.case.title or "")
    return bool(title) and any(squash(text).endswith(title) for text in _texts(line))


def _of_another_budget(home: CaseView, case: CaseView) -> bool:
    """Whether both say which budget, or whose, they belong to, and it is not the same."""
    return any(
        one is not None and other is not None and one != other
        for one, other in (
            (home.case.budget_year, case.case.budget_year),
            (home.case.municipality, case.case.municipality),
        )
    )


def _likeness(case: CaseView, line: Line, own_file: bool) -> float | None:
    """How well a catalogue line names a case; None where it names another, or nothing says that it is this one."""
    same_number, same_code = _same_number(case, line), _has_code(line, case.case.code)
    lettered = _letters(line.label) and _letters(case.case.code)
    if not own_file and lettered and not same_code:
        return None  # a code of its own each: another proposal of the same name
    numbered = _number(line.label) is not None and _number(case.case.code) is not None
    if not own_file and numbered and not (same_number or same_code):
        return None
    title = max((likeness(text, case.case.title or "") for text in (_name(line), *_texts(line))), default=0.0)
    needed = (0.2 if own_file else _LIKE_TITLE) if same_number or same_code else _SAME_TITLE + 0.1
    if title < needed and not (own_file and same_code):
        return None
    return title + 0.5 * (same_number or same_code) + 0.2 * own_file


def _same_number(case: CaseView, line: Line) -> bool:
    """Whether the line opens with the number of the case's code, under the same letters if both have some."""
    wanted = _number(line.label) if re.match(r"\s*(?:[A-Za-zÆØÅæøå]+[\s-]*)?\d", line.label) else None
    letters = {_letters(line.label), _letters(case.case.code)}
    return wanted is not None and wanted == _number(case.case.code) and not ("" not in letters and len(letters) > 1)


def _economy(case: CaseView, table: TableView, line: int, *, own_file: bool) -> _Proposal | None:
    """The proposal's lines that the catalogue's line repeats.

    Without a summary that names them, its only money table with years says them by its total; not where another line
    agrees in all years; and where the years do not mostly agree, the catalogue may mean something else.
    """
    for summary in summaries(case):
        lasting = summary.total("recurring")
        if lasting is not None:
            agreed, years = _agreeing(table, line, summary.table, lasting)
            agrees = own_file or 2 * agreed >= years > 0
            return _Proposal(summary.table, lasting, summary.total("implementation"), agrees)
    money = [t for t in case.tables if t.year_columns and t.table.measure is Measure.DKK]
    total = money[0].grand_total if len(money) == 1 else None
    if total is None:
        return None
    agreed, years = _agreeing(table, line, money[0], total)
    others = (_agreeing(table, line, money[0], i) for i in money[0].money_lines if i != total)
    if agreed < years and any(n == of > 0 for n, of in others):
        return None
    return _Proposal(money[0], total, None, agrees=2 * agreed >= years > 0)


def _agreeing(table: TableView, line: int, other: TableView, other_line: int) -> tuple[int, int]:
    """In how many years the two lines print the same amount, whatever its sign, and in how many either prints one."""
    left, right = table.vector(line), other.vector(other_line)
    years = table.year_columns.keys() & other.year_columns.keys()
    pairs = [(abs(left.get(y, ZERO)), abs(right.get(y, ZERO))) for y in years]
    return sum(a == b != 0 for a, b in pairs), sum(bool(a or b) for a, b in pairs)


def _sign_of_all(table: TableView, proposals: Sequence[tuple[int, _Proposal]]) -> Decimal | None:
    """The sign by which a catalogue's contributions are its proposals': that of most rows; None where none is.

    Where as many rows have it turned as have it straight, straight is meant: who turns signs turns all.
    """
    rows: Counter[int] = Counter()
    for line, proposal in proposals:
        turned, straight = _turned(table, line, proposal)
        rows[1 if straight > turned else -1 if turned > straight else 0] += 1
    return Decimal(1 if rows[1] >= rows[-1] else -1) if rows[1] or rows[-1] else None


def _turned(table: TableView, line: int, proposal: _Proposal) -> tuple[int, int]:
    """In how many years the line has the proposal's amount with the other sign, and with the same one."""
    other, total = proposal.table, proposal.effect
    if total is None:
        return 0, 0
    pairs = [
        (
            table.value(line, c) * table.unit(c),
            other.value(total, other.year_columns[y]) * other.unit(other.year_columns[y]),
        )
        for y, c in table.year_columns.items()
        if y in other.year_columns
    ]
    return sum(a == -b != 0 for a, b in pairs), sum(a == b != 0 for a, b in pairs)


def _contributions(
    table: TableView, line: int, proposal: _Proposal, named: str, of_all: Decimal | None
) -> Iterator[Identity]:
    total = proposal.effect
    if total is None:
        return
    years = [y for y in table.year_columns if y in proposal.table.year_columns]
    turned, straight = _turned(table, line, proposal)
    sign = Decimal(table.table.cost_sign * proposal.table.table.cost_sign)
    if of_all is not None:
        sign = of_all
    elif turned != straight:
        sign = Decimal(-1 if turned > straight else 1)
    for year in years:
        here, there = table.year_columns[year], proposal.table.year_columns[year]
        if table.amount(line, here) is None and proposal.table.value(total, there) == 0:
            continue
        yield Identity(
            Check.CATALOGUE,
            "catalogue_contribution",
            table.slot(line, here),
            ((proposal.table.slot(total, there), sign * _scale(table, line, here, proposal, there)),),
            same=True,
            params=(("proposal", named),),
        )


def _scale(table: TableView, line: int, column: int, proposal: _Proposal, other_column: int) -> Decimal:
    """What turns the proposal's unit into the catalogue's; 1 where the printed contributions show that they are one.

    A unit that only one of the two headers gave away must not make every figure differ by a thousand.
    """
    scale = proposal.table.unit(other_column) / table.unit(column)
    total = proposal.effect
    if scale == 1 or total is None:
        return scale
    pairs = [
        (abs(table.value(line, c)), abs(proposal.table.value(total, proposal.table.year_columns[y])))
        for y, c in table.year_columns.items()
        if y in proposal.table.year_columns
    ]
    alike = sum(a == b != 0 for a, b in pairs)
    return Decimal(1) if alike * 2 > len(pairs) else scale


def _investment(table: TableView, line: int, proposal: _Proposal, named: str) -> Iterator[Identity]:
    """The investment column, where the catalogue has one and prints a figure in it."""
    columns = [c for c in table.columns if c.kind is ColumnKind.INVESTMENT]
    total = proposal.implementation
    if total is None:
        return
    for column in columns:
        if table.amount(line, column.index) is None:
            continue
        terms = tuple(
            (proposal.table.slot(total, c), _scale(table, line, column.index, proposal, c))
            for c in proposal.table.year_of
        )
        yield Identity(
            Check.CATALOGUE,
            "catalogue_investment",
            table.slot(line, column.index),
            terms,
            params=(("proposal", named),),
        )
