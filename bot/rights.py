"""A parent's rights over what is held: to see it, to stop messages, to have it removed."""

from datetime import datetime

from bot.local_time import moment_in_words
from storage import erasing, invitations, outbox, staff
from storage.database import Database
from storage.invitations import Invitation
from surveys.commands import Command
from surveys.records import Round

ERASED = "erased"


def carry_out(
    db: Database, now: datetime, invitation: Invitation, a_round: Round, command: Command
) -> bool:
    """Do what a command asks of the database; returns whether everything was erased."""
    if command is Command.STOP:
        invitations.stop(db, invitation.id, now)
        outbox.fail_invited(db, invitation.id, "stopped by the parent")
    if command is not Command.ERASE_FOR_GOOD:
        return False
    erasing.erase(db, invitation.id)
    staff.log(db, now, "parent", "answers erased", a_round.name)
    return True


def held_beside_answers(a_round: Round, *, where: str, language: str) -> list[str]:
    """In words, what is held about somebody besides the answers themselves."""
    kept = (
        "We keep a link between you and your answers, to see what changes over time."
        if a_round.linked
        else f"The link between you and your answers is cut when the survey closes,"
        f" on {moment_in_words(a_round.closes_at)}, or sooner."
    )
    return [
        f"Survey: {a_round.name}.",
        f"How you answer: {where}. Language: {language}.",
        "The day you began, and the day you sent your answers.",
        "A code for your link, stored so that nobody can read the link from it.",
        kept,
    ]
