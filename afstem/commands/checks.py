"""`afstem checks`: every check that is registered."""

from __future__ import annotations

from afstem.commands.base import named, option


@named("checks")
@option("--json", "as_json", help="json", is_flag=True)
def command(as_json: bool, lang: str) -> None:
    """Prints them with their rule, an example and the source of the rule."""
    from afstem.show import check_texts, print_checks
    from afstem.terminal import print_json, results
    from reconcile import catalogue

    codes = [check.code for check in catalogue()]
    if as_json:
        print_json([{"code": code} | check_texts(code, lang) for code in codes])
    else:
        print_checks(codes, results(), lang)
