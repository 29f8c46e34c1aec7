"""A browser for the tests of the report: Debian's Chromium, which must not reach out nor complain."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
Opens = Callable[..., Any]


@pytest.fixture(scope="module")  # no longer: its event loop would be in the way of other tests' loops
def chromium() -> Iterator[Any]:
    """A running browser; skipped where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium: make tools")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*_ARGUMENTS])
        yield browser
        browser.close()


@pytest.fixture
def opens(chromium: Any) -> Iterator[Opens]:
    """Opens a file or an address and gives the page; at the end nothing may have failed or been asked for elsewhere."""
    contexts = []
    asked: list[str] = []
    complaints: list[str] = []

    def open_(where: Path | str, width: int = 1200, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda said: complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(where.as_uri() if isinstance(where, Path) else where)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "http://127.0.0.1:"))] == []
