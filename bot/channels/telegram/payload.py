"""What a button carries: `{run}.{verb}.{key}.{code}`.

It names the conversation, the question and the state that is wanted, so a second tap,
or a tap on an old message, can never mean something else. The letters are for ever:
buttons stay in chats for years.
"""

import re

from surveys.inputs import (
    Chosen,
    Input,
    NoticeAcknowledged,
    Opened,
    Revisited,
    SelectionDone,
    Skipped,
    Submitted,
    Toggled,
    WentBack,
)

MOST_BYTES = 64
"""The most Telegram takes on one button, counted in UTF-8."""

_FORM = re.compile(r"([A-Za-z0-9_-]{8})\.([a-z])\.([^.]*)\.([^.]*)")
_SHOW_ANSWERS = "l"


def encode(run: str, said: Input) -> str:
    """The payload of a button that means `said` in the conversation `run`.

    Raises:
        ValueError: Telegram would refuse it; the message names the question.
    """
    verb, key, code = _parts(said)
    return _checked(f"{run}.{verb}.{key}.{code}", key)


def show_answers(run: str) -> str:
    """The payload of "Change an answer", which only opens a list of buttons."""
    return _checked(f"{run}.{_SHOW_ANSWERS}..", "")


def is_show_answers(payload: str) -> bool:
    """Whether a payload is the one of "Change an answer"."""
    found = _FORM.fullmatch(payload)
    return found is not None and found[2] == _SHOW_ANSWERS


def decode(payload: str) -> tuple[str, Input] | None:
    """The run and the input of a payload, or `None` where it is none of ours.

    "Change an answer" opens the conversation where it stands, if it goes as far as a turn.
    """
    found = _FORM.fullmatch(payload)
    if found is None:
        return None
    run, verb, key, code = found.groups()
    said = _input(verb, key, code)
    return None if said is None else (run, said)


def _parts(said: Input) -> tuple[str, str, str]:
    match said:
        case Chosen(key, code):
            return "c", key, code
        case Toggled(key, code, on):
            return "t" if on else "u", key, code
        case SelectionDone(key):
            return "d", key, ""
        case Skipped(key):
            return "s", key, ""
        case WentBack(str(key)):
            return "b", key, ""
        case Revisited(key):
            return "r", key, ""
        case _:
            return _plain(said), "", ""


def _plain(said: Input) -> str:
    match said:
        case Submitted():
            return "f"
        case NoticeAcknowledged():
            return "n"
        case Opened():
            return "v"
        case _:
            raise ValueError(f"{type(said).__name__} cannot be on a button: give it a verb first")


def _input(verb: str, key: str, code: str) -> Input | None:
    match verb:
        case "c":
            return Chosen(key, code)
        case "t" | "u":
            return Toggled(key, code, on=verb == "t")
        case "d":
            return SelectionDone(key)
        case "s":
            return Skipped(key)
        case "b":
            return WentBack(key)
        case "r":
            return Revisited(key)
        case _:
            return _plain_input(verb)


def _plain_input(verb: str) -> Input | None:
    match verb:
        case "f":
            return Submitted()
        case "n":
            return NoticeAcknowledged()
        case "v" | "l":
            return Opened()
        case _:
            return None


def _checked(payload: str, key: str) -> str:
    size = len(payload.encode())
    if size > MOST_BYTES or not _FORM.fullmatch(payload):
        raise ValueError(
            f"question {key}: its button would carry {payload!r}, {size} bytes; Telegram takes"
            f" {MOST_BYTES}, without a dot in a name. Shorten the question's name or the code."
        )
    return payload
