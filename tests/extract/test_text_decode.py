"""Bytes to text, whatever the encoding; and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.models import Reason
from extract.text.decode import Decoded, decode

DANISH = "Forslagets titel: Nyt økonomisystem på skoleområdet\nBesparelse på løn\t-100\t-200\nÆrø – “årlig” udgift\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_danish_is_read_from_every_encoding(encoding: str) -> None:
    decoded = decode(DANISH.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert decoded.text == DANISH
    assert decoded.broken == 0


def test_letters_of_two_characters_become_one() -> None:
    decoded = decode("a\u030argang på o\u0308l".encode())
    assert isinstance(decoded, Decoded)
    assert decoded.text == "årgang på öl"


def test_a_damaged_character_is_counted_and_the_rest_read() -> None:
    data = DANISH.encode() * 3 + b"\xff\xfe tekst"
    decoded = decode(data)
    assert isinstance(decoded, Decoded)
    assert decoded.encoding == "utf-8"
    assert decoded.broken == 2
    assert "skoleområdet" in decoded.text


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf", "empty_file"),
        (b" \r\n\t \n", "empty_file"),
        (b"PK\x03\x04word/document.xml", "unsupported"),
        (b"123 456\n-- 7", "unsupported"),
        (bytes(range(256)) * 8, "binary"),
        (b"abc\x00\x01\x02\x00\x00def" * 20, "binary"),
    ],
)
def test_what_is_no_text_has_a_reason(data: bytes, code: str) -> None:
    reason = decode(data)
    assert isinstance(reason, Reason)
    assert reason.code == code


@given(st.binary(max_size=300))
def test_nothing_raises(data: bytes) -> None:
    assert isinstance(decode(data), Decoded | Reason)


@given(
    st.text(
        alphabet=st.characters(categories=["L", "N", "Zs", "P"], exclude_characters="\ufeff"), min_size=1, max_size=80
    )
)
def test_utf_8_is_never_mistaken(text: str) -> None:
    decoded = decode(("Udgift på løn " + text).encode())
    assert isinstance(decoded, Decoded)
    assert decoded.encoding == "utf-8"


SENTENCES = "Børnehaverne på Åvej får færre møder; Ærø og Øst sparer 1.250 t.kr. årligt på køkkenet.\n" * 3


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "cp1252", "mac_roman", "iso8859-1", "utf-32-le", "utf-32-be"])
def test_danish_letters_are_right_from_dos_windows_macintosh_and_wide_files(encoding: str) -> None:
    decoded = decode(SENTENCES.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert decoded.text == SENTENCES


@pytest.mark.parametrize("encoding", ["cp850", "cp865", "cp1252", "mac_roman"])
@pytest.mark.parametrize("word", ["rådhus", "ÆLDRE", "Møde på Ærø", "sociale forhold: færre på området"])
def test_a_few_danish_letters_are_enough(encoding: str, word: str) -> None:
    text = f"Forslag 1 {word}\nTabel 1\t2025\t2026\nSamlet {word}\t-100\t-200\n {word} og {word}, {word}\n"
    decoded = decode(text.encode(encoding))
    assert isinstance(decoded, Decoded)
    assert decoded.text == text


def test_the_apostrophes_and_dashes_of_windows_are_no_letters_of_dos() -> None:
    text = "Kommunens ”kloge indkøb” – don’t panic, it’s the mayor’s ‘plan’ … 25 € på rådhuset\n"
    for sample in (text, "The council’s plan isn’t Peter’s – ‘really’\n"):
        decoded = decode(sample.encode("cp1252"))
        assert isinstance(decoded, Decoded)
        assert decoded.text == sample


def test_nuls_that_pad_a_text_are_dropped() -> None:
    decoded = decode(b"Samlet\x00\x00\t-100\x00\n" + "Møder\t-50\n".encode() * 20 + bytes(16))
    assert isinstance(decoded, Decoded)
    assert decoded.text.startswith("Samlet\t-100\n")
    assert (decoded.broken, "\x00" in decoded.text) == (0, False)


def test_a_nul_within_a_figure_never_closes_it_up() -> None:
    decoded = decode(b"Samlet varig besparelse\t1\x00500\n" + "Møder\t-50\n".encode() * 20)
    assert isinstance(decoded, Decoded)
    assert decoded.text.startswith("Samlet varig besparelse\t1\ufffd500\n")
    assert decoded.broken == 1
