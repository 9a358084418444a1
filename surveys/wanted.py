"""Whether a parent's words ask for something, or answer the question being asked."""

from surveys.commands import Command, command, has_stroke, may_answer
from surveys.model import QuestionType
from surveys.position import Position
from surveys.words import fold, squeeze


def wanted(here: Position, text: str) -> Command | None:
    """The command that is the whole of `text`, unless it is an answer here.

    A word that a choice of the question has as its label is that choice, and a word that
    a parent may write as a comment is a comment. With a stroke it is always the command.
    """
    found = command(text, here.session.language, here.questionnaire.default_language)
    if found is None or has_stroke(text):
        return found
    return None if _answers(here, text) else found


def _answers(here: Position, text: str) -> bool:
    question = here.current
    if question is None:
        return False
    if question.type is QuestionType.TEXT:
        return may_answer(text)
    languages = (here.session.language, here.questionnaire.default_language)
    labels = (
        choice.labels.get(language, "")
        for choice in here.choices(question)
        for language in languages
    )
    typed = squeeze(fold(text))
    return any(squeeze(fold(label)) == typed for label in labels)
