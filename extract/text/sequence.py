"""Tables of dumps that lost their blanks: cells one after the other, row by row.

Such a dump prints a row's label and then its figures, on one line or on many, and before the first row the words of the
header.  What tells the table: rows of equally many figures; that many names in the words above them.

A funnel: lines → pieces (`pieces.py`) → stretches of rows (`stretches.py`) → how many columns, and the header's words
as that many names (`header_names.py`) → parts of one table over page breaks → figures whole (`binding.py`) → labels
(`row_labels.py`).
The figures stay loose: which column a row with fewer figures than columns means is for the sums to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extract.models import Cell, Placement, Row
from extract.text.binding import bind
from extract.text.head_words import HeadLine
from extract.text.header_names import Habits, Names, best_names
from extract.text.listed import with_codes_apart
from extract.text.pieces import COUNTED, Piece, pieces
from extract.text.row_labels import BodyRow, beside, label_rows
from extract.text.source import SourceLine
from extract.text.stretches import MOST_HEAD, Stretch, stretches
from extract.text.tables import Found, cell
from lexicon.figures import (
    FigureUnit,
    has_blanks,
    has_stops,
    is_dash,
    is_group,
    is_stopless,
    opens_groups,
    own_unit,
)
from lexicon.hyphens import join_lines
from lexicon.lines import closes, closes_what, ends_open, goes_on, heads_words, starts_within
from lexicon.units import is_unit
from lexicon.years import columns_in, is_column_header, is_year

MOST_BEHIND = 4  # rows without figures between the last row and a note
MOST_FIGURES = 24  # of one row
MOST_FALSE = 6  # rows at a stretch's beginning that may be words of the header
LEAST_ROWS = 2  # rows with as many figures as there are columns
LEAST_SINGLE = 3  # such rows where there is one column only
BORNE_OUT = 8.0  # what it counts that all rows have as many figures as columns
STEADY = 1.0  # and each row that has exactly as many as there are columns, if none has more
MOST_STEADY = 6  # such rows
_TOO_MANY = 2.0  # what a row with more figures than columns costs, in rows that bear them out
_HALF_FITS = 0.7  # what a row counts that fits if dashes are signs, or groups of digits one figure
_NEARLY_ALL = 0.8  # share of the rows that agree on a number
_ELSE_FITS = 0.3  # and where all rows fit another number of columns
LOOSE = Placement.UNDECIDED


@dataclass(slots=True)
class _Part:
    """A stretch read as a table, or as its part overleaf: the header, the pieces it took, the rows below."""

    names: Names | None
    head: list[Piece]
    left: list[Piece]  # words above the header
    rows: list[BodyRow]
    stretch: Stretch

    @property
    def headed(self) -> str:
        """The header as one text."""
        return " ".join(piece.text for piece in self.head)


def find_sequences(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Found]:
    """The tables of the lines that no other reader took, in print order."""
    counts = Counter(line.text.strip() for line in lines)
    repeated = {text for text, count in counts.items() if count > 1}
    parts: list[_Part] = []
    for stretch in stretches(pieces(lines, taken)):
        parts += _parts(stretch, parts[-1] if parts else None, repeated)
    return [_found(group, known) for group in _joined(parts)]


def _parts(stretch: Stretch, before: _Part | None, repeated: set[str]) -> Iterator[_Part]:
    """The stretch under its best header; without one where no words above it name its columns.

    Under the header of the table before where that stands again, with nothing above it but the pages' heads (lines of
    the document that are `repeated`) and the rest of a label.
    """
    rows = stretch.rows
    if any(len(row.figures) > MOST_FIGURES for row in rows):
        return
    overleaf = _overleaf(stretch, before, repeated)
    if overleaf is not None:
        if overleaf.names is None or not _is_out_of_order(rows, overleaf.names):
            yield overleaf
        return
    whole = _prints_whole(rows)
    for row in rows:
        row.whole = whole
    hanging = [_hanging(above, row) for above, row in pairwise(rows)]
    said = sum(row.remark is not None or n > 0 for row, n in zip(rows, [*hanging, 0], strict=True))
    habits = Habits(spare=_spare(rows), behind=said > 1 and said * 2 >= len(rows), beside=_hold_words(rows))
    best: tuple[float, Names, int] | None = None
    for start in range(min(len(rows), MOST_FALSE)):
        found = _headed(rows, start, habits)
        if found is not None and (best is None or found[0] > best[0]):
            best = *found, start
    if best is None:
        yield _Part(None, [], [], rows, stretch)
        return
    _, names, start = best
    if _is_out_of_order(rows[start:], names):
        return  # its figures stay in the text, and are counted there
    above = _above(rows, start)
    head, left = above[names.first : names.last], above[: names.first]
    first = rows[start]
    if names.behind:
        _give_hanging(rows, hanging)
    first.lead = [*above[names.last :], *first.lead[len(first.lead) - _label_size(first) :]]
    yield from _overleaves(_Part(names, head, left, rows[start:], stretch))


def _overleaves(part: _Part) -> Iterator[_Part]:
    """The part, parted where its header, or all of its names, stand again above a row: overleaf."""
    header, begin = part.headed.split(), 0
    least = sum(len(text.split()) for text in part.names.texts) if part.names is not None else 0
    for at, row in enumerate(part.rows):
        again = _again(row.lead[: len(row.lead) - 1], header, least) if at and least else None
        if again is not None:
            yield replace(part, rows=part.rows[begin:at])
            part = replace(part, head=row.lead[slice(*again)], left=row.lead[: again[0]])
            part.stretch = replace(part.stretch, anew=True)
            row.lead, begin = row.lead[again[1] :], at
    yield replace(part, rows=part.rows[begin:])


def _headed(rows: Sequence[BodyRow], start: int, habits: Habits) -> tuple[float, Names] | None:
    """The likeliest names of the columns where a stretch's rows begin at `start`, with their score; None for none."""
    above = _above(rows, start)
    if above and _stands_over(above[-1], rows[start + 1 :]):
        above.pop()
    lines = _head_lines(above)
    named, dated = _named(above), max(_runs([line.years for line in lines]), default=0)
    grouped = _agreed(rows[start:])
    best: tuple[float, Names] | None = None
    for columns in sorted({count for row in rows[start:] for count in _counts(row)} | named):
        fit = _fits(rows[start:], columns, grouped)
        if fit[0] < 0 or any(_fit(row, columns) > 0 for row in rows[:start]):
            continue
        if columns not in named and max(fit) <= 0:
            continue
        steady = _steady(fit) if columns >= max(dated, 2) else 0.0
        for behind in range(habits.behind + 1):
            names = best_names(lines, columns, replace(habits, floor=steady, behind=behind))
            if not names.levels or sum(f > 0 for f in fit) < _least(names, fit, named):
                continue
            score = names.score + BORNE_OUT * sum(fit) / len(rows) + steady  # rows left above bear nothing out
            if best is None or score > best[0]:
                best = score, names
    return best


