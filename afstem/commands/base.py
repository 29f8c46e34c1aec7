"""What every command is made with: options and arguments that speak the chosen language, in help and in errors.

Click parses; all its words come from our catalogue, looked up when they are shown, since the language
is chosen when the command is typed.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from afstem import texts
from afstem.errors import UsageError
from afstem.texts import say
from publish.plain import plain

RAW, OUT = Path("data/raw"), Path("data/out")

_F = TypeVar("_F", bound=Callable[..., Any])
#: Characters of a name or of words that a message quotes; of longer ones the middle is left out.
_LONGEST_QUOTED, _QUOTED_HEAD, _QUOTED_TAIL = 1000, 120, 60
_OPTION_COLUMN = 34  # characters of the help that the names of options may take


def words(code: str, **params: str | int) -> str:
    """A text of the catalogue in the chosen language; what it quotes of names and errors is harmless."""
    return plain(say(texts.preferred(), code, **{name: _short(value) for name, value in params.items()}))


def _short(value: str | int) -> str | int:
    if isinstance(value, int) or len(value) <= _LONGEST_QUOTED:
        return value
    return f"{value[:_QUOTED_HEAD]}…{value[-_QUOTED_TAIL:]}"


class Number(click.ParamType[Any]):
    """A whole number or (`fraction`) any, `least` at the least."""

    name = "number"

    def __init__(self, least: float, *, fraction: bool = False) -> None:
        self.least, self.kind = least, float if fraction else int

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number.  Raises UsageError where the text is none, or one too small."""
        try:
            number = self.kind(value)
        except ValueError:
            _refuse("bad_number", param, value=str(value))
        if not number >= self.least:
            _refuse("too_small", param, value=str(value), least=f"{self.least:g}")
        return number


class Folder(click.Path):
    """A folder that need not be there yet."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path.  Raises UsageError where nothing is named, which would be the folder one happens to be in."""
        if value == "":
            _refuse("no_name", param)
        return super().convert(value, param, ctx)


class OneOf(click.ParamType[str]):
    """One of a few words, in small or capital letters."""

    name = "word"

    def __init__(self, *allowed: str) -> None:
        self.allowed = allowed

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word as we spell it.  Raises UsageError for any other."""
        word = str(value).casefold()
        if word not in self.allowed:
            _refuse("bad_choice", param, value=str(value), allowed=", ".join(self.allowed))
        return word

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """As the help shows it."""
        return f"<{'|'.join(self.allowed)}>"


def _refuse(code: str, param: click.Parameter | None, **params: str) -> NoReturn:
    name = max(param.opts, key=len) if isinstance(param, click.Option) else (param.metavar or "") if param else ""
    raise UsageError(code, option=name, **params)


class Option(click.Option):
    """An option; its `help` is the key of a text `help.<key>`."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its names, and what it does with what it is where it is not given."""
        if self.hidden or self.help is None:
            return None
        names = [", ".join(self.opts) + ("" if self.is_flag else f" {self.make_metavar(ctx)}")]
        names += [", ".join(self.secondary_opts)] if self.secondary_opts else []
        text = words(f"help.{self.help}")
        if self.show_default:
            text += f" [{words('help.default', value=self._default())}]"
        return " / ".join(names), text

    def _default(self) -> str:
        if self.name == "lang":
            return texts.preferred()
        if self.is_flag:
            return (self.opts if self.default else self.secondary_opts)[0].lstrip("-")
        return f"{self.default:g}" if isinstance(self.default, float) else str(self.default)


