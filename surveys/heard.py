"""Which answers are a comment that a person must read, and what the rules find in it."""

from surveys.concern import Concern, concern
from surveys.events import AnswerRecorded
from surveys.model import Questionnaire, QuestionType, State


def heard(questionnaire: Questionnaire, recorded: AnswerRecorded, language: str) -> Concern | None:
    """What the rules find in a recorded answer, or `None` where it is no comment."""
    question = questionnaire.question(recorded.key)
    text = recorded.answer.value
    if question is None or question.type is not QuestionType.TEXT:
        return None
    if recorded.answer.state is not State.ANSWERED or not isinstance(text, str):
        return None
    return concern(text, language)
