"""`afstem load`: feeds a warehouse with a run's data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from afstem.commands.base import named, option, out_option
from afstem.errors import UsageError
from afstem.texts import say

if TYPE_CHECKING:
    from publish.warehouse import LoadReport

#: Documents that are named one by one before the rest is only counted.
_NAMED = 10


@named("load")
@option("--to", help="to", metavar="URL", required=True)
@out_option("load_from")
@option("--schema", help="schema", metavar="NAME", default="afstem", show_default=True)
@option("--complete", help="complete", is_flag=True)
@option("--dry-run", help="dry_run", is_flag=True)
def command(to: str, out: Path, schema: str, complete: bool, dry_run: bool, lang: str) -> None:
    """Loads, says what took the place of what, and prints what changed."""
    from publish.warehouse import WarehouseError, load

    try:
        report = load(out, to, schema=schema, complete=complete, dry_run=dry_run)
    except WarehouseError as error:
        raise UsageError(f"warehouse_{error.code}", **error.params) from error
    for warning in _warnings(report, lang):
        click.echo(warning, err=True)
    _print(report, lang)


def _warnings(report: LoadReport, lang: str) -> list[str]:
    """What is valid no more, and what the run did not hold."""
    told = [say(lang, "load.replaced", path=path, old=old, new=new) for path, old, new in report.replaced]
    told += [say(lang, "load.withdrawn", file=file, document=document) for file, document in report.withdrawn]
    if len(told) > _NAMED:
        told = [*told[:_NAMED], say(lang, "load.more", count=len(told) - _NAMED)]
    if report.kept:
        told.append(say(lang, "load.kept", count=report.kept))
    return told


def _print(report: LoadReport, lang: str) -> None:
    from rich.table import Table

    from afstem.terminal import results

    table = Table(box=None, pad_edge=False)
    table.add_column(say(lang, "load.relation"))
    for column in ("added", "changed", "closed"):
        table.add_column(say(lang, f"load.{column}"), justify="right")
    total = say(lang, "load.all")
    for name, change in [*report.changes.items(), (total, report.total())]:
        table.add_row(name, *(str(n) if n else "·" for n in (change.added, change.changed, change.closed)))
    console = results()
    console.print(table)
    done = "load.would" if report.dry_run else "load.done"
    console.print(
        say(lang, done, load=report.load_id, run=report.run_id, documents=report.documents, loaded=report.loaded),
        markup=False,
    )
