"""`afstem memo`: Word documents to those who wrote the cases."""

from __future__ import annotations

from pathlib import Path

import click

from afstem.commands.base import OneOf, named, option, out_option, words
from afstem.errors import UsageError


@named("memo")
@out_option("memo_out")
@option("--per", help="per", type=OneOf("administration", "case"), default="administration", show_default=True)
@option("--case", help="memo_case", metavar="CODE")
@option("--administration", help="memo_administration", metavar="NAME")
def command(out: Path, per: str, case: str | None, administration: str | None, lang: str) -> None:
    """Writes the memos and says where they lie."""
    from afstem.structure import said
    from publish.memo import FOLDER, Choose, Per, memos
    from publish.store import read

    said(out)
    try:
        written = memos(read(out), out, lang, Choose(Per(per), case, administration))
    except FileNotFoundError as error:
        raise UsageError("no_run", path=str(out)) from error
    if not written:
        click.echo(words("memo.nothing"))
        return
    click.echo(words("memo.written", count=len(written), out=str(out / FOLDER)))
    for path in written:
        click.echo(f"  {path.name}")
