"""The codebook: what every column and code of the responses file means."""

from collections.abc import Iterator

from analysis.export.csv_text import Cell, write_csv
from surveys.model import Choice, Question, Questionnaire, QuestionType, in_language

HEADER = (
    "variable", "label", "type", "code", "code_label", "state", "score",
    "reverse", "construct", "index", "anchor", "moment",
)  # fmt: skip


def codebook_csv(questionnaire: Questionnaire) -> str:
    """One row a question, then one row a code of it."""
    rows = [
        row
        for question in questionnaire.questions
        if question.is_answerable
        for row in _rows(question, questionnaire.default_language)
    ]
    return write_csv(HEADER, rows)


def _rows(question: Question, language: str) -> Iterator[list[Cell]]:
    label = in_language(question.labels, language, language)
    yield _row(question, question.key, label, None, language)
    for choice in question.choices:
        several = question.type is QuestionType.SELECT_MULTIPLE
        variable = f"{question.key}_{choice.code}" if several else question.key
        yield _row(question, variable, label, choice, language)


def _row(
    question: Question, variable: str, label: str, choice: Choice | None, language: str
) -> list[Cell]:
    about_code: list[Cell] = (
        [None, None, None, None]
        if choice is None
        else [
            choice.code,
            in_language(choice.labels, language, language),
            choice.state.value,
            choice.score,
        ]
    )
    return [
        variable,
        label,
        question.type.value,
        *about_code,
        "yes" if question.reverse else "no",
        question.construct,
        "yes" if question.index else "no",
        "yes" if question.anchor else "no",
        question.moment,
    ]
