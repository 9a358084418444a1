"""A parent's rights over what is held: to see it, to stop messages, to have it removed."""

from collections.abc import Sequence
from datetime import datetime

from bot import forgetting
from bot.languages import own_name
from bot.notice.edition import read_code
from bot.words import Words
from storage import erasing, outbox
from storage.database import Database
from storage.invitations import Invitation
from surveys.commands import Command
from surveys.records import Round

ERASED = "erased"


def carry_out(
    db: Database, now: datetime, invitation: Invitation, a_round: Round, command: Command | None
) -> bool:
    """Do what a command asks of the database; returns whether everything was erased."""
    if command is Command.STOP:
        erasing.stop(db, invitation.id, now)
        outbox.fail_invited(db, invitation.id, "stopped by the parent")
    if command is Command.MESSAGES and invitation.stopped:
        erasing.start_again(db, invitation.id, now)
    if command is not Command.ERASE_FOR_GOOD:
        return False
    forgetting.erase(db, now, invitation, a_round, "parent")
    return True


def child_in_words(words: Words, number: int) -> str:
    """How a family's children are told apart without a name, such as "your second child"."""
    return words.say(_CHILDREN[number - 1])


def held_beside_answers(
    words: Words, a_round: Round, *, where: str, notice_read: str, is_listed: bool
) -> list[str]:
    """In words, what is held about somebody besides the answers themselves.

    `where` is the key of how they answer: "held.web" or "held.telegram"; `notice_read` the
    edition of the privacy notice that they acknowledged, or "". Where the council's list
    has the family, that is said; what stands there is not shown to whoever has the link.
    """
    edition = read_code(notice_read)
    read = [words.say("held.notice", edition=edition.in_words(words))] if edition else []
    kept = "held.linked" if a_round.linked else "held.anonymous"
    return [
        words.say("held.survey", name=a_round.name),
        words.say(where, language=own_name(words.language)),
        words.say("held.days"),
        words.say("held.code"),
        *read,
        *([words.say("held.listed")] if is_listed else []),
        words.say(kept, when=words.moment(a_round.closes_at)),
    ]


def beside_questions(words: Words, asides: Sequence[str]) -> list[str]:
    """The words kept that answered nothing, under their title; nothing where there are none."""
    return [f"{words.say('held.asides')}:", *asides] if asides else []


_CHILDREN = (
    "child.first",
    "child.second",
    "child.third",
    "child.fourth",
    "child.fifth",
    "child.sixth",
    "child.seventh",
    "child.eighth",
    "child.ninth",
)
