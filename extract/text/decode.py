"""Bytes to text: which encoding, or the reason why this is no text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from extract.models import Reason, ReasonCode
from extract.records import record

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What a known kind of file starts with, and what to call it.
_MAGIC = (
    (b"PK\x03\x04", "zip"),
    (b"%PDF-", "pdf"),
    (b"\xd0\xcf\x11\xe0", "ole"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x1f\x8b", "gzip"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOST = re.compile(r"(?<=[^\s\x00])\x00+(?=[^\s\x00])")
_SAMPLE = 200_000  # characters that are looked at
_MOST_CONTROLS = 0.02  # share of control characters in a text
_MOST_NULS = 0.1  # share of NULs in a text that some program padded
#: Besides Windows': the Macintosh's, and those of DOS, which differ in signs that no case needs.
_OTHERS = ("mac_roman", "cp850", "cp865")
_DANISH = frozenset("æøåÆØÅéüöäÉÖÄ")
_TYPOGRAPHY = frozenset("“”‘’–—§½•…´°²³»«")


@record
class Decoded:
    """The text and the encoding it was read with; `broken` counts the characters that could not be read."""

    text: str
    encoding: str
    broken: int = 0


def decode(data: bytes) -> Decoded | Reason:
    """The text of a file, whatever its encoding; composed characters (NFC).

    A `Reason` where there is none: `empty_file`, `binary`, or `unsupported` (another kind of file, or no letters).
    """
    if not data.strip(b" \t\r\n\x0c\x00") or data in {bom for bom, _ in _BOMS}:
        return Reason(ReasonCode.EMPTY_FILE)
    for magic, name in _MAGIC:
        if data.startswith(magic):
            return Reason(ReasonCode.UNSUPPORTED, (("format", name),))
    decoded = _decoded(data)
    if decoded is None:
        return Reason(ReasonCode.BINARY)
    decoded = _without_nuls(decoded)
    sample = decoded.text[:_SAMPLE]
    if len(_CONTROLS.findall(sample)) > _MOST_CONTROLS * len(sample):
        return Reason(ReasonCode.BINARY)
    if not sample.strip("\ufeff \t\r\n\x0c"):
        return Reason(ReasonCode.EMPTY_FILE)
    if not any(c.isalpha() for c in decoded.text):
        return Reason(ReasonCode.UNSUPPORTED, (("format", "no_letters"),))
    return Decoded(unicodedata.normalize("NFC", decoded.text.lstrip("\ufeff")), decoded.encoding, decoded.broken)


def _decoded(data: bytes) -> Decoded | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _lossy(data, encoding)
    wide = _utf32_without_bom(data) or _utf16_without_bom(data)
    if wide is not None:
        return _lossy(data, wide)
    if data.count(0) > max(2, _MOST_NULS * len(data)):
        return None
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        lossy = _lossy(data, "utf-8")
    whole = sum(1 for c in lossy.text if ord(c) > 127 and c != "\ufffd")
    if lossy.broken and whole > 3 * lossy.broken:  # UTF-8 with some damage
        return lossy
    windows = data.decode("cp1252", errors="replace")
    likely = _likely(windows) + max(2, len(data) // 2000)
    other = max(_OTHERS, key=lambda encoding: _likely(data.decode(encoding)))
    if _likely(data.decode(other)) > likely:
        return Decoded(data.decode(other), other)
    if "\ufffd" in windows:
        # the five bytes that Windows-1252 leaves open stand for control characters in ISO 8859-1
        windows = "".join(chr(b) if c == "\ufffd" else c for b, c in zip(data, windows, strict=True))
    return Decoded(windows, "cp1252") if _is_writing(windows) else None


def _without_nuls(decoded: Decoded) -> Decoded:
    """Without the NULs that pad a text; one between two characters stands for a lost one, so that no figure closes up.

    What is lost counts as broken.
    """
    if "\x00" not in decoded.text:
        return decoded
    text, lost = _LOST.subn("\ufffd", decoded.text)
    return Decoded(text.replace("\x00", ""), decoded.encoding, decoded.broken + lost)


def _lossy(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    return Decoded(text, encoding, text.count("\ufffd"))


def _utf32_without_bom(data: bytes) -> str | None:
    """UTF-32 has a zero in every fourth byte whatever it says, and two or three in most; None where it has not."""
    sample = data[:4096]
    quarter = len(sample) // 4
    if quarter < 2 or len(data) % 4:
        return None
    zeros = [sample[place::4].count(0) for place in range(4)]
    if zeros[3] == zeros[2] == quarter and zeros[0] == 0:
        return "utf-32-le"
    return "utf-32-be" if zeros[0] == zeros[1] == quarter and zeros[3] == 0 else None


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 of mostly Latin text has a zero in every other byte; None where it has not."""
    sample = data[: 4096 - len(data) % 2]
    half = len(sample) // 2
    if half < 2:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.05 * half + 1:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half + 1 else None


def _likely(text: str) -> int:
    """How Danish the text beyond ASCII looks: Danish letters within words count, odd signs there count against."""
    score = 0
    for match in re.finditer(r"[^\x00-\x7f]", text[:_SAMPLE]):
        char, at = match[0], match.start()
        in_word = (at > 0 and text[at - 1].isalpha()) or (at + 1 < len(text) and text[at + 1].isalpha())
        if char in _DANISH and in_word:
            # A capital within a word of small letters is no capital but another encoding's apostrophe.
            score += -2 if char.isupper() and at > 0 and text[at - 1].islower() else 2
        elif char in _TYPOGRAPHY or char in _DANISH:
            score += 1
        elif in_word:
            score -= 1
    return score


def _is_writing(text: str) -> bool:
    """Whether most characters are what people write: letters, digits, blanks and common signs."""
    sample = text[:_SAMPLE]
    special = _DANISH | _TYPOGRAPHY
    plain = sum(1 for c in sample if c.isspace() or (c.isascii() and c.isprintable()) or c in special)
    return plain >= 0.85 * len(sample)
