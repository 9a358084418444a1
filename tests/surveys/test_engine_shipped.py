"""The shipped questionnaires can be answered to the end, by tapping and by typing."""

import pytest

from surveys.catalogue import shipped
from surveys.engine import start, step
from surveys.events import AnswerRecorded
from surveys.inputs import Chosen, NoticeAcknowledged, Skipped, Submitted
from surveys.model import Questionnaire, QuestionType
from surveys.route import choices_offered
from surveys.session import Frame, Stage
from surveys.understanding import Understood, understand
from tests.builders import NOW

FORMS = shipped()
SELECTS = {QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("moment", ["", "before", "after"])
@pytest.mark.parametrize("which", [0, -1])
def test_it_is_answered_to_the_end(form: Questionnaire, moment: str, which: int) -> None:
    session = step(form, start(form, "en", Frame(moment)), NoticeAcknowledged(), NOW).session
    while session.stage is Stage.ASKING:
        question = form.question(session.current or "")
        assert question is not None
        offered = choices_offered(question, session.frame)
        tap = Chosen(question.key, offered[which].code) if offered else Skipped(question.key)
        sprint = step(form, session, tap, NOW)
        assert isinstance(sprint.events[0], AnswerRecorded)
        session = sprint.session

    assert step(form, session, Submitted(), NOW).session.stage is Stage.FINISHED


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_every_label_typed_is_its_own_choice(form: Questionnaire) -> None:
    for question in (each for each in form.questions if each.type in SELECTS):
        for choice in question.choices:
            for language, label in choice.labels.items():
                reading = understand(question, label, language, "en", question.choices)
                assert isinstance(reading, Understood), (question.key, label)
