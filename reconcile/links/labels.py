"""What labels say of each other: one line split into several, several joined into one."""

from __future__ import annotations

import re
from functools import lru_cache

from reconcile.wording import squash, words

_AFTER = re.compile(r"\s*(?:,|:|;|\s[-–—]\s|\(|/)\s*")
_AND = re.compile(r"\s+(?:og|samt|and)\s+|\s*[,/&+]\s*")
_SHORTEST = 4  # letters of a part's name


@lru_cache(maxsize=8192)
def stem(label: str) -> str | None:
    """What stands before a suffix ("Oplæring, nord": "oplæring"), letters and digits only; None without a suffix."""
    head = _AFTER.split(label.strip(), maxsplit=1)
    return squash(head[0]) or None if len(head) > 1 else None


@lru_cache(maxsize=8192)
def joined(label: str) -> tuple[str, ...]:
    """The names that a label joins ("Vejledning og oplæring"); empty where it is one name."""
    parts = [part for part in _AND.split(label) if part and words(part)]
    if len(parts) < 2 or any(len(squash(part)) < _SHORTEST for part in parts):
        return ()
    return tuple(parts)
