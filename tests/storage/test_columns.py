"""A round is read as columns just as it was answered, and says nothing of who answered."""

import pickle
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from storage import columns, conversations, invitations, questionnaires, rounds
from storage.conversations import Place
from storage.database import Database
from storage.invitations import Invitation
from surveys.columns import NONE, NOTHINGS, Columns
from surveys.model import State
from surveys.records import ResponseRecord, Round, RoundStatus
from surveys.session import Answer
from tests.builders import CONFIDENCE

ODD = 'Two\nlines, a "quote", \x1f and \x1e, اردو and \x00.'


def respond(
    db: Database, now: datetime, name: str, answers: dict[str, Answer], **about: Any
) -> None:
    """A response whose id is its name, in the round "r" unless another is given."""
    a_round, family, child = (
        about.pop(key, other) for key, other in (("a_round", "r"), ("family", name), ("child", 1))
    )
    invitation = Invitation(family, a_round, "personal", child_number=child)
    if invitations.by_id(db, family) is None:
        invitations.add(db, invitation, f"token of {family}", now)
    response = ResponseRecord(name, CONFIDENCE.hash, "web", "en", now.date(), None)
    conversations.begin_response(db, Place(invitation), replace(response, **about))
    for key, answer in answers.items():
        conversations.put_answer(db, name, key, answer)


@pytest.fixture
def house(db: Database, now: datetime) -> Database:
    """A database with two rounds, "r" and the linked "s"."""
    questionnaires.add(db, CONFIDENCE, now)
    closes = now.replace(month=12)
    for name in ("r", "s"):
        made = Round(name, name, "test", CONFIDENCE.hash, RoundStatus.DRAFT, now, closes)
        rounds.add(db, replace(made, linked=name == "s"), name, now)
    return db


def said(read: Columns, key: str) -> list[str | State]:
    """What each response says to a question, as text or as its state."""
    column = read.answers[key]
    return [column.texts[n] if n >= 0 else NOTHINGS[-n - 1] for n in column.numbers]


def test_every_answer_and_every_nothing_stands_where_it_belongs(
    house: Database, now: datetime
) -> None:
    given = {
        "a": {"c1": Answer(State.ANSWERED, "4"), "boxes": Answer(State.ANSWERED, ("x", "y"))},
        "b": {"c1": Answer(State.SKIPPED), "why": Answer(State.ANSWERED, ODD)},
        "c": {},
        "d": {"c1": Answer(State.ANSWERED, "skipped"), "boxes": Answer(State.NOT_ASKED)},
        "e": {"c1": Answer(State.DONT_KNOW), "why": Answer(State.ANSWERED, "")},
        "f": {"c1": Answer(State.DOES_NOT_APPLY), "why": Answer(State.ANSWERED, "\x1eskipped")},
        "g": {"c1": Answer(State.ANSWERED, "\x1e="), "why": Answer(State.ANSWERED, "\x1f")},
    }
    for name in ("e", "b", "f", "a", "d", "g", "c"):
        respond(house, now, name, given[name])
    respond(house, now, "another", {"c1": Answer(State.ANSWERED, "1")}, a_round="s")
    read = columns.read(house, "r")
    never = State.NOT_ASKED
    assert read.ids == tuple("abcdefg")
    assert said(read, "c1") == [
        "4", State.SKIPPED, never, "skipped", State.DONT_KNOW, State.DOES_NOT_APPLY, "\x1e=",
    ]  # fmt: skip
    assert said(read, "boxes") == ["x y", *[never] * 6]
    assert said(read, "why") == [never, ODD, never, never, "", "\x1eskipped", "\x1f"]


def test_what_is_known_of_a_response_is_read_with_it(house: Database, now: datetime) -> None:
    respond(house, now, "a", {}, mode="phone", language="pl")
    respond(house, now, "b", {}, finished_on=now.date())
    conversations.finish_response(house, "b", now.date())
    read = columns.read(house, "r")
    assert [read.mode.texts[n] for n in read.mode.numbers] == ["phone", "web"]
    assert [read.language.texts[n] for n in read.language.numbers] == ["pl", "en"]
    assert read.finished == b"\0\1"
    assert read.version.texts == (CONFIDENCE.hash,)
    assert list(read.series.numbers) == [NONE, NONE]


def test_brothers_and_sisters_share_a_household_until_the_round_is_cut(
    house: Database, now: datetime
) -> None:
    for name, family, child in (("a", "one", 1), ("b", "two", 1), ("c", "one", 2)):
        respond(house, now, name, {}, family=family, child=child)
    first, second, third = columns.read(house, "r").household
    assert first == third != second
    assert b"two" not in pickle.dumps(columns.read(house, "r"))
    conversations.cut(house, "r")
    assert list(columns.read(house, "r").household) == [NONE] * 3


def test_linked_rounds_have_a_series_for_each_child(house: Database, now: datetime) -> None:
    respond(house, now, "a", {}, a_round="s")
    respond(house, now, "b", {}, a_round="s")
    assert len(set(columns.read(house, "s").series.texts)) == 2


def test_a_round_without_responses_is_read(house: Database) -> None:
    read = columns.read(house, "r")
    assert (read.ids, read.answers, len(read.household)) == ((), {}, 0)


def test_a_round_longer_than_is_read_at_once_is_read_whole(
    house: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(columns, "AT_ONCE", 2)
    for number in range(5):
        answers = {"late": Answer(State.ANSWERED, "x")} if number == 3 else {}
        respond(house, now, f"r{number}", {"c1": Answer(State.ANSWERED, str(number)), **answers})
    read = columns.read(house, "r")
    assert said(read, "c1") == ["0", "1", "2", "3", "4"]
    assert said(read, "late") == [*[State.NOT_ASKED] * 3, "x", State.NOT_ASKED]
