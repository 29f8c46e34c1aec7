"""What several stages' tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from tests.browser import chromium as chromium  # fixtures
from tests.browser import opens as opens

REPOSITORY = Path(__file__).resolve().parent.parent

# How long an example takes is the machine's affair, and no test's.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _danish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see the program in Danish, whatever the machine is set to."""
    monkeypatch.delenv("AFSTEM_LANG", raising=False)


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository's own folder."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the repository; a test that needs it is skipped where it is not."""
    folder = REPOSITORY.parent / "shared"
    if not (folder / "cases").is_dir():
        pytest.skip(f"no real documents in {folder}")
    return folder
