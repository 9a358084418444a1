"""What a parent posted, and the turn it stands for."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from aiohttp import web
from multidict import MultiDict

from bot.pages.forms import nonce_of
from bot.ports import Turn, WebPlace
from surveys.commands import Command
from surveys.inputs import (
    CommandGiven,
    Filled,
    Input,
    LanguageChosen,
    NextChild,
    NoOtherChild,
    NoticeAcknowledged,
    Opened,
    Overheard,
    Skipped,
    Submitted,
    WentBack,
)


class Action(StrEnum):
    """The button that was pressed."""

    START = "start"
    ANSWER = "answer"
    SKIP = "skip"
    BACK = "back"
    SUBMIT = "submit"
    NEXT_CHILD = "another"
    NO_OTHER_CHILD = "no_other"
    STOP = "stop"
    MESSAGES = "messages"
    ERASE = "erase"
    LANGUAGE = "language"
    SEEN = "seen"


KEYED = frozenset({Action.ANSWER, Action.SKIP})
"""Actions that mean nothing without a question's key."""

REVIEW, HELP = "review", "help"
"""What the page of all answers, and the one of the help numbers, call themselves in forms."""


@dataclass(frozen=True)
class Posted:
    """One posted form of the chat.

    `codes` are the ticked choices, `text` what was typed (a date as day/month/year);
    `date` keeps the three boxes of a date as they were typed. `language` is the code of
    the language that was pressed, beside an answer perhaps; `page` is `REVIEW`, `HELP` or "".
    `notice` is the edition of the privacy notice that the page told of, or "".
    """

    nonce: str
    action: Action
    key: str
    codes: tuple[str, ...] = ()
    text: str = ""
    date: tuple[str, str, str] = ("", "", "")
    language: str = ""
    page: str = ""
    notice: str = ""

    @property
    def values(self) -> tuple[str, ...]:
        """What the form says, as the engine takes it."""
        return self.codes or ((self.text,) if self.text else ())

    def turn(self, token: str) -> Turn:
        """The turn of the conversation at `token`."""
        return Turn(self._delivery_key(token), WebPlace(token), self._input(), notice=self.notice)

    def beside(self, token: str) -> Turn | None:
        """The turn of words that stood in the box while a button for something else was pressed."""
        if self.action is Action.ANSWER or not self.text.strip():
            return None
        return Turn(f"{self._delivery_key(token)}:beside", WebPlace(token), Overheard(self.text))

    def _input(self) -> Input:
        return _INPUTS[self.action](self)

    def _delivery_key(self, token: str) -> str:
        # A browser may bring a page back with its old nonce and let the parent change the
        # answer: that is another turn. Hashed with the nonce, the key gives no answer away.
        said = "\0".join((token, self.nonce, self.action, self.key, self.language, *self.values))
        return f"web:{hashlib.sha256(said.encode(errors='replace')).hexdigest()[:40]}"


_INPUTS: Mapping[Action, Callable[[Posted], Input]] = {
    Action.START: lambda posted: NoticeAcknowledged(posted.notice),
    Action.ANSWER: lambda posted: Filled(posted.key, posted.values),
    Action.SKIP: lambda posted: Skipped(posted.key),
    Action.BACK: lambda posted: WentBack(posted.key),
    Action.SUBMIT: lambda _: Submitted(),
    Action.NEXT_CHILD: lambda _: NextChild(),
    Action.NO_OTHER_CHILD: lambda _: NoOtherChild(),
    Action.LANGUAGE: lambda posted: LanguageChosen(posted.language),
    Action.SEEN: lambda _: Opened(),
    Action.STOP: lambda _: CommandGiven(Command.STOP),
    Action.MESSAGES: lambda _: CommandGiven(Command.MESSAGES),
    Action.ERASE: lambda _: CommandGiven(Command.ERASE_FOR_GOOD),
}


def read_posted(form: MultiDict[str]) -> Posted:
    """The posted form.

    Raises:
        web.HTTPBadRequest: a field is missing, or is nothing the pages could have sent.
    """
    # The second and third button of a form say what to do instead of its own action.
    language, key = form.get("language", ""), form.get("key", "")
    own = form.get("instead") or form.get("action", "")
    action = Action.LANGUAGE.value if language else own
    if action not in list(Action) or (action in KEYED and not key):
        raise web.HTTPBadRequest
    if action == Action.LANGUAGE and not language:
        raise web.HTTPBadRequest
    date = (form.get("day", ""), form.get("month", ""), form.get("year", ""))
    written = "/".join(part.strip() for part in date) if any(map(str.strip, date)) else ""
    return Posted(
        nonce=nonce_of(form),
        action=Action(action),
        key=key,
        codes=tuple(form.getall("choice", [])),
        text=form.get("text", "") or written,
        date=date,
        language=language,
        page=form.get("page", ""),
        notice=form.get("notice", ""),
    )
