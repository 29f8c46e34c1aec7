"""The source lines of a dump: numbered as in the file, with pages, markup turned into plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from extract.models import Place
from extract.records import record
from lexicon.figures import GROUPED, TORN
from lexicon.lines import is_furniture, words
from lexicon.years import columns_in

TICKED, EMPTY = "☒", "☐"
_TICKS = str.maketrans(
    dict.fromkeys("☑✓✔✗✘🗹⊠⌧\uf0fe\uf0fd\uf078\uf0fc\uf053\uf054\uf052", TICKED)
    | dict.fromkeys("□❏❑❒▢◻⬜\uf0a8\uf06f\uf071\uf072\uf0a3", EMPTY)
    | {"\u2010": "-", "\u2011": "-", "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf02d": "-", "\ufeff": ""}
)
_BOX = re.compile(r"<input\b[^>]*>", re.IGNORECASE)
_CHECKED = re.compile(r"\bchecked\b(?!\s*=\s*[\"']?false)", re.IGNORECASE)
_BREAK = re.compile(r"</?(?:br|p|li|ul|ol|div)\b[^<>]*>", re.IGNORECASE)
_CELL_END = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)", re.IGNORECASE)
_ROW_END = re.compile(r"</tr\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_MARKDOWN_BOX = re.compile(r"\[([ xX])\](?=\s)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,2})(?=[^\W_])([^*\t]*?[^\W_][.:,)]?)\1(?![\w*])")
_LOOSE_NBSP = re.compile("(?<!\\d)[\u00a0\u2007\u202f]|[\u00a0\u2007\u202f](?!\\d{3}(?!\\d))")
_SOFT_SIGN = re.compile("(?<![^\\s(|])\u00ad(?=\\s?\\d)")
_PIPES = re.compile(r"^\s*\|(.*)\|\s*$")
_OPEN_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")
_LEAST_COLUMNS = 2  # of a table's header
_EDGE = 2  # lines beside a page's number that may be its head and foot
_LONGEST_HEAD = 200  # characters of a page's head or foot
_ALIKE = 3  # lines with as many bars one below the other that are a table without a drawn line
_MOST_MISSING = 3  # cells that a line of a table of pipes may lack at its end
_ITALIC = re.compile(r"<(?:i|em)\b", re.IGNORECASE)
_BOLD = re.compile(r"<(?:b|strong)\b", re.IGNORECASE)


_APART = re.compile(r"(?<=\s\s)[-–−]?\d{1,3}(?: \d{3})+(?=\s\s|\Z)")  # set apart by more than one blank
_ROW = re.compile(r"(?:\s{2,}[-–−÷(]?[ ]?\d[\d.,]*[-)%]?){2,}\s*\Z")  # figures in columns of their own
_BRACKETED = re.compile(r"(?<!\S)\(\d{1,3}(?: \d{3})+(?:,\d+)?\)(?!\S)")  # "(1 250)" is one figure
_DOTTED = re.compile(rf"\s\s[-–−]?{GROUPED}(?=\s|\Z)")


@record
class SourceLine:
    """One line of the file: `text` with markup gone and tabs kept, `number` 1-based, `page` 1-based."""

    number: int
    page: int
    text: str
    bold: bool = False
    italic: bool = False
    furniture: bool = False  # a page number, or a head or foot that the pages repeat: part of no text
    paged: bool = False  # form feeds end the dump's pages, so `page` is the printed one
    open: bool = False  # it ends in a blank, as some dumps print where a text goes on in the next line
    sure: float = 1.0  # how sure it is that the line is one: a page run together tells not where all its lines began

    @property
    def place(self) -> Place:
        return Place(self.page, None, self.number)

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def tabbed(self) -> bool:
        return "\t" in self.text

    @property
    def fields(self) -> list[str]:
        """The fields between tabs, stripped."""
        return [part.strip() for part in self.text.split("\t")]


def source_lines(text: str) -> list[SourceLine]:
    """The lines of the text.  A form feed starts a page; it does not count as a line."""
    lines = [replace(line, paged="\x0c" in text) for line in _lines(text)]
    lines = [replace(x, text=_BRACKETED.sub(_bound, x.text)) if "(" in x.text else x for x in _with_open_pipes(lines)]
    lines = [replace(x, text=TORN.sub(_bound, x.text)) if " ." in x.text else x for x in lines]
    if _parts_thousands_by_blanks(lines):
        lines = [replace(line, text=_APART.sub(_bound, line.text)) for line in lines]
    repeated = _repeated(lines) | _beside_page_numbers(lines)
    return [
        replace(line, furniture=True) if at in repeated or (line.text and is_furniture(line.text)) else line
        for at, line in enumerate(lines)
    ]


def _with_open_pipes(lines: list[SourceLine]) -> list[SourceLine]:
    """Tables of pipes without bars at their ends: lines one below the other, parted alike, some by a drawn line."""
    result = list(lines)
    starts = [(i, _bars(x.text)) for i, x in enumerate(lines) if _OPEN_RULE.fullmatch(x.text)]
    starts += [(i, _bars(x.text)) for i, x in enumerate(lines) if _bars(x.text) and _begins_table(lines, i)]
    done: set[int] = set()
    for at, bars in starts:
        if at in done:
            continue
        first = last = at
        while first and _parted_alike(lines[first - 1].text, bars):
            first -= 1
        while last + 1 < len(lines) and _parted_alike(lines[last + 1].text, bars):
            last += 1
        done.update(range(first, last + 1))
        for i in range(first, last + 1):
            text = lines[i].text
            bare = text.strip()[1:] if text.lstrip().startswith("|") and text.count("|") > bars else text
            result[i] = replace(lines[i], text=bare.rstrip().removesuffix("|").replace("|", "\t"))
    return result


def _bars(text: str) -> int:
    """How many bars stand within a line."""
    return text.strip().strip("|").count("|")


def _begins_table(lines: list[SourceLine], at: int) -> bool:
    """Whether so many lines from there on have as many bars as the first that they are a table."""
    run = lines[at : at + _ALIKE]
    return len(run) == _ALIKE and len({_bars(line.text) for line in run}) == 1


def _parted_alike(text: str, bars: int) -> bool:
    """Whether a line has as many bars as the drawn line, or lacks its last cells."""
    count = _bars(text)
    return 0 < count <= bars + 1 and bars - count <= _MOST_MISSING


def _parts_thousands_by_blanks(lines: list[SourceLine]) -> bool:
    """Whether the dump's columns print "12 500 000": some group begins with a nought, and no thousands have dots."""
    found = [m[0] for line in lines for m in _APART.finditer(line.text)]
    return any(" 0" in number for number in found) and not any(_DOTTED.search(line.text) for line in lines)


