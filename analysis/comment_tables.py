"""A release's tables of what comments sound like. A machine's guess, and called so."""

from typing import TYPE_CHECKING

import pandas as pd

from analysis import disclosure, phase_tables, tables
from analysis.frames import Answers
from analysis.phase_tables import Measure
from analysis.tables import Column, Row
from surveys.model import QuestionType

if TYPE_CHECKING:
    from analysis.sentiment import Reader

DEFINITION = (
    "How positive (up to 1) or negative (down to -1) people's comments sound to a machine:"
    " the mean over people of the mean of their comments that it could read. A machine's"
    " guess: it often reads complaints that state facts as neutral. It is no part of the"
    " confidence index."
)
LABELS_DEFINITION = (
    "How each comment sounds to a machine: positive from 0.1, negative from -0.1, neutral"
    " between. Not scored: no word that it knows, or not in English. A machine's guess, never"
    " a reason to read one comment and not another."
)
LABELS = {
    "positive": "Positive",
    "neutral": "Neutral",
    "negative": "Negative",
    "not_scored": "Not scored",
}
LABEL_COLUMNS = (
    Column("group", "Sounds"),
    Column("count", "Comments", "comments"),
    Column("value", "Share of comments", "percent"),
)


def comment_tables(answers: Answers, threshold: int) -> list[Row]:
    """Their score by phase, and their labels; none without open questions."""
    from analysis.sentiment import default_reader  # noqa: PLC0415 - readers are slow to load

    if not _open_questions(answers):
        return []
    reader = default_reader()
    comments = read_comments(answers, reader)
    read_by = f"{reader.name} {reader.version}"
    by_phase = phase_tables.by_phase(
        "sentiment",
        "How comments sound, by phase (a machine's guess)",
        answers,
        person_sentiment(answers, comments),
        Measure("Score", "-1 to 1", -1.0, 1.0, 2),
        threshold,
        definition=DEFINITION,
        base_note=f"People with a comment that {read_by} could read.",
    )
    return [by_phase, _labels(comments, read_by, threshold)]


def read_comments(answers: Answers, reader: "Reader") -> pd.DataFrame:
    """One row a comment that is not blank, without its text.

    Columns: `person` (str, the response id), `question` (str), `label` (str), `score`
    (float64, -1 to 1, missing where not scored) and `reason` (str, why it was not scored).
    """
    languages = answers.people["language"].to_dict()
    rows = [
        (person, key, found.label.value, found.score, found.reason)
        for key in _open_questions(answers)
        for person, text in answers.given[key].dropna().items()
        if isinstance(text, str) and text.strip()
        for found in [reader.read(text, languages[person])]
    ]
    columns = ["person", "question", "label", "score", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"score": "float64"})


def person_sentiment(answers: Answers, comments: pd.DataFrame) -> pd.Series:
    """Each person's mean score, -1 to 1 (float64); missing where nothing could be read."""
    return comments["score"].groupby(comments["person"]).mean().reindex(answers.people.index)


def _open_questions(answers: Answers) -> list[str]:
    questions = answers.questionnaire.questions
    return [question.key for question in questions if question.type is QuestionType.TEXT]


def _labels(comments: pd.DataFrame, read_by: str, threshold: int) -> Row:
    name, title = "sentiment_labels", "How comments sound (a machine's guess)"
    counts = comments["label"].value_counts().reindex(list(LABELS), fill_value=0)
    # One person may write several comments: those behind a count must not be few either.
    people = comments.groupby("label")["person"].nunique()
    if comments["person"].nunique() < threshold:
        reason = disclosure.TOO_FEW.format(threshold=threshold)
        return tables.withheld(name, title, LABEL_COLUMNS, reason, definition=LABELS_DEFINITION)
    if disclosure.has_small([*counts, *people]):
        reason = disclosure.SMALL
        return tables.withheld(name, title, LABEL_COLUMNS, reason, definition=LABELS_DEFINITION)
    rows = [
        tables.shown(
            group=words,
            count=int(counts[label]),
            value=tables.percent(int(counts[label]), len(comments)),
        )
        for label, words in LABELS.items()
    ]
    note = f"{len(comments)} comments, read by {read_by}."
    note = f"{note} {disclosure.low_base_note(len(comments))}".strip()
    return tables.published(
        name, title, LABEL_COLUMNS, rows, definition=LABELS_DEFINITION, base_note=note
    )
