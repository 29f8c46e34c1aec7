"""The commands, one module each: `COMMANDS` is the register, and a module is loaded when its command is typed.

A module holds one `command` (see `afstem.commands.base`): a function with its options, and inside it the imports of
what it works with, so that `afstem --help` waits for none of them.  Its line in the list of commands is the text
`help.<name>` of the catalogue.
"""

from __future__ import annotations

#: By name, in the order in which `afstem --help` lists them: the module of the command.
COMMANDS: dict[str, str] = {
    "run": "afstem.commands.run",
    "show": "afstem.commands.show",
    "report": "afstem.commands.report",
    "review": "afstem.commands.review",
    "annotate": "afstem.commands.annotate",
    "memo": "afstem.commands.memo",
    "load": "afstem.commands.load",
    "contract": "afstem.commands.contract",
    "checks": "afstem.commands.checks",
    "doctor": "afstem.commands.doctor",
}
