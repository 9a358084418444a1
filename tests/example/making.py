"""An invented round: the demonstration's families, without their comments."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from analysis import export
from analysis.export import Format, Source, responses_export
from analysis.frames import as_frames
from analysis.release import build_release
from bot.demo.families import Parent, families
from surveys.catalogue import shipped
from surveys.inputs import Chosen
from surveys.model import Question, Questionnaire, QuestionType, State
from surveys.records import ResponseRecord, Round, RoundStatus
from tests.analysis.answers import AnswerRecord, columns_of

DOCS = Path(__file__).resolve().parents[2] / "docs"
FOLDER = DOCS / "example"
RELEASE, RESPONSES = "release.json", "responses.csv"
THRESHOLD = 10
MADE_ON = date(2027, 4, 1)


def write(folder: Path) -> None:
    """Write the round's release and its responses."""
    questionnaire = next(form for form in shipped() if form.key == "parental_confidence")
    answers = list(_answers(questionnaire))
    responses = [
        ResponseRecord(name, questionnaire.hash, "web", "en", date(2027, 3, 8), date(2027, 3, 8))
        for name in dict.fromkeys(answer.response_id for answer in answers)
    ]
    columns = columns_of(responses, answers)
    release = build_release(
        _round(questionnaire), questionnaire, columns, made_on=MADE_ON, code_version="example"
    )
    text = json.dumps(release, ensure_ascii=False, indent=1)
    (folder / RELEASE).write_text(text + "\n", encoding="utf-8")
    source = Source(
        release["round"]["name"], as_frames(questionnaire, columns), release["hash"], THRESHOLD
    )
    made = responses_export([release], [source], "example")
    export.write(made, Format.CSV, folder / RESPONSES)


def _round(questionnaire: Questionnaire) -> Round:
    return Round(
        id="example",
        name="Example round, March 2027",
        questionnaire_key=questionnaire.key,
        questionnaire_hash=questionnaire.hash,
        status=RoundStatus.CLOSED,
        opens_at=datetime(2027, 3, 1, 9, tzinfo=UTC),
        closes_at=datetime(2027, 3, 28, 22, 59, tzinfo=UTC),
        threshold=THRESHOLD,
        demonstration=True,
    )


def _answers(questionnaire: Questionnaire) -> Iterator[AnswerRecord]:
    for number, family in enumerate(families()):
        parent = Parent(family, number, questionnaire)
        for question in questionnaire.questions:
            if question.is_answerable and question.type is not QuestionType.TEXT:
                said = parent._answer(question)
                assert isinstance(said, Chosen)
                yield _record(f"family-{number:04}", question, said.code)


def _record(response: str, question: Question, code: str) -> AnswerRecord:
    choice = question.choice(code)
    state = choice.state if choice else State.ANSWERED
    return AnswerRecord(response, question.key, state, code if state is State.ANSWERED else None)
