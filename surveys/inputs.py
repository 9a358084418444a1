"""What a parent can do in one turn, whatever the channel.

A channel turns a tap, a typed message or a posted form into one of these.
"""

from dataclasses import dataclass

from surveys.commands import Command


@dataclass(frozen=True)
class Opened:
    """The parent opened the conversation: `/start`, a link, or a reminder's button."""


@dataclass(frozen=True)
class NoticeAcknowledged:
    """The parent read the privacy notice and pressed Start.

    `edition` says which one was read, where the button knew it.
    """

    edition: str = ""


@dataclass(frozen=True)
class Chosen:
    """A choice of question `key` was tapped or sent; the key may be an old question's."""

    key: str
    code: str


@dataclass(frozen=True)
class Toggled:
    """A box of a "choose all that apply" question was set to `on` (never merely flipped)."""

    key: str
    code: str
    on: bool


@dataclass(frozen=True)
class SelectionDone:
    """The boxes ticked so far are the answer."""

    key: str


@dataclass(frozen=True)
class Typed:
    """Words typed in a chat, meant for whatever is being asked now."""

    text: str


@dataclass(frozen=True)
class Filled:
    """A form posted for question `key`: text, or the codes of every ticked box."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Skipped:
    """The parent does not want to answer question `key`."""

    key: str


@dataclass(frozen=True)
class WentBack:
    """Back to the question before question `key`, whose button was tapped.

    `key` is "" on the review, and `None` where no button says: then it is back from
    wherever the parent is. With a key a second tap does not go back twice.
    """

    key: str | None = None


@dataclass(frozen=True)
class Revisited:
    """The parent wants to change the answer to question `key`."""

    key: str


@dataclass(frozen=True)
class Submitted:
    """The answers are complete and may be sent."""


@dataclass(frozen=True)
class NextChild:
    """The parent has finished for one child and would answer for another."""


@dataclass(frozen=True)
class NoOtherChild:
    """The parent asked for the questions about another child by mistake."""


@dataclass(frozen=True)
class CommandGiven:
    """A command by its button; typed commands come as `Typed`."""

    command: Command


@dataclass(frozen=True)
class Unreadable:
    """Something that cannot be an answer: a photo, a sticker, a voice note. Never fetched.

    `words` are what was written with it: a caption, or the new wording of an edited message.
    """

    kind: str
    words: str = ""


@dataclass(frozen=True)
class Overheard:
    """Words written beside what was asked and meant for nothing. They change nothing."""

    words: str


@dataclass(frozen=True)
class LanguageChosen:
    """The parent would go on in another language, such as "pl" or "en-x-easyread"."""

    code: str


Input = (
    Opened
    | NoticeAcknowledged
    | Chosen
    | Toggled
    | SelectionDone
    | Typed
    | Filled
    | Skipped
    | WentBack
    | Revisited
    | Submitted
    | NextChild
    | NoOtherChild
    | CommandGiven
    | Unreadable
    | Overheard
    | LanguageChosen
)
