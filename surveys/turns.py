"""The moves every turn is made of: ask, ask again, record and go on, review."""

from dataclasses import dataclass, replace

from surveys.events import (
    AnswerDropped,
    AnswerRecorded,
    Event,
    Miss,
    NotUnderstood,
    ReviewReached,
    TapIgnored,
    Why,
)
from surveys.expressions import is_true
from surveys.model import Question, QuestionType, State
from surveys.position import Position, stand
from surveys.session import Answer, Session, Stage
from surveys.understanding import Misread
from surveys.words import clean


@dataclass(frozen=True)
class Sprint:
    """The whole effect of one turn: the session after it, and what happened in order."""

    session: Session
    events: tuple[Event, ...] = ()


def stay(here: Position, *events: Event) -> Sprint:
    """Nothing changes; `events` say what there is to say."""
    return Sprint(here.session, events)


def ignore(here: Position, key: str) -> Sprint:
    """A tap on something that cannot be answered now."""
    return stay(here, TapIgnored(clean(key)))


def ask_at(here: Position, question: Question, why: Why, *before: Event) -> Sprint:
    """`question` becomes the one being asked."""
    session = _arrive(here, question)
    return Sprint(session, (*before, here.now(session).asked(question, why)))


def go_on(here: Position, why: Why, *before: Event) -> Sprint:
    """On to the first question without an answer, or to the review where there is none."""
    if here.unanswered:
        return ask_at(here, here.unanswered, why, *before)
    session = replace(here.session, stage=Stage.REVIEWING, current=None, selected=(), misses=0)
    return Sprint(session, (*before, ReviewReached(here.route.closing_notes)))


def resume(here: Position) -> Sprint:
    """Where the parent left off, with the boxes ticked so far."""
    if here.current is None:
        return go_on(here, Why.RESUMED)
    session = replace(here.session, stage=Stage.ASKING, misses=0)
    return Sprint(session, (here.asked(here.current, Why.RESUMED),))


def record(here: Position, question: Question, answer: Answer, text: str = "") -> Sprint:
    """`answer` is the answer to `question`; answers no longer on the route are dropped.

    An old answer given once more changes nothing and says nothing: it is a second tap.
    """
    session, key = here.session, question.key
    previous = session.answers.get(key)
    if answer == previous and question != here.current:
        return stay(here)
    if not _holds(here, question, answer):
        return miss(here, question, Misread(Miss.CONSTRAINT), text)
    given = replace(session, answers={**session.answers, key: answer})
    there = stand(here.questionnaire, given, here.today)
    kept, dropped = drop(there)
    return go_on(kept, Why.NEXT, AnswerRecorded(key, answer, previous), *dropped)


def drop(here: Position) -> tuple[Position, tuple[AnswerDropped, ...]]:
    """The same place without the answers that are not on its route, and word of each."""
    answers = here.session.answers
    on_route = {each.key: answers[each.key] for each in here.route.questions if each.key in answers}
    if list(on_route) == list(answers):
        return here, ()
    dropped = tuple(
        AnswerDropped(key, answer) for key, answer in answers.items() if key not in on_route
    )
    return here.now(replace(here.session, answers=on_route)), dropped


def miss(here: Position, question: Question, misread: Misread, text: str = "") -> Sprint:
    """The reply was no answer: nothing is stored and `question` is asked again.

    `text` is handed back where it would otherwise be lost.
    """
    again = question == here.current
    arrived = here.session if again else _arrive(here, question)
    session = replace(arrived, stage=Stage.ASKING, misses=arrived.misses + 1)
    refused = NotUnderstood(
        question.key, misread.miss, session.misses, misread.suggestions, _kept(question, text)
    )
    return Sprint(session, (refused, here.now(session).asked(question, Why.AGAIN)))


def _arrive(here: Position, question: Question) -> Session:
    several = question.type is QuestionType.SELECT_MULTIPLE
    return replace(
        here.session,
        stage=Stage.ASKING,
        current=question.key,
        selected=here.selected(question) if several else (),
        misses=0,
    )


def _holds(here: Position, question: Question, answer: Answer) -> bool:
    if answer.state is not State.ANSWERED or answer.value is None:
        return True
    value = answer.value
    this = value if isinstance(value, str) else " ".join(value)
    values = {**here.route.values, question.key: value}
    return is_true(question.constraint, values, here.today, this)


def _kept(question: Question, text: str) -> str:
    # Only a comment takes effort to type again, and other replies may hold anything.
    return clean(text) if question.type is QuestionType.TEXT else ""
