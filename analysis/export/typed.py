"""The typed columns of a file of responses, from the questionnaires' own words."""

import re
from collections.abc import Mapping, Sequence

from analysis.export.columns import (
    FAR,
    JOINED,
    NOTHINGS,
    OTHER,
    PERSON,
    TICKED,
    Part,
    asked_in,
    named,
)
from analysis.export.columns import Column as Place
from analysis.export.model import STATES, Column, Type
from surveys.model import Labels, Question, Questionnaire, QuestionType, State, in_language
from surveys.phases import PROFILE_KEYS

TYPES = {
    QuestionType.SELECT_ONE: Type.CODE,
    QuestionType.INTEGER: Type.INTEGER,
    QuestionType.DECIMAL: Type.NUMBER,
    QuestionType.DATE: Type.DAY,
}
"""What a question's answers are; anything else is text."""

_SPAN = re.compile(r"^([0-9]+) ?[-\u2013] ?([0-9]+)$")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,8}")


def record_columns(versions: Sequence[Questionnaire]) -> tuple[Column, ...]:
    """Every column of responses to these versions (the last one last), in order."""
    questions = asked_in(versions)
    by_key = {question.key: question for question in questions}
    names = named(questions)
    person = [
        Column(key, title, Type.INTEGER if key == "participant" else Type.TEXT)
        for key, title in PERSON.items()
    ]
    return (*person, *(_column(p, by_key[p.question], names, versions) for p in names))


def version_names(versions: Sequence[Questionnaire]) -> dict[str, str]:
    """Each version's own name, by hash; with the hash's beginning where two are alike."""
    by_hash = {version.hash: version.version for version in versions}
    names = list(by_hash.values())
    return {
        content: name if names.count(name) == 1 else f"{name} ({content[:8]})"
        for content, name in by_hash.items()
    }


def words(labels: Labels, language: str) -> str:
    """The label; "5-11" is written "5 to 11", which no spreadsheet takes for a day."""
    return _SPAN.sub(r"\1 to \2", in_language(labels, language, language))


def numbers_of(question: Question) -> dict[str, int]:
    """The number of each code: itself where all are whole numbers, else 1, 2, 3 in order.

    The code of profiles that are joined comes after the last.
    """
    codes = [choice.code for choice in question.choices if choice.state is State.ANSWERED]
    whole = all(_WHOLE.fullmatch(code) for code in codes)
    numbers = {code: int(code) if whole else n for n, code in enumerate(codes, start=1)}
    if question.key in PROFILE_KEYS:
        numbers[OTHER] = max(numbers.values(), default=0) + 1
    return numbers


def missing_of(question: Question) -> dict[str, tuple[int, str]]:
    """The number and words of each kind of nothing in a column of this question."""
    far = FAR if question.type in {QuestionType.INTEGER, QuestionType.DECIMAL} else 0
    return {state.value: (number + far, STATES[state]) for state, number in NOTHINGS.items()}


def _column(
    place: Place,
    question: Question,
    names: Mapping[Place, str],
    versions: Sequence[Questionnaire],
) -> Column:
    title = _title(question.key, versions)
    reason, missing = names[Place(question.key, Part.STATE)], missing_of(question)
    match place.part:
        case Part.STATE:
            return _state(names[place], title, question)
        case Part.BOX:
            box = _choice_words(question.key, place.code, versions)
            return Column(
                names[place], f"{title} {box}", Type.INTEGER, labels=TICKED,
                reason=reason, missing=missing,
            )  # fmt: skip
    kind = TYPES.get(question.type, Type.TEXT)
    coded = kind is Type.CODE
    return Column(
        names[place], title, kind, labels=_labels(question, versions) if coded else {},
        numbers=numbers_of(question) if coded else {}, reason=reason, missing=missing,
    )  # fmt: skip


def _state(name: str, title: str, question: Question) -> Column:
    labels = {state.value: text for state, text in STATES.items()}
    numbers = {State.ANSWERED.value: 0, **{s.value: n for s, n in NOTHINGS.items()}}
    if question.key in PROFILE_KEYS:
        labels[OTHER], numbers[OTHER] = JOINED, 1
    return Column(name, f"State: {title}", Type.CODE, labels=labels, numbers=numbers)


def _title(key: str, versions: Sequence[Questionnaire]) -> str:
    found = {v.hash: v.question(key) for v in versions}
    return _by_version(
        {v.hash: words(q.labels, v.default_language) for v in versions if (q := found[v.hash])},
        versions,
    )


def _labels(question: Question, versions: Sequence[Questionnaire]) -> dict[str, str]:
    labels = {
        choice.code: _choice_words(question.key, choice.code, versions)
        for choice in question.choices
        if choice.state is State.ANSWERED
    }
    return {**labels, OTHER: JOINED} if question.key in PROFILE_KEYS else labels


def _choice_words(key: str, code: str, versions: Sequence[Questionnaire]) -> str:
    said = {}
    for version in versions:
        question = version.question(key)
        choice = question.choice(code) if question else None
        if choice:
            said[version.hash] = words(choice.labels, version.default_language)
    return _by_version(said, versions)


def _by_version(said: Mapping[str, str], versions: Sequence[Questionnaire]) -> str:
    """The words; those of each version where they differ, so that an answer keeps its own."""
    if len(set(said.values())) == 1:
        return next(iter(said.values()))
    names = version_names(versions)
    return "; ".join(f"version {names[content]}: {text}" for content, text in said.items())
