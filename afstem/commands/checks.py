"""`afstem checks`: every check that is registered."""

from __future__ import annotations

from afstem.commands.base import named, option


@named("checks")
@option("--json", "as_json", help="json", is_flag=True)
def command(as_json: bool, lang: str) -> None:
    """Prints them with their rule, an example and the source of the rule."""
    from afstem.show import print_checks
    from afstem.terminal import print_json, results
    from publish.texts import say
    from reconcile import catalogue

    codes = [check.code for check in catalogue()]
    parts = {"title": "check", "rule": "rule", "example": "example", "source": "source"}
    if as_json:
        print_json([{"code": c} | {name: say(lang, f"{part}.{c}") for name, part in parts.items()} for c in codes])
    else:
        print_checks(codes, results(), lang)
