"""What damaging files at random once brought to light stays mended; text and numbers are damaged anew each time.

`python -m bench.fuzz --keep FOLDER` keeps what it finds; a find goes to `finds`, as small as it can be made.
"""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from afstem import kept
from afstem.reading import read
from bench.fuzz import LINE_DAMAGES, Damage, figure
from extract.models import Reason
from extract.text.decode import decode
from lexicon.figures import parse_figure

FINDS = sorted((Path(__file__).parent / "finds").iterdir())


@pytest.mark.parametrize("find", FINDS, ids=lambda path: path.name)
def test_a_find_of_earlier_is_read_and_kept(find: Path) -> None:
    file = read(find)
    assert kept.decode(kept.encode(file)).cases == file.cases


@given(st.integers(0, 10**6))
def test_whatever_a_figure_is_made_into_it_has_a_finite_value_or_none(seed: int) -> None:
    read_as = parse_figure(figure(random.Random(seed)))
    assert read_as is None or (read_as.value.is_finite() and read_as.half_step >= 0)


@given(st.binary(max_size=400))
@example(b"\xff\xfe\x00")
@example("Besparelse på årsværk".encode("utf-16-be"))
def test_whatever_the_bytes_they_are_composed_text_without_nuls_or_there_is_a_reason(data: bytes) -> None:
    decoded = decode(data)
    if not isinstance(decoded, Reason):
        assert unicodedata.is_normalized("NFC", decoded.text)
        assert "\0" not in decoded.text


@pytest.mark.parametrize("damage", LINE_DAMAGES, ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("seed", range(3))
def test_a_table_whose_lines_are_damaged_is_read_to_an_end(damage: Damage, seed: int, tmp_path: Path) -> None:
    lines = ["Tabel 1. Varige ændringer", "1.000 kr. 2026 p/l\t2026\t2027", "Drift\t-200\t1.400", "I alt\t-200\t1.400"]
    path = tmp_path / "sag.txt"
    path.write_bytes(damage(bytearray("\n".join(lines).encode()), random.Random(seed)))
    assert read(path).document.sha256
