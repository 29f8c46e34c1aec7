"""`afstem contract`: what the relations hold, for programs and for people, in one of four forms."""

from __future__ import annotations

import click

from afstem.commands.base import OneOf, named, option

FORMATS = ("dictionary", "json-schema", "odcs", "dbt")


@named("contract")
@option("--format", "form", help="contract_format", type=OneOf(*FORMATS), default=FORMATS[0], show_default=True)
def command(form: str, lang: str) -> None:
    """Prints the contract in one of its forms."""
    from afstem.terminal import print_json
    from publish import dictionary

    match form:
        case "json-schema":
            print_json(dictionary.schema())
        case "odcs":
            from publish.contract.odcs import odcs

            click.echo(odcs(), nl=False)
        case "dbt":
            from publish.contract.dbt import dbt_sources

            click.echo(dbt_sources(), nl=False)
        case _:
            click.echo(dictionary.data_dictionary(), nl=False)
