"""`afstem checks`: every check that is registered."""

from __future__ import annotations

from afstem.commands.base import named, option


@named("checks")
@option("--json", "as_json", help="json", is_flag=True)
def command(as_json: bool, lang: str) -> None:
    """Prints them with their rule, an example and the source of the rule."""
    from dataclasses import asdict

    import reconcile
    from afstem.show import print_checks
    from afstem.terminal import print_json, results

    catalogue = reconcile.catalogue()
    if as_json:
        print_json([asdict(check) for check in catalogue])
    else:
        print_checks(catalogue, results(), lang)
