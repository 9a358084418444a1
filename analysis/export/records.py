"""One row a response, coded, for an analyst who may hold such a file.

What could point at a family is not in it: no comments, no times, no ids, no order of
arrival; profiles that too few share are joined.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis.errors import ExportRefused
from analysis.export.columns import asked_in, boxes
from analysis.export.csv_text import Cell
from analysis.export.model import Table
from analysis.export.profiles import joined_within
from analysis.export.typed import record_columns, version_names
from surveys.model import Question, Questionnaire, QuestionType, State
from surveys.phases import PROFILE_KEYS

if TYPE_CHECKING:
    from analysis.frames import Answers

Cells = list[Cell]


@dataclass(frozen=True)
class Source:
    """The answers of one round to one version. A round of two versions is two sources.

    `order_key` is the hash of the round's release; `threshold` the round's.
    """

    round: str
    answers: "Answers"
    order_key: str
    threshold: int


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
    _check_enough(sources)
    names = version_names(versions)
    questions = asked_in(versions)
    rows = [row for source in sources for row in _rows(source, questions, names)]
    rows.sort(key=lambda row: row[0])
    numbered = [(number, *cells) for number, (_, cells) in enumerate(rows, start=1)]
    return Table("responses", "Responses", record_columns(versions), numbered)


def versions_of(questionnaires: Sequence[Questionnaire]) -> list[Questionnaire]:
    """Each version once.

    Raises:
        ExportRefused: they are versions of different questionnaires.
    """
    versions = list({each.hash: each for each in questionnaires}.values())
    keys = sorted({version.key for version in versions})
    if len(keys) > 1:
        raise ExportRefused(
            f"These rounds ask different questionnaires ({', '.join(keys)}): one column would"
            " hold the answers to two questions. Export each round to a file of its own."
        )
    return versions


def _check_enough(sources: Sequence[Source]) -> None:
    people: Counter[str] = Counter()
    for source in sources:
        people[source.round] += len(source.answers.people)
    for source in sources:
        if people[source.round] < source.threshold:
            raise ExportRefused(
                f"The round {source.round!r} has fewer than {source.threshold} responses: a file"
                " of them would show who they are. Use: sendvoice export metrics"
            )


def _rows(
    source: Source, questions: Sequence[Question], names: Mapping[str, str]
) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Each response's place in the file, and its cells behind the running number."""
    answers = source.answers
    ids = [str(each) for each in answers.people.index]
    profiles = _profiles(source, ids)
    columns: list[Sequence[Cell]] = [
        [source.round] * len(ids),
        [names[answers.questionnaire.hash]] * len(ids),
        *_ways(source, ids, profiles),
    ]
    for question in questions:
        columns += _columns(question, source, [profiles[each] for each in ids])
    places = [_place(source.order_key, each) for each in ids]
    yield from zip(places, zip(*columns, strict=True), strict=True)


def _place(order_key: str, response_id: str) -> str:
    return hashlib.sha256(f"{order_key}\n{response_id}".encode()).hexdigest()


def _profiles(source: Source, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Each person's profile answers with their states; rare combinations are joined.

    The state counts too: the one parent who skipped a question must not stand out among
    those who were never asked it.
    """
    pairs = [_said(key, source.answers) for key in PROFILE_KEYS]
    combinations = {
        each: tuple(part for code, state in said for part in (code or "", state))
        for each, said in zip(ids, zip(*pairs, strict=True), strict=True)
    }
    alone = dict.fromkeys(ids, (source.round,))
    return joined_within(alone, combinations, source.threshold)


def _ways(
    source: Source, ids: Sequence[str], profiles: Mapping[str, tuple[str, ...]]
) -> list[list[Cell]]:
    """The columns mode and language, joined within each profile."""
    people = source.answers.people
    ways = zip(people["mode"].tolist(), people["language"].tolist(), strict=True)
    found = {each: (str(mode), str(lang)) for each, (mode, lang) in zip(ids, ways, strict=True)}
    joined = joined_within(profiles, found, source.threshold)
    return [[joined[each][place] for each in ids] for place in (0, 1)]


def _said(key: str, answers: "Answers") -> list[tuple[str | None, str]]:
    """What each person answered (`None` unless answered), and the state of the answer."""
    if key not in answers.states:
        return [(None, State.NOT_ASKED.value)] * len(answers.people)
    given = answers.given[key]
    values = given.astype("object").where(given.notna(), None).tolist()
    return list(zip(values, map(str, answers.states[key].tolist()), strict=True))


def _columns(
    question: Question, source: Source, profiles: Sequence[tuple[str, ...]]
) -> list[Cells]:
    if question.key in PROFILE_KEYS:
        at = 2 * PROFILE_KEYS.index(question.key)
        return [[each[at] or None for each in profiles], [each[at + 1] for each in profiles]]
    said = _said(question.key, source.answers)
    states: Cells = [state for _, state in said]
    if question.type is QuestionType.SELECT_MULTIPLE:
        return [*_ticks(question, source, said), states]
    return [[_number_or_text(question, value) for value, _ in said], states]


def _ticks(
    question: Question, source: Source, said: Sequence[tuple[str | None, str]]
) -> list[Cells]:
    """1 or 0 for the boxes that this version had and a person answered; blank else."""
    own = source.answers.questionnaire.question(question.key)
    ticked = [None if value is None else set(value.split(" ")) for value, _ in said]
    return [
        [int(box.code in each) if each is not None and own.choice(box.code) else None
         for each in ticked]
        if own is not None
        else [None] * len(ticked)
        for box in boxes(question)
    ]  # fmt: skip


def _number_or_text(question: Question, value: str | None) -> Cell:
    """A number only where the question asks for one: the code "01" is not 1."""
    if not value or question.type not in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        return value or None
    return float(value) if "." in value else int(value)
