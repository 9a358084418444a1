"""A release's table of each question: the whole distribution, over everybody."""

from analysis import disclosure, tables
from analysis.anchor_tables import anchor_dont_know, anchor_share
from analysis.confidence import Share, anchor_item
from analysis.frames import Answers
from analysis.items import NOTHINGS, Counted, ItemResult, item_result
from analysis.tables import Column, Row
from surveys.model import Question, QuestionType, State, in_language
from surveys.phases import PROFILE_KEYS

COLUMNS = (
    Column("group", "Answer"),
    Column("count", "People", "people"),
    Column("value", "Share of those asked", "percent"),
    Column("of_answered", "Share of those who answered", "percent"),
    Column("with_dont_know", "Share of those who answered or said don't know", "percent"),
)
SELECTS = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE})
TOP_TWO_ROW = "Agree or strongly agree"
WITH_ANCHOR = "with the mainstream parents' measure it would show small groups of other parents"
MANY_UNSURE = 20
"""Percent of don't knows from which they are a finding of their own."""

UNSURE_NOTE = f"{MANY_UNSURE}% or more said don't know: a finding of its own."


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
    definition = "Every answer and every kind of no answer, counted apart."
    reason = _unfit(answers, question, result, threshold)
    if reason:
        return tables.withheld(name, title, COLUMNS, reason, definition=definition)
    return tables.published(
        name, title, COLUMNS, _rows(result), definition=definition, base_note=_base_note(result)
    )


def _base_note(result: ItemResult) -> str:
    notes = [
        f"{result.asked} people were asked; {result.answered} answered.",
        disclosure.low_base_note(result.answered),
        UNSURE_NOTE if 100 * _unsure(result) >= MANY_UNSURE * _with_unsure(result) else "",
    ]
    return " ".join(note for note in notes if note)


def _unfit(answers: Answers, question: Question, result: ItemResult, threshold: int) -> str:
    if result.answered < threshold:
        return disclosure.TOO_FEW.format(threshold=threshold)
    if disclosure.has_small(
        [*(each.count for each in result.answers), *_unchosen(question, result)]
    ):
        return disclosure.SMALL
    if result.rated and question == anchor_item(answers):
        return _unfit_beside_anchor(answers, question, result.rated, _unsure(result), threshold)
    return ""


def _unchosen(question: Question, result: ItemResult) -> list[int]:
    """How many answered and left a box unticked: the other side of its share."""
    if question.type is not QuestionType.SELECT_MULTIPLE:
        return []
    return [result.answered - each.count for each in result.answers if each.code not in NOTHINGS]


def _unfit_beside_anchor(
    answers: Answers, question: Question, everybody: Share, unsure: int, threshold: int
) -> str:
    """Everybody less mainstream parents is the other parents: they must be fit to show too."""
    mainstream = anchor_share(answers, question)
    base, count = everybody.base - mainstream.base, everybody.count - mainstream.count
    others_unsure = unsure - anchor_dont_know(answers, question)
    small = disclosure.has_small([count, base - count, others_unsure])
    return WITH_ANCHOR if small or 0 < base < threshold else ""


def _unsure(result: ItemResult) -> int:
    return sum(each.count for each in result.answers if each.code == State.DONT_KNOW)


def _with_unsure(result: ItemResult) -> int:
    return result.answered + _unsure(result)


def _rows(result: ItemResult) -> list[Row]:
    rows = [_row(each, result) for each in result.answers]
    if result.rated:
        rows.append(_row(Counted("top_two", TOP_TWO_ROW, result.rated.count), result))
    return rows


def _row(each: Counted, result: ItemResult) -> Row:
    """One answer on every base that it belongs to."""
    is_answer, is_unsure = each.code not in NOTHINGS, each.code == State.DONT_KNOW
    return tables.shown(
        group=each.label,
        count=each.count,
        value=tables.percent(each.count, result.asked),
        of_answered=tables.percent(each.count, result.answered) if is_answer else None,
        with_dont_know=(
            tables.percent(each.count, _with_unsure(result)) if is_answer or is_unsure else None
        ),
    )
