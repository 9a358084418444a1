"""A round's responses and answers, read as columns in one statement.

SQLite joins each response's answers to one text, so that Python meets a row a response and
not a row an answer; the rest is splitting and numbering, two thousand responses at a time.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat

from storage.database import Database
from surveys import columns
from surveys.columns import NONE, Column, Columns, Numbering

AT_ONCE = 2_000
"""Responses that are held as text together."""

# What a parent wrote may hold any character. A value that begins with a control character,
# or holds the separator, travels as JSON, so a mark in front is always ours. (Literals, for
# SQLite would make char(31) anew for each answer.)
_SEPARATOR, _MARK = "\x1f", "\x1e"
_AS_JSON = f"{_MARK}="
_READ = f"""
SELECT response.id, questionnaire_hash, mode, language, series, link.invitation_id,
    finished_on IS NOT NULL, group_concat(question_key, '{_SEPARATOR}'),
    group_concat(CASE WHEN value >= ' ' AND NOT instr(value, '{_SEPARATOR}') THEN value
        WHEN value IS NULL THEN '{_MARK}' || state
        ELSE '{_AS_JSON}' || json_quote(value) END, '{_SEPARATOR}')
FROM response
LEFT JOIN link ON link.response_id = response.id
LEFT JOIN answer ON answer.response_id = response.id
WHERE response.round_id = ? GROUP BY response.id ORDER BY response.id
"""  # noqa: S608 - our own separator


def read(db: Database, round_id: str) -> Columns:
    """Every response of a round and every answer, as they are at one moment."""
    ids: list[str] = []
    finished = bytearray()
    about = [_Growing(columns.about()) for _ in range(5)]
    answers: dict[str, _Growing] = defaultdict(lambda: _Growing(columns.said(_MARK)))
    cursor = db.conn.execute(_READ, (round_id,))
    cursor.row_factory = None
    while rows := cursor.fetchmany(AT_ONCE):
        some_ids, *others, some_finished, asked, said = zip(*rows, strict=True)
        for column, texts in zip(about, others, strict=True):
            column.add(texts)
        _answer(answers, len(ids), asked, said)
        ids += some_ids
        finished += bytes(some_finished)
    version, mode, language, series, invitation = (each.column(len(ids)) for each in about)
    return Columns(
        ids=tuple(ids),
        version=version,
        mode=mode,
        language=language,
        series=series,
        finished=bytes(finished),
        household=invitation.numbers,
        answers={key: _said(each.column(len(ids))) for key, each in answers.items()},
    )


class _Growing:
    """A column while it is read."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._numbers = array("i")

    def add(self, texts: Iterable[str | None]) -> None:
        """What the next responses have."""
        self._numbers.extend(map(self._numbering.__getitem__, texts))

    def put(self, places: Sequence[int], texts: Iterable[str]) -> None:
        """What the responses at these places have, none of which had anything yet."""
        first, after = places[0], places[-1] + 1
        if first >= len(self._numbers) and len(places) == after - first:
            self._fill(first)
            self.add(texts)
            return
        self._fill(after)
        for place, number in zip(places, map(self._numbering.__getitem__, texts), strict=True):
            self._numbers[place] = number

    def _fill(self, length: int) -> None:
        self._numbers.extend(repeat(NONE, length - len(self._numbers)))

    def column(self, length: int) -> Column:
        """All of it, as long as the others."""
        texts = self._numbering.texts
        self._fill(length)
        return Column(texts, columns.narrow(self._numbers, len(texts)))


def _answer(
    answers: dict[str, _Growing],
    first: int,
    asked: Sequence[str | None],
    said: Sequence[str | None],
) -> None:
    """The answers of some responses, of which the first stands at place `first`."""
    alike: dict[str, list[int]] = defaultdict(list)
    for number, keys in enumerate(asked):
        if keys is not None:
            alike[keys].append(number)
    for keys, numbers in alike.items():
        questions = keys.split(_SEPARATOR)
        texts = _SEPARATOR.join(said[number] or "" for number in numbers).split(_SEPARATOR)
        places = [first + number for number in numbers]
        for place, question in enumerate(questions):
            answers[question].put(places, texts[place :: len(questions)])


def _said(column: Column) -> Column:
    return Column(tuple(map(_value, column.texts)), column.numbers)


def _value(text: str) -> str:
    return json.loads(text.removeprefix(_AS_JSON)) if text.startswith(_AS_JSON) else text
