"""A round's responses and answers, read as columns.

SQLite joins each response's answers to one text, so that Python meets a row a response and
not a row an answer; the rest is splitting and numbering, five hundred responses at a time.
"""

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat

from storage.database import Database
from surveys import columns
from surveys.columns import NONE, Column, Columns, Numbering

AT_ONCE = 500
"""Responses that are held as text together."""

# What a parent wrote may hold any character. A value that begins with a control character
# travels as JSON, so a mark in front is always ours. (Literals, for SQLite would make
# char(31) anew for each answer.)
_SEPARATOR, _MARK = "\x1f", "\x1e"
_AS_JSON = f"{_MARK}="
_READ = """
SELECT response.id, questionnaire_hash, mode, language, series, finished_on IS NOT NULL,
    group_concat(question_key, '{separator}'),
    group_concat(CASE WHEN {plain} THEN value
        WHEN value IS NULL THEN '{mark}' || state
        ELSE '{mark}=' || json_quote(value) END, '{separator}')
FROM response
LEFT JOIN answer ON answer.response_id = response.id
WHERE response.round_id = ? GROUP BY response.id ORDER BY response.id
"""
_PLAIN = "value >= ' '"
# Looking for the separator in each value takes a quarter of the whole time, and next to no
# value holds it: it is looked for only where the pieces do not come out even.
_CAREFULLY = f"{_PLAIN} AND NOT instr(value, '{_SEPARATOR}')"
_FAMILIES = "SELECT response_id, invitation_id FROM link WHERE round_id = ? ORDER BY invitation_id"


class _Uneven(Exception):
    """A value holds the separator."""


def read(db: Database, round_id: str) -> Columns:
    """Every response of a round and every answer."""
    try:
        return _read(db, round_id, _PLAIN)
    except _Uneven:
        return _read(db, round_id, _CAREFULLY)


def _read(db: Database, round_id: str, plain: str) -> Columns:
    ids: list[str] = []
    finished = bytearray()
    about = [_Growing(columns.about()) for _ in range(4)]
    answers: dict[str, _Growing] = defaultdict(lambda: _Growing(columns.said(_MARK)))
    cursor = _rows(db, _READ.format(plain=plain, separator=_SEPARATOR, mark=_MARK), round_id)
    while rows := cursor.fetchmany(AT_ONCE):
        some_ids, *others, some_finished, asked, said = zip(*rows, strict=True)
        for column, texts in zip(about, others, strict=True):
            column.add(texts)
        _answer(answers, len(ids), asked, said)
        ids += some_ids
        finished += bytes(some_finished)
    version, mode, language, series = (each.column(len(ids)) for each in about)
    return Columns(
        ids=tuple(ids),
        version=version,
        mode=mode,
        language=language,
        series=series,
        finished=bytes(finished),
        household=_households(db, round_id, ids),
        answers={key: _said(each.column(len(ids))) for key, each in answers.items()},
    )


def _rows(db: Database, statement: str, round_id: str) -> sqlite3.Cursor:
    cursor = db.conn.execute(statement, (round_id,))
    cursor.row_factory = None
    return cursor


def _households(db: Database, round_id: str, ids: Sequence[str]) -> "array[int]":
    """Each response's household: the place of its first child that is met."""
    # Apart from the answers, for a look-up a response would take as long as half of them.
    # A response that came since they were read has no place, and is left out.
    places = {response: place for place, response in enumerate(ids)}
    households = array("i", [NONE]) * len(ids)
    family, first = "", NONE
    for response, invitation in _rows(db, _FAMILIES, round_id):
        place = places.get(response)
        if place is None:
            continue
        if invitation != family:
            family, first = invitation, place
        households[place] = first
    return households


class _Growing:
    """A column while it is read."""

    def __init__(self, numbering: Numbering) -> None:
        self._numbering = numbering
        self._numbers = array("b")

    def add(self, texts: Iterable[str | None]) -> None:
        """What the next responses have."""
        numbers = self._numbered(texts)
        # An array of a list first: a list by itself goes in number by number.
        self._numbers.extend(array(self._numbers.typecode, numbers))

    def put(self, places: Sequence[int], texts: Iterable[str]) -> None:
        """What the responses at these places have, none of which had anything yet."""
        first, after = places[0], places[-1] + 1
        if first >= len(self._numbers) and len(places) == after - first:
            self._fill(first)
            self.add(texts)
            return
        self._fill(after)
        for place, number in zip(places, self._numbered(texts), strict=True):
            self._numbers[place] = number

    def _numbered(self, texts: Iterable[str | None]) -> list[int]:
        numbers = [*map(self._numbering.__getitem__, texts)]
        self._numbers = columns.narrow(self._numbers, len(self._numbering))
        return numbers

    def _fill(self, length: int) -> None:
        self._numbers.extend(repeat(NONE, length - len(self._numbers)))

    def column(self, length: int) -> Column:
        """All of it, as long as the others."""
        self._fill(length)
        return Column(self._numbering.texts, self._numbers)


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
        if len(texts) != len(numbers) * len(questions):
            raise _Uneven
        places = [first + number for number in numbers]
        for place, question in enumerate(questions):
            answers[question].put(places, texts[place :: len(questions)])


def _said(column: Column) -> Column:
    return Column(tuple(map(_value, column.texts)), column.numbers)


def _value(text: str) -> str:
    return json.loads(text.removeprefix(_AS_JSON)) if text.startswith(_AS_JSON) else text
