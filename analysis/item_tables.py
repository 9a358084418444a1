"""A release's table of each question: the whole distribution, over everybody."""

from analysis import disclosure, tables
from analysis.confidence import TOP_TWO
from analysis.disclosure import Cell, Draft, DraftRow, Figure, Kind, Note
from analysis.dividing import counted_questions, gave, left, states, ticked
from analysis.frames import Answers
from analysis.items import NOTHINGS, Counted, ItemResult, item_result
from analysis.tables import Column
from surveys.model import Question, QuestionType, State, in_language

COLUMNS = (
    Column("group", "Answer"),
    Column("count", "People", "people"),
    Column("value", "Share of those asked", "percent"),
    Column("of_answered", "Share of those who answered", "percent"),
    Column("with_dont_know", "Share of those who answered or said don't know", "percent"),
)
DEFINITION = "Every answer and every kind of no answer, counted apart."
PREFIX = "item_"
TOP_TWO_ROW = "Agree or strongly agree"
MANY_UNSURE = 20
"""Percent of don't knows from which they are a finding of their own."""

UNSURE_NOTE = f"{MANY_UNSURE}% or more said don't know: a finding of its own."
ASKED_HIDDEN = "How many were asked is not shown: it would tell of few people."
ANSWERED_HIDDEN = "How many answered is not shown: it would tell of few people."


def item_tables(answers: Answers) -> list[Draft]:
    """One table a question with choices, but for those that groups are made by."""
    return [_table(answers, question) for question in counted_questions(answers)]


class _Bases:
    """The bases of one question."""

    def __init__(self, question: Question) -> None:
        every = [state for state in State if state is not State.NOT_ASKED]
        self.asked = Cell(Kind.BASE, (states(question, every),))
        self.answered = Cell(Kind.BASE, (states(question, [State.ANSWERED]),))
        with_unsure = states(question, [State.ANSWERED, State.DONT_KNOW])
        self.with_unsure = Cell(Kind.BASE, (with_unsure,))


def _table(answers: Answers, question: Question) -> Draft:
    language = answers.questionnaire.default_language
    result, bases = item_result(answers, question), _Bases(question)
    rows = [_row(question, each, result, bases) for each in result.answers]
    if result.rated:
        top = Counted("top_two", TOP_TWO_ROW, result.rated.count)
        rows.append(_row(question, top, result, bases))
    return Draft(
        f"{PREFIX}{question.key}",
        in_language(question.labels, language, language),
        COLUMNS,
        tuple(rows),
        {"definition": DEFINITION},
        notes=_notes(result, bases, _cell(question, State.DONT_KNOW.value)),
        base=bases.answered,
    )


def _notes(result: ItemResult, bases: _Bases, unsure: Cell) -> tuple[Note, ...]:
    asked, answered = result.asked, result.answered
    few = disclosure.low_base_note(answered)
    many = 100 * _unsure(result) >= MANY_UNSURE * _with_unsure(result)
    return (
        Note(f"{asked} people were asked.", (bases.asked,), ASKED_HIDDEN, "asked", asked, 5),
        Note(
            f"{answered} answered. {few}".strip(),
            (bases.answered,),
            ANSWERED_HIDDEN,
            "answered",
            answered,
            weight=5,
        ),
        Note(UNSURE_NOTE if many else "", (bases.with_unsure, unsure), weight=0.1),
    )


def _unsure(result: ItemResult) -> int:
    return sum(each.count for each in result.answers if each.code == State.DONT_KNOW)


def _with_unsure(result: ItemResult) -> int:
    return result.answered + _unsure(result)


def _cell(question: Question, code: str) -> Cell:
    if code in NOTHINGS:
        return Cell(Kind.NO_ANSWER, (states(question, [State(code)]),))
    if question.type is QuestionType.SELECT_MULTIPLE:
        return Cell(Kind.ANSWER, (ticked(question, code),))
    if code != "top_two":
        return Cell(Kind.ANSWER, (gave(question, [code]),))
    codes = [each.code for each in question.choices if (each.score or 0) >= TOP_TWO]
    return Cell(Kind.ANSWER, (gave(question, codes),))


def _row(question: Question, each: Counted, result: ItemResult, bases: _Bases) -> DraftRow:
    """One answer on every base that it belongs to."""
    cell, is_answer = _cell(question, each.code), each.code not in NOTHINGS
    figures = [
        Figure({"count": each.count}, (cell,)),
        Figure({"value": tables.percent(each.count, result.asked)}, (cell, bases.asked)),
    ]
    if is_answer:
        several = question.type is QuestionType.SELECT_MULTIPLE
        rest = (Cell(Kind.ANSWER, (left(question, each.code),)),) if several else ()
        share = tables.percent(each.count, result.answered)
        figures.append(Figure({"of_answered": share}, (cell, bases.answered, *rest)))
    if is_answer or each.code == State.DONT_KNOW:
        share = tables.percent(each.count, _with_unsure(result))
        figures.append(Figure({"with_dont_know": share}, (cell, bases.with_unsure)))
    return DraftRow(each.label, tuple(figures))
