"""Tables whose columns the dump kept by tabs (or pipes): one column a field, joined over page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extract.grids.heading import with_lower_levels
from extract.models import Cell, Place, Row
from extract.text.source import EMPTY, TICKED, SourceLine
from extract.text.tables import Found, cell
from lexicon.figures import is_figure
from lexicon.hyphens import join_lines, mend
from lexicon.lines import goes_on, says_unit
from lexicon.years import is_year

_DRAWN = re.compile(r"[-–—=_:\s]*\Z")
_LONGEST_GAP = 4  # blank lines within a table that a page break cut
_LONGEST_SECTION = 70  # characters of a row that is only a label


@dataclass(slots=True)
class _Record:
    """One printed line of the table: its index in the source and its fields."""

    at: int
    line: SourceLine
    fields: list[str]
    after_gap: bool = False
    header: bool = False
    absent: set[int] = field(default_factory=set)  # columns that this record has no field for

    @property
    def figures(self) -> int:
        return sum(1 for text in self.fields[1:] if text and is_figure(text))

    @property
    def filled(self) -> list[int]:
        return [i for i, text in enumerate(self.fields) if text]


def find_tabbed(lines: Sequence[SourceLine], known: frozenset[str]) -> list[Found]:
    """The tabbed tables of the source, in print order.  Lines of tick boxes and single tabbed lines are none."""
    found: list[Found] = []
    for records, drawn in _regions(lines):
        for part in _parts(records):
            if len(part) < 2 and not (part and part[0].figures >= 2):
                continue
            found.append(_table(part, lines, drawn, known))
    return found


@dataclass(slots=True)
class _Run:
    """Tabbed lines below each other, and where lines are drawn among them."""

    records: list[_Record] = field(default_factory=list)
    drawn: list[int] = field(default_factory=list)
    last: int = -1

    def is_row(self, lines: Sequence[SourceLine], at: int) -> bool:
        below = bool(self.records) and self.last == at - 1
        return _is_row(lines[at]) or (below and _is_bare_label(self.records[-1], lines, at))

    def is_drawn(self, line: SourceLine) -> bool:
        return bool(line.tabbed or self.records) and _is_drawn(line)

    def gap(self, lines: Sequence[SourceLine], at: int) -> int:
        """How many blank lines stand between its last line and this one."""
        return sum(not line.furniture for line in lines[self.last + 1 : at]) if self.records else 0

    def add(self, at: int, line: SourceLine, *, drawn: bool, row: bool, gap: int) -> None:
        if drawn and (self.records or line.tabbed):
            self.drawn.append(at)
        elif row:
            self.records.append(_Record(at, line, line.fields, after_gap=gap > 0))
        else:
            return
        self.last = at


def _regions(lines: Sequence[SourceLine]) -> list[tuple[list[_Record], list[int]]]:
    """Runs of tabbed lines, with the drawn lines among them; a few blank lines do not end a run."""
    runs = [_Run()]
    for at, line in enumerate(lines):
        if line.furniture or (line.blank and not line.tabbed):
            continue
        run = runs[-1]
        row, drawn, gap = run.is_row(lines, at), run.is_drawn(line), run.gap(lines, at)
        if not (row or drawn) or gap > _LONGEST_GAP:
            run, gap = _Run(), 0
            runs.append(run)
        run.add(at, line, drawn=drawn, row=row, gap=gap)
    return [(run.records, run.drawn) for run in runs if any(record.filled for record in run.records)]


def _is_row(line: SourceLine) -> bool:
    return line.tabbed and not is_tick_line(line)


def _is_bare_label(above: _Record, lines: Sequence[SourceLine], at: int) -> bool:
    """Whether a line without tabs right below a row is one that is only a label (a section): figures follow it at once.

    A line over a header of years, or over a row of words, titles another table.
    """
    text = lines[at].text.strip()
    below = lines[at + 1] if at + 1 < len(lines) else None
    if lines[at].tabbed or below is None or not _is_row(below) or not 0 < len(text) <= _LONGEST_SECTION:
        return False
    following = _Record(at + 1, below, below.fields)
    same_width = abs(len(below.fields) - len(above.fields)) <= 1
    return same_width and following.figures > 0 and years_in(below.fields) < 2 and text[-1] not in ".;:?!"


def is_tick_line(line: SourceLine) -> bool:
    """Whether it is a line of tick boxes, which is a form and no table's row."""
    boxes = line.text.count(TICKED) + line.text.count(EMPTY)
    return boxes > 0 and boxes * 3 >= len([f for f in line.fields if f]) - 1


