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
