"""Long words that a phone cut into several messages: what follows in one breath is one reply.

Telegram's programs send a text over its limit as two messages or more. Read one by one, the
end of a comment would be stored as the whole of it, or as the answer to the next question.
Joined, it is too long for us, and is handed back whole.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import Message

from bot.channels.telegram.markup import MOST_UNITS, units
from bot.ports import Turn
from surveys.inputs import Typed

ONE_BREATH = timedelta(seconds=3)
"""Nobody reads the next question and types an answer in less."""

SHORTEST_PART = MOST_UNITS // 2
"""Units: no program cuts earlier than this to end at a space."""

MOST_KEPT = 5 * MOST_UNITS
"""Characters kept of a text that does not end; what came before was handed back already."""


@dataclass(frozen=True)
class _Part:
    """One message of a long text: what came before it, and what it said."""

    delivery_key: str
    written: datetime
    before: str
    said: str

    @property
    def text(self) -> str:
        return (self.before + self.said)[-MOST_KEPT:]


class Continued:
    """Remembers the last long words of each chat, for the length of a breath."""

    def __init__(self) -> None:
        self._parts: dict[int, _Part] = {}

    def whole(self, message: Message | None, turn: Turn) -> Turn:
        """The turn, its words joined to those they go on from."""
        if message is None or not isinstance(turn.input, Typed):
            return turn
        said, last = turn.input.text, self._parts.pop(message.chat.id, None)
        before = "" if last is None else _before(last, turn.delivery_key, message.date, said)
        part = _Part(turn.delivery_key, message.date, before, said)
        if units(part.text) >= SHORTEST_PART:
            self._keep(message.chat.id, part)
        return replace(turn, input=Typed(part.text)) if before else turn

    def _keep(self, chat: int, part: _Part) -> None:
        earliest = part.written - ONE_BREATH
        self._parts = {each: old for each, old in self._parts.items() if old.written >= earliest}
        self._parts[chat] = part


def _before(last: _Part, delivery_key: str, written: datetime, said: str) -> str:
    """What words go on from, if from anything."""
    if last.delivery_key == delivery_key:
        # The same message once more, because it could not be stored.
        return last.before
    in_one_breath = abs(written - last.written) <= ONE_BREATH
    return last.text if in_one_breath and units(last.text) + units(said) > MOST_UNITS else ""
