"""`afstem annotate`: copies of the PDFs with the findings marked in them."""

from __future__ import annotations

from pathlib import Path

import click

from afstem.commands.base import named, out_option, words
from afstem.errors import UsageError


@named("annotate")
@out_option()
def command(out: Path, lang: str) -> None:
    """Writes the copies, and the reports again with links to them."""
    import publish
    from afstem.structure import said
    from publish.annotated import FOLDER, annotate
    from publish.store import read

    try:
        relations = read(out)
    except FileNotFoundError as error:
        raise UsageError("no_run", path=str(out)) from error
    said(out)
    annotated = annotate(relations, out, lang)
    publish.report(out, lang)
    click.echo(words("annotate.done", count=len(annotated.made), folder=str(out / FOLDER)))
    for name, hindrance in annotated.left_out:
        click.echo(words(f"annotate.{hindrance}", file=name), err=True)