def _is_drawn(line: SourceLine) -> bool:
    return line.text.count("-") + line.text.count("=") + line.text.count("_") > 3 and all(
        _DRAWN.match(f) and (not f or len(f) > 1) for f in line.fields
    )


def _parts(records: list[_Record]) -> list[list[_Record]]:
    """The tables of a run: a new one starts after a gap with a header of its own or with other columns."""
    parts: list[list[_Record]] = []
    for n, record in enumerate(records):
        if parts and not (record.after_gap and _starts_anew(parts[-1], records[n:])):
            parts[-1].append(record)
        else:
            parts.append([record])
    return [part for part in parts if any(r.filled for r in part)]


def _starts_anew(part: list[_Record], rest: Sequence[_Record]) -> bool:
    """Whether the first of the rest of a run's records starts another table than the part above it."""
    record = rest[0]
    if _same_text(part[0], record) or (len(part) > 1 and _same_text(part[1], record)):
        line, above = record.line, part[-1].line
        if line.paged:
            return line.page == above.page  # else the header, repeated after the page break
        again = next((n for n, later in enumerate(rest) if n and _same_text(later, record)), len(rest))
        return bool(above.fields[0]) and above.fields[0] == rest[again - 1].line.fields[0]  # each ends with its total
    width = max(len(r.fields) for r in part)
    reach = record.filled[-1] + 1 if record.filled else 1
    if reach > width + 1 or len(record.fields) < width - 1:
        return len(record.filled) > 1
    looks_like_header = record.figures == 0 and len(record.filled) > 1
    if years_in(record.fields) >= 2:
        return True
    if looks_like_header and not record.fields[0]:
        return True
    # a table of figures that is followed by a row of words only, under other columns
    return looks_like_header and record.fields[0].casefold() == part[0].fields[0].casefold() != ""


def _same_text(one: _Record, other: _Record) -> bool:
    return [f.casefold() for f in one.fields if f] == [f.casefold() for f in other.fields if f]


def years_in(fields: Sequence[str]) -> int:
    """How many of the fields are a year, in any of a header's notations."""
    return sum(is_year(text) for text in fields)


def _table(records: list[_Record], lines: Sequence[SourceLine], drawn: list[int], known: frozenset[str]) -> Found:
    _mark_headers(records, lines, drawn)
    columns = _width(records)
    _realign(records, columns)
    rows: list[Row] = []
    sources: list[_Record] = []
    for number, record in enumerate(records):
        if rows and _continues(sources[-1], record):
            rows[-1] = _merged(rows[-1], record, known)
            sources[-1] = replace(sources[-1], fields=[join_lines(pair, known) for pair in _pairs(sources[-1], record)])
            continue
        rows.append(_row(record, columns, _below(records, number), known))
        sources.append(record)
    first, last = records[0].at, records[-1].at
    furniture = [i for i in range(first, last) if lines[i].furniture]
    return Found(rows, columns, first, last, furniture, [i for i in drawn if first <= i <= last] + furniture)


def _pairs(one: _Record, other: _Record) -> list[list[str]]:
    width = max(len(one.fields), len(other.fields))
    return [[r.fields[i] if i < len(r.fields) else "" for r in (one, other)] for i in range(width)]


def _mark_headers(records: list[_Record], lines: Sequence[SourceLine], drawn: list[int]) -> None:
    """Header records: those down to the row of years, or the first row where it holds no figure."""
    lead = 0
    for index, record in enumerate(records[:4]):
        if years_in(record.fields) >= 2 or (index == 0 and years_in(record.fields) == 1 and record.figures <= 1):
            lead = index + 1
    if any(records[i].figures and not years_in(records[i].fields) for i in range(lead)):
        lead = 0
    if not lead:
        # a drawn line below the first row says it is a header, as in markdown
        under = {i for i in drawn if len(records) > 1 and records[0].at < i < records[1].at}
        plain = records[0].figures == 0 and (len(records[0].filled) > 1 or not records[0].fields[0])
        lead = 1 if len(records) > 1 and (under or plain) else 0
    lead = with_lower_levels([{i: text for i, text in enumerate(r.fields) if text} for r in records], lead)
    heads = records[:lead]
    for record in heads:
        record.header = True
    for record in records[lead:]:
        record.header = any(_same_text(head, record) for head in heads) and len(record.filled) > 1


