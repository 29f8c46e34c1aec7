"""What is kept of a read document, and what is not."""

from __future__ import annotations

import pickle
import zlib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from afstem.cache import Cache, fingerprint
from extract.models import Box, Cell, Document, Grid, Paragraph, Place, Placement, ReadOptions, Reason, Row, Status
from normalize.models import CaseFile, Statement, StatementKind

OPTIONS = ReadOptions()
SHA = "ab" * 32


def a_file(**changes: object) -> CaseFile:
    place = Place(1, Box(1, 2, 3, 4))
    cell = Cell("400", "400", place, Placement.RULED)
    grid = Grid((Row((cell, None), place),), 2, 1, 1, place)
    document = Document(
        SHA[:16], "a.pdf", SHA, "application/pdf", 1, Status.IMPORTED, (Paragraph("x", (), place), grid)
    )
    return CaseFile(replace(document, **changes))  # type: ignore[arg-type]


def test_a_kept_document_comes_back_whole_under_its_present_name(tmp_path: Path) -> None:
    Cache(tmp_path, OPTIONS).put(a_file())
    assert Cache(tmp_path, OPTIONS).get(SHA, "renamed.pdf") == a_file(file_name="renamed.pdf")


def test_decimals_keep_every_digit(tmp_path: Path) -> None:
    stated = Statement(StatementKind.MONEY, Decimal("0.10"), Decimal("0.005"), "0,10", "…", Place(1))
    kept = pickle.loads(pickle.dumps(stated))
    assert str(kept.value) == "0.10"


def test_other_bytes_other_options_or_another_kind_of_file_are_read_anew(tmp_path: Path) -> None:
    Cache(tmp_path, OPTIONS).put(a_file())
    assert Cache(tmp_path, OPTIONS).get("cd" * 32, "a.pdf") is None
    assert Cache(tmp_path, ReadOptions(ocr="always")).get(SHA, "a.pdf") is None
    assert Cache(tmp_path, OPTIONS).get(SHA, "a.txt") is None


def test_the_password_leaves_no_trace(tmp_path: Path) -> None:
    Cache(tmp_path, ReadOptions(password="hemmelig")).put(a_file())
    assert Cache(tmp_path, OPTIONS).get(SHA, "a.pdf") == a_file()


@pytest.mark.parametrize(
    "changes",
    [
        {"status": Status.QUARANTINED, "reason": Reason("no_ocr")},
        {"reason": Reason("damaged_pages")},
    ],
)
def test_what_was_not_read_whole_is_read_again(tmp_path: Path, changes: dict[str, object]) -> None:
    Cache(tmp_path, OPTIONS).put(a_file(**changes))
    assert Cache(tmp_path, OPTIONS).get(SHA, "a.pdf") is None


def entry(folder: Path) -> Path:
    Cache(folder, OPTIONS).put(a_file())
    (only,) = (folder / fingerprint()).iterdir()
    return only


@pytest.mark.parametrize("damage", [b"", b"half an ent", zlib.compress(b""), zlib.compress(pickle.dumps("other"))])
def test_a_damaged_entry_counts_as_absent(tmp_path: Path, damage: bytes) -> None:
    entry(tmp_path).write_bytes(damage)
    assert Cache(tmp_path, OPTIONS).get(SHA, "a.pdf") is None


class Planted:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("planted"),))


def test_a_planted_entry_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entry(tmp_path / "cache").write_bytes(zlib.compress(pickle.dumps(Planted())))
    monkeypatch.chdir(tmp_path)
    assert Cache(tmp_path / "cache", OPTIONS).get(SHA, "a.pdf") is None
    assert not (tmp_path / "planted").exists()


def test_what_another_version_read_is_removed(tmp_path: Path) -> None:
    kept = entry(tmp_path)
    (tmp_path / "0123456789abcdef").mkdir()
    Cache(tmp_path, OPTIONS).prune()
    assert list(tmp_path.iterdir()) == [kept.parent]
