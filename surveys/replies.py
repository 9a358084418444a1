"""What each kind of reply does once the notice is acknowledged and nothing is sent yet."""

from dataclasses import replace

from surveys.choices import many_chosen, one_chosen, ticked
from surveys.commands import Command
from surveys.events import Finished, Miss, SelectionChanged, Why
from surveys.inputs import Chosen, Filled, Revisited, SelectionDone, Skipped, Toggled, WentBack
from surveys.matching import MOST_SUGGESTIONS
from surveys.model import Question, QuestionType, State
from surveys.position import Position
from surveys.session import Answer, Stage
from surveys.turns import Sprint, ask_at, drop, ignore, miss, record, resume, stay
from surveys.understanding import Misread, Understood, understand
from surveys.wanted import wanted

_ONE_CHOICE = frozenset({QuestionType.SELECT_ONE, QuestionType.ACKNOWLEDGE})


def chosen(here: Position, said: Chosen) -> Sprint:
    """A choice was tapped, perhaps of an old question."""
    question = here.route.question(said.key)
    if question is None or question.type not in _ONE_CHOICE:
        return ignore(here, said.key)
    for choice in here.choices(question):
        if choice.code == said.code:
            return record(here, question, one_chosen(choice))
    return ignore(here, said.key)


def toggled(here: Position, said: Toggled) -> Sprint:
    """A box was set. A question that was not being asked now is, unless nothing changed."""
    question = here.route.question(said.key)
    if question is None or question.type is not QuestionType.SELECT_MULTIPLE:
        return ignore(here, said.key)
    choices = here.choices(question)
    if said.code not in {choice.code for choice in choices}:
        return ignore(here, said.key)
    before = here.selected(question)
    selected = ticked(choices, before, said.code, on=said.on)
    changed = SelectionChanged(question.key, selected)
    if selected == before and question != here.current:
        return stay(here, changed)
    session = replace(
        here.session, stage=Stage.ASKING, current=question.key, selected=selected, misses=0
    )
    return Sprint(session, (changed,))


def selection_done(here: Position, said: SelectionDone) -> Sprint:
    """The boxes ticked are the answer. "None of these" is a box: no box is no answer."""
    question = here.route.question(said.key)
    if question is None or question.type is not QuestionType.SELECT_MULTIPLE:
        return ignore(here, said.key)
    if question != here.current:
        # The second of two taps on "Done".
        return stay(here) if question.key in here.session.answers else ignore(here, said.key)
    return _boxes(here, question, here.session.selected)


def filled(here: Position, said: Filled) -> Sprint:
    """A form was posted for one question, which may not be the one being asked."""
    question = here.route.question(said.key)
    if question is None:
        return ignore(here, said.key)
    given = tuple(value for value in said.values if value.strip())
    if not given:
        return miss(here, question, Misread(Miss.EMPTY))
    if question.type is QuestionType.SELECT_MULTIPLE:
        return _boxes(here, question, given)
    if len(given) > 1:
        return miss(here, question, Misread(Miss.NO_MATCH))
    if question.type in _ONE_CHOICE:
        return _button(here, question, given[0])
    return _read(here, question, given[0])


def skipped(here: Position, said: Skipped) -> Sprint:
    """The parent would rather not answer."""
    question = here.route.question(said.key)
    return ignore(here, said.key) if question is None else _skip(here, question)


def went_back(here: Position, said: WentBack) -> Sprint:
    """Back to the question before; from the review, to the last one."""
    if said.key is None:
        return (
            ask_at(here, here.before(here.current), Why.BACK)
            if here.route.questions
            else resume(here)
        )
    tapped = here.route.question(said.key)
    if not here.route.questions or (said.key and tapped is None):
        return ignore(here, said.key)
    target = here.before(tapped)
    if target == here.current != tapped:
        # The second of two taps on "Back".
        return stay(here)
    return ask_at(here, target, Why.BACK)


def typed(here: Position, text: str) -> Sprint:
    """Words for the question being asked, or a command."""
    asked_for = wanted(here, text)
    question = here.current
    if asked_for is Command.BACK:
        return went_back(here, WentBack())
    if question is None:
        return submitted(here) if asked_for is Command.SEND else resume(here)
    if asked_for is Command.SKIP:
        return _skip(here, question)
    return _read(here, question, text)


def unreadable(here: Position) -> Sprint:
    """A photo, a sticker, a voice note: nothing of it is kept."""
    if here.current is None:
        return resume(here)
    return miss(here, here.current, Misread(Miss.UNREADABLE))


def submitted(here: Position) -> Sprint:
    """The answers are sent, unless one is missing or boxes are ticked but not yet done."""
    if here.unanswered or _is_ticking(here):
        return resume(here)
    kept, dropped = drop(here)
    session = replace(kept.session, stage=Stage.FINISHED, current=None, selected=(), misses=0)
    return Sprint(session, (*dropped, Finished()))


def revisited(here: Position, said: Revisited) -> Sprint:
    """The parent wants to change one answer."""
    question = here.route.question(said.key)
    return ask_at(here, question, Why.CHANGING) if question else ignore(here, said.key)


def _button(here: Position, question: Question, code: str) -> Sprint:
    for choice in here.choices(question):
        if choice.code == code:
            return record(here, question, one_chosen(choice))
    return miss(here, question, Misread(Miss.NO_MATCH))


def _boxes(here: Position, question: Question, codes: tuple[str, ...]) -> Sprint:
    if not codes:
        return miss(here, question, Misread(Miss.REQUIRED if question.required else Miss.EMPTY))
    picked = tuple(choice for choice in here.choices(question) if choice.code in codes)
    if {choice.code for choice in picked} != set(codes):
        return miss(here, question, Misread(Miss.NO_MATCH))
    answer = many_chosen(picked)
    if answer is None:
        likely = tuple(choice.code for choice in picked)[:MOST_SUGGESTIONS]
        return miss(here, question, Misread(Miss.NEAR_MISS, likely))
    return record(here, question, answer)


def _read(here: Position, question: Question, text: str) -> Sprint:
    reading = understand(
        question,
        text,
        here.session.language,
        here.questionnaire.default_language,
        here.choices(question),
    )
    if isinstance(reading, Understood):
        return record(here, question, reading.answer, text)
    return miss(here, question, reading, text)


def _skip(here: Position, question: Question) -> Sprint:
    if question.required:
        return miss(here, question, Misread(Miss.REQUIRED))
    return record(here, question, Answer(State.SKIPPED))


def _is_ticking(here: Position) -> bool:
    question = here.current
    if question is None or question.type is not QuestionType.SELECT_MULTIPLE:
        return False
    return here.session.selected != here.given(question)
