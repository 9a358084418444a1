"""Where a parent is in a conversation, as plain data.

A session is written out and read back between any two turns, so a restart loses
nobody's place.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from surveys.errors import SessionRefused
from surveys.model import State


class Stage(StrEnum):
    """The part of the conversation a session is in."""

    WELCOME = "welcome"
    ASKING = "asking"
    REVIEWING = "reviewing"
    FINISHED = "finished"


Value = str | tuple[str, ...] | None
"""What was answered: a choice code, several codes, or text, number or date as text."""


# Every turn reads every answer: looked up, a state takes a fifth of calling its class.
_STATES = {state.value: state for state in State}


@dataclass(frozen=True)
class Answer:
    """What a parent said to one question. `value` is `None` unless `state` is ANSWERED."""

    state: State
    value: Value = None


@dataclass(frozen=True)
class Frame:
    """What the round fixes for every session in it.

    `moment` is "", "before" or "after"; `phases` limits the phases on offer, and is
    empty where all of the questionnaire's phases are.
    """

    moment: str = ""
    phases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Session:
    """One child's conversation.

    `answers` holds answered, don't know, does not apply and skipped; a question
    without an entry is not asked (or not yet). `selected` is the selection being made
    on a "choose all that apply" question. `misses` counts the replies in a row that
    were not an answer.
    """

    questionnaire_hash: str
    language: str
    frame: Frame = field(default_factory=Frame)
    stage: Stage = Stage.WELCOME
    current: str | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    selected: tuple[str, ...] = ()
    misses: int = 0

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready data that `from_dict` reads back as an equal session."""
        return {
            "questionnaire_hash": self.questionnaire_hash,
            "language": self.language,
            "frame": {"moment": self.frame.moment, "phases": list(self.frame.phases)},
            "stage": self.stage.value,
            "current": self.current,
            "answers": {
                key: {"state": answer.state.value, "value": _value_out(answer.value)}
                for key, answer in self.answers.items()
            },
            "selected": list(self.selected),
            "misses": self.misses,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Session":
        """The session that `to_dict` wrote.

        Raises:
            SessionRefused: the data is not a session.
        """
        try:
            return cls(
                questionnaire_hash=data["questionnaire_hash"],
                language=data["language"],
                frame=Frame(data["frame"]["moment"], tuple(data["frame"]["phases"])),
                stage=Stage(data["stage"]),
                current=data["current"],
                answers={
                    key: Answer(_STATES[item["state"]], _value_in(item["value"]))
                    for key, item in data["answers"].items()
                },
                selected=tuple(data["selected"]),
                misses=data["misses"],
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise SessionRefused(f"stored session cannot be read: {error!r}") from error


def _value_out(value: Value) -> str | list[str] | None:
    return list(value) if isinstance(value, tuple) else value


def _value_in(value: str | list[str] | None) -> Value:
    return tuple(value) if isinstance(value, list) else value
