"""Words that steer the conversation when they are all that was typed."""

from collections.abc import Mapping
from enum import StrEnum

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
    MY_DATA = "mydata"
    ERASE = "erase"
    ERASE_FOR_GOOD = "erase everything"


ANYWHERE = frozenset(
    {
        Command.HELP,
        Command.PRIVACY,
        Command.PAUSE,
        Command.STOP,
        Command.MY_DATA,
        Command.ERASE,
        Command.ERASE_FOR_GOOD,
    }
)
"""Commands that mean the same at any moment and move nothing in the conversation."""

WORDS: Mapping[str, Mapping[str, Command]] = {
    "en": {
        "start": Command.START,
        "skip": Command.SKIP,
        "back": Command.BACK,
        "send": Command.SEND,
        "help": Command.HELP,
        "privacy": Command.PRIVACY,
        "pause": Command.PAUSE,
        "stop": Command.STOP,
        "mydata": Command.MY_DATA,
        "my data": Command.MY_DATA,
        "erase": Command.ERASE,
        "erase everything": Command.ERASE_FOR_GOOD,
    },
}
"""By language code, the words in the form `surveys.words.fold` gives them."""

LONGEST = 40
"""Nothing longer than this many characters is a command."""


def command(text: str, *languages: str) -> Command | None:
    """The command that is the whole of `text`, in one of `languages`.

    A variant such as easy read ("en-x-easyread") has its language's words.
    """
    if len(text) > LONGEST:
        return None
    word = fold(text)
    for language in languages:
        found = WORDS.get(language.partition("-")[0], {}).get(word)
        if found:
            return found
    return None
