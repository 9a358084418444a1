"""One row a response, coded, for an analyst who may hold such a file.

What could point at a family is not in it: no comments, no times, no ids, no order of
arrival; profiles that too few share are joined.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.errors import ExportRefused
from analysis.export.columns import PERSON, asked_in, boxes, named
from analysis.export.csv_text import Cell, write_csv
from analysis.export.profiles import joined, joined_within
from analysis.fitting import check_fit
from surveys.model import Question, Questionnaire, QuestionType, State
from surveys.phases import PROFILE_KEYS
from surveys.records import AnswerRecord, ResponseRecord

Given = Mapping[str, AnswerRecord]


@dataclass(frozen=True)
class _Person:
    """One response as it is written: its columns before the questions, and its answers."""

    version: Questionnaire
    before: list[Cell]
    profile: Mapping[str, tuple[str, str]]
    given: Given


def responses_csv(
    questionnaire: Questionnaire,
    responses: Sequence[ResponseRecord],
    answers: Sequence[AnswerRecord],
    *,
    order_key: str,
    threshold: int,
    earlier: Sequence[Questionnaire] = (),
) -> str:
    """The file. Each question has its code and, beside it, the state of its answer.

    `earlier` are the versions before `questionnaire` that responses may have answered.
    Rows stand in an order made from `order_key` (the release's hash) and the response's
    random id, so two files of one release agree and no order of arrival shows. "Choose
    all that apply" has a column of 1, 0 or blank for every box.

    Raises:
        ExportRefused: there are fewer than `threshold` responses, or a question has
            another type in another version.
        AnswersRefused: an answer does not fit these versions.
    """
    if len(responses) < threshold:
        raise ExportRefused(
            f"This round has fewer than {threshold} responses: a file of them would show"
            " who they are. Use: sendvoice export metrics"
        )
    versions = [*earlier, questionnaire]
    check_fit(versions, responses, answers)
    questions = asked_in(versions)
    header = [*PERSON, *named(questions).values()]
    people = _people(versions, responses, answers, order_key, threshold)
    return write_csv(header, (_row(questions, person) for person in people))


def _people(
    versions: Sequence[Questionnaire],
    responses: Sequence[ResponseRecord],
    answers: Sequence[AnswerRecord],
    order_key: str,
    threshold: int,
) -> Iterator[_Person]:
    by_hash = {version.hash: version for version in versions}
    given: dict[str, dict[str, AnswerRecord]] = {response.id: {} for response in responses}
    for answer in answers:
        given[answer.response_id][answer.question_key] = answer
    profiles = joined({r.id: _profile(given[r.id]) for r in responses}, threshold)
    modes = joined_within(profiles, {r.id: (r.mode, r.language) for r in responses}, threshold)
    shuffled = sorted(responses, key=lambda response: _place(order_key, response.id))
    for number, response in enumerate(shuffled, start=1):
        version = by_hash[response.questionnaire_hash]
        yield _Person(
            version=version,
            before=[number, version.version, *modes[response.id]],
            profile=_by_key(profiles[response.id]),
            given=given[response.id],
        )


def _profile(given: Given) -> tuple[str, ...]:
    # The state counts too: the one parent who skipped a question must not stand out among
    # those who were never asked it.
    return tuple(part for key in PROFILE_KEYS for part in _code_and_state(given.get(key)))


def _code_and_state(answer: AnswerRecord | None) -> tuple[str, str]:
    """The code, "" unless answered, and the state; no row is a question not asked."""
    if answer is None:
        return "", State.NOT_ASKED.value
    return (answer.value or "") if answer.state is State.ANSWERED else "", answer.state.value


def _by_key(combination: Sequence[str]) -> dict[str, tuple[str, str]]:
    pairs = zip(combination[::2], combination[1::2], strict=True)
    return dict(zip(PROFILE_KEYS, pairs, strict=True))


def _place(order_key: str, response_id: str) -> str:
    return hashlib.sha256(f"{order_key}\n{response_id}".encode()).hexdigest()


def _row(questions: Sequence[Question], person: _Person) -> list[Cell]:
    row = list(person.before)
    for question in questions:
        row += _cells(question, person)
    return row


def _cells(question: Question, person: _Person) -> list[Cell]:
    if question.key in person.profile:
        shown, state = person.profile[question.key]
        return [shown or None, state]
    code, state = _code_and_state(person.given.get(question.key))
    value = code if state == State.ANSWERED else None
    if question.type is QuestionType.SELECT_MULTIPLE:
        return [*_ticks(question, person.version, value), state]
    return [_number_or_text(question, value), state]


def _ticks(question: Question, version: Questionnaire, value: str | None) -> list[Cell]:
    """1 or 0 for the boxes that this person saw and answered; blank for the others."""
    own = version.question(question.key)
    if value is None or own is None:
        return [None for _ in boxes(question)]
    ticked = set(value.split(" "))
    return [int(each.code in ticked) if own.choice(each.code) else None for each in boxes(question)]


def _number_or_text(question: Question, value: str | None) -> Cell:
    """A number only where the question asks for one: the code "01" is not 1."""
    if not value or question.type not in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        return value
    return float(value) if "." in value else int(value)
