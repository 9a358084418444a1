"""What erasing and stopping leave of a family on the council's list."""

from datetime import datetime

import pytest

from storage import contacts, erasing, invitations
from storage.database import Database
from storage.invitations import Invitation
from storage.vault import Vault
from surveys.contacts import Contact
from surveys.invitations import Child
from tests.storage.test_comments import respond

FAMILY = Contact(
    "F1",
    "A Parent",
    "a@example.com",
    "+447911123001",
    "1 High Street",
    "pl",
    None,
    (Child("primary"),),
)


@pytest.fixture
def contact_id(db: Database, vault: Vault, now: datetime) -> str:
    respond(db, now)
    made = contacts.add(db, contacts.seal(vault, FAMILY), now)
    contacts.link_chat(db, made, "telegram", "lookup", vault.seal("8812"))
    invitations.add(db, Invitation("i", "r1", "personal", contact_id=made), "token", now)
    return made


def stored(db: Database, vault: Vault, contact_id: str) -> contacts.Stored:
    found = contacts.by_id(db, vault, contact_id)
    assert found is not None
    return found


def test_erasing_leaves_nothing_of_a_family_but_that_it_is_not_to_be_asked(
    db: Database, vault: Vault, now: datetime, contact_id: str
) -> None:
    assert erasing.traces(db, "i")[0]["contact details"] == 1
    erasing.erase(db, "i", now)
    left = stored(db, vault, contact_id)
    assert left.contact == Contact()
    assert left.opted_out
    assert left.is_scrubbed
    assert db.conn.execute("SELECT count(*) AS n FROM contact_chat").fetchone()["n"] == 0
    assert contacts.matches(db, vault, FAMILY) == (contact_id,)


def test_stopping_in_one_round_stops_the_next_until_the_parent_starts_again(
    db: Database, vault: Vault, now: datetime, contact_id: str
) -> None:
    erasing.stop(db, "i", now)
    assert stored(db, vault, contact_id).opted_out
    erasing.start_again(db, "i", now)
    assert not stored(db, vault, contact_id).opted_out
    assert stored(db, vault, contact_id).contact == FAMILY


def test_who_told_staff_to_stop_is_stopped_again_after_a_restore(
    db: Database, vault: Vault, now: datetime, contact_id: str
) -> None:
    erasing.opt_out(db, contact_id, now)
    assert stored(db, vault, contact_id).opted_out
    db.conn.execute("UPDATE contact SET opted_out_at = NULL")
    changed = erasing.repeat(db, db.ledger.read().entries)
    assert changed["opted_out"] == 1  # type: ignore[index]  # a StrEnum's member is its text
    assert stored(db, vault, contact_id).opted_out
