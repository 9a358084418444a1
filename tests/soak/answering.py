"""What a parent says to a question, chosen at random."""

import random
from dataclasses import dataclass

from surveys.choices import many_chosen, one_chosen
from surveys.model import Question, QuestionType, State
from surveys.position import Position
from surveys.session import Answer

_COMMENTS = (
    "The speech sessions on a Tuesday.",
    "Her class teacher listens & writes <back>.",
    "Śniadania i zajęcia. شكرا",
    "We get on well 😀",
)


@dataclass(frozen=True)
class Reply:
    """An answer, the codes or the text that give it, and how it is typed in a chat."""

    answer: Answer
    values: tuple[str, ...]
    typed: str


def reply(dice: random.Random, here: Position, question: Question) -> Reply:
    """Any answer to the question."""
    match question.type:
        case QuestionType.SELECT_ONE:
            choice = dice.choice(here.choices(question))
            return Reply(one_chosen(choice), (choice.code,), choice.labels["en"])
        case QuestionType.SELECT_MULTIPLE:
            return _boxes(dice, here, question)
        case QuestionType.INTEGER:
            number = str(dice.randint(0, 40))
            return _written(number, number)
        case QuestionType.DATE:
            day, month = dice.randint(1, 28), dice.randint(1, 12)
            return _written(f"2025-{month:02d}-{day:02d}", f"{day}/{month}/2025")
        case _:
            text = f"{dice.choice(_COMMENTS)} {dice.randint(1, 999_999)}"
            return _written(text, text)


def _boxes(dice: random.Random, here: Position, question: Question) -> Reply:
    choices = here.choices(question)
    picked = [each for each in choices if dice.random() < 0.5] or [choices[0]]
    answer = many_chosen(picked)
    assert answer is not None
    codes = tuple(each.code for each in picked)
    return Reply(answer, codes, ", ".join(each.labels["en"] for each in picked))


def _written(value: str, typed: str) -> Reply:
    return Reply(Answer(State.ANSWERED, value), (typed,), typed)
