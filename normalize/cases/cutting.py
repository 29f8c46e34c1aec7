"""Paragraphs cut where a case begins amid one: a dump may run a case's last line and the next title together."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extract.models import Block, Paragraph
from normalize.cases.traits import Trait
from normalize.forms.rows import join


def cut_at(
    blocks: Sequence[Block], traits: Sequence[Trait], starts: Collection[int]
) -> tuple[tuple[Block, ...], list[Trait]]:
    """The blocks with each paragraph cut before the lines `starts`, and the traits with their blocks' new indices."""
    lines = {block: list(own) for block, own in groupby(traits, key=lambda t: t.block)}
    out: list[Block] = []
    moved: list[Trait] = []
    for n, block in enumerate(blocks):
        own = lines.get(n, [])
        edges = [k for k, trait in enumerate(own) if k and trait.row in starts and _can_be_cut(block, own)]
        for first, stop in pairwise([0, *edges, max(1, len(own))]):
            moved += [replace(trait, block=len(out)) for trait in own[first:stop]]
            out.append(_part(block, first, stop) if edges else block)
    return tuple(out), moved


def _can_be_cut(block: Block, own: Sequence[Trait]) -> bool:
    return isinstance(block, Paragraph) and len(own) == len(block.lines)


def _part(block: Block, first: int, stop: int) -> Block:
    assert isinstance(block, Paragraph)
    lines = block.lines[first:stop]
    return Paragraph(join(line.text for line in lines), lines, lines[0].place)
