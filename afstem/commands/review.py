"""`afstem review`: the report in the browser, with a place for decisions; or the decisions of a workbook."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import click

from afstem.commands.base import Number, named, option, out_option, words
from afstem.errors import MissingPackageError, UsageError

_LAST_PORT = 65_535


@named("review")
@out_option()
@option("--port", help="port", metavar="N", type=Number(0), default=0)
@option("--browser/--no-browser", help="browser", default=True)
@option("--import", "workbook", help="import", metavar="FILE", type=click.Path(path_type=Path))
def command(out: Path, port: int, browser: bool, workbook: Path | None, lang: str) -> None:
    """Serves the report until Ctrl-C, then writes the reports with the decisions."""
    if not (out / "parquet" / "findings.parquet").is_file():
        raise UsageError("no_run", path=str(out))
    if port > _LAST_PORT:
        raise UsageError("bad_number", option="--port", value=str(port))
    import publish
    from publish.review.decisions import DecisionsError
    from publish.review.structure import StructureError

    try:
        if workbook is not None:
            _take(workbook, out, lang)
        else:
            _serve(out, port, lang, browser)
        publish.report(out, lang)
    except FileNotFoundError as error:  # an older version's run lacks relations
        raise UsageError("no_run", path=str(out)) from error
    except StructureError as error:
        raise UsageError("bad_structure", path=str(error.path), problem=error.problem) from error
    except DecisionsError as error:
        raise UsageError("bad_decisions", path=str(error.path), line=str(error.line)) from error


def _take(workbook: Path, out: Path, lang: str) -> None:
    from publish.review.words_workbook import keep, words_of
    from publish.review.workbook import WorkbookError, take

    try:
        said = words_of(workbook)  # both sheets are understood before anything is kept
        taken = take(workbook, out)
    except WorkbookError as error:
        raise UsageError("bad_workbook", path=str(workbook), reason=str(error)) from error
    click.echo(words("review.imported", new=taken.new, same=taken.same, unknown=len(taken.unknown)))
    if new := keep(said, out):
        click.echo(words("review.corrected", new=new))
    for finding_id in taken.unknown:
        click.echo(words("review.unknown", id=finding_id), err=True)


def _serve(out: Path, port: int, lang: str, browser: bool) -> None:
    try:
        import uvicorn

        from afstem.review_server import server
    except ImportError as error:
        raise MissingPackageError(str(error.name), "review") from error
    import secrets
    import socket
    import webbrowser

    with socket.socket() as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
        except OSError as error:
            raise UsageError("port_taken", port=str(port)) from error
        port = listening.getsockname()[1]
        token = secrets.token_urlsafe(24)
        address = f"http://127.0.0.1:{port}/?token={token}"
        app = server(out, lang, token, port)
        click.echo(words("review.open", address=address))
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        with suppress(KeyboardInterrupt):  # how it is meant to end; uvicorn raises it again when it has stopped
            uvicorn.Server(config).run(sockets=[listening])
    click.echo(words("review.closed", out=str(out)), err=True)
