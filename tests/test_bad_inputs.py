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


def cut(share: float) -> bytes:
    """The first part of a PDF of five pages."""
    whole = a_pdf(pages=5).tobytes(deflate=False)
    return bytes(whole[: int(len(whole) * share)])


def flipped() -> bytes:
    """A PDF in which every 97th byte is another."""
    damaged = bytearray(a_pdf(pages=3).tobytes())
    for position in range(200, len(damaged), 97):
        damaged[position] ^= 0x5A
    return bytes(damaged)


#: Files that hold nothing readable, and the reason that is given where there is but one.
UNREADABLE: dict[str, tuple[bytes, str | None]] = {
    "empty.pdf": (b"", "empty_file"),
    "blank.txt": (b" \n\n\t\n", None),
    "text.pdf": (b"Dette er ikke en PDF.\n", "not_pdf"),
    "head.pdf": (b"%PDF-1.7\n", None),
    "noise.pdf": (b"%PDF-1.4\n" + bytes(range(256)) * 40, None),
    "noise.txt": (bytes(range(256)) * 40, "binary"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(200), None),
}
DAMAGED = {f"cut-{share}.pdf": cut(share) for share in (0.15, 0.4, 0.7, 0.95)} | {"flipped.pdf": flipped()}
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run leaves that meets all of them in one folder, beside a good file that must come through."""
    folder, out = tmp_path_factory.mktemp("in"), tmp_path_factory.mktemp("out")
    files = {name: content for name, (content, _) in UNREADABLE.items()} | DAMAGED
    files |= {f"{e}.txt": TEXT.replace("BC01", f"BC1{n}").encode(e) for n, e in enumerate(ENCODINGS)}
    files |= {"good.txt": TEXT.encode(), "locked.pdf": locked()}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    word_file(folder / "Forslag.docx")
    documents = run(folder, out)
    assert set(documents.index) == {*files, "Forslag.docx"}
    return out


@pytest.fixture(scope="module")
def documents(outcomes: Path) -> pd.DataFrame:
    """How each ended, by name."""
    return pd.read_parquet(outcomes / "parquet" / "documents.parquet").set_index("file_name")


def test_a_good_file_comes_through(documents: pd.DataFrame) -> None:
    assert (documents.status["good.txt"], documents.tables["good.txt"]) == ("imported", 1)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_holds_nothing_readable_is_quarantined_with_a_reason(documents: pd.DataFrame, name: str) -> None:
    row = documents.loc[name]
    assert row.status == "quarantined"
    assert row.reason
    assert row.reason_code == (UNREADABLE[name][1] or row.reason_code)
    assert row.reason_code != "crashed"


def test_an_office_file_is_refused_in_words(documents: pd.DataFrame) -> None:
    row = documents.loc["Forslag.docx"]
    assert (row.status, row.reason_code) == ("quarantined", "unsupported")
    assert "PDF" in row.reason


def test_a_locked_pdf_asks_for_its_password(documents: pd.DataFrame) -> None:
    row = documents.loc["locked.pdf"]
    assert (row.status, row.reason_code) == ("quarantined", "encrypted")


@pytest.mark.parametrize(
    ("content", "options", "status", "code"),
    [
        pytest.param(locked, ReadOptions(password="hemmelig"), "imported", None, id="the password"),
        pytest.param(locked, ReadOptions(password="gættet"), "quarantined", "encrypted", id="a wrong password"),
        pytest.param(images_only, ReadOptions(ocr="never"), "quarantined", "no_ocr", id="pictures of text, no OCR"),
    ],
)
def test_how_it_is_read_decides(
    tmp_path: Path, content: Callable[[], bytes], options: ReadOptions, status: str, code: str | None
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").touch()
    (tmp_path / "in" / "sag.pdf").write_bytes(content())
    documents = run(tmp_path / "in", tmp_path / "out", options)
    row = documents.loc["sag.pdf"]
    assert (row.status, None if pd.isna(row.reason_code) else row.reason_code) == (status, code)
    assert row.tables == (1 if status == "imported" else 0)
    assert code != "no_ocr" or "apt-get install" in row.reason
    assert documents.reason_code["empty.txt"] == "empty_file"


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_pdf_keeps_what_is_readable_and_says_so(documents: pd.DataFrame, name: str) -> None:
    row = documents.loc[name]
    assert row.status in ("imported", "quarantined")
    assert row.reason
    assert row.reason_code != "crashed"


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_good_text_in_another_encoding_is_read_right(documents: pd.DataFrame, outcomes: Path, encoding: str) -> None:
    row = documents.loc[f"{encoding}.txt"]
    assert (row.status, row.tables) == ("imported", 1)
    cases = pd.read_parquet(outcomes / "parquet" / "cases.parquet").set_index("document_id")
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
