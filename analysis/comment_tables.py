"""A release's tables of what comments sound like. A machine's guess, and called so."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from analysis import disclosure, phase_tables, tables
from analysis.disclosure import Cell, Crowd, Draft, DraftRow, Figure, Kind, Note, Where, where
from analysis.frames import Answers
from analysis.mean_tables import Counted, Measure, Values
from analysis.tables import Column
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
SCORED = ("positive", "neutral", "negative")
NOT_SCORED = ("not_scored",)
NO_COMMENT = "no comment"

LABEL_COLUMNS = (
    Column("group", "Sounds"),
    Column("count", "Comments", "comments"),
    Column("value", "Share of comments", "percent"),
)


def comment_tables(answers: Answers, crowd: Crowd, threshold: int) -> list[Draft]:
    """Their score by phase, and their labels; none without open questions."""
    from analysis.sentiment import default_reader  # noqa: PLC0415 - readers are slow to load

    if not _open_questions(answers):
        return []
    reader = default_reader()
    comments = read_comments(answers, reader)
    for key in _open_questions(answers):
        _divide(crowd, key, comments)
    read_by = f"{reader.name} {reader.version}"
    by_phase = phase_tables.by_phase(
        "sentiment",
        "How comments sound, by phase (a machine's guess)",
        answers,
        Values.beside(person_sentiment(answers, comments), answers.people),
        Measure("Score", "-1 to 1", -1.0, 1.0, 2),
        Counted(len(answers.people), _any(answers, SCORED, (*NOT_SCORED, NO_COMMENT))),
        threshold=threshold,
        definition=DEFINITION,
        base_note=f"People with a comment that {read_by} could read.",
    )
    return [by_phase, _labels(answers, crowd, read_by)]


def read_comments(answers: Answers, reader: "Reader") -> pd.DataFrame:
    """One row a comment that is not blank, without its text.

    Columns: `person` (str, the response id), `question` (str), `label` (str), `score`
    (float64, -1 to 1, missing where not scored) and `reason` (str, why it was not scored).
    """
    rows = [
        (person, key, found.label.value, found.score, found.reason)
        for key in _open_questions(answers)
        for person, text, language in _written(answers, key)
        if isinstance(text, str) and text.strip()
        for found in [reader.read(text, language)]
    ]
    columns = ["person", "question", "label", "score", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"score": "float64"})


def _written(answers: Answers, key: str) -> Iterator[tuple[str, str, str]]:
    """Who wrote what, and the language they were asked in."""
    given = answers.given[key].dropna()
    return zip(given.index, given, answers.people.loc[given.index, "language"], strict=True)


def person_sentiment(answers: Answers, comments: pd.DataFrame) -> pd.Series:
    """Each person's mean score, -1 to 1 (float64); missing where nothing could be read."""
    return comments["score"].groupby(comments["person"]).mean().reindex(answers.people.index)


def _open_questions(answers: Answers) -> list[str]:
    questions = answers.questionnaire.questions
    return [question.key for question in questions if question.type is QuestionType.TEXT]


def _variable(question: str) -> str:
    return f"comment {question}"


def _divide(crowd: Crowd, question: str, comments: pd.DataFrame) -> None:
    """By how each person's comment on this question sounds, or that there is none."""
    mine = comments[comments["question"] == question].set_index("person")["label"]
    groups = mine.reindex(crowd.people.index).fillna(NO_COMMENT)
    crowd.divide(_variable(question), groups, (*LABELS, NO_COMMENT))


def _any(answers: Answers, wanted: Sequence[str], others: Sequence[str]) -> tuple[Where, ...]:
    """Who has at least one comment with a wanted label, each person once."""
    names = [_variable(key) for key in _open_questions(answers)]
    return tuple(
        where(**{name: wanted}, **dict.fromkeys(names[:place], others))
        for place, name in enumerate(names)
    )


def _comments(answers: Answers, wanted: Sequence[str]) -> tuple[Where, ...]:
    """Who has such a comment, once for each."""
    return tuple(where(**{_variable(key): wanted}) for key in _open_questions(answers))


def _labels(answers: Answers, crowd: Crowd, read_by: str) -> Draft:
    """One person may write several comments: those behind a count must not be few either."""
    people = Cell(Kind.BASE, _any(answers, tuple(LABELS), (NO_COMMENT,)))
    every = Cell(Kind.BASE, _comments(answers, tuple(LABELS)))
    total = crowd.count(every)
    rows = []
    for label, words in LABELS.items():
        cell = Cell(Kind.ANSWER, _comments(answers, (label,)))
        others = tuple(each for each in (*LABELS, NO_COMMENT) if each != label)
        writers = Cell(Kind.ANSWER, _any(answers, (label,), others))
        count = crowd.count(cell)
        share = Figure({"value": tables.percent(count, total)}, (cell, writers, every))
        rows.append(DraftRow(words, (Figure({"count": count}, (cell, writers)), share)))
    note = f"{total} comments, read by {read_by}. {disclosure.low_base_note(total)}".strip()
    return Draft(
        "sentiment_labels",
        "How comments sound (a machine's guess)",
        LABEL_COLUMNS,
        tuple(rows),
        {"definition": LABELS_DEFINITION},
        notes=(Note(note, (every,), f"Read by {read_by}.", "comments", total, 3),),
        base=people,
    )
