"""Words that became no answer: kept where somebody must read them, with help where it is due."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.cases import Cases
from bot.local_time import LONDON
from bot.ports import CodeGiven
from bot.words import ENGLISH
from bot.working_days import due_on
from storage import asides
from storage.database import Database
from storage.invitations import Invitation
from surveys.concern import Tier
from surveys.events import AnswerRecorded, Event, HelpOffered
from surveys.inputs import Input, Overheard
from surveys.model import Questionnaire
from surveys.overheard import LONG, Aside, draft_of, overheard, raised, words_of
from surveys.session import Session

STRANGERS_DAYS = 30
"""For how many days past staff are told how many strangers were helped."""

HELP = (HelpOffered(),)


def keep_aside(
    db: Database,
    now: datetime,
    invitation: Invitation,
    aside: Aside | None,
    session: Session,
    cases: Cases,
) -> tuple[HelpOffered, ...]:
    """Queue what must be read; returns the help that is due. Urgent words open a case.

    Words that are an answer of this conversation already wait as a comment.
    """
    if aside is None:
        return ()
    urgent = aside.concern.tier is Tier.URGENT
    if not _is_answer(aside.words, session):
        # Looked for before these words can hold a case of their own.
        has_case = asides.has_open_case(db, invitation.id)
        aside_id = asides.put(
            db, invitation.id, invitation.round_id, aside.words, aside.concern, due_on(now)
        )
        if urgent and not has_case:
            cases.open(aside_id, "", aside.concern)
        if urgent:
            cases.alert()
    return HELP if urgent else ()


def drop_drafts(db: Database, invitation: Invitation, events: Sequence[Event]) -> None:
    """A draft that was refused is wanted no more once the answer itself is kept."""
    for event in events:
        if isinstance(event, AnswerRecorded) and isinstance(event.answer.value, str):
            rules = (draft_of(event.key, invitation.child_number), *LONG.rules)
            asides.drop_draft(db, invitation.id, rules, event.answer.value)


def listen(
    questionnaire: Questionnaire,
    session: Session,
    said: Input | CodeGiven,
    events: Sequence[Event] = (),
) -> Aside | None:
    """What must be read of a turn's words; `events` are those of it that were kept."""
    return overheard(questionnaire, session, typed(said), events)


def needs_help(said: Input | CodeGiven, questionnaire: Questionnaire | None = None) -> bool:
    """Whether a turn's words are urgent, whoever wrote them and whatever came of them."""
    aside = raised(words_of(typed(said), questionnaire), ENGLISH)
    return aside is not None and aside.concern.tier is Tier.URGENT


def help_stranger(db: Database, now: datetime, said: Input | CodeGiven) -> tuple[HelpOffered, ...]:
    """Help for urgent words of somebody without an invitation. They are counted, and not kept."""
    if not needs_help(said):
        return ()
    asides.count_stranger(db, now.astimezone(LONDON).date())
    return HELP


def strangers_helped(db: Database, now: datetime) -> int:
    """How often strangers were given the help numbers in the last 30 days."""
    return asides.strangers_helped(
        db, now.astimezone(LONDON).date() - timedelta(days=STRANGERS_DAYS)
    )


def typed(said: Input | CodeGiven) -> Input:
    """The input to listen to: words after `/start` are words, and a code is none."""
    if not isinstance(said, CodeGiven):
        return said
    return Overheard(said.code if len(said.code.split()) > 1 else "")


def _is_answer(words: str, session: Session) -> bool:
    return any(answer.value == words for answer in session.answers.values())
