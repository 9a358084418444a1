"""The codebook: what every column and code of the responses file means."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analysis.export.columns import PERSON, Column, Part, asked_in, boxes, named
from analysis.export.csv_text import Cell, write_csv
from analysis.export.profiles import OTHER
from surveys.model import Labels, Question, Questionnaire, QuestionType, State, in_language
from surveys.phases import PROFILE_KEYS

HEADER = (
    "variable", "label", "type", "code", "code_label", "state", "score",
    "reverse", "construct", "index", "anchor", "moment", "questionnaire_version",
)  # fmt: skip

STATES = {
    State.ANSWERED: "Answered",
    State.DONT_KNOW: "Don't know",
    State.DOES_NOT_APPLY: "Does not apply",
    State.SKIPPED: "Skipped",
    State.NOT_ASKED: "Not asked, or not reached",
}
JOINED = "Other: too few people share this profile for it to be shown"
_SPAN = re.compile(r"^([0-9]+) ?[-\u2013] ?([0-9]+)$")
TICKED = {"1": "Ticked", "0": "Not ticked"}


@dataclass(frozen=True)
class _Code:
    """One code of a variable, or (all empty) the variable itself."""

    code: str | None = None
    label: str | None = None
    state: str | None = None
    score: int | None = None


def codebook_csv(questionnaire: Questionnaire, *earlier: Questionnaire) -> str:
    """One row a column of the responses file, then one row a code of it.

    `earlier` are versions before this one that the round's responses may have answered; a
    code stands once for each version, with that version's words.
    """
    rows = [_person_row(variable, label) for variable, label in PERSON.items()]
    versions = [*earlier, questionnaire]
    names = named(asked_in(versions))
    for version in versions:
        for question in asked_in([version]):
            rows += _rows(question, version, names)
    return write_csv(HEADER, rows)


def _person_row(variable: str, label: str) -> list[Cell]:
    return [variable, label, "integer" if variable == "participant" else "text", *[None] * 10]


def _rows(
    question: Question, version: Questionnaire, names: Mapping[Column, str]
) -> Iterator[list[Cell]]:
    language = version.default_language
    label = _words(question.labels, language)
    about = _about(question)
    if question.type is QuestionType.SELECT_MULTIPLE:
        for choice in boxes(question):
            name = names[Column(question.key, Part.BOX, choice.code)]
            words = f"{label} {_words(choice.labels, language)}"
            ticks = [_Code(code, ticked, State.ANSWERED.value) for code, ticked in TICKED.items()]
            yield from _variable([name, words, question.type.value], ticks, about, version)
    else:
        codes = [
            _Code(c.code, _words(c.labels, language), c.state.value, c.score)
            for c in question.choices
        ]
        head: list[Cell] = [names[Column(question.key, Part.CODE)], label, question.type.value]
        yield from _variable(head, [*codes, *_joined(question)], about, version)
    states = [_Code(state.value, words, state.value) for state, words in STATES.items()]
    head = [names[Column(question.key, Part.STATE)], f"State: {label}", "state"]
    yield from _variable(head, [*states, *_joined(question)], [None] * len(about), version)


def _joined(question: Question) -> list[_Code]:
    return [_Code(OTHER, JOINED, OTHER)] if question.key in PROFILE_KEYS else []


def _words(labels: Labels, language: str) -> str:
    """The label; "5-11" is written "5 to 11", which no spreadsheet takes for a day."""
    return _SPAN.sub(r"\1 to \2", in_language(labels, language, language))


def _about(question: Question) -> list[Cell]:
    return [
        "yes" if question.reverse else "no",
        question.construct,
        "yes" if question.index else "no",
        "yes" if question.anchor else "no",
        question.moment,
    ]


def _variable(
    head: Sequence[Cell], codes: Sequence[_Code], about: Sequence[Cell], version: Questionnaire
) -> Iterator[list[Cell]]:
    for each in (_Code(), *codes):
        yield [*head, each.code, each.label, each.state, each.score, *about, version.version]
