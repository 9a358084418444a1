"""From the text of an XLSForm expression to a small tree, or a refusal that says why.

Everything but literals, references and `today()` is a `Call`, operators included:
`${a} = 1 and ${b}` is `Call("and", (Call("=", ...), Reference("b")))`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import cast

import re2
from lark import Lark, Transformer, UnexpectedInput, UnexpectedToken, v_args

from surveys.errors import ExpressionRefused

MAX_LENGTH = 2_000
MAX_DEPTH = 40
ARGUMENT_COUNTS = {
    "not": 1,
    "selected": 2,
    "count-selected": 1,
    "string-length": 1,
    "coalesce": 2,
    "if": 3,
    "regex": 2,
    "today": 0,
}

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
        raise _refusal(source, error) from error
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
        raise ExpressionRefused(f"There is no function {name}() here.", _instead_of(name))
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


def _instead_of(name: str) -> str:
    near = get_close_matches(name.lower(), ARGUMENT_COUNTS, n=1)
    if near:
        return f"Did you mean {near[0]}()?"
    return "The functions are " + ", ".join(f"{known}()" for known in ARGUMENT_COUNTS) + "."


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, Call):
        for argument in node.arguments:
            yield from _leaves(argument)
    else:
        yield node


def _depth(source: str) -> int:
    deepest = depth = 0
    for character in _without_texts(source):
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


def _without_texts(source: str) -> str:
    return re.sub(r"'[^']*'|\"[^\"]*\"", "0", source)


_HINTS = (
    (r"[“”„‘’`´]", "It has curly quotation marks.", "Type straight ones: ' or \"."),
    (r"==", "It has ==.", "Write a single =."),
    (r"<>", "It has <>.", "Write != for “is not”."),
    (r"&&|\|\|", "It has && or ||.", "Write the words and, or."),
    (r"\b[A-Za-z]+:", "It has a function with a colon, such as jr:.", "Leave it out."),
    (r"/|\.\.", "It has a path.", "Name the question, as in ${name}."),
    (
        r"[+*]|\b(div|mod)\b|[\w}).]\s*-",
        "It has arithmetic.",
        "Compare answers as they are; there is no arithmetic here.",
    ),
    (
        r"\b(AND|And|OR|Or|NOT|Not)\b",
        "Its and, or or not has capital letters.",
        "Write them in small letters.",
    ),
    (r"['\"]", "It has a quotation mark without its partner.", "Close the quoted text."),
    (
        r"\$(?!\{[A-Za-z]\w*\})|(?<!\$)\{",
        "It names a question in a way that cannot be read.",
        "Write ${name}, with letters, digits and _ only.",
    ),
)


_LONE_WORD = r"(?<![\w-])(?!(?:and|or)\b)[A-Za-z][\w-]*(?![\w-]|\s*\()"


def _refusal(source: str, error: UnexpectedInput) -> ExpressionRefused:
    bare = _without_texts(source)
    for pattern, cause, remedy in _HINTS:
        if re.search(pattern, bare):
            return ExpressionRefused(cause, remedy)
    word = re.search(_LONE_WORD, re.sub(r"\$\{\w+\}", "0", bare))
    if word:
        return _lone_word(word[0])
    if isinstance(error, UnexpectedToken) and error.token.type == "$END":
        return ExpressionRefused("It ends too early.", "Complete it; check its brackets.")
    return ExpressionRefused(
        f"It cannot be read from “{source[error.pos_in_stream :][:20]}”.",
        "Check the brackets, the commas, and the and or or between its parts.",
    )


def _lone_word(word: str) -> ExpressionRefused:
    if word in ARGUMENT_COUNTS:
        return ExpressionRefused(f"{word} has no brackets.", f"Write {word}(…).")
    return ExpressionRefused(
        f"The word {word} stands alone.",
        f"Write ${{{word}}} for an answer, or '{word}' in quotes for a code or text.",
    )
