"""What a relevance, constraint or calculation comes to for one parent's answers.

The profile of XLSForm's language: `${name}`, `.`, `= != < <= > >=`, `and or not()`,
`selected() count-selected() string-length() coalesce() if() regex() today()`,
numbers, texts and brackets. Evaluation never fails, whatever the answers are.

The rules, XPath's except where said:

- An answer is text; several codes are joined with spaces; all five kinds of nothing
  are "".
- Nothing compared with a number is false, with `!=` too (XPath has true there): a
  question left out decides nothing. Use `${name} = ''` to ask whether it was left out.
- Nothing is never before or after anything: `${born} < today()` is false without a date.
- A text that is a number compares as a number with a number, and with `< <= > >=` also
  with another such text. All other texts compare as texts, so ISO dates compare as dates.
  A text that is no number is unequal to every number, neither less nor more.
- A true or false compared with anything compares it with whether that is true.
- A text is true unless empty, a number unless 0.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from surveys.expression_grammar import (
    Call,
    Expression,
    Literal,
    Node,
    Reference,
    This,
    compiled,
    parse,
)

__all__ = ["Expression", "Values", "as_text", "evaluate", "is_true", "parse", "references"]

Values = Mapping[str, str | tuple[str, ...]]
"""Question key → code or text, or codes; absent or "" is any of the five nothings."""

Result = str | float | bool


def evaluate(expression: Expression, values: Values, today: date, this: str = "") -> Result:
    """The value of the expression. Never raises.

    `today` is the date in England; `this` is what `.` stands for in a constraint
    (several codes joined with spaces).
    """
    return _value(expression.root, _Scope(values, today, this))


def is_true(source: str, values: Values, today: date, this: str = "") -> bool:
    """Whether the expression holds; an empty `source` always does.

    Raises:
        ExpressionRefused: `source` is not an expression of the profile.
    """
    return not source or _truth(evaluate(parse(source), values, today, this))


def as_text(source: str, values: Values, today: date) -> str:
    """The value as text, for a `calculate`: whole numbers without a point, "true", "false".

    Raises:
        ExpressionRefused: `source` is not an expression of the profile.
    """
    return _text(evaluate(parse(source), values, today))


def references(source: str) -> frozenset[str]:
    """The question keys the expression refers to; none where `source` is empty.

    Raises:
        ExpressionRefused: `source` is not an expression of the profile.
    """
    return parse(source).names if source else frozenset()


@dataclass(frozen=True)
class _Scope:
    values: Values
    today: date
    this: str


def _value(node: Node, scope: _Scope) -> Result:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Reference):
        answer = scope.values.get(node.name, "")
        return answer if isinstance(answer, str) else " ".join(answer)
    if isinstance(node, This):
        return scope.this
    if isinstance(node, Call):
        return _OPERATIONS[node.name](*(_value(each, scope) for each in node.arguments))
    return scope.today.isoformat()


def _truth(value: Result) -> bool:
    return bool(value)


def _text(value: Result) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if value.is_integer() else f"{value:.15f}".rstrip("0")


def _number(value: str | float) -> float | None:
    if isinstance(value, float):
        return value
    return float(value) if re.fullmatch(r"\s*-?[0-9]+(\.[0-9]+)?\s*", value) else None


_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _compare(symbol: str, left: Result, right: Result) -> bool:
    compare = _COMPARISONS[symbol]
    if isinstance(left, bool) or isinstance(right, bool):
        return compare(_truth(left), _truth(right))
    both_texts = isinstance(left, str) and isinstance(right, str)
    if both_texts and symbol in {"=", "!="}:
        return compare(left, right)
    if "" in {left, right}:
        return False
    numbers = (_number(left), _number(right))
    if None not in numbers:
        return compare(*numbers)
    return compare(left, right) if both_texts else symbol == "!="


def _selected(chosen: Result, code: Result) -> bool:
    return _text(code) in _text(chosen).split()


def _coalesce(first: Result, second: Result) -> Result:
    return first if _text(first) else second


def _if(condition: Result, then: Result, otherwise: Result) -> Result:
    return then if _truth(condition) else otherwise


def _matches(value: Result, pattern: Result) -> bool:
    # RE2 reads UTF-8, which cannot hold half of a surrogate pair.
    text = _text(value).encode("utf-8", "replace").decode()
    return compiled(_text(pattern)).fullmatch(text) is not None


_OPERATIONS: Mapping[str, Callable[..., Result]] = {
    "and": lambda *parts: all(map(_truth, parts)),
    "or": lambda *parts: any(map(_truth, parts)),
    "not": operator.not_,
    "selected": _selected,
    "count-selected": lambda chosen: float(len(_text(chosen).split())),
    "string-length": lambda value: float(len(_text(value))),
    "coalesce": _coalesce,
    "if": _if,
    "regex": _matches,
    **{symbol: partial(_compare, symbol) for symbol in _COMPARISONS},
}
