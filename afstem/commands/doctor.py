"""`afstem doctor`: what is installed and what is missing."""

from __future__ import annotations

from afstem.commands.base import named
from afstem.exits import Exit
from afstem.word_lists import look_over


@named("doctor")
def command(lang: str) -> Exit:
    """Prints the parts, and what to do where one is missing."""
    look_over()
    from afstem.doctor import examine, print_parts
    from afstem.terminal import results

    parts = examine()
    print_parts(parts, results(), lang)
    return Exit.OUR_FAULT if any(part.needed and part.found is None for part in parts) else Exit.DONE
