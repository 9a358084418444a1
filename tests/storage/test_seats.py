"""What a turn stands on is found at once, however it is asked for."""

from datetime import datetime

import pytest

from storage import chats, conversations, invitations, notices, seats
from storage.chats import Chat
from storage.conversations import Place
from storage.database import Database
from storage.notices import NOTHING_READ, NoticeRead
from storage.seats import Seat
from surveys.session import Session
from tests.builders import CONFIDENCE
from tests.storage.test_comments import respond

TOKEN, INVITATION, LOOKUP = "t-r1", "i-r1", "lookup"
READ = NoticeRead("2-2026-12-01", "1-2026-11-25")


@pytest.fixture
def seat(db: Database, now: datetime) -> Seat:
    """One family that answers, by its token."""
    respond(db, now)
    found = seats.by_token(db, TOKEN)
    assert found
    return found


def test_before_the_first_turn_there_is_a_place_and_a_round(seat: Seat) -> None:
    assert seat.place.invitation.id == INVITATION
    assert seat.round.name == "r1"
    assert seat.round.questionnaire_key == CONFIDENCE.key
    assert (seat.chat, seat.run, seat.session) == (None, None, None)
    assert seat.notice == NOTHING_READ


def test_a_token_an_invitation_and_a_chat_lead_to_the_same_seat(
    db: Database, now: datetime, seat: Seat
) -> None:
    session = Session(CONFIDENCE.hash, "pl", misses=2)
    conversations.save(db, seat.place, "run", session, now)
    notices.keep(db, INVITATION, READ)
    chat = Chat(LOOKUP, "telegram", "sealed", INVITATION, "blocked")
    chats.link(db, chat, now)
    found = seats.by_token(db, TOKEN)
    assert found == Seat(seat.place, seat.round, None, "run", session, "r1", READ)
    assert seats.by_invitation(db, INVITATION) == found
    by_chat = seats.by_chat(db, LOOKUP)
    assert by_chat == Seat(seat.place, seat.round, chat, "run", session, "r1", READ)


def test_another_child_has_a_conversation_and_a_response_of_its_own(
    db: Database, now: datetime, seat: Seat
) -> None:
    conversations.save(db, seat.place, "first", Session(CONFIDENCE.hash, "en"), now)
    second = invitations.next_child(db, seat.place.invitation)
    found = seats.by_token(db, TOKEN)
    assert found
    assert found.place == Place(second)
    assert (found.run, found.session, found.response_id) == (None, None, None)


def test_nobody_has_no_seat(db: Database, seat: Seat) -> None:
    assert seat
    assert seats.by_token(db, "nobody") is None
    assert seats.by_invitation(db, "nobody") is None
    assert seats.by_chat(db, "nobody") is None