class Argument(click.Argument):
    """An argument; `about` is the key of a text `help.<key>`."""

    def __init__(self, *args: Any, about: str, **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.about = about

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Its name and what it is."""
        return self.make_metavar(ctx), words(f"help.{self.about}")


class _Speaking(click.Command):
    """A command whose help is in the chosen language."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """`-h` and `--help`."""
        return Option(["-h", "--help"], is_flag=True, expose_value=False, is_eager=True, callback=_help, help="help")

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The first line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{words('help.usage')}: ")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the command does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(words(f"help.{self.help}"))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Arguments, then options."""
        params = self.get_params(ctx)
        for title, kind in (("arguments", click.Argument), ("options", click.Option)):
            rows = [row for p in params if isinstance(p, kind) and (row := p.get_help_record(ctx)) is not None]
            if rows:
                with formatter.section(words(f"help.{title}")):
                    formatter.write_dl(rows, col_max=_OPTION_COLUMN)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What stands last."""
        if self.epilog:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(words(f"help.{self.epilog}"))


class Command(_Speaking):
    """A command with `--lang` and `-h`; every word too many is named."""

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands after the command's name."""
        arguments = [p for p in self.get_params(ctx) if isinstance(p, click.Argument)]
        return [f"[{words('help.options').upper()}]", *(a.make_metavar(ctx) for a in arguments)]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Raises UsageError where words are left over."""
        ctx.allow_extra_args = True
        left = super().parse_args(ctx, args)
        if left and not ctx.resilient_parsing:
            raise UsageError("extra_words", words=" ".join(left))
        return left


class Group(_Speaking, click.Group):
    """All commands of a register, each loaded when it is asked for."""

    def __init__(self, register: dict[str, str], **attributes: Any) -> None:
        super().__init__(**attributes)
        self.register = register

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the register's order."""
        return list(self.register)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, loaded now."""
        if cmd_name not in self.register:
            return None
        loaded = import_module(self.register[cmd_name]).command
        assert isinstance(loaded, click.Command)
        return loaded

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names.  Raises UsageError where none does."""
        if args[0] not in self.register and not args[0].startswith("-"):
            raise UsageError("no_command", command=args[0], commands=", ".join(self.register))
        return super().resolve_command(ctx, args)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands after the program's name."""
        return [words("help.command_words")]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands with a line each; none of them is loaded for it."""
        with formatter.section(words("help.commands")):
            formatter.write_dl([(name, words(f"help.{name}")) for name in self.register])


def _help(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _show_version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"afstem {version('afstem')}")
        ctx.exit()


def _chosen(ctx: click.Context, param: click.Parameter, language: str | None) -> str:
    return language or texts.preferred()


def option(*names: str, help: str, **attributes: Any) -> Callable[[_F], _F]:
    """An option; `help` is the key of its text."""
    attributes = {"show_default": False, **attributes}
    return click.option(*names, cls=Option, help=help, **attributes)


def argument(name: str, *, about: str, **attributes: Any) -> Callable[[_F], _F]:
    """An argument; `about` is the key of its text."""
    return click.argument(name, cls=Argument, about=about, **attributes)


def version_option(*, hidden: bool = False) -> Option:
    """`-V`, `--version`."""
    names = ["-V", "--version"]
    return Option(
        names, help="version", is_flag=True, is_eager=True, expose_value=False, callback=_show_version, hidden=hidden
    )


def lang_option(*, expose: bool) -> Option:
    """`--lang`; exposed as `lang`, the chosen language."""
    allowed = OneOf(*texts.LANGUAGES)
    return Option(
        ["--lang"], help="lang", type=allowed, is_eager=True, expose_value=expose, callback=_chosen, show_default=True
    )


def out_option(help: str = "out") -> Callable[[_F], _F]:
    """`-o`, `--out`, a folder."""
    return option("-o", "--out", help=help, metavar="DIR", type=Folder(), default=OUT, show_default=True)


def named(name: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Makes a function the command of that name; it gets `lang` and its own options, and may return an `Exit`."""

    def of(function: Callable[..., Any]) -> click.Command:
        made = click.command(name, cls=Command, help=name)(function)
        made.params += [lang_option(expose=True), version_option(hidden=True)]
        return made

    return of
