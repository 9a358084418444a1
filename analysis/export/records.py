"""One row a response, coded, for an analyst who may hold such a file.

What could point at a family is not in it: no comments, no times, no ids, no order of
arrival; profiles that too few share are joined.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from analysis.export.cells import Cells, running
from analysis.export.columns import asked_in, boxes
from analysis.export.csv_text import Cell
from analysis.export.model import Table
from analysis.export.profiles import Grouped, grouped, joined, joined_within
from analysis.export.recoding import Numbers, array_of, below, ordered, recoded
from analysis.export.sources import Source, check_enough, versions_of
from analysis.export.typed import record_columns, version_names
from surveys.model import Question, QuestionType, State
from surveys.phases import PROFILE_KEYS

if TYPE_CHECKING:
    import pandas as pd

    from analysis.frames import Answers


def records_table(sources: Sequence[Source]) -> Table:
    """The table. Each question has its code and, beside it, the state of its answer.

    Sources stand in the order of their versions, the newest last; the columns are those
    of `typed.record_columns`. Rows stand in an order made from the release's hash and the
    response's random id, which no file shows: two files of one release agree, no order of
    arrival shows, and nobody outside can make the order again. "Choose all that apply" has
    a column of 1, 0 or blank for every box.

    Raises:
        ExportRefused: a round has fewer responses than its threshold, the rounds ask
            different questionnaires, or a question has another type in another version.
    """
    versions = versions_of([source.answers.questionnaire for source in sources])
    check_enough(sources)
    names = version_names(versions)
    questions = asked_in(versions)
    order = _order(sources)
    parts = [_cells(source, questions, names) for source in sources]
    cells = (ordered(below(column), order) for column in zip(*parts, strict=True))
    columns = record_columns(versions)
    return Table("responses", "Responses", columns, (running(len(order)), *cells))


def _order(sources: Sequence[Source]) -> Numbers:
    """Where each row of the file stands among the sources' responses."""
    places = [
        hashlib.sha256(f"{source.order_key}\n{response_id}".encode()).digest()
        for source in sources
        for response_id in source.answers.people.index
    ]
    return np.array(sorted(range(len(places)), key=places.__getitem__), "int64")


def _cells(
    source: Source, questions: Sequence[Question], names: Mapping[str, str]
) -> Iterator[Cells]:
    """Every column behind the running number, the responses as they stand in the source."""
    answers = source.answers
    people = len(answers.people)
    profiles = _profiles(source)
    yield _same(source.round, people)
    yield _same(names[answers.questionnaire.hash], people)
    yield from _ways(source, profiles)
    for question in questions:
        yield from _columns(question, source, profiles)


def _same(cell: Cell, rows: int) -> Cells:
    return recoded([cell], np.zeros(rows, "int8"))


def _profiles(source: Source) -> Grouped:
    """Each person's profile answers with their states; rare combinations are joined.

    The state counts too: the one parent who skipped a question must not stand out among
    those who were never asked it.
    """
    said = [cells for key in PROFILE_KEYS for cells in _said(key, source.answers)]
    return joined(grouped(said), source.threshold)


def _ways(source: Source, profiles: Grouped) -> Iterator[Cells]:
    """The columns mode and language, joined within each profile."""
    people = source.answers.people
    ways = grouped([_categories(people[key]) for key in ("mode", "language")])
    shown = joined_within(profiles, ways, source.threshold)
    yield from (_part(shown, place) for place in (0, 1))


def _part(grouped: Grouped, place: int) -> Cells:
    return recoded([each[place] or None for each in grouped.combinations], grouped.numbers)


def _said(key: str, answers: "Answers") -> tuple[Cells, Cells]:
    """What each person answered (`None` unless answered), and the state of the answer."""
    if key not in answers.states:
        people = len(answers.people)
        return _same(None, people), _same(State.NOT_ASKED.value, people)
    return _categories(answers.given[key]), _categories(answers.states[key])


def _categories(column: "pd.Series") -> Cells:
    # A missing one is -1, which counts from the end.
    return recoded([*column.cat.categories, None], column.cat.codes.to_numpy())


def _columns(question: Question, source: Source, profiles: Grouped) -> Iterator[Cells]:
    if question.key in PROFILE_KEYS:
        at = 2 * PROFILE_KEYS.index(question.key)
        yield from (_part(profiles, at), _part(profiles, at + 1))
        return
    given, states = _said(question.key, source.answers)
    numbers = array_of(given.numbers)
    if question.type is QuestionType.SELECT_MULTIPLE:
        for ticks in _ticks(question, source, given.distinct):
            yield recoded(ticks, numbers)
    else:
        yield recoded([_number_or_text(question, value) for value in given.distinct], numbers)
    yield states


def _ticks(question: Question, source: Source, given: Sequence[Cell]) -> Iterator[list[Cell]]:
    """1 or 0 for the boxes that this version had and a person answered; blank else."""
    own = source.answers.questionnaire.question(question.key)
    ticked = [None if value is None else set(str(value).split(" ")) for value in given]
    for box in boxes(question):
        had = own is not None and own.choice(box.code) is not None
        yield [int(box.code in each) if had and each is not None else None for each in ticked]


def _number_or_text(question: Question, value: Cell) -> Cell:
    """A number only where the question asks for one: the code "01" is not 1."""
    if not value or question.type not in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        return value or None
    return float(value) if "." in str(value) else int(value)
