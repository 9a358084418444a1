"""What one turn leaves in the database: the place, each answer in one row, each comment queued."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cases import Cases
from bot.local_time import LONDON
from bot.working_days import due_on
from storage import comments, conversations
from storage.conversations import Place
from storage.database import Database
from storage.vault import new_id
from surveys.concern import Tier
from surveys.events import (
    AnswerDropped,
    AnswerRecorded,
    Event,
    Finished,
    HelpOffered,
    LanguageChanged,
)
from surveys.heard import heard
from surveys.model import Questionnaire, State
from surveys.records import ResponseRecord
from surveys.session import Answer, Session, Stage

NOT_ASKED = Answer(State.NOT_ASKED)


@dataclass(frozen=True)
class _Turn:
    """What keeping one event needs."""

    db: Database
    now: datetime
    response_id: str
    questionnaire: Questionnaire
    session: Session
    cases: Cases


def keep(
    db: Database,
    now: datetime,
    place: Place,
    questionnaire: Questionnaire,
    session: Session,
    events: Sequence[Event],
    *,
    run: str,
    response_id: str | None,
    mode: str,
    cases: Cases,
) -> tuple[Event, ...]:
    """Keep the session and what its turn changed; returns the events, with help where it is due.

    `response_id` is the response this conversation writes to, or `None` before it began.
    `mode` is how the parent answers; `cases` are those that an urgent comment opens.
    """
    conversations.save(db, place, run, session, now)
    if session.stage is Stage.WELCOME:
        return tuple(events)
    if response_id is None:
        response_id = _begin(db, now, place, session, mode)
    turn = _Turn(db, now, response_id, questionnaire, session, cases)
    told: list[Event] = []
    for event in events:
        told.append(event)
        if _keep_event(turn, event):
            told.append(HelpOffered())
    return tuple(told)


def _keep_event(turn: _Turn, event: Event) -> bool:
    """Keep what one event changed; whether help is due."""
    match event:
        case AnswerRecorded(key, answer):
            conversations.put_answer(turn.db, turn.response_id, key, answer)
            return _listen(turn, event)
        case AnswerDropped(key):
            conversations.put_answer(turn.db, turn.response_id, key, NOT_ASKED)
            comments.remove(turn.db, turn.response_id, key)
        case Finished():
            _finish(turn.db, turn.now, turn.response_id, turn.questionnaire, turn.session)
        # A response is in the language its parent last answered in.
        case LanguageChanged() if turn.session.stage is not Stage.FINISHED:
            conversations.put_language(turn.db, turn.response_id, turn.session.language)
        case _:
            pass
    return False


def _listen(turn: _Turn, recorded: AnswerRecorded) -> bool:
    """Queue a comment to be read; whether it is urgent. An urgent one opens a case."""
    db, now, key = turn.db, turn.now, recorded.key
    found = heard(turn.questionnaire, recorded, turn.session.language)
    if found is None:
        if recorded.previous is not None:
            comments.remove(db, turn.response_id, key)
        return False
    changed = recorded.answer != recorded.previous
    if changed:
        comments.put(db, turn.response_id, key, found, due_on(now))
    if found.tier is not Tier.URGENT:
        return False
    if turn.cases.open(turn.response_id, key, found) or changed:
        turn.cases.alert()
    return True


def _begin(db: Database, now: datetime, place: Place, session: Session, mode: str) -> str:
    response = ResponseRecord(
        id=new_id(),
        questionnaire_hash=session.questionnaire_hash,
        mode=place.invitation.assisted or mode,
        language=session.language,
        started_on=now.astimezone(LONDON).date(),
        finished_on=None,
    )
    conversations.begin_response(db, place, response)
    return response.id


def _finish(
    db: Database,
    now: datetime,
    response_id: str,
    questionnaire: Questionnaire,
    session: Session,
) -> None:
    """The day of finishing, and "not asked" for every question the route passed by."""
    conversations.finish_response(db, response_id, now.astimezone(LONDON).date())
    for question in questionnaire.questions:
        if question.is_answerable and question.key not in session.answers:
            conversations.put_answer(db, response_id, question.key, NOT_ASKED)