def _head_lines(above: Sequence[Piece]) -> list[HeadLine]:
    """The pieces that may head rows as lines of a header."""
    dated_below = [*map(_years_of, above[1:]), []]
    return [
        HeadLine(p.text, _gap(above, i), _years_named(p, dated_below[i]), is_year(p.text[:4]))
        for i, p in enumerate(above)
    ]


def _fits(rows: Sequence[BodyRow], columns: int, agreed: int | None) -> list[float]:
    """How far each row bears out a number of columns, where they may agree on one number only."""
    fit = [_fit(row, columns) for row in rows]
    if agreed is None:
        return fit
    return [float(f > 0) or f for f in fit] if columns == agreed else [min(f, _ELSE_FITS) for f in fit]


def _prints_whole(rows: Sequence[BodyRow]) -> bool:
    """Whether the rows' figures behind the first, which may be a code, part thousands by stops or by nothing."""
    texts = [token.text for row in rows for _, token in row.figures[1:]]
    told = any(has_stops(text) or (is_stopless(text) and not is_year(text)) for text in texts)
    return told and not any(map(has_blanks, texts))


def _agreed(rows: Sequence[BodyRow]) -> int | None:
    """How many figures nearly all rows have if groups of digits are one; None where they are too few, print nils as
    dashes, or agree otherwise, too."""
    if len(rows) < LEAST_SINGLE or any(is_dash(token.text) for row in rows for _, token in row.figures):
        return None
    counts = [_counts(row) for row in rows]
    least, times = Counter(count[0] for count in counts).most_common(1)[0]
    told = times >= _NEARLY_ALL * len(rows) and all(least in count for count in counts)
    return least if told and len({count[-1] for count in counts}) > 1 else None


