"""A session is plain data, equal after it has been written out and read back."""

import json
from typing import Any

import pytest

from surveys.errors import SessionRefused
from surveys.model import State
from surveys.session import Answer, Frame, Session, Stage

SESSION = Session(
    questionnaire_hash="abc",
    language="ar",
    frame=Frame("before", ("primary", "post_16")),
    stage=Stage.ASKING,
    current="topics",
    answers={
        "rating": Answer(State.ANSWERED, "4"),
        "boxes": Answer(State.ANSWERED, ("a", "b")),
        "unknown": Answer(State.DONT_KNOW),
        "foreign": Answer(State.DOES_NOT_APPLY),
        "skipped": Answer(State.SKIPPED),
    },
    selected=("a",),
    misses=2,
)


def test_a_session_comes_back_from_json_equal() -> None:
    assert Session.from_dict(json.loads(json.dumps(SESSION.to_dict()))) == SESSION


def test_b12_b13_nothing_answered_is_written_as_a_state_with_null() -> None:
    answers = SESSION.to_dict()["answers"]

    assert answers["skipped"] == {"state": "skipped", "value": None}
    assert answers["unknown"] == {"state": "dont_know", "value": None}
    assert answers["foreign"] == {"state": "does_not_apply", "value": None}


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"stage": "lost"},
        {"frame": None},
        {"answers": []},
        {"answers": {"a": {"state": "maybe", "value": None}}},
        {"selected": None},
    ],
)
def test_data_that_is_no_session_is_refused(broken: dict[str, Any]) -> None:
    data = {**SESSION.to_dict(), **broken} if broken else {}

    with pytest.raises(SessionRefused, match="cannot be read"):
        Session.from_dict(data)
