"""The codebook: what every column and code of the responses file means."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.export.columns import PERSON, STATE, asked_in, box, boxes
from analysis.export.csv_text import Cell, write_csv
from analysis.export.profiles import OTHER
from surveys.model import Question, Questionnaire, QuestionType, State, in_language
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
    for version in (*earlier, questionnaire):
        for question in asked_in([version]):
            rows += _rows(question, version)
    return write_csv(HEADER, rows)


def _person_row(variable: str, label: str) -> list[Cell]:
    return [variable, label, "integer" if variable == "participant" else "text", *[None] * 10]


def _rows(question: Question, version: Questionnaire) -> Iterator[list[Cell]]:
    language = version.default_language
    label = in_language(question.labels, language, language)
    if question.type is QuestionType.SELECT_MULTIPLE:
        for choice in boxes(question):
            words = f"{label} {in_language(choice.labels, language, language)}"
            ticks = [_Code(code, ticked, State.ANSWERED.value) for code, ticked in TICKED.items()]
            yield from _variable(question, version, box(question, choice), words, ticks)
    else:
        codes = [
            _Code(c.code, in_language(c.labels, language, language), c.state.value, c.score)
            for c in question.choices
        ]
        codes += _joined(question)
        yield from _variable(question, version, question.key, label, codes)
    states = [_Code(state.value, words, state.value) for state, words in STATES.items()]
    yield from _variable(
        question, version, question.key + STATE, f"State: {label}", [*states, *_joined(question)]
    )


def _joined(question: Question) -> list[_Code]:
    return [_Code(OTHER, JOINED, OTHER)] if question.key in PROFILE_KEYS else []


def _variable(
    question: Question, version: Questionnaire, variable: str, label: str, codes: Sequence[_Code]
) -> Iterator[list[Cell]]:
    is_state = variable == question.key + STATE
    about: list[Cell] = [
        "yes" if question.reverse else "no",
        question.construct,
        "yes" if question.index else "no",
        "yes" if question.anchor else "no",
        question.moment,
    ]
    for each in (_Code(), *codes):
        yield [
            variable,
            label,
            "state" if is_state else question.type.value,
            each.code,
            each.label,
            each.state,
            each.score,
            *([None] * len(about) if is_state else about),
            version.version,
        ]
