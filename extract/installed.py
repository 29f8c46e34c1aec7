"""What is installed here: which Tesseract, and which source of our own packages.

A module of its own: who asks only for its name waits for no image library.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

_SOURCE = frozenset({".py", ".toml", ".json", ".js", ".css", ".j2"})


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


@lru_cache
def source_of(package: str) -> bytes:
    """Names the source, the word lists and the templates of a package; looked at once, whoever asks."""
    digest = sha256()
    spec = find_spec(package)
    for folder in map(Path, (spec.submodule_search_locations if spec else None) or ()):
        for file in sorted(f for f in folder.rglob("*") if f.suffix in _SOURCE and "__pycache__" not in f.parts):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.digest()
