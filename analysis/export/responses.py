"""One row a response, coded, for an analyst who may hold such a file.

What could point at a family is not in it: no comments, no times, no ids, no order of
arrival; combinations of phase, setting and provision that too few share are joined.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.errors import ExportRefused
from analysis.export.csv_text import Cell, write_csv
from surveys.model import Question, Questionnaire, QuestionType, State
from surveys.phases import PROFILE_KEYS
from surveys.records import AnswerRecord, ResponseRecord

OTHER = "other"
STATE = "_state"

Given = Mapping[str, AnswerRecord]


@dataclass(frozen=True)
class _Person:
    """One response as it is written: a running number, its profile, its answers by key."""

    number: int
    mode: str
    language: str
    profile: Mapping[str, str]
    given: Given


def responses_csv(
    questionnaire: Questionnaire,
    responses: Sequence[ResponseRecord],
    answers: Sequence[AnswerRecord],
    *,
    order_key: str,
    threshold: int,
) -> str:
    """The file. Each question has its code and, beside it, the state of its answer.

    Rows stand in an order made from `order_key` (the release's hash) and the response's
    random id, so two files of one release agree and no order of arrival shows. "Choose
    all that apply" has a column of 1, 0 or blank for every choice.

    Raises:
        ExportRefused: there are fewer than `threshold` responses.
    """
    if len(responses) < threshold:
        raise ExportRefused(
            f"This round has fewer than {threshold} responses: a file of them would show"
            " who they are. Use: sendvoice export metrics"
        )
    questions = [q for q in questionnaire.questions if q.is_answerable and _may_travel(q)]
    header = ["participant", "questionnaire_version", "mode", "language"]
    header += [column for question in questions for column in _columns(question)]
    people = _people(responses, answers, order_key, threshold)
    return write_csv(header, (_row(questionnaire, questions, person) for person in people))


def _people(
    responses: Sequence[ResponseRecord],
    answers: Sequence[AnswerRecord],
    order_key: str,
    threshold: int,
) -> Iterator[_Person]:
    by_response: dict[str, dict[str, AnswerRecord]] = {response.id: {} for response in responses}
    for answer in answers:
        by_response[answer.response_id][answer.question_key] = answer
    profiles = _joined({r.id: _profile(by_response[r.id]) for r in responses}, threshold)
    modes = _joined({r.id: (r.mode, r.language) for r in responses}, threshold)
    shuffled = sorted(responses, key=lambda response: _place(order_key, response.id))
    for number, response in enumerate(shuffled, start=1):
        mode, language = modes[response.id]
        profile = dict(zip(PROFILE_KEYS, profiles[response.id], strict=True))
        yield _Person(number, mode, language, profile, by_response[response.id])


def _joined(
    combinations: Mapping[str, tuple[str, ...]], threshold: int
) -> dict[str, tuple[str, ...]]:
    """Each response's combination, or "other" throughout where too few share it.

    The joined ones must themselves be at least `threshold`: the next rarest join them
    until they are.
    """
    counts = Counter(combinations.values())
    rarest_first = sorted(counts, key=lambda combination: (counts[combination], combination))
    joined: set[tuple[str, ...]] = set()
    people = 0
    for combination in rarest_first:
        if counts[combination] >= threshold and (people == 0 or people >= threshold):
            break
        joined.add(combination)
        people += counts[combination]
    return {
        response: (OTHER,) * len(combination) if combination in joined else combination
        for response, combination in combinations.items()
    }


def _profile(given: Given) -> tuple[str, ...]:
    return tuple((given[key].value or "") if key in given else "" for key in PROFILE_KEYS)


def _place(order_key: str, response_id: str) -> str:
    return hashlib.sha256(f"{order_key}\n{response_id}".encode()).hexdigest()


def _may_travel(question: Question) -> bool:
    # A parent's own words can name a child; they travel apart, after a person has read them.
    return question.type is not QuestionType.TEXT


def _columns(question: Question) -> list[str]:
    if question.type is QuestionType.SELECT_MULTIPLE:
        ticks = [f"{question.key}_{choice.code}" for choice in question.choices]
        return [*ticks, question.key + STATE]
    return [question.key, question.key + STATE]


def _row(
    questionnaire: Questionnaire, questions: Sequence[Question], person: _Person
) -> list[Cell]:
    row: list[Cell] = [person.number, questionnaire.version, person.mode, person.language]
    for question in questions:
        row += _cells(question, person)
    return row


def _cells(question: Question, person: _Person) -> list[Cell]:
    answer = person.given.get(question.key)
    state = State.NOT_ASKED if answer is None else answer.state
    value = answer.value if answer else None
    if question.key in person.profile:
        shown = person.profile[question.key]
        return [shown or None, OTHER if shown == OTHER else state.value]
    if question.type is QuestionType.SELECT_MULTIPLE:
        return [*_ticks(question, value), state.value]
    return [_number_or_text(value), state.value]


def _ticks(question: Question, value: str | None) -> list[Cell]:
    if value is None:
        return [None] * len(question.choices)
    ticked = set(value.split(" "))
    return [int(choice.code in ticked) for choice in question.choices]


def _number_or_text(value: str | None) -> Cell:
    return int(value) if value is not None and value.isascii() and value.isdigit() else value
