"""The command `afstem`: what is typed, and how the command ends (see `afstem.exits`)."""

from __future__ import annotations

import json
import logging
import sys
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from afstem import texts
from afstem.errors import UsageError
from afstem.exits import Exit
from afstem.options import TIME_LIMIT, RunOptions
from extract.models import ReadOptions
from reconcile.models import Severity

RAW, OUT = Path("data/raw"), Path("data/out")
LOG = "afstem.log"


class Language(StrEnum):
    DA = "da"
    EN = "en"


class Ocr(StrEnum):
    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def _help(name: str) -> str:
    return texts.say(texts.preferred(), f"help.{name}")


app = typer.Typer(
    name="afstem",
    help=_help("app"),
    epilog=_help("epilog"),
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

_LANG = Language(texts.preferred())
OutOption = Annotated[Path, typer.Option("--out", metavar="DIR", help=_help("out"))]
LangOption = Annotated[Language, typer.Option("--lang", help=_help("lang"))]
OcrOption = Annotated[Ocr, typer.Option("--ocr", help=_help("ocr"))]
PasswordOption = Annotated[str | None, typer.Option("--password", metavar="WORD", help=_help("password"))]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"afstem {version('afstem')}")
        raise typer.Exit(Exit.DONE)


@app.callback()
def root(
    shown: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help=_help("version"))
    ] = False,
) -> None:
    """What stands before the commands."""


@app.command(help=_help("run"))
def run(
    inputs: Annotated[list[Path] | None, typer.Argument(metavar="INPUT", help=_help("inputs"))] = None,
    out: OutOption = OUT,
    lang: LangOption = _LANG,
    reports: Annotated[bool, typer.Option("--reports/--no-reports", help=_help("reports"))] = True,
    ocr: OcrOption = Ocr.AUTO,
    workers: Annotated[int | None, typer.Option("--workers", min=1, metavar="N", help=_help("workers"))] = None,
    fail_on: Annotated[Severity | None, typer.Option("--fail-on", help=_help("fail_on"))] = None,
    strict: Annotated[bool, typer.Option("--strict", help=_help("strict"))] = False,
    password: PasswordOption = None,
    cache: Annotated[bool, typer.Option("--cache/--no-cache", help=_help("cache"))] = True,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=1, metavar="SECONDS", help=_help("time_limit"))
    ] = TIME_LIMIT,
) -> None:
    """Reads, checks and publishes; prints the summary."""
    from afstem.exits import of_run
    from afstem.pipeline import run_batch
    from afstem.summary import Watch, print_summary

    _folder(out)
    _log_to(out)
    options = RunOptions(lang, reports, ReadOptions(ocr, password), workers, time_limit, cache)
    try:
        with Watch(lang) as watch:
            result = run_batch(inputs or [RAW], out, options, watch.progress)
    except KeyboardInterrupt:
        typer.echo(texts.say(texts.preferred(), "usage.interrupted"), err=True)
        raise
    print_summary(result, _stdout(), lang, reports=reports, log=out / LOG)
    raise typer.Exit(of_run(result, fail_on, strict))


@app.command(help=_help("show"))
def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_help("file"))],
    case: Annotated[str | None, typer.Option("--case", metavar="CODE", help=_help("case"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_help("json"))] = False,
    picture: Annotated[bool, typer.Option("--picture", help=_help("picture"))] = False,
    out: OutOption = OUT,
    lang: LangOption = _LANG,
    ocr: OcrOption = Ocr.AUTO,
    password: PasswordOption = None,
) -> None:
    """One document in the terminal."""
    import reconcile
    from afstem.reading import read
    from afstem.show import chosen, print_document, to_json
    from extract.models import Status
    from publish.wording import reason_text

    if not file.is_file():
        raise UsageError("no_such_input", path=str(file))
    document = read(file, ReadOptions(ocr, password))
    if document.document.status is not Status.IMPORTED and document.document.reason is not None:
        raise UsageError("unreadable", path=str(file), reason=reason_text(document.document.reason, lang))
    findings = reconcile.check([document])
    document = chosen(document, case)
    if as_json:
        _json(to_json(document, findings, lang))
    else:
        print_document(document, findings, _stdout(), lang)
    if picture:
        from afstem.picture import draw

        _folder(out)
        for path in draw(file, document, findings, out, password):
            typer.echo(texts.say(lang, "show.written", path=str(path)), err=True)


@app.command(help=_help("report"))
def report(out: OutOption = OUT, lang: LangOption = _LANG) -> None:
    """The reports again, from the relations of an earlier run."""
    import publish

    if not (out / "parquet").is_dir():
        raise UsageError("no_run", path=str(out))
    publish.report(out, lang)


@app.command(help=_help("checks"))
def checks(as_json: Annotated[bool, typer.Option("--json", help=_help("json"))] = False) -> None:
    """Every check that is registered."""
    from dataclasses import asdict

    import reconcile
    from afstem.show import print_checks

    catalogue = reconcile.catalogue()
    if as_json:
        _json([asdict(check) for check in catalogue])
    else:
        print_checks(catalogue, _stdout(), texts.preferred())


@app.command(help=_help("doctor"))
def doctor() -> None:
    """What is installed and what is missing."""
    from afstem.doctor import examine, print_parts

    parts = examine()
    print_parts(parts, _stdout(), texts.preferred())
    if any(part.needed and part.found is None for part in parts):
        raise typer.Exit(Exit.OUR_FAULT)


def _json(content: Any) -> None:
    typer.echo(json.dumps(content, ensure_ascii=False, indent=1))


def _folder(out: Path) -> None:
    if out.exists() and not out.is_dir():
        raise UsageError("not_a_folder", path=str(out))
    out.mkdir(parents=True, exist_ok=True)


def _log_to(out: Path) -> None:
    handler = logging.FileHandler(out / LOG, mode="w", encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger = logging.getLogger("afstem")
    logger.addHandler(handler)
    logger.propagate = False


def _stdout() -> Console:
    """Where results go; as wide as the terminal, and wide enough for a table where there is none."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=160)


def main() -> None:
    """The entry point: every way the command can end is one of `afstem.exits.Exit`."""
    language = texts.preferred()
    try:
        app(prog_name="afstem")
    except UsageError as error:
        typer.echo(texts.say(language, f"usage.{error.code}", **error.params), err=True)
        sys.exit(Exit.USAGE)
    except Exception as error:
        # The outermost edge: the traceback goes to the log (stderr where a command keeps none), a sentence to the user.
        logger = logging.getLogger("afstem")
        logger.exception("the command failed")
        logs = [handler.baseFilename for handler in logger.handlers if isinstance(handler, logging.FileHandler)]
        what = f"{type(error).__name__}: {error}"
        typer.echo(texts.say(language, "usage.failed", error=what, log=", ".join(logs) or "stderr"), err=True)
        sys.exit(Exit.OUR_FAULT)
