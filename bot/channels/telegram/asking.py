"""How a question is put: the first time in full, after one miss in short, then in full again."""

from collections.abc import Sequence

from bot.channels.telegram import keyboards, wording
from bot.channels.telegram.keyboards import Keyboard
from bot.channels.telegram.markup import bold, safe
from bot.channels.telegram.telling import Telling
from surveys.events import NotUnderstood, QuestionAsked, Why
from surveys.model import Question, QuestionType

IN_FULL_AGAIN = 2
"""From this miss in a row on, the whole question is shown again."""


def words(
    told: Telling,
    event: QuestionAsked,
    misses: Sequence[NotUnderstood],
    help_numbers: tuple[str, ...],
) -> str:
    """The question as HTML."""
    question = told.question(event.key)
    if _is_short(misses):
        return bold(told.text(question.labels))
    notes = [safe(told.label(key)) for key in event.notes]
    paragraphs = (
        *notes,
        wording.not_watched(told.words, help_numbers) if question.type is QuestionType.TEXT else "",
        f"{wording.progress(told.words, event)}\n{bold(told.text(question.labels))}",
        safe(told.text(question.hints)),
        _listed(told, question),
        _how(told, question),
        _given(told, event, question),
    )
    return "\n\n".join(each for each in paragraphs if each)


def buttons(told: Telling, event: QuestionAsked, misses: Sequence[NotUnderstood]) -> Keyboard:
    """Its choices: only the likely ones after one near miss, where one tap answers."""
    question = told.question(event.key)
    is_one = question.type is not QuestionType.SELECT_MULTIPLE
    only = misses[-1].suggestions if is_one and _is_short(misses) else ()
    return keyboards.question(told, question, event.selected, only)


def _is_short(misses: Sequence[NotUnderstood]) -> bool:
    return bool(misses) and misses[-1].attempt < IN_FULL_AGAIN


def _listed(told: Telling, question: Question) -> str:
    if not keyboards.are_long(told, question):
        return ""
    pairs = zip(keyboards.marks(told, question), told.choices(question), strict=True)
    lines = [(mark, safe(told.text(choice.labels))) for mark, choice in pairs]
    return "\n".join(f"{mark} – {label}" if mark else label for mark, label in lines)


def _how(told: Telling, question: Question) -> str:
    if question.type is QuestionType.SELECT_MULTIPLE:
        return wording.how_to_tick(told.words)
    if question.type in {QuestionType.SELECT_ONE, QuestionType.ACKNOWLEDGE}:
        return ""
    return wording.how_to_type(told.words, required=question.required)


def _given(told: Telling, event: QuestionAsked, question: Question) -> str:
    """Words given before; choices given before are ticked on their buttons."""
    is_open = event.why in {Why.BACK, Why.CHANGING}
    if told.choices(question) or not event.selected or not is_open:
        return ""
    return wording.given(told.words, *told.named(question, event.selected[:1]))
