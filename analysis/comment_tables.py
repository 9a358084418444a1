"""A release's table of what comments sound like, by phase. A machine's guess, and called so."""

from typing import TYPE_CHECKING

import pandas as pd

from analysis import phase_tables
from analysis.frames import Answers
from analysis.phase_tables import Measure
from analysis.tables import Row
from surveys.model import QuestionType

if TYPE_CHECKING:
    from analysis.sentiment import Reader

DEFINITION = (
    "How positive (up to 1) or negative (down to -1) people's comments sound to a machine:"
    " the mean over people of the mean of their comments that it could read. A machine's"
    " guess: it often reads complaints that state facts as neutral. It is no part of the"
    " confidence index."
)


def comment_tables(answers: Answers, threshold: int) -> list[Row]:
    """The one table, where the questionnaire has open questions."""
    from analysis.sentiment import default_reader  # noqa: PLC0415 - readers are slow to load

    keys = [
        question.key
        for question in answers.questionnaire.questions
        if question.type is QuestionType.TEXT
    ]
    if not keys:
        return []
    reader = default_reader()
    return [
        phase_tables.by_phase(
            "sentiment",
            "How comments sound, by phase (a machine's guess)",
            answers,
            person_sentiment(answers, keys, reader),
            Measure("Score", "-1 to 1", -1.0, 1.0, 2),
            threshold,
            definition=DEFINITION,
            base_note=f"People with a comment that {reader.name} {reader.version} could read.",
        )
    ]


def person_sentiment(answers: Answers, keys: list[str], reader: "Reader") -> pd.Series:
    """Each person's mean score, -1 to 1 (float64); missing where nothing could be read."""

    def read(text: object, language: str) -> float | None:
        return reader.read(text, language).score if isinstance(text, str) else None

    scores = pd.DataFrame(
        {key: list(map(read, answers.given[key], answers.people["language"])) for key in keys},
        index=answers.given.index,
        dtype="float64",
    )
    return scores.mean(axis=1)
