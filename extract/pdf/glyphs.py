"""Repairs words whose font maps glyphs to the wrong characters: ligatures, private-use and byte-swapped code points.

The raw text is kept by the caller.  What cannot be told from the character alone (a lost glyph, U+FFFD, a private code
point of a ligature) is settled by the document's words, see `extract.pdf.ligatures`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "ft",
    "ﬆ": "st",
    "Ɵ": "ti",  # common Office fonts map their ti, tt and ft ligatures to these letters
    "Ʃ": "tt",
    "Ō": "ft",
    "ƞ": "tf",
    "\u00ad": "",  # a soft hyphen inside a word is not printed
    "\u200b": "",
    "\ufeff": "",
}
_BOXES = {
    "\uf0fe": "☒",
    "\uf0fd": "☒",
    "\uf078": "☒",
    "\uf054": "☒",
    "\uf0fc": "☒",
    "\uf052": "☒",
    "\uf053": "☒",
    "\uf0a8": "☐",
    "\uf06f": "☐",
    "\uf071": "☐",
    "\uf0a3": "☐",
    "\uf0b7": "•",
    "\uf0a7": "•",
    "\uf02d": "-",
    "☑": "☒",
    "🗹": "☒",
    "🗷": "☒",
    "✓": "☒",
    "✔": "☒",
    "✗": "☒",
    "✘": "☒",
    "□": "☐",
    "▢": "☐",
    "❏": "☐",
    "❑": "☐",
    "🗆": "☐",
}
_LIKE_MINUS = "\u00ad\u02d7\u2010\u2011\u2012\u2015\u2043\ufe58\ufe63\uff0d"
_SIGN = re.compile(f"[{_LIKE_MINUS}](?=[\\d,.]*\\d)")  # hyphens and look-alikes before digits: printed for minus
_LOST_SIGN = re.compile("[\ufffd\x00](?P<figure>\\d[\\d., \u2009]*)\\Z")
SIGN_TOLD = 0.8  # confidence that a glyph without meaning before a figure is its minus
_LOST_SPACE = re.compile(
    r"(?<=\d)\ufffd(?=\d{3}(?!\d))|(?<=\d)\ufffd(?=\d{3}\ufffd)"
)  # a thin space the font has no glyph for
_USUAL = re.compile(r"[ -~æøåÆØÅéüöäÉÜÖÄ§°½¼¾´«»–—’‘”“•…−]*")
_SUSPECT = re.compile(
    f"[{_LIKE_MINUS}"
    + "".join(map(re.escape, (*_LIGATURES, *_BOXES)))
    + "\ue000-\uf8ff\u0500-\u1fff\u2e80-\udfff\ufffd]"
)


@lru_cache(maxsize=4096)
def needs_repair(text: str) -> bool:
    """Whether a word holds a character that `repair` may change (fast: most words do not)."""
    return _USUAL.fullmatch(text) is None and _SUSPECT.search(text) is not None


def is_told(character: str) -> bool:
    """Whether a character that no Danish text holds is known to stand for letters or for a sign."""
    return _character(character) != character


def repair(text: str) -> str:
    """The word as a reader sees it: ligatures spelled out, tick boxes as ☒ and ☐, shifted code points put back."""
    return "".join(_character(c) for c in _SIGN.sub("-", _LOST_SPACE.sub("\u2009", text)))


def lost_sign(text: str) -> str | None:
    """The figure behind a glyph that the font does not know: nothing else than a sign is printed there."""
    found = _LOST_SIGN.match(text)
    return found["figure"] if found else None


def _character(c: str) -> str:
    if c in _LIGATURES:
        return _LIGATURES[c]
    if c in _BOXES:
        return _BOXES[c]
    code = ord(c)
    if code & 0xFF == 0 and 0x20 <= code >> 8 <= 0xFF and (code >> 8 < 0x7F or code >> 8 >= 0xA0):
        return chr(code >> 8)  # the two bytes of the code point stand the wrong way round
    if 0xF020 <= code <= 0xF0FF:
        return chr(code - 0xF000)  # a symbol-encoded font that draws ordinary letters
    return c
