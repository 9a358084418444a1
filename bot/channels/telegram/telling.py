"""One outgoing turn with what its words need: texts in its language, answers in words."""

from dataclasses import dataclass
from datetime import date

from bot.channels.telegram.wording import STATES
from bot.ports import Outgoing
from bot.words import Words
from surveys.model import Choice, Labels, Question, Questionnaire, QuestionType, in_language
from surveys.route import choices_offered
from surveys.session import Answer, Session


@dataclass(frozen=True)
class Telling:
    """The conversation a message is about, as it stands now."""

    form: Questionnaire
    session: Session
    run: str

    @classmethod
    def of(cls, outgoing: Outgoing) -> "Telling":
        """What an outbox row brought.

        Raises:
            ValueError: it is not the row of a conversation that still stands.
        """
        form, session, run = outgoing.questionnaire, outgoing.session, outgoing.run
        if form is None or session is None or run is None:
            raise ValueError(
                f"message {outgoing.id} ({outgoing.message_key}) has no conversation to word:"
                " the round was cut from its invitations before it was sent"
            )
        return cls(form, session, run)

    @property
    def words(self) -> Words:
        """The interface in the session's language."""
        return Words(self.session.language)

    def text(self, labels: Labels) -> str:
        """The text in the session's language."""
        return in_language(labels, self.session.language, self.form.default_language)

    def question(self, key: str) -> Question:
        """The question or note with this key.

        Raises:
            KeyError: the questionnaire has none; events name only its own.
        """
        found = self.form.question(key)
        if found is None:
            raise KeyError(key)
        return found

    def label(self, key: str) -> str:
        """Its words."""
        return self.text(self.question(key).labels)

    def is_first(self, question: Question) -> bool:
        """Whether there is nothing to go back to."""
        return question == next((each for each in self.form.questions if each.is_answerable), None)

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """The choices offered in this round."""
        return choices_offered(question, self.session.frame)

    def in_words(self, key: str, answer: Answer) -> str:
        """An answer as a parent would say it."""
        if answer.value is None:
            return self.words.say(STATES[answer.state])
        question = self.question(key)
        codes = answer.value if isinstance(answer.value, tuple) else (answer.value,)
        return self.words.listed(self.named(question, codes))

    def named(self, question: Question, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The labels of these codes; a date in words; any other text stands for itself."""
        if question.type is QuestionType.DATE:
            return tuple(self.words.day(date.fromisoformat(code)) for code in codes)
        labels = {choice.code: self.text(choice.labels) for choice in self.choices(question)}
        return tuple(labels.get(code, code) for code in codes)

    def answers(self) -> list[tuple[Question, Answer]]:
        """Every answer so far, in the order of the questionnaire."""
        given = self.session.answers
        return [(each, given[each.key]) for each in self.form.questions if each.key in given]