def _steady(fit: Sequence[float]) -> float:
    """The bits of rows that have exactly as many figures as there are columns, if none has more."""
    return STEADY * min(sum(f == 1 for f in fit), MOST_STEADY) if min(fit) >= 0 else 0.0


def _spare(rows: Sequence[BodyRow]) -> int:
    """How many lines stand before the labels of rows but the first, at least of two of them."""
    found = sorted((len(row.lead) - _label_size(row) for row in rows[1:]), reverse=True)
    return max(0, found[1]) if len(found) > 1 else 0


def _hold_words(rows: Sequence[BodyRow]) -> bool:
    """Whether labels begin anew within their line, or have a line more each: a column of words stands beside them."""
    told = [row for row in rows if row.lead and not closes(row.lead[-1].words)]
    anew = sum(any(w[0].isupper() and len(w) > 1 for w in row.lead[-1].words.split()[1:]) for row in told if row.own)
    more = sum(row.own is None and len(row.lead) > 1 for row in told[1:])
    return max(anew, more) > 1 and max(anew, more) * 2 > len(told)


def _hanging(above: BodyRow, row: BodyRow) -> int:
    """How many lines right below a row's figures a blank line parts from the label of the next one."""
    at, count = above.figures[-1][0].at, 0
    while count < len(row.lead) - 1 and row.lead[count].at == at + count + 1:
        count += 1
    return count if count and row.lead[count].at > at + count + 1 else 0


def _give_hanging(rows: Sequence[BodyRow], hanging: Sequence[int]) -> None:
    """Gives rows the words behind their figures that stand on the lines below."""
    for above, row, count in zip(rows, rows[1:], hanging, strict=False):
        if count and above.remark is None:
            words = row.lead[:count]
            above.remark = replace(words[0], words="", figures=[], after=join_lines([piece.words for piece in words]))
            above.joined += words
            row.lead = row.lead[count:]


def _overleaf(stretch: Stretch, before: _Part | None, repeated: set[str]) -> _Part | None:
    """The stretch as a part of the table before it, whose header stands again above it; None where it does not."""
    if before is None or before.names is None or not stretch.anew:
        return None
    rows = stretch.rows
    lead = rows[0].lead
    again = _again(lead, before.headed.split(), before.names.columns)
    if again is None or not _is_overleaf(lead[: again[0]], before, repeated):
        return None
    rows[0].lead = lead[again[1] :]
    return _Part(before.names, lead[again[0] : again[1]], lead[: again[0]], rows, stretch)


def _least(names: Names, fit: Sequence[float], named: set[int]) -> int:
    """How many rows must have as many figures as a header has names: none where some column is blank in every row."""
    known = _all_known(names)
    if known and names.columns in named and min(fit) >= 0 and len(fit) >= LEAST_ROWS:
        return 0
    if names.columns == 1:
        return LEAST_SINGLE
    return 1 if known else LEAST_ROWS


def _is_overleaf(above: Sequence[Piece], before: _Part, repeated: set[str]) -> bool:
    """Whether what stands between a table and its header again is a page's head, or the rest of a label."""
    last = before.rows[-1].figures[-1][0].line
    if above and above[0].line.paged and above[0].line.page == last.page:
        return False  # another table's title, which the document repeats
    return all(p.line.text.strip() in repeated or starts_within(p.words) for p in above)


def _named(above: Sequence[Piece]) -> set[int]:
    """How many columns lines name that say nothing else: each line, and each run of such lines."""
    counts = [len(columns_in(piece.text)) if piece.heads else 0 for piece in above]
    return {*counts, *_runs(counts)} - {0}


def _runs(counts: Sequence[int]) -> Iterator[int]:
    """The sums of the counts so far since the last nought."""
    run = 0
    for count in counts:
        run = run + count if count else 0
        yield run


