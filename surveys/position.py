"""Where a session stands in its questionnaire on one day."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from surveys.choices import codes_of
from surveys.events import QuestionAsked, Why
from surveys.model import Choice, Question, Questionnaire, QuestionType
from surveys.route import Route, choices_offered, route
from surveys.session import Session

ENGLAND = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Position:
    """A session with the route its answers give. `today` is the date in England."""

    questionnaire: Questionnaire
    session: Session
    today: date
    route: Route

    @property
    def current(self) -> Question | None:
        """The question being asked, if it is still on the route."""
        return self.route.question(self.session.current)

    @property
    def unanswered(self) -> Question | None:
        """The first question on the route without an answer."""
        answers = self.session.answers
        return next((each for each in self.route.questions if each.key not in answers), None)

    def before(self, question: Question | None) -> Question:
        """The question before this one on the route, which is not empty.

        The first one has itself before it; the review (`None`) has the last one.
        """
        place = len(self.route.questions) if question is None else self._place(question)
        return self.route.questions[max(0, place - 1)]

    def choices(self, question: Question) -> tuple[Choice, ...]:
        """The choices of `question` offered in this session's round."""
        return choices_offered(question, self.session.frame)

    def given(self, question: Question) -> tuple[str, ...]:
        """What was answered to `question`, as a form shows it."""
        answer = self.session.answers.get(question.key)
        return codes_of(answer, self.choices(question))

    def selected(self, question: Question) -> tuple[str, ...]:
        """The boxes now ticked on `question`: the ones being ticked, else the ones given."""
        return self.session.selected if question == self.current else self.given(question)

    def asked(self, question: Question, why: Why) -> QuestionAsked:
        """The event of asking `question`, which is on the route."""
        several = question.type is QuestionType.SELECT_MULTIPLE
        return QuestionAsked(
            key=question.key,
            number=self._place(question) + 1,
            of=len(self.route.questions),
            why=why,
            notes=self.route.notes_before[question.key],
            selected=self.selected(question) if several else self.given(question),
        )

    def now(self, session: Session) -> "Position":
        """The same place after a change of session that leaves its answers alone."""
        return Position(self.questionnaire, session, self.today, self.route)

    def _place(self, question: Question) -> int:
        return self.route.questions.index(question)


def date_in_england(now: datetime) -> date:
    """The date on the wall in England at `now`, which carries its time zone."""
    return now.astimezone(ENGLAND).date()


def stand(questionnaire: Questionnaire, session: Session, today: date) -> Position:
    """Where `session` stands on the day `today`."""
    return Position(
        questionnaire,
        session,
        today,
        route(questionnaire, session.answers, session.frame, today),
    )
