"""Which Tesseract is installed here.  A module of its own: who asks only for its name waits for no image library."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The installed languages; empty where Tesseract is not installed."""
    command = shutil.which("tesseract")
    if command is None:
        return frozenset()
    listed = subprocess.run([command, "--list-langs"], capture_output=True, text=True, timeout=30, check=False)
    return frozenset(line.strip() for line in listed.stdout.splitlines()[1:] if line.strip())


@lru_cache(maxsize=1)
def identity() -> str:
    """The version and the languages of the Tesseract that reads here; "" where there is none."""
    command = shutil.which("tesseract")
    if command is None:
        return ""
    told = subprocess.run([command, "--version"], capture_output=True, text=True, timeout=30, check=False)
    return f"{(told.stdout or told.stderr).splitlines()[:1]} {sorted(languages())}"
