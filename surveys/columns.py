"""A round's answers as columns: what storage reads and analysis counts.

A row object an answer would cost a region's round gigabytes; a number an answer costs it
a byte. Plain data without libraries, so it crosses to the worker process as it is.
"""

from array import array
from collections.abc import Mapping
from dataclasses import dataclass

from surveys.model import State

NOTHINGS = (State.NOT_ASKED, State.DONT_KNOW, State.DOES_NOT_APPLY, State.SKIPPED)
"""What -1, -2, -3 and -4 stand for in a question's column: no nothing is ever a value."""

NONE = -1
"""Stands for no value in every other column, and for "not asked" in a question's."""

_WIDTHS = (("b", 1 << 7), ("h", 1 << 15), ("i", 1 << 31))


@dataclass(frozen=True)
class Column:
    """One number a response.

    `numbers[n]` from 0 on is the place in `texts` of what response n has there; below 0
    it has none (in a question's column, `NOTHINGS` says which). No text is there twice.
    """

    texts: tuple[str, ...]
    numbers: "array[int]"


@dataclass(frozen=True)
class Columns:
    """Every response of a round and every answer, without anything that says who gave it.

    All columns are as long as `ids`, the responses' random ids in ascending order.
    `version` is the hash of the questionnaire that was answered, `mode` and `language` are
    as in `ResponseRecord`, `series` joins a child's responses to linked rounds. `finished`
    is 1 or 0. `household` is a number without meaning that the children of one invitation
    share, `NONE` where the link was cut. `answers` has a column for each question that
    anybody has an answer row of, by its key; several boxes are one value, joined by spaces.
    """

    ids: tuple[str, ...]
    version: Column
    mode: Column
    language: Column
    series: Column
    finished: bytes
    household: "array[int]"
    answers: Mapping[str, Column]


class Numbering(dict[str | None, int]):
    """Numbers texts from 0 in the order in which they first come.

    `nothings` are what has a number below 0 and is no value.
    """

    def __init__(self, nothings: Mapping[str | None, int]) -> None:
        super().__init__(nothings)
        self._nothings = len(nothings)

    def __missing__(self, text: str) -> int:
        number = self[text] = len(self) - self._nothings
        return number

    @property
    def texts(self) -> tuple[str, ...]:
        """The text of every number from 0 on."""
        return tuple(text for text, number in self.items() if text is not None and number >= 0)


def about() -> Numbering:
    """Numbers what is no question's answer."""
    return Numbering({None: NONE})


def said(mark: str) -> Numbering:
    """Numbers a question's answers; its nothings are `mark` and their state's name."""
    return Numbering({f"{mark}{state.value}": -n for n, state in enumerate(NOTHINGS, start=1)})


def narrow(numbers: "array[int]", values: int) -> "array[int]":
    """The same numbers in as few bytes as a column of so many values takes."""
    width = next(code for code, most in _WIDTHS if values <= most)
    return numbers if numbers.typecode == width else array(width, numbers)
