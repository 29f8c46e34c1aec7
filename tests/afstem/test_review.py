"""`afstem review`: the report served to this machine alone, and decisions made in the browser."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from starlette.testclient import TestClient

import publish
from afstem.review_server import COOKIE, server
from publish.review.decisions import Choice, add, decided, on
from publish.review.structure import structure
from publish.store import read
from tests.afstem.typing_words import typist
from tests.publish.many import many

TOKEN = "t0ken-of-this-run"
HOST = "http://127.0.0.1:8000"
Opens = Callable[..., Any]


@pytest.fixture
def out(example_run: Path) -> Path:
    """The example's run."""
    return example_run


def client(out: Path, cookie: str | None = TOKEN, host: str = HOST) -> TestClient:
    made = TestClient(server(out, "da", TOKEN, 8000), base_url=host, follow_redirects=False)
    if cookie is not None:
        made.cookies.set(COOKIE, cookie)
    return made


DECISION = {"finding_id": "f0", "decision": "confirmed", "note": "Se bilag 2", "who": "Ada"}


def post(of: TestClient, said: Any = DECISION, **headers: str) -> int:
    """The status of a request to keep a decision; a header of "" is left out."""
    sent = {"X-Afstem-Token": TOKEN, "Origin": HOST} | {k.replace("_", "-"): v for k, v in headers.items()}
    return of.post("/decisions", json=said, headers={k: v for k, v in sent.items() if v}).status_code


def test_the_address_with_the_token_lets_in_once_and_leaves_no_token_in_the_address(out: Path) -> None:
    answer = client(out, None).get(f"/?token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.casefold()


@pytest.mark.parametrize("path", ["/", "/?token=guessed", "/decisions", "/evidence/f0.png", "/source/" + "ab" * 8])
def test_nobody_gets_in_without_it(out: Path, path: str) -> None:
    assert client(out, None).get(path).status_code == 403
    assert client(out, "guessed").get(path).status_code == 403


def test_a_name_that_someone_else_gave_this_machine_is_refused(out: Path) -> None:
    assert client(out, host="http://attacker.example:8000").get("/").status_code == 403


def test_a_decision_is_kept(out: Path) -> None:
    assert post(client(out)) == 200
    made = decided(out)["f0"]
    assert (made.decision, made.note, made.who) == (Choice.CONFIRMED, "Se bilag 2", "Ada")
    assert client(out).get("/decisions").json()["f0"]["holds"] is True


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_Afstem_Token": ""}, 403),
        ({"X_Afstem_Token": "guessed"}, 403),
        ({"Origin": "http://attacker.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Content_Type": "text/plain"}, 400),
    ],
)
def test_another_page_cannot_decide(out: Path, headers: dict[str, str], status: int) -> None:
    assert post(client(out), **headers) == status
    assert decided(out) == {}


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"finding_id": "f9", "decision": "confirmed"}, 404),
        ({"finding_id": "f0", "decision": "maybe"}, 400),
        ({"finding_id": "f0"}, 400),
        (["f0"], 400),
        ({"finding_id": "f0", "decision": "confirmed", "note": "x" * 5000}, 400),
        ({"finding_id": "f0", "decision": "confirmed", "note": "x" * 100_000}, 400),
    ],
)
def test_what_is_no_decision_is_refused(out: Path, said: Any, status: int) -> None:
    assert post(client(out), said) == status
    assert decided(out) == {}


def test_the_page_may_ask_for_nothing_but_what_its_server_gives(out: Path) -> None:
    answer = client(out).get("/")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy
    assert f'content="{policy.removesuffix("; frame-ancestors " + chr(39) + "none" + chr(39))}"'.replace(
        "'", "&#39;"
    ) in answer.text.replace("'", "&#39;")
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/evidence/..%2F..%2Frun.json", "/evidence/x.png", "/source/..%2Frun.json", "/run.json"]
)
def test_no_other_file_can_be_had(out: Path, path: str) -> None:
    assert client(out).get(path).status_code == 404


