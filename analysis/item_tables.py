"""A release's table of each question: the whole distribution, over everybody."""

from analysis import disclosure, tables
from analysis.anchor_tables import anchor_share
from analysis.confidence import Share, anchor_item
from analysis.frames import Answers
from analysis.items import NOTHINGS, ItemResult, item_result
from analysis.tables import Column, Row
from surveys.model import Question, QuestionType, in_language
from surveys.phases import PROFILE_KEYS

COLUMNS = (
    Column("group", "Answer"),
    Column("count", "People", "people"),
    Column("value", "Share of those asked", "percent"),
    Column("of_rated", "Share of those who gave a rating", "percent"),
)
SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE})
TOP_TWO_ROW = "Agree or strongly agree"
WITH_ANCHOR = "with the mainstream parents' measure it would show small groups of other parents"


def item_tables(answers: Answers, threshold: int) -> list[Row]:
    """One table a question with choices, but for those that groups are made by."""
    return [
        _table(answers, question, threshold)
        for question in answers.questionnaire.questions
        if question.type in SELECTS and question.key not in PROFILE_KEYS
    ]


def _table(answers: Answers, question: Question, threshold: int) -> Row:
    language = answers.questionnaire.default_language
    name, title = f"item_{question.key}", in_language(question.labels, language, language)
    result = item_result(answers, question)
    about = {
        "definition": "Every answer and every kind of no answer, counted apart.",
        "base_note": f"{result.asked} people were asked; {result.answered} answered.",
    }
    reason = _unfit(answers, question, result, threshold)
    if reason:
        hidden = {**about, "base_note": ""}
        return tables.withheld(name, title, COLUMNS, reason, **hidden)
    return tables.published(name, title, COLUMNS, _rows(result), **about)


def _unfit(answers: Answers, question: Question, result: ItemResult, threshold: int) -> str:
    if result.answered < threshold:
        return disclosure.TOO_FEW.format(threshold=threshold)
    if disclosure.has_small(
        [*(each.count for each in result.answers), *_unchosen(question, result)]
    ):
        return disclosure.SMALL
    if result.rated and question == anchor_item(answers):
        return _unfit_beside_anchor(result.rated, anchor_share(answers, question), threshold)
    return ""


def _unchosen(question: Question, result: ItemResult) -> list[int]:
    """How many answered and left a box unticked: the other side of its share."""
    if question.type is not QuestionType.SELECT_MULTIPLE:
        return []
    return [result.answered - each.count for each in result.answers if each.code not in NOTHINGS]


def _unfit_beside_anchor(everybody: Share, mainstream: Share, threshold: int) -> str:
    """Everybody less mainstream parents is the other parents: they must be fit to show too."""
    base, count = everybody.base - mainstream.base, everybody.count - mainstream.count
    small = base < threshold or disclosure.has_small([count, base - count])
    return WITH_ANCHOR if base and small else ""


def _rows(result: ItemResult) -> list[Row]:
    rows = [
        tables.shown(
            group=each.label,
            count=each.count,
            value=tables.rounded(100 * each.count / result.asked),
            of_rated=None,
        )
        for each in result.answers
    ]
    if result.rated:
        rows.append(_top_two(result, result.rated))
    return rows


def _top_two(result: ItemResult, rated: Share) -> Row:
    of_rated = 100 * rated.count / rated.base if rated.base else None
    return tables.shown(
        group=TOP_TWO_ROW,
        count=rated.count,
        value=tables.rounded(100 * rated.count / result.asked),
        of_rated=tables.rounded(of_rated),
    )
