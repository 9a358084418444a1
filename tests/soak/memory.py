"""What a parent knows: where the conversation must stand, and what was answered last.

The engine runs beside the service on the same inputs, so that a parent knows what to
wait for. What a parent meant is written down apart from it: both must agree with
the database at the end.
"""

from datetime import UTC, datetime

from surveys import engine
from surveys.events import AnswerDropped, AnswerRecorded, Event
from surveys.inputs import Input
from surveys.model import Questionnaire, State
from surveys.position import Position, date_in_england, stand
from surveys.session import Answer, Frame, Session, Stage

NOT_ASKED = Answer(State.NOT_ASKED)


class Memory:
    """One parent's."""

    def __init__(self, form: Questionnaire) -> None:
        self.form = form
        self.session: Session = engine.start(form, form.default_language, Frame())
        self.meant: dict[str, Answer] = {}
        self.events: tuple[Event, ...] = ()

    def does(self, said: Input, meant: tuple[str, Answer] | None = None) -> tuple[Event, ...]:
        """One input, with the answer that the parent means by it; what must come of it."""
        now = datetime.now(UTC)  # noqa: TID251 - a parent has a clock
        sprint = engine.step(self.form, self.session, said, now)
        self.session, self.events = sprint.session, sprint.events
        if meant is not None:
            self.meant[meant[0]] = meant[1]
        for event in sprint.events:
            if isinstance(event, AnswerDropped):
                self.meant[event.key] = NOT_ASKED
        return sprint.events

    @property
    def here(self) -> Position:
        """Where the parent is."""
        today = date_in_england(datetime.now(UTC))  # noqa: TID251 - a parent has a clock
        return stand(self.form, self.session, today)

    @property
    def stage(self) -> Stage:
        """The part of the conversation."""
        return self.session.stage

    def recorded(self) -> int:
        """How many answers the last input recorded."""
        return sum(isinstance(event, AnswerRecorded) for event in self.events)

    def expected(self) -> dict[str, Answer]:
        """Every row that the database must hold once the parent has finished."""
        asked = [each.key for each in self.form.questions if each.is_answerable]
        return {key: self.meant.get(key, NOT_ASKED) for key in asked}

    def disagreement(self) -> str:
        """Where what was meant is not what the engine made of it; "" where they agree."""
        meant = {key: answer for key, answer in self.meant.items() if answer != NOT_ASKED}
        given = dict(self.session.answers)
        wrong = sorted(key for key in meant | given if meant.get(key) != given.get(key))
        return ", ".join(wrong)
