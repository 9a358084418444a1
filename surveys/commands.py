"""Words that steer the conversation when they are all that was typed."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum

from surveys.command_words import ALSO_ANSWERS, WORDS
from surveys.words import fold


class Command(StrEnum):
    """What a parent can ask for in words."""

    START = "start"
    SKIP = "skip"
    BACK = "back"
    SEND = "send"
    HELP = "help"
    PRIVACY = "privacy"
    PAUSE = "pause"
    STOP = "stop"
    MESSAGES = "start messages"
    LANGUAGE = "language"
    EASY_READ = "easyread"
    MY_DATA = "mydata"
    ERASE = "erase"
    ERASE_FOR_GOOD = "erase everything"


ANYWHERE = frozenset(
    {
        Command.HELP,
        Command.PRIVACY,
        Command.PAUSE,
        Command.STOP,
        Command.MESSAGES,
        Command.LANGUAGE,
        Command.MY_DATA,
        Command.ERASE,
        Command.ERASE_FOR_GOOD,
    }
)
"""Commands that mean the same at any moment and move nothing in the conversation."""

ENGLISH = "en"
LONGEST = 40
"""Nothing longer than this many characters is a command."""

_STROKE = "/"
_SIMPLER = str.maketrans("łىةٱ", "lيها", "ءـ")


def command(text: str, *languages: str) -> Command | None:
    """The command that is the whole of `text`, in one of `languages` or in English.

    A variant such as easy read ("en-x-easyread") has its language's words. Where a
    language is often typed without its marks ("pomin", "ابدا"), it is understood so too.
    """
    if len(text) > LONGEST:
        return None
    # A chat may name the bot behind the command: "/help@our_bot".
    word = fold(text.partition("@")[0] if has_stroke(text) else text)
    for language in (*languages, ENGLISH):
        main = language.partition("-")[0]
        found = _COMMANDS.get(main, {}).get(_spelling(main, word))
        if found:
            return found
    return None


def may_answer(text: str) -> bool:
    """Whether a command's word could be meant as the answer to an open question."""
    return not has_stroke(text) and _unmarked(fold(text)) in _ANSWERS


def has_stroke(text: str) -> bool:
    """Whether a parent typed it as a command: "/language"."""
    return text.lstrip().startswith(_STROKE)


def _unmarked(word: str) -> str:
    """Without accents, vowel signs and hamza."""
    apart = unicodedata.normalize("NFD", word).translate(_SIMPLER)
    return "".join(letter for letter in apart if unicodedata.category(letter) != "Mn")


def _spelling(language: str, word: str) -> str:
    # English words have no marks: the Polish "stóp" (of feet) is not "stop".
    return word if language == ENGLISH else _unmarked(word)


_COMMANDS: Mapping[str, Mapping[str, Command]] = {
    language: {
        _spelling(language, word): Command(name)
        for name, words in commands.items()
        for word in words
    }
    for language, commands in WORDS.items()
}
_ANSWERS = frozenset(map(_unmarked, ALSO_ANSWERS))
