"""Text of a document made harmless for whatever shows it: no control characters, no turned reading direction."""

from __future__ import annotations

import re

#: Control characters but for tab and line feed; marks that turn the reading direction; halves of a character.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_PICTURES = 0x2400  # the block of Unicode with a picture of every control character below the blank
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"
_CUT = "…"


def plain(text: str, longest: int | None = None) -> str:
    """The text with `␛` and the like for control characters, so that it neither moves a cursor nor turns a line around.

    Of more than `longest` characters the rest is cut, with a sign for it.
    """
    if longest is not None and len(text) > longest:
        text = text[: longest - len(_CUT)] + _CUT
    return _UNSEEN.sub(_picture, text)


def one_line(text: str, longest: int | None = None) -> str:
    """Likewise, on one line: any run of white space is one blank."""
    return plain(" ".join(text.split()), longest)


def cut_bytes(text: str, longest: int) -> str:
    """What of a text has room in so many bytes, no character halved: file systems count bytes, and æ is two."""
    return text.encode()[:longest].decode(errors="ignore")


def escaped(text: str) -> str:
    r"""The text with `\u009b` and the like for the same characters: in JSON it reads back as it was."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(_PICTURES + code)
    return "\N{SYMBOL FOR DELETE}" if code == 0x7F else _UNKNOWN
