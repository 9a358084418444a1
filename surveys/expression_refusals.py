"""Why an expression is refused, in words for the person who wrote it."""

import re
from difflib import get_close_matches

from lark import UnexpectedInput, UnexpectedToken

from surveys.errors import ExpressionRefused

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
"""The functions of the profile and how many values each takes."""


def instead_of(name: str) -> str:
    """A remedy for a function that does not exist."""
    near = get_close_matches(name.lower(), ARGUMENT_COUNTS, n=1)
    if near:
        return f"Did you mean {near[0]}()?"
    return "The functions are " + ", ".join(f"{known}()" for known in ARGUMENT_COUNTS) + "."


def without_texts(source: str) -> str:
    """The source with every quoted text replaced by 0."""
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


def refusal(source: str, error: UnexpectedInput) -> ExpressionRefused:
    """What to say of a source that the grammar does not take."""
    bare = without_texts(source)
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
