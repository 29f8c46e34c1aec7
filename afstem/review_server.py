"""The report served on this machine alone, with a place for the auditor's decisions.

Nobody else gets in: the address holds a token made for this run, kept afterwards in a cookie that no other site's page
can send; what changes something must name the token as well, come from the page itself and be addressed to this
machine by name.  The page may ask for nothing but what this server gives.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from afstem.review_words import Words
from publish.page import page, served_policy
from publish.payload import decision_json
from publish.pictures import FOLDER as PICTURES
from publish.reports import gathered
from publish.review import structure
from publish.review.decisions import Choice, add, on
from publish.review.relation import judged
from publish.store import read
from publish.view import Report

COOKIE = "afstem"
_MOST_BYTES = 65_536  # of a request that says something
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_OPENED = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".md": "text/plain; charset=utf-8"}
Next = Callable[[Request], Awaitable[Response]]


class Desk:
    """The report of a folder as it lies there now, and the decisions on it."""

    def __init__(self, out: Path, language: str, token: str) -> None:
        self.out, self.language, self.token = out, language, token
        self.age: float = 0
        self.html = ""
        self.tables: dict[str, Any] = {}
        self.report: Report | None = None
        self.findings: dict[str, Any] = {}
        self.sources: dict[str, Path] = {}
        self.copies: dict[str, Path] = {}

    def refresh(self) -> None:
        """Reads the folder again where a run has written it anew."""
        age = (self.out / "parquet" / "findings.parquet").stat().st_mtime
        if age == self.age:
            return
        self.tables = read(self.out)
        contents = gathered(self.tables, self.out, self.language, self.token)
        self.report = contents.report
        self.findings = {f["finding_id"]: f for f in self.tables["findings"].to_pylist()}
        ids = [d["document_id"] for d in contents.report.documents]
        self.sources = {i: path for i in ids if (path := contents.run.source(i, self.out))}
        self.copies = {path.name: path for c in contents.copies.values() if (path := self.out / c)}
        self.html = page(contents)
        self.age = age

    def decisions(self) -> dict[str, Any]:
        """The decisions on what is found now."""
        made = judged(self.tables, self.out)
        return {i: decision_json(d, self.findings[i], self.language) for i, d in made.items() if i in self.findings}

    def decide(self, said: Any) -> dict[str, Any] | None:
        """Keeps a decision; None where it names no finding.  Raises ValueError where it is none."""
        if not isinstance(said, dict) or not {"finding_id", "decision"} <= said.keys():
            raise ValueError("a decision names finding_id and decision")
        finding = self.findings.get(str(said["finding_id"]))
        if finding is None:
            return None
        note, who = str(said.get("note", "")), str(said.get("who", ""))
        decision = on(finding, Choice(said["decision"]), note=note, who=who)
        add(self.out, [decision])
        return decision_json(decision, finding, self.language)

    def structure(self, said: Any) -> bool:
        """Keeps a word on structure, or withdraws one; False where there is no such finding, or no such word.

        Raises ValueError where it is none.
        """
        if isinstance(said, dict) and "withdraw" in said:
            self.age = 0  # the page lists the words
            return structure.withdraw(self.out, str(said["withdraw"]))
        finding = self.findings.get(str(said.get("finding_id"))) if isinstance(said, dict) else None
        if finding is None or self.report is None:
            return False
        structure.add(self.out, Words(self.report, finding).word(said))
        self.age = 0
        return True


class Guard(BaseHTTPMiddleware):
    """Lets only this machine's own page in."""

    def __init__(self, app: Any, token: str, hosts: frozenset[str]) -> None:
        super().__init__(app)
        self.token, self.hosts = token, hosts

    async def dispatch(self, request: Request, call_next: Next) -> Response:
        """The answer, with the headers that every answer has; 403 to whom it may not concern."""
        response = await call_next(request) if self._may(request) else Response("403", 403)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _may(self, request: Request) -> bool:
        if request.headers.get("host", "") not in self.hosts:
            return False  # a name that someone else's server gave this machine
        if request.method == "GET" and request.url.path == "/" and "token" in request.query_params:
            return self._same(request.query_params["token"])
        if not self._same(request.cookies.get(COOKIE, "")):
            return False
        if request.method in ("GET", "HEAD"):
            return True
        origin = request.headers.get("origin")
        own = origin is None or origin.removeprefix("http://") in self.hosts
        return own and self._same(request.headers.get("x-afstem-token", ""))

    def _same(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())


def server(out: Path, language: str, token: str, port: int) -> Starlette:
    """The application.  Raises FileNotFoundError where `out` holds no run."""
    desk = Desk(out, language, token)
    desk.refresh()

    async def report(request: Request) -> Response:
        if "token" in request.query_params:
            answer = RedirectResponse("/", 303)
            answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
            return answer
        await run_in_threadpool(desk.refresh)
        headers = {"Content-Security-Policy": served_policy(), "X-Frame-Options": "DENY"}
        return Response(desk.html, media_type="text/html", headers=headers)

    async def picture(request: Request) -> Response:
        finding_id = request.path_params["finding_id"]
        path = out / PICTURES / f"{finding_id}.png"
        known = finding_id in desk.findings and path.is_file()
        return FileResponse(path, media_type="image/png") if known else Response("404", 404)

    async def source(request: Request) -> Response:
        path = desk.sources.get(request.path_params["document_id"])
        if path is None or not path.is_file():
            return Response("404", 404)
        kind = _OPENED.get(path.suffix.casefold())
        if kind is None:
            return FileResponse(path, media_type="application/octet-stream", filename=path.name)
        return FileResponse(path, media_type=kind, filename=path.name, content_disposition_type="inline")

    async def copy(request: Request) -> Response:
        path = desk.copies.get(request.path_params["name"])
        return FileResponse(path, media_type="application/pdf") if path is not None else Response("404", 404)

    async def words(request: Request) -> Response:
        said = await _said(request)
        try:
            kept = await run_in_threadpool(desk.structure, said)
        except (ValueError, LookupError, TypeError):
            return Response("400", 400)
        return JSONResponse({}) if kept else Response("404", 404)

    async def decisions(request: Request) -> Response:
        if request.method == "GET":
            return JSONResponse(await run_in_threadpool(desk.decisions))
        said = await _said(request)
        if said is None:
            return Response("400", 400)
        try:
            made = await run_in_threadpool(desk.decide, said)
        except (ValueError, ValidationError):
            return Response("400", 400)
        return Response("404", 404) if made is None else JSONResponse(made)

    hosts = frozenset({f"127.0.0.1:{port}", f"localhost:{port}"})
    app = Starlette(
        routes=[
            Route("/", report),
            Route("/evidence/{finding_id}.png", picture),
            Route("/source/{document_id}", source),
            Route("/annotated/{name}", copy),
            Route("/structure", words, methods=["POST"]),
            Route("/decisions", decisions, methods=["GET", "POST"]),
        ]
    )
    app.add_middleware(Guard, token=token, hosts=hosts)
    return app


async def _said(request: Request) -> Any:
    """The JSON that the page sends; None where it is none, or too long."""
    if request.headers.get("content-type", "").split(";")[0] != "application/json":
        return None
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > _MOST_BYTES:
            return None
    try:
        return json.loads(body)
    except ValueError:
        return None
