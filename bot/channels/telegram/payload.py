"""What a button carries: `{run}.{verb}.{key}.{code}`.

It names the conversation, the question and the state that is wanted, so a second tap,
or a tap on an old message, can never mean something else. The letters are for ever:
buttons stay in chats for years.
"""

import re
from collections.abc import Callable, Mapping

from surveys.commands import Command
from surveys.inputs import (
    Chosen,
    CommandGiven,
    Input,
    LanguageChosen,
    NextChild,
    NoOtherChild,
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
_KEYED: Mapping[str, Callable[[str], Input]] = {
    "d": SelectionDone,
    "s": Skipped,
    "b": WentBack,
    "r": Revisited,
    "n": NoticeAcknowledged,
}
_COMMAND = "k"
_LANGUAGE = "g"
_BARE: Mapping[str, Callable[[], Input]] = {
    "f": Submitted,
    "v": Opened,
    "a": NextChild,
    "w": NoOtherChild,
    _SHOW_ANSWERS: Opened,
}


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
        case (
            SelectionDone(key)
            | Skipped(key)
            | WentBack(str(key))
            | Revisited(key)
            | NoticeAcknowledged(key)
        ):
            return _verb(_KEYED, said), key, ""
        case LanguageChosen(code):
            return _LANGUAGE, code, ""
        case CommandGiven(command):
            return _COMMAND, command.value, ""
        case _:
            return _verb(_BARE, said), "", ""


def _verb(verbs: Mapping[str, object], said: Input) -> str:
    for verb, kind in verbs.items():
        if type(said) is kind:
            return verb
    raise ValueError(f"{said!r} cannot be on a button: it has no verb, or names no question")


def _input(verb: str, key: str, code: str) -> Input | None:
    if verb == "c":
        return Chosen(key, code)
    if verb in {"t", "u"}:
        return Toggled(key, code, on=verb == "t")
    if verb in _KEYED:
        return _KEYED[verb](key)
    if verb == _LANGUAGE:
        return LanguageChosen(key)
    if verb == _COMMAND:
        return CommandGiven(Command(key)) if key in list(Command) else None
    return _BARE[verb]() if verb in _BARE else None


def _checked(payload: str, key: str) -> str:
    size = len(payload.encode())
    if size > MOST_BYTES or not _FORM.fullmatch(payload):
        raise ValueError(
            f"question {key}: its button would carry {payload!r}, {size} bytes; Telegram takes"
            f" {MOST_BYTES}, without a dot in a name. Shorten the question's name or the code."
        )
    return payload
