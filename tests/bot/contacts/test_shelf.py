"""Lists that wait to be kept: sealed, few, and not for long."""

import pytest

from bot.contacts import looking, shelf
from bot.contacts.shelf import ListWaiting, Shelf
from bot.errors import ContactsRefused
from tests.bot.conftest import World

LIST = b"Email\nsecret@example.com\n"


def test_a_list_waits_sealed(world: World) -> None:
    _, waiting = world.writer.one(lambda db, _: looking.look(db, world.vault, LIST, "list.csv", {}))
    assert b"secret" not in waiting.sealed
    assert "secret" not in repr(waiting)
    assert world.vault.unseal_bytes(waiting.sealed) == LIST


def test_what_waited_too_long_is_forgotten_without_anybody_coming(world: World) -> None:
    held = Shelf(world.clock)
    held.put("s", ListWaiting("list.csv", b"sealed", None))
    assert held.size() == 6
    world.clock.forward(minutes=30)
    held.forget_old()
    assert held.size() == 0


def test_the_oldest_makes_room(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MOST_BYTES", 10)
    held = Shelf(world.clock)
    keys = {
        session: held.put(session, ListWaiting("list.csv", b"12345", None))
        for session in ("a", "b", "c")
    }
    with pytest.raises(ContactsRefused):
        held.get("a", keys["a"])
    assert held.get("c", keys["c"]).name == "list.csv"
    key = held.put("d", ListWaiting("list.csv", bytes(11), None))
    assert held.get("d", key).name == "list.csv"
    assert held.size() == 11
