"""From the text of an XLSForm expression to a small tree, or a refusal that says why.

Everything but literals, references and `today()` is a `Call`, operators included:
`${a} = 1 and ${b}` is `Call("and", (Call("=", ...), Reference("b")))`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

import re2
from lark import Lark, Transformer, UnexpectedInput, v_args

from surveys.errors import ExpressionRefused
from surveys.expression_refusals import ARGUMENT_COUNTS, instead_of, refusal, without_texts

MAX_LENGTH = 2_000
MAX_DEPTH = 40

_GRAMMAR = r"""
?start: any
any: all ("or" all)*
all: comparison ("and" comparison)*
comparison: operand (COMPARE operand)?
?operand: REFERENCE                          -> reference
    | "."                                    -> this
    | NUMBER                                 -> number
    | STRING                                 -> string
    | NAME "(" [any ("," any)*] ")"          -> call
    | "(" any ")"
COMPARE: "=" | "!=" | "<=" | "<" | ">=" | ">"
REFERENCE: /\$\{[A-Za-z][A-Za-z0-9_]*\}/
NUMBER: /-?[0-9]{1,15}(\.[0-9]{1,15})?/
STRING: /'[^']*'|"[^"]*"/
NAME: /[A-Za-z][A-Za-z0-9_-]*/
%ignore /\s+/
"""


@dataclass(frozen=True)
class Literal:
    """A number or a text written in the expression."""

    value: str | float


@dataclass(frozen=True)
class Reference:
    """`${name}`: the answer to another question."""

    name: str


@dataclass(frozen=True)
class This:
    """`.`: the answer that is being checked."""


@dataclass(frozen=True)
class Today:
    """`today()`."""


@dataclass(frozen=True)
class Call:
    """A function or an operator over its arguments."""

    name: str
    arguments: tuple["Node", ...]


Node = Literal | Reference | This | Today | Call


@dataclass(frozen=True)
class Expression:
    """An expression that was accepted.

    `names` are the questions it refers to; `has_this` says whether it has a `.`.
    """

    source: str
    root: Node
    names: frozenset[str]
    has_this: bool


@lru_cache(maxsize=4096)
def parse(source: str) -> Expression:
    """The expression in `source`.

    Raises:
        ExpressionRefused: it is empty, malformed, over 2,000 characters, nested over
            40 brackets deep, or uses something outside the profile.
    """
    if not source.strip():
        raise ExpressionRefused("The expression is empty.", "Write one, or clear the cell.")
    if len(source) > MAX_LENGTH:
        raise ExpressionRefused(
            f"It is {len(source):,} characters long; the most is {MAX_LENGTH:,}.",
            "Split it over several questions.",
        )
    if _depth(source) > MAX_DEPTH:
        raise ExpressionRefused(
            f"Its brackets are nested more than {MAX_DEPTH} deep.", "Write it more simply."
        )
    try:
        root = cast("Node", _PARSER.parse(source))
    except UnexpectedInput as error:
        raise refusal(source, error) from error
    leaves = tuple(_leaves(root))
    names = frozenset(leaf.name for leaf in leaves if isinstance(leaf, Reference))
    return Expression(source, root, names, This() in leaves)


@v_args(inline=True)
class _Builder(Transformer[object, Node]):
    def any(self, *parts: Node) -> Node:
        return parts[0] if len(parts) == 1 else Call("or", parts)

    def all(self, *parts: Node) -> Node:
        return parts[0] if len(parts) == 1 else Call("and", parts)

    def comparison(self, left: Node, operator: str = "", right: Node | None = None) -> Node:
        return left if right is None else Call(str(operator), (left, right))

    def reference(self, text: str) -> Node:
        return Reference(text[2:-1])

    def this(self) -> Node:
        return This()

    def number(self, text: str) -> Node:
        return Literal(float(text))

    def string(self, text: str) -> Node:
        return Literal(str(text[1:-1]))

    def call(self, name: str, *arguments: Node | None) -> Node:
        given = tuple(argument for argument in arguments if argument is not None)
        _check_call(str(name), given)
        return Today() if name == "today" else Call(str(name), given)


_PARSER = Lark(_GRAMMAR, parser="lalr", transformer=_Builder())


def _check_call(name: str, arguments: tuple[Node, ...]) -> None:
    wanted = ARGUMENT_COUNTS.get(name)
    if wanted is None:
        raise ExpressionRefused(f"There is no function {name}() here.", instead_of(name))
    if len(arguments) != wanted:
        raise ExpressionRefused(
            f"{name}() takes {wanted} values and was given {len(arguments)}.",
            f"Give it {wanted}, with commas between them.",
        )
    if name == "regex":
        _check_pattern(arguments[1])


def _check_pattern(pattern: Node) -> None:
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        raise ExpressionRefused(
            "The pattern of regex() is not a quoted text.", "Write the pattern itself in quotes."
        )
    try:
        compiled(pattern.value)
    except re2.error as error:
        raise ExpressionRefused(
            f"The pattern of regex() cannot be used: {_reason(error)}.",
            "Correct the pattern. Looking ahead or behind and back references are not available.",
        ) from error


@lru_cache(maxsize=512)
def compiled(pattern: str) -> "re2._Regexp":
    """The RE2 pattern, which takes time in proportion to the text and no more.

    Raises:
        re2.error: RE2 does not accept it.
    """
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)


def _reason(error: Exception) -> str:
    reason = error.args[0] if error.args else ""
    return reason.decode("utf-8", "replace") if isinstance(reason, bytes) else str(reason)


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, Call):
        for argument in node.arguments:
            yield from _leaves(argument)
    else:
        yield node


def _depth(source: str) -> int:
    deepest = depth = 0
    for character in without_texts(source):
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest
