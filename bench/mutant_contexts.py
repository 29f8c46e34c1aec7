"""A plugin of pytest for `bench.mutants`: coverage notes every line with the test function that ran it."""

from __future__ import annotations

from collections.abc import Iterator

import coverage
import pytest


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """From the making of its fixtures to their end a test is the context, whatever its parameters."""
    current = coverage.Coverage.current()
    if current is not None:
        current.switch_context(item.nodeid.partition("[")[0])
    yield
    if current is not None:
        current.switch_context("")
