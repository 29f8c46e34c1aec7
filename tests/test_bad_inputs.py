"""Damaged, locked and foreign files: each ends as a row with a reason and advice, and none stops the run."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pymupdf
import pytest

from afstem.options import RunOptions
from afstem.pipeline import run_batch
from extract.models import ReadOptions

ROWS = (
    ("1.000 kr. 2024 p/l", "2025", "2026"),
    ("Færre lejemål", "-200", "-400"),
    ("Drift af systemet", "50", "60"),
    ("Varige ændringer i alt", "-150", "-340"),
)
TEXT = "Forslagets titel: BC01 Fælles lokaler på Nørregade\n\n1. Økonomi\n\nTabel 1. Varige ændringer\n" + "\n".join(
    "\t".join(row) for row in ROWS
)


def a_pdf(pages: int = 1) -> pymupdf.Document:
    pdf = pymupdf.open()
    for _ in range(pages):
        page = pdf.new_page()
        page.insert_text((60, 60), "Forslagets titel: BC01 Fælles lokaler på Nørregade", fontsize=12)
        page.insert_text((60, 90), "Tabel 1. Varige ændringer, service", fontsize=11)
        for index, row in enumerate(ROWS):
            for x, cell in zip((60, 300, 380), row, strict=True):
                page.insert_text((x, 115 + 18 * index), cell, fontsize=9)
    return pdf


def images_only() -> bytes:
    """A page that is a picture of text, as a scanner makes it."""
    scan = pymupdf.open()
    page = scan.new_page()
    page.insert_image(page.rect, pixmap=a_pdf()[0].get_pixmap(dpi=100))
    return bytes(scan.tobytes())


def locked() -> bytes:
    return bytes(a_pdf().tobytes(encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="hemmelig", owner_pw="ejer"))


def word_file(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")


def run(folder: Path, out: Path, read: ReadOptions | None = None) -> pd.DataFrame:
    run_batch([folder], out, RunOptions(reports=False, workers=1, read=read or ReadOptions()))
    return pd.read_parquet(out / "parquet" / "documents.parquet").set_index("file_name")


@pytest.fixture
def outcome(tmp_path: Path) -> Callable[..., pd.Series]:
    """What becomes of one file with this name and content, beside a good one that must come through."""

    def of(name: str, content: bytes, read: ReadOptions | None = None) -> pd.Series:
        folder = tmp_path / "in"
        folder.mkdir()
        (folder / "good.txt").write_text(TEXT, encoding="utf-8")
        (folder / name).write_bytes(content)
        documents = run(folder, tmp_path / "out", read)
        assert list(documents.index) == sorted(["good.txt", name])
        assert documents.status["good.txt"] == "imported"
        row: pd.Series = documents.loc[name]
        return row

    return of


Outcome = Callable[..., pd.Series]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.pdf", b"", "empty_file"),
        ("empty.txt", b"", "empty_file"),
        ("blank.txt", b" \n\n\t\n", None),
        ("text.pdf", b"Dette er ikke en PDF.\n", "not_pdf"),
        ("head.pdf", b"%PDF-1.7\n", None),
        ("noise.pdf", b"%PDF-1.4\n" + bytes(range(256)) * 40, None),
        ("noise.txt", bytes(range(256)) * 40, "binary"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), None),
    ],
)
def test_what_holds_nothing_readable_is_quarantined_with_a_reason(
    outcome: Outcome, name: str, content: bytes, code: str | None
) -> None:
    row = outcome(name, content)
    assert row.status == "quarantined"
    assert row.reason
    assert row.reason_code == (code or row.reason_code)
    assert row.reason_code != "crashed"


def test_an_office_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    word_file(tmp_path / "in" / "Forslag.docx")
    row = run(tmp_path / "in", tmp_path / "out").loc["Forslag.docx"]
    assert (row.status, row.reason_code) == ("quarantined", "unsupported")
    assert "PDF" in row.reason


def test_a_locked_pdf_asks_for_its_password_and_opens_with_it(tmp_path: Path, outcome: Outcome) -> None:
    row = outcome("locked.pdf", locked())
    assert (row.status, row.reason_code) == ("quarantined", "encrypted")
    opened = run(tmp_path / "in", tmp_path / "out", ReadOptions(password="hemmelig"))
    assert opened.status["locked.pdf"] == "imported"
    assert opened.tables["locked.pdf"] == 1


def test_a_wrong_password_is_no_crash(outcome: Outcome) -> None:
    row = outcome("locked.pdf", locked(), ReadOptions(password="gættet"))
    assert (row.status, row.reason_code) == ("quarantined", "encrypted")


def test_pictures_of_text_without_ocr_say_how_to_get_it(outcome: Outcome) -> None:
    row = outcome("scan.pdf", images_only(), ReadOptions(ocr="never"))
    assert (row.status, row.reason_code) == ("quarantined", "no_ocr")
    assert "apt-get install" in row.reason


@pytest.mark.parametrize("share", [0.15, 0.4, 0.7, 0.95])
def test_a_cut_off_pdf_keeps_what_is_readable_and_says_so(outcome: Outcome, share: float) -> None:
    whole = a_pdf(pages=5).tobytes(deflate=False)
    row = outcome("cut.pdf", whole[: int(len(whole) * share)])
    assert row.status in ("imported", "quarantined")
    assert row.reason
    assert row.reason_code != "crashed"


def test_flipped_bytes_never_stop_a_run(outcome: Outcome) -> None:
    damaged = bytearray(a_pdf(pages=3).tobytes())
    for position in range(200, len(damaged), 97):
        damaged[position] ^= 0x5A
    row = outcome("flipped.pdf", bytes(damaged))
    assert row.status in ("imported", "quarantined")
    assert row.reason_code != "crashed"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_good_text_in_another_encoding_is_read_right(outcome: Outcome, tmp_path: Path, encoding: str) -> None:
    row = outcome("sag.txt", TEXT.replace("BC01", "BC02").encode(encoding))
    assert (row.status, row.tables) == ("imported", 1)
    cases = pd.read_parquet(tmp_path / "out" / "parquet" / "cases.parquet").set_index("document_id")
    assert cases.title[row.document_id] == "Fælles lokaler på Nørregade"


#: The files of the shared folder: how each ends, and why where that is no secret.  What is readable of a damaged one is
#: kept and marked; of the one with flipped bytes, no reader gets a sentence.
SHARED: dict[str, tuple[str, tuple[str, ...]]] = {
    "binary.txt": ("quarantined", ("binary",)),
    "broken-xref.pdf": ("imported", ("repaired_pdf",)),
    "empty.pdf": ("quarantined", ("empty_file",)),
    "flipped-bytes.pdf": ("quarantined", ("damaged", "no_text")),
    "password.pdf": ("quarantined", ("encrypted",)),
    "text-named.pdf": ("quarantined", ("not_pdf",)),
    "truncated.pdf": ("imported", ("damaged_pages",)),
    "utf-16.txt": ("imported", ()),
    "windows-1252.txt": ("imported", ()),
    "word-file.docx": ("quarantined", ("unsupported",)),
}


@pytest.fixture(scope="module")
def shared_outcomes(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    return run(shared / "bad", tmp_path_factory.mktemp("bad"))


@pytest.mark.shared
@pytest.mark.parametrize("name", SHARED)
def test_the_shared_bad_files_end_as_they_should(shared_outcomes: pd.DataFrame, name: str) -> None:
    status, codes = SHARED[name]
    row = shared_outcomes.loc[name]
    assert row.status == status
    assert row.reason_code in codes if codes else pd.isna(row.reason_code)
    assert pd.isna(row.reason) if not codes else row.reason