def _bound(number: re.Match[str]) -> str:
    return number[0].replace(" ", "\u00a0")


def _repeated(lines: list[SourceLine]) -> set[int]:
    """The lines that stand first or last on several pages: heads and feet, but for their numbers."""
    pages: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        if not line.blank:
            pages.setdefault(line.page, []).append(at)
    numbered: set[int] = set()
    edges: dict[str, list[int]] = {}
    for held in pages.values():
        numbered.update(at for at in {held[0], held[-1]} if _tells_page(lines[at].text))
        for at in {*held[:2], *held[-2:]}:
            if len(lines[at].text) < _LONGEST_HEAD and not lines[at].tabbed and not _ROW.search(lines[at].text):
                edges.setdefault(_without_numbers(lines[at].text), []).append(at)
    enough = max(3, len(pages) * 0.3)
    repeated = [found for found in edges.values() if len({lines[i].page for i in found}) >= enough]
    return (
        numbered
        | {at for found in repeated if _tell_pages([lines[i] for i in found]) for at in found}
        | _tops_again([held[0] for held in pages.values()], lines)
    )


def _tops_again(tops: Sequence[int], lines: Sequence[SourceLine]) -> set[int]:
    """Pages' first lines that the first page begins with, too: there it may be the title, on the others it is none."""
    first = lines[tops[0]] if tops else None
    if first is None or not _may_head_pages(first) or len(first.text) >= _LONGEST_HEAD:
        return set()
    return {at for at in tops[1:] if lines[at].text.strip() == first.text.strip()}


