"""`afstem contract`: what the relations hold, for programs and for people."""

from __future__ import annotations

import click

from afstem.commands.base import OneOf, named, option

FORMATS = ("dictionary", "json-schema")


@named("contract")
@option("--format", "form", help="contract_format", type=OneOf(*FORMATS), default=FORMATS[0], show_default=True)
def command(form: str, lang: str) -> None:
    """Prints the contract in one of its forms."""
    from afstem.terminal import print_json
    from publish import dictionary

    if form == "json-schema":
        print_json(dictionary.schema())
    else:
        click.echo(dictionary.data_dictionary(), nl=False)
