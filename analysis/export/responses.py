"""One row a response, coded, for an analyst who may hold such a file.

What could point at a family is not in it: no comments, no times, no ids, no order of
arrival; profiles that too few share are joined.
"""

import hashlib
from array import array
from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from typing import TypeVar

from analysis.errors import ExportRefused
from analysis.export.columns import PERSON, asked_in, boxes, named
from analysis.export.csv_text import MARK, Cell, written
from analysis.export.profiles import joined, joined_within
from analysis.fitting import check_fit
from surveys.columns import NONE, NOTHINGS, Column, Columns
from surveys.model import Question, Questionnaire, QuestionType, State
from surveys.phases import PROFILE_KEYS

Made = TypeVar("Made")
Profiles = Mapping[str, tuple[str, ...]]
"""By response id, the codes and states of its profile questions in turn."""


def responses_csv(
    questionnaire: Questionnaire,
    columns: Columns,
    *,
    order_key: str,
    threshold: int,
    earlier: Sequence[Questionnaire] = (),
) -> str:
    """The file. Each question has its code and, beside it, the state of its answer.

    `earlier` are the versions before `questionnaire` that responses may have answered.
    Rows stand in an order made from `order_key` (the release's hash) and the response's
    random id, so two files of one release agree and no order of arrival shows. "Choose
    all that apply" has a column of 1, 0 or blank for every box.

    Raises:
        ExportRefused: there are fewer than `threshold` responses, or a question has
            another type in another version.
        AnswersRefused: an answer does not fit these versions.
    """
    if len(columns.ids) < threshold:
        raise ExportRefused(
            f"This round has fewer than {threshold} responses: a file of them would show"
            " who they are. Use: sendvoice export metrics"
        )
    versions = [*earlier, questionnaire]
    check_fit(versions, columns)
    questions = asked_in(versions)
    profiles = joined(_profiles(columns), threshold)
    parts = [_ways(versions, columns, profiles, threshold)]
    parts += [_part(question, versions, columns, profiles) for question in questions]
    lines = list(zip(*parts, strict=True))
    order = sorted(range(len(lines)), key=_places(order_key, columns.ids).__getitem__)
    header = written([*PERSON, *named(questions).values()])
    body = (f"{number},{','.join(lines[at])}" for number, at in enumerate(order, start=1))
    return MARK + "".join(f"{line}\r\n" for line in (header, *body))


def _places(order_key: str, ids: Sequence[str]) -> list[bytes]:
    return [hashlib.sha256(f"{order_key}\n{each}".encode()).digest() for each in ids]


def _profiles(columns: Columns) -> Profiles:
    # The state counts too: the one parent who skipped a question must not stand out among
    # those who were never asked it.
    said = [_each(columns, key, lambda code, state: (code, state)) for key in PROFILE_KEYS]
    together = cache(lambda *pairs: tuple(part for pair in pairs for part in pair))
    return dict(zip(columns.ids, map(together, *said), strict=True))


def _ways(
    versions: Sequence[Questionnaire], columns: Columns, profiles: Profiles, threshold: int
) -> list[str]:
    """The text of the columns before the questions: version, and mode and language joined."""
    number_of = {version.hash: version.version for version in versions}
    pairs = zip(_texts(columns.mode), _texts(columns.language), strict=True)
    ways = joined_within(profiles, dict(zip(columns.ids, pairs, strict=True)), threshold)
    text = cache(lambda content_hash, way: written([number_of[content_hash], *way]))
    return [
        text(content_hash, ways[each])
        for each, content_hash in zip(columns.ids, _texts(columns.version), strict=True)
    ]


def _part(
    question: Question, versions: Sequence[Questionnaire], columns: Columns, profiles: Profiles
) -> list[str]:
    """The text of one question's columns, a response after another."""
    if question.key in PROFILE_KEYS:
        at = 2 * PROFILE_KEYS.index(question.key)
        text = cache(lambda code, state: written([code or None, state]))
        return [text(*profiles[each][at : at + 2]) for each in columns.ids]
    by_hash = {version.hash: version for version in versions}
    texts = [
        _each(columns, question.key, partial(_written, question, by_hash[content_hash]))
        for content_hash in columns.version.texts
    ]
    if len(texts) == 1:
        return texts[0]
    return [texts[version][at] for at, version in enumerate(columns.version.numbers)]


def _each(columns: Columns, key: str, make: Callable[[str, str], Made]) -> list[Made]:
    """What is made of each response's code and state; made once for all that agree."""
    column = columns.answers.get(key) or Column((), array("b", [NONE]) * len(columns.ids))
    made = [make(code, State.ANSWERED.value) for code in column.texts]
    # A number below 0 counts from the end, where the first of the nothings stands last.
    made += [make("", state.value) for state in reversed(NOTHINGS)]
    return [made[number] for number in column.numbers]


def _texts(column: Column) -> list[str]:
    return [column.texts[number] for number in column.numbers]


def _written(question: Question, version: Questionnaire, code: str, state: str) -> str:
    """The text of a question's cells, of somebody who answered this version."""
    value = code if state == State.ANSWERED else None
    if question.type is QuestionType.SELECT_MULTIPLE:
        return written([*_ticks(question, version, value), state])
    return written([_number_or_text(question, value), state])


def _ticks(question: Question, version: Questionnaire, value: str | None) -> list[Cell]:
    """1 or 0 for the boxes that this person saw and answered; blank for the others."""
    own = version.question(question.key)
    if value is None or own is None:
        return [None for _ in boxes(question)]
    ticked = set(value.split(" "))
    return [int(each.code in ticked) if own.choice(each.code) else None for each in boxes(question)]


def _number_or_text(question: Question, value: str | None) -> Cell:
    """A number only where the question asks for one: the code "01" is not 1."""
    if not value or question.type not in {QuestionType.INTEGER, QuestionType.DECIMAL}:
        return value
    return float(value) if "." in value else int(value)
