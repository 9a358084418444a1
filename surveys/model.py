"""A questionnaire as plain, immutable data.

A questionnaire is identified by the hash of its content, so an answer that names
the hash and a question key keeps its meaning for ever.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any


class State(StrEnum):
    """What became of a question. Five kinds of nothing-or-something, never a number."""

    ANSWERED = "answered"
    DONT_KNOW = "dont_know"
    DOES_NOT_APPLY = "does_not_apply"
    SKIPPED = "skipped"
    NOT_ASKED = "not_asked"


class QuestionType(StrEnum):
    """The XLSForm types of the profile. Groups are folded into `Question.relevant`."""

    NOTE = "note"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    ACKNOWLEDGE = "acknowledge"
    CALCULATE = "calculate"


SILENT_TYPES = frozenset({QuestionType.NOTE, QuestionType.CALCULATE})
"""Types that a parent never answers."""

Labels = Mapping[str, str]
"""Text by language code, such as `{"en": "Yes", "pl": "Tak"}`."""


@dataclass(frozen=True)
class Choice:
    """One choice of a select question.

    `score` is the number a rating stands for (5 agrees most, 1 least), `None` for
    choices that are not ratings. `state` is `ANSWERED` except for "don't know" and
    "does not apply".
    """

    code: str
    labels: Labels
    score: int | None = None
    state: State = State.ANSWERED


@dataclass(frozen=True)
class Question:
    """One row of the `survey` sheet, with our own columns.

    `relevant`, `constraint` and `calculation` are expression sources ("" where there
    is none); a group's relevance is already joined to `relevant` with `and`.
    `index` questions count in the confidence index; `reverse` ones are turned round
    when scored and never when stored; the `anchor` is the strategy's own measure.
    `moment` is "", "before", "after" or "both".
    """

    key: str
    type: QuestionType
    labels: Labels
    hints: Labels = field(default_factory=dict)
    guidance: Labels = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    relevant: str = ""
    constraint: str = ""
    constraint_messages: Labels = field(default_factory=dict)
    calculation: str = ""
    required: bool = False
    appearance: str = ""
    construct: str = ""
    reverse: bool = False
    index: bool = False
    anchor: bool = False
    moment: str = ""

    @property
    def is_answerable(self) -> bool:
        """Whether a parent is ever asked to answer it."""
        return self.type not in SILENT_TYPES

    @property
    def is_rating(self) -> bool:
        """Whether its choices carry scores."""
        return any(choice.score is not None for choice in self.choices)

    def choice(self, code: str) -> Choice | None:
        """The choice with this code, or `None`."""
        return next((choice for choice in self.choices if choice.code == code), None)


@dataclass(frozen=True)
class Questionnaire:
    """A whole questionnaire in question order."""

    key: str
    version: str
    titles: Labels
    default_language: str
    languages: tuple[str, ...]
    questions: tuple[Question, ...]

    def question(self, key: str) -> Question | None:
        """The question with this key, or `None`."""
        return next((question for question in self.questions if question.key == key), None)

    @property
    def has_moments(self) -> bool:
        """Whether rounds of it must say which side of the move they ask about."""
        return any(question.moment for question in self.questions)

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical JSON, as 64 hexadecimal digits."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """Canonical JSON: equal questionnaires give equal text."""
        return json.dumps(_plain(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> "Questionnaire":
        """The questionnaire that `to_json` wrote."""
        data = json.loads(text)
        return cls(
            key=data["key"],
            version=data["version"],
            titles=data["titles"],
            default_language=data["default_language"],
            languages=tuple(data["languages"]),
            questions=tuple(_question(item) for item in data["questions"]),
        )


def in_language(labels: Labels, language: str, default: str) -> str:
    """The text in this language, else in the default one, else ""."""
    return labels.get(language) or labels.get(default, "")


def _plain(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {name: _plain(getattr(value, name)) for name in value.__dataclass_fields__}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value


def _question(item: dict[str, Any]) -> Question:
    choices = tuple(
        Choice(choice["code"], choice["labels"], choice["score"], State(choice["state"]))
        for choice in item["choices"]
    )
    return Question(**{**item, "type": QuestionType(item["type"]), "choices": choices})
