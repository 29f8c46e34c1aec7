"""Through how many hands a figure goes from the page to its finding: `python -m bench.walk [FILE FIGURE]`

Counted are functions and methods of the product (and the files they stand in) that are given the figure itself, or give
it back: a text that is its print, a number that is its value, or a record or tuple one of whose own fields is one of
these.  A function that holds the line, the table or the document in which it stands somewhere does not have it in hand.
Comprehensions and lambdas belong to the function around them.  Without arguments two papers are walked, one as text
with tabs and one as PDF, in which one total is wrong.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from extract import read
from lexicon.figures import parse_figure
from normalize import understand
from reconcile import check

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGES = ("lexicon", "extract", "normalize", "reconcile", "publish")
_INNER = ("<listcomp>", "<genexpr>", "<setcomp>", "<dictcomp>", "<lambda>")
_FEW = 8  # fields of a tuple that is still a record and no list
FIGURE = "-7.321"
PAPER = f"""Forslag 7: Færre ture med kommunens biler

Tabel 1. Varige ændringer (1.000 kr., 2026-p/l)
Post\t2026\t2027\t2028
Brændstof\t-1.100\t-1.200\t-1.300
Leje af biler\t-2.137\t-2.260\t-2.370
Syn og forsikring\t-415\t-460\t-470
I alt\t-3.652\t{FIGURE}\t-4.140
"""


@dataclass
class Walk:
    """The functions that had the figure in hand, by stage, as (file, name)."""

    printed: str
    functions: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        figure = parse_figure(self.printed)
        if figure is None:
            raise ValueError(f"{self.printed} is no figure")
        self.value = figure.value

    @property
    def files(self) -> set[str]:
        return {file for file, _ in self.functions}

    def seen(self, frame: FrameType, event: str, result: Any) -> None:
        """What `sys.setprofile` calls."""
        code = frame.f_code
        if event not in ("call", "return") or code.co_name in _INNER:
            return
        where = _place(code)
        if where is None or where in self.functions:
            return
        values = [result] if event == "return" else _given(frame, code)
        if any(self._in_hand(value) for value in values):
            self.functions[where] += 1

    def _in_hand(self, value: Any) -> bool:
        return self._is(value) or any(self._is(part) for part in _fields(value))

    def _is(self, value: Any) -> bool:
        if isinstance(value, str):
            return value.strip() == self.printed
        return isinstance(value, (int, float, Decimal)) and not isinstance(value, bool) and value == self.value


def _place(code: CodeType) -> tuple[str, str] | None:
    try:
        file = Path(code.co_filename).relative_to(REPOSITORY)
    except ValueError:
        return None
    return (str(file), code.co_qualname) if file.parts[0] in PACKAGES else None


def _given(frame: FrameType, code: CodeType) -> list[Any]:
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return [frame.f_locals[name] for name in names if name in frame.f_locals]


def _fields(value: Any) -> Iterator[Any]:
    if isinstance(value, tuple):
        yield from value if len(value) <= _FEW else ()
        return
    for name in getattr(type(value), "__dataclass_fields__", ()):
        try:
            yield object.__getattribute__(value, name)
        except AttributeError:
            continue


def walk(path: Path, printed: str) -> Walk:
    """Reads and checks the file; the functions that had the figure in hand.  Raises ValueError for no figure."""
    walked = Walk(printed)
    sys.setprofile(walked.seen)
    try:
        check([understand(read(path))])
    finally:
        sys.setprofile(None)
    return walked


def show(walked: Walk, what: str) -> None:
    print(f"{what}: {len(walked.functions)} functions in {len(walked.files)} files hold {walked.printed}")
    for file, name in walked.functions:
        print(f"  {file} {name}")


def as_pdf(paper: str, path: Path) -> None:
    """The paper's lines as a PDF page, its tabs as columns."""
    import pymupdf

    with pymupdf.open() as document:
        page = document.new_page()
        for number, line in enumerate(paper.splitlines()):
            for column, cell in enumerate(line.split("\t")):
                right = 120 + 90 * column
                width = pymupdf.get_text_length(cell, fontsize=10)
                at = (right + 80 - width if column else 60, 80 + 18 * number)
                page.insert_text(at, cell, fontsize=10)
        document.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("figure", nargs="?", default=FIGURE)
    given = parser.parse_args()
    if given.file is not None:
        show(walk(given.file, given.figure), given.file.name)
        return
    with tempfile.TemporaryDirectory() as made:
        text, pdf = Path(made) / "paper.txt", Path(made) / "paper.pdf"
        text.write_text(PAPER, encoding="utf-8")
        as_pdf(PAPER, pdf)
        for path in (text, pdf):
            show(walk(path, FIGURE), path.suffix[1:])


if __name__ == "__main__":
    main()