def _beside_page_numbers(lines: Sequence[SourceLine]) -> set[int]:
    """The heads and feet of a dump without form feeds: lines beside the pages' numbers that are the same page by page.

    The dump's first and last lines stand at a page's edge as well, but the first are its title as much as its head.  A
    line that names columns is a table's header.
    """
    printed = [at for at, line in enumerate(lines) if not line.blank]
    numbers = [n for n, at in enumerate(printed) if is_furniture(lines[at].text)]
    if not numbers or any(line.paged for line in lines[:1]):
        return set()
    edges: dict[str, dict[int, int]] = {}  # of each text, the line at every edge where it stands
    for edge in [-1, *numbers, len(printed)]:
        for n in range(max(0, edge - _EDGE), min(len(printed), edge + _EDGE + 1)):
            if n != edge and _may_head_pages(lines[printed[n]]):
                edges.setdefault(lines[printed[n]].text.strip(), {})[edge] = printed[n]
    repeated = [set(found.values()) for found in edges.values()]
    return {at for found in repeated if len(found) > 1 for at in found if at not in printed[:_EDGE]}


def _may_head_pages(line: SourceLine) -> bool:
    """Whether a line is no row of a table and no header of its columns."""
    return not line.tabbed and not _ROW.search(line.text) and len(columns_in(line.text)) < _LEAST_COLUMNS


def _tell_pages(found: Sequence[SourceLine]) -> bool:
    """Whether lines that are alike but for their numbers differ in nothing but the pages' numbers.

    A number that the pages change otherwise, or that a word calls another ("Nr."), is a figure or a case's number.
    """
    numbers = [[int(n) for n in re.findall(r"\d+", line.text)] for line in found]
    if any(set(line.text.casefold().split()) & words("code_words") for line in found) and len({*map(str, numbers)}) > 1:
        return False
    for column in zip(*numbers, strict=True):
        steps = {n - line.page for n, line in zip(column, found, strict=True)}
        if len(set(column)) > 1 and len(steps) > 1:
            return False
    return True


def _tells_page(text: str) -> bool:
    """Whether the line is a head or foot by itself: words, then the page's number apart from them."""
    last = re.split(r"\s{2,}|\s[|·•–—-]\s|\t", text.strip())[-1]
    return len(text) < _LONGEST_HEAD and last != text.strip() and is_furniture(last)


def _without_numbers(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()))


def _lines(text: str) -> Iterator[SourceLine]:
    page = 1
    for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        for part_no, part in enumerate(raw.split("\x0c")):
            page += part_no > 0
            for piece in _ROW_END.split(part):
                if piece or part_no == 0:
                    yield _line(number, page, piece)


def _line(number: int, page: int, raw: str) -> SourceLine:
    text = raw.replace("\x0b", " ").translate(_TICKS)
    bold, italic = False, False
    if "<" in text:
        text = _BOX.sub(lambda m: TICKED if _CHECKED.search(m[0]) else EMPTY, text)
        bold, italic = _BOLD.search(text) is not None, _ITALIC.search(text) is not None
        text = _TAG.sub("", _BREAK.sub(" ", _CELL_END.sub("\t", text)))
    if "&" in text:
        text = unescape(text)
    text = _MARKDOWN_BOX.sub(lambda m: EMPTY if m[1] == " " else TICKED, text)
    if "*" in text:
        bold = bold or "**" in text
        text, found = _EMPHASIS.subn(r"\2", text)
        bold = bold and found > 0
    if (pipes := _PIPES.match(text)) and text.count("|") >= 3:
        text = pipes[1].replace("|", "\t")
    if "\u00ad" in text:
        # a soft hyphen shows at a line's end only
        text = _SOFT_SIGN.sub("-", text)  # in front of a digit it is a minus
        text = re.sub("\u00ad-?\\s*\\Z", "-", text).replace("\u00ad", "")
    text = _LOOSE_NBSP.sub(" ", text)
    # a control character that some readers leave in the text means nothing here
    text = "".join(c for c in text if c == "\t" or c >= " ") if not text.isprintable() else text
    kept = text.rstrip("\r")
    return SourceLine(number, page, kept.rstrip(" "), bold, italic, open=kept.endswith(" ") and not kept.isspace())