def _years_named(piece: Piece, below: Sequence[int]) -> int:
    """How many columns a header's line names by their years; 0 for a line without years, and for the title of the
    header `below`."""
    if not piece.heads:
        return sum(is_year(word) and is_unit(after) for word, after in pairwise(piece.text.split()))
    found = columns_in(piece.text) if not _is_title(_years_of(piece), below) else []
    return len(found) if any(year is not None for _, _, year in found) else 0


def _years_of(piece: Piece) -> list[int]:
    """The years of the columns that a header's line names."""
    return [year for _, _, year in columns_in(piece.text) if year is not None] if piece.heads else []


def _stands_over(piece: Piece, rows: Sequence[BodyRow]) -> bool:
    """Whether a line stands over the first rows: a year, as others over the next ones, or what a sum below is of."""
    if piece.lone_year:
        return any(other.lone_year for row in rows for other in row.lead)
    sums = {closes_what(row.lead[-1].words).casefold() for row in rows if row.lead}
    return piece.words.casefold() in sums - {""}


def _is_title(years: Sequence[int], below: Sequence[int]) -> bool:
    """Whether a line of one year is the title of the header below it, which names that year again: "Takster 2026"."""
    return len(years) == 1 and len(below) > 1 and years[0] in below


def _is_out_of_order(rows: Sequence[BodyRow], names: Names) -> bool:
    """Whether a dump printed the table in no order of rows: column after column, or figures before their labels.

    Where every figure has a line of its own, a row has a label and no more figures than there are columns.
    """
    apart = [row for row in rows if _is_apart(row)]
    if names.columns < 2 or not apart:
        return False
    if any(len(row.figures) > names.columns + 1 or not row.lead for row in apart):
        return True
    return 2 * sum(_is_top(row.lead[-1]) for row in apart) >= len(apart)


def _is_apart(row: BodyRow) -> bool:
    """Whether a row's figures, more than one, have a line each."""
    return row.own is None and len({piece.at for piece, _ in row.figures}) == len(row.figures) > 1


def _is_top(label: Piece) -> bool:
    """Whether what stands before figures is a column's name ("2026", "År 1") and no row's label ("I alt")."""
    return label.heads and not label.opens and any(c.isdigit() for c in label.words)


def _all_known(names: Names) -> bool:
    """Whether all columns have names that no other words than columns have."""
    return bool(names.levels) and all(is_column_header(name.text) for name in names.levels[-1][1:])


def _again(lead: Sequence[Piece], header: Sequence[str], columns: int) -> tuple[int, int] | None:
    """Where in lines of words a header stands again, at least its columns' names; None where it does not."""
    for first in range(len(lead)):
        found: list[str] = []
        for last in range(first, len(lead)):
            found += lead[last].text.split()
            if len(found) >= columns and found == list(header[-len(found) :]):
                return first, last + 1
    return None


def _above(rows: Sequence[BodyRow], start: int) -> list[Piece]:
    """The pieces that may head the row: those of the rows above it, and its own but for its label."""
    before = [p for row in rows[:start] for p in [*row.lead, *(q for q, _ in row.figures if q not in row.lead)]]
    first = rows[start]
    found = [*before, *first.lead[: len(first.lead) - _label_size(first)]]
    return list({id(piece): piece for piece in found}.values())[-MOST_HEAD:]


def _label_size(row: BodyRow) -> int:
    """How many of the last lines before a row's figures are its label at least."""
    lead = row.lead
    if not lead or (row.own is None and lead[-1].heads and is_year(lead[-1].words)):
        return 0  # a figure right below a header's year
    marked = next((i for i, piece in enumerate(lead) if piece.opens), None)
    if marked is not None:
        return len(lead) - marked
    size = 1
    while size < len(lead) and not lead[-size - 1].heads and goes_on(lead[-size - 1].words, lead[-size].words):
        size += 1
    return size


def _gap(above: Sequence[Piece], index: int) -> bool:
    """Whether blank lines stand between a piece and the one before it."""
    return index > 0 and above[index].at - above[index - 1].at > 1


