"""`afstem show`: one document in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from afstem.commands.base import OneOf, argument, named, option, out_option, words
from afstem.errors import UsageError


@named("show")
@argument("file", metavar="FILE", type=click.Path(path_type=Path), about="file")
@option("--case", help="case", metavar="CODE")
@option("--json", "as_json", help="json", is_flag=True)
@option("--picture", help="picture", is_flag=True)
@out_option()
@option("--ocr", help="ocr", type=OneOf("auto", "always", "never"), default="auto", show_default=True)
@option("--password", help="password", metavar="WORD")
def command(
    file: Path, case: str | None, as_json: bool, picture: bool, out: Path, lang: str, ocr: str, password: str | None
) -> None:
    """One document in the terminal."""
    import reconcile
    from afstem.places import made
    from afstem.reading import read
    from afstem.show import chosen, print_document, to_json
    from afstem.terminal import print_json, results
    from extract.models import ReadOptions, Status
    from publish.wording import reason_text

    if not file.is_file():
        raise UsageError("no_such_input", path=str(file))
    document = read(file, ReadOptions(ocr, password))
    if document.document.status is not Status.IMPORTED and document.document.reason is not None:
        raise UsageError("unreadable", path=str(file), reason=reason_text(document.document.reason, lang))
    findings = reconcile.check([document])
    document = chosen(document, case)
    if as_json:
        print_json(to_json(document, findings, lang))
    else:
        print_document(document, findings, results(), lang)
    if picture:
        from afstem.picture import draw

        for path in draw(file, document, findings, made(out), password):
            click.echo(words("show.written", path=str(path)), err=True)
