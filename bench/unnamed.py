"""How many numbers of the readers bear no name: thresholds and distances within a comparison or a sum.

    python -m bench.unnamed [--where]

A number that decides something has a name with its unit, in the record or among the constants of its subject.  What
stands in a comparison or a calculation of a function of `extract` and is none of 0, 1, 2 and a half (a middle) counts.
The bar is where the readers stand today; it may only be lowered.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
READERS = "extract"
BAR = 365
_PLAIN = (0, 1, 2, 0.5)


def unnamed(tree: ast.AST) -> Iterator[ast.Constant]:
    """The numbers without a name in the comparisons and calculations of a module's functions."""
    found: dict[int, ast.Constant] = {}
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef | ast.Lambda):
            continue
        for node in ast.walk(function):
            for operand in _operands(node):
                if isinstance(operand, ast.Constant) and _is_number(operand.value):
                    found[id(operand)] = operand
    yield from found.values()


def _operands(node: ast.AST) -> list[ast.expr]:
    """What a comparison, a calculation or a choice is made of; of a negative number, the number."""
    if isinstance(node, ast.Compare):
        parts = [node.left, *node.comparators]
    elif isinstance(node, ast.BinOp):
        parts = [node.left, node.right]
    elif isinstance(node, ast.IfExp):
        parts = [node.body, node.orelse]
    elif isinstance(node, ast.AugAssign):
        parts = [node.value]
    else:
        return []
    return [p.operand if isinstance(p, ast.UnaryOp) else p for p in parts]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value not in _PLAIN


def counted(root: Path = REPOSITORY) -> dict[str, int]:
    """How many there are in each file of the readers, the most first."""
    files = sorted((root / READERS).rglob("*.py"))
    found = {str(f.relative_to(root)): len(list(unnamed(ast.parse(f.read_text(encoding="utf-8"))))) for f in files}
    return dict(sorted(((f, n) for f, n in found.items() if n), key=lambda item: -item[1]))


def main() -> int:
    found = counted()
    total = sum(found.values())
    print(f"numbers: {total} without a name in {READERS}")
    if "--where" in sys.argv:
        print("\n".join(f"  {count:3} {file}" for file, count in found.items()))
    if total > BAR:
        print(f"that is more than {BAR}: give it a name with its unit (python -m bench.unnamed --where)")
    elif total < BAR:
        print(f"the bar may be lowered to {total}")
    return int(total > BAR)


if __name__ == "__main__":
    sys.exit(main())
