"""Linked rounds for the tests of change: answers with series, households and modes."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from analysis.frames import Answers
from surveys.model import Questionnaire
from tests.analysis.answers import Said, frames_of


def linked(
    questionnaire: Questionnaire,
    people: Sequence[Said],
    series: Sequence[str | None] | None = None,
    households: Sequence[int | None] | None = None,
    modes: Sequence[str] | None = None,
    moment: str = "",
) -> Answers:
    """A round's answers; without series nobody is linked, without modes all came by web."""
    answers = frames_of(people, questionnaire, moment)
    ids, many = answers.people.index, len(people)
    frame = answers.people.assign(
        series=pd.Series(list(series or [None] * many), index=ids, dtype="object"),
        household=pd.Series(list(households or [None] * many), index=ids, dtype="Int64"),
        mode=pd.Series(list(modes or ["web"] * many), index=ids, dtype="object"),
    )
    return replace(answers, people=frame)