def _counts(row: BodyRow) -> range:
    """How many figures a row may hold: a dash before one may be its sign, groups of digits may be one."""
    texts = [token.text for _, token in row.figures]
    near = [(a.text, b.text) for (above, a), (below, b) in pairwise(row.figures) if above is below]
    signs = sum(is_dash(a) and not is_dash(b) for a, b in pairwise(texts))
    groups = 0 if row.whole else sum((opens_groups(a) or is_group(a)) and is_group(b) for a, b in near)
    most = len(texts) + (row.remark is not None)
    return range(max(len(texts) - signs - groups, 1), most + 1)


def _fit(row: BodyRow, columns: int) -> float:
    """How far a row bears out a number of columns: 1 for as many figures, 0 for fewer."""
    counts = _counts(row)
    if columns in counts:
        return 1.0 if columns in (counts[-1], len(row.figures)) else _HALF_FITS
    if columns > counts[-1]:
        return 0.0
    return 0.0 if counts[0] == columns + 1 and _is_small(row) else -_TOO_MANY


def _is_small(row: BodyRow) -> bool:
    """Whether a row's first figure can be a number within its label: "11 mdr.", "2214", "2,15 pct."."""
    text = row.figures[0][1].text
    return text.isdigit() or own_unit(text) in COUNTED or (len(row.figures) > 1 and _is_rate(row))


def _is_rate(row: BodyRow) -> bool:
    """Whether a row's first figure alone has a percent sign: "Lån, fast 2,15 pct. 2033 11.329 855"."""
    first, *others = (own_unit(token.text) for _, token in row.figures)
    return first is FigureUnit.PERCENT and FigureUnit.PERCENT not in others


def _joined(parts: Sequence[_Part]) -> Iterator[list[_Part]]:
    """The parts of each table together: overleaf, and where a section's words looked like a header."""
    group: list[_Part] = []
    for part in parts:
        if group and _follows(group, part):
            group.append(part)
            continue
        if group:
            yield group
        group = [part] if part.names is not None or _stands_alone(part) else []
    if group:
        yield group


def _follows(group: Sequence[_Part], part: _Part) -> bool:
    """Whether a part goes on with the table before it: it has no header of its own, or the same again overleaf."""
    first, last = group[0], group[-1]
    columns = first.names.columns if first.names is not None else 0
    if part.names is None:
        return columns > 0 and part.stretch.anew and all(_fit(row, columns) >= 0 for row in part.rows)
    if part.names is not first.names or not part.stretch.anew:
        return False
    ends = [rows[-1].lead[-1].words if rows[-1].lead else "" for rows in (last.rows, part.rows)]
    return not (ends[0] == ends[1] and closes(ends[0]))  # each has a total of its own


def _stands_alone(part: _Part) -> bool:
    """Whether rows without a header are a table: rows of one shape, that many or with the unit at each figure."""
    rows, counts = part.rows, {len(row.figures) for row in part.rows}
    if len(counts) > 1 or any(row.own is None or not row.own.words[:1].isupper() for row in rows):
        return False
    units = [own_unit(token.text) for row in rows for _, token in row.figures]
    named = all(unit not in {None, FigureUnit.PERCENT} for unit in units)
    return named and len(rows) >= LEAST_ROWS


def _found(group: Sequence[_Part], known: frozenset[str]) -> Found:
    first_row = group[0].rows[0]
    names = group[0].names or Names(len(first_row.figures), 0.0)
    if not names.levels:  # what stands above the first label is no part of the table
        first_row.lead = first_row.lead[-_label_size(first_row) :]
    words_beside = bool(names.levels) and heads_words(names.levels[0][0].text)
    rows: list[BodyRow] = []
    for part in group:
        if rows and part.head:
            rows += [BodyRow([p]) for p in part.left if starts_within(p.words)]
            rows.append(BodyRow(label=part.head, header=True))
        rows += [piece for row in part.rows for piece in _settled(row, names.columns, words_beside)]
    bind(rows, names.columns)
    rows = _without_counts(rows, names.columns)
    rows = label_rows(rows, words_beside=words_beside)
    rows += _behind(rows, group[-1].stretch)
    made = list(_header_rows(names, group[0].head))
    for row in rows:
        made += _header_rows(names, row.label) if row.header else [_row(row, names, known, words_beside)]
    held = {p.at for part in group for p in part.head}
    held.update(p.at for row in rows for p in (*row.label, *row.joined, *(q for q, _ in row.figures)))
    first, last = min(held), max(held)
    text = [i for i in range(first, last) if i not in held]
    made = with_codes_apart(made)
    return Found(made, max(len(row.cells) for row in made), first, last, [], text, text)


