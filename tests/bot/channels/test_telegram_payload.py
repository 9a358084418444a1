"""A button says exactly one thing, for ever, and Telegram always takes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import payload
from surveys.catalogue import shipped
from surveys.inputs import (
    Chosen,
    Filled,
    Input,
    NoOtherChild,
    NoticeAcknowledged,
    Opened,
    Revisited,
    SelectionDone,
    Skipped,
    Submitted,
    Toggled,
    Typed,
    WentBack,
)

RUN = "a1B2_-xZ"
KEYS = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,24}", fullmatch=True)
CODES = st.from_regex(r"[A-Za-z0-9_-]{1,25}", fullmatch=True)
RUNS = st.from_regex(r"[A-Za-z0-9_-]{8}", fullmatch=True)
INPUTS = st.one_of(
    st.builds(Chosen, KEYS, CODES),
    st.builds(Toggled, KEYS, CODES, st.booleans()),
    st.builds(SelectionDone, KEYS),
    st.builds(Skipped, KEYS),
    st.builds(WentBack, KEYS | st.just("")),
    st.builds(Revisited, KEYS),
    st.sampled_from(
        [Submitted(), NoticeAcknowledged(), NoticeAcknowledged("999999-2026-12-01"), Opened()]
    ),
)


@given(RUNS, INPUTS)
def test_what_a_button_carries_comes_back_as_it_was(run: str, said: Input) -> None:
    carried = payload.encode(run, said)
    assert len(carried.encode()) <= 64
    assert payload.decode(carried) == (run, said)


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        (Chosen("c1", "5"), "a1B2_-xZ.c.c1.5"),
        (Toggled("topics", "none", on=True), "a1B2_-xZ.t.topics.none"),
        (Toggled("topics", "none", on=False), "a1B2_-xZ.u.topics.none"),
        (SelectionDone("topics"), "a1B2_-xZ.d.topics."),
        (Skipped("c1"), "a1B2_-xZ.s.c1."),
        (WentBack("c1"), "a1B2_-xZ.b.c1."),
        (WentBack(""), "a1B2_-xZ.b.."),
        (Revisited("c1"), "a1B2_-xZ.r.c1."),
        (Submitted(), "a1B2_-xZ.f.."),
        (NoOtherChild(), "a1B2_-xZ.w.."),
        (NoticeAcknowledged(), "a1B2_-xZ.n.."),
        (Opened(), "a1B2_-xZ.v.."),
    ],
)
def test_buttons_that_are_in_chats_already_keep_their_meaning(said: Input, carried: str) -> None:
    assert payload.encode(RUN, said) == carried
    assert payload.decode(carried) == (RUN, said)


@pytest.mark.parametrize(
    "carried",
    ["", "c", "a1B2_-xZ", "a1B2_-xZ.c.c1", "a1B2_-xZ.z.c1.5", "short.c.c1.5", "a.b.c.d", "é" * 9],
)
def test_anything_else_is_no_payload(carried: str) -> None:
    assert payload.decode(carried) is None
    assert not payload.is_show_answers(carried)


def test_change_an_answer_opens_the_conversation_if_it_becomes_a_turn() -> None:
    assert payload.is_show_answers(payload.show_answers(RUN))
    assert payload.decode(payload.show_answers(RUN)) == (RUN, Opened())
    assert not payload.is_show_answers(payload.encode(RUN, Opened()))


def test_b03_bytes_are_counted_and_a_refusal_names_the_question() -> None:
    assert len(payload.encode(RUN, Chosen("q12", "x" * 49))) == 64
    with pytest.raises(ValueError, match=r"question q12: .* 65 bytes"):
        payload.encode(RUN, Chosen("q12", "x" * 48 + "ł"))
    with pytest.raises(ValueError, match="question q1: "):
        payload.encode(RUN, Chosen("q1", "a.b"))


@pytest.mark.parametrize("said", [Typed("x"), Filled("c1", ("5",)), WentBack(None)])
def test_what_cannot_be_tapped_is_refused(said: Input) -> None:
    with pytest.raises(ValueError, match="cannot be on a button"):
        payload.encode(RUN, said)


def test_every_button_of_the_shipped_questionnaires_fits() -> None:
    for form in shipped():
        for question in form.questions:
            for choice in question.choices:
                payload.encode(RUN, Toggled(question.key, choice.code, on=False))