@pytest.fixture
def served() -> Iterator[Callable[[Path], str]]:
    """Serves a folder on a free port; gives the address."""
    running: list[tuple[uvicorn.Server, threading.Thread, socket.socket]] = []

    def serve(out: Path) -> str:
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        config = uvicorn.Config(server(out, "da", TOKEN, port), log_level="error")
        made = uvicorn.Server(config)
        thread = threading.Thread(target=made.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not made.started:
            time.sleep(0.02)
        running.append((made, thread, listening))
        return f"http://127.0.0.1:{port}/?token={TOKEN}"

    yield serve
    for made, thread, listening in running:
        made.should_exit = True
        thread.join(10)
        listening.close()


def test_ctrl_c_ends_it_and_the_reports_are_written_with_the_decisions(
    out: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(out, [on(read(out)["findings"].to_pylist()[0], Choice.CONFIRMED, note="Se bilag 2", who="Ada")])

    def looked_at(address: str) -> None:
        def press() -> None:
            while True:
                with suppress(OSError), socket.create_connection(("127.0.0.1", urlsplit(address).port)):
                    break
            signal.raise_signal(signal.SIGINT)

        threading.Thread(target=press, daemon=True).start()

    monkeypatch.setattr("webbrowser.open", looked_at)
    ended = typist(monkeypatch, capsys, out.parent)("review", "--out", out)
    assert (ended.code, "skrives med afgørelserne" in ended.err) == (0, True)
    assert "Se bilag 2" in (out / "report.html").read_text(encoding="utf-8")


def test_an_auditor_opens_sorts_filters_decides_and_runs_again(
    tmp_path: Path, served: Callable[[Path], str], opens: Opens
) -> None:
    files_, findings = many(4, 30)
    publish.publish(files_, findings, tmp_path)
    address = served(tmp_path)
    page = opens(address)
    page.click("th[data-sort=kroner] button")
    page.select_option("[name=administration]", "Forvaltning 2")
    page.click("#rows tr.pickable >> nth=0")
    finding_id = page.locator("#details footer code").inner_text()
    page.fill(".judge [name=note]", "<b>Anlæg</b> står for sig")
    page.fill(".judge [name=who]", "Ada")
    page.click(".judge [data-decision=dismissed]")
    page.wait_for_selector(".decided.dismissed")
    assert page.locator("#rows tr.current .status").inner_text() == "Afvist"
    assert page.locator("#progress").inner_text() == "Åben: 119 · Afvist: 1"
    page.keyboard.press("Escape")
    page.click("#rows tr.pickable >> nth=1")
    page.locator("#rows tr.current a").focus()
    page.keyboard.press("b")
    page.wait_for_selector(".decided.confirmed")
    assert Axe().run(page).violations_count == 0

    publish.publish(files_, findings[:-1], tmp_path)  # the run again, while the page is open
    page.reload()
    page.select_option("[name=status]", "dismissed")
    expect(page.locator("#shown")).to_have_text("1 af 119")
    assert page.locator("#rows tr.pickable").get_attribute("data-id") == finding_id
    page.click("#rows tr.pickable >> nth=0")
    assert "<b>Anlæg</b> står for sig (Ada, " in page.locator(".decided").inner_text()
    assert "1 afvigelse fra kørslen" in page.locator(".gone summary").inner_text()


def test_the_auditors_word_on_structure_is_kept_in_a_readable_file(
    out: Path, served: Callable[[Path], str], opens: Opens
) -> None:
    page = opens(served(out))
    page.click(".structure summary")
    page.fill(".judge [name=note]", "Sådan er skabelonen")
    page.click("[data-word=no_error]")
    expect(page.locator(".structure > output")).to_contain_text("Gemt")
    page.evaluate("document.querySelector('.structure > output').textContent = ''")
    page.click("[data-word=total]")
    expect(page.locator(".structure > output")).to_contain_text("Gemt")
    kept = structure(out)
    assert [(w.check, w.table, w.row, w.note) for w in kept.no_error] == [
        ("column_total", "Varige ændringer", "I alt", "Sådan er skabelonen")
    ]
    (total,) = kept.total
    assert (total.case, total.table) == ("F01 · Papirløs post", "Tabel 1 – Varige ændringer")
    assert (total.row, total.parts) == ("I alt", ("Mindre papir", "Færre breve <script>alert(1)</script>"))
    assert Axe().run(page).violations_count == 0


def test_the_page_lists_the_words_on_structure_and_takes_one_back(
    out: Path, served: Callable[[Path], str], opens: Opens
) -> None:
    page = opens(served(out))
    page.click(".structure summary")
    for word in ("no_error", "total"):
        with page.expect_response("**/structure"):
            page.click(f"[data-word={word}]")
    page.reload()
    assert page.locator(".said summary").inner_text() == "2 rettelser af programmets forståelse"
    assert page.locator(".said tbody tr .n").all_inner_texts() == ["1", "1"]
    assert Axe().run(page).violations_count == 0
    page.click(".said tbody tr:first-child [data-withdraw]")
    page.wait_for_selector(".said td:has-text('Fjernet')")
    assert [type(word).__name__ for word in structure(out).words()] == ["NoError"]
    page.reload()
    assert page.locator(".said tbody tr").count() == 1


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"withdraw": "0123456789ab"}, 404),
        ({"finding_id": "f9", "kind": "no_error"}, 404),
        ({"finding_id": "f0", "kind": "no_error"}, 200),
        ({"finding_id": "f0", "kind": "guess"}, 400),
        ({"finding_id": "f0"}, 400),
        ({"finding_id": "f0", "kind": "total", "table": "t0", "row": 2, "parts": [0, 1]}, 200),
        ({"finding_id": "f0", "kind": "total", "table": "t0", "row": 2, "parts": []}, 400),
        ({"finding_id": "f0", "kind": "total", "table": "t0", "row": 2, "parts": [77]}, 400),
        ({"finding_id": "f0", "kind": "total", "table": "t9", "row": 2, "parts": [0]}, 400),
        ([], 404),
    ],
)
def test_what_is_no_word_on_structure_is_refused(out: Path, said: Any, status: int) -> None:
    headers = {"X-Afstem-Token": TOKEN, "Origin": HOST}
    assert client(out).post("/structure", json=said, headers=headers).status_code == status
    assert bool(structure(out)) is (status == 200)


def test_a_decision_that_could_not_be_kept_is_said(out: Path, served: Callable[[Path], str], chromium: Any) -> None:
    page = chromium.new_page()
    page.goto(served(out))
    page.wait_for_selector(".judge")
    page.route("**/decisions", lambda route: route.abort())
    page.click(".judge [data-decision=confirmed]")
    page.wait_for_selector(".judge output:has-text('Afgørelsen blev ikke gemt')")
    assert page.locator("#rows .status").first.inner_text() == "Åben"
    page.close()
