"""Events are written into the outbox and come back equal."""

import json
from typing import Any

import pytest

from surveys.errors import SessionRefused
from surveys.events import (
    AlreadyFinished,
    AnswerDropped,
    AnswerRecorded,
    Event,
    Finished,
    HelpOffered,
    Miss,
    NoticeChanged,
    NotUnderstood,
    QuestionAsked,
    ReviewReached,
    SelectionChanged,
    TapIgnored,
    Welcomed,
    Why,
    event_from_dict,
    event_to_dict,
)
from surveys.model import State
from surveys.session import Answer

EVENTS = [
    Welcomed(),
    QuestionAsked("c1", 4, 19, Why.AGAIN, ("hello", "box"), ("4",)),
    AnswerRecorded("c1", Answer(State.ANSWERED, "4"), None),
    AnswerRecorded("boxes", Answer(State.ANSWERED, ("a", "b")), Answer(State.SKIPPED)),
    AnswerDropped("c1", Answer(State.DONT_KNOW)),
    NotUnderstood("c1", Miss.NEAR_MISS, 2, ("4", "5"), "4 or 5"),
    SelectionChanged("boxes", ("a",)),
    TapIgnored("c9"),
    ReviewReached(("thanks",)),
    Finished(),
    AlreadyFinished(),
    NoticeChanged(),
    HelpOffered(),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda each: type(each).__name__)
def test_an_event_comes_back_from_json_equal(event: Event) -> None:
    written = event_to_dict(event)

    assert event_from_dict(written) == event
    assert event_from_dict(json.loads(json.dumps(written))) == event


def test_a_written_event_is_plain_to_read() -> None:
    assert event_to_dict(QuestionAsked("c1", 1, 9, Why.NEXT)) == {
        "event": "QuestionAsked",
        "key": "c1",
        "number": 1,
        "of": 9,
        "why": "next",
        "notes": [],
        "selected": [],
    }


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"event": "Danced"},
        {"event": "TapIgnored"},
        {"event": "ReviewReached", "notes": None},
        {"event": "AnswerDropped", "key": "c1", "previous": {"state": "maybe", "value": None}},
    ],
)
def test_data_that_is_no_event_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(SessionRefused, match="cannot be read"):
        event_from_dict(data)