def _width(records: Sequence[_Record]) -> int:
    """How many columns: as far as any record holds text, and at least as wide as the headers and most records."""
    reach = max(r.filled[-1] + 1 if r.filled else 1 for r in records)
    heads = [len(r.fields) for r in records if r.header]
    common = max(set(lengths), key=lengths.count) if (lengths := [len(r.fields) for r in records]) else 1
    return max(reach, max(heads, default=0), common if not heads else 0, 2)


def _realign(records: Sequence[_Record], columns: int) -> None:
    """Gives records that lost a field (at a page break) the place where it was, if only one place fits."""
    full = [r for r in records if len(r.fields) >= columns and not r.header]
    heads = [r for r in records if r.header]
    numeric = [_holds_figures(i, full, heads) for i in range(columns)]
    empty = [bool(full) and not any(r.fields[i] for r in full if i < len(r.fields)) for i in range(columns)]
    for record in records:
        if record.header or len(record.fields) >= columns or not record.figures:
            continue
        missing = columns - len(record.fields)
        if missing > 2:
            continue
        best: list[tuple[int, int]] = []
        for at in range(1, len(record.fields) + 1):
            moved = record.fields[:at] + [""] * missing + record.fields[at:]
            fits = sum(_fits(text, numeric[i]) for i, text in enumerate(moved) if i)
            best.append((fits * 4 + 2 * empty[at if at < columns else -1] + (at == len(record.fields)), -at))
        at = -max(best)[1]
        record.absent = set(range(at, at + missing))
        record.fields[at:at] = [""] * missing


def _holds_figures(column: int, full: Sequence[_Record], heads: Sequence[_Record]) -> bool:
    texts = [r.fields[column] for r in full if column < len(r.fields) and r.fields[column]]
    if texts:
        return sum(is_figure(t) for t in texts) * 2 > len(texts)
    return any(column < len(h.fields) and years_in([h.fields[column]]) for h in heads)


def _fits(text: str, numeric: bool) -> int:
    if not text:
        return 0
    return 1 if (is_figure(text)) == numeric else -3


def _continues(previous: _Record, record: _Record) -> bool:
    """Whether the record is the rest of the record before: wrapped words, and nothing else."""
    if previous.header != record.header or record.figures or not record.filled:
        return False
    if not record.header and all(
        i < len(previous.fields) and goes_on(previous.fields[i], record.fields[i]) for i in record.filled
    ):
        return record.after_gap or record.filled == [0]
    return False


def _merged(row: Row, record: _Record, known: frozenset[str]) -> Row:
    cells = list(row.cells)
    for i in record.filled:
        old = cells[i] if i < len(cells) else None
        if old is None:
            cells[i] = cell(record.fields[i], record.line)
        else:
            text = mend(join_lines([old.text, record.fields[i]], known), known)
            cells[i] = replace(old, text=text, raw=f"{old.raw}\n{record.fields[i]}")
    return replace(row, cells=tuple(cells))


def _below(records: Sequence[_Record], index: int) -> _Record | None:
    """The header record right below a header record."""
    following = records[index + 1] if index + 1 < len(records) else None
    return following if following and following.header and records[index].header else None


def _row(record: _Record, columns: int, below: _Record | None, known: frozenset[str]) -> Row:
    cells: list[Cell | None] = []
    for i in range(columns):
        if i >= len(record.fields) or i in record.absent:
            cells.append(None)
        else:
            printed = record.fields[i]
            cells.append(cell(mend(printed, known), record.line, printed, span=_span(record, below, i)))
    return Row(tuple(cells), Place(record.line.page, None, record.line.number), header=record.header)


def _span(record: _Record, below: _Record | None, column: int) -> int:
    """How many columns a header cell covers: the empty ones to its right that have a header below."""
    if below is None or not record.fields[column]:
        return 1
    span = 1
    for i in range(column + 1, min(len(record.fields), len(below.fields))):
        if record.fields[i] or not below.fields[i]:
            break
        span += 1
    return span


def is_unit_line(text: str) -> bool:
    """Whether a line above a table's columns tells their unit or price level ("1.000 kr. 2022 p/l")."""
    return len(text.split()) <= 8 and says_unit(text) and not text.rstrip().endswith(".")
