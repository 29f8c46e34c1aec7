"""Where results go: the terminal, a file or a pipe whose reader may leave."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from lexicon.cpr import masked_name
from publish.plain import one_line

if TYPE_CHECKING:
    from rich.console import Console

#: Characters of a line where there is no terminal to say how wide it is.
_WIDTH = 160


def results() -> Console:
    """Stdout, as wide as the terminal, and wide enough for a table where there is none."""
    from rich.console import Console

    class Results(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich would end the program with 1; see `whoever_listens`

    console = Results(highlight=False)
    return console if console.is_terminal else Results(highlight=False, width=_WIDTH)


def listed(names: Sequence[str], most: int) -> str:
    """The names with commas between them, of more than `most` the first ones and a sign that there are more."""
    shown = ", ".join(one_line(masked_name(name)) for name in names[:most])
    return f"{shown}, …" if len(names) > most else shown


def print_json(content: Any) -> None:
    """One JSON value on stdout."""
    sys.stdout.write(json.dumps(content, ensure_ascii=False, indent=1) + "\n")


@contextmanager
def whoever_listens() -> Iterator[None]:
    """For printing inside: a reader who closes the pipe early (`| head`) has seen what he wanted, and nothing fails."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # Else Python would complain once more when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
