"""What is kept of a read document, and what is not."""

from __future__ import annotations

import hashlib
import pickle
import tracemalloc
import zlib
from dataclasses import replace
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path

import pymupdf
import pytest

import afstem
from afstem import kept
from afstem.cache import Cache, fingerprint
from afstem.isolation import Limits
from afstem.isolation.limits import GIB
from afstem.options import RunOptions
from afstem.pipeline import run_batch
from extract.models import Box, Cell, Document, Grid, Paragraph, Place, Placement, ReadOptions, Reason, Row, Status
from normalize.models import Case, CaseFile, Statement, StatementKind
from tests.extract.test_pdf_damaged import a_case

OPTIONS = ReadOptions()
LIMITS = Limits(memory=GIB // 4)
SHA = "ab" * 32


def a_file(**changes: object) -> CaseFile:
    place = Place(1, Box(1, 2, 3, 4))
    cell = Cell("400", "400", place, Placement.RULED)
    grid = Grid((Row((cell, None), place),), 2, 1, 1, place)
    document = Document(
        SHA[:16], "a.pdf", SHA, "application/pdf", 1, Status.IMPORTED, (Paragraph("x", (), place), grid)
    )
    return CaseFile(replace(document, **changes))  # type: ignore[arg-type]


def a_cache(folder: Path, options: ReadOptions = OPTIONS, limits: Limits = LIMITS) -> Cache:
    return Cache(folder, options, limits)


def keep(folder: Path, options: ReadOptions = OPTIONS, **changes: object) -> bool:
    file = a_file(**changes)
    return a_cache(folder, options).put(file.document.sha256, file.document.file_name, file.document, kept.encode(file))


def without_blocks(file: CaseFile) -> CaseFile:
    return replace(file, document=replace(file.document, blocks=()))


def test_a_kept_document_comes_back_without_its_print_under_its_present_name(tmp_path: Path) -> None:
    assert keep(tmp_path)
    assert a_cache(tmp_path).get(SHA, "renamed.pdf") == without_blocks(a_file(file_name="renamed.pdf"))


def test_decimals_keep_every_digit() -> None:
    stated = Statement(StatementKind.MONEY, Decimal("0.10"), Decimal("0.005"), "0,10", "…", Place(1))
    case = Case(0, None, None, None, (), None, None, False, None, None, 1, 1, (), (), (stated,))
    back = kept.decode(kept.encode(replace(a_file(), cases=(case,))))
    assert back.cases == (case,)
    assert str(back.cases[0].statements[0].value) == "0.10"


def test_a_real_document_comes_back_as_it_was(repository: Path) -> None:
    file = afstem.read(repository / "data" / "raw" / "2018-bc31-koerselskontor.pdf")
    assert kept.decode(kept.encode(file)) == without_blocks(file)


def test_other_bytes_options_limits_or_another_kind_of_file_are_read_anew(tmp_path: Path) -> None:
    keep(tmp_path)
    assert a_cache(tmp_path).get("cd" * 32, "a.pdf") is None
    assert a_cache(tmp_path, ReadOptions(ocr="always")).get(SHA, "a.pdf") is None
    assert a_cache(tmp_path, ReadOptions(password="hemmelig")).get(SHA, "a.pdf") is None
    assert a_cache(tmp_path, limits=Limits(timeout=5)).get(SHA, "a.pdf") is None
    assert a_cache(tmp_path).get(SHA, "a.txt") is None


def test_what_a_password_opened_is_not_kept_and_no_trace_of_the_password(tmp_path: Path) -> None:
    options = ReadOptions(password="hemmelig")
    assert not keep(tmp_path, options, locked=True)
    assert keep(tmp_path, options)
    (only,) = (tmp_path / fingerprint()).iterdir()
    (other,) = entries(tmp_path / "other", ReadOptions(password="anden"))
    assert only.name == other.name


def test_a_run_without_the_password_is_not_served_what_it_opened(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    locked = a_case().tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="hemmelig", owner_pw="ejer")
    (tmp_path / "in" / "locked.pdf").write_bytes(locked)
    statuses = []
    for word in ("hemmelig", None, "forkert", "hemmelig"):
        options = RunOptions(reports=False, workers=1, read=ReadOptions(password=word))
        statuses += [f.document.status for f in run_batch([tmp_path / "in"], tmp_path / "out", options).rows]
    assert statuses == [Status.IMPORTED, Status.QUARANTINED, Status.QUARANTINED, Status.IMPORTED]


@pytest.mark.parametrize("code", ["timeout", "memory", "crashed", "changed", "no_access", "encrypted"])
def test_what_another_run_may_read_better_is_not_kept(tmp_path: Path, code: str) -> None:
    assert not keep(tmp_path, status=Status.QUARANTINED, reason=Reason(code))
    assert not keep(tmp_path, reason=Reason(code))


def test_a_loss_that_any_run_would_have_is_kept_with_its_reason(tmp_path: Path) -> None:
    assert keep(tmp_path, reason=Reason("damaged_pages"), partial_pages=(2,))
    file = a_cache(tmp_path).get(SHA, "a.pdf")
    assert file is not None
    assert (file.document.reason, file.document.partial_pages) == (Reason("damaged_pages"), (2,))


def entries(folder: Path, options: ReadOptions = OPTIONS) -> list[Path]:
    keep(folder, options)
    return list((folder / fingerprint()).iterdir())


def sealed(packed: bytes) -> bytes:
    """An entry as we would write it, whatever is in it."""
    return b"afstem1\n" + hashlib.sha256(packed).digest() + packed


class Planted:
    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (Path("planted"),))


