"""A paper as text that was never a PDF: pipes, tabs, one cell a line, as editors and converters leave it."""

from __future__ import annotations

from collections.abc import Callable

from bench.foundry.html import flattened, html
from bench.foundry.looks import look
from bench.foundry.model import Block, Fields, Line, Numbers, Paper

MARKS = {"document": "# ", "title": "## ", "heading": "### ", "annex": "### ", "item": "- "}


def lines(paper: Paper, setting: Callable[[list[list[str]], int], list[str]], *, marks: bool) -> str:
    """The paper with each table set by `setting` (its rows, and how many of them are header)."""
    out = [paper.running, ""] if paper.running else []
    for b in paper.blocks():
        out += block(b, paper.numbers, setting, marks)
        if not (isinstance(b, Line) and b.style == "item"):
            out.append("")
    return "\n".join(out).rstrip() + "\n"


def block(b: Block, numbers: Numbers, setting: Callable[[list[list[str]], int], list[str]], marks: bool) -> list[str]:
    if isinstance(b, Line):
        mark = MARKS.get(b.style, "") if marks else {"item": "\u2022\t"}.get(b.style, "")
        return [f"{mark}{b.text}"]
    if isinstance(b, Fields):
        return setting([[n, v] for n, v in b.pairs], 0) if not marks else [f"**{n}:** {v}  " for n, v in b.pairs]
    header = b.header()
    above = [b.caption, ""] if b.caption and marks else [b.caption] if b.caption else []
    return [
        *above,
        *([b.above] if b.above else []),
        *setting([*header, *(b.dressed(r, numbers) for r in b.rows)], len(header)),
    ]


def pipes(rows: list[list[str]], header: int) -> list[str]:
    """A pipe table with outer bars."""
    made = ["| " + " | ".join(r) + " |" for r in rows]
    return [*made[:header], "|" + "---|" * len(rows[0]), *made[header:]] if header else made


def open_pipes(rows: list[list[str]], header: int) -> list[str]:
    """A pipe table without outer bars, columns padded."""
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    made = [" | ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows]
    return [*made[:1], "-|-".join("-" * w for w in widths), *made[1:]] if header else made


def tabs(rows: list[list[str]], header: int) -> list[str]:
    """Cells parted by tabs, as a word processor saves text."""
    return ["\t".join(r) for r in rows]


def cells(rows: list[list[str]], header: int) -> list[str]:
    """One cell a line; an empty cell leaves no line."""
    return [c for r in rows for c in r if c]


def html_text(paper: Paper, *, one_line: bool) -> str:
    """The web page of the paper, flattened."""
    return flattened(html(paper, look(paper)), one_line=one_line)


#: Forms made from the paper itself: name, how, and the file's suffix.
FORMS: dict[str, tuple[Callable[[Paper], str], str]] = {
    "pipes": (lambda p: lines(p, pipes, marks=True), ".md"),
    "pipes-open": (lambda p: lines(p, open_pipes, marks=False), ".txt"),
    "tabs": (lambda p: lines(p, tabs, marks=False), ".txt"),
    "cells": (lambda p: lines(p, cells, marks=False), ".txt"),
    "html-lines": (lambda p: html_text(p, one_line=False), ".txt"),
    "html-flat": (lambda p: html_text(p, one_line=True), ".txt"),
}
