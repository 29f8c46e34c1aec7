"""What several stages' tests share."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from hypothesis import settings

import publish
from tests.browser import chromium as chromium  # fixtures
from tests.browser import opens as opens
from tests.publish.lindeby import files, wrong_total

REPOSITORY = Path(__file__).resolve().parent.parent

# How long an example takes is the machine's affair, and no test's.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_configure(config: pytest.Config) -> None:
    """Has the hundreds of processes that tests start share compiled files, also where Python may not write such."""
    cache = getattr(config, "cache", None)  # there is none with `-p no:cacheprovider`, as `bench.mutants` asks
    if sys.dont_write_bytecode and cache is not None:
        sys.dont_write_bytecode = False
        sys.pycache_prefix = sys.pycache_prefix or str(cache.mkdir("compiled"))
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests first: of several processes none is left alone with one at the end."""
    items.sort(key=lambda item: "test_shared_scores" not in item.nodeid)


@pytest.fixture(autouse=True)
def _danish(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see the program in Danish, whatever the machine is set to."""
    monkeypatch.delenv("AFSTEM_LANG", raising=False)


@pytest.fixture(scope="session")
def _example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "out"
    publish.publish(files(), [wrong_total()], folder)
    return folder


@pytest.fixture
def example_run(_example: Path, tmp_path: Path) -> Path:
    """What a run over the example of `tests.publish.lindeby` leaves: one wrong total."""
    return Path(shutil.copytree(_example, tmp_path / "out"))


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
