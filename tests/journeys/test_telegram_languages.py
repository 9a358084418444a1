"""A parent changes the language by words alone, on the real service."""

import pytest

from bot import languages
from tests.bot.conftest import World, world
from tests.fake_telegram import FakeTelegram, Parent
from tests.journeys.telegram_house import House, begins, house, parent, telegram

__all__ = ["house", "parent", "telegram", "world"]


async def test_a_parent_goes_on_in_polish_words_and_back_in_easy_read(
    house: House,
    world: World,
    parent: Parent,
    telegram: FakeTelegram,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(languages, "signed_off", lambda _: "checked")
    await begins(parent, world)
    parent.sends("language")
    asked = await parent.receives("Which language would you like?")
    parent.taps(asked, "Polski")
    await parent.receives("Pytanie 1 z 20")
    parent.sends("Pomin")
    await parent.receives("Pytanie 2 z 20")
    parent.sends("wróć")
    await parent.receives("Wracamy. Pytanie 1 z 20")
    parent.sends("/easyread")
    await parent.receives("nie ma jeszcze tekstu łatwego")
    parent.sends("Zmień język")
    parent.taps(await parent.receives("Jaki język"), "English")
    await parent.receives("Question 1 of 20")
    parent.sends("/easyread@anytown_bot")
    await parent.receives("What school stage is your child in?")
    await house.quiet()
    assert world.rows("SELECT question_key, state FROM answer") == [("phase", "skipped")]
    assert [call for call in telegram.world.calls if call.status != 200] == []
    assert house.is_running


async def test_in_a_real_round_nothing_unchecked_is_offered(
    house: House, world: World, parent: Parent
) -> None:
    await begins(parent, world)
    parent.sends("/language")
    await parent.receives("this survey is in one language only: English")
    parent.sends("/easyread")
    await parent.receives("there is no easy read of this survey here yet")
    assert house.is_running
