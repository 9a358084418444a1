"""Commands and rights on Telegram: typed alone, at any moment, on the real service."""

from tests.bot.conftest import World, world
from tests.fake_telegram import FakeTelegram, Parent
from tests.journeys.telegram_house import (
    House,
    at_the_ratings,
    begins,
    house,
    parent,
    telegram,
)

__all__ = ["house", "parent", "telegram", "world"]


async def test_help_and_privacy_are_told_and_the_survey_goes_on(
    house: House, world: World, parent: Parent
) -> None:
    await begins(parent, world)
    parent.sends("/help")
    told = await parent.receives("You can type these at any time")
    assert "In an emergency call 999." in told.text
    parent.sends("Privacy.")
    told = await parent.receives("Telegram can read what is sent through it")
    parent.taps(told, "Go on")
    assert "Question 1 of 20" in (await parent.receives("Here is where you were")).text
    assert house.is_running


async def test_my_data_comes_in_words_and_as_a_file(
    house: House, world: World, parent: Parent
) -> None:
    await at_the_ratings(parent, world)
    parent.sends("my data")
    told = await parent.receives("This is what we hold about you")
    assert "And 3 answers: see the file." in told.text
    file = await parent.receives("Your answers for your first child:")
    assert file.source == "my-data.txt"
    assert "Primary: Reception to Year 6" in file.text
    assert house.is_running


async def test_erasing_asks_once_and_the_chat_is_forgotten(
    house: House, world: World, parent: Parent, telegram: FakeTelegram
) -> None:
    await at_the_ratings(parent, world)
    parent.sends("/erase")
    asked = await parent.receives("Do you want to erase everything?")
    parent.taps(asked, "Yes, erase everything")
    await parent.receives("Everything we held about you in this survey is erased")
    await house.quiet()
    for table in ("answer", "response", "chat", "session", "invitation", "outbox"):
        assert world.rows(f"SELECT * FROM {table}") == [], table
    parent.sends("hello?")
    await parent.receives("please open the link in your invitation")
    assert [call for call in telegram.world.calls if call.status != 200] == []


async def test_stop_is_kept_until_start(house: House, world: World, parent: Parent) -> None:
    question = await at_the_ratings(parent, world)
    parent.sends(" Stop. ")
    await parent.receives("You will get no more messages from us")
    parent.taps(question, "Strongly agree")
    await parent.receives("You asked us to stop, so we took no answer")
    parent.sends("/start")
    await parent.receives("Here is where you were")
    await house.quiet()
    assert world.rows("SELECT count(*) FROM answer") == [(3,)]
