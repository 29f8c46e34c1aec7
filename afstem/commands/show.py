"""`afstem show`: documents in the terminal, as they were read, and what does not agree in and between them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from afstem.commands.base import OUT, OneOf, argument, named, option, out_option, words
from afstem.errors import UsageError
from afstem.exits import Exit
from afstem.word_lists import look_over

if TYPE_CHECKING:
    from extract.models import ReadOptions
    from normalize.models import CaseFile

_NAMED = 5  # files of other types that are named


@named("show")
@argument("inputs", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path), about="files")
@option("--case", help="case", metavar="CODE")
@option("--json", "as_json", help="json", is_flag=True)
@option("--why", help="why", is_flag=True)
@option("--picture", help="picture", is_flag=True)
@out_option("picture_out")
@option("--ocr", help="ocr", type=OneOf("auto", "always", "never"), default="auto", show_default=True)
@option("--password", help="password", metavar="WORD")
def command(
    inputs: Sequence[Path],
    case: str | None,
    as_json: bool,
    why: bool,
    picture: bool,
    out: Path,
    lang: str,
    ocr: str,
    password: str | None,
) -> Exit:
    """Prints every document that can be read, and says of the others why not (exit code 2)."""
    look_over()
    import reconcile
    from afstem.places import made
    from afstem.show import chosen, print_document, to_json
    from afstem.terminal import print_json, results
    from extract.models import ReadOptions

    read, unread = _read(inputs, ReadOptions(ocr, password, why=why or as_json), lang, printed=picture)
    findings = reconcile.check([file for _, file in read])
    files = [(path, file) for path, file in chosen(read, case)]
    if as_json:
        shown = [to_json(file, findings, lang) for _, file in files]
        print_json(shown[0] if len(inputs) == 1 and inputs[0].is_file() else shown)
    else:
        for _, file in files:
            print_document(file, findings, results(), lang)
    if picture:
        from afstem.picture import draw

        for path, file in files:
            for written in draw(path, file, findings, made(out), password):
                click.echo(words("show.written", path=str(written)), err=True)
    return Exit.USAGE if unread else Exit.DONE


def _read(
    inputs: Sequence[Path], options: ReadOptions, lang: str, *, printed: bool
) -> tuple[list[tuple[Path, CaseFile]], int]:
    """What could be read, and how many files could not, each with a line on stderr.

    With their `printed` blocks they are read here, else in processes with limits.

    Raises UsageError where there is nothing to read, or nothing that can be.
    """
    from afstem.inputs import find, others
    from afstem.pipeline import read_each
    from afstem.reading import read
    from afstem.terminal import listed
    from extract.models import Status
    from publish.wording import reason_text

    sources = find(inputs, OUT)
    left_out = others(inputs, OUT)
    if left_out:
        names = listed([path.name for path in left_out], _NAMED)
        click.echo(words("show.others", count=len(left_out), names=names), err=True)
    found = []
    refused = []
    files = {s: read(s.path, options) for s in sources} if printed else read_each(sources, options)
    for source in sources:
        file = files[source]
        reason = file.document.reason
        if file.document.status is Status.IMPORTED or reason is None:
            found.append((source.path, file))
        else:
            refused.append(UsageError("unreadable", path=source.name, reason=reason_text(reason, lang)))
    if not found:
        *refused, last = refused
    for error in refused:
        click.echo(words(f"usage.{error.code}", **error.params), err=True)
    if not found:
        raise last
    return found, len(refused)
