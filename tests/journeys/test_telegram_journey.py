"""Whole parents on Telegram: the real service, outbox and library, a strict server."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.conftest import World, world
from tests.fake_telegram import FakeTelegram, Parent, Sent
from tests.journeys.telegram_house import House

__all__ = ["world"]

ANSWERS = "SELECT question_key, state, value FROM answer ORDER BY question_key"
AGREE = ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c10", "c11", "c12", "c13", "c14")


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as server:
        yield server


@pytest.fixture
async def house(world: World, telegram: FakeTelegram, database_path: Path) -> AsyncIterator[House]:
    made = House(world, telegram, database_path)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def parent(telegram: FakeTelegram) -> Parent:
    return telegram.parent(8812)


async def begins(parent: Parent, world: World) -> Sent:
    """Opens the round's link and presses Start; the first question."""
    parent.sends(f"/start {world.code}")
    parent.taps(await parent.receives("Start"), "Start")
    return await parent.receives("Question 1 of")


async def at_the_ratings(parent: Parent, world: World) -> Sent:
    """Answers about the child; the first rating."""
    parent.taps(await begins(parent, world), "Primary")
    parent.taps(await parent.receives("Question 2 of"), "mainstream school, nursery")
    parent.taps(await parent.receives("Question 3 of"), "An EHC plan")
    return await parent.receives("Question 4 of")


async def test_a_parent_answers_the_whole_survey_by_taps_and_words(
    house: House, world: World, telegram: FakeTelegram, parent: Parent
) -> None:
    question = await at_the_ratings(parent, world)
    assert question.labels[0] == "5 – Strongly agree"
    assert question.labels[-2:] == ["Back", "Skip"]
    parent.taps(question, "Strongly agree")
    for number, said in enumerate(["4", "agree", "Don't know", "does not apply", "skip"], start=5):
        assert "Agree" in (await parent.receives(f"Question {number} of 20")).labels[1]
        parent.sends(said)
    for number in range(10, 19):
        parent.taps(await parent.receives(f"Question {number} of 20"), "2 – Disagree")
    opened = await parent.receives("Question 19 of 20")
    assert "Nobody watches this chat live.\nIn an emergency call 999." in opened.text
    parent.sends("Her teaching assistant <3 & the sports club")
    parent.taps(await parent.receives("Question 20 of 20"), "Skip")
    review = await parent.receives("These are your answers")
    assert "Her teaching assistant <3 & the sports club" in review.text
    parent.taps(review, "Send my answers")
    assert "Thank you" in (await parent.receives("sent")).text
    await house.quiet()
    answers = {key: (state, value) for key, state, value in world.rows(ANSWERS)}
    assert len(answers) == 20
    assert answers["phase"] == ("answered", "primary")
    assert [answers[f"c{n}"] for n in range(1, 7)] == [
        ("answered", "5"),
        ("answered", "4"),
        ("answered", "4"),
        ("dont_know", None),
        ("does_not_apply", None),
        ("skipped", None),
    ]
    assert answers["o1"] == ("answered", "Her teaching assistant <3 & the sports club")
    assert answers["o2"] == ("skipped", None)
    assert world.rows("SELECT mode, finished_on FROM response") == [("telegram", "2027-03-01")]
    assert [call for call in telegram.world.calls if call.status != 200] == []
