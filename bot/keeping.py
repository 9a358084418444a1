"""What one turn leaves in the database: the place, and each answer in one row."""

from collections.abc import Sequence
from datetime import datetime

from bot.local_time import LONDON
from storage import conversations
from storage.conversations import Place
from storage.database import Database
from storage.vault import new_id
from surveys.events import AnswerDropped, AnswerRecorded, Event, Finished, LanguageChanged
from surveys.model import Questionnaire, State
from surveys.records import ResponseRecord
from surveys.session import Answer, Session, Stage

NOT_ASKED = Answer(State.NOT_ASKED)


def keep(
    db: Database,
    now: datetime,
    place: Place,
    questionnaire: Questionnaire,
    session: Session,
    events: Sequence[Event],
    *,
    run: str,
    mode: str,
) -> None:
    """Keep the session and what its turn changed. `mode` is how the parent answers."""
    conversations.save(db, place, run, session, now)
    if session.stage is Stage.WELCOME:
        return
    response_id = conversations.response_of(db, place)
    if response_id is None:
        response_id = _begin(db, now, place, session, mode)
    for event in events:
        match event:
            case AnswerRecorded(key, answer):
                conversations.put_answer(db, response_id, key, answer)
            case AnswerDropped(key):
                conversations.put_answer(db, response_id, key, NOT_ASKED)
            case LanguageChanged(code) if session.stage is not Stage.FINISHED:
                conversations.put_language(db, response_id, code)
            case Finished():
                _finish(db, now, response_id, questionnaire, session)
            case _:
                pass


def _begin(db: Database, now: datetime, place: Place, session: Session, mode: str) -> str:
    response = ResponseRecord(
        id=new_id(),
        questionnaire_hash=session.questionnaire_hash,
        mode=mode,
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
