"""Figures of a row that print apart what is one: a sign and its figure, the groups of thousands of a number.

In: the rows of a table, and how many columns it has.  The rows' figures are changed in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.text.pieces import Piece, Token
from extract.text.row_labels import BodyRow
from lexicon.characters import MINUS
from lexicon.figures import is_dash, is_figure, is_group, opens_groups


def bind(rows: Sequence[BodyRow], columns: int) -> None:
    """Makes one figure of a sign or a group of thousands and the figure it belongs to, in rows that leave one way only
    of having as many figures as columns.

    Where that proves signs set apart, and no dash of the table stands for nil, every dash before a figure is its sign.
    A table that sets a sign right before its figure sets none apart.
    """
    apart = nil = False
    if any(token.text[0] in MINUS and not is_dash(token.text) for row in rows for _, token in row.figures):
        return
    for row in rows:
        texts = [token.text for _, token in row.figures]
        signs, groups = _signs(row), set() if row.whole else _groups(row)
        nil = nil or any(is_dash(text) and at + 1 not in signs for at, text in enumerate(texts))
        spare = len(texts) - columns
        if 0 < spare == len(signs) + len(groups):
            _join(row, signs | groups)
            apart = apart or bool(signs)
    if apart and not nil:
        for row in rows:
            _join(row, _signs(row))


def _signs(row: BodyRow) -> set[int]:
    """Which of a row's figures have a dash right before them that may be their sign."""
    return {at for at, before, text in _close(row) if is_dash(before) and not is_dash(text)}


def _groups(row: BodyRow) -> set[int]:
    """Which of a row's figures may be groups of thousands of the number before them."""
    if row.whole:
        return set()
    return {at for at, before, text in _close(row) if is_group(text) and (is_group(before) or opens_groups(before))}


def _close(row: BodyRow) -> Iterator[tuple[int, str, str]]:
    """The figures with one blank between them and the figure before: their places, both texts."""
    for at, ((a, left), (b, right)) in enumerate(pairwise(row.figures), 1):
        if a is b and right.x0 - left.x1 == 1:
            yield at, left.text, right.text


def _join(row: BodyRow, at: set[int]) -> None:
    """Joins the figures at these places to those before them, where what comes of it are figures."""
    joined: list[tuple[Piece, Token]] = []
    for index, (piece, token) in enumerate(row.figures):
        if index in at:
            _, before = joined.pop()
            token = Token(piece.line.text[before.x0 : token.x1], before.x0, token.x1)
        joined.append((piece, token))
    if all(is_figure(token.text) for _, token in joined):
        row.figures = joined
