"""One small slip in a program text: every place of a module where one can be made, and the text with it.

Four kinds, as a reviewer would make them: a condition turned, a threshold moved, a branch dropped, a constant changed.
What changes nothing that a test could see is left out: annotations, docstrings, the size of a cache.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Slip(StrEnum):
    """What is done to the text."""

    TURNED = "condition turned"
    MOVED = "threshold moved"
    DROPPED = "branch dropped"
    CHANGED = "constant changed"


@dataclass(frozen=True, slots=True)
class Mutant:
    """A slip: the characters `start` to `end` of the module become `after`.

    `lines` are those of the expression, from 1; `name` is the constant's where the place is run on import alone.
    """

    slip: Slip
    lines: tuple[int, int]
    start: int
    end: int
    before: str
    after: str
    name: str | None = None

    def apply(self, source: str) -> str:
        """The module with the slip in it."""
        return source[: self.start] + self.after + source[self.end :]


_TURNED_OPERATORS: dict[type[ast.cmpop], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: ">=",
    ast.LtE: ">",
    ast.Gt: "<=",
    ast.GtE: "<",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
_OTHER_OPERATORS: dict[type[ast.operator], str] = {ast.Add: "-", ast.Sub: "+", ast.Mult: "/", ast.Div: "*"}
#: Arguments that bound the use of memory and change no result.
_NO_BEHAVIOUR = frozenset({"maxsize"})
_TYPING_ONLY = "TYPE_CHECKING"


def mutants(source: str) -> list[Mutant]:
    """Every slip that can be made in a module, by place.  Raises SyntaxError where it is no Python."""
    found = _Finder(source)
    found.visit(ast.parse(source))
    return sorted(found.mutants, key=lambda m: (m.start, m.slip, m.after))


class _Finder(ast.NodeVisitor):
    def __init__(self, source: str) -> None:
        self.source = source
        self.mutants: list[Mutant] = []
        self.inside = False  # of a function, whose lines run when it is called
        self.default_of: str | None = None  # the function whose arguments' defaults, made on import, are looked at
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.lines = source.splitlines()

    def _at(self, line: int, column: int) -> int:
        """The offset of a place that `ast` gives in bytes of its line."""
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def _add(self, slip: Slip, node: ast.expr, after: str, name: str | None = None) -> None:
        last, column = node.end_lineno or node.lineno, node.end_col_offset or 0
        start, end = self._at(node.lineno, node.col_offset), self._at(last, column)
        name = name or self.default_of
        self.mutants.append(Mutant(slip, (node.lineno, last), start, end, self.source[start:end], after, name))

    def _text(self, node: ast.expr) -> str:
        return ast.get_source_segment(self.source, node) or ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        before, self.inside = self.inside, True
        self.default_of = node.name
        for default in (*node.args.defaults, *(d for d in node.args.kw_defaults if d is not None)):
            self.visit(default)
        self.default_of = None
        for statement in node.body:
            self.visit(statement)
        self.inside = before

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self._named(node.target, node.value)

    def visit_Assign(self, node: ast.Assign) -> None:
        self._named(node.targets[0], node.value)

    def _named(self, target: ast.expr, value: ast.expr) -> None:
        """A constant of a module or a record is a threshold with a name."""
        if self.inside:
            self.visit(value)
        elif isinstance(target, ast.Name) and (number := _number(value)) is not None:
            self._add(Slip.MOVED, value, _moved(number), target.id)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring
            self.generic_visit(node)

    def visit_If(self, node: ast.If) -> None:
        if self._text(node.test) == _TYPING_ONLY:
            return
        if self.inside:
            self._add(Slip.DROPPED, node.test, "False")
        self._tested(node.test)
        self.generic_visit(node)

    def visit_While(self, node: ast.While) -> None:
        self._tested(node.test)
        self.generic_visit(node)

    def visit_IfExp(self, node: ast.IfExp) -> None:
        self._tested(node.test)
        self.generic_visit(node)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for test in node.ifs:
            self._tested(test)
        self.generic_visit(node)

    def _tested(self, test: ast.expr) -> None:
        if self.inside and not (isinstance(test, ast.Compare) and len(test.ops) == 1):  # that one is turned anyway
            self._add(Slip.TURNED, test, f"not ({self._text(test)})")

    def visit_Compare(self, node: ast.Compare) -> None:
        if self.inside and len(node.ops) == 1:
            one, other = self._text(node.left), self._text(node.comparators[0])
            self._add(Slip.TURNED, node, f"{one} {_TURNED_OPERATORS[type(node.ops[0])]} {other}")
        for side in (node.left, *node.comparators):
            if self.inside and (number := _number(side)) is not None:
                self._add(Slip.MOVED, side, _moved(number))
            else:
                self.visit(side)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        if self.inside:
            for part in _without_one(node):
                joint = " and " if isinstance(node.op, ast.And) else " or "
                self._add(Slip.DROPPED, node, "(" + joint.join(f"({self._text(p)})" for p in part) + ")")
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        other = _OTHER_OPERATORS.get(type(node.op))
        if self.inside and other is not None and not _is_text(node.left) and not _is_text(node.right):
            self._add(Slip.CHANGED, node, f"({self._text(node.left)}) {other} ({self._text(node.right)})")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.visit(node.func)
        for argument in node.args:
            self.visit(argument)
        for keyword in node.keywords:
            if keyword.arg not in _NO_BEHAVIOUR:
                self.visit(keyword.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        if not self.inside:
            return
        if isinstance(node.value, bool):
            self._add(Slip.CHANGED, node, str(not node.value))
        elif isinstance(node.value, (int, float)):
            self._add(Slip.CHANGED, node, repr(node.value + 1))

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        # In 3.11 `ast` does not say where in the text the parts of an f-string stand.
        return


def _number(node: ast.expr) -> int | float | None:
    sign = 1
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node, sign = node.operand, -1
    if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        return sign * node.value
    return None


def _moved(number: int | float) -> str:
    """Another threshold: a whole number's neighbour where it is small, else half as much again."""
    if isinstance(number, int):
        return repr(number + 1 if abs(number) < 4 else number + number // 2)
    return repr(number * 1.5 if number else 1.0)


def _without_one(node: ast.BoolOp) -> Iterator[list[ast.expr]]:
    for left_out in range(len(node.values)):
        yield [value for at, value in enumerate(node.values) if at != left_out]


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Constant) and isinstance(node.value, str))