STRANGE = {
    "nothing": b"",
    "half an entry": b"afstem1\nhalf",
    "an older program's": zlib.compress(pickle.dumps(Planted())),
    "none of our models": sealed(zlib.compress(b"\x93\x01\x02\x03")),
    "a pickle": sealed(zlib.compress(pickle.dumps(Planted()))),
    "nested without end": sealed(zlib.compress(b"\x91" * 1_000_000)),
    "another document's": sealed(zlib.compress(kept.encode(a_file(sha256="ef" * 32, document_id="ef" * 8)))),
    "another document's id": sealed(zlib.compress(kept.encode(a_file(document_id="ef" * 8)))),
    "a bomb": sealed(zlib.compress(bytes(200_000_000), level=9)),
}


@pytest.mark.parametrize("strange", STRANGE)
def test_an_entry_that_is_none_of_ours_counts_as_absent(
    tmp_path: Path, strange: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (entry,) = entries(tmp_path / "cache")
    entry.write_bytes(STRANGE[strange])
    monkeypatch.chdir(tmp_path)
    tracemalloc.start()
    try:
        assert a_cache(tmp_path / "cache", limits=LIMITS).get(SHA, "a.pdf") is None
        assert tracemalloc.get_traced_memory()[1] < LIMITS.memory
    finally:
        tracemalloc.stop()
    assert not (tmp_path / "planted").exists()


def test_a_flipped_bit_counts_as_absent(tmp_path: Path) -> None:
    (entry,) = entries(tmp_path)
    data = bytearray(entry.read_bytes())
    for position in range(0, len(data), 7):
        data[position] ^= 4
        entry.write_bytes(data)
        assert a_cache(tmp_path).get(SHA, "a.pdf") is None
        data[position] ^= 4


def test_what_this_run_did_not_use_and_what_another_version_read_is_removed(tmp_path: Path) -> None:
    (entry,) = entries(tmp_path)
    keep(tmp_path, sha256="cd" * 32, document_id="cd" * 8)
    (tmp_path / "0123456789abcdef").mkdir()
    cache = a_cache(tmp_path)
    cache.get(SHA, "a.pdf")
    cache.prune()
    assert list(tmp_path.iterdir()) == [entry.parent]
    assert list(entry.parent.iterdir()) == [entry]


def test_the_fingerprint_covers_what_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    fingerprints = set()
    for library in (None, "pymupdf", "numpy", "pillow", "regex", "pdfplumber", "pdfminer.six"):
        with monkeypatch.context() as patch:
            patch.setattr(
                "afstem.cache.version", lambda name, other=library: "0.other" if name == other else version(name)
            )
            fingerprints.add(fingerprint.__wrapped__())
    with monkeypatch.context() as patch:
        patch.setattr("extract.installed.identity", lambda: "tesseract 99")
        fingerprints.add(fingerprint.__wrapped__())
    assert len(fingerprints) == 8
