"""A release's tables of whether the questions of the index go together."""

import pandas as pd

from analysis import tables
from analysis.confidence import index_items, item_scores
from analysis.disclosure import Cell, Crowd, Draft, DraftRow, Figure, Kind, where
from analysis.disclosure.rules import TOO_FEW
from analysis.dividing import INDEX
from analysis.frames import Answers
from analysis.reliability import (
    CAUTION,
    DEFINITION,
    LEAST_ITEMS,
    LEAST_PEOPLE,
    MISREAD,
    Reliability,
    index_reliability,
    is_misread,
)
from analysis.tables import Column
from surveys.model import in_language

RATED = "rated"
ALL, SOME, NONE = "every question", "some questions", "no question"

COLUMNS = (
    Column("group", "Questions"),
    Column("base", "People who rated them all", "people"),
    Column("value", "Cronbach's alpha", "up to 1"),
    Column("low", "From", "up to 1"),
    Column("high", "To", "up to 1"),
    Column("items", "Number of questions"),
    Column("left_out", "People who rated only some", "people"),
    Column("interval", "Interval by"),
    Column("note", "Note"),
)
ITEM_COLUMNS = (
    Column("group", "Question"),
    Column("value", "Correlation with the others", "-1 to 1"),
    Column("note", "Note"),
)
TITLE = "Whether the index's questions go together"
GROUP = "All questions of the index"
METHOD = (
    "Feldt's interval, 95%. It takes people as independent and questions as alike, so it is rough."
)
ITEM_DEFINITION = (
    "Pearson's correlation of each question's score with the sum of the others' (item-rest), over"
    " people who rated every question of the index. Near 0: the question measures something else."
)
PLACES = 2
REVERSED = "Scored the other way round."
NOT_VARYING = "everybody who rated every question gave one of them the same answer"
NEEDED = (
    f"it needs {LEAST_PEOPLE} people who rated every question, at least {LEAST_ITEMS} questions,"
    " and answers that differ"
)


def reliability_tables(answers: Answers, crowd: Crowd, threshold: int) -> list[Draft]:
    """Cronbach's alpha with its interval, and each question's correlation with the others."""
    crowd.divide(RATED, _rated(answers), (ALL, SOME, NONE))
    # Whoever rated them all has an index, and whoever rated none has none.
    crowd.impossible.append(where(**{RATED: ALL, INDEX: "no"}))
    crowd.impossible.append(where(**{RATED: NONE, INDEX: "yes"}))
    base = Cell(Kind.BASE, (where(**{RATED: ALL}),))
    found = index_reliability(answers)
    return [_alpha(found, base, threshold), _items(answers, found, base, threshold)]


def _rated(answers: Answers) -> pd.Series:
    rated = item_scores(answers).notna()
    groups = pd.Series(SOME, index=rated.index)
    return groups.mask(rated.all(axis=1), ALL).mask(~rated.any(axis=1), NONE)


def _alpha(found: Reliability, base: Cell, threshold: int) -> Draft:
    figures = {
        "base": found.base,
        "value": tables.rounded(found.alpha, PLACES),
        "low": tables.rounded(found.interval.low, PLACES),
        "high": tables.rounded(found.interval.high, PLACES),
        "interval": found.interval.method,
        "note": _caution(found),
    }
    apart = Cell(Kind.NO_ANSWER, (where(**{RATED: SOME}),))
    row = DraftRow(
        GROUP,
        (Figure(figures, (base,)), Figure({"left_out": found.left_out}, (apart,))),
        base=base,
        plain={"items": len(found.items)},
    )
    return Draft(
        "reliability",
        TITLE,
        COLUMNS,
        (row,),
        {"definition": DEFINITION, "method": METHOD},
        base=base,
        withheld=TOO_FEW.format(threshold=threshold),
    )


def _caution(found: Reliability) -> str:
    return CAUTION if CAUTION in found.notes else ""


def _items(answers: Answers, found: Reliability, base: Cell, threshold: int) -> Draft:
    """Withheld whole where one does not vary: which it is would tell what everybody answered."""
    language = answers.questionnaire.default_language
    correlations = {each.key: each for each in found.item_rest}
    rows = []
    for item in index_items(answers):
        each = correlations.get(item.key)
        label = in_language(item.labels, language, language)
        if each is None or found.constant:
            rows.append(DraftRow(label, ()))
            continue
        note = " ".join([*[REVERSED] * item.reverse, *[MISREAD] * is_misread(each)])
        value = tables.rounded(each.correlation, PLACES)
        rows.append(DraftRow(label, (Figure({"value": value, "note": note}, (base,)),)))
    too_few = TOO_FEW.format(threshold=threshold)
    return Draft(
        "reliability_items",
        f"{TITLE}, question by question",
        ITEM_COLUMNS,
        tuple(rows),
        {"definition": ITEM_DEFINITION, "base_note": "People who rated every question."},
        base=base,
        withheld=NOT_VARYING if found.constant else NEEDED if found.reason else too_few,
    )
