"""The command `afstem`: what is typed, and how the command ends (see `afstem.exits`)."""

from __future__ import annotations

import errno
import logging
import sys
from collections.abc import Sequence
from itertools import pairwise

import click

from afstem import texts
from afstem.commands import COMMANDS
from afstem.commands.base import Group, lang_option, version_option, words
from afstem.errors import UsageError
from afstem.exits import Exit
from afstem.lean import without_pandas
from afstem.terminal import whoever_listens

root = Group(
    COMMANDS,
    name="afstem",
    help="app",
    epilog="epilog",
    no_args_is_help=True,
    params=[version_option(), lang_option(expose=False)],
)


def command_line() -> None:
    """The installed command, a process of its own."""
    without_pandas()
    main()


def main() -> None:
    """The entry point: every way the command can end is one of `afstem.exits.Exit`."""
    typed = sys.argv[1:]
    texts.choose(_language(typed))
    code: int = Exit.DONE
    try:
        with whoever_listens():
            code = _run(typed)
    except Exception as error:
        # The outermost edge: the traceback goes to the log (stderr where a command keeps none), a sentence to the user.
        logger = logging.getLogger("afstem")
        logger.exception("the command failed")
        logs = [handler.baseFilename for handler in logger.handlers if isinstance(handler, logging.FileHandler)]
        what = f"{type(error).__name__}: {error}"
        _complain(words("usage.failed", error=what, log=", ".join(logs) or "stderr"))
        code = Exit.OUR_FAULT
    sys.exit(code)


def _run(typed: Sequence[str]) -> int:
    try:
        # Not `root.main`, which has ends of its own for a closed pipe and for Ctrl-C.
        with root.make_context("afstem", list(typed)) as context:
            return root.invoke(context) or Exit.DONE
    except UsageError as error:
        _complain(words(f"usage.{error.code}", **error.params))
        return Exit.USAGE
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        _complain(error.ctx.get_help() if error.ctx else "")
        return Exit.USAGE
    except click.ClickException as error:
        _complain(_worded(error))
        return Exit.USAGE
    except OSError as error:
        if error.errno != errno.ENAMETOOLONG:
            raise
        _complain(words("usage.path_too_long", path=str(error.filename)))
        return Exit.USAGE
    except KeyboardInterrupt:
        return Exit.INTERRUPTED


def _language(typed: Sequence[str]) -> str | None:
    """The language that `--lang` names, wherever it stands: also what is said of the other words is to be in it."""
    given = [w.removeprefix("--lang=") for w in typed if w.startswith("--lang=")]
    given += [after for word, after in pairwise(typed) if word == "--lang"]
    return next((w.casefold() for w in reversed(given) if w.casefold() in texts.LANGUAGES), None)


def _worded(error: click.ClickException) -> str:
    """What Click could not work with, in our words."""
    match error:
        case click.NoSuchOption():
            text = words("usage.no_option", option=error.option_name)
        case click.BadOptionUsage():
            text = words("usage.option_value", option=error.option_name)
        case click.MissingParameter():
            text = words(
                "usage.missing_word", word=(error.param.metavar or error.param.name or "") if error.param else ""
            )
        case _:
            text = words("usage.not_understood", error=error.message)
    context = getattr(error, "ctx", None)
    return text + (" " + words("usage.see_help", command=context.command_path) if context else "")


def _complain(text: str) -> None:
    click.echo(text, err=True)
