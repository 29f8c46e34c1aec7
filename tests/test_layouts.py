"""Unseen layouts are read to the last digit: a handful of what bench/layouts.py measures by the hundred."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bench.typeset.corpus import PRODUCERS
from bench.typeset.fonts import FontMissingError
from bench.typeset.generate import generate
from bench.typeset.layout import Layout
from bench.typeset.render_html import ProducerMissingError
from bench.typeset.score import Score, score
from bench.typeset.truth import document_truth
from extract import read
from normalize import understand


def reading(folder: Path, template: str, seed: int, producer: str, layout: Layout) -> Score:
    """Print a document, read it and score the reading; skips where the producer is not installed."""
    doc = replace(generate(seed, template), name=f"{template}-{seed}")
    path = folder / f"{doc.name}.{'txt' if producer.startswith('text') else 'pdf'}"
    try:
        PRODUCERS[producer](doc, layout, path)
    except (FontMissingError, ProducerMissingError) as missing:
        pytest.skip(f"{missing} is not installed")
    return score(understand(read(path)), document_truth(doc), doc.name)


def assert_exact(s: Score) -> None:
    """Every figure, row, role, unit and price level right, and nothing read that is not there."""
    measures = ("table.found", "table.precision", "cell.recall", "cell.precision", "row.found", "row.role")
    measures += ("table.kind", "table.unit", "table.price_level")
    assert [m for m in s.misses if m.split(":")[0] in measures] == []
    assert s.asked["cell.recall"] > 20


@pytest.mark.parametrize(
    ("template", "seed", "layout"),
    [
        pytest.param("old", 1, Layout(), id="grid"),
        pytest.param("old", 2, Layout(rules="horizontal", header="span"), id="horizontal-unit-over-years"),
        pytest.param("new", 3, Layout(rules="zebra", minus="minus"), id="zebra-minus-sign"),
        pytest.param("old", 4, Layout(rules="plain", header="caption", minus="brackets"), id="plain-brackets"),
        pytest.param("new", 5, Layout(order="scrambled"), id="scrambled"),
        pytest.param("new", 6, Layout(rotate=90, order="columns"), id="rotated-by-columns"),
        pytest.param("old", 7, Layout(rotate=270, landscape=True), id="rotated-landscape"),
        pytest.param("old", 8, Layout(order="letters", ligatures="private"), id="letters-private-ligatures"),
        pytest.param("new", 9, Layout(break_tables=True, repeat_header=True), id="over-pages-with-header"),
        pytest.param("new", 10, Layout(break_tables=True, repeat_header=False), id="over-pages-without-header"),
        pytest.param("old", 11, Layout(label_width=22, valign="middle"), id="wrapped-labels-centred"),
        pytest.param("old", 12, Layout(merged=True, rules="grid"), id="one-label-for-several-rows"),
        pytest.param("old", 13, Layout(ticks="form", footnotes=True), id="form-fields-footnotes"),
        pytest.param("old", 14, Layout(minus="trailing", thousands="thin"), id="trailing-minus-thin-spaces"),
    ],
)
def test_drawn_layouts(template: str, seed: int, layout: Layout, tmp_path: Path) -> None:
    assert_exact(reading(tmp_path, template, seed, "reportlab", layout))


@pytest.mark.parametrize("producer", ["chromium", "weasyprint", "libreoffice", "ghostscript"])
@pytest.mark.parametrize("template", ["old", "other"])
def test_producers(template: str, producer: str, tmp_path: Path) -> None:
    assert_exact(reading(tmp_path, template, 21, producer, Layout(rules="grid", label_width=30)))


@pytest.mark.parametrize("producer", ["text-kept", "text-tabbed"])
@pytest.mark.parametrize("template", ["old", "new", "other"])
def test_text(template: str, producer: str, tmp_path: Path) -> None:
    assert_exact(reading(tmp_path, template, 33, producer, Layout()))


@pytest.mark.parametrize("seed", [41, 42, 43])
def test_text_that_lost_its_blanks(seed: int, tmp_path: Path) -> None:
    s = reading(tmp_path, "old", seed, "text-lost", Layout(label_width=22))
    assert s.share("table.found") == 1
    assert (s.share("cell.precision") or 0) > 0.98
    sure = [ok for confidence, ok in s.calibration if confidence >= 0.9]
    assert sum(sure) >= 0.98 * len(sure)