def _settled(row: BodyRow, columns: int, words_beside: bool) -> Iterator[BodyRow]:
    """The row with the numbers that belong to its label given back to it; rows without labels parted from it."""
    if not words_beside and _counts(row)[0] == columns + 1 and row.figures and _is_small(row):
        piece, token = row.figures.pop(0)
        if row.own is piece:
            piece.to_words()
        else:
            row.lead.append(replace(piece, words=token.text, figures=[]))
    rest = row.figures[columns:]
    apart = len({id(piece) for piece, _ in row.figures}) == len(row.figures)
    if apart and columns > 1 and len(rest) == columns:
        row.figures = row.figures[:columns]
        yield row
        yield BodyRow(figures=rest)
        return
    yield row


def _without_counts(rows: list[BodyRow], columns: int) -> list[BodyRow]:
    """The rows without those at the end that count something of running text: "på 9 måneder"."""
    while rows and columns > 1 and len(rows[-1].figures) == 1 and _counts_on(rows[-1]):
        rows = rows[:-1]
    return rows


def _counts_on(row: BodyRow) -> bool:
    """Whether a row's figure counts something right behind words that go on in it."""
    words = row.lead[-1].words if row.lead else ""
    return ends_open(words) and own_unit(row.figures[0][1].text) in COUNTED


def _behind(rows: Sequence[BodyRow], stretch: Stretch) -> list[BodyRow]:
    """The rows without figures behind the last one, right above a note; gives that one the rest of its label first."""
    if not rows or not rows[-1].label:
        return []
    last, taken = rows[-1].label[-1], 0
    for piece in stretch.tail:
        gap = piece.at - last.at > 1
        if not (ends_open(last.words) or (starts_within(piece.words) and not gap)):
            break
        rows[-1].label.append(piece)
        last, taken = piece, taken + 1
    rest = stretch.tail[taken:]
    parted = any(b.at - a.at > 1 for a, b in pairwise(rest))
    return [BodyRow(label=[p]) for p in rest] if stretch.noted and len(rest) <= MOST_BEHIND and not parted else []


def _header_rows(names: Names, head: Sequence[Piece]) -> Iterator[Row]:
    """The rows of a header; of one that is printed again without its first words, what is there."""
    place = head[0].line if head else None
    printed = sum(len(piece.text.split()) for piece in head)
    skipped = sum(len(name.text.split()) for level in names.levels for name in level) - printed
    for level in names.levels:
        heads: list[Cell | None] = []
        for name in level:
            words = name.text.split()
            missing = min(max(skipped, 0), len(words))
            skipped -= missing
            text, raw = (" ".join(words[missing:]), None) if missing else (name.text, name.raw)
            found = cell(text, place, raw, Placement.ALIGNED, span=name.span) if text and place else None
            heads += [found, *[None] * (name.span - 1)]
        if place and any(heads):
            yield Row(tuple(heads), place.place, header=True)


def _row(row: BodyRow, names: Names, known: frozenset[str], words_beside: bool) -> Row:
    line = row.label[0].line if row.label else row.figures[0][0].line
    parts = [p.words for p in row.label]
    cut = beside(row.label) if words_beside and row.figures else len(parts)
    loose: list[Cell] = []
    if parts[cut:]:
        loose.append(cell(join_lines(parts[cut:], known), row.label[cut].line, "\n".join(parts[cut:]), LOOSE))
    figures = [cell(token.text, piece.line, None, LOOSE) for piece, token in row.figures]
    loose += [replace(figure, confidence=min(figure.confidence, names.sure)) for figure in figures]
    behind: list[Cell | None] = [None] * names.behind
    if row.remark is not None:
        remark = cell(row.remark.after, row.remark.line, None, Placement.ALIGNED if behind else LOOSE)
        if behind:
            behind[0] = remark
        else:
            loose.append(remark)
    text = join_lines(parts[:cut], known)
    label = cell(text, line, "\n".join(parts[:cut]), Placement.ALIGNED) if text else None
    return Row((label, *[None] * names.columns, *behind), line.place, tuple(loose))
